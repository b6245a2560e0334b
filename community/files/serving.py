"""Serving what somebody uploaded, so that no browser takes it for a part of our site."""

from typing import Any

from django.http import FileResponse


def as_file(file: Any, *, name: str, content_type: str) -> FileResponse:
    """The stored file as an answer. Only pictures that we drew ourselves are shown; all else is a download."""
    is_picture = content_type.startswith("image/")
    response = FileResponse(file.open("rb"), as_attachment=not is_picture, filename=name, content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response

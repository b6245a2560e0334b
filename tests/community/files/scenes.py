"""Uploading and fetching as browsers do it."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile


def upload(client: Any, data: bytes, name: str = "screen.png", claimed: str = "image/png") -> Any:
    """POST a file as the composer does."""
    file = SimpleUploadedFile(name, data, content_type=claimed)
    return client.post("/files/", {"file": file}, headers={"Accept": "application/json"})


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def parts(root: Any) -> set[str]:
    """Every file below a folder."""
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}

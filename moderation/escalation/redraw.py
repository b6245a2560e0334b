"""Run by `pictures.py` as a program: a picture on stdin, the same picture drawn anew on stdout, its type before it."""

import io
import resource
import sys

from PIL import Image, ImageOps

MEGABYTE = 1024 * 1024
MOST_PIXELS = 30_000_000
LARGEST_SIDE = 4000
KINDS = {
    "JPEG": ("JPEG", "image/jpeg"),
    "PNG": ("PNG", "image/png"),
    "WEBP": ("WEBP", "image/webp"),
    "GIF": ("PNG", "image/png"),
}


def draw(data: bytes) -> tuple[str, bytes]:
    """Decode, turn as the camera meant, shrink, and encode again without metadata."""
    with Image.open(io.BytesIO(data), formats=list(KINDS)) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise ValueError("too many pixels")
        form, kind = KINDS[picture.format or ""]
        upright = ImageOps.exif_transpose(picture)
        clean = upright.convert("RGB" if form == "JPEG" else "RGBA")
    clean.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
    clean.info.clear()
    out = io.BytesIO()
    clean.save(out, form, quality=88) if form != "PNG" else clean.save(out, form)
    return kind, out.getvalue()


def main() -> None:
    """Limits first, then the picture."""
    resource.setrlimit(resource.RLIMIT_AS, (900 * MEGABYTE, 900 * MEGABYTE))
    resource.setrlimit(resource.RLIMIT_CPU, (6, 6))
    kind, drawn = draw(sys.stdin.buffer.read())
    sys.stdout.buffer.write(kind.encode() + b"\n" + drawn)


if __name__ == "__main__":
    main()

"""Run by `pictures.py` as a program: a picture on stdin; on stdout a line that describes, then what was drawn anew.

Alone on purpose: it imports nothing of ours, so that a hostile picture meets a process that has nothing and is nobody.
"""

import io
import json
import resource
import sys

from PIL import Image, ImageOps

MEGABYTE = 1024 * 1024
MEMORY = 300 * MEGABYTE
SECONDS = 4
MOST_PIXELS = {"JPEG": 110_000_000, "PNG": 24_000_000, "WEBP": 24_000_000, "GIF": 24_000_000}
"""A JPEG can be decoded at a fraction of its size; the others need room for every pixel."""
SIDE, SMALL_SIDE = 2000, 1344
"""The longest side of what is kept, and of what stands in a text (twice its column, for sharp screens)."""
LOSSLESS_PIXELS, LOSSLESS_BYTES = 2_500_000, 500_000
"""A screenshot keeps every pixel where that is cheap."""
FACE_SIDE = 256
"""A face beside a name is a small square, at most 80 points wide, on sharp screens too."""
SAME_FORM = {"JPEG": ("JPEG", "image/jpeg"), "PNG": ("PNG", "image/png"), "WEBP": ("WEBP", "image/webp")}


def decode(data: bytes, side: int) -> tuple[Image.Image, str]:
    """The first picture in the file, turned as the camera meant, no larger than `side`, without a note of any kind."""
    with Image.open(io.BytesIO(data), formats=list(MOST_PIXELS)) as picture:
        form = picture.format or ""
        if picture.width * picture.height > MOST_PIXELS[form]:
            raise ValueError("too many pixels")
        turn = picture.getexif().get(0x0112, 1)
        picture.draft("RGB", (side, side))
        has_alpha = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
        clean = picture.convert("RGBA" if has_alpha and form != "JPEG" else "RGB")
    clean.info.clear()
    clean.thumbnail((side, side), reducing_gap=2.0)
    clean.getexif()[0x0112] = turn
    upright = ImageOps.exif_transpose(clean)
    upright.info.clear()
    return upright, form


def encode(picture: Image.Image, form: str, *, is_for_web: bool) -> tuple[bytes, str]:
    """The bytes and their type. For the web that is WebP, whatever it was before."""
    if not is_for_web:
        name, kind = SAME_FORM.get(form, ("PNG", "image/png"))
        options = {"quality": 88} if name != "PNG" else {}
        return saved(picture, name, **options), kind
    if form != "JPEG" and picture.width * picture.height <= LOSSLESS_PIXELS:
        exact = saved(picture, "WEBP", lossless=True, quality=30, method=1)
        if len(exact) <= LOSSLESS_BYTES:
            return exact, "image/webp"
    return saved(picture, "WEBP", quality=82, method=2), "image/webp"


def saved(picture: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, exif=b"", **options)
    return out.getvalue()


def draw(data: bytes, *, is_for_web: bool) -> tuple[list[dict[str, object]], bytes]:
    """The picture, and for the web a smaller one where it is large: what they are, and their bytes in a row."""
    picture, form = decode(data, SIDE if is_for_web else 2 * SIDE)
    described: list[dict[str, object]] = []
    drawn = b""
    for side in (SIDE, SMALL_SIDE) if is_for_web else (2 * SIDE,):
        if described and max(picture.size) <= side:
            break
        picture.thumbnail((side, side), reducing_gap=2.0)
        piece, kind = encode(picture, form, is_for_web=is_for_web)
        described.append({"type": kind, "width": picture.width, "height": picture.height, "size": len(piece)})
        drawn += piece
    return described, drawn


def draw_face(data: bytes) -> tuple[list[dict[str, object]], bytes]:
    """A square of the middle, on white where the picture was see-through."""
    picture, _form = decode(data, 4 * FACE_SIDE)
    white = Image.new("RGBA", picture.size, "white")
    white.alpha_composite(picture.convert("RGBA"))
    square = ImageOps.fit(white.convert("RGB"), (FACE_SIDE, FACE_SIDE))
    piece = saved(square, "JPEG", quality=86, optimize=True)
    return [{"type": "image/jpeg", "width": FACE_SIDE, "height": FACE_SIDE, "size": len(piece)}], piece


def main() -> None:
    """Limits first, then the picture."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    data, words = sys.stdin.buffer.read(), sys.argv[1:]
    described, drawn = draw_face(data) if "face" in words else draw(data, is_for_web="web" in words)
    sys.stdout.buffer.write(json.dumps(described).encode() + b"\n" + drawn)


if __name__ == "__main__":
    main()

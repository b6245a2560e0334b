"""Files of all sorts, made on the spot: good pictures, and those that were made to do harm."""

import io
import struct
import zlib

from PIL import Image, ImageDraw


def screenshot(width: int = 900, height: int = 600, form: str = "PNG") -> bytes:
    """A picture with a few areas of colour, as screens have."""
    picture = Image.new("RGB", (width, height), "#fbfaf7")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, width // 3, height), fill="#00595b")
    draw.ellipse((width // 2, height // 4, width // 2 + 80, height // 4 + 80), fill="#e8a33d")
    return saved(picture, form)


def photo(width: int = 400, height: int = 200, **options) -> bytes:
    """A JPEG whose left half is red and whose right half is blue."""
    picture = Image.new("RGB", (width, height), "red")
    picture.paste("blue", (width // 2, 0, width, height))
    return saved(picture, "JPEG", quality=90, **options)


def photo_with_place(orientation: int = 6) -> bytes:
    """A photo that says where and by whom it was taken, and that the camera was held upright."""
    exif = Image.Exif()
    exif[0x010E], exif[0x013B], exif[0x0112] = "canary-description", "canary-artist", orientation
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[29] = "N", (48.0, 8.0, 15.0), "canary-gps"
    exif._ifds[0x8825] = place
    profile = b"canary-profile" * 20
    return photo(exif=exif, comment=b"canary-comment", icc_profile=profile)


def saved(picture: Image.Image, form: str, **options) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, *chunks: bytes, pixels: bytes = b"") -> bytes:
    """A grey PNG that claims this size, with these chunks before its pixels."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    body = b"".join(chunks) + chunk(b"IDAT", zlib.compress(pixels))
    return b"\x89PNG\r\n\x1a\n" + header + body + chunk(b"IEND", b"")


def pixel_bomb() -> bytes:
    """30,000 × 30,000 pixels in under a megabyte."""
    deflate = zlib.compressobj(9)
    row = b"\0" * 30_001
    pixels = b"".join(deflate.compress(row) for _row in range(30_000)) + deflate.flush()
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 30_000, 30_000, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def lying_header() -> bytes:
    """Says 60,000 × 60,000 and has ten bytes of pixels."""
    return png(60_000, 60_000, pixels=b"\0" * 10)


def small_header_many_pixels() -> bytes:
    """Says 10 × 10 and has 200 MB of pixels."""
    deflate = zlib.compressobj(9)
    block = b"\0" * 1_000_000
    pixels = b"".join(deflate.compress(block) for _block in range(200)) + deflate.flush()
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 10, 10, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def text_bomb() -> bytes:
    """A note in the picture that unpacks to 256 MB."""
    deflate = zlib.compressobj(9)
    block = b"A" * 1_000_000
    words = b"".join(deflate.compress(block) for _block in range(256)) + deflate.flush()
    return png(10, 10, chunk(b"zTXt", b"Comment\0\0" + words), pixels=b"\0" * 110)


def many_frames(count: int = 5_000) -> bytes:
    """A GIF of 5,000 frames, 400 × 400 each, written by hand so that it is quickly made."""
    size = 400
    head = b"GIF89a" + struct.pack("<HHBBB", size, size, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    one = io.BytesIO()
    Image.new("1", (size, size)).save(one, "GIF")
    body = one.getvalue()
    frame = body[body.index(struct.pack("<cHHHH", b",", 0, 0, size, size)) : -1]
    return head + (b"!\xf9\x04\x04\x01\0\0\0" + frame) * count + b";"


def page_and_gif() -> bytes:
    """A GIF that is also a page with a script."""
    return b"GIF89a/*<html><script>alert(1)</script>*/=1;" + b"\0" * 40


def page_in_gif() -> bytes:
    """A right GIF with a page in its comment."""
    gif = saved(Image.new("P", (4, 4)), "GIF")
    note = b"<html><script>alert(1)</script></html>"
    return gif[:-1] + b"!\xfe" + bytes([len(note)]) + note + b"\0;"

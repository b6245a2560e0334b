"""D2, D3, D4: what a file is, is told from its bytes; pictures are drawn anew, and none of them hurts."""

import io
import os
import resource
import subprocess
import sys
from time import monotonic

import pytest
from PIL import Image

from community.files.models import Attachment, Blob
from community.files.pictures import PROGRAM
from tests.community.files import evil
from tests.community.files.scenes import body, upload

PAGE = b"<!doctype html><script>alert(1)</script>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
INLINE_NEVER = ("text/html", "image/svg+xml", "application/xhtml+xml", "text/xml", "application/xml")


def test_a_screenshot_is_kept_as_webp_and_shown_with_its_size(chris, root):
    answered = upload(chris, evil.screenshot(1600, 900))
    assert answered.status_code == 201
    told = answered.json()
    assert told["name"] == "screen.webp"
    assert told["markdown"] == f"![]({told['url']})"
    large, small = chris.get(told["url"]), chris.get(told["small_url"])
    assert large["Content-Type"] == small["Content-Type"] == "image/webp"
    assert Image.open(io.BytesIO(body(large))).size == (1600, 900)
    assert Image.open(io.BytesIO(body(small))).size == (1344, 756)
    assert large["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in large["Content-Security-Policy"]


def test_the_place_and_the_name_are_gone_and_the_picture_stands_upright(chris):
    raw = evil.photo_with_place(orientation=6)
    assert raw.count(b"canary") > 3
    told = upload(chris, raw, "IMG_20260412_184512.jpg", "image/jpeg").json()
    data = body(chris.get(told["url"]))
    picture = Image.open(io.BytesIO(data))
    assert b"canary" not in data
    assert not picture.getexif()
    assert "icc_profile" not in picture.info
    assert picture.size == (200, 400)
    above, below = picture.convert("RGB").getpixel((100, 50)), picture.convert("RGB").getpixel((100, 350))
    assert above[0] > 200 > 60 > above[2]
    assert below[2] > 200 > 60 > below[0]


@pytest.mark.parametrize(
    ("name", "claimed", "data"),
    [
        ("page.html", "text/html", PAGE),
        ("picture.png", "image/png", PAGE),
        ("x.svg", "image/svg+xml", SVG),
        ("x.png", "image/png", SVG),
        ("x.xhtml", "application/xhtml+xml", b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>'),
        ("x.xml", "text/xml", b'<?xml version="1.0"?><?xml-stylesheet href="x.xsl"?><a/>'),
        ("x.mhtml", "multipart/related", b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n" + PAGE),
        ("utf16.txt", "text/plain", "<script>alert(1)</script>".encode("utf-16")),
        ("late.txt", "text/plain", b"x" * 600 + PAGE),
        ("log.html", "text/html", b"12:01 the lamp went out\n12:02 and on\n"),
        ("a.pdf", "application/pdf", b"%PDF-1.7 " + PAGE),
        ("a.zip", "text/html", b"PK\x03\x04" + PAGE),
    ],
)
def test_nothing_that_a_browser_could_run_is_ever_shown(chris, name, claimed, data):
    told = upload(chris, data, name, claimed).json()
    served = chris.get(told["url"])
    assert served["Content-Type"] not in INLINE_NEVER
    assert served["Content-Disposition"].startswith("attachment")
    assert served["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in served["Content-Security-Policy"]
    assert not told["name"].lower().endswith((".html", ".svg", ".xhtml", ".mhtml"))
    assert body(served) == data


@pytest.mark.parametrize("data", [b"MZ\x90\0\x03\0\0\0", b"\x7fELF\x02\x01\x01\0", b"\xca\xfe\xba\xbe\0\0", b"\0" * 50])
def test_programs_are_refused_with_a_way_out(chris, root, data):
    answered = upload(chris, data, "setup.txt", "text/plain")
    assert answered.status_code == 415
    assert "ZIP" in answered.json()["message"]
    assert not Blob.objects.exists()


MEASURE = """import resource, subprocess, sys
subprocess.run([sys.executable, "-I", sys.argv[1], "web"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"""


def peak_of(data: bytes) -> int:
    """The most memory that drawing it takes. Asked of a parent of its own: this process has had larger children."""
    command = [sys.executable, "-c", MEASURE, str(PROGRAM)]
    return int(subprocess.run(command, input=data, capture_output=True, check=True).stdout)


@pytest.mark.parametrize(
    "make", [evil.pixel_bomb, evil.lying_header, evil.small_header_many_pixels, evil.text_bomb, evil.page_and_gif,
             lambda: evil.screenshot()[:400], lambda: b"\x89PNG\r\n\x1a\n", lambda: b"\xff\xd8\xff" + os.urandom(5000)]
)  # fmt: skip
def test_a_bomb_is_refused_or_a_thumbnail_within_five_seconds_and_300_mb(chris, make):
    data = make()
    begun, before = monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    answered = upload(chris, data, "bomb.png")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    assert answered.status_code in (201, 422)
    assert used <= 5
    assert peak_of(data) <= 300 * 1024 * (1024 if sys.platform == "darwin" else 1)
    assert monotonic() - begun < 30  # of a busy machine; the clock limit of the process is its own
    assert chris.get("/health/").status_code == 200


def test_five_thousand_frames_become_the_first(chris):
    told = upload(chris, evil.many_frames(), "party.gif", "image/gif")
    assert told.status_code == 201
    picture = Image.open(io.BytesIO(body(chris.get(told.json()["url"]))))
    assert picture.size == (400, 400)
    assert getattr(picture, "n_frames", 1) == 1


def test_a_page_in_a_picture_does_not_survive(chris):
    told = upload(chris, evil.page_in_gif(), "x.gif", "image/gif").json()
    assert b"script" not in body(chris.get(told["url"]))


def test_a_large_photo_becomes_one_of_2000_pixels(chris):
    told = upload(chris, evil.photo(4000, 3000), "big.jpg").json()
    assert Image.open(io.BytesIO(body(chris.get(told["url"])))).size == (2000, 1500)
    assert Attachment.objects.get().blob.width == 2000

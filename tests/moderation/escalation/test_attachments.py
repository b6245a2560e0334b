"""AC-PRIV-4, D2, D4, D5, D7: private files."""

import io
import re
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from moderation.escalation.files import Upload, clean_name, keep
from moderation.escalation.links import link_for
from moderation.escalation.models import Attachment
from tests.moderation.escalation.scenes import ana_writes_in_private


@pytest.fixture
def file(cast):
    conversation = ana_writes_in_private(cast)
    return keep(Upload("serial.pdf", b"%PDF-1.4 canary-file"), conversation.messages.get())


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def test_ac_priv_4_ana_and_dora_get_the_file_by_a_link_of_their_own(client, cast, file):
    for person in (cast.ana, cast.dora):
        client.force_login(person)
        opened = client.get(f"/requests/files/{file.key}/")
        assert opened.status_code == 302
        served = client.get(opened.url)
        assert served.status_code == 200
        assert body(served) == b"%PDF-1.4 canary-file"
        assert served["Content-Disposition"] == 'attachment; filename="serial.pdf"'
        assert served["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in served["Content-Security-Policy"]
        assert served["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("who", ["mallory", "chris", "gil", "jo", "ivo"])
def test_ac_priv_4_another_person_finds_no_file_not_even_by_anas_link(client, cast, file, who):
    link = link_for(file, cast.ana)
    client.force_login(getattr(cast, who))
    assert client.get(f"/requests/files/{file.key}/").status_code == 404
    assert client.get(link).status_code == 404
    assert client.head(link).status_code == 404


def test_the_link_of_an_agent_does_not_work_for_the_customer(client, cast, file):
    client.force_login(cast.ana)
    assert client.get(link_for(file, cast.dora)).status_code == 404


def test_ac_priv_4_logged_out_is_401_with_the_way_to_sign_in(client, cast, file):
    answered = client.get(link_for(file, cast.ana))
    assert answered.status_code == 401
    assert "/account/login/" in answered.content.decode()
    assert client.get(f"/requests/files/{file.key}/").url.startswith("/account/login/")


def test_ac_priv_4_an_expired_link_is_410(client, cast, file):
    with time_machine.travel(timezone.now() - timedelta(minutes=15, seconds=5), tick=False):
        link = link_for(file, cast.ana)
    client.force_login(cast.ana)
    assert client.get(link).status_code == 410


def test_a_link_ends_with_the_right_to_read(client, cast, file):
    link = link_for(file, cast.dora)
    cast.dora.grants.update(revoked_at="2026-01-01T00:00Z")
    client.force_login(cast.dora)
    assert client.get(link).status_code == 404


def test_a_changed_link_and_odd_paths_are_404(client, cast, file):
    client.force_login(cast.ana)
    link = link_for(file, cast.ana)
    assert client.get(link[:-3] + "xx/").status_code == 404
    assert client.get("/requests/links/..%2f..%2fetc%2fpasswd/").status_code == 404
    assert client.get(f"/requests/files/{file.key[:-1]}/").status_code == 404
    assert client.post(link).status_code == 405


def test_keys_have_at_least_128_bits_and_the_stored_name_says_nothing(file):
    assert len(file.key) >= 32
    assert re.fullmatch(r"attachments/[0-9a-f]{2}/[0-9a-f]{32}", file.file.name)


@pytest.mark.parametrize(
    "name",
    ["page.html", "x.svg", "x.xml", "x.xhtml", "x.mhtml", "x.js", "x.exe", "picture.png", "no-ending", "x.pdf.html"],
)
def test_ac_priv_4_active_types_are_download_only_and_neutral(client, cast, file, name):
    kept = keep(Upload(name, b"<html><script>alert(1)</script></html>"), file.message)
    assert kept.content_type == "application/octet-stream"
    client.force_login(cast.ana)
    served = client.get(link_for(kept, cast.ana))
    assert served["Content-Type"] == "application/octet-stream"
    assert served["Content-Disposition"].startswith("attachment")


def test_a_picture_is_drawn_anew_without_its_metadata(client, cast, file):
    exif = Image.Exif()
    exif[0x010E] = "canary-gps"
    exif[0x0112] = 6
    out = io.BytesIO()
    Image.new("RGB", (80, 40), "red").save(out, "JPEG", exif=exif, comment=b"canary-comment")
    assert b"canary-gps" in out.getvalue()
    kept = keep(Upload("left.jpg", out.getvalue()), file.message)
    client.force_login(cast.ana)
    served = client.get(link_for(kept, cast.ana))
    data = body(served)
    assert served["Content-Type"] == "image/jpeg"
    assert served["Content-Disposition"].startswith("inline")
    assert b"canary" not in data
    assert Image.open(io.BytesIO(data)).size == (40, 80)


def test_a_pixel_bomb_is_kept_as_a_plain_download(file):
    bomb = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(bomb, "PNG")
    kept = keep(Upload("bomb.png", bomb.getvalue()), file.message)
    assert kept.content_type == "application/octet-stream"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\a.txt", "a.txt"),
        ("\u202egnp.exe", "gnp.exe"),
        ("a\r\nX: y.txt", "aX: y.txt"),
        ("", "file"),
        ("...", "file"),
        ("é ü.pdf", "é ü.pdf"),
        ("a" * 500 + ".txt", "a" * 120 + ".txt"),
    ],
)
def test_names_are_cleaned(given, kept):
    assert clean_name(given) == kept


def test_odd_names_are_safe_in_the_header(client, cast, file):
    kept = keep(Upload('ü"; filename=evil.html', b"x"), file.message)
    client.force_login(cast.ana)
    header = client.get(link_for(kept, cast.ana))["Content-Disposition"]
    assert header.startswith("attachment; filename*=utf-8''")


def test_too_many_or_too_big_is_refused_and_the_words_stay(client, cast, file, settings):
    settings.PRIVATE_FILE_MAX_BYTES = 1000
    conversation = file.message.conversation
    client.force_login(cast.ana)
    url = f"/requests/{conversation.token}/reply/"
    big = client.post(url, {"text": "my words", "files": [SimpleUploadedFile("big.bin", b"x" * 1001)]})
    assert big.status_code == 413
    assert "my words" in big.content.decode()
    many = client.post(url, {"text": "my words", "files": [SimpleUploadedFile(f"{n}.txt", b"x") for n in range(11)]})
    assert many.status_code == 413
    assert Attachment.objects.count() == 1

"""D1, D5, D7 to D10: who sees a file, what it may be called, how many, how often it is kept, and when it goes."""

import os
import re
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from community.files.models import Attachment, Blob
from community.files.tasks import sweep_files
from forums.threads.models import Draft, Post
from forums.threads.replying import answer
from tests.community.files import evil
from tests.community.files.scenes import body, parts, upload
from tests.scenes import ana_asks


def sweep(after: timedelta = timedelta()) -> None:
    with time_machine.travel(timezone.now() + after, tick=True):
        sweep_files(timestamp=0)


def posted(cast, markdown: str) -> Post:
    """Chris answers Ana, with what he has uploaded."""
    return answer(ana_asks(cast).thread, by=cast.chris, source=f"It looks like this here.\n\n{markdown}")


# Who sees it.


def test_an_upload_is_seen_by_its_owner_alone_until_a_post_shows_it(chris, cast):
    told = upload(chris, evil.screenshot()).json()
    visitor, ben = Client(), Client()
    ben.force_login(cast.ben)
    assert chris.get(told["url"]).status_code == 200
    assert visitor.get(told["url"]).status_code == ben.get(told["url"]).status_code == 404
    post = posted(cast, told["markdown"].replace("![]", "![The lamp is red]"))
    assert visitor.get(told["url"]).status_code == ben.get(told["url"]).status_code == 200
    page = visitor.get(post.thread.get_absolute_url()).content.decode()
    shown = re.search(r"<img[^>]*>", page.split('id="answer-list"')[1])[0]
    assert f'src="{told["small_url"]}"' in shown
    assert 'alt="The lamp is red"' in shown
    assert 'width="900" height="600" loading="lazy"' in shown
    assert f'<a class="picture" href="{told["url"]}"' in page


@pytest.mark.parametrize("fate", ["hide", "remove", "hide the question"])
def test_a_hidden_or_removed_post_takes_its_files_along(chris, cast, fate):
    told = upload(chris, evil.screenshot()).json()
    post = posted(cast, told["markdown"])
    if fate == "remove":
        post.remove(by=cast.chris)
    else:
        hidden = post if fate == "hide" else post.thread.posts.get(kind="opening")
        hidden.hide(by=cast.hana, reason="Shows an address")
    for address in (told["url"], told["small_url"]):
        assert Client().get(address).status_code == 404
        assert Client().head(address).status_code == 404
        if fate != "hide the question":
            assert chris.get(address).status_code == 404
    assert Client().get(told["url"], headers={"Range": "bytes=0-10"}).status_code == 404


def test_what_was_hidden_cannot_be_shown_again_by_whoever_kept_its_address(chris, cast):
    told = upload(chris, evil.screenshot()).json()
    posted(cast, told["markdown"]).hide(by=cast.hana, reason="Shows an address")
    again = answer(ana_asks(cast, title="Another question of the same day").thread, by=cast.ben,
                   source=f"Look: {told['markdown']}")  # fmt: skip
    assert not again.files.exists()
    assert Client().get(told["url"]).status_code == 404


def test_quoting_a_picture_keeps_it_when_the_first_post_goes(chris, cast):
    told = upload(chris, evil.screenshot()).json()
    first = posted(cast, told["markdown"])
    answer(first.thread, by=cast.ben, source=f"As Chris has it: {told['markdown']}")
    first.remove(by=cast.chris)
    assert Client().get(told["url"]).status_code == 200


def test_a_picture_edited_out_is_gone_at_once(chris, cast):
    told = upload(chris, evil.screenshot()).json()
    post = posted(cast, told["markdown"])
    post.edit("It looks like this here, without the picture.", by=cast.chris, version=1)
    assert Client().get(told["url"]).status_code == 404
    post.edit(f"With it after all: {told['markdown']}", by=cast.chris, version=2)
    assert Client().get(told["url"]).status_code == 200


def test_odd_addresses_find_nothing(chris, cast):
    told = upload(chris, evil.screenshot()).json()
    key = told["url"].split("/")[2]
    assert len(key) == 28
    assert 26**28 > 2**128
    for odd in (f"/files/{key}/other.webp", f"/files/{key}/..%2f..%2fetc%2fpasswd", f"/files/{key[:-1]}/screen.webp",
                f"/files/{key}/small/x.webp", f"/files/{key.upper()}/screen.webp", "/files/1/1"):  # fmt: skip
        assert chris.get(odd).status_code == 404
    assert chris.get("/files/").status_code == 405
    assert chris.post(told["url"]).status_code == 405


def test_the_signed_out_cannot_upload(db):
    answered = upload(Client(), evil.screenshot())
    assert answered.status_code == 302
    assert answered.url.startswith("/account/login/")


def test_a_browser_that_has_it_is_not_sent_it_again(chris):
    told = upload(chris, evil.screenshot()).json()
    first = chris.get(told["url"])
    assert first["Cache-Control"] == "private, max-age=3600"
    assert chris.get(told["url"], headers={"If-None-Match": first["ETag"]}).status_code == 304


# What it may be called.


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "..\\..\\boot.ini", "/etc/cron.d/x", "a\r\nX-Evil: 1.txt", "\u202egnp.exe.txt", "", "...",
     "a" * 500 + ".txt", "CON", "nul.txt", "a;b|c&d.txt", "<img src=x onerror=alert(1)>.txt", '"; filename=evil.html',
     "é ü ß.txt", "日本語.txt", "%2e%2e%2fx.txt", "x.txt\0.html", "~/.ssh/id", "$(id).txt", "`id`.txt", "a/b/c.txt",
     "C:\\x\\y.txt", ".htaccess", "x.php"],
)  # fmt: skip
def test_a_name_is_only_a_name(chris, cast, root, tmp_path, name):
    before = parts(tmp_path)
    kept = Attachment.objects.keep(name, b"12:01 the lamp went out", by=cast.chris)
    assert all(re.fullmatch(r"private/files/[0-9a-f]{2}/[0-9a-f]{32}", new) for new in parts(tmp_path) - before)
    served = chris.get(kept.get_absolute_url())
    assert served.status_code == 200
    disposition = served["Content-Disposition"]
    assert disposition.startswith("attachment; filename")
    assert not re.search(r"[\r\n]", disposition)
    assert re.fullmatch(r"/files/[a-z]{28}/[\w.-]+", kept.get_absolute_url())
    assert kept.name.endswith((".txt", ".ini"))


def test_a_name_is_shown_escaped(chris, cast):
    told = upload(chris, b"12:01 the lamp went out", "<b onclick=x>[a](javascript:b).txt", "text/plain").json()
    page = Client().get(posted(cast, told["markdown"]).thread.get_absolute_url()).content.decode()
    assert "&lt;b onclick=x&gt;[a](javascript:b).txt</a>" in page
    assert f'<a href="{told["url"]}" class="file"' in page or f'class="file" href="{told["url"]}"' in page


# How large, how many.


def test_one_byte_too_many_is_413_and_leaves_nothing(chris, root, settings):
    settings.FILE_MAX_BYTES = 5000
    assert upload(chris, b"x" * 5000, "fits.txt").status_code == 201
    answered = upload(chris, b"x" * 5001, "large.txt")
    assert answered.status_code == 413
    assert "too big" in answered.json()["message"]
    assert upload(chris, b"", "empty.txt").status_code == 422
    assert len(parts(root)) == 1


def test_too_many_fields_or_parts_are_400(chris, root):
    fields = {f"field{number}": "x" for number in range(1001)}
    assert chris.post("/files/", fields).status_code == 400
    files = {f"file{number}": SimpleUploadedFile("x.txt", b"x") for number in range(101)}
    assert chris.post("/files/", files).status_code == 400
    assert not parts(root)


def test_a_new_member_shares_ten_files_an_hour(client, cast):
    client.force_login(cast.mallory)
    said = [upload(client, b"line %d" % number, "x.txt").status_code for number in range(12)]
    assert said == [201] * 10 + [429] * 2
    last = upload(client, b"one more", "x.txt")
    assert 3500 < int(last["Retry-After"]) <= 3600
    assert "60 minutes" in last.json()["message"]


def test_a_new_member_shows_one_picture_in_a_post(client, cast):
    client.force_login(cast.mallory)
    one, two = (upload(client, evil.screenshot(width)).json()["markdown"] for width in (300, 301))
    thread = ana_asks(cast).thread
    reply = f"/threads/{thread.pk}/reply/"
    refused = client.post(reply, {"text": f"Both of them:\n\n{one}\n\n{two}"})
    assert refused.status_code == 422
    assert "1 picture" in refused.content.decode()
    assert two in refused.content.decode()
    assert client.post(reply, {"text": f"Only one:\n\n{one}"}).status_code == 302


def test_without_script_files_come_along_with_the_text(chris, cast):
    thread = ana_asks(cast).thread
    files = [SimpleUploadedFile("a.png", evil.screenshot()), SimpleUploadedFile("b.log", b"12:01 the lamp went out")]
    sent = chris.post(f"/threads/{thread.pk}/reply/", {"text": "Both are here.", "files": files})
    assert sent.status_code == 302
    page = Client().get(thread.get_absolute_url()).content.decode()
    assert "<img" in page.split('id="answer-list"')[1]
    assert "b.log</a>" in page
    big = SimpleUploadedFile("c.exe", b"MZ\x90\0")
    refused = chris.post(f"/threads/{thread.pk}/reply/", {"text": "My words are not lost by this.", "files": [big]})
    assert refused.status_code == 415
    assert "My words are not lost by this." in refused.content.decode()


# Kept once, and swept.


def test_the_same_file_twice_is_stored_once_and_lives_as_long_as_one_post_shows_it(chris, cast, root):
    first, second = (upload(chris, evil.screenshot()).json() for _time in range(2))
    assert first["url"] != second["url"]
    assert Blob.objects.count() == len(parts(root)) == 1
    one, two = posted(cast, first["markdown"]), answer(ana_asks(cast, title="And here it is again today").thread,
                                                       by=cast.chris, source=second["markdown"])  # fmt: skip
    Post.objects.filter(pk=one.pk).delete()
    sweep(timedelta(hours=49))
    assert Client().get(first["url"]).status_code == 404
    assert Client().get(second["url"]).status_code == 200
    Post.objects.filter(pk=two.pk).delete()
    sweep(timedelta(hours=49))
    assert not Blob.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_same_file_four_times_at_once(cast, root):
    cast.chris  # noqa: B018 - he exists before the threads begin
    data = evil.screenshot(333)

    def one(_number: int) -> int:
        client = Client()
        client.force_login(cast.chris)
        return upload(client, data).status_code

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(one, range(4))) == [201] * 4
    assert Attachment.objects.count() == 4
    assert Blob.objects.count() == len(parts(root)) == 1


@pytest.mark.django_db(transaction=True)
def test_orphans_go_after_48_hours_and_what_is_shown_or_drafted_never(chris, cast, root):
    lost, shown, drafted = (upload(chris, evil.screenshot(width)).json() for width in (300, 301, 302))
    post = posted(cast, shown["markdown"])
    Draft.objects.keep(by=cast.chris, place="ask", text=f"Not yet finished {drafted['markdown']}")
    sweep(timedelta(hours=47))
    assert Attachment.objects.count() == 3
    sweep(timedelta(hours=49))
    assert chris.get(lost["url"]).status_code == 404
    assert chris.get(shown["url"]).status_code == chris.get(drafted["url"]).status_code == 200
    assert Blob.objects.count() == len(parts(root)) == 2
    post.edit("Without the picture from here on.", by=cast.chris, version=1)
    sweep(timedelta(hours=47))
    assert Attachment.objects.count() == 2
    sweep(timedelta(days=400))
    assert [attachment.key in drafted["url"] for attachment in Attachment.objects.all()] == [True]


def test_what_a_killed_upload_left_is_swept(chris, root):
    kept = upload(chris, evil.screenshot()).json()
    half = root / "files" / "ab" / "ab0123"
    half.parent.mkdir(parents=True)
    half.write_bytes(b"half a file")
    sweep()
    assert half.exists()  # it may be an upload of this moment
    os.utime(half, (time.time() - 4000,) * 2)
    sweep()
    assert not half.exists()
    assert body(chris.get(kept["url"]))

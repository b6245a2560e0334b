"""Threads from elsewhere come in once, with their authors named and their private parts covered."""

import gzip
import json
from itertools import islice

import pytest
from django.core.management import call_command
from django.utils import timezone

from community.events.models import Event
from community.people.models import Person
from forums.questions.importing import lines
from forums.questions.models import Question
from forums.threads.models import Attribution, Post, Thread
from tests.real_data import THREADS

pytestmark = pytest.mark.django_db


def told(number: int, **fields) -> dict:
    answer = {"id": 90 + number, "created": "2020-01-02 10:00:00 -0800", "creator": "helper1", "helpful": 3}
    return {
        "id": number,
        "url": f"https://support.example/questions/{number}",
        "title": f"Bookmarks are gone, number {number}",
        "content_html": "<p>Since <strong>today</strong> all are gone.</p><ul><li>restarted</li></ul>",
        "created": "2020-01-01 10:00:00 -0800",
        "creator": "ana",
        "product": "firefox",
        "tags": ["bookmarks", "windows-10"],
        "answers": [answer | {"content_html": "<p>Library, then <em>restore</em>.</p>"}],
        **fields,
    }


@pytest.fixture
def file(tmp_path):
    def write(*threads, packed: bool = False) -> str:
        text = "\n".join(thread if isinstance(thread, str) else json.dumps(thread) for thread in threads)
        path = tmp_path / ("threads.jsonl.gz" if packed else "threads.jsonl")
        path.write_bytes(gzip.compress(text.encode()) if packed else text.encode())
        return str(path)

    return write


def test_a_thread_comes_with_its_answer_tags_product_and_times(file):
    call_command("import_threads", file(told(1)), verbosity=0)
    thread = Thread.objects.get()
    opening, answer = thread.posts.order_by("pk")
    assert opening.source == "Since **today** all are gone.\n\n* restarted"
    assert "<strong>today</strong>" in opening.html
    assert (answer.author.username, answer.score) == ("helper1", 3)
    assert thread.created_at.isoformat().startswith("2020-01-01T18:00")
    assert (thread.product.name, thread.answer_count, thread.question.is_solved) == ("Firefox", 1, False)
    assert sorted(tag.name for tag in thread.tags.all()) == ["bookmarks", "windows-10"]
    assert thread.product.question_count == 1


def test_the_page_says_where_it_comes_from(file, client):
    call_command("import_threads", file(told(1)), verbosity=0)
    page = client.get(Thread.objects.get().get_absolute_url())
    assert "Mozilla Support contributors" in page.content.decode()
    assert "https://support.example/questions/1" in page.content.decode()
    assert "CC BY-SA" in page.content.decode()


def test_a_second_run_adds_nothing_and_a_stopped_one_goes_on(file, capsys):
    call_command("import_threads", file(told(1)))
    call_command("import_threads", file(told(1), told(2)))
    assert "1 threads with 2 posts added, 1 were here already" in capsys.readouterr().out
    call_command("import_threads", file(told(1), told(2), told(2), packed=True))
    assert Attribution.objects.count() == 2


def test_bad_lines_are_named_and_the_rest_comes_in(file, capsys):
    call_command("import_threads", file("{no json", told(2, title=""), told(3, created="yesterday-ish"), told(4)))
    errors = capsys.readouterr().err
    assert Question.objects.count() == 1
    assert "line 1:" in errors
    assert "line 2: no title" in errors
    assert "line 3:" in errors


def test_personal_data_is_covered(file):
    call_command("import_threads", file(told(1, content_html="<p>Call +49 30 901820 or card 4111111111111111</p>")))
    source = Post.objects.get(kind="opening").source
    assert "901820" not in source
    assert "4111" not in source
    assert "█" in source


def test_scripts_of_the_source_do_not_come_along(file):
    call_command("import_threads", file(told(1, content_html="<p>a</p><script>alert(1)</script><img src=x onerror=1>")))
    assert "<script" not in Post.objects.get(kind="opening").html
    assert "onerror" not in Post.objects.get(kind="opening").html


def test_our_ana_is_not_taken_for_theirs(cast, file):
    ana = cast.ana
    call_command("import_threads", file(told(1)))
    author = Thread.objects.get().author
    assert author != ana
    assert author.username == "ana-mozilla"
    assert not author.has_usable_password()
    call_command("import_threads", file(told(2)))
    assert Person.objects.filter(username="ana-mozilla").count() == 1


def test_nobody_is_told_and_the_desk_only_when_asked_for(file):
    call_command("import_threads", file(told(1, answers=[])))
    assert Event.objects.count() == 0
    call_command("import_threads", file(told(2, answers=[])), to_desk=True)
    assert Event.objects.get().verb == "question.asked"


def test_dates_move_so_that_the_newest_is_today(file):
    call_command("import_threads", file(told(1), told(2, created="2020-01-11 10:00:00 -0800")), as_of="today")
    first, last = Thread.objects.order_by("created_at")
    assert last.created_at <= timezone.now()
    assert (timezone.now() - last.created_at).days == 0
    assert (last.created_at - first.created_at).days == 10


def test_two_hundred_real_threads_come_in_and_their_pages_open(tmp_path, client):
    path = tmp_path / "real.jsonl"
    path.write_text("".join(islice(lines(THREADS), 200)))
    call_command("import_threads", str(path), verbosity=0)
    assert Question.objects.count() >= 198
    for thread in Thread.objects.order_by("-answer_count")[:5]:
        assert client.get(thread.get_absolute_url()).status_code == 200

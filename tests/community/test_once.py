"""Clicked twice, done once."""

import threading
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpResponse, HttpResponseRedirect
from django.test import RequestFactory
from django.utils import timezone

from community.forms_opened import new_key
from community.once import OnceKey, once
from community.refusals import Refusal
from community.tasks import forget_answers

pytestmark = pytest.mark.django_db


def send(view, person, key="key-1", path="/questions/new/", waited=False, **fields):
    headers = {"X-Waited": "1"} if waited else {}
    request = RequestFactory().post(path, {"once": key, **fields} if key else fields, headers=headers)
    request.user = person
    return view(request)


@pytest.fixture
def done():
    return []


@pytest.fixture
def deed(done):
    @once
    def post_something(request):
        done.append(request.POST.get("text"))
        return HttpResponseRedirect(f"/questions/{len(done)}/")

    return post_something


def test_the_second_click_gets_the_first_answer(cast, deed, done):
    assert send(deed, cast.ana)["Location"] == "/questions/1/"
    again = send(deed, cast.ana)
    assert (again.status_code, again["Location"]) == (302, "/questions/1/")
    assert len(done) == 1


def test_another_person_with_the_same_key_is_somebody_else(cast, deed, done):
    send(deed, cast.ana)
    assert send(deed, cast.mallory)["Location"] == "/questions/2/"
    assert send(deed, AnonymousUser())["Location"] == "/questions/3/"


def test_a_key_is_good_for_its_own_address_only(cast, deed, done):
    send(deed, cast.ana)
    assert send(deed, cast.ana, path="/ideas/new/")["Location"] == "/questions/2/"


def test_without_a_key_every_click_counts(cast, deed, done):
    send(deed, cast.ana, key="")
    send(deed, cast.ana, key="")
    assert len(done) == 2


def test_a_program_names_its_key_in_a_header(cast, deed, done):
    for _ in range(2):
        request = RequestFactory().post("/questions/new/", headers={"Idempotency-Key": "abc"})
        request.user = cast.ana
        assert deed(request)["Location"] == "/questions/1/"


def test_what_htmx_reads_is_given_again(cast):
    @once
    def fragment(request):
        return HttpResponse("<li>Ümläut</li>", headers={"HX-Redirect": "/x/", "HX-Retarget": "#list", "X-Other": "no"})

    send(fragment, cast.ana)
    again = send(fragment, cast.ana)
    assert again.content.decode() == "<li>Ümläut</li>"
    assert (again["HX-Redirect"], again["HX-Retarget"]) == ("/x/", "#list")
    assert "X-Other" not in again


def test_a_refused_form_may_be_sent_again(cast, done):
    @once
    def strict(request):
        done.append(1)
        return HttpResponse("no", status=422 if len(done) == 1 else 200)

    assert send(strict, cast.ana).status_code == 422
    assert send(strict, cast.ana).status_code == 200


def test_a_broken_deed_leaves_no_answer(cast):
    @once
    def breaks(request):
        raise Refusal("Not today.")

    with pytest.raises(Refusal):
        send(breaks, cast.ana)
    assert not OnceKey.objects.exists()


def test_reading_is_never_kept(cast, done):
    @once
    def page(request):
        done.append(1)
        return HttpResponse("page")

    request = RequestFactory().get("/x/", {"once": "a"})
    request.user = cast.ana
    page(request)
    page(request)
    assert len(done) == 2


def test_answers_are_forgotten_after_a_day_and_keys_after_eight(cast, deed, done):
    send(deed, cast.ana)
    send(deed, cast.ana, key="young")
    old = OnceKey.objects.order_by("id").first()
    OnceKey.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(hours=25), body="the answer")
    forget_answers(0)
    assert OnceKey.objects.count() == 2
    assert OnceKey.objects.get(pk=old.pk).body == ""
    send(deed, cast.ana)  # a browser that was without a line for a day
    assert len(done) == 2
    OnceKey.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=9))
    forget_answers(0)
    assert OnceKey.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_eight_clicks_at_the_same_moment_do_it_once():
    done, answers, together = [], [], threading.Barrier(8)

    @once
    def slow(request):
        done.append(1)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.2)")
        return HttpResponseRedirect("/questions/1/")

    def click():
        together.wait()
        try:
            answers.append(send(slow, AnonymousUser()).headers["Location"])
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _ in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert len(done) == 1
    assert answers == ["/questions/1/"] * 8


def test_what_waited_longer_than_keys_are_kept_is_not_sent_by_itself(deed, cast, done, time_machine):
    time_machine.move_to("2026-11-01T09:00:00Z", tick=False)
    key = new_key()
    time_machine.move_to("2026-11-08T09:00:00Z", tick=False)
    send(deed, cast.ana, key=key, waited=True)
    send(deed, cast.ana, key=f"{key}~0.25", waited=True)  # a second deed by the same form
    assert len(done) == 2
    time_machine.move_to("2026-11-09T10:00:00Z", tick=False)
    for odd in (key, f"{key}~0.5", "made-up"):
        with pytest.raises(Refusal, match="more than a week"):
            send(deed, cast.ana, key=odd, waited=True)
    send(deed, cast.ana, key=f"{key}~0.75")  # read again, and sent by a person
    assert len(done) == 3

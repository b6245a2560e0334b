"""F11 and AC-API-1: keys are shown once, kept as a digest, narrow, and over at once when they or their owner are."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import IntegrityError, connection
from django.utils import timezone

from community.api.models import ApiKey, digest_of
from community.events.models import Event
from community.events.verbs import Verb
from community.notifications.models import Notification
from community.once import OnceKey
from community.people.roles import Role
from tests.community.api.program import Program
from tests.jobs import work
from tests.scenes import BODY, TITLE, ana_asks

pytestmark = pytest.mark.django_db
ASKED = {"title": TITLE, "text": BODY}


def made(client, **fields):
    """The answer to the form that makes a key."""
    return client.post(
        "/settings/keys/", {"name": "Product page", "scopes": ["community:read"], "days": "90", **fields}
    )


def test_ac_api_1_a_key_is_shown_once_and_kept_as_a_digest(client, cast):
    client.force_login(cast.ana)
    page = made(client)
    key = ApiKey.objects.get()
    token = page.context["made"][1]
    assert token in page.content.decode()
    assert page["Cache-Control"].startswith("max-age=0")
    assert token not in client.get("/settings/keys/").content.decode()
    assert key.digest == digest_of(token)
    assert token not in [str(value) for value in vars(key).values()]
    assert not OnceKey.objects.filter(body__contains=token).exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM events_event WHERE details::text LIKE %s", [f"%{token}%"])
        assert cursor.fetchone() == (0,)


def test_ac_api_1_last_used_expiry_and_the_audit_of_making_and_taking_back(client, cast):
    program = Program(cast.ana, ["own:read", "community:read"])
    assert ApiKey.objects.get().last_used_at is None
    assert program.get("/questions/").status_code == 200
    assert ApiKey.objects.get().last_used_at is not None
    client.force_login(cast.ana)
    assert "last used" in client.get("/settings/keys/").content.decode()
    client.post(f"/settings/keys/{program.key.pk}/revoke/")
    assert program.get("/questions/").status_code == 401
    told = Event.objects.filter(verb__in=[Verb.API_KEY_MADE, Verb.API_KEY_REVOKED])
    assert list(told.order_by("pk").values_list("verb", "actor")) == [
        (Verb.API_KEY_MADE, cast.ana.pk), (Verb.API_KEY_REVOKED, cast.ana.pk),
    ]  # fmt: skip


def test_a_key_is_over_on_its_day(client, cast):
    client.force_login(cast.ana)
    token = made(client, days="30").context["made"][1]
    program = Program()
    program.token = token
    assert program.get("/questions/").status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        answer = program.get("/questions/")
    assert (answer.status_code, answer.json()["code"]) == (401, "key_over")


def test_f11_a_read_key_does_not_write(cast):
    reads = Program(cast.ana, ["community:read"])
    answer = reads.post("/questions/", ASKED)
    assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing")
    assert "community:write" in answer.json()["message"]
    assert Program(cast.ana, ["community:write"]).post("/questions/", ASKED).status_code == 201
    assert Program(cast.ana, ["own:read"]).get("/questions/").status_code == 403


def test_f11_a_suspended_owners_key_stops_at_once_and_comes_back_with_them(cast):
    program = Program(cast.ana)
    cast.ana.suspend(by=cast.hana, reason="Spam")
    answer = program.get("/questions/")
    assert (answer.status_code, answer.json()["code"]) == (401, "key_over")
    cast.ana.lift_suspension(by=cast.hana)
    assert program.get("/questions/").status_code == 200
    type(cast.ana).objects.filter(pk=cast.ana.pk).update(is_active=False)
    assert program.get("/questions/").status_code == 401


def test_f11_a_key_in_the_address_is_refused(cast):
    program = Program(cast.ana)
    token, program.token = program.token, ""
    for place in (f"/questions/?key={token}", f"/questions/?after={token}"):
        answer = program.get(place)
        assert (answer.status_code, answer.json()["code"]) == (400, "key_in_address")
    program.token = token
    assert program.get(f"/questions/?access_token={token}").status_code == 400


def test_a_made_up_key_opens_nothing_not_even_what_is_open_to_everybody(cast):
    stranger = Program()
    assert stranger.get("/questions/").status_code == 200
    for header in ("Bearer plk_madeup", "Bearer", "Basic YW5hOmFuYQ==", "plk_madeup"):
        answer = stranger.get("/questions/", Authorization=header)
        assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'Bearer realm="Porchlight"')


def test_a_session_is_nobody_here_so_no_page_can_be_made_to_post(client, cast):
    client.force_login(cast.ana)
    answer = client.post("/api/v1/questions/", ASKED, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (401, "key_missing")
    question = ana_asks(cast)
    question.thread.posts.get().hold(reasons=["words"], rules=[], door="question", by=cast.ana)
    assert client.get(f"/questions/{question.pk}/{question.thread.slug}/").status_code == 200
    assert client.get(f"/api/v1/questions/{question.pk}/").status_code == 404


def test_a_key_that_was_made_before_its_owner_joined_the_team_opens_nothing_any_longer(cast):
    program = Program(cast.ana)
    cast.ana.grant(Role.AGENT, by=cast.kim)
    assert program.get("/questions/").status_code == 401
    assert Program(cast.ana).get("/questions/").status_code == 200


def test_customers_make_no_keys_for_the_desk(client, cast):
    client.force_login(cast.ana)
    assert "desk:read" not in client.get("/settings/keys/").content.decode()
    assert made(client, scopes=["desk:read"]).status_code == 422
    client.force_login(cast.dora)
    assert "desk:read" in client.get("/settings/keys/").content.decode()


def test_a_second_click_makes_no_second_key_and_there_is_a_most(client, cast, settings):
    client.force_login(cast.ana)
    made(client)
    again = made(client)
    assert again.status_code == 422
    assert "a key of this name" in again.content.decode()
    settings.API_KEYS_A_PERSON = 1
    assert "the most" in made(client, name="Another").content.decode()
    assert ApiKey.objects.count() == 1
    with pytest.raises(IntegrityError):
        ApiKey.objects.create(person=cast.ana, name="Product page", begins="plk_", digest="x")


def test_the_administrator_sees_every_key_and_takes_one_back(client, cast):
    program = Program(cast.ana)
    client.force_login(cast.kim)
    page = client.get("/settings/keys/all/").content.decode()
    assert program.key.name in page
    assert "ana" in page
    assert program.token not in page
    assert client.post(f"/settings/keys/{program.key.pk}/revoke/").status_code == 422, "not without saying why"
    assert program.get("/questions/").status_code == 200
    client.post(f"/settings/keys/{program.key.pk}/revoke/", {"reason": "It stood in a public file."})
    assert program.get("/questions/").status_code == 401
    event = Event.objects.get(verb=Verb.API_KEY_REVOKED)
    assert (event.actor, event.details["reason"]) == (cast.kim, "It stood in a public file.")
    work()
    assert "It stood in a public file." in Notification.objects.get(person=cast.ana).text


def test_mallory_takes_back_nobody_elses_key(client, cast):
    program = Program(cast.ana)
    client.force_login(cast.mallory)
    assert client.post(f"/settings/keys/{program.key.pk}/revoke/").status_code == 404
    assert client.get("/settings/keys/all/").status_code == 404
    assert program.get("/questions/").status_code == 200


def test_a_minute_has_so_many_requests_whichever_key_is_used(cast, settings):
    settings.API_READS_A_MINUTE, settings.API_READS_A_MINUTE_WITHOUT_KEY = 3, 2
    first, second = Program(cast.ana), Program(cast.ana)
    with time_machine.travel(timezone.now().replace(second=20), tick=False):
        assert [one.get("/questions/").status_code for one in (first, second, first)] == [200] * 3
        late = second.get("/questions/")
        assert (late.status_code, late["Retry-After"]) == (429, "40")
        nobody = Program.__new__(Program)
        nobody.client, nobody.token = first.client, ""
        assert [nobody.get("/questions/").status_code for _ in range(3)] == [200, 200, 429]
    cache.clear()


def test_what_a_key_posts_is_paced_as_its_owners(cast, settings):
    settings.POSTS_A_MINUTE = 2
    program = Program(cast.ana)
    for number in range(2):
        assert program.post("/questions/", {**ASKED, "title": f"{TITLE} {number}"}).status_code == 201
    late = program.post("/questions/", {**ASKED, "title": f"{TITLE} again"})
    assert (late.status_code, late.json()["code"]) == (429, "pace")
    assert int(late["Retry-After"])
    assert late.json()["sent"]["text"] == BODY

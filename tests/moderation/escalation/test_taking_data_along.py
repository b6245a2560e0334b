"""AC-PRIVACY-1: what the site holds of Ana, as a file of her own; the words of others and of the team are not in it."""

import io
import json
import re
import zipfile

import pytest
from django.test import Client
from django.urls import reverse

from community.people.models import Person
from community.people.taking_along import parts
from forums.threads.models import Draft
from tests.jobs import work
from tests.moderation.escalation.scenes import ana_accepts
from tests.scenes import ana_asks, as_, ben_answers

pytestmark = pytest.mark.django_db
PAGE, TAKE = reverse("community:settings-data"), reverse("community:settings-data-take")


def sure(person: Person) -> Client:
    """Their browser, after they have shown once more that it is them."""
    client = as_(person)
    assert client.post(TAKE)["Location"] == PAGE
    page = client.get(PAGE).content.decode()
    way = re.search(r'href="(/account/reauthenticate/[^"]*)"', page)[1]
    assert "Download my data" not in page
    assert client.post(way, {"password": f"porchlight-{person.username}"})["Location"] == PAGE
    assert "Download my data" in client.get(PAGE).content.decode()
    return client


def taken(person: Person) -> dict[str, list]:
    """What their archive has in it, by the way a person takes: asked for, the password once more, the file."""
    answer = sure(person).post(TAKE)
    assert answer["Content-Type"] == "application/zip"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Disposition"].startswith('attachment; filename="my-data-')
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        assert archive.testzip() is None
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    assert all(f"{part.name}.json: " in files["read-me.txt"] for part in parts())
    return {name.removesuffix(".json"): json.loads(text) for name, text in files.items() if name.endswith(".json")}


@pytest.fixture
def conversation(cast):
    """Ana has agreed to private help."""
    return ana_accepts(cast)


@pytest.fixture
def told(cast, conversation) -> dict[str, list]:
    """Ana has asked, voted, begun an answer and spoken in private; Dora has looked at her address."""
    question = ana_asks(cast, title="Where does the dust filter go?")
    answer = ben_answers(cast, question, source="Behind the left grille.")
    answer.vote(by=cast.ana)
    question.accept(answer, by=cast.ana)
    Draft.objects.keep(by=cast.ana, place=f"thread:{question.pk}", text="And the right one?")
    Draft.objects.keep(by=cast.ben, place=f"thread:{question.pk}", text="Words of Ben that nobody has seen")
    conversation.item.note("A note of the team about her", by=cast.dora)
    cast.ana.contact_for(cast.dora, purpose="A parcel came back")
    work()
    return taken(cast.ana)


def test_ac_privacy_1_posts_votes_drafts_requests_mails_and_settings_are_in_it(told, cast, conversation):
    assert "Where does the dust filter go?" in [post["thread"] for post in told["posts"]]
    assert [vote["thread"] for vote in told["votes"]] == ["Where does the dust filter go?"]
    assert [draft["text"] for draft in told["drafts"]] == ["And the right one?"]
    assert told["solutions"][0]["question"] == "Where does the dust filter go?"
    assert [one["title"] for one in told["private_requests"]] == [conversation.title]
    assert told["private_requests"][0]["messages"]
    assert told["profile"][0]["email"] == cast.ana.email
    assert told["products"][0]["product"] == "Beam 2"
    assert any("answer" in row["text"] for row in told["notifications"])


def test_ac_privacy_1_each_look_of_the_team_at_her_contact_data_is_told_by_role_purpose_and_time(told):
    [look] = told["looks_at_your_contact_data"]
    assert (look["role"], look["purpose"]) == ("agent", "A parcel came back")
    assert look["at"]


def test_what_others_wrote_for_themselves_and_notes_of_the_team_are_not(told, cast):
    everything = json.dumps({name: rows for name, rows in told.items() if name != "mails"})  # those were said to her
    for words in ("Words of Ben", "A note of the team", "Behind the left grille.", cast.dora.email, cast.ben.email):
        assert words not in everything


def test_ac_privacy_1_it_is_made_for_its_person_alone_after_they_have_shown_who_they_are(cast):
    assert Client().post(TAKE)["Location"].startswith("/account/login/")
    assert Client().get(PAGE).status_code == 302
    client = as_(cast.ana)
    assert "private_requests.json" in client.get(PAGE).content.decode()
    assert client.get(TAKE).status_code == 405
    client.post(f"/account/reauthenticate/?next={PAGE}", {"password": "not hers"})
    assert client.post(TAKE)["Location"] == PAGE


def test_six_times_an_hour_are_too_many(cast):
    for _ in range(5):
        taken(cast.ana)
    answer = sure(cast.ana).post(TAKE)
    assert (answer.status_code, answer["Retry-After"]) == (429, "3600")
    assert "five times in this hour" in answer.content.decode()

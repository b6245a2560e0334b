"""AC-REV-5 by programs alone: reply, private help, words that wait for a supervisor, two stars that become four."""

import pytest

from community.events.models import Event
from community.events.verbs import Verb
from moderation.escalation.models import Wording
from tests.community.api.program import Program
from tests.jobs import work

pytestmark = pytest.mark.django_db
ASKED = "I am glad that it works. Please change your review when you have a minute."


def test_ac_rev_5_from_two_stars_to_private_help_to_four_stars_by_programs_alone(cast):
    ana, dora, fay = Program(cast.ana), Program(cast.dora), Program(cast.fay)
    cast.beam2  # noqa: B018
    says = {"stars": 2, "title": "The left side is silent", "text": "Since the second week the left side is silent."}
    review = ana.post("/products/beam-2/reviews/", says).json()
    work()
    reply = dora.post(f"/reviews/{review['id']}/replies/", {"text": "That is not how it should be.", "as_staff": True})
    assert reply.json()["author"]["name"] == "Dora, Bluetooth"
    [item] = [row for row in dora.get("/desk/items/").json()["rows"] if row["thread"] == review["id"]]
    private = f"/desk/items/{item['id']}/private/"
    assert dora.get(private).json() == {"offer": None, "conversation": None}
    bad = {"channels": ["page"], "purpose": "Please change your review, we help."}
    assert dora.post(private, bad).json()["code"] == "review_request"
    offer = {"channels": ["page"], "purpose": "I would like to look into it with you, in private."}
    assert dora.post(private, offer).status_code == 201
    assert dora.post(private, offer).status_code == 409
    [invitation] = ana.get("/requests/invitations/").json()["rows"]
    shared = {"channels": ["page"], "title": "The left side", "text": "Yes, please."}
    path = f"/requests/invitations/{invitation['token']}/"
    assert Program(cast.mallory).post(path, shared).status_code == 404
    begun = ana.post(path, shared)
    assert begun.status_code == 201
    talk = dora.get(private).json()["conversation"]["id"]
    messages = f"/desk/conversations/{talk}/messages/"
    no = dora.post(messages, {"text": ASKED}, **{"Idempotency-Key": "one"})
    assert (no.status_code, no.json()["code"], no.json()["sent"]["text"]) == (422, "review_request", ASKED)
    assert len(dora.get(f"/desk/conversations/{talk}/").json()["messages"]) == 1

    assert dora.get("/desk/wordings/").status_code == 403
    waiting = next(row for row in fay.get("/desk/wordings/").json()["rows"] if row["text"] == ASKED)
    decide = f"/desk/wordings/{waiting['id']}/decision/"
    assert fay.post(decide, {"is_approved": True}).status_code == 422
    approved = fay.post(decide, {"is_approved": True, "reason": "The customer asked how to do it."})
    assert approved.json()["decision"] == "approved"
    assert Event.objects.get(verb=Verb.WORDING_APPROVED).actor == cast.fay
    assert Wording.objects.count() == 2
    assert dora.post(messages, {"text": ASKED, "seen": 1}).status_code == 201
    closed = dora.post(f"/desk/conversations/{talk}/close/", {"result": "solved", "ask": True})
    assert closed.json()["conversation"]["is_closed"] is True

    changed = {"stars": 4, "title": "After help", "text": "They sent a new pair, and it works."}
    done = ana.put(f"/reviews/{review['id']}/", changed, **{"If-Match": "*"}).json()["review"]
    assert (done["is_updated_after_support"], [row["stars"] for row in done["stars_before"]]) == (True, [2, 4])
    seen = [row["stars"] for row in Program().get(f"/reviews/{review['id']}/history/").json()["rows"] if row["stars"]]
    assert seen == [4, 2]


def test_who_declines_goes_on_in_public_and_nobody_asks_again(cast):
    ana, dora = Program(cast.ana), Program(cast.dora)
    cast.beam2  # noqa: B018
    review = ana.post("/products/beam-2/reviews/", {"stars": 1, "text": "It fell apart on the train."}).json()
    work()
    [item] = [row for row in dora.get("/desk/items/").json()["rows"] if row["thread"] == review["id"]]
    offer = {"channels": ["page"], "purpose": "I would like to look into it with you."}
    dora.post(f"/desk/items/{item['id']}/private/", offer)
    [invitation] = ana.get("/requests/invitations/").json()["rows"]
    assert ana.delete(f"/requests/invitations/{invitation['token']}/").json() == {"done": True}
    again = dora.post(f"/desk/items/{item['id']}/private/", offer)
    assert (again.status_code, again.json()["code"]) == (409, "already_declined")

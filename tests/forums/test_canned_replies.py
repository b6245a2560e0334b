"""Reply templates: own and shared, filled for the thread, counted, with how well they do."""

import pytest

from community.refusals import Refusal, Stale
from forums.canned.filling import filled
from forums.canned.health import FEW, health_of
from forums.canned.models import CannedReply, CannedUse
from forums.threads.models import Post
from forums.threads.replying import answer
from moderation.escalation.models import Invitation
from moderation.queue.models import Item
from tests.jobs import work
from tests.scenes import ana_asks, one_line

WORDS = "Hi {name}, please pair your {product} ({version}) again. {me} at {site}, about {title} {{7*7}} {0.__class__}"


@pytest.fixture
def question(cast):
    return ana_asks(cast)


@pytest.fixture
def shared(cast):
    return CannedReply.objects.keep(by=cast.hana, name="Pair anew", source=WORDS, audience="helpers")


def test_places_become_what_they_stand_for_and_nothing_else_does(cast, question, settings):
    text = filled(WORDS, question.thread, cast.ben)
    assert text.startswith("Hi ana, please pair your Beam 2 (fw 3.2) again. ben at ")
    assert text.endswith("{{7*7}} {0.__class__}")
    question.thread.title = "[x](javascript:alert(1)) ![y](z)"
    assert "\\[x\\](javascript" in filled("{title}", question.thread, cast.ben)


def test_the_composer_offers_them_by_name_filled_for_the_thread(client, cast, question, shared):
    CannedReply.objects.keep(by=cast.dora, name="Pair, for the team", source="For us only.", audience="team")
    CannedReply.objects.keep(by=cast.ben, name="Pair my way", source="LE Audio off, {name}.", audience="own")
    client.force_login(cast.ben)
    found = client.get(f"/canned-replies/suggest/?thread={question.pk}&q=pair").json()["items"]
    assert {item["label"] for item in found} == {"Pair anew", "Pair my way"}
    assert next(item for item in found if item["label"] == "Pair my way")["text"] == "LE Audio off, ana."
    assert "data-canned-url" in client.get(question.get_absolute_url()).content.decode()
    client.force_login(cast.chris)
    assert client.get(f"/canned-replies/suggest/?thread={question.pk}").json() == {"items": []}
    assert "data-canned-url" not in client.get(question.get_absolute_url()).content.decode()


def test_those_for_another_product_are_not_offered(cast, question):
    CannedReply.objects.keep(by=cast.hana, name="K", source="Wifi.", audience="helpers", product=cast.kettle_one)
    CannedReply.objects.keep(by=cast.hana, name="B", source="Bluetooth.", audience="helpers", product=cast.beam2)
    offered = CannedReply.objects.offered_to(cast.ben, question.thread.product)
    assert [row.name for row in offered] == ["B"]


def test_sending_it_is_counted_unchanged_or_worked_over(client, cast, question, shared):
    client.force_login(cast.ben)
    text = filled(WORDS, question.thread, cast.ben)
    client.post(f"/threads/{question.pk}/reply/", {"text": text, "canned": [shared.pk]})
    client.post(f"/threads/{question.pk}/reply/", {"text": text + " Good luck.", "canned": [shared.pk, 999, "x"]})
    work()
    work()
    assert list(CannedUse.objects.order_by("pk").values_list("is_verbatim", flat=True)) == [True, False]
    shared.refresh_from_db()
    assert shared.use_count == 2


def test_nobody_counts_what_they_may_not_use(client, cast, question, shared):
    client.force_login(cast.chris)
    client.post(f"/threads/{question.pk}/reply/", {"text": "I write this by myself.", "canned": [shared.pk]})
    work()
    assert not CannedUse.objects.exists()


def test_the_desk_counts_them_as_well(client, cast, question, shared):
    cast.dora  # noqa: B018 - on shift
    work()
    item = Item.objects.get(thread=question.thread)
    client.force_login(cast.dora)
    assert "data-canned-url" in client.get(f"/desk/items/{item.pk}/?compose=answer").content.decode()
    client.post(f"/desk/items/{item.pk}/answer/", {"text": "Please pair it again.", "seen": 0, "canned": [shared.pk]})
    work()
    assert CannedUse.objects.get().post.author == cast.dora


def test_its_health_says_what_it_did(client, cast, question, shared):
    posts = [answer(question.thread, by=cast.dora, source=f"Step {n}, then pair again.") for n in range(FEW)]
    CannedUse.objects.bulk_create(CannedUse(reply=shared, post=post, is_verbatim=post is posts[0]) for post in posts)
    question.accept(posts[0], by=cast.ana)
    question.verify(posts[1], by=cast.dora)
    (told,) = health_of([shared])
    assert (told.sent, told.solve_rate, told.verbatim_rate) == (5, 40, 20)
    client.force_login(cast.ben)
    assert "40 % solved it" in one_line(client.get("/canned-replies/"))


def test_links_that_lead_nowhere_are_found(client, cast, question, settings):
    gone = ana_asks(cast, title="This one is hidden again soon")
    gone.thread.posts.get(kind="opening").hide(by=cast.hana, reason="Off")
    source = (
        f"[a]({question.get_absolute_url()}) [b]({gone.get_absolute_url()}) [c](/no/such/page/) "
        f"[d]({settings.SITE_URL}/posts/999999/) [e](https://elsewhere.example/x) [f](/tags/)"
    )
    row = CannedReply.objects.keep(by=cast.hana, name="Links", source=source, audience="helpers")
    (told,) = health_of([row])
    assert told.dead == [gone.get_absolute_url(), "/no/such/page/", f"{settings.SITE_URL}/posts/999999/"]
    client.force_login(cast.ben)
    assert "3 dead links" in one_line(client.get("/canned-replies/"))


def test_writing_changing_and_retiring_one(client, cast):
    client.force_login(cast.ben)
    new = {"name": "Codec", "text": "Use {product} with AAC, {name}.", "audience": "own"}
    assert client.post("/canned-replies/new/", new).status_code == 302
    row = CannedReply.objects.get()
    again = client.post("/canned-replies/new/", new)
    assert again.status_code == 422
    assert "You have one of this name already." in again.content.decode()
    client.post(f"/canned-replies/{row.pk}/edit/", {**new, "text": "Use AAC.", "version": 1})
    row.refresh_from_db()
    assert (row.source, row.version) == ("Use AAC.", 2)
    late = client.post(f"/canned-replies/{row.pk}/edit/", {**new, "text": "Use SBC.", "version": 1})
    assert late.status_code == 409
    assert "Use AAC." in late.content.decode()
    assert "Use SBC." in late.content.decode()
    client.post(f"/canned-replies/{row.pk}/retire/")
    assert not CannedReply.objects.offered_to(cast.ben, None).exists()
    with pytest.raises(Stale):
        row.change(by=cast.ben, name="x", source="y", audience="own", product=None, version=1)


@pytest.mark.parametrize(("name", "status"), [("ben", 404), ("chris", 404), ("mallory", 404), ("dora", 200)])
def test_others_use_it_and_the_team_tends_it(client, cast, shared, name, status):
    client.force_login(getattr(cast, name))
    assert client.get(f"/canned-replies/{shared.pk}/edit/").status_code == status


def test_who_shares_with_whom(cast):
    level_two = cast.person("vera", level=2)
    CannedReply.objects.keep(by=level_two, name="Mine", source="Words of mine.", audience="own")
    for person, audience in ((level_two, "helpers"), (cast.ben, "team"), (cast.chris, "own")):
        with pytest.raises(Refusal):
            CannedReply.objects.keep(by=person, name="No", source="Words.", audience=audience)
    CannedReply.objects.keep(by=cast.ben, name="Ours", source="Words of ours.", audience="helpers")
    assert {row.name for row in CannedReply.objects.visible_to(level_two)} == {"Mine", "Ours"}


def test_private_details_have_no_place_in_one(client, cast):
    client.force_login(cast.ben)
    text = "Write to ben.private@mail.test and I send it."
    reply = client.post("/canned-replies/new/", {"name": "Mail", "text": text, "audience": "own"})
    assert reply.status_code == 422
    assert text in reply.content.decode()
    assert not Post.objects.exists()


def test_newcomers_are_told_that_templates_come_with_experience(client, cast):
    client.force_login(cast.chris)
    sent = client.post(
        "/canned-replies/new/", {"name": "Mine", "text": "Words of mine.", "audience": "own"}, follow=True
    )
    assert "Templates come with experience." in sent.content.decode()
    assert not CannedReply.objects.exists()


def test_ac_agent_7_its_health_says_how_satisfied_its_readers_were(client, cast, question, shared):
    post = answer(question.thread, by=cast.dora, source="Pair it again, please.", as_staff=True, canned=[shared.pk])
    work()
    assert CannedUse.objects.get().post == post
    talk = Invitation.objects.offer(question.thread, by=cast.dora, channels=["page"], purpose="Let us look at it.")
    talk = talk.accept(by=cast.ana, channels=["page"], title="My Beam 2", text="Here it is.")
    talk.close_with_summary(by=cast.dora, result="solved", note="", summary="", ask=True, why_no_survey="")
    talk.closing.survey.answer(4)
    work()
    assert CannedUse.objects.get().score == 4
    assert health_of([shared])[0].satisfaction == ""  # one says nothing
    for mark in (5, 5, 4, 3):
        other = answer(question.thread, by=cast.dora, source=f"Once more, {mark}.", as_staff=True)
        CannedUse.objects.create(reply=shared, post=other, is_verbatim=False, score=mark)
    assert health_of([shared])[0].satisfaction == "4.2"
    client.force_login(cast.hana)
    assert "satisfaction 4.2 of 5 (n = 5)" in one_line(client.get("/canned-replies/"))

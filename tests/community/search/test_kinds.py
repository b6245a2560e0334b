"""AC-SEO-1: everything in one place, each kind told apart; a kind that does not exist yet comes by registration."""

import re
from datetime import UTC, datetime

import pytest

from community.people.audience import choose_audience
from community.search.counting import count_again
from community.search.indexing import index
from community.search.sources import Entry, Source, register, sources
from community.search.spelling import vocabulary
from moderation.escalation.models import Invitation
from moderation.queue.models import Item
from tests.forums.reviews.scenes import ana_reviews
from tests.jobs import work
from tests.scenes import ana_asks, ben_answers

pytestmark = pytest.mark.django_db
WHO = [None, "ana", "chris", "dora", "gil", "ivo", "mallory"]
NOW = datetime(2026, 11, 1, tzinfo=UTC)


def entry(pk: int, title: str, path: str) -> Entry:
    return Entry(pk, title, path, NOW, NOW, opening="Bluetooth drops: what to do about it.", details={"excerpt": title})


@pytest.fixture
def later_kinds():
    """Two kinds that no app has yet, registered as one would."""
    known = dict(sources)
    for kind, several, suggested in (("article", "Help", True), ("idea", "Ideas", False)):
        register(
            Source(
                kind=kind, label=several, is_suggested=suggested, ids=lambda after, limit: [1] if after < 1 else [],
                entries=lambda ids, kind=kind: [entry(1, f"Bluetooth drops, the {kind}", f"/{kind}s/1/")],
                readable=lambda person, ids: set(ids) if person is None or not person.is_authenticated else set(),
            )
        )  # fmt: skip
    yield
    sources.clear()
    sources.update(known)


@pytest.fixture
def drops(cast):
    """A question and a review about Bluetooth."""
    question = ana_asks(cast)
    question.accept(ben_answers(cast, question), by=cast.ana)
    review = ana_reviews(cast, title="Bluetooth drops, else fine")
    work()
    return question, review


def counted() -> None:
    count_again()
    vocabulary.read_at, vocabulary.counts = 0.0, {}


def found(client, asked: str) -> str:
    response = client.get("/search/", {"q": asked})
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def rows(page: str) -> dict[str, str]:
    """Title and kind of each row."""
    pairs = re.findall(r'<li><h3>(.*?)</h3>.*?<span class="chip outline">(.*?)</span>', page)
    return {re.sub(r"<[^>]*>", "", title).strip(): kind for title, kind in pairs}


def tabs(page: str) -> dict[str, int]:
    menu = page.partition('aria-label="Kinds"')[2].partition("</nav>")[0]
    return {name.strip(): int(n) for name, n in re.findall(r'>([^<>]+) <span class="num">(\d+)</span>', menu)}


def test_ac_seo_1_a_typing_mistake_finds_question_article_review_and_idea_each_typed(client, drops, later_kinds):
    for kind in ("article", "idea"):
        index(kind, [1])
    counted()
    page = found(client, "blutooth drops")
    question, review = drops
    assert rows(page) == {
        question.thread.title: "Question", review.thread.title: "Review", "Bluetooth drops, the article": "Help",
        "Bluetooth drops, the idea": "Ideas",
    }  # fmt: skip
    assert {"Questions": 1, "Reviews": 1, "Help": 1, "Ideas": 1}.items() <= tabs(page).items()
    assert list(rows(found(client, "bluetooth drops type:idea"))) == ["Bluetooth drops, the idea"]


def test_what_a_new_kind_keeps_from_a_reader_is_in_no_row_tab_or_suggestion_of_theirs(client, cast, drops, later_kinds):
    index("article", [1])
    counted()
    assert (
        "the article" in client.get("/questions/similar/", {"title": "Bluetooth drops every minute"}).content.decode()
    )
    client.force_login(cast.chris)
    assert "Help" not in tabs(found(client, "bluetooth drops"))
    for path in ("/questions/similar/?title=Bluetooth+drops+every+minute", "/search/titles/?q=bluetooth+drops"):
        assert "the article" not in client.get(path).content.decode()


def test_ac_seo_1_filters_solved_beam_2_and_this_year_combine_and_come_back_from_the_address(client, drops):
    counted()
    question, review = drops
    page = found(client, f"bluetooth is:solved product:beam-2 after:{question.thread.created_at.year}")
    assert list(rows(page)) == [question.thread.title]
    assert review.thread.title not in page


def test_products_tags_and_people_have_a_tab_of_their_own_with_what_they_say_of_themselves(client, cast, drops):
    cast.beam2.tagline = "Over-ear, noise cancelling"
    cast.beam2.save()
    cast.ben.about = "Repairs radios on Sundays."
    cast.ben.save()
    counted()
    assert "/products/beam-2/" in found(client, "beam 2")
    assert tabs(found(client, "bluetooth"))["Tags"] == 1
    assert "Over-ear, noise cancelling" in found(client, "beam 2 type:product")
    assert "Over-ear, noise cancelling" in found(client, "noise cancelling type:product")
    assert "/tags/bluetooth/" in found(client, "bluetooth type:tag")
    page = found(client, "ben type:person")
    assert ("/people/ben/" in page, "Repairs radios" in page, "Nothing found" in page) == (True, True, False)
    choose_audience(cast.ben, {"about": "members"})
    assert "Repairs radios" not in found(client, "ben type:person")


def test_every_tab_says_the_number_that_stands_above_its_rows(client, cast, drops):
    counted()
    page = found(client, "bluetooth")
    numbers = tabs(page)
    assert numbers["Everything"] == sum(count for label, count in numbers.items() if label != "Everything")
    assert f'<span role="status">{numbers["Everything"]} found</span>' in page
    for kind, label in (("question", "Questions"), ("review", "Reviews"), ("tag", "Tags")):
        page = found(client, f"bluetooth type:{kind}")
        assert f'<span role="status">{numbers[label]} found</span>' in page
        assert tabs(page) == numbers


@pytest.mark.parametrize("who", WHO)
def test_ac_seo_1_what_may_not_be_read_is_in_no_row_count_facet_name_suggestion_or_feed(client, cast, drops, who):
    """Hidden, staff-only, another person's private words, unlisted products, names behind a persona: six roles."""
    question, review = drops
    opening = review.thread.posts.get(kind="opening")
    secret = cast.kettle_one
    hidden = ana_asks(cast, title="The zirkon edition hums", source="It hums, the zirkon one.", product=secret,
                      product_version=None, tags=["zirkon"])  # fmt: skip
    work()
    hidden.thread.posts.get(kind="opening").hide(by=cast.hana, reason="Not announced yet")
    opening.hide(by=cast.hana, reason="Advertising")
    secret.is_listed = False
    secret.save()
    Invitation.objects.offer(question.thread, by=cast.dora, channels=["mail"], purpose="The zirkon invoice")
    Item.objects.get(thread=question.thread).note("He asked about zirkon.", by=cast.dora)
    cast.chris.is_active = who == "chris"
    cast.chris.save()
    work()
    counted()
    if who:
        client.force_login(getattr(cast, who))
    for asked in ("zirkon", "kettle one", "hums", "tag:zirkon", "product:kettle-one", "type:review else fine"):
        page = found(client, asked)
        assert (rows(page), "zirkon edition" in page, "/products/kettle-one/" in page) == ({}, False, False), asked
        feed = client.get("/feeds/search/", {"q": asked}).content.decode()
        assert "<entry>" not in feed, asked
    assert "Reviews" not in tabs(found(client, "bluetooth drops"))
    assert "Kettle One" not in found(client, "bluetooth drops")
    for path in ("/search/titles/?q=the+zirkon+ed", "/questions/similar/?title=The+zirkon+edition+hums"):
        assert "zirkon edition" not in client.get(path).content.decode().replace("The+zirkon", "")
    if who != "dora":
        assert "/people/dora/" not in found(client, "dora type:person")
    if who != "chris":
        assert "/people/chris/" not in found(client, "chris type:person")


def test_a_product_s_name_finds_what_is_about_it_and_does_not_say_so(client, cast):
    review = ana_reviews(cast, title="After four weeks")
    question = ana_asks(cast, title="It drops every minute", source="Since yesterday the music stops and comes back.")
    work()
    counted()
    for asked in ("beam 2", "Northlight"):
        assert {review.thread.title: "Review", question.thread.title: "Question"}.items() <= rows(
            found(client, asked)
        ).items()
    similar = client.get("/questions/similar/", {"title": "The case of my Beam 2 has a scratch"}).content.decode()
    assert question.thread.title not in similar

"""The demo moves in believably, does nothing twice, and leaves no trace when it moves out."""

import json
from dataclasses import dataclass
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from procrastinate.contrib.django.models import ProcrastinateJob

from community.catalogue.models import Product
from community.people.models import Person
from community.search.models import Document
from forums.questions.models import Question
from forums.reputation.settling import settle_everything
from forums.reviews.models import Campaign, Insider, Photo, Rating, Review
from forums.threads.models import Post, Thread
from forums.threads.replying import answer
from moderation.crm.models import Case
from moderation.decisions.deciding import Wanted, decide
from moderation.decisions.models import Appeal, LogEntry, SecondReading, StatementOfReasons
from moderation.escalation.models import Conversation, Invitation, Outcome
from moderation.fairness.models import LedgerLine
from moderation.flags.models import Case as ReviewedCase
from moderation.flags.models import HouseRule
from moderation.queue.models import Item
from moderation.rings.finding import find_now
from tests.shared_rows import shared_rows

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.xdist_group("demo")]
KEPT = {"contenttypes", "sessions", "auth", "procrastinate"}
OWN = {"crm.Installation", "search.Figures"}  # the site's own number, and how long its texts are: one row each


def rows() -> dict[str, int]:
    """How many rows each table of ours has."""
    models = [model for model in apps.get_models() if model._meta.app_label not in KEPT]
    return {model._meta.label: model._default_manager.count() for model in models if not model._meta.proxy}


def demo(**options) -> str:
    out = StringIO()
    call_command("demo", stdout=out, **options)
    return out.getvalue()


@dataclass(frozen=True)
class MovedIn:
    """The demo, with the rows that were there before it, and what it printed for a test program."""

    before: dict[str, int]
    printed: str


@pytest.fixture(scope="module")
def moved_in(django_db_setup, django_db_blocker):
    """Told once for all tests of this module: a year takes its time."""
    yield from shared_rows(django_db_blocker, lambda: MovedIn(rows(), demo(profile="acceptance", json=True)))


def test_the_demo_moves_in_once_and_moves_out_without_a_trace(moved_in):
    texts = list(Post.objects.values_list("source", flat=True))
    assert Question.objects.count() >= 60
    assert len(set(texts)) == len(texts)
    assert not [text for text in texts if "lorem" in text.lower()]
    assert {"ana", "ben", "dora", "emil", "gil", "kim"} <= set(Person.objects.values_list("username", flat=True))
    oldest = Question.objects.order_by("thread__created_at").first()
    newest = Question.objects.order_by("thread__created_at").last()
    assert (newest.thread.created_at - oldest.thread.created_at).days > 300
    assert Item.objects.filter(state="open").count() >= 8
    assert Conversation.objects.count() >= 2
    assert Invitation.objects.open().get().customer.username == "ana"
    assert Outcome.objects.waiting().get().conversation.customer.username == "ana"
    assert Case.objects.count() == 1
    assert Appeal.objects.get(outcome="").decision.case.concerns.username == "pavel"
    assert Appeal.objects.exclude(outcome="").count() >= 2
    assert ReviewedCase.objects.open().count() >= 4
    assert LogEntry.objects.count() >= 6
    assert SecondReading.objects.open().exists()
    assert [len(ring.members) for ring in find_now()] == [4]  # also an hour later, when all votes of the year are there
    the_reviews_are_as_told()
    filled = rows()
    assert "already" in demo()
    assert rows() == filled
    demo(remove=True)
    assert {name: count for name, count in rows().items() if count != moved_in.before[name]}.keys() <= OWN


def test_what_was_done_for_a_real_customer_stays_when_the_demo_moves_out(moved_in):
    """Dora of the demo has helped somebody who is none of its people: their talk stays, said by a closed account."""
    rita = Person.objects.create_user("rita", "rita@example.net", "secret", level=1)
    dora, hana, beam = (Person.objects.get(username_key=name) for name in ("dora", "hana", "leo"))
    product = Product.objects.get(slug="beam-2")
    told = {"title": "My receipt", "text": "I need it once more, please.", "channels": ["page"]}
    talk = Conversation.objects.ask(by=rita, product=product, **told)
    talk.reply("Here it is.", by=dora)
    talk.item.note("She has asked twice.", by=hana)
    other = Question.objects.ask(by=rita, title="A lamp of another maker", source="It hums at night.")
    answer(other.thread, by=dora, source="Ask its maker, please.", as_staff=True)
    warn_by_hana(other.thread.posts.get(kind="opening"), hana)
    said = demo(remove=True)
    assert "closed and without a name" in said
    assert [(one.byline, one.source) for one in talk.messages.all()][-1] == ("Dora, Bluetooth", "Here it is.")
    dora = Person.objects.get(pk=dora.pk)
    assert (dora.username, dora.email, dora.is_active, dora.shown_as, dora.roles) == (
        f"gone-{dora.pk}",
        "",
        False,
        "",
        set(),
    )
    assert not Person.objects.filter(pk=beam.pk).exists()
    assert StatementOfReasons.objects.filter(person=rita).exists(), "her reasons and her right to appeal stay, too"
    client = Client()
    client.force_login(rita)
    assert "Here it is." in client.get(talk.get_absolute_url()).content.decode()
    assert client.get(other.get_absolute_url()).status_code == 200
    other.thread.refresh_from_db()
    assert (other.thread.answer_count, other.thread.posts.count()) == (0, 1), "its public words go, and count no more"
    assert "have moved in" in demo()
    assert demo(remove=True)


def warn_by_hana(post, hana) -> None:
    """By a decision, with its reasons."""
    case = ReviewedCase.objects.open_about(post, by=hana, origin="staff")
    decide(case, Wanted("acted", {"warn": {}}, HouseRule.objects.get(slug="spam"), "It is about no product."), by=hana)


def the_reviews_are_as_told() -> None:
    """At least 120 over six products, with photos, replies and histories; a campaign, an insider, a burst of fraud."""
    shown = Review.objects.filter(about="product", thread__is_hidden=False)
    assert shown.count() >= 120
    assert shown.order_by().values("product").distinct().count() == 6
    assert set(shown.values_list("stars", flat=True)) == {1, 2, 3, 4, 5}
    assert Photo.objects.filter(is_hidden=False).values("review").distinct().count() >= 5
    replies = Post.objects.filter(thread__kind="review", kind="answer")
    assert (replies.count() >= 10, replies.exclude(alias="").count() >= 5) == (True, True)
    assert Rating.objects.filter(number=2).count() >= 3
    assert Rating.objects.filter(number=2, is_after_support=True).exists()
    assert shown.filter(incentive=Campaign.objects.get().kind).count() == 2
    insider = Insider.objects.standing().get(tie="directory")
    assert Review.objects.get(author=insider.person).counted_as == 0
    held = LedgerLine.objects.filter(what="held", code="reviews:burst", is_by_rule=True)
    assert held.count() == 5
    assert all(line.review.thread.is_hidden for line in held.select_related("review__thread"))


def test_the_acceptance_profile_prints_everybody_with_their_sign_in(moved_in):
    facts = json.loads(moved_in.printed)
    people = {person["username"]: person for person in facts["people"]}
    assert people["dora"]["totp_secret"]
    assert people["dora"]["roles"] == ["agent"]
    assert people["ana"]["password"]
    assert facts["conversations"]
    roles = {role for person in people.values() for role in person["roles"]}
    assert {"agent", "partner_agent", "supervisor", "auditor", "administrator", "community_manager"} <= roles


@override_settings(PRODUCTION=True)
def test_the_demo_is_never_installed_in_production():
    with pytest.raises(CommandError, match="never installed"):
        demo()


def test_what_is_kept_of_the_year_is_what_a_new_count_says(moved_in):
    """While the year is told, the index and the ledger wait; in the end they are what they would be."""
    shown = set(Thread.objects.listed().filter(kind__in=["question", "review", "article"]).values_list("pk", flat=True))
    assert set(Document.objects.values_list("object_id", flat=True)) == shown
    assert settle_everything() == 0
    assert not ProcrastinateJob.objects.filter(task_name="community.events.tasks.deliver").exists()

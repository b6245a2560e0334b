"""The ledger is written from what happened, and the rules by which reviews are judged are stated beside it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from community.events.models import Event
from community.events.subscribing import on
from community.events.verbs import Verb
from community.live.purging import purge
from community.notifications.notifying import notify
from community.people.models import Person
from community.people.roles import Role
from forums.reviews.checking import states
from forums.reviews.models import Insider, Review
from forums.threads.models import Post
from moderation.decisions.models import Decision
from moderation.fairness import resubmitting  # noqa: F401 - what it does when something happened
from moderation.fairness.models import KEY, LedgerLine
from moderation.flags.models import HouseRule

What, Outcome = LedgerLine.What, LedgerLine.Outcome
HIDING = ("hide", "delete", "spam", "sweep")
ALARM = _("Reviews with few and with many stars are not judged alike. Look at the report.")


def review_of(post_id: Any) -> Review | None:
    """The review that begins with this post."""
    posts = Post.objects.filter(pk=post_id, kind=Post.Kind.OPENING, thread__kind="review")
    return Review.objects.filter(thread__in=posts.values("thread")).select_related("product", "author").first()


@on(Verb.POST_HELD)
def write_held(event: Event) -> None:
    """It waits, because of the weightiest that was found. Answers and comments are no reviews."""
    if event.subject is None or event.subject.kind != Post.Kind.OPENING:
        return
    if (review := review_of(event.subject_id)) and review.thread.is_hidden:
        found = event.details.get("rules") or [{"rule": name} for name in event.details.get("reasons", [])]
        gravest = max(found, key=lambda rule: rule.get("points", 0), default={"rule": "gate"})
        LedgerLine.objects.begin(review, What.HELD, gravest["rule"], is_by_rule=True, event=event)


@on(Verb.POST_HIDDEN)
def write_hidden(event: Event) -> None:
    """It is out of sight; the decision says by which rule."""
    if (review := review_of(event.subject_id)) and review.thread.is_hidden:
        LedgerLine.objects.end(review, What.HELD, outcome=Outcome.REFUSED)
        LedgerLine.objects.begin(review, What.REFUSED, "other", is_by_rule=event.actor_id is None, event=event)


@on(Verb.DECISION_MADE)
def write_refused(event: Event) -> None:
    """It was decided against it, by a house rule."""
    decision = Decision.objects.select_related("case", "rule").filter(pk=event.subject_id).first()
    if decision is None or not isinstance(decision.case.subject, Post) or decision.rule is None:
        return
    review = review_of(decision.case.subject.pk)
    if review and decision.is_standing and decision.actions.standing().filter(kind__in=HIDING).exists():
        LedgerLine.objects.end(review, What.HELD, outcome=Outcome.REFUSED)
        by_rule = decision.is_made_by_machine
        LedgerLine.objects.begin(review, What.REFUSED, decision.rule.slug, is_by_rule=by_rule, event=event)


@on(Verb.POST_RESTORED, Verb.POST_PUBLISHED)
def write_published(event: Event) -> None:
    """It is in sight again, with the date on which it was written."""
    if (review := review_of(event.subject_id)) and not review.thread.is_hidden:
        LedgerLine.objects.end(review, What.HELD, What.REFUSED, outcome=Outcome.PUBLISHED)


@on(Verb.REVIEW_SET_ASIDE)
def write_not_counted(event: Event) -> None:
    """It is shown and not counted."""
    review = Review.objects.select_related("product", "author").filter(pk=event.subject_id, aside__isnull=False).first()
    if review:
        tie = Insider.objects.standing().filter(person=review.author).first()
        is_insider = event.details.get("cause") == "insider" and tie
        code = f"insider:{tie.tie}" if is_insider else str(event.details.get("cause"))
        LedgerLine.objects.begin(review, What.NOT_COUNTED, code, is_by_rule=event.actor_id is None, event=event)


@on(Verb.REVIEW_COUNTED_AGAIN)
def write_counted(event: Event) -> None:
    """It is part of the numbers again."""
    if review := Review.objects.filter(pk=event.subject_id, aside__isnull=True).first():
        LedgerLine.objects.end(review, What.NOT_COUNTED, outcome=Outcome.COUNTED)


@on(Verb.REVIEW_WRITTEN, Verb.REVIEW_RATED_ANEW)
def count_anew(event: Event) -> None:
    """The table by stars has one more, or another one."""
    purge(KEY)


@on(Verb.PARITY_ALARMED)
def tell_managers(event: Event) -> None:
    """Whoever moderates is told that the numbers differ by more than chance."""
    for person in Person.objects.active().with_role(Role.COMMUNITY_MANAGER, Role.SUPERVISOR):
        notify(person, "team", url="/desk/reviews/", text=ALARM, event=event)


@states("rules")
def house_rules() -> list[str]:
    """The rules by which every review is judged, whatever its stars."""
    return list(HouseRule.objects.in_force().values_list("title", flat=True))

"""What a wave of posts has brought into sight goes out of it: decided by a rule, with reasons, account by account."""

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from community.people.crisis import KNOWN_FROM_LEVEL
from community.people.models import Person
from community.refusals import Refusal
from forums.threads.models import Post
from moderation.decisions.deciding import Wanted, decide
from moderation.decisions.models import Decision
from moderation.flags.models import Case, HouseRule
from moderation.waves.alarming import machine
from moderation.waves.models import Mark, Wave
from moderation.waves.watching import keep_marks

RULE_BROKEN = "spam"
MOST = 2_000


def sweep(wave: Wave) -> int:
    """What people nobody knows have posted since it began, if it shows a mark of the wave or its author is part of it.

    Answers how many posts it was. Each account is a decision of its own: whoever is wronged can appeal, and all can be
    undone together.
    """
    for post in unread(wave):
        keep_marks(post)
    shown = Mark.objects.filter(value__in=wave.marks, is_known=False, created_at__gte=wave.first_at)
    part_of_it = Q(author__in=wave.members.values("person"), created_at__gte=wave.first_at, alias="")
    standing = Post.objects.filter(is_hidden=False, removed_at__isnull=True, author__level__lt=KNOWN_FROM_LEVEL)
    posts = standing.filter(Q(marks__in=shown) | part_of_it)
    found: dict[int, list[int]] = {}
    for author, post in posts.values_list("author", "pk").distinct():
        found.setdefault(author, []).append(post)
    for author, numbers in found.items():
        take_out(wave, author, numbers)
    return sum(map(len, found.values()))


def unread(wave: Wave) -> QuerySet[Post]:
    """What new people posted since it began and the worker has not come to yet: a wave is faster than its queue."""
    recent = Post.objects.filter(author__level__lt=KNOWN_FROM_LEVEL, alias="", created_at__gte=wave.first_at)
    fresh = recent.filter(is_hidden=False, marks__isnull=True).select_related("author", "thread")
    return fresh.order_by("-pk")[:MOST]


def take_out(wave: Wave, author: int, posts: list[int]) -> Decision | None:
    """The posts of one account, with a statement for whoever it is. One that cannot be judged stops nobody else's."""
    try:
        with transaction.atomic():
            person = Person.objects.get(pk=author)
            if person.is_team:
                return None
            rule, named = HouseRule.objects.get(slug=RULE_BROKEN), machine(wave.kind)
            reason = _("part of a wave: %(what)s") % {"what": wave.what}
            case = Case.objects.open_about(person, rule=named.partition("@")[0], reason=reason, points=30)
            wanted = Wanted(
                Case.Outcome.ACTED, {"sweep": {"posts": posts}}, rule, facts_of(wave), machine=named,
                batch=wave.batch, is_mailed_later=True,
            )  # fmt: skip
            return decide(case, wanted, by=None)
    except Refusal:
        return None


def facts_of(wave: Wave) -> str:
    """What the person reads."""
    sentence = _(
        "Within minutes %(people)s new accounts posted the same (%(what)s). A rule took these posts out of sight until "
        "somebody has looked. If yours is no advertising, say so: a person reads it."
    )
    return sentence % {"people": wave.members.count(), "what": wave.what[:100]}

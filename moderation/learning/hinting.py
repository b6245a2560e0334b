"""The scores as hints: what reads like spam or like an insult comes to the review queue, with the words that did it.

A score hides nothing and holds nothing back. It is a finding of a case, with points in its place in the queue; for
posts of members whom the community knows (level 2 and above, the team) it opens no case of its own.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.people.models import Person
from community.policy.counting import count_hit
from community.policy.doors import door_named
from community.policy.models import State
from community.policy.ruling import Does, Number, Ruled, number, rule_of, ruled
from community.prepared import Prepared
from forums.threads.models import Post
from moderation.flags.models import Case
from moderation.flags.rule_names import named
from moderation.learning.classifier import Classifier
from moderation.learning.examples import whole
from moderation.learning.models import SpamModel
from moderation.learning.toxicity import CUT, strongest, toxicity

SPAM = named("learned:spam", gettext_lazy("Reads like spam"))
TOXICITY = named("learned:toxicity", gettext_lazy("Reads like an insult"))
ruled(
    Ruled(
        SPAM, gettext_lazy("Reads like spam"), gettext_lazy("The score that was learned from decisions made here."),
        Does.HINT, (Number("points", gettext_lazy("Points at most"), "SPAM_HINT_POINTS", most=100),),
    )
)  # fmt: skip
ruled(
    Ruled(
        TOXICITY, gettext_lazy("Reads like an insult"), gettext_lazy("The score that comes with the site."),
        Does.HINT, (Number("points", gettext_lazy("Points at most"), "INSULT_HINT_POINTS", most=100),),
    )
)  # fmt: skip
KNOWN_FROM_LEVEL = 2
DOOR_OF = {Post.Kind.OPENING: "question", Post.Kind.ANSWER: "answer", Post.Kind.COMMENT: "comment"}
TOXICITY_VERSION = 1


@dataclass(frozen=True)
class Hint:
    """What a score says about a text: by which rule and version, in words, with points for the queue."""

    rule: str
    version: int
    score: float
    reason: str
    points: int


newest_version = Prepared(lambda: SpamModel.objects.newest().values_list("version")[:1])


class Kept:
    """The newest version, read again when there is a newer one: its weights are many."""

    version = 0
    cut = 1.0
    classifier = Classifier({}, 0.0)

    def newest(self) -> "Kept":
        """The version to use now."""
        version, *_rest = newest_version.row() or (0,)
        if version != self.version:
            row = SpamModel.objects.get(version=version) if version else None
            self.version, self.cut = version, row.cut if row else 1.0
            self.classifier = row.classifier if row else Classifier({}, 0.0)
        return self


KEPT = Kept()


def hints_for(text: str) -> list[Hint]:
    """What the scores have to say; mostly nothing."""
    return [hint for hint in (spam_hint(text), toxicity_hint(text)) if hint is not None]


def spam_hint(text: str) -> Hint | None:
    """Whether it reads like what moderators took for spam here."""
    kept = KEPT.newest()
    if not kept.version:
        return None
    score = kept.classifier.score(text)
    if score < kept.cut:
        return None
    words = ", ".join(kept.classifier.strongest(text)) or _("many small signs")
    reason = _("reads like spam, %(percent)s %%: %(words)s") % {"percent": round(100 * score), "words": words}
    return Hint(SPAM, kept.version, score, reason, round(number(SPAM, "points") * score))


def spam_score(text: str) -> float:
    """How much it reads like spam, from 0 to 1; 0 before anything was learned."""
    kept = KEPT.newest()
    return kept.classifier.score(text) if kept.version else 0.0


def toxicity_hint(text: str) -> Hint | None:
    """Whether it reads like an insult."""
    score = toxicity(text)
    if score < CUT:
        return None
    words = ", ".join(strongest(text)) or _("many small signs")
    reason = _("reads like an insult, %(percent)s %%: %(words)s") % {"percent": round(100 * score), "words": words}
    return Hint(TOXICITY, TOXICITY_VERSION, score, reason, round(number(TOXICITY, "points") * score))


def point_out(post: Post) -> Case | None:
    """Put the hints about a post into its case: the open one, or a new one when its author is new here."""
    if post.removed_at is not None:
        return None
    found = [hint for hint in hints_for(whole(post)) if is_in_force(hint, post)]
    if not found or not (is_new_here(post.author) or Case.objects.about(post).open().exists()):
        return None
    case = None
    for hint in found:
        facts: dict[str, Any] = {"rule": hint.rule, "version": hint.version, "reason": hint.reason}
        case = Case.objects.open_about(post, origin=Case.Origin.SIGNAL, points=hint.points, **facts)
    return case


def is_in_force(hint: Hint, post: Post) -> bool:
    """Counted, and whether it does more than that."""
    rule = rule_of(hint.rule)
    if rule.state == State.OFF or Case.objects.about(post).filter(findings__rule=hint.rule).exists():
        return bool(rule.state == State.ON)
    count_hit(rule, post.author, door_named(DOOR_OF[Post.Kind(post.kind)]), Does.HINT)
    return bool(rule.state == State.ON)


def is_new_here(person: Person) -> bool:
    """Whom the community does not know yet."""
    return person.level < KNOWN_FROM_LEVEL and not person.is_team

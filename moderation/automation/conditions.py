"""If: what must be so. Each asks one thing of a matter; those that are left empty are not asked."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from community.catalogue.models import Brand, Product
from community.policy.matching import OutOfTime, spans
from moderation.automation.matters import Matter
from moderation.learning.hinting import spam_score
from moderation.learning.toxicity import toxicity
from moderation.queue.models.calendar import Calendar


@dataclass(frozen=True)
class Condition:
    """One question. `says` makes words of its value for the sentence."""

    key: str
    label: Any
    holds: Callable[[Matter, Any], bool]
    says: Callable[[Any], Any]


def product(matter: Matter, value: Any) -> bool:
    return matter.thread is not None and matter.thread.product_id == value


def brand(matter: Matter, value: Any) -> bool:
    about = matter.thread.product if matter.thread else None
    return about is not None and about.brand.slug == value


def tag(matter: Matter, value: Any) -> bool:
    return str(value).lower() in matter.tags


def language(matter: Matter, value: Any) -> bool:
    return matter.person is not None and matter.person.locale[:2] == value


def level_most(matter: Matter, value: Any) -> bool:
    return matter.person is not None and matter.person.level <= value and not matter.person.is_team


def level_least(matter: Matter, value: Any) -> bool:
    return matter.person is not None and matter.person.level >= value


def words(matter: Matter, value: Any) -> bool:
    try:
        return bool(spans("words", str(value), True, matter.text))
    except OutOfTime:
        return False


def stars_most(matter: Matter, value: Any) -> bool:
    return matter.stars is not None and matter.stars <= value


def spam(matter: Matter, value: Any) -> bool:
    return matter.post is not None and 100 * spam_score(matter.text) >= value


def insult(matter: Matter, value: Any) -> bool:
    return matter.post is not None and 100 * toxicity(matter.text) >= value


def closed(matter: Matter, value: Any) -> bool:
    """Whether the desk of the brand was closed at that moment."""
    about = matter.thread.product if matter.thread else None
    opens = Calendar.objects.hours_for(about.brand if about else None).next_at(matter.at)
    return opens is not None and opens > matter.at


def named(model: Any, **lookup: Any) -> str:
    row = model.objects.filter(**lookup).first()
    return str(row.name) if row else "?"


CONDITIONS: dict[str, Condition] = {
    one.key: one
    for one in (
        Condition("product", _("Product"), product, lambda v: _("it is about %(x)s") % {"x": named(Product, pk=v)}),
        Condition("brand", _("Brand"), brand, lambda v: _("it is about %(x)s") % {"x": named(Brand, slug=v)}),
        Condition("tag", _("Tag"), tag, lambda v: _("it is tagged “%(x)s”") % {"x": v}),
        Condition("language", _("Language of the author"), language, lambda v: _("its author speaks %(x)s") % {"x": v}),
        Condition("level_most", _("Level of the author at most"), level_most,
                  lambda v: _("its author is at level %(x)s at most") % {"x": v}),
        Condition("level_least", _("Level at least"), level_least,
                  lambda v: _("the level is %(x)s or more") % {"x": v}),
        Condition("words", _("Words"), words, lambda v: _("it says “%(x)s”") % {"x": " / ".join(str(v).splitlines())}),
        Condition("stars_most", _("Stars at most"), stars_most, lambda v: _("it has %(x)s stars at most") % {"x": v}),
        Condition("spam", _("Reads like spam, percent"), spam, lambda v: _("it reads like spam (%(x)s %%)") % {"x": v}),
        Condition("insult", _("Reads like an insult, percent"), insult,
                  lambda v: _("it reads like an insult (%(x)s %%)") % {"x": v}),
        Condition("closed", _("While the desk is closed"), closed, lambda _v: _("the desk is closed")),
    )
}  # fmt: skip


def all_hold(conditions: dict[str, Any], matter: Matter) -> bool:
    """Whether a matter is what an automation looks for."""
    return all(CONDITIONS[key].holds(matter, value) for key, value in conditions.items() if key in CONDITIONS)

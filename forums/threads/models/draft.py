"""Text somebody is still writing, kept on the server so that no reload, sign-out or second device loses it."""

import re
from collections.abc import Mapping
from typing import Self

from django.db import models, transaction
from django.utils.translation import gettext as _

from community.people.models import Person
from community.prepared import planned_once
from community.refusals import Refusal, Stale

PLACE = re.compile(r"[a-z][a-z_-]{0,30}(:[0-9]{1,18})?")
LONGEST, MOST = 32_000, 200
CHOICES, CHOSEN = 60, 8_000
"""How many fields of a form go along with a text, and how much they may say together."""


class DraftQuerySet(models.QuerySet["Draft"]):
    """Which drafts."""

    def visible_to(self, person: Person) -> Self:
        """Nobody reads somebody else's draft."""
        return self.filter(person=person)

    def drop(self, *, by: Person, place: str) -> None:
        """What was begun there is done with."""
        with planned_once() as cursor:
            cursor.execute("DELETE FROM threads_draft WHERE person_id = %s AND place = %s", [by.pk, place])

    @transaction.atomic
    def keep(
        self,
        *,
        by: Person,
        place: str,
        text: str,
        title: str = "",
        seen: int | None = 0,
        chosen: Mapping[str, str] | None = None,
    ) -> "Draft | None":
        """Keep what is typed; None when nothing is left of it. `seen` is the version that the writer had before them,
        `chosen` what else their form says by its fields; without it that stays as it was.

        Raises Stale with the other version when another tab or device saved a different text since. With `seen=None`
        the text is the newest there is, whatever was kept.
        """
        refuse_odd(place, text, title, chosen or {})
        first = {"text": text, "title": title, "chosen": dict(chosen or {})}
        draft, is_new = self.select_for_update().get_or_create(person=by, place=place, defaults=first)
        now = (text, title, draft.chosen if chosen is None else dict(chosen))
        if is_new:
            drop_oldest(by)
        elif (draft.text, draft.title, draft.chosen) != now:
            if seen is not None and draft.version != seen:
                raise Stale(draft, _("You have also been writing this in another window or on another device."))
            draft.text, draft.title, draft.chosen = now
            draft.version += 1
            draft.save()
        if not text.strip() and not title.strip() and not draft.chosen:
            draft.delete()
            return None
        return draft


class Draft(models.Model):
    """The unfinished text of one person in one place, such as `ask`, `thread:42` or `post:7`."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="drafts")
    place = models.CharField(max_length=80)
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    chosen = models.JSONField(
        default=dict,
        db_default=models.Value({}, models.JSONField()),
        blank=True,
        help_text="what else its form says, by field, such as the stars of a review",
    )
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(auto_now=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "place"], name="one_draft_per_person_and_place")]


def refuse_odd(place: str, text: str, title: str, chosen: Mapping[str, str]) -> None:
    """A place has a name, and a draft is no longer than a post with what its form can say beside it."""
    if not PLACE.fullmatch(place):
        raise Refusal(_("A draft needs a place."), code="no_place", status=422)
    is_much = len(chosen) > CHOICES or sum(len(name) + len(value) for name, value in chosen.items()) > CHOSEN
    if len(text) > LONGEST or len(title) > 200 or is_much:
        raise Refusal(
            _("This is longer than a post can be, so it is kept in your browser only."), code="length", status=422
        )


def drop_oldest(by: Person) -> None:
    """Nobody needs two hundred unfinished texts: the oldest goes."""
    old = Draft.objects.filter(person=by).order_by("-updated_at").values_list("pk", flat=True)[MOST:]
    Draft.objects.filter(pk__in=list(old)).delete()

"""Photos of reviews, judged apart from the text: neither is held up by the other."""

from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.files.models import Attachment
from community.files.places import place
from community.people.models import Person
from community.people.roles import Capability
from community.policy.gate import check
from community.refusals import Refusal, refuse_too_long
from forums.threads.models import Thread
from forums.threads.purging import purge_thread


def waits(person: Any) -> bool:
    """Whether this person's photos wait until somebody has looked at them."""
    return person.level < settings.REVIEW_PHOTOS_FROM_LEVEL and not person.is_team


def are_held(alt: str, by: Any) -> bool:
    """Whether the words that say what a photo shows wait for a look. Raises the gate's Refusal."""
    return bool(alt) and check(alt, by=by, where="remark").enforce().is_held


class PhotoQuerySet(models.QuerySet["Photo"]):
    """Which photos."""

    def visible_to(self, person: Any) -> Self:
        """Those that are shown, beneath reviews that the person may read; their own; all for moderators."""
        shown = Q(is_hidden=False)
        if person is not None and person.is_authenticated:
            if person.can(Capability.MODERATE):
                return self.filter(review__thread__in=Thread.objects.visible_to(person))
            shown |= Q(review__author=person)
        return self.filter(shown, review__thread__in=Thread.objects.visible_to(person))

    def waiting(self) -> Self:
        """Nobody has looked at them yet."""
        return self.filter(is_hidden=True, hiding__isnull=True)


class Photo(models.Model):
    """A picture that belongs to a review."""

    review = models.ForeignKey("reviews.Review", on_delete=models.CASCADE, related_name="photos")
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="in_reviews")
    alt = models.CharField(max_length=200, blank=True, help_text="what it shows, for those who do not see it")
    is_hidden = models.BooleanField(default=False, help_text="hidden by staff, or nobody has looked yet")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["review", "attachment"], name="a_photo_once_per_review")]

    @transaction.atomic
    def describe(self, alt: str, *, by: Person) -> None:
        """Its writer says what it shows. Words that the gate holds take the picture along until somebody has looked."""
        self.review.refuse_unless_editable(by)
        if alt.strip()[:200] == self.alt:
            return
        self.alt = alt.strip()[:200]
        self.save(update_fields=["alt"])
        self._set_hidden(self.is_hidden or are_held(self.alt, by))

    @transaction.atomic
    def hide(self, *, by: Person, reason: str) -> None:
        """Take the picture out of sight. The text stays."""
        if not reason.strip():
            raise Refusal(_("Say why, so that the author can be told."), code="reason_missing", status=422)
        refuse_too_long(reason)
        _row, is_new = PhotoHiding.objects.get_or_create(photo=self, defaults={"by": by, "reason": reason})
        if is_new:
            self._set_hidden(True)
            record(Verb.PHOTO_HIDDEN, actor=by, subject=self.review.thread, photo=self.pk, reason=reason[:200])

    @transaction.atomic
    def show(self, *, by: Person) -> None:
        """Bring the picture into sight: it was looked at, or it was hidden by mistake."""
        PhotoHiding.objects.filter(photo=self).delete()
        if self.is_hidden:
            self._set_hidden(False)
            record(Verb.PHOTO_SHOWN, actor=by, subject=self.review.thread, photo=self.pk)

    def _set_hidden(self, is_hidden: bool) -> None:
        self.is_hidden = is_hidden
        self.save(update_fields=["is_hidden"])
        self.review.count_photos()
        purge_thread(self.review.thread)


class PhotoHiding(models.Model):
    """A photo is out of sight, by whom and why. Showing it deletes the row."""

    photo = models.OneToOneField(Photo, on_delete=models.CASCADE, primary_key=True, related_name="hiding")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    created_at = models.DateTimeField(auto_now_add=True)


@place("in_reviews")
def photos_of_reviews(person: Any) -> models.QuerySet[Photo]:
    """The photos that this person may see."""
    return Photo.objects.visible_to(person)

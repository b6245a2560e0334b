"""Changing a review. Only its writer does; every earlier wording and every earlier rating stays readable."""

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.files.models import Attachment
from community.people.models import Person
from community.policy.gate import Verdict, check
from community.policy.models import HeldChange
from community.refusals import Refusal, Stale
from forums.reviews.models.photo import Photo, are_held, waits
from forums.reviews.models.rating import Rating
from forums.reviews.models.trace import Came
from forums.reviews.rechecking import look_at_change
from forums.reviews.writing import NOWHERE, WORDS, Said, rate_aspects
from forums.threads.models import Draft, Notice
from forums.threads.purging import purge_thread

HELPED = [Notice.Kind.PRIVATE, Notice.Kind.OUTCOME]
"""What a thread shows when the team has helped its author in private."""


class RewritableReview:
    """What a review can do about being changed."""

    pk: int
    thread: Any
    author_id: int
    product: Any
    stars: int
    pros: str
    cons: str
    owner_number: str
    opening: Any
    ratings: Any
    photos: Any
    settle: Any
    count_photos: Any
    look_for_proof: Any
    refresh_from_db: Any

    @property
    def line(self) -> Any:
        """The line of its product, whose aspects are rated."""
        return self.product.line if self.product else None

    def is_editable_by(self, person: Any) -> bool:
        """Its writer, and nobody of the team: not a word, not a star."""
        return bool(person.is_authenticated and person.pk == self.author_id and not self.thread.is_locked)

    def refuse_unless_editable(self, by: Any) -> None:
        """Raise a Refusal for everybody but its writer."""
        if not self.is_editable_by(by):
            raise Refusal(_("Only who wrote a review can change it."), code="not_yours", status=403)

    @property
    def was_supported(self) -> bool:
        """The team answered in public, or helped in private, before now."""
        by_team = self.thread.all_posts.filter(~Q(alias=""), is_hidden=False, removed_at__isnull=True)
        return by_team.exists() or self.thread.notices.filter(kind__in=HELPED).exists()

    @transaction.atomic
    def rewrite(
        self,
        said: Said,
        *,
        by: Person,
        version: int,
        photos: Sequence[tuple[Any, str]] = (),
        dropped: Collection[int] = (),
        shows: Mapping[int, str] = MappingProxyType({}),
        keep: Collection[str] = (),
        came: Came = NOWHERE,
        looked_at: bool = False,
    ) -> HeldChange | None:
        """Say something else, or give other stars, from now on. `dropped` are ids of photos that go, `shows` says of
        photos by their ids what they show.

        What the gate holds waits for a look, stars and all, unless somebody has `looked_at` it.
        Raises Stale when the text is no longer at `version`, Refusal when the person or the gate says no.
        """
        self.refuse_unless_editable(by)
        said.refuse_odd(self.product)
        now = type(self).objects.select_for_update(of=("self",)).select_related("thread").get(pk=self.pk)  # type: ignore[attr-defined]
        if now.opening.version != version:
            raise Stale(now.opening)
        verdict = check(said.whole, title=said.title, by=by, where="review_edit", keep=keep).enforce()
        said = said.covered(verdict)
        self._drop_photos(dropped)
        for photo in self.photos.filter(pk__in=shows):
            photo.describe(shows[photo.pk], by=by)
        self.keep_photos(photos, by=by)
        Draft.objects.drop(by=by, place=f"review-edit:{self.pk}")
        if verdict.is_held and not looked_at and not now.opening.is_hidden:
            purge_thread(self.thread)
            return wait_for_look(now, said, by=by, verdict=verdict, came=came)
        HeldChange.objects.withdraw(now.opening, "review", by=by)
        self._say_anew(now, said, by, came, keep=keep, looked_at=looked_at)
        return None

    def _say_anew(self, now: Any, said: Said, by: Person, came: Came, **facts: Any) -> None:
        """Words, stars and context, with all that follows from them."""
        title = said.heading(self.product.name if self.product else settings.SITE_NAME)
        is_reworded = now.opening.source != said.source
        now.opening.edit(said.source, by=by, version=now.opening.version, title=title, **facts)
        is_other = self._rate_anew(now, said, by) or is_reworded
        self._keep_context(said)
        self.refresh_from_db()
        self.__dict__.pop("opening", None)
        if is_other:
            look_at_change(self, by=by, came=came)
        self.settle()
        self.look_for_proof()
        purge_thread(self.thread)

    def _rate_anew(self, now: Any, said: Said, by: Person) -> bool:
        if (said.stars, said.pros, said.cons) == (now.stars, now.pros, now.cons):
            return False
        number = now.ratings.count() + 1
        facts = {"stars": said.stars, "pros": said.pros, "cons": said.cons}
        after = now.was_supported
        Rating.objects.create(review=now, number=number, is_after_support=after, created_at=timezone.now(), **facts)
        type(self).objects.filter(pk=self.pk).update(**facts)  # type: ignore[attr-defined]
        now.opening.__class__.objects.filter(pk=now.opening.pk).update(
            version=F("version") + 1, edited_at=timezone.now()
        )
        if said.stars != now.stars:
            record(
                Verb.REVIEW_RATED_ANEW, actor=by, subject=now.thread,
                before=now.stars, after=said.stars, after_support=after,
            )  # fmt: skip
        return True

    def _keep_context(self, said: Said) -> None:
        context = {name: getattr(said, name) for name in ("owned_for", "use_case")}
        context["owner_number"] = said.owner_number or self.owner_number
        type(self).objects.filter(pk=self.pk).update(**context)  # type: ignore[attr-defined]
        type(self.thread).objects.filter(pk=self.pk).update(product_version=said.product_version)
        rate_aspects(self, said.aspects)

    def _drop_photos(self, dropped: Collection[int]) -> None:
        gone = self.photos.filter(pk__in=dropped)
        Attachment.objects.filter(in_reviews__in=gone).update(let_go_at=timezone.now())
        gone.delete()

    @transaction.atomic
    def add_photo(self, attachment: Attachment, alt: str, *, by: Person) -> Photo:
        """One picture more, by its writer, without a word or a star that changes."""
        self.refuse_unless_editable(by)
        if not attachment.is_picture:
            raise Refusal(_("“%(name)s” is no picture.") % {"name": attachment.name}, code="no_picture", status=422)
        type(self).objects.select_for_update(of=("self",)).get(pk=self.pk)  # type: ignore[attr-defined] # counted in turn
        self.keep_photos([(attachment, alt)], by=by)
        purge_thread(self.thread)
        return Photo.objects.get(review=self, attachment=attachment)

    @transaction.atomic
    def drop_photo(self, photo: Photo, *, by: Person) -> None:
        """Its writer takes a picture out. What is said stays."""
        self.refuse_unless_editable(by)
        self._drop_photos([photo.pk])
        self.count_photos()
        purge_thread(self.thread)

    def keep_photos(self, photos: Sequence[tuple[Any, str]], *, by: Person) -> None:
        """Add pictures. A newcomer's wait for a look, as do those whose words do; the text does not wait for them."""
        if self.photos.count() + len(photos) > settings.REVIEW_PHOTOS:
            sentence = _("A review can have up to %(most)s photos.")
            raise Refusal(sentence % {"most": settings.REVIEW_PHOTOS}, code="too_many_photos", status=422)
        for attachment, alt in photos:
            is_hidden = waits(by) or are_held(alt, by)
            Photo.objects.get_or_create(
                review=self, attachment=attachment, defaults={"alt": alt[:200], "is_hidden": is_hidden}
            )
        self.count_photos()


def wait_for_look(review: Any, said: Said, *, by: Person, verdict: Verdict, came: Came) -> HeldChange:
    """Keep all that it would say; readers see what it says until somebody has looked."""
    texts = {name: getattr(said, name) for name in WORDS}
    facts = {
        "stars": said.stars,
        "owned_for": said.owned_for,
        "owner_number": said.owner_number,
        "version": said.product_version.pk if said.product_version else None,
        "aspects": list(said.aspects.items()),
        "came": [came.device, came.network],
    }
    return HeldChange.objects.hold(review.opening, "review", texts, by=by, because=verdict.held_because, **facts)

"""Writing a review: the gate, the thread, the stars, the numbers and the proof, in one transaction."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.catalogue.models import Product, ProductVersion
from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.policy.gate import Finding, Outcome, Verdict, check
from community.refusals import Refusal
from community.text.excerpts import excerpt
from forums.reviews.insiders import refuse_insider, tie_of
from forums.reviews.models.campaign import Campaign
from forums.reviews.models.insider import Insider, Tie
from forums.reviews.models.policy import ReviewPolicy
from forums.reviews.models.rating import AspectRating, Rating
from forums.reviews.models.trace import Came, Trace
from forums.reviews.rechecking import hold_neighbours
from forums.reviews.signals import Signal, noticed, sketch_of, written_now
from forums.threads.beginning import begin
from forums.threads.models import Draft, Thread

WORDS = ("title", "source", "pros", "cons", "use_case")


@dataclass(frozen=True)
class Said:
    """What a review says: all that its writer can change later."""

    stars: int
    title: str = ""
    source: str = ""
    pros: str = ""
    cons: str = ""
    product_version: ProductVersion | None = None
    owned_for: str = ""
    use_case: str = ""
    aspects: Mapping[int, int] = field(default_factory=dict)
    """Stars by the id of an aspect."""
    owner_number: str = ""
    is_close: bool = False
    """The writer says that they are close to the company."""

    def refuse_odd(self, product: Product | None) -> None:
        """Raise a Refusal (422) for stars that there are not, or for no words where words are wanted."""
        if not all(1 <= stars <= 5 for stars in (self.stars, *self.aspects.values())):
            raise Refusal(_("Give between one and five stars."), code="stars", status=422)
        if settings.REVIEW_TEXT_REQUIRED and not self.source.strip():
            raise Refusal(_("Please say in a few words why."), code="no_text", status=422)
        if self.product_version and (product is None or self.product_version.product_id != product.pk):
            raise Refusal(_("That version belongs to another product."), code="other_product", status=422)

    @property
    def whole(self) -> str:
        """All its words below the title, as the gate reads them."""
        return "\n\n".join(filter(None, [self.source, self.pros, self.cons, self.use_case]))

    def covered(self, verdict: Verdict) -> "Said":
        """With the words blacked out that a rule wants covered."""
        return replace(self, **{name: verdict.cover(getattr(self, name)) for name in WORDS})

    def heading(self, subject: str) -> str:
        """Its title; else its first words; else its stars."""
        if self.title.strip():
            return self.title.strip()[:200]
        if words := excerpt(self.source, 70).strip():
            return words
        stars = ngettext("%(n)s star for %(what)s", "%(n)s stars for %(what)s", self.stars)
        return stars % {"n": self.stars, "what": subject}


NOWHERE = Came()


class WritingQuerySet:
    """How a review begins."""

    create: Any
    filter: Any
    model: Any

    @transaction.atomic
    def write(
        self,
        said: Said,
        *,
        by: Person,
        about: str = "product",
        product: Product | None = None,
        occasion: str = "",
        photos: Sequence[tuple[Any, str]] = (),
        keep: Collection[str] = (),
        draft: str = "",
        came: Came = NOWHERE,
        campaign: str = "",
    ) -> Any:
        """Review a product, the company, or help on some occasion, in public.

        `photos` are attachments with what they show, `campaign` is the code of a link. Raises Refusal when the gate
        says no or the writer is an insider, and with the `review` when there is one of theirs already.
        """
        said.refuse_odd(product)
        if known := self.by_person(by, about, product, occasion):
            raise written_already(known)
        tie = tie_allowed(said, by, came)
        said, verdict = passed(said, by, keep)
        seen = written_now(self, by, product, came, said.whole) if product else None
        signals = noticed(seen) if seen and not tie else []
        title = said.heading(product.name if product else settings.SITE_NAME)
        thread, opening = begin(
            Thread.Kind.REVIEW, by=by, title=title, source=said.source, verdict=verdict | held_by(signals),
            product=product, product_version=said.product_version,
        )  # fmt: skip
        review = self._store(thread, said, about, product, occasion)
        keep_what_came(review, said, came)
        review.keep_photos(photos, by=by)
        mark(review, tie, campaign)
        Draft.objects.filter(person=by, place=draft).delete()
        tell(review, opening, verdict, signals)
        if seen and signals:
            hold_neighbours(seen)
        return review

    def by_person(self, person: Person, about: str, product: Product | None, occasion: str = "") -> Any:
        """The review that this person has written about it, also while it is out of sight; None without one."""
        return self.filter(author=person, about=about, product=product, occasion=occasion).first()

    def _store(self, thread: Thread, said: Said, about: str, product: Product | None, occasion: str) -> Any:
        try:
            with transaction.atomic():
                return self.create(
                    thread=thread, author=thread.author, about=about, product=product, occasion=occasion,
                    stars=said.stars, pros=said.pros, cons=said.cons, owned_for=said.owned_for,
                    use_case=said.use_case, owner_number=said.owner_number, written_at=thread.created_at,
                )  # fmt: skip
        except IntegrityError:  # two windows at the same moment: the constraint let one through
            raise written_already(self.by_person(thread.author, about, product, occasion)) from None


def passed(said: Said, by: Person, keep: Collection[str]) -> tuple[Said, Verdict]:
    """What may be published of it, and what the gate says. Raises the gate's Refusal."""
    verdict = check(said.whole, title=said.title, by=by, where="review", keep=keep).enforce()
    return said.covered(verdict), verdict


def tie_allowed(said: Said, by: Person, came: Came) -> str:
    """What ties the writer to the company; raises a Refusal where the site refuses insiders."""
    policy = ReviewPolicy.objects.in_force()
    tie = str(Tie.DECLARED) if said.is_close else tie_of(by, came, policy)
    if tie and policy.blocks_insiders:
        raise refuse_insider(tie)
    return tie


def held_by(signals: list[Signal]) -> Verdict:
    """Signals make a review wait, as the gate would."""
    return Verdict([Finding(signal.rule, Outcome.HOLD, signal.reason) for signal in signals])


def keep_what_came(review: Any, said: Said, came: Came) -> None:
    """Its first rating, the stars for single aspects, and where it came from."""
    Rating.objects.create(review=review, number=1, stars=said.stars, pros=said.pros, cons=said.cons)
    Trace.objects.create(review=review, device=came.device, network=came.network, sketch=sketch_of(said.whole))
    rate_aspects(review, said.aspects)


def mark(review: Any, tie: str, campaign: str) -> None:
    """What counts, and what readers must know of the writer, from the first moment on."""
    review.settle()
    review.look_for_proof()
    if tie:
        Insider.objects.find(review.author, tie, by=None)
    if asked := Campaign.objects.rewarding(review.author, review.product, campaign):
        review.say_rewarded(asked.kind, asked)


def tell(review: Any, opening: Any, verdict: Verdict, signals: list[Signal]) -> None:
    """What happened: it is here, or it waits and why."""
    if not verdict.is_held and not signals:
        record(Verb.REVIEW_WRITTEN, actor=review.author, subject=review.thread, stars=review.stars, **verdict.hints)
        return
    facts, found = verdict.held_because, [signal.as_finding() for signal in signals]
    rules = [*facts["rules"], *found]
    reasons = [*facts["reasons"], *(rule["rule"] for rule in found)]
    record(Verb.POST_HELD, actor=review.author, subject=opening, reasons=reasons, rules=rules, door="review")


def written_already(review: Any) -> Refusal:
    """There is one of theirs; it can be changed, and its history stays readable."""
    sentence = _("You have reviewed this already. Here is your review: change it as you like.")
    url = f"/reviews/{review.pk}/deeds/edit/" if review else ""
    return Refusal(sentence, code="written_already", review=review, url=url)


def rate_aspects(review: Any, aspects: Mapping[int, int]) -> None:
    """Keep the stars for single aspects, as far as the product's line has them."""
    known = set(review.product.line.aspects.values_list("pk", flat=True)) if review.line else set()
    review.aspect_ratings.all().delete()
    AspectRating.objects.bulk_create(
        AspectRating(review=review, aspect_id=pk, stars=stars) for pk, stars in sorted(aspects.items()) if pk in known
    )

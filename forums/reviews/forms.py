"""The form that writes and changes a review, and the staff's form that confirms an owner."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from community.catalogue.models import Ownership, Product
from community.files.models import Attachment
from community.people.models import Person
from community.policy.blackout import black_out
from community.refusals import Refusal
from forums.reviews.models import Came, Review
from forums.reviews.writing import NOWHERE, Said
from forums.threads.models import Draft
from forums.threads.posting import PostingForm

STARS = [
    (1, _("1 star: bad")),
    (2, _("2 stars: poor")),
    (3, _("3 stars: fair")),
    (4, _("4 stars: good")),
    (5, _("5 stars: excellent")),
]
FEW = [(1, "1"), (2, "2"), (3, "3"), (4, "4"), (5, "5"), ("", _("no rating"))]
MOST_WORDS = 1000
CONTEXT = ("owned_for", "product_version", "use_case", "owner_number")
WORDY = ("title", "text", "pros", "cons", "use_case")
Photos = Sequence[tuple[Attachment, str]]


class StarsField(forms.TypedChoiceField):
    """One to five stars, as a group of radio buttons."""

    def __init__(self, **fields: Any) -> None:
        super().__init__(coerce=int, empty_value=0, widget=forms.RadioSelect, **fields)


class ReviewForm(PostingForm):
    """Stars first; all else is optional, unless the site wants words."""

    is_waiting = False

    stars = StarsField(
        label=_("Your rating"),
        choices=STARS,
        error_messages={"required": _("Choose between one and five stars."), "invalid_choice": _("One to five stars.")},
    )
    title = forms.CharField(label=_("In one sentence"), max_length=120, required=False)
    text = forms.CharField(label=_("Your review"), strip=True, max_length=32_000, required=False, widget=forms.Textarea)
    pros = forms.CharField(label=_("What is good"), max_length=MOST_WORDS, required=False, widget=forms.Textarea)
    cons = forms.CharField(label=_("What is not"), max_length=MOST_WORDS, required=False, widget=forms.Textarea)
    owned_for = forms.ChoiceField(
        label=_("You have had it for"), choices=[("", _("I do not say")), *Review.OwnedFor.choices], required=False
    )
    product_version = forms.ModelChoiceField(
        None, label=_("Version"), required=False, empty_label=_("I do not know"), to_field_name="pk"
    )
    use_case = forms.CharField(label=_("What do you use it for?"), max_length=120, required=False)
    owner_number = forms.CharField(
        label=_("Order or serial number"),
        max_length=60,
        required=False,
        help_text=_("Only for the mark “verified owner”. Nobody but you and the team ever sees it."),
    )
    is_close = forms.BooleanField(
        label=_("I work for the company or a partner of it, or am close to somebody who does"), required=False
    )
    campaign = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, by: Person, product: Product | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by, self.product = by, product
        self.fields["text"].required = settings.REVIEW_TEXT_REQUIRED
        self.fields["use_case"].widget.attrs["placeholder"] = _("such as: on the train, two hours a day")
        self.fields["pros"].widget.attrs |= {"rows": 3, "dir": "auto"}
        self.fields["cons"].widget.attrs |= {"rows": 3, "dir": "auto"}
        self.aspects = list(product.line.aspects.all()) if product and product.line else []
        for aspect in self.aspects:
            self.fields[f"aspect-{aspect.pk}"] = StarsField(label=aspect.name, choices=FEW, required=False)
        if product is None:
            for name in ("product_version", "owned_for", "use_case", "owner_number"):
                del self.fields[name]
        else:
            self.fields["product_version"].queryset = product.versions.all()

    @staticmethod
    def starting_with(by: Person, product: Product | None, stars: str = "") -> dict[str, Any]:
        """What is known before the person types."""
        owned = Ownership.objects.filter(person=by, product=product).first() if product else None
        known = {"product_version": owned.version_id} if owned else {}
        return known | ({"stars": stars} if stars in "12345" else {})

    @staticmethod
    def begun(draft: Draft | None) -> dict[str, Any]:
        """What somebody had typed and chosen before they left the form, on whatever device."""
        return {**draft.chosen, "text": draft.text, "title": draft.title} if draft else {}

    @staticmethod
    def saying(review: Review) -> dict[str, Any]:
        """What the review says now."""
        names = ("stars", "pros", "cons", "owned_for", "use_case", "owner_number")
        said = {name: getattr(review, name) for name in names}
        said |= {f"aspect-{row.aspect_id}": row.stars for row in review.aspect_ratings.all()}
        opening = review.opening
        return said | {
            "title": "" if review.thread.title == untitled(review) else review.thread.title,
            "text": opening.source,
            "product_version": review.thread.product_version_id,
            "version": opening.version,
        }

    @property
    def aspect_fields(self) -> list[Any]:
        """The rows of stars for single aspects."""
        return [self[f"aspect-{aspect.pk}"] for aspect in self.aspects]

    @property
    def says_context(self) -> bool:
        """Something about the writer and the product is filled in, or wrong: then it is not folded away."""
        names = [name for name in CONTEXT if name in self.fields]
        return any(self[name].value() or self[name].errors for name in names)

    @property
    def said(self) -> Said:
        """What the form says."""
        data = self.cleaned_data
        return Said(
            stars=data["stars"],
            title=data["title"],
            source=data["text"],
            pros=data["pros"],
            cons=data["cons"],
            product_version=data.get("product_version"),
            owned_for=data.get("owned_for", ""),
            use_case=data.get("use_case", ""),
            aspects={a.pk: data[f"aspect-{a.pk}"] for a in self.aspects if data.get(f"aspect-{a.pk}")},
            owner_number=data.get("owner_number", ""),
            is_close=data["is_close"],
        )

    def write(
        self, about: str, photos: Photos, occasion: str = "", draft: str = "", came: Came = NOWHERE
    ) -> Review | None:
        """Publish through the gate; None when it is refused."""
        facts: dict[str, Any] = {"by": self.by, "about": about, "product": self.product, "occasion": occasion}
        facts |= {"photos": photos, "keep": self.kept_kinds, "draft": draft, "came": came}
        facts |= {"campaign": self.cleaned_data["campaign"]}
        return self.publish("", lambda _text: Review.objects.write(self.said, **facts))

    def rewrite(
        self,
        review: Review,
        photos: Photos,
        dropped: Iterable[int],
        came: Came = NOWHERE,
        shows: Mapping[int, str] = MappingProxyType({}),
    ) -> bool:
        """Change it through the gate; False when it is refused or somebody was faster."""
        facts: dict[str, Any] = {"by": self.by, "version": self.cleaned_data["version"] or 0, "keep": self.kept_kinds}
        facts |= {"photos": photos, "dropped": list(dropped), "came": came, "shows": shows}

        def change(_text: str) -> bool:
            self.is_waiting = review.rewrite(self.said, **facts) is not None
            return True

        return bool(self.publish("", change))

    def _try(self, text: str, verb: Callable[[str], Any]) -> Any:
        """A review has several texts: when something in them is private and to be covered, each is covered."""
        try:
            return verb(text)
        except Refusal as refusal:
            if not self.cleaned_data.get("black_out") or refusal.code != "personal_data":
                raise
            covered = {name: black_out(self.cleaned_data.get(name, "")) for name in WORDY if name in self.cleaned_data}
            self.cleaned_data |= covered
            return verb(text)


def untitled(review: Review) -> str:
    """What it is called when its writer gives it no title: that follows its words when they are changed."""
    subject = review.product.name if review.product else settings.SITE_NAME
    return Said(review.stars, "", review.opening.source).heading(subject)


class OwnerForm(forms.Form):
    """Staff confirm an owner on a proof that they saw."""

    order_number = forms.CharField(label=_("Order"), max_length=60, help_text=_("The order that you saw the proof of."))
    reason = forms.CharField(label=_("What did you see?"), max_length=500)


class ReasonForm(forms.Form):
    """Why something is done to a review."""

    reason = forms.CharField(label=_("Why?"), max_length=500)

"""The form that asks a question."""

from contextlib import suppress
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.catalogue.models import Ownership, Product, ProductVersion
from community.form_fields import CommaField
from community.numbers import number_in
from community.people.models import Person
from community.refusals import Refusal
from forums.bonds.forms import AgainField
from forums.bonds.models import Wish
from forums.bonds.offering import offers_for
from forums.questions.hinting import note_asked
from forums.questions.models import Question
from forums.threads.posting import PostingForm

TITLE_LEAST, TEXT_LEAST, TAGS_MOST, TAG_LONGEST = 15, 30, 5, 40  # AC-ASK-1


def tag_names(typed: str) -> list[str]:
    """Names between commas, each once."""
    names = dict.fromkeys(name.strip(" #").lower() for name in typed.split(","))
    tags = [name for name in names if name]
    if len(tags) > TAGS_MOST or any(len(name) > TAG_LONGEST for name in tags):
        raise forms.ValidationError(_("Up to five tags, each at most 40 characters."))
    return tags


class AskForm(PostingForm):
    """Title, text, and where it happens: product and version are prefilled from what the person owns."""

    field_order = ["title", "product", "product_version", "text"]

    title = forms.CharField(
        label=_("What is going on?"),
        max_length=200,
        min_length=TITLE_LEAST,
        error_messages={"min_length": _("Say a little more: a title of 15 characters or more helps others find this.")},
    )
    text = forms.CharField(
        label=_("Details"),
        min_length=TEXT_LEAST,
        max_length=32_000,
        widget=forms.Textarea,
        error_messages={"min_length": _("Tell us what you did and what you saw, in 30 characters or more.")},
    )
    product = forms.ModelChoiceField(
        Product.objects.none(), label=_("Product"), required=False, empty_label=_("No product in particular")
    )
    product_version = forms.ModelChoiceField(
        ProductVersion.objects.none(), label=_("Version"), required=False, empty_label=_("I do not know")
    )
    environment = forms.CharField(label=_("Phone, computer or app"), max_length=120, required=False)
    tags = CommaField(label=_("Tags"), most=TAGS_MOST, each=TAG_LONGEST, max_length=120, required=False)
    peers_first = forms.BooleanField(label=_("I would like to hear from other owners first"), required=False)

    def __init__(self, *args: Any, by: Person | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["environment"].widget.attrs["placeholder"] = _("such as iPhone 15, Android 16")
        self.fields["tags"].widget.attrs["placeholder"] = _("up to five, with commas")
        self.fields["product"].widget.attrs |= {
            "hx-get": reverse("forums:question-outline"),
            "hx-target": "#ask-outline",
            "hx-swap": "outerHTML",
        }
        self.fields["product"].queryset = Product.objects.visible_to(by)  # type: ignore[attr-defined]
        if offers := offers_for(by):
            self.fields["ask_again"] = AgainField(offers)
        self.fields["product_version"].queryset = ProductVersion.objects.select_related("product").order_by(  # type: ignore[attr-defined]
            "product__position", "product__name", "-released_at", "-id"
        )

    @staticmethod
    def starting_with(by: Person | None, product_slug: str, title: str) -> dict[str, Any]:
        """What is known before the person types: the product asked about, else the only one they own."""
        owned = {row.product.slug: row for row in Ownership.objects.filter(person=by).select_related("product")}
        row = owned.get(product_slug) or (next(iter(owned.values())) if len(owned) == 1 and not product_slug else None)
        product = row.product if row else Product.objects.visible_to(by).filter(slug=product_slug).first()
        return {"title": title[:200], "product": product, "product_version": row.version_id if row else None}

    @property
    def chosen_product(self) -> Product | None:
        """The product that the form names now."""
        value = self["product"].value()
        if isinstance(value, Product):
            return value
        number = number_in(str(value or ""))
        return Product.objects.visible_to(None).filter(pk=number).first() if number is not None else None

    def clean_tags(self) -> list[str]:
        return tag_names(self.cleaned_data["tags"])

    def clean(self) -> dict[str, Any]:
        """A version goes with its product."""
        data = super().clean() or self.cleaned_data
        version, product = data.get("product_version"), data.get("product")
        if version and product and version.product_id != product.pk:
            data["product_version"] = None  # left over from another product that was chosen first
        if version and not product:
            data["product"] = version.product
        if data.get("product") and data.get("text") and is_mere_outline(data["text"], data["product"]):
            self.add_error("text", _("Please write something beside these points: what you did, and what you saw."))
        return data

    def save(self, by: Person) -> Question | None:
        """Ask through the gate; None when it is refused."""
        data = self.cleaned_data
        fields = {name: data[name] for name in ("product", "product_version", "environment", "tags", "peers_first")}

        def ask(both: str) -> Question:
            title, text = both.split("\n\n", 1)
            return Question.objects.ask(by=by, title=title, source=text, keep=self.kept_kinds, **fields)

        question: Question | None = self.publish(f"{data['title']}\n\n{data['text']}", ask)
        if question:
            self.ask_again(question, by)
            note_asked(self.data, is_member=True, product=data["product"])
        return question

    def ask_again(self, question: Question, by: Person) -> None:
        """Somebody of the team who has helped before. One who was offered and is gone is no reason to fail."""
        field: Any = self.fields.get("ask_again")
        if field and (agent := field.chosen(self.cleaned_data["ask_again"])):
            with suppress(Refusal):
                Wish.objects.ask_again(question.thread, agent, by=by)

    @property
    def first_one(self) -> Refusal | None:
        """The refusal that points to the same question asked a moment ago."""
        return self.refusal if self.refusal and self.refusal.code == "same_again" else None


def is_mere_outline(text: str, product: Product) -> bool:
    """Whether nothing was written beside the points that the product's outline begins with."""
    points = {outlined(point) for point in product.outline}
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return bool(points) and all(line in points for line in lines)


def outlined(point: str) -> str:
    """A point of the outline as it is put into the text."""
    return f"**{point}:**"

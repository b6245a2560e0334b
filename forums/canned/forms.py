"""A canned reply as its owner writes it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.catalogue.models import Product
from community.people.models import Person
from community.policy.models import HeldChange
from forums.canned.models import CannedReply, may_share
from forums.threads.posting import PostingForm


class CannedForm(PostingForm):
    """Name, words, for whom, and about which product."""

    name = forms.CharField(label=_("Name"), max_length=60, help_text=_("You find it by these words, after a slash."))
    audience = forms.ChoiceField(label=_("Who may use it"), choices=CannedReply.Audience.choices)
    product = forms.ModelChoiceField(
        Product.objects.all(), label=_("Only about this product"), required=False, empty_label=_("any product")
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    field_order = ["name", "audience", "product"]
    is_waiting = False

    def __init__(self, *args: Any, by: Person, **more: Any) -> None:
        super().__init__(*args, **more)
        self.by = by
        allowed = [choice for choice in CannedReply.Audience.choices if is_offered(choice[0], by)]
        audience: Any = self.fields["audience"]
        audience.choices = allowed
        self.fields["text"].max_length = 8000

    @property
    def rest(self) -> list[Any]:
        """The fields beside the text, which has a composer of its own."""
        return [self[name] for name in ("name", "audience", "product")]

    def save(self, row: CannedReply | None = None) -> bool:
        """Keep it, or change what is there; False when it is refused."""
        data = self.cleaned_data
        said = {"name": data["name"], "audience": data["audience"], "product": data["product"]}

        def write(text: str) -> bool:
            kept = row
            if kept is None:
                kept = CannedReply.objects.keep(by=self.by, source=text, **said)
            else:
                kept.change(by=self.by, source=text, version=data.get("version") or 0, **said)
            self.is_waiting = HeldChange.objects.of(kept, self.by, "canned") is not None
            return True

        return bool(self.publish(data["text"], write))

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"].strip()
        return name

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if len(text) > 8000:
            raise forms.ValidationError(_("A template has at most 8,000 characters."))
        return text


def is_offered(audience: str, by: Person) -> bool:
    """Which audiences this person may choose."""
    if audience == CannedReply.Audience.OWN:
        return True
    return by.is_team or (audience == CannedReply.Audience.HELPERS and may_share(by))

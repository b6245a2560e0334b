"""The form that takes a file of orders, with what its columns are called."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from moderation.orders.reading import FIELDS

LARGEST = 10 * 1024 * 1024
NAMES = {
    "order": _("Column of the order number"),
    "product": _("Column of the product (its name or its address here)"),
    "email": _("Column of the buyer’s mail address"),
    "serial": _("Column of the serial number"),
    "bought_at": _("Column of the day of the order"),
    "delivered_at": _("Column of the delivery"),
}


class OrderFileForm(forms.Form):
    """A CSV file of a shop."""

    source = forms.SlugField(label=_("Which shop"), max_length=40, initial="shop")
    file = forms.FileField(label=_("CSV file"), help_text=_("UTF-8, with the names of the columns in the first line."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in FIELDS:
            self.fields[f"column_{name}"] = forms.CharField(label=NAMES[name], max_length=60, initial=name)

    def clean_file(self) -> str:
        """The text of the file."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("At most 10 MB at a time."))
        try:
            text: str = file.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise forms.ValidationError(_("This is no text in UTF-8.")) from None
        return text

    @property
    def mapping(self) -> dict[str, str]:
        """What the file calls our fields."""
        return {name: self.cleaned_data[f"column_{name}"] for name in FIELDS}

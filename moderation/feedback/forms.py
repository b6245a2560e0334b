"""The forms of the team's pages about reviews."""

import zlib
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.catalogue.models import Brand, Product
from community.form_fields import EncodedFileField
from forums.reviews.bringing.rows import FIELDS, LONGEST_FILE, Odd, guessed, names_in, rows_of
from forums.reviews.models import ReviewFile

LARGEST = 10 * 1024 * 1024
NAMES = {
    "id": _("Its number there"),
    "product": _("Product"),
    "stars": _("Stars"),
    "title": _("Title"),
    "text": _("Text"),
    "pros": _("What is good"),
    "cons": _("What is not"),
    "author": _("Name of the writer"),
    "author_id": _("Number of the writer"),
    "written_at": _("Day it was written"),
    "locale": _("Language"),
    "incentive": _("What the writer got for it"),
    "verified": _("Whether the writer is an owner"),
    "helpful": _("Readers it helped"),
    "unhelpful": _("Readers it did not help"),
    "use_case": _("What it is used for"),
    "url": _("Address of the original"),
}


def unpacked(data: bytes) -> bytes:
    """The file itself, when it is packed by gzip; never more than a file may have."""
    if data[:2] != b"\x1f\x8b":
        return data
    line = zlib.decompressobj(wbits=31)
    try:
        text = line.decompress(data, LONGEST_FILE)
    except zlib.error:
        raise Odd(_("This file is broken.")) from None
    if line.unconsumed_tail:
        raise Odd(_("That is too much at a time."))
    return text


class OriginForm(forms.Form):
    """Where a file of reviews comes from, and what they are about."""

    source = forms.CharField(
        label=_("Where they come from"),
        max_length=80,
        help_text=_("Readers see it beside each review: “from Old shop”."),
    )
    product = forms.ModelChoiceField(
        None, label=_("All are about"), required=False, empty_label=_("The file says of each which product")
    )
    brand = forms.ModelChoiceField(
        None, label=_("Products that are missing"), required=False, empty_label=_("Do not take such reviews")
    )
    licence = forms.CharField(label=_("Licence, if there is one"), max_length=80, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["product"].queryset = Product.objects.order_by("name")
        self.fields["brand"].queryset = Brand.objects.order_by("name")
        self.fields["brand"].label_from_instance = lambda brand: (
            _("Make them, as products of %(name)s") % {"name": brand.name}
        )

    def opened(self, sent: bytes) -> bytes:
        """What is in the file, once it can be read at all."""
        if len(sent) > LARGEST:
            raise forms.ValidationError(_("At most 10 MB at a time."))
        try:
            data = unpacked(sent)
            rows = rows_of(data)
        except Odd as odd:
            raise forms.ValidationError(str(odd)) from None
        self.names, self.total = names_in(rows), len(rows)
        return data

    def keep_named(self, name: str, data: bytes, by: Any) -> ReviewFile:
        """Keep it, with what its columns most likely are."""
        facts = {field: self.cleaned_data[field] for field in ("source", "product", "brand", "licence")}
        facts |= {"columns": guessed(self.names), "names": self.names, "total": self.total}
        return ReviewFile.objects.keep(name, data, by=by, **facts)


class ReviewFileForm(OriginForm):
    """A file of reviews, chosen on the page."""

    file = forms.FileField(label=_("File"), help_text=_("CSV, JSON or JSON lines, at most 10 MB, also packed (.gz)."))

    def clean_file(self) -> bytes:
        """What is in it. One that is too large is not read."""
        file = self.cleaned_data["file"]
        self.file_name = file.name
        return self.opened(file.read(LARGEST + 1))

    def keep(self, by: Any) -> ReviewFile:
        """Keep it under its own name."""
        return self.keep_named(self.file_name, self.cleaned_data["file"], by)


class SentFileForm(OriginForm):
    """A file of reviews, sent by a program."""

    name = forms.CharField(label=_("Name of the file"), max_length=120)
    data = EncodedFileField(label=_("The file: CSV, JSON or JSON lines, at most 10 MB, also packed by gzip"))

    def clean_data(self) -> bytes:
        """What is in it."""
        return self.opened(self.cleaned_data["data"])

    def keep(self, by: Any) -> ReviewFile:
        """Keep it under the name that the program gave."""
        return self.keep_named(self.cleaned_data["name"], self.cleaned_data["data"], by)


class ColumnsForm(forms.Form):
    """Which column holds what."""

    def __init__(self, file: ReviewFile, data: Any = None) -> None:
        super().__init__(data, initial={f"column_{field}": file.columns.get(field, NONE) for field in FIELDS})
        self.file = file
        for field in FIELDS:
            choices = [(NONE, _("not in the file")), *((name, name or _("(without a name)")) for name in file.names)]
            self.fields[f"column_{field}"] = forms.ChoiceField(label=NAMES[field], choices=choices, required=False)

    def save(self) -> None:
        """Read the file by these names from now on."""
        chosen = {field: self.cleaned_data[f"column_{field}"] for field in FIELDS}
        self.file.look_again({field: name for field, name in chosen.items() if name and name != NONE})


NONE = "\u2014"


class ExemptionForm(forms.Form):
    """The buyer of an order is not to be asked."""

    order_number = forms.CharField(label=_("Order"), max_length=40)
    reason = forms.CharField(label=_("Legal reason"), max_length=500)


class PeriodForm(forms.Form):
    """The days that an audit covers."""

    days = forms.TypedChoiceField(coerce=int, choices=[(30, 30), (90, 90), (365, 365)], required=False, empty_value=90)


class ExportForm(forms.Form):
    """Which reviews go out, and how they are written."""

    product = forms.ModelChoiceField(None, label=_("Product"), required=False, empty_label=_("All products"))
    format = forms.ChoiceField(label=_("As"), choices=[("csv", _("a table (CSV)")), ("json", "JSON")])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["product"].queryset = Product.objects.order_by("name")

"""Forms for the shape of a thread."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.catalogue.models import Product
from forums.threads.models import Thread

NUMBER = re.compile(r"^\s*(?:.*/\w+/)?#?(\d{1,18})(?:/\S*)?\s*$")


class ShapeForm(forms.Form):
    """Why it is done, and the version that the person looked at."""

    reason = forms.CharField(label=_("Why?"), max_length=300, required=False)
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput, required=False)


class OtherThreadForm(ShapeForm):
    """Another thread, by its number or its address."""

    other = forms.CharField(label=_("The other thread: its address or number"), max_length=300)
    field_order = ["other", "reason"]

    def __init__(self, *args: Any, by: Any, **fields: Any) -> None:
        super().__init__(*args, **fields)
        self.by = by

    def clean_other(self) -> Thread:
        """A thread that the person can read."""
        match = NUMBER.match(self.cleaned_data["other"])
        threads = Thread.objects.visible_to(self.by).select_related("product__brand", "merged_into")
        thread = threads.filter(pk=int(match[1])).first() if match else None
        if thread is None:
            raise forms.ValidationError(_("There is no such thread. Copy the address of its page."))
        return thread


class MoveForm(ShapeForm):
    """The product that it is about."""

    to = forms.ModelChoiceField(
        label=_("Product"), queryset=Product.objects.select_related("brand"), empty_label=_("Choose a product")
    )
    field_order = ["to", "reason"]


class SplitForm(ShapeForm):
    """The title of the new question."""

    title = forms.CharField(label=_("Title of the new question"), min_length=15, max_length=200)
    field_order = ["title", "reason"]

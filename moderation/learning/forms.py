"""Trying the scores on a text."""

from django import forms
from django.utils.translation import gettext_lazy as _


class TryForm(forms.Form):
    """Any text; nothing of it is kept."""

    text = forms.CharField(label=_("A text"), max_length=8_000, widget=forms.Textarea(attrs={"rows": 4}))

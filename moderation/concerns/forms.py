"""What somebody of the team writes to the auditor, and the auditor back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from moderation.concerns.models import LONGEST


class WordForm(forms.Form):
    """One more word."""

    text = forms.CharField(label=_("Your words"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 5}))


class ConcernForm(forms.Form):
    """A new concern."""

    text = forms.CharField(label=_("What is not right?"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 7}))
    is_nameless = forms.BooleanField(
        label=_("Leave my name out"),
        required=False,
        help_text=_(
            "No page, message or log says who you are. Keep the address of the next page: the answer stands there."
        ),
    )

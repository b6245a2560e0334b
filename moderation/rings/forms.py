"""What a moderator makes of a ring."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReverseForm(forms.Form):
    """The facts, as each member is told them."""

    facts = forms.CharField(
        label=_("What you found"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Each of them reads this. Name nobody else in it."),
    )


class LeaveForm(forms.Form):
    """Why nothing is wrong with it, or why it is taken back."""

    reason = forms.CharField(label=_("Why"), max_length=300)

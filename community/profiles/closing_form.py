"""What is to become of one's texts when the account is closed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from community.people.closing import Closing


class ClosingForm(forms.Form):
    """One choice, and a tick that nobody makes by accident."""

    texts = forms.ChoiceField(
        label=_("What you wrote"),
        choices=[
            (Closing.Texts.KEEP, _("Leave it here without my name")),
            (Closing.Texts.REMOVE, _("Take my words away too")),
        ],
        widget=forms.RadioSelect,
        initial=Closing.Texts.KEEP,
    )
    is_meant = forms.BooleanField(label=_("I want my account to be closed"))

"""The shapes of what people type around a chat."""

from django import forms
from django.utils.translation import gettext_lazy as _

from moderation.chat.models.duty import MOST_CHATS
from moderation.escalation.forms import LONGEST


class WordForm(forms.Form):
    """One message in a chat. `key` makes it safe to send twice."""

    text = forms.CharField(max_length=LONGEST, required=False)
    key = forms.RegexField(r"^[A-Za-z0-9-]{8,40}$", required=False)


class JoinForm(forms.Form):
    """An agent takes a chat, from a colleague who is there with a reason."""

    reason = forms.CharField(max_length=300, required=False)


class DutyForm(forms.Form):
    """Whether somebody takes chats, how many, and also while the desk is closed."""

    capacity = forms.IntegerField(label=_("Chats at a time"), min_value=1, max_value=MOST_CHATS)
    is_beyond_hours = forms.BooleanField(label=_("Also outside open hours"), required=False)

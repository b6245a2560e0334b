"""What an agent sends from the desk."""

from datetime import UTC, timedelta
from hashlib import sha256
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.people.models import Person
from moderation.queue.models import Batch, KeptView

NAPS = {"3h": timedelta(hours=3), "tomorrow": timedelta(days=1), "week": timedelta(days=7)}
NAP_LABELS = [("3h", _("In 3 hours")), ("tomorrow", _("Tomorrow")), ("week", _("Next week"))]
LONGEST = 32_000
LONGEST_NAP = timedelta(days=366)


class VersionForm(forms.Form):
    """The version of the item from which the page was made; none when the sender does not care."""

    version = forms.IntegerField(required=False)
    reason = forms.CharField(required=False, max_length=300)


class ClaimForm(forms.Form):
    """Taking an item at hand, or over from somebody."""

    take_over = forms.BooleanField(required=False)
    reason = forms.CharField(required=False, max_length=300)


class SnoozeForm(VersionForm):
    """One of the usual naps, or a moment of one's own."""

    nap = forms.ChoiceField(choices=[(key, key) for key in NAPS], required=False)
    until = forms.DateTimeField(required=False)

    def clean_until(self) -> Any:
        """A moment in our time, and within a year."""
        until = self.cleaned_data["until"]
        if until and until > timezone.now() + LONGEST_NAP:
            raise forms.ValidationError(_("At most a year."))
        return until.astimezone(UTC) if until and until.year > 1 else until

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        if not cleaned.get("nap") and not cleaned.get("until"):
            raise forms.ValidationError(_("Say until when."))
        nap = cleaned.get("nap")
        cleaned["moment"] = timezone.now() + NAPS[nap] if nap else cleaned["until"]
        return cleaned


class TogetherForm(forms.Form):
    """One thing that is done with several items."""

    deed = forms.ChoiceField(choices=Batch.Deed.choices, error_messages={"required": _("Say what should be done.")})
    nap = forms.ChoiceField(choices=[(key, key) for key in NAPS], required=False)
    assignee = forms.ModelChoiceField(Person.objects.all(), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("deed") == Batch.Deed.SNOOZE and not cleaned.get("nap"):
            raise forms.ValidationError(_("Say until when."))
        cleaned["moment"] = timezone.now() + NAPS[cleaned["nap"]] if cleaned.get("nap") else None
        return cleaned


class KeptViewForm(forms.Form):
    """A search that gets a name."""

    name = forms.CharField(max_length=40, error_messages={"required": _("Give the view a name.")})
    query = forms.CharField(
        max_length=100, error_messages={"required": _("Search first, then keep what you searched.")}
    )
    audience = forms.ChoiceField(choices=KeptView.Audience.choices)


class AssignForm(VersionForm):
    """Somebody of the team, or nobody."""

    assignee = forms.ModelChoiceField(Person.objects.all(), required=False)


class HandOverForm(forms.Form):
    """Giving away what a customer asked one for by name: to the team, or to a colleague."""

    to = forms.ModelChoiceField(Person.objects.all(), required=False)
    note = forms.CharField(max_length=500, error_messages={"required": _("Write a note for whoever has it next.")})


class NoteForm(forms.Form):
    """Words for the team."""

    text = forms.CharField(max_length=LONGEST, error_messages={"required": _("Write the note first.")})


class AnswerForm(forms.Form):
    """A public answer, and what its writer had seen.

    After a clash it carries the fingerprint of the text that was stopped: the same text goes out only with a reason,
    a changed one as a new answer to what is now there.
    """

    text = forms.CharField(max_length=LONGEST, error_messages={"required": _("Write the answer first.")})
    seen = forms.IntegerField(min_value=0)
    stopped = forms.CharField(required=False, max_length=64)
    anyway = forms.CharField(required=False, max_length=300)
    from_note = forms.IntegerField(required=False)
    everyone = forms.BooleanField(required=False)
    as_it_is = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        is_same = bool(cleaned.get("stopped")) and cleaned["stopped"] == fingerprint(cleaned.get("text", ""))
        if is_same and not cleaned.get("anyway", "").strip():
            self.add_error("anyway", _("Say why it should go out unchanged, or edit it."))
        if cleaned.get("from_note") and not cleaned.get("everyone"):
            self.add_error("everyone", _("Confirm that everyone may read what was a note."))
        return cleaned


def fingerprint(text: str) -> str:
    """Tells whether a text is the one that was stopped, however the browser breaks its lines."""
    return sha256(text.strip().replace("\r\n", "\n").encode()).hexdigest()[:32]

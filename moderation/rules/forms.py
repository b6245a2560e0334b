"""Writing a rule of words, laying an embargo: each form knows its verb."""

from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.people.models import Person
from community.policy.doors import EVERYWHERE, PART_NAMES
from community.policy.matching import fault_in
from community.policy.models import Embargo, WordRule
from community.policy.models.word_rule import WHAT_IS_WRONG
from moderation.rules.rewriting import RewritingForm


class WordRuleForm(RewritingForm, forms.ModelForm):
    """One rule, with why it is changed."""

    parts = forms.MultipleChoiceField(
        label=_("Where it looks"),
        choices=list(PART_NAMES.items()),
        initial=EVERYWHERE,
        widget=forms.CheckboxSelectMultiple,
    )
    why = forms.CharField(label=_("Why this change"), max_length=300, help_text=_("For colleagues, in the history."))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = WordRule
        fields = ["name", "kind", "pattern", "is_whole_word", "parts", "action", "reason", "points", "state"]
        labels = {
            "name": _("Name"),
            "kind": _("What it looks for"),
            "pattern": _("Words"),
            "is_whole_word": _("Whole words only"),
            "action": _("What happens"),
            "reason": _("What the person is told"),
            "points": _("Points in the review queue"),
            "state": _("State"),
        }
        help_texts = {
            "reason": "",
            "points": "",
            "pattern": _("One word or phrase a line; a star stands for any ending. Or one regular expression."),
            "is_whole_word": _("“ass” lets “class” pass. Look-alike letters and gaps are seen through anyway."),
            "state": _("Try a new rule in the shadow first."),
        }
        widgets = {"pattern": forms.Textarea(attrs={"rows": 5, "spellcheck": "false", "dir": "auto"})}

    def clean(self) -> dict[str, Any]:
        """An expression is tried on texts that are hard, before it meets any of ours."""
        data = super().clean() or {}
        if data.get("kind") == WordRule.Kind.REGEX and (fault := fault_in(data.get("pattern", ""))):
            self.add_error("pattern", WHAT_IS_WRONG[fault])
        return data

    def save_by(self, person: Person) -> WordRule:
        """Begin the rule, or change it from the version that the writer saw."""
        data = dict(self.cleaned_data)
        why, version = data.pop("why"), data.pop("version")
        if self.instance.pk is None:
            return WordRule.objects.write(by=person, why=why, **data)
        row = WordRule.objects.get(pk=self.instance.pk)
        row.rewrite(by=person, why=why, version=version or 0, **data)
        return row


class EmbargoForm(forms.Form):
    """Words that wait for a moment."""

    words = forms.CharField(
        label=_("Words"),
        max_length=1000,
        help_text=_("One word or phrase a line."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    until = forms.DateTimeField(
        label=_("Until"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    zone = forms.ChoiceField(label=_("Time zone"))
    reason = forms.CharField(label=_("What a colleague is told"), max_length=300)
    audience = forms.ChoiceField(label=_("Who may read this list"), choices=Embargo.Audience.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))
        self.fields["zone"].choices = [("UTC", "UTC"), *[(zone, zone.replace("_", " ")) for zone in zones]]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The moment is meant in the zone beside it, whatever the zone of whoever types it."""
        data = super().clean() or {}
        if "until" in data and "zone" in data:
            typed = timezone.localtime(data["until"]).replace(tzinfo=None)
            data["until"] = typed.replace(tzinfo=ZoneInfo(data["zone"]))
            if data["until"] <= timezone.now():
                self.add_error("until", ValidationError(_("This moment has passed already.")))
        return data

    def save_by(self, person: Person) -> Embargo:
        """Lay it."""
        return Embargo.objects.lay(by=person, **self.cleaned_data)


class LiftForm(forms.Form):
    """Why it ends before its time."""

    why = forms.CharField(label=_("Why before its time"), max_length=300)

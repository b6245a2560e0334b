"""The form of a check: its state, its numbers, and why they change."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.people.models import Person
from community.policy.models import CheckRule, State
from moderation.rules.rewriting import RewritingForm


class CheckForm(RewritingForm, forms.Form):
    """One check. A trial needs the numbers only."""

    state = forms.ChoiceField(label=_("State"), choices=State.choices)
    why = forms.CharField(label=_("Why this change"), max_length=300, help_text=_("For colleagues, in the history."))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, rule: CheckRule, numbers: dict[str, int] | None = None, is_trial: bool = False, **kwargs: Any
    ) -> None:
        initial = {"state": rule.state, "version": rule.version}
        initial |= {one.key: (numbers or {}).get(one.key, rule.number(one.key)) for one in rule.ruled.numbers}
        super().__init__(*args, initial=initial, **kwargs)
        self.rule = rule
        for one in rule.ruled.numbers:
            self.fields[one.key] = forms.IntegerField(label=one.label, min_value=one.least, max_value=one.most)
        self.order_fields([*(one.key for one in rule.ruled.numbers), "state", "why", "version"])
        if is_trial:
            self.fields["state"].required = self.fields["why"].required = False

    @property
    def numbers(self) -> dict[str, int]:
        """What was typed."""
        return {one.key: self.cleaned_data[one.key] for one in self.rule.ruled.numbers}

    def save_by(self, person: Person) -> None:
        """From now on; from the version that the writer saw."""
        data = self.cleaned_data
        row = CheckRule.objects.begun(self.rule.key)
        told = {"state": data["state"], "numbers": self.numbers}
        row.rewrite(by=person, why=data["why"], version=data["version"] or 0, **told)

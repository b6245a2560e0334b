"""Saying that something is against a rule."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation.flags.models import HouseRule


class RuleField(forms.ModelChoiceField):
    """One of the rules in force, with its words."""

    def __init__(self, **options: Any) -> None:
        super().__init__(HouseRule.objects.in_force(), empty_label=None, widget=forms.RadioSelect, **options)

    def label_from_instance(self, rule: HouseRule) -> str:
        """The title; its text stands on the page of the rules."""
        return str(rule.title)


class FlagForm(forms.Form):
    """Which rule, and what a moderator should know."""

    rule = RuleField(label=gettext_lazy("What is wrong with it?"))
    note = forms.CharField(
        label=gettext_lazy("What should we know?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The person concerned does not learn who reported it."),
    )


class NoticeForm(forms.Form):
    """A notice of somebody without an account."""

    url = forms.CharField(
        label=gettext_lazy("Address of the page"), max_length=500, help_text=gettext_lazy("Copied from your browser.")
    )
    rule = RuleField(label=gettext_lazy("What is it about?"))
    note = forms.CharField(
        label=gettext_lazy("Why is it wrong, or against the law?"),
        min_length=20,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    name = forms.CharField(label=gettext_lazy("Your name"), required=False, max_length=120)
    email = forms.EmailField(
        label=gettext_lazy("Your address for the answer"),
        required=False,
        help_text=gettext_lazy("Name and address may stay empty only when it is about the safety of children."),
    )
    good_faith = forms.BooleanField(
        label=gettext_lazy("I say this in good faith, and to my knowledge it is true and complete.")
    )

    def clean(self) -> dict[str, Any]:
        """Who reports anything but the safety of children says who they are."""
        cleaned: dict[str, Any] = super().clean() or {}
        rule = cleaned.get("rule")
        if rule and not rule.is_nameless:
            for field in ("name", "email"):
                if not cleaned.get(field) and field not in self.errors:
                    self.add_error(field, _("For this we need it, so that we can answer."))
        return cleaned

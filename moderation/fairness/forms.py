"""The forms of the pages about fair reviews."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.refusals import Refusal
from forums.reviews.holding import KINDS
from forums.reviews.models import Campaign, ReviewPolicy

FEW_ROWS = {"rows": 3}


class PolicyForm(forms.ModelForm):
    """What the site decides about reviews, with the reason that everybody can read."""

    silent_signals = forms.MultipleChoiceField(
        label=_("Signals that hold nothing"),
        choices=list(KINDS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("For one that is wrong too often. The public page no longer names it."),
    )

    class Meta:
        model = ReviewPolicy
        fields = ["insiders", "partner_domains", "held_for_hours", "silent_signals", "reason"]
        widgets = {
            "insiders": forms.RadioSelect,
            "partner_domains": forms.Textarea(attrs=FEW_ROWS),
            "held_for_hours": forms.NumberInput(attrs={"class": "short", "min": 1, "max": 720}),
        }
        labels = {
            "insiders": _("People who are close to the company"),
            "partner_domains": _("Mail domains of partners, one a line"),
            "held_for_hours": _("An extra check takes at most (hours)"),
            "reason": _("Why this changes"),
        }


class InsiderForm(forms.Form):
    """Somebody is close to the company, as the team found."""

    username = forms.CharField(label=_("Name of the member"), max_length=40)
    note = forms.CharField(label=_("How do you know?"), max_length=500, help_text=_("For the record of the team."))


class DirectoryForm(forms.Form):
    """Mail addresses out of the company's directory."""

    addresses = forms.CharField(
        label=_("Mail addresses, one a line"),
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
        help_text=_("Addresses that nobody here has are not kept."),
    )


class ReasonForm(forms.Form):
    """Why something is ended."""

    reason = forms.CharField(label=_("Why?"), max_length=500)


class CampaignForm(forms.ModelForm):
    """A campaign. What asks for praise cannot be saved."""

    class Meta:
        model = Campaign
        fields = ["name", "kind", "product", "begins_on", "ends_on", "budget", "terms", "invitation"]
        widgets = {
            "begins_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "ends_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "terms": forms.Textarea(attrs=FEW_ROWS),
            "invitation": forms.Textarea(attrs=FEW_ROWS),
        }
        labels = {
            "name": _("Name"),
            "kind": _("Whoever writes"),
            "product": _("Product (none: all)"),
            "begins_on": _("From"),
            "ends_on": _("Until"),
            "budget": _("In all there is"),
            "terms": _("Terms"),
            "invitation": _("Words of the invitation"),
        }

    def plan(self, *, by: Any) -> Campaign | None:
        """Plan it; None when it is refused, with the reason beside the field."""
        try:
            planned: Campaign = Campaign.objects.plan(by=by, **self.cleaned_data)
        except Refusal as refusal:
            self.add_error(refusal.details.get("field"), str(refusal))
            return None
        return planned


class GuestsForm(forms.Form):
    """Whom a campaign asks, by mail address."""

    addresses = forms.CharField(
        label=_("Mail addresses of those who are asked, one a line"),
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )

"""The forms of the pages about fair reviews."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.people.models import Person
from community.refusals import Refusal
from forums.reviews.holding import KINDS
from forums.reviews.models import Campaign, Insider, ReviewPolicy, Tie

FEW_ROWS = {"rows": 3}
DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")


class PolicyForm(forms.ModelForm):
    """What the site decides about reviews, with the reason that everybody can read."""

    held_for_hours = forms.IntegerField(
        label=_("An extra check takes at most (hours)"),
        min_value=1,
        max_value=720,
        help_text=_("Writers are told this time."),
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
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
        }
        labels = {
            "insiders": _("People who are close to the company"),
            "partner_domains": _("Mail domains of partners, one a line"),
            "reason": _("Why this changes"),
        }
        help_texts = {
            "partner_domains": _("Such as: shop.example"),
            "reason": _("Everybody can read it."),
        }

    def clean_partner_domains(self) -> str:
        """One a line, as mail addresses end."""
        lines = [line.strip().lower().removeprefix("@") for line in self.cleaned_data["partner_domains"].splitlines()]
        if odd := next((line for line in lines if line and not DOMAIN.fullmatch(line)), None):
            raise forms.ValidationError(_("“%(line)s” is no mail domain.") % {"line": odd[:80]})
        return "\n".join(line for line in lines if line)


class InsiderForm(forms.Form):
    """Somebody is close to the company, as the team found."""

    username = forms.CharField(label=_("Name of the member"), max_length=40)
    note = forms.CharField(label=_("How do you know?"), max_length=500, help_text=_("For the record of the team."))

    def find(self, *, by: Any) -> Insider | None:
        """What they wrote is labelled and no longer counted; None when nobody has that name, said beside the field."""
        person = Person.objects.filter(username_key=Person.key_of(self.cleaned_data["username"])).first()
        if person is None:
            self.add_error("username", _("Nobody here has this name."))
            return None
        found: Insider = Insider.objects.find(person, Tie.BY_HAND, by=by, note=self.cleaned_data["note"])
        return found


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
        fields = ["name", "kind", "product", "begins_on", "ends_on", "budget", "eligibility", "terms", "invitation"]
        widgets = {
            "begins_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "ends_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "terms": forms.Textarea(attrs=FEW_ROWS),
            "invitation": forms.Textarea(attrs=FEW_ROWS),
        }
        labels = {
            "name": _("Name"),
            "kind": _("What a writer gets"),
            "product": _("Product (none: all)"),
            "begins_on": _("From"),
            "ends_on": _("Until"),
            "budget": _("Budget"),
            "eligibility": _("Who can take part"),
            "terms": _("Terms"),
            "invitation": _("Words of the invitation"),
        }
        help_texts = {
            "budget": _("Such as: 50 headphones, or 500 €."),
            "eligibility": _("Never by what somebody has written or will write."),
            "terms": _("Everybody can read them."),
            "invitation": _("What people are told when they are asked."),
        }

    def clean(self) -> dict[str, Any]:
        """The verb and the database say so as well; here it stands beside the day."""
        data = super().clean() or self.cleaned_data
        if data.get("begins_on") and data.get("ends_on") and data["ends_on"] < data["begins_on"]:
            self.add_error("ends_on", _("It cannot end before it begins."))
        return data

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

    def clean_addresses(self) -> list[str]:
        """One a line; what is no address is named."""
        lines = list(dict.fromkeys(filter(None, map(str.strip, self.cleaned_data["addresses"].lower().splitlines()))))
        if odd := next((line for line in lines if "@" not in line), None):
            raise forms.ValidationError(_("“%(line)s” is no mail address.") % {"line": odd[:80]})
        return lines

    def invite_to(self, campaign: Campaign, *, by: Any) -> tuple[int, int]:
        """Ask those of them who are here: how many were new, and how many addresses belong to nobody here."""
        wanted = self.cleaned_data["addresses"]
        people = list(Person.objects.filter(email__in=wanted))
        return campaign.invite(people, by=by), len(wanted) - len(people)

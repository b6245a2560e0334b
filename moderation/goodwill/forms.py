"""What an agent says to credit a customer, and a supervisor to change the limit."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from moderation.goodwill.models import CURRENCY, MOST, Credit


class CreditForm(forms.Form):
    """How much, and why."""

    amount = forms.DecimalField(
        label=_("Amount in %(currency)s") % {"currency": CURRENCY},
        min_value=Decimal("0.01"),
        max_value=MOST,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"step": "0.01", "inputmode": "decimal"}),
    )
    reason = forms.ChoiceField(label=_("Because of"), choices=Credit.Reason.choices)
    words = forms.CharField(label=_("For the team"), max_length=300, required=False)


class AllowanceForm(forms.Form):
    """Another limit for everybody's month."""

    monthly = forms.DecimalField(
        label=_("Without asking, a customer may get in a month"),
        min_value=0,
        max_value=MOST,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"step": "0.01", "inputmode": "decimal"}),
    )
    why = forms.CharField(label=_("Why"), max_length=200)

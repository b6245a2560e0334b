"""Looking for something in the audit log."""

from django import forms
from django.utils.translation import gettext_lazy as _

from community.events.verbs import Verb
from moderation.actions.trail import Filters


class FilterForm(forms.Form):
    """By whom, what, to what, when."""

    person = forms.CharField(label=_("Person"), required=False, max_length=40)
    verb = forms.ChoiceField(
        label=_("What"), required=False, choices=[("", _("Anything")), *((verb, verb) for verb in sorted(Verb))]
    )
    subject = forms.CharField(
        label=_("Object"), required=False, max_length=60, widget=forms.TextInput(attrs={"placeholder": "item:7"})
    )
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    @property
    def filters(self) -> Filters:
        """What was asked for; what makes no sense is left out."""
        given = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        return Filters(**{name: value for name, value in given.items() if value})

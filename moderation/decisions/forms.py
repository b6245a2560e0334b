"""The forms of the review queue, of appeals, and of the house rules."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.catalogue.models import Product
from forums.threads.models import Thread
from moderation.decisions.deciding import Wanted
from moderation.decisions.deeds import DEEDS
from moderation.decisions.models import Appeal, FactTemplate
from moderation.flags.models import Case, HouseRule

NUMBER = re.compile(r"^\s*(?:.*/\w+/)?#?(\d{1,18})(?:/\S*)?\s*$")


class FactSelect(forms.Select):
    """Each choice carries its text and rule, so that a script can fill them in; without one the server does."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        row = getattr(value, "instance", None)
        if row is not None:
            option["attrs"] |= {"data-facts": row.text, "data-rule": row.rule_id}
        return option


def rules() -> forms.ModelChoiceField:
    """The rule that something is against."""
    return forms.ModelChoiceField(
        HouseRule.objects.in_force(), label=_("Which rule?"), required=False, empty_label=_("Choose a rule")
    )


class DecisionForm(forms.Form):
    """What is to be done about one case, or about several at once."""

    deeds = forms.MultipleChoiceField(label=_("What to do"), required=False, widget=forms.CheckboxSelectMultiple)
    rule = rules()
    facts = forms.CharField(
        label=_("What did you find? The person reads it."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    days = forms.IntegerField(label=_("Days of silence"), required=False, min_value=1, max_value=30)
    text = forms.CharField(label=_("New text"), required=False, max_length=32_000, widget=forms.Textarea)
    template = forms.ModelChoiceField(
        FactTemplate.objects.in_force(),
        label=_("Facts to choose from"),
        required=False,
        empty_label=_("Write them yourself"),
        widget=FactSelect,
    )
    product = forms.ModelChoiceField(Product.objects.all(), label=_("To which product?"), required=False)
    into = forms.CharField(label=_("Into which thread? Its address or number"), required=False, max_length=300)
    is_private = forms.BooleanField(label=_("Leave it out of the public log"), required=False)
    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, names: Iterable[str] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.names = [name for name in names if name in DEEDS]
        self.fields["deeds"].choices = [(name, DEEDS[name].label) for name in self.names]

    def clean_into(self) -> Thread | None:
        """A thread by its number or address; whether it may be merged is asked by the verb."""
        asked = NUMBER.match(self.cleaned_data["into"]) if self.cleaned_data["into"].strip() else None
        if self.cleaned_data["into"].strip() and asked is None:
            raise forms.ValidationError(_("There is no such thread. Copy the address of its page."))
        return Thread.objects.filter(pk=int(asked[1])).first() if asked else None

    @property
    def wanted(self) -> Wanted:
        """What the moderator wants: nothing found when `left` was pressed, the chosen deeds otherwise."""
        data = self.cleaned_data
        if "left" in self.data:
            return Wanted(Case.Outcome.LEFT)
        options = {name: data.get(name) for name in ("days", "text", "product", "into")}
        deeds = {name: options for name in self.names if name in data["deeds"]}
        template = data.get("template")
        rule = data["rule"] or (template.rule if template else None)
        facts = data["facts"].strip() or (template.text if template else "")
        return Wanted(Case.Outcome.ACTED, deeds, rule, facts, is_private=data["is_private"])


class BulkForm(DecisionForm):
    """The same for several cases: what can be done to each of them alike."""

    field_order = ("deeds", "rule", "template", "facts", "is_private")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("days", "text", "seen", "product", "into"):
            del self.fields[name]

    @property
    def wanted(self) -> Wanted:
        """As for one case, without what only one case can have."""
        self.cleaned_data |= {"days": None, "text": ""}
        return super().wanted


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Why?"), max_length=500)


class AppealForm(forms.Form):
    """Why a decision was wrong."""

    text = forms.CharField(
        label=_("Why do you think that it was wrong?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Up to 2,000 characters. Somebody else than the first reviewer reads it within a week."),
    )
    file = forms.FileField(label=_("A file that shows it (optional, up to 5 MB)"), required=False)


class AppealAnswerForm(forms.Form):
    """The answer to an appeal."""

    outcome = forms.ChoiceField(
        label=_("Answer"),
        choices=[
            (Appeal.Outcome.UPHELD, _("The decision stands")),
            (Appeal.Outcome.MODIFIED, _("Something milder takes its place")),
            (Appeal.Outcome.OVERTURNED, _("The decision was wrong: bring everything back")),
        ],
        widget=forms.RadioSelect,
    )
    deed = forms.ChoiceField(label=_("In its place"), required=False)
    reason = forms.CharField(
        label=_("Why? The person reads it."), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, names: Iterable[str] = (), by_reporter: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["deed"].choices = [("", _("Choose")), *((name, DEEDS[name].label) for name in names)]
        if by_reporter:
            self.fields["outcome"].choices = [
                (Appeal.Outcome.UPHELD, _("The decision stands")),
                (Appeal.Outcome.OVERTURNED, _("Look at it again: open the case")),
            ]
            del self.fields["deed"]


class ReadingForm(forms.Form):
    """A second judgement, made without knowing the first."""

    outcome = forms.ChoiceField(
        label=_("What do you see?"),
        choices=[(Case.Outcome.ACTED, _("It is against a rule")), (Case.Outcome.LEFT, _("Nothing against the rules"))],
        widget=forms.RadioSelect,
    )
    rule = rules()


class FactForm(forms.Form):
    """One text to choose from."""

    rule = forms.ModelChoiceField(HouseRule.objects.in_force(), label=_("For which rule?"), empty_label=None)
    title = forms.CharField(label=_("Name"), max_length=60)
    text = forms.CharField(label=_("What the person reads"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class RuleForm(forms.ModelForm):
    """One house rule as it is published."""

    class Meta:
        model = HouseRule
        fields = ("title", "text", "severity", "is_sensitive")
        labels = {
            "title": _("Name"),
            "text": _("What it says"),
            "severity": _("Weight in the queue, 0 to 100"),
            "is_sensitive": _("Hard to look at: pictures are veiled, and cases are counted"),
        }
        help_texts = {"severity": "", "is_sensitive": ""}
        widgets = {"text": forms.Textarea(attrs={"rows": 2})}


class PeriodForm(forms.Form):
    """From when until when."""

    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    until = forms.DateField(label=_("To"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))


class PersonForm(forms.Form):
    """Whom a moderator looks for."""

    q = forms.CharField(label=_("Name"), required=False, max_length=60)

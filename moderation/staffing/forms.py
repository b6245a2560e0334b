"""What supervisors note about the team, and what an agent says about the own shift."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from community.catalogue.models import Product
from community.people.models import Person
from moderation.queue.models import Requirement, Skill, Team
from moderation.queue.priority import SEVERITY
from moderation.staffing.models import MOST_AT_HAND


class ShiftForm(forms.Form):
    """Whether items come, and how much at a time."""

    is_on = forms.CharField(required=False)
    capacity = forms.IntegerField(required=False, min_value=1, max_value=MOST_AT_HAND)


class SkillForm(forms.ModelForm):
    """Something that not everybody can do."""

    class Meta:
        model = Skill
        fields = ["name", "is_certificate"]
        labels = {"name": _("Skill"), "is_certificate": _("A certificate: it counts until a day")}
        help_texts: ClassVar[dict[str, Any]] = {"is_certificate": ""}


class TeamForm(forms.ModelForm):
    """People who have a part of the work together."""

    class Meta:
        model = Team
        fields = ["name"]
        labels = {"name": _("Team")}


class MemberForm(forms.Form):
    """Somebody works in a team."""

    person = forms.ModelChoiceField(Person.objects.none(), label=_("Who"), empty_label=_("Choose"))
    team = forms.ModelChoiceField(Team.objects.all(), label=_("Works in"), empty_label=_("Choose"))

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who: Any = self.fields["person"]
        who.queryset = people


class AbilityForm(forms.Form):
    """Somebody can do it; of a certificate, until when."""

    person = forms.ModelChoiceField(Person.objects.none(), label=_("Who"), empty_label=_("Choose"))
    skill = forms.ModelChoiceField(Skill.objects.all(), label=_("Can do"), empty_label=_("Choose"))
    valid_until = forms.DateField(
        label=_("Valid until"), required=False, widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("For certificates: the last day."),
    )  # fmt: skip

    def __init__(self, *args: Any, team: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who: Any = self.fields["person"]
        who.queryset = team


class RequirementForm(forms.Form):
    """What asks for it."""

    skill = forms.ModelChoiceField(Skill.objects.all(), label=_("Asks for"), empty_label=_("Choose"))
    kind = forms.ChoiceField(choices=Requirement.Kind.choices, label=_("Where"))
    value = forms.CharField(max_length=60, label=_("Which"), help_text=_("Like de, bluetooth, beam-2 or safety."))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        kind, value = cleaned.get("kind"), str(cleaned.get("value", "")).strip().casefold()
        if kind == Requirement.Kind.SIGNAL and value and value not in SEVERITY:
            self.add_error("value", _t("Triage sees: %(signals)s.") % {"signals": ", ".join(SEVERITY)})
        if kind == Requirement.Kind.PRODUCT and value and not Product.objects.filter(slug=value).exists():
            self.add_error("value", _t("There is no product with this address."))
        return cleaned

"""The form that makes a key."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.api.models import ApiKey
from community.api.scopes import Act, areas_for, scope
from community.people.models import Person
from community.refusals import Refusal

DAYS = {
    "30": _("30 days"),
    "90": _("90 days"),
    "365": _("A year"),
    "": _("Until I take it back"),
}


class KeyForm(forms.Form):
    """What the program is called, what it may do, and for how long."""

    name = forms.CharField(label=_("What is it for?"), max_length=60, help_text=_("Such as: product page, CRM export"))
    scopes = forms.MultipleChoiceField(label=_("It may"), choices=())
    days = forms.ChoiceField(label=_("Good for"), choices=[*DAYS.items()], required=False, initial="90")

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = areas_for(person)
        allowed = [scope(area, act) for area in self.areas for act in Act]
        self.fields["scopes"].choices = [(one, one) for one in allowed]  # type: ignore[attr-defined]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Each area with its two boxes, as they were ticked."""
        ticked = self["scopes"].value() or []
        return [
            {
                "area": area,
                "label": area.label,
                "boxes": [
                    {"value": scope(area, act), "label": act.label, "is_ticked": scope(area, act) in ticked}
                    for act in Act
                ],
            }
            for area in self.areas
        ]

    def save(self, by: Person) -> tuple[ApiKey, str] | None:
        """Make the key; None when a rule says no, which stands beside the name."""
        data = self.cleaned_data
        until = timezone.now() + timedelta(days=int(data["days"])) if data["days"] else None
        try:
            return ApiKey.objects.make(by=by, name=data["name"], scopes=data["scopes"], expires_at=until)
        except Refusal as refusal:
            self.add_error("name", str(refusal))
            return None

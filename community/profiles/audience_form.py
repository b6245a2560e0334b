"""The form of who sees what: one choice for each field."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.people.audience import Field, Seen, audiences_of
from community.people.models import Person

ON_BOARDS = [(Seen.PUBLIC, _("yes, show my name")), (Seen.NOBODY, _("no, leave me out"))]


class AudienceForm(forms.Form):
    """Whoever is on a board is there for everybody, so that field knows yes and no only."""

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field, seen in audiences_of(person).items():
            choices = ON_BOARDS if field is Field.BOARDS else Seen.choices
            self.fields[field.value] = forms.ChoiceField(choices=choices, label=field.label, initial=seen.value)

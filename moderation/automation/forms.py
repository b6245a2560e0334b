"""The form that composes an automation: when, if, then. What is left empty is not asked, and not done."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from community.catalogue.models import Brand, Product
from community.people.models import Person
from community.people.trust import HIGHEST
from community.policy.models import State
from forums.canned.models import CannedReply
from moderation.automation.acts import ACTS
from moderation.automation.acts.desk import TEAMS
from moderation.automation.conditions import CONDITIONS
from moderation.automation.models import Automation
from moderation.automation.triggers import TRIGGERS
from moderation.flags.models import HouseRule
from moderation.rules.rewriting import RewritingForm

NUMBERS = {"level_most": HIGHEST, "level_least": HIGHEST, "stars_most": 5, "spam": 100, "insult": 100}
NOBODY = ("", "—")


def number(most: int, label: Any = "") -> forms.IntegerField:
    return forms.IntegerField(required=False, min_value=0, max_value=most, label=label)


def choice(label: Any, choices: list[tuple[Any, Any]]) -> forms.TypedChoiceField:
    """One of these or none; the value is of the kind that the choices are."""
    kind = type(choices[0][0]) if choices else str
    return forms.TypedChoiceField(required=False, label=label, choices=[NOBODY, *choices], coerce=kind, empty_value="")


def words(label: Any, most: int, **more: Any) -> forms.CharField:
    return forms.CharField(required=False, label=label, max_length=most, **more)


class AutomationForm(RewritingForm, forms.Form):
    """One automation. A trial and the sentence take it while it is incomplete."""

    name = forms.CharField(label=_("Name"), max_length=80)
    trigger = forms.ChoiceField(label=_("When"), choices=[(one.key, one.label) for one in TRIGGERS.values()])
    hours = forms.IntegerField(label=_("After hours of waiting"), required=False, min_value=1, max_value=720)
    state = forms.ChoiceField(label=_("State"), choices=State.choices, initial=State.SHADOW,
                              help_text=_("In the shadow it writes down what it would do."))  # fmt: skip
    most_an_hour = forms.IntegerField(label=_("At most an hour"), initial=30, min_value=1, max_value=1000,
                                      help_text=_("With more it switches itself off and tells its owner."))  # fmt: skip
    why = forms.CharField(label=_("Why"), max_length=300, help_text=_("For colleagues, in the history."))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, is_draft: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= {f"if_{key}": field for key, field in asked().items()}
        self.fields |= {f"do_{key}": field for key, field in done().items()}
        if is_draft:
            for name in ("name", "why", "state", "most_an_hour"):
                self.fields[name].required = False

    @classmethod
    def saying(cls, row: Automation) -> dict[str, Any]:
        """What the form begins with for a row."""
        told: dict[str, Any] = {
            name: getattr(row, name) for name in ("name", "trigger", "state", "most_an_hour", "version")
        }
        told["hours"] = row.hours or None
        told |= {f"if_{key}": value for key, value in row.conditions.items()}
        told |= {f"do_{key}": value for key, value in row.acts.items() if key != "hide"}
        if hiding := row.acts.get("hide"):
            told |= {"do_hide": hiding["rule"], "do_hide_facts": hiding["facts"]}
        return told

    def clean(self) -> dict[str, Any]:
        """Waiting needs its hours, and taking out of sight its reason."""
        data = super().clean() or {}
        trigger = TRIGGERS.get(data.get("trigger", ""))
        if trigger and trigger.waits and not data.get("hours"):
            self.add_error("hours", ValidationError(_("After how many hours?")))
        if data.get("do_hide") and not data.get("do_hide_facts"):
            self.add_error("do_hide_facts", ValidationError(_("Say what was found: whoever wrote it reads this.")))
        return data

    @property
    def told(self) -> dict[str, Any]:
        """The fields of the row."""
        data = self.cleaned_data
        acts = {key: data[f"do_{key}"] for key in ACTS if data.get(f"do_{key}")}
        if "hide" in acts:
            acts["hide"] = {"rule": acts["hide"], "facts": data.get("do_hide_facts", "")}
        asked_of = {key: data.get(f"if_{key}") for key in CONDITIONS}
        conditions = {key: value for key, value in asked_of.items() if value is not False and value not in (None, "")}
        waits = TRIGGERS[data["trigger"]].waits
        hours = (data.get("hours") or 0) if waits else 0
        told = {"trigger": data["trigger"], "hours": hours, "conditions": conditions, "acts": acts}
        kept = {name: data.get(name) for name in ("name", "state", "most_an_hour")}
        return told | {name: value for name, value in kept.items() if value}

    def drafted(self) -> Automation | None:
        """What is composed so far, kept nowhere; None when it says nothing that could be tried."""
        self.is_valid()
        return Automation(**self.told) if self.cleaned_data.get("trigger") else None

    def save_by(self, person: Person, row: Automation | None) -> Automation:
        """Begin it, or change it from the version that the writer saw."""
        why, told = self.cleaned_data["why"], self.told
        if row is None:
            return Automation.objects.write(by=person, why=why, **told)
        row.rewrite(by=person, why=why, version=self.cleaned_data["version"] or 0, **told)
        return row

    @property
    def ifs(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith("if_")]

    @property
    def thens(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith("do_")]


def asked() -> dict[str, forms.Field]:
    """The fields of the conditions."""
    fields: dict[str, forms.Field] = {key: number(NUMBERS.get(key, 0), one.label) for key, one in CONDITIONS.items()}
    label = {key: one.label for key, one in CONDITIONS.items()}
    fields["product"] = choice(label["product"], list(Product.objects.order_by("name").values_list("pk", "name")))
    fields["brand"] = choice(label["brand"], list(Brand.objects.order_by("name").values_list("slug", "name")))
    fields["tag"] = words(label["tag"], 40)
    fields["language"] = choice(label["language"], list(settings.LANGUAGES))
    fields["words"] = words(label["words"], 500, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
                            help_text=_("One word or phrase a line."))  # fmt: skip
    fields["closed"] = forms.BooleanField(required=False, label=label["closed"])
    return fields


def done() -> dict[str, forms.Field]:
    """The fields of the acts, in the order in which they are done."""
    team = [(person.pk, person.name) for person in colleagues()]
    told = [*((f"role:{role.value}", label) for role, label in TEAMS.items()), *((f"person:{pk}", n) for pk, n in team)]
    shared = CannedReply.objects.exclude(audience=CannedReply.Audience.OWN).filter(retired_at=None).order_by("name")
    rules = HouseRule.objects.order_by("position").values_list("slug", "title")
    return {
        "tag": words(_("Add tags"), 120, help_text=_("With commas.")),
        "move": choice(_("Move it to"), list(Product.objects.order_by("name").values_list("pk", "name"))),
        "follow": choice(_("Let somebody follow it"), team),
        "assign": choice(_("Give the item to"), team),
        "raise": forms.BooleanField(required=False, label=_("Put it up in the queue")),
        "tell": choice(_("Tell"), told),
        "reply": choice(_("Comment with a shared template"), list(shared.values_list("pk", "name"))),
        "review": words(_("Put it up for review, because"), 300),
        "hide": choice(_("Take it out of sight until somebody has looked, by the rule"), list(rules)),
        "hide_facts": words(_("What was found, for its author"), 500),
    }


def colleagues() -> list[Person]:
    """The people of the team, by their public names."""
    people = Person.objects.active().with_role(*TEAMS).order_by("username")
    return sorted(people, key=lambda person: person.name)


class WhyForm(forms.Form):
    """Why something is taken back."""

    why = forms.CharField(label=_("Why"), max_length=300)

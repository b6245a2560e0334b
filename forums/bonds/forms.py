"""Choosing somebody of the team again."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.people.models import Person
from forums.bonds.models import Wish
from forums.bonds.offering import Offer, offers_for
from forums.threads.models import Thread


class AgainField(forms.ChoiceField):
    """Anybody of the team, or somebody who has helped before."""

    widget = forms.RadioSelect

    def __init__(self, offers: list[Offer], **kwargs: Any) -> None:
        self.agents = {offer.handle: offer.agent for offer in offers}
        named = [(offer.handle, offer.words[:1].upper() + offer.words[1:]) for offer in offers]
        choices = [("", _("Anybody on the team")), *named]
        super().__init__(choices=choices, required=False, label=_("Who should answer?"), **kwargs)

    def chosen(self, handle: str) -> Person | None:
        """The person of this choice."""
        return self.agents.get(handle)


class AgainForm(forms.Form):
    """The choice on one's own question."""

    def __init__(self, *args: Any, thread: Thread, by: Person, wish: Wish | None, **kwargs: Any) -> None:
        initial = {"agent": wish.agent.handle if wish and not wish.passed_on_at else ""}
        super().__init__(*args, initial=initial, **kwargs)
        self.thread, self.by, self.wish = thread, by, wish
        self.offers = offers_for(by, thread)
        self.fields["agent"] = AgainField(self.offers)

    def save(self) -> None:
        """Ask for the person, or for nobody in particular."""
        field: Any = self.fields["agent"]
        agent = field.chosen(self.cleaned_data["agent"])
        if agent:
            Wish.objects.ask_again(self.thread, agent, by=self.by)
        elif self.wish:
            self.wish.take_back(by=self.by)

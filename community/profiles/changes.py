"""Changes of profiles and personas that wait for a look."""

from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.live.purging import purge
from community.people.models import Persona
from community.policy.changing import Waiting, waits


@waits("profile")
class ProfileChange(Waiting):
    """What somebody says of themselves."""

    label = gettext_lazy("Profile")
    names: ClassVar[dict[str, Any]] = {"about": gettext_lazy("About"), "topics": gettext_lazy("Knows about")}

    @property
    def title(self) -> str:
        return _("Profile of %(who)s") % {"who": self.row.name}

    def publish(self) -> None:
        for name, text in self.change.texts.items():
            setattr(self.row, name, text)
        self.row.save(update_fields=list(self.change.texts))
        purge("people", f"person-{self.row.pk}")


@waits("persona")
class PersonaChange(Waiting):
    """The public face of somebody on the team. The row is the person: there may be no persona yet."""

    label = gettext_lazy("Persona")
    names: ClassVar[dict[str, Any]] = {
        "alias": gettext_lazy("Public name"),
        "topics": gettext_lazy("Knows about"),
        "hours": gettext_lazy("Hours"),
        "can_do": gettext_lazy("Can do for you"),
        "cannot_do": gettext_lazy("Cannot do"),
    }

    @property
    def title(self) -> str:
        return _("Persona of %(who)s") % {"who": self.row.username}

    def now(self) -> dict[str, str]:
        persona = self.persona
        return {name: str(getattr(persona, name)) for name in self.change.texts}

    def publish(self) -> None:
        persona = self.persona
        for name, text in self.change.texts.items():
            setattr(persona, name, text)
        persona.save()
        persona.put_on()
        purge("people", f"person-{self.row.pk}")

    @property
    def persona(self) -> Persona:
        """The one there is, or the one that is to be."""
        return Persona.objects.filter(person=self.row).first() or Persona(person=self.row)

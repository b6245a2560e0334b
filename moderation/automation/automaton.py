"""The automaton: the account under which automations tag, move, hand over and write. Nobody can sign in to it.

It has no role. What it may do is what its acts need, and only the code of this part acts as it.
"""

from django.conf import settings
from django.utils.translation import gettext as _

from community.people.models import Person, Persona
from community.people.roles import Capability
from moderation.automation.models import Account

USERNAME = "automation"
MAY = {
    Capability.ANSWER_AS_STAFF,
    Capability.WORK_THE_QUEUE,
    Capability.ASSIGN_OTHERS,
    Capability.RESHAPE_THREADS,
}


class Automaton(Person):
    """That account, with what it may do."""

    class Meta:
        proxy = True

    @property
    def is_team(self) -> bool:
        return True

    @property
    def is_automaton(self) -> bool:
        """What it writes is labelled so, and never counts as the team's answer."""
        return True

    def can(self, capability: Capability, brand: str | None = None) -> bool:
        return capability in MAY

    def brands_for(self, capability: Capability) -> set[str] | None:
        return None if capability in MAY else set()


def automaton() -> Automaton:
    """The account, made when it is first needed, with a public name that says what it is."""
    account = Account.objects.first()
    if account is None:
        account = Account.objects.create(person=new_account())
    return Automaton.objects.get(pk=account.person_id)


def new_account() -> Person:
    """Under a name that nobody has yet. It has no password and no mailbox."""
    taken = Person.objects.filter(username_key__startswith=USERNAME).count()
    name = f"{USERNAME}-{taken + 1}" if taken else USERNAME
    person = Person.objects.create_user(name, f"{name}@automation.invalid", None)
    Persona.objects.introduce(person, alias=_("%(team)s automation") % {"team": settings.TEAM_NAME})
    return person


def is_of_automaton(actor_id: int | None) -> bool:
    """Whether an event was its doing."""
    return actor_id is not None and Account.objects.filter(person=actor_id).exists()

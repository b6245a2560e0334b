"""Coming back after a ban: what a person can be recognised by, and the case that a look-alike opens."""

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.events.recording import record
from community.events.verbs import Verb
from community.people.mailboxes import plainest
from community.people.models import Person
from moderation.decisions.models import Ban
from moderation.decisions.models.ban import mark
from moderation.flags.models import Case
from moderation.flags.rule_names import named

RULE = named("evasion", gettext_lazy("Somebody banned, again?"))


def marks_of(person: Person) -> list[str]:
    """Their addresses in the plainest form, and each network with the browser that was used in it."""
    addresses = {person.email, *EmailAddress.objects.filter(user=person).values_list("email", flat=True)}
    devices = UserSession.objects.filter(user=person).values_list("ip", "user_agent")
    marks = {mark("email", plainest(address)) for address in addresses if address}
    return sorted(marks | {mark("device", f"{ip} {agent}") for ip, agent in devices if ip})


def look_for_return(person: Person) -> Case | None:
    """A case about the account when it looks like one that was banned. It may be a flatmate: a person decides."""
    ban = Ban.objects.resembling(marks_of(person)).exclude(person=person).select_related("person").first()
    if ban is None:
        return None
    reason = _("Looks like %(who)s, who was banned: the same address or device.") % {"who": ban.person}
    case = Case.objects.open_about(person, rule=RULE, reason=reason, points=40)
    record(Verb.EVASION_SUSPECTED, actor=None, subject=person, ban=ban.pk, case=case.pk)
    return case

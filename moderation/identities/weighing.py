"""What speaks for it: one function for each reason, with its points. Together they never reach a proof."""

from collections.abc import Callable
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.utils.translation import gettext_lazy as _

from community.people.mailboxes import plainest
from community.people.models import Person, name_key

PROOF, MOST = 100, 90
"""Only a sign-in proves; whatever else speaks for it stays below."""
SHORTEST = 3


@dataclass(frozen=True)
class Reason:
    """One thing that speaks for it."""

    code: str
    points: int

    @property
    def sentence(self) -> str:
        """The reason for the page."""
        return str(SENTENCES.get(self.code, self.code))


SENTENCES = {
    "signed_in": _("signed in with it here"),
    "same_name": _("the same name as here"),
    "like_name": _("a name like the one here"),
    "says_so": _("named in their own profile"),
    "seen": _("somebody of the team saw it"),
    "told": _("a program of the team told it"),
    "same_phone": _("the same telephone number"),
    "same_order": _("the same order number"),
    "same_mailbox": _("the same mailbox"),
    "like_accounts": _("names that are alike"),
}


def bare(name: str) -> str:
    """A name without what only decorates it."""
    return "".join(sign for sign in name_key(name) if sign.isalnum())


def same_name(person: Person, name: str) -> int:
    return 50 if bare(name) == bare(person.username) else 0


def like_name(person: Person, name: str) -> int:
    mine, theirs = bare(person.username), bare(name)
    is_like = mine != theirs and len(mine) >= SHORTEST and (theirs.startswith(mine) or theirs.endswith(mine))
    return 20 if is_like else 0


def says_so(person: Person, name: str) -> int:
    return 30 if len(bare(name)) >= SHORTEST and bare(name) in bare(person.about) else 0


OF_HANDLES: list[Callable[[Person, str], int]] = [same_name, like_name, says_so]


def for_handle(person: Person, name: str, *, told_by: str) -> list[Reason]:
    """What speaks for it that a name elsewhere is this person; `told_by` is "seen" or "told"."""
    found = [Reason(factor.__name__, factor(person, name)) for factor in OF_HANDLES]
    return [Reason(told_by, 10), *(reason for reason in found if reason.points)]


def same_phone(one: Person, other: Person) -> int:
    return 40 if one.phone and one.phone == other.phone else 0


def same_order(one: Person, other: Person) -> int:
    mine, theirs = (
        {number for number in person.ownerships.values_list("order_number", flat=True) if number}
        for person in (one, other)
    )
    return 40 if mine & theirs else 0


def same_mailbox(one: Person, other: Person) -> int:
    """Ana+shop@ and ana@ are read by one person; only confirmed addresses count."""
    mine, theirs = (
        {plainest(address.email) for address in EmailAddress.objects.filter(user=person, verified=True)}
        for person in (one, other)
    )
    return 50 if mine & theirs else 0


def like_accounts(one: Person, other: Person) -> int:
    return (
        15 if same_name(one, other.username) or like_name(one, other.username) or like_name(other, one.username) else 0
    )


OF_PEOPLE: list[Callable[[Person, Person], int]] = [same_phone, same_order, same_mailbox, like_accounts]


def for_people(one: Person, other: Person) -> list[Reason]:
    """What speaks for it that two accounts are one person."""
    found = [Reason(factor.__name__, factor(one, other)) for factor in OF_PEOPLE]
    return [reason for reason in found if reason.points]


def confidence(reasons: list[Reason]) -> int:
    """The points together, in per cent, never as much as a proof."""
    return min(MOST, sum(reason.points for reason in reasons))

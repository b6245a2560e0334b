"""Who is an insider: one rule for each way of knowing. They are asked when somebody writes, and again every hour."""

from collections.abc import Callable
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from community.people.models import Person
from community.people.roles import STAFF_ROLES
from community.refusals import Refusal
from forums.reviews.models.insider import Insider, Tie, told_of
from forums.reviews.models.policy import ReviewPolicy
from forums.reviews.models.trace import Came, StaffDevice

SEEN_WITHIN = timedelta(days=30)
"""So long a device of the team's is taken for one."""

Rule = Callable[[Person, Came, ReviewPolicy], str]


def by_row(person: Person, came: Came, policy: ReviewPolicy) -> str:
    """Known already: from the directory, by their own word, or by hand."""
    row = Insider.objects.standing().filter(person=person).first()
    return row.tie if row else ""


def by_role(person: Person, came: Came, policy: ReviewPolicy) -> str:
    """They have a role of the team's."""
    return Tie.ROLE if person.is_team else ""


def by_address(person: Person, came: Came, policy: ReviewPolicy) -> str:
    """One of their mail addresses is the company's, or a partner's."""
    domains = domains_of(person)
    if domains & set(settings.COMPANY_MAIL_DOMAINS):
        return Tie.ADDRESS
    return Tie.PARTNER if domains & policy.partners else ""


def by_device(person: Person, came: Came, policy: ReviewPolicy) -> str:
    """Somebody of the team has signed in from the same device within a month."""
    if not came.device:
        return ""
    known = StaffDevice.objects.filter(device=came.device, seen_at__gte=timezone.now() - SEEN_WITHIN)
    return Tie.DEVICE if known.exclude(person=person).exists() else ""


RULES: list[Rule] = [by_row, by_role, by_address, by_device]


def tie_of(person: Person, came: Came, policy: ReviewPolicy) -> str:
    """The first tie to the company that a rule finds; empty for customers."""
    ended = Insider.objects.filter(person=person, ended_at__isnull=False)
    cleared = set(ended.values_list("tie", flat=True))  # somebody looked, and it was a mistake
    return next((tie for rule in RULES if (tie := rule(person, came, policy)) and tie not in cleared), "")


def refuse_insider(tie: str) -> Refusal:
    """The site does not publish what insiders think of their own products."""
    sentence = _(
        "%(tie)s: whoever is close to the company does not review it here. This protects you as well: nobody can be "
        "asked to write one. If this is wrong, tell the team."
    )
    return Refusal(
        sentence % {"tie": told_of(tie)}, code="insider", status=403, tie=tie, url="/reviews/how-we-check/#insiders"
    )


def refused_here(person: Person, came: Came) -> str:
    """What insiders read before they type, where the site would refuse their review; nothing for anybody else."""
    policy = ReviewPolicy.objects.in_force()
    tie = tie_of(person, came, policy) if policy.blocks_insiders else ""
    return str(refuse_insider(tie)) if tie else ""


def domains_of(person: Person) -> set[str]:
    """Of all their mail addresses."""
    addresses = {person.email, *EmailAddress.objects.filter(user=person).values_list("email", flat=True)}
    return {address.rpartition("@")[2].lower() for address in addresses}


def look_again() -> int:
    """Find insiders among those who have written reviews that count. Answers how many were new."""
    policy = ReviewPolicy.objects.in_force()
    domains = [*settings.COMPANY_MAIL_DOMAINS, *policy.partners]
    ends = Q()
    for domain in domains:
        ends |= Q(email__iendswith=f"@{domain}")
    team = Q(pk__in=Person.objects.with_role(*STAFF_ROLES).values("pk"))
    mailboxes = EmailAddress.objects.filter(ends, user=OuterRef("pk")) if domains else EmailAddress.objects.none()
    suspects = Person.objects.filter(team | Exists(mailboxes) | (ends if domains else Q(pk=None)))
    suspects = suspects.filter(reviews__aside__isnull=True, reviews__isnull=False).distinct()
    found = 0
    for person in suspects:
        if tie := tie_of(person, Came(), policy):
            Insider.objects.find(person, tie, by=None)
            found += 1
    return found


def take_directory(addresses: list[str], *, by: Person) -> list[Person]:
    """The company's directory names these mail addresses. Answers the people here who are among them."""
    wanted = {address.strip().lower() for address in addresses if "@" in address}
    known = EmailAddress.objects.filter(verified=True, email__in=wanted).values("user")
    people = list(Person.objects.filter(Q(email__in=wanted) | Q(pk__in=known)).order_by("pk"))
    for person in people:
        Insider.objects.find(person, Tie.DIRECTORY, by=by)
    return people


def note_staff_device(person: Person, came: Came) -> None:
    """Somebody of the team has signed in from here."""
    if came.device and person.is_team:
        now = timezone.now()
        StaffDevice.objects.update_or_create(person=person, device=came.device, defaults={"seen_at": now})
        StaffDevice.objects.filter(seen_at__lt=now - SEEN_WITHIN).delete()

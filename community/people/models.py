"""The people of the community: accounts, what they may do, and the public face of staff."""

import unicodedata
from datetime import datetime
from typing import Any, NamedTuple, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import formats, timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from community.people.contacting import ContactablePerson
from community.people.faces import FacedPeople, FacedPerson, PersonaQuerySet, ShownPersona
from community.people.granting import GrantablePerson, RevocableGrant
from community.people.picturing import PicturedPerson
from community.people.roles import CAPABILITIES, READING_ROLES, STAFF_ROLES, Capability, Role
from community.people.suspending import SuspendablePerson
from community.prepared import Prepared


class Held(NamedTuple):
    """A role that somebody holds now, for one brand (its slug) or, when empty, for all."""

    role: Role
    brand: str


def name_key(name: str) -> str:
    """The form in which two names count as the same (NFKC, case-folded)."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


class PersonQuerySet(FacedPeople):
    """Ways to ask for people."""

    def active(self) -> Self:
        """People who may sign in."""
        return self.filter(is_active=True)

    def not_suspended(self, at: datetime | None = None) -> Self:
        """People whom no suspension keeps out at this moment, or now."""
        return self.exclude(models.Exists(Suspension.objects.in_force(at).filter(person=models.OuterRef("pk"))))

    def with_role(self, *roles: Role) -> Self:
        """People who hold one of these roles now."""
        now = timezone.now()
        return self.filter(
            models.Q(grants__expires_at__isnull=True) | models.Q(grants__expires_at__gt=now),
            grants__role__in=roles,
            grants__revoked_at__isnull=True,
        ).distinct()


class PersonManager(BaseUserManager.from_queryset(PersonQuerySet)):  # type: ignore[misc]
    """Makes accounts; sign-up itself is allauth's."""

    def create_user(self, username: str, email: str = "", password: str | None = None, **fields: Any) -> "Person":
        person = self.model(username=username, email=self.normalize_email(email), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(username_key=name_key(username or ""))


class Person(FacedPerson, PicturedPerson, SuspendablePerson, GrantablePerson, ContactablePerson, AbstractBaseUser):
    """Somebody with an account. In public they are called by `name`; contact data is shown by `contact_for` only."""

    username = models.CharField(max_length=40)
    username_key = models.CharField(max_length=80, unique=True, editable=False)
    shown_as = models.CharField(max_length=60, blank=True, editable=False, help_text="kept: the alias of the persona")
    face = models.CharField(max_length=60, blank=True, editable=False, help_text="kept: the persona's address")
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True, db_default="", help_text="contact data, like the address")
    about = models.CharField(max_length=300, blank=True)
    topics = models.CharField(max_length=200, blank=True, help_text="what they say they know about, with commas")
    locale = models.CharField(max_length=12, default="en")
    time_zone = models.CharField(max_length=50, default="Europe/Berlin")
    hue = models.PositiveSmallIntegerField(default=200, help_text="colour of the drawn avatar, degrees")
    picture = models.CharField(
        max_length=40, blank=True, default="", db_default="", editable=False, help_text="file of their own"
    )
    level = models.PositiveSmallIntegerField(default=0, help_text="trust level, 0 (new) to 4")
    badges = models.CharField(max_length=60, blank=True, editable=False, help_text="kept: badges beside the name")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = PersonManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["email"]

    class Meta:
        verbose_name_plural = "people"
        indexes = [models.Index(fields=["email"], name="person_by_email")]
        constraints = [
            models.UniqueConstraint(fields=["face"], condition=~models.Q(face=""), name="one_person_per_face"),
            models.UniqueConstraint(fields=["picture"], condition=~models.Q(picture=""), name="one_person_per_picture"),
        ]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def key_of(name: str) -> str:
        """The form in which two names count as the same."""
        return name_key(name)

    def clean_fields(self, exclude: Any = None) -> None:
        self.username_key = name_key(self.username)
        super().clean_fields(exclude=exclude)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.username_key = name_key(self.username)  # one account per look of a name, whoever saves it
        super().save(*args, **kwargs)

    # What this person may do.

    @cached_property
    def current_grants(self) -> list[Held]:
        """The roles held now."""
        return [Held(Role(role), brand) for role, brand in held_now.rows(person=self.pk, now_at=timezone.now())]

    @property
    def roles(self) -> set[Role]:
        return {grant.role for grant in self.current_grants}

    def can(self, capability: Capability, brand: str | None = None) -> bool:
        """Whether this person may do it, for this brand (its slug) or, without one, anywhere."""
        return self.is_active and any(
            capability in CAPABILITIES[grant.role]
            for grant in self.current_grants
            if not brand or grant.brand in ("", brand)
        )

    def brands_for(self, capability: Capability) -> set[str] | None:
        """Slugs of the brands for which the person may do it; None when it is all of them."""
        slugs = {g.brand for g in self.current_grants if capability in CAPABILITIES[g.role]}
        return None if "" in slugs else slugs

    @property
    def is_team(self) -> bool:
        """Whether the person works for the company."""
        return bool(self.roles & STAFF_ROLES)

    @property
    def only_reads(self) -> bool:
        """Whether they work here to look, and for nothing else."""
        jobs = self.roles & STAFF_ROLES
        return bool(jobs) and jobs <= READING_ROLES

    @property
    def is_champion(self) -> bool:
        return Role.CHAMPION in self.roles

    @property
    def is_suspended(self) -> bool:
        return self.suspensions.in_force().exists()

    # What Django's admin asks.

    @property
    def is_staff(self) -> bool:
        return self.can(Capability.ADMINISTER)

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return self.is_staff

    def has_perms(self, perm_list: Any, obj: Any = None) -> bool:
        return self.is_staff

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_staff


class GrantQuerySet(models.QuerySet["Grant"]):
    """Ways to ask for grants."""

    def in_force(self, at: datetime | None = None) -> Self:
        """Neither revoked nor expired at this moment, or now."""
        fresh = models.Q(expires_at__isnull=True) | models.Q(expires_at__gt=at or timezone.now())
        return self.filter(fresh, revoked_at__isnull=True)


class Grant(RevocableGrant, models.Model):
    """A role that a person has, for one brand or everywhere, until some time or for good."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=30, choices=[(role, role) for role in Role])
    brand = models.SlugField(blank=True, help_text="slug of the brand it is limited to; empty means everywhere")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="granted")
    reason = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role", "brand"],
                condition=models.Q(revoked_at__isnull=True),
                name="one_open_grant_per_person_role_and_brand",
            )
        ]


held_now = Prepared(
    lambda person, now_at: Grant.objects.in_force(now_at).filter(person=person).values_list("role", "brand"),
    person=int,
    now_at=datetime,
)


class Persona(ShownPersona, models.Model):
    """The public face of somebody on the team: an alias, and what to expect of them."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="persona")
    alias = models.CharField(max_length=60, unique=True)
    photo = models.ImageField(upload_to="personas/", blank=True)
    languages = models.CharField(max_length=60, default="en", help_text="codes, separated by spaces")
    hours = models.CharField(max_length=120, blank=True, help_text="such as Mon–Fri 09:00–17:00")
    topics = models.CharField(max_length=200, blank=True)
    can_do = models.CharField(max_length=300, blank=True)
    cannot_do = models.CharField(max_length=300, blank=True)

    objects = PersonaQuerySet.as_manager()

    def __str__(self) -> str:
        return self.alias


class SuspensionQuerySet(models.QuerySet["Suspension"]):
    """Ways to ask for suspensions."""

    def in_force(self, at: datetime | None = None) -> Self:
        """Not lifted, and not over at this moment, or now."""
        lasting = models.Q(until__isnull=True) | models.Q(until__gt=at or timezone.now())
        return self.filter(lasting, lifted_at__isnull=True)


class Suspension(models.Model):
    """A person may not sign in for a while: by whom, why, and until when."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="suspensions")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=500)
    created_at = models.DateTimeField(auto_now_add=True)
    until = models.DateTimeField(null=True, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects = SuspensionQuerySet.as_manager()

    @property
    def sentence(self) -> str:
        """What the person is told at the door."""
        if self.until is None:
            return _("This account is suspended: %(reason)s") % {"reason": self.reason}
        until = formats.date_format(timezone.localtime(self.until), "DATETIME_FORMAT")
        return _("This account is suspended until %(until)s: %(reason)s") % {"until": until, "reason": self.reason}

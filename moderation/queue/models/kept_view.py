"""A view that somebody named and kept: a search of the desk with a name, for themselves or for all of the team."""

from typing import Any, Self

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.people.roles import Capability
from community.policy.gate import check
from community.refusals import Refusal
from moderation.queue.models.claim import refuse_without_queue

MOST_OWN = 30
LIVE = "state:live"


class KeptViewQuerySet(models.QuerySet["KeptView"]):
    """Which kept views."""

    def visible_to(self, person: Any) -> Self:
        """Whoever works the queue opens any by its address; what they find in it is what they may see anyway."""
        return self if person.is_authenticated and person.can(Capability.WORK_THE_QUEUE) else self.none()

    def listed_for(self, person: Any) -> Self:
        """Those at their side: their own, and those for all."""
        return self.visible_to(person).beside(person)

    def beside(self, person: Any) -> Self:
        """The same of somebody, or of their key, who works the queue."""
        return self.filter(models.Q(owner=person) | models.Q(audience=KeptView.Audience.ALL))

    @transaction.atomic
    def keep(self, *, by: Person, name: str, query: str, audience: str) -> "KeptView":
        """Keep a search under a name. What names no state means what is not closed, and says so."""
        refuse_without_queue(by)
        if self.filter(owner=by).count() >= MOST_OWN:
            raise Refusal(_("You keep %(most)s views. Drop one that you no longer open.") % {"most": MOST_OWN})
        check(name, by=by, where="note").enforce()
        query = query if "state:" in query else f"{query} {LIVE}".strip()
        view, _is_new = self.update_or_create(
            owner=by, name=name.strip(), defaults={"query": query, "audience": audience}
        )
        record(Verb.VIEW_KEPT, actor=by, subject=view, audience=audience)
        return view


class KeptView(models.Model):
    """A name, and what stands in the search for it."""

    class Audience(models.TextChoices):
        OWN = "own", _l("Only at my side")
        ALL = "all", _l("At everybody’s side")

    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="kept_views")
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=120)
    audience = models.CharField(max_length=4, choices=Audience.choices, default=Audience.OWN)
    created_at = models.DateTimeField(default=timezone.now)

    objects = KeptViewQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="kept_views_have_names")]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        """Its name in addresses."""
        return f"kept-{self.pk}"

    def is_dropped_by(self, person: Any) -> bool:
        """Its owner, and supervisors for what is at everybody's side."""
        is_for_all = self.audience == self.Audience.ALL
        return bool(self.owner_id == person.pk or (is_for_all and person.can(Capability.SUPERVISE)))

    @transaction.atomic
    def drop(self, *, by: Person) -> None:
        """It is at nobody's side any longer."""
        if not self.is_dropped_by(by):
            raise Refusal(_("Only who keeps a view drops it."), code="not_yours", status=403)
        record(Verb.VIEW_DROPPED, actor=by, subject=self)
        self.delete()

"""A bond: somebody of the team has helped a customer before. And the wish to be helped by the same person again."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.people.absence import Presence, can_answer, presence_of
from community.people.distance import Block
from community.people.models import Person
from community.people.roles import Capability
from community.refusals import Refusal
from forums.threads.models import Thread


class BondQuerySet(models.QuerySet["Bond"]):
    """How a bond is kept."""

    def keep(self, customer: Person, agent: Person, at: datetime) -> None:
        """The agent has helped the customer. Told again, or late, the newest moment stays."""
        if customer.pk == agent.pk or not agent.face:
            return
        bond, is_new = self.get_or_create(customer=customer, agent=agent, defaults={"last_at": at})
        if not is_new and at > bond.last_at:
            self.filter(pk=bond.pk).update(last_at=at)

    def of(self, customer: Person) -> list["Bond"]:
        """With people of the team who answer today and have not blocked the customer; the latest first."""
        blocked = Block.objects.filter(other=customer).values("person")
        rows = self.filter(customer=customer).exclude(agent__in=blocked).exclude(agent__face="")
        bonds = rows.select_related("agent__persona").order_by("-last_at")[:6]
        return [bond for bond in bonds if can_answer(bond.agent)][:3]


class Bond(models.Model):
    """Somebody of the team has helped a customer, in public or in private. What was said is not in it."""

    customer = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="bonds")
    agent = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    last_at = models.DateTimeField()

    objects = BondQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["customer", "agent"], name="one_bond_per_customer_and_agent")]


class WishQuerySet(models.QuerySet["Wish"]):
    """How somebody is asked for by name."""

    @transaction.atomic
    def ask_again(self, thread: Thread, agent: Person, *, by: Person) -> "Wish":
        """The asker would like the same person again. Whoever stands in while they are away is told at once."""
        if thread.author_id != by.pk:
            raise Refusal(_("Only who asked chooses who should answer."), code="not_yours", status=403)
        if agent.pk not in {bond.agent_id for bond in Bond.objects.of(by)} or not is_for(agent, thread):
            raise Refusal(_("The team answers you. Nobody can be chosen by that name."), code="not_offered", status=422)
        substitute = presence_of(agent).substitute
        if substitute and not (is_for(substitute, thread) and is_open_to(substitute, by)):
            substitute = None
        facts = {"agent": agent, "substitute": substitute, "passed_on_at": None}
        wish, _is_new = self.update_or_create(thread=thread, defaults=facts)
        expected = substitute or agent
        record(Verb.AGENT_ASKED_FOR, actor=by, subject=thread, agent=agent.pk, expected=expected.pk)
        return wish


class Wish(models.Model):
    """A customer asks for somebody of the team by name, for one thread. Taking it back deletes the row."""

    thread = models.OneToOneField(Thread, on_delete=models.CASCADE, primary_key=True, related_name="wish")
    agent = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    substitute = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    passed_on_at = models.DateTimeField(null=True, blank=True, help_text="since then the whole team has it")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = WishQuerySet.as_manager()

    @property
    def expected(self) -> Person:
        """Who will answer: the person asked for, or who stands in for them."""
        return self.substitute or self.agent

    @property
    def presence(self) -> Presence:
        return presence_of(self.agent)

    @transaction.atomic
    def take_back(self, *, by: Person) -> None:
        """Anybody of the team may answer after all."""
        record(Verb.AGENT_NOT_ASKED_FOR, actor=by, subject=self.thread, agent=self.agent_id)
        self.delete()

    def pass_on(self, at: datetime) -> None:
        """The team has it now: the person asked for could not come to it, or gave it away."""
        self.passed_on_at = at
        self.save(update_fields=["passed_on_at"])


def is_for(agent: Person, thread: Thread) -> bool:
    """Whether the agent works for the brand of the thread."""
    brands = agent.brands_for(Capability.WORK_THE_QUEUE)
    return brands is None or (thread.product is not None and thread.product.brand.slug in brands)


def is_open_to(agent: Person, customer: Any) -> bool:
    """Whether the agent has not blocked the customer."""
    return not Block.objects.filter(person=agent, other=customer).exists()


def first_name(alias: str) -> str:
    """The name without its field: "Dora" of "Dora, Bluetooth"."""
    return alias.split(",")[0].strip() or settings.TEAM_NAME

"""Canned replies: words that somebody needs again and again. The desk and public threads offer the same ones."""

from typing import Any, Self

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.catalogue.models import Product
from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.policy.checks.copied import mark_of, meant_for_many
from community.policy.gate import Verdict, check
from community.policy.models import HeldChange
from community.refusals import Refusal, Stale
from forums.threads.models import Post, Thread
from forums.threads.speaking import is_experienced

MOST_OWN = 100


class CannedReplyQuerySet(models.QuerySet["CannedReply"]):
    """Which canned replies."""

    def visible_to(self, person: Any) -> Self:
        """One's own and, of the shared ones, those for people like oneself. Retired ones only their owner sees."""
        if not is_experienced(person):
            return self.none()
        audiences = [CannedReply.Audience.HELPERS, *([CannedReply.Audience.TEAM] if person.is_team else [])]
        shared = models.Q(audience__in=audiences, retired_at__isnull=True)
        return self.filter(shared | models.Q(owner=person))

    def offered_to(self, person: Any, product: Product | None) -> Self:
        """What a composer offers about this product: for it or for any, the most used first."""
        fits = models.Q(product__isnull=True) | (models.Q(product=product) if product else models.Q(pk__in=[]))
        return self.visible_to(person).filter(fits, retired_at__isnull=True).order_by("-use_count", "name")

    @transaction.atomic
    def keep(self, *, by: Person, name: str, source: str, audience: str, product: Product | None = None) -> Any:
        """Write one down. Raises the Refusal of those who may not, and of the gate."""
        refuse_unless_user(by)
        if self.filter(owner=by, retired_at__isnull=True).count() >= MOST_OWN:
            raise Refusal(_("You have %(most)s templates. Retire one that you no longer use.") % {"most": MOST_OWN})
        refuse_audience(audience, by)
        verdict = check(source, title=name, by=by, where="canned").enforce()
        is_held = verdict.is_held and audience != CannedReply.Audience.OWN
        shown_to = CannedReply.Audience.OWN if is_held else audience  # its owner may read it in any case
        row = self.create(owner=by, name=name, source=source, audience=shown_to, product=product)
        if is_held:
            hold_template(row, name, source, audience, product, by, verdict)
        elif audience != CannedReply.Audience.OWN:
            record(Verb.CANNED_SHARED, actor=by, subject=row, audience=audience)
        return row


@meant_for_many
def is_shared_template(text: str) -> bool:
    """Words that somebody keeps for others to use."""
    shared = CannedReply.objects.exclude(audience=CannedReply.Audience.OWN).filter(retired_at__isnull=True)
    return mark_of(text) in {mark_of(source) for source in shared.values_list("source", flat=True)}


class CannedReply(models.Model):
    """A name to find it by, and Markdown with places such as {name}. Its owner changes it; others may only use it."""

    class Audience(models.TextChoices):
        OWN = "own", gettext_lazy("Only me")
        TEAM = "team", gettext_lazy("The team")
        HELPERS = "helpers", gettext_lazy("The team, champions and experienced members")

    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="canned_replies")
    name = models.CharField(max_length=60)
    source = models.TextField(max_length=8000)
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.OWN)
    product = models.ForeignKey(Product, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    use_count = models.PositiveIntegerField(default=0, help_text="kept: how often it was sent")
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = CannedReplyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "canned replies"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"], condition=models.Q(retired_at__isnull=True), name="canned_replies_have_names"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def is_editable_by(self, person: Any) -> bool:
        """Its owner, and for shared ones whoever tends what the community shares."""
        is_shared = self.audience != self.Audience.OWN
        return person.pk == self.owner_id or (is_shared and may_share(person) and person.is_team)

    @transaction.atomic
    def change(
        self, *, by: Person, name: str, source: str, audience: str, product: Product | None, version: int
    ) -> None:
        """Say it better. Raises Stale when somebody else has changed it since."""
        row = self._locked(by)
        if row.version != version:
            raise Stale(row)
        if audience != row.audience:
            refuse_audience(audience, by)
        verdict = check(source, title=name, by=by, where="canned").enforce()
        if verdict.is_held and audience != self.Audience.OWN:
            hold_template(row, name, source, audience, product, by, verdict)
            return
        HeldChange.objects.withdraw(row, "canned", by=by)
        row.put(name, source, audience, product, by=by)

    def put(self, name: str, source: str, audience: str, product: Product | None, *, by: Person) -> None:
        """This is what it says from now on, and to whom it is offered."""
        self.name, self.source, self.audience, self.product = name, source, audience, product
        self.version, self.changed_at = self.version + 1, timezone.now()
        self.save()
        if audience != self.Audience.OWN:
            record(Verb.CANNED_SHARED, actor=by, subject=self, audience=audience)

    @transaction.atomic
    def retire(self, *, by: Person) -> None:
        """Offer it no more; what was sent with it stays counted. Repeating it changes nothing."""
        row = self._locked(by)
        if row.retired_at is None:
            row.retired_at = timezone.now()
            row.save(update_fields=["retired_at"])
            record(Verb.CANNED_RETIRED, actor=by, subject=row)

    def _locked(self, by: Person) -> "CannedReply":
        row = CannedReply.objects.select_for_update(of=("self",)).get(pk=self.pk)
        if not row.is_editable_by(by):
            raise Refusal(_("Only its owner and the team change a template."), code="not_yours", status=403)
        return row


class CannedUseQuerySet(models.QuerySet["CannedUse"]):
    """Where canned replies were sent."""

    def were_marked(self, thread: Thread, score: int) -> None:
        """Whoever asked there said how satisfied they were, from 1 to 5: it counts for what was sent there before."""
        self.filter(post__thread=thread).update(score=score)


class CannedUse(models.Model):
    """It was sent, in this post: unchanged or worked over."""

    reply = models.ForeignKey(CannedReply, on_delete=models.CASCADE, related_name="uses")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+")
    is_verbatim = models.BooleanField(help_text="nothing was added to it or changed")
    score = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="the mark that its reader gave afterwards"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CannedUseQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reply", "post"], name="a_canned_reply_once_per_post")]


def hold_template(
    row: CannedReply, name: str, source: str, audience: str, product: Product | None, by: Person, verdict: Verdict
) -> None:
    """What others would read of it waits for a look."""
    texts = {"name": name, "source": source}
    because, facts = verdict.held_because, {"audience": audience, "product": product.pk if product else None}
    HeldChange.objects.hold(row, "canned", texts, by=by, because=because, **facts)


def may_share(person: Any) -> bool:
    """Whoever others may take words from: the team, and champions."""
    return bool(person.is_team or person.is_champion)


def refuse_unless_user(by: Person) -> None:
    """Raise a Refusal for newcomers."""
    if not is_experienced(by):
        raise Refusal(_("Templates come with experience: answer a little more first."), code="not_yet", status=403)


def refuse_audience(audience: str, by: Person) -> None:
    """Members keep theirs to themselves; only the team writes for the team."""
    is_free = audience == CannedReply.Audience.OWN or (audience == CannedReply.Audience.HELPERS and may_share(by))
    if not is_free and not by.is_team:
        raise Refusal(_("Only champions and the team share templates."), code="not_allowed", status=403)

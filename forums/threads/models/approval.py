"""A second pair of eyes: on some matters the team's public words wait until a supervisor has read them."""

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.people.roles import Capability, Role
from community.policy.gate import check
from community.refusals import Refusal, Stale
from community.text.markdown import to_html
from forums.threads.indexing import index_now
from forums.threads.models.thread import Thread
from forums.threads.purging import purge_thread

if TYPE_CHECKING:
    from forums.threads.models.post import Post

PATIENCE = timedelta(hours=2)
"""So long the one who is asked may take; then the next one is asked. Nothing is ever published by waiting."""


class RegulationQuerySet(models.QuerySet["Regulation"]):
    """Which matters."""

    def of(self, thread: Thread, text: str) -> "Regulation | None":
        """The first one that a thread, or what somebody wants to say in it, is about."""
        known = list(self.all())
        if not known:
            return None
        tags = {tag.name.casefold() for tag in thread.tags.all()}
        return next((row for row in known if row.fits(tags, f"{thread.title}\n{text}")), None)

    @transaction.atomic
    def make(self, *, by: Person, name: str, tags: str, words: str) -> "Regulation":
        """From now on the team's replies on this are read twice."""
        refuse_without_supervising(by)
        if not tags.strip() and not words.strip():
            raise Refusal(_("Name a tag or a word by which it is known."), code="empty", status=422)
        row = self.create(name=name.strip(), tags=tags.strip(), words=words.strip(), by=by)
        record(Verb.REGULATION_MADE, actor=by, subject=row, name=row.name)
        return row


class Regulation(models.Model):
    """A matter on which two of the team read every public reply, such as the safety of batteries."""

    name = models.CharField(max_length=60, unique=True)
    tags = models.CharField(max_length=200, blank=True, help_text="of threads, with commas")
    words = models.CharField(max_length=500, blank=True, help_text="in the title or the reply, with commas")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = RegulationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def fits(self, tags: set[str], text: str) -> bool:
        """Whether a thread with these tags, or a text, is about it. Words count whole."""
        if tags & set(listed(self.tags)):
            return True
        words = "|".join(map(re.escape, listed(self.words)))
        return bool(words and re.search(rf"\b(?:{words})\b", text, re.IGNORECASE))

    @transaction.atomic
    def drop(self, *, by: Person) -> None:
        """Replies on it go out at once again. What waits goes on waiting."""
        refuse_without_supervising(by)
        record(Verb.REGULATION_DROPPED, actor=by, subject=self, name=self.name)
        self.delete()


class ApprovalQuerySet(models.QuerySet["Approval"]):
    """What waits for whom."""

    def visible_to(self, person: Any) -> Self:
        """One's own, and for supervisors those of their brands."""
        mine = models.Q(post__author=person)
        if not person.can(Capability.SUPERVISE):
            return self.filter(mine)
        brands = person.brands_for(Capability.SUPERVISE)
        return self if brands is None else self.filter(mine | models.Q(post__thread__product__brand__slug__in=brands))

    def waiting(self) -> Self:
        return self.filter(state=Approval.State.WAITING)

    def late(self) -> Self:
        """Whoever was asked has not answered in time."""
        return self.waiting().filter(asked_at__lte=timezone.now() - PATIENCE)

    def ask(self, post: "Post", regulation: Regulation) -> "Approval":
        """The post is out of sight until somebody else has read it. The caller holds the transaction."""
        row = self.create(post=post, matter=regulation.name, original=post.source)
        row.asked = row.next_reader()
        row.save(update_fields=["asked"])
        record(Verb.APPROVAL_ASKED, actor=post.author, subject=post, approval=row.pk, matter=row.matter)
        return row


class Approval(models.Model):
    """One reply of the team, read by somebody else before everybody reads it. Both wordings are kept."""

    class State(models.TextChoices):
        WAITING = "waiting", _l("waits")
        APPROVED = "approved", _l("approved")
        DECLINED = "declined", _l("not published")

    post = models.OneToOneField("threads.Post", on_delete=models.CASCADE, related_name="approval")
    matter = models.CharField(max_length=60)
    original = models.TextField(help_text="as its author sent it")
    final = models.TextField(blank=True, help_text="as it was published")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    asked = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    round = models.PositiveSmallIntegerField(default=1, help_text="how many have been asked")
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        indexes = [
            models.Index(fields=["asked_at"], condition=models.Q(state="waiting"), name="approval_waiting"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="waiting") | models.Q(decided_by__isnull=False),
                name="a_decided_approval_has_its_reader",
            )
        ]

    def __str__(self) -> str:
        return f"approval {self.pk}"

    @property
    def due_at(self) -> Any:
        """Until when the one who is asked may take."""
        return self.asked_at + PATIENCE

    @property
    def is_changed(self) -> bool:
        """Its reader has changed the words."""
        return self.state == self.State.APPROVED and self.final != self.original

    def readers(self) -> list[Person]:
        """Supervisors of the brand, without its author."""
        product = self.post.thread.product
        people = Person.objects.active().with_role(Role.SUPERVISOR, Role.ADMINISTRATOR).order_by("pk")
        brand = product.brand.slug if product else None
        return [one for one in people if one.pk != self.post.author_id and one.can(Capability.SUPERVISE, brand)]

    def next_reader(self) -> Person | None:
        """Whoever comes after the one who was asked; after the last the first again."""
        readers = self.readers()
        later = [one for one in readers if self.asked_id and one.pk > self.asked_id]
        return next(iter(later or readers), None)

    @transaction.atomic
    def pass_on(self) -> None:
        """Whoever was asked took too long: the next one is asked. It stays out of sight."""
        row = Approval.objects.select_for_update(of=("self",)).get(pk=self.pk)
        if row.state != self.State.WAITING or row.due_at > timezone.now():
            return
        before, row.asked = row.asked_id, row.next_reader()
        row.asked_at, row.round = timezone.now(), row.round + 1
        row.save(update_fields=["asked", "asked_at", "round"])
        record(Verb.APPROVAL_PASSED_ON, actor=None, subject=row.post, approval=row.pk, before=before)

    @transaction.atomic
    def approve(self, *, by: Person, version: int, text: str = "") -> None:
        """Publish it, as it is or with other words. Raises Stale when its author has changed it meanwhile."""
        post = self._held_for(by)
        if post.version != version:
            raise Stale(post, _("Its author changed it while you were reading. Here it is as it is now."))
        words = text.strip() or post.source
        if words != post.source:
            check(words, by=by, where="edit").enforce()
            post.source, post.html, post.version = words, to_html(words), post.version + 1
            post.save(update_fields=["source", "html", "version"])
        self._decide(self.State.APPROVED, by, final=words)
        post.created_at = timezone.now()  # readers see it from now on, and those who have read on have not missed it
        post.save(update_fields=["created_at"])
        post.restore(by=by)
        purge_thread(post.thread.home, active_at=post.created_at)
        index_now(post.thread)
        record(Verb.APPROVAL_GIVEN, actor=by, subject=post, approval=self.pk, changed=self.is_changed)

    @transaction.atomic
    def decline(self, *, by: Person, why: str) -> None:
        """It is not published, and its author is told why."""
        post = self._held_for(by)
        if not why.strip():
            raise Refusal(_("Say why, so that the author can write it anew."), code="reason_missing", status=422)
        self._decide(self.State.DECLINED, by, why=why.strip()[:500])
        record(Verb.APPROVAL_DECLINED, actor=by, subject=post, approval=self.pk)

    def _held_for(self, by: Person) -> "Post":
        """The post, locked, for somebody who may decide; never for its author."""
        row = Approval.objects.select_for_update(of=("self",)).get(pk=self.pk)
        product = self.post.thread.product
        if self.post.author_id == by.pk:
            raise Refusal(_("You wrote it. Somebody else reads it before it is public."), code="own", status=403)
        if not by.can(Capability.SUPERVISE, product.brand.slug if product else None):
            raise Refusal(_("Supervisors of this brand decide on it."), code="not_yours", status=403)
        if row.state != self.State.WAITING:
            raise Refusal(_("Somebody was faster: %(state)s.") % {"state": row.get_state_display()}, code="decided")
        posts: Any = type(self.post).objects.select_for_update(of=("self",)).select_related("thread__product__brand")
        held: Post = posts.get(pk=self.post_id)
        return held

    def _decide(self, state: str, by: Person, *, final: str = "", why: str = "") -> None:
        self.state, self.decided_by, self.decided_at, self.final, self.why = state, by, timezone.now(), final, why
        self.save(update_fields=["state", "decided_by", "decided_at", "final", "why"])


def listed(text: str) -> list[str]:
    """What stands between commas, in small letters."""
    return [part.strip().casefold() for part in text.split(",") if part.strip()]


def refuse_without_supervising(person: Person) -> None:
    """Raise a Refusal for everybody but supervisors."""
    if not person.can(Capability.SUPERVISE):
        raise Refusal(_("Only supervisors say what is read twice."), code="not_yours", status=403)


def refuse_to_reword(post: Any, text: str, by: Person) -> None:
    """What the team has said in public on such a matter is not changed past the second reader."""
    if not post.alias or post.is_hidden or (post.author_id != by.pk and by.can(Capability.SUPERVISE)):
        return
    if Regulation.objects.of(post.thread, text):
        sentence = _("On this matter two of the team read every word. Write a new reply, and it will be read.")
        raise Refusal(sentence, code="approval", status=422)


def refuse_unread(post: Any) -> None:
    """What waits for its reader, or was declined, comes into sight in no other way."""
    if Approval.objects.filter(post_id=post.pk).exclude(state=Approval.State.APPROVED).exists():
        raise Refusal(_("A supervisor reads it first, among the approvals."), code="approval")

"""Proof that the writer of a review owns the product."""

from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.catalogue.models import Purchase, order_key
from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.people.roles import Capability
from community.refusals import Refusal, refuse_too_long
from forums.reviews.owning import found_purchase
from forums.threads.purging import purge_thread


class Proof(models.Model):
    """Why we believe that somebody owns what they review. Withdrawing closes the row; nobody deletes it."""

    class Kind(models.TextChoices):
        ORDER = "order", gettext_lazy("Verified owner")
        SERIAL = "serial", gettext_lazy("Verified owner")
        CRM = "crm", gettext_lazy("Verified owner")
        BY_HAND = "by_hand", gettext_lazy("Confirmed by staff on proof")

    review = models.ForeignKey("reviews.Review", on_delete=models.CASCADE, related_name="proofs")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    purchase = models.ForeignKey(Purchase, on_delete=models.SET_NULL, null=True, blank=True, related_name="proofs")
    reference = models.CharField(max_length=60, blank=True, help_text="order or record number: contact data")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", help_text="none: a rule did")
    reason = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    end_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "kind"],
                condition=models.Q(ended_at__isnull=True),
                name="one_standing_proof_per_review_and_kind",
            ),
            models.UniqueConstraint(
                fields=["purchase"],
                condition=models.Q(ended_at__isnull=True, purchase__isnull=False),
                name="a_purchase_proves_one_owner",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="by_hand")
                | (models.Q(by__isnull=False) & ~models.Q(reference="") & ~models.Q(reason="")),
                name="a_proof_by_hand_has_a_person_an_order_and_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"proof {self.pk}"


STRONGEST = [Proof.Kind.ORDER, Proof.Kind.SERIAL, Proof.Kind.CRM, Proof.Kind.BY_HAND]


class ProvableReview:
    """What a review can do about its writer being an owner."""

    pk: int
    author: Any
    product: Any
    product_id: int | None
    owner_number: str
    proof: str
    proofs: Any
    thread: Any

    @transaction.atomic
    def look_for_proof(self) -> bool:
        """Ask the order feed whether the writer bought it. Answers whether something was found; repeatable."""
        if not self.product_id or self.proofs.filter(kind__in=["order", "serial"], ended_at=None).exists():
            return False
        found = found_purchase(self.author, self.product, self.owner_number)
        if found is None:
            return False
        purchase, is_by_serial = found
        kind = Proof.Kind.SERIAL if is_by_serial else Proof.Kind.ORDER
        self._prove(kind, by=None, purchase=purchase, reference=purchase.order_number)
        return True

    @transaction.atomic
    def prove_by_crm(self, reference: str) -> None:
        """The CRM says that they are entitled to it."""
        if not self.proofs.filter(kind=Proof.Kind.CRM, ended_at=None).exists():
            self._prove(Proof.Kind.CRM, by=None, reference=reference[:60])

    @transaction.atomic
    def confirm_owner(self, *, by: Person, order_number: str, reason: str) -> None:
        """Staff saw a proof. They name the order and say why; everybody sees that it was done by hand."""
        if not by.can(Capability.MODERATE):
            raise Refusal(_("Only moderators can confirm an owner."), code="not_allowed", status=403)
        if by.pk == self.author.pk:
            raise Refusal(_("Nobody confirms their own review."), code="own_post", status=403)
        if not order_key(order_number) or not reason.strip():
            raise Refusal(
                _("Attach the order and say why: without both, nobody can be confirmed by hand."),
                code="no_proof",
                status=422,
            )
        if not self.product_id:
            raise Refusal(_("Only reviews of a product have owners."), code="no_product", status=422)
        refuse_too_long(reason)
        if self.proofs.filter(kind=Proof.Kind.BY_HAND, ended_at=None).exists():
            raise Refusal(_("A colleague has confirmed this already."), code="proven")
        self._prove(Proof.Kind.BY_HAND, by=by, reference=order_key(order_number), reason=reason.strip())

    @transaction.atomic
    def withdraw_proof(self, *, by: Person, reason: str) -> None:
        """What was taken for a proof is none."""
        if not reason.strip():
            raise Refusal(_("Say why the proof does not hold."), code="reason_missing", status=422)
        refuse_too_long(reason)
        ended = {"ended_at": timezone.now(), "ended_by": by, "end_reason": reason}
        if self.proofs.filter(ended_at=None).update(**ended):
            self._keep_proof()
            record(Verb.REVIEW_PROOF_WITHDRAWN, actor=by, subject=self.thread, reason=reason[:200])

    def _prove(self, kind: str, *, by: Person | None, **facts: Any) -> None:
        self.proofs.create(kind=kind, by=by, **facts)
        self._keep_proof()
        record(Verb.REVIEW_PROVEN, actor=by, subject=self.thread, kind=kind, reason=facts.get("reason", "")[:200])

    def _keep_proof(self) -> None:
        standing = set(self.proofs.filter(ended_at=None).values_list("kind", flat=True))
        self.proof = next((kind for kind in STRONGEST if kind in standing), "")
        type(self).objects.filter(pk=self.pk).update(proof=self.proof)  # type: ignore[attr-defined]
        purge_thread(self.thread)

"""Locks and hidings: states of a thread or post with a who, when and why."""

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.policy.gate import check
from community.refusals import Refusal
from forums.threads.models.deciders import RULE_HELP, decided
from forums.threads.purging import purge_thread


class Hiding(models.Model):
    """A post is out of sight, by whom and why. Restoring deletes the row.

    `is_for_good`: it was deleted. Readers and search engines are told that its address is gone (410), not missing.
    """

    post = models.OneToOneField("threads.Post", on_delete=models.CASCADE, related_name="hiding")
    thread = models.ForeignKey("threads.Thread", on_delete=models.CASCADE, related_name="hidings")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    rule = models.CharField(max_length=100, blank=True, db_default="", help_text=RULE_HELP)
    reason = models.CharField(max_length=500)
    is_for_good = models.BooleanField(default=False, db_default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [decided("a_person_or_a_rule_hides")]


class Lock(models.Model):
    """Nobody may reply in a thread, by whom and why. Unlocking deletes the row."""

    thread = models.OneToOneField("threads.Thread", on_delete=models.CASCADE, related_name="lock_row")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    rule = models.CharField(max_length=100, blank=True, db_default="", help_text=RULE_HELP)
    reason = models.CharField(max_length=500)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [decided("a_person_or_a_rule_locks")]


class LockableThread:
    """What a thread can do about being locked."""

    pk: int
    is_locked: bool
    save: Any

    @transaction.atomic
    def lock(self, *, by: Person | None, reason: str, rule: str = "") -> None:
        """Stop replies, by a person or a `rule`. Repeating it changes nothing."""
        check(reason, by=by, where="lock").enforce()
        facts = {"by": by, "rule": rule, "reason": reason}
        _row, is_new = Lock.objects.get_or_create(thread=self, defaults=facts)
        if is_new:
            self._set_locked(True)
            record(Verb.THREAD_LOCKED, actor=by, subject=self, reason=reason, rule=rule)  # type: ignore[arg-type]

    @transaction.atomic
    def unlock(self, *, by: Person | None) -> None:
        """Allow replies again."""
        if Lock.objects.filter(thread=self).delete()[0]:
            self._set_locked(False)
            record(Verb.THREAD_UNLOCKED, actor=by, subject=self)  # type: ignore[arg-type]

    def _set_locked(self, is_locked: bool) -> None:
        self.is_locked = is_locked
        self.save(update_fields=["is_locked"])
        purge_thread(self)

    def refuse_when_locked(self) -> None:
        """Raise a Refusal when nobody may reply here."""
        if self.home.is_locked:  # type: ignore[attr-defined]
            raise Refusal(
                _("This thread is locked, so nothing can be added. Ask a new question and link to it."), code="locked"
            )

"""Notices: what everybody may know of a thread's private or outside side, shown below its posts."""

from typing import Any, Self

from django.db import models, transaction
from django.utils import timezone

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from forums.threads.purging import purge_thread


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Which notices."""

    def open(self) -> Self:
        """Shown now."""
        return self.filter(ended_at__isnull=True)


class Notice(models.Model):
    """A sentence of the house in a thread, such as "is being handled privately since 10:30". Never private words."""

    class Kind(models.TextChoices):
        PRIVATE = "private"
        PRIVATE_OFFERED = "private_offered"
        OUTCOME = "outcome"
        CASE_STATUS = "case_status"
        HELP_PAGE = "help_page"

    thread = models.ForeignKey("threads.Thread", on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    text = models.TextField(help_text="plain text, as everybody reads it")
    url = models.CharField(max_length=200, blank=True, db_default="", help_text="where it leads, if anywhere")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["thread", "kind"],
                condition=models.Q(ended_at__isnull=True),
                name="one_open_notice_per_thread_and_kind",
            )
        ]

    def __str__(self) -> str:
        return self.text

    @transaction.atomic
    def end(self, *, by: Person | None = None) -> None:
        """Take the notice off the page. Repeating it changes nothing."""
        if self.ended_at is None:
            self.ended_at = timezone.now()
            self.save(update_fields=["ended_at"])
            purge_thread(self.thread)
            record(Verb.NOTICE_ENDED, actor=by, subject=self.thread, kind=self.kind)


class NoticeableThread:
    """What a thread can do about notices."""

    pk: int

    @transaction.atomic
    def post_notice(self, kind: str, text: str, *, by: Person | None, url: str = "") -> Notice:
        """Show a notice in the thread; an open one of the same kind gets the new text."""
        notice, is_new = Notice.objects.get_or_create(
            thread_id=self.pk, kind=kind, ended_at=None, defaults={"text": text, "by": by, "url": url}
        )
        if not is_new and (notice.text, notice.url) == (text, url):
            return notice
        if not is_new:
            notice.text, notice.by, notice.url = text, by, url
            notice.save(update_fields=["text", "by", "url"])
        purge_thread(self)
        record(Verb.NOTICE_POSTED, actor=by, subject=self, kind=kind)  # type: ignore[arg-type]
        return notice

    @property
    def private_notices(self) -> Any:
        """Those of them that tell of a private side."""
        return self.open_notices.exclude(kind=Notice.Kind.HELP_PAGE)

    @property
    def open_notices(self) -> Any:
        """The notices shown now, oldest first."""
        threads: Any = type(self)
        return Notice.objects.filter(thread__in=threads.objects.read_with(self).values("pk")).open()

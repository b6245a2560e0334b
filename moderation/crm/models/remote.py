"""What is known about the other side: which record of theirs is which of ours, and what they told us."""

from django.db import models

from moderation.crm.models.connection import Connection, Installation


def reference(kind: str, number: int | str) -> str:
    """Our name of a record, the same for ever: site, kind, number."""
    return f"{Installation.key()}:{kind}:{number}"


class RemoteRef(models.Model):
    """Our reference and the CRM's id are the same thing. Unique both ways."""

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="refs")
    kind = models.CharField(max_length=10)
    ref = models.CharField(max_length=200)
    remote_id = models.CharField(max_length=255)
    case = models.ForeignKey("crm.Case", on_delete=models.CASCADE, null=True, related_name="refs")
    source = models.CharField(max_length=40, blank=True, help_text="what it shows, such as post:12")
    version = models.BigIntegerField(default=0)
    url = models.CharField(max_length=500, blank=True)
    digest = models.CharField(max_length=64, blank=True, help_text="hash of what was last pushed")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["connection", "kind", "ref"], name="one_remote_per_reference"),
            models.UniqueConstraint(fields=["connection", "kind", "remote_id"], name="one_reference_per_remote"),
        ]


class CaseComment(models.Model):
    """A public comment that somebody wrote in the CRM. Internal ones are never kept."""

    case = models.ForeignKey("crm.Case", on_delete=models.CASCADE, related_name="comments")
    remote_id = models.CharField(max_length=255)
    author = models.CharField(max_length=80, blank=True)
    text = models.TextField()
    version = models.BigIntegerField(default=0)
    post = models.ForeignKey("threads.Post", on_delete=models.SET_NULL, null=True, related_name="+")
    held_back = models.CharField(max_length=300, blank=True, help_text="why it is not shown to customers")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [models.UniqueConstraint(fields=["case", "remote_id"], name="one_comment_per_remote")]


class HookMessage(models.Model):
    """A signed message of a CRM, as it came but for internal comments: those are dropped at the door, never kept."""

    class State(models.TextChoices):
        WAITING = "waiting"
        APPLIED = "applied"
        FAILED = "failed"

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="messages")
    message_id = models.CharField(max_length=255)
    changes = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["connection", "message_id"], name="one_row_per_hook_message")]

"""What was said in a private conversation, and the files that came with it."""

from pathlib import Path
from typing import Any, Self
from uuid import uuid4

from django.db import models
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from community.people.models import Person
from community.tokens import new_token
from moderation.escalation.models.channel import Channel
from moderation.escalation.models.step import Step, sentence_of
from moderation.escalation.storage import private_storage
from moderation.queue.models import Item


class PrivateMessage(models.Model):
    """One message. Its number is the server's, so that everybody sees one order whatever the channel."""

    class Side(models.TextChoices):
        CUSTOMER = "customer"
        TEAM = "team"
        STEP = "step"  # not words, but something that happened between them

    conversation = models.ForeignKey("escalation.Conversation", on_delete=models.CASCADE, related_name="messages")
    number = models.PositiveIntegerField()
    side = models.CharField(max_length=8, choices=Side.choices)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    alias = models.CharField(max_length=60, blank=True, help_text="the persona under which the team spoke")
    source = models.TextField()
    html = models.TextField()
    rest = models.TextField(blank=True, help_text="what a mail carried below the new words: quotes, signature")
    via = models.CharField(max_length=8, choices=Channel.choices, default=Channel.PAGE)
    mail_id = models.CharField(max_length=300, blank=True, help_text="Message-ID of the mail it came with")
    step = models.CharField(
        max_length=20, blank=True, db_default="", choices=Step.choices, help_text="what happened, for a step"
    )
    key = models.CharField(
        max_length=40, blank=True, db_default="", help_text="given by the page that sent it: sent twice, said once"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "number"], name="messages_are_numbered"),
            models.UniqueConstraint(
                fields=["conversation", "author", "key"],
                condition=~models.Q(key=""),
                name="what_a_page_sends_twice_is_said_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.conversation_id}/{self.number}"

    @property
    def is_by_team(self) -> bool:
        return self.side == self.Side.TEAM

    @property
    def body(self) -> SafeString:
        """The text as safe HTML, made on write."""
        return mark_safe(self.html)  # noqa: S308 - to_html() made it

    @property
    def byline(self) -> str:
        return self.alias or self.author.username

    @property
    def words(self) -> str:
        """What was said, or for a step what happened."""
        return sentence_of(self.step, self.byline, self.source) if self.step else self.source


def random_path(attachment: Any, name: str) -> str:
    """A path that says nothing: the name the person gave is kept in the row."""
    key = uuid4().hex
    return str(Path("attachments") / key[:2] / key)


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    """Which attachments."""

    def visible_to(self, person: Any) -> Self:
        """Whoever may read the conversation."""
        if person is None or not person.is_authenticated:
            return self.none()
        worked = models.Q(message__conversation__item__in=Item.objects.visible_to(person))
        return self.filter(models.Q(message__conversation__customer=person) | worked)


class Attachment(models.Model):
    """A file in a private conversation. It has no public address: `links.py` makes one for one person, for a while."""

    key = models.CharField(max_length=40, unique=True, default=new_token)
    message = models.ForeignKey(PrivateMessage, on_delete=models.CASCADE, related_name="attachments")
    file = models.FileField(upload_to=random_path, storage=private_storage)
    name = models.CharField(max_length=200)
    content_type = models.CharField(
        max_length=80, help_text="as served: pictures we drew anew, everything else neutral"
    )
    size = models.PositiveIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AttachmentQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name or _("file")

    def get_absolute_url(self) -> str:
        """Checks who asks, then leads to an expiring link of theirs."""
        return reverse("moderation:attachment-open", args=[self.key])

    @property
    def is_picture(self) -> bool:
        return self.content_type.startswith("image/")

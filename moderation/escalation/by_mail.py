"""What mail to the reply address of a private conversation means: its customer says something."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from community.inbound.purposes import Place, Purpose, Written, register
from community.people.models import Person
from forums.threads.drafting import keep_beside
from moderation.escalation.channels.email import CODE, chain_of, last_mail_of, title_of
from moderation.escalation.models import Channel, Conversation


@dataclass
class PrivatePlace(Place):
    """A private conversation. Nobody but its customer speaks there by mail."""

    conversation: Conversation

    @property
    def subject(self) -> Conversation:
        return self.conversation

    @property
    def chain(self) -> str:
        return chain_of(self.conversation)

    @property
    def title(self) -> str:
        return title_of(self.conversation)

    @property
    def url(self) -> str:
        return self.conversation.get_absolute_url()

    @property
    def staff_url(self) -> str:
        return self.conversation.item.get_absolute_url()

    @property
    def reason(self) -> str:
        return _("You get this because you have a private conversation with us.")

    @property
    def last_mail(self) -> str:
        return last_mail_of(self.conversation)

    @property
    def is_over(self) -> bool:
        return self.conversation.is_closed and not self.conversation.is_reopenable

    def take(self, written: Written) -> None:
        self.conversation.say(
            written.words,
            by=written.by,
            via=Channel.MAIL,
            rest=written.rest,
            mail_id=written.mail_id,
            files=written.files,
        )

    def keep(self, words: str) -> None:
        keep_beside(words, by=self.person, place=f"request:{self.conversation.pk}")


@register
class Conversations(Purpose):
    """Replies to the team's private messages."""

    name = "conversation"
    code = CODE

    def place(self, about: int, person: Person) -> Place | None:
        conversation = Conversation.objects.filter(pk=about, customer=person).first()
        return PrivatePlace(person, conversation) if conversation else None

    def worked_by(self, person: Any) -> QuerySet[Any]:
        return Conversation.objects.worked_by(person).values("pk")

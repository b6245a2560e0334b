"""Words of private conversations that wait for a look: messages that a rule holds, and summaries for everybody."""

from datetime import datetime
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.policy.changing import Waiting, waits
from community.refusals import Refusal
from forums.threads.changes import PostChange
from moderation.escalation.models import Conversation, Outcome


@waits("message")
class WaitingMessage(Waiting):
    """Words of a private conversation. A moderator reads these and nothing else that was said there."""

    row: Conversation
    is_private = True
    label = gettext_lazy("Private message")
    names: ClassVar[dict[str, Any]] = {"text": gettext_lazy("Message")}

    @property
    def title(self) -> str:
        return _("A message in a private conversation")

    @property
    def is_of_customer(self) -> bool:
        return self.change.by_id == self.row.customer_id

    @property
    def url(self) -> str:
        return (self.row if self.is_of_customer else self.row.item).get_absolute_url()

    @property
    def brand(self) -> str:
        return self.row.item.brand_slug

    def now(self) -> dict[str, str]:
        return {"text": ""}

    def publish(self) -> None:
        """It is said now, with today's place in the order."""
        facts, by, text = self.change.facts, self.change.by, self.change.texts["text"]
        key = facts["keys"][-1] if facts["keys"] else ""
        if self.is_of_customer:
            come = {name: facts[name] for name in ("via", "rest", "mail_id")}
            self.row.say(text, by=by, key=key, is_looked_at=True, **come)
        else:
            until = datetime.fromisoformat(facts["promised_at"]) if facts["promised_at"] else None
            self.row.reply(text, by=by, key=key, promised_at=until, is_looked_at=True)


class SummaryChange(PostChange):
    """What a thread may say of how it ended."""

    label = gettext_lazy("Public summary")
    names: ClassVar[dict[str, Any]] = {"text": gettext_lazy("Summary")}

    @property
    def title(self) -> str:
        return _("Summary for “%(title)s”") % {"title": self.row.thread.title}


@waits("outcome")
class ProposedChange(SummaryChange):
    """The team's words, before the customer is asked."""

    def publish(self) -> None:
        """The customer is asked now."""
        conversation = Conversation.objects.filter(pk=self.change.facts["conversation"]).first()
        if conversation is None or conversation.proposal:
            raise Refusal(_("Another summary waits for the customer already."), code="already_proposed")
        conversation.put_proposal(self.change.texts["text"], by=self.change.by)


@waits("approved")
class ApprovedChange(SummaryChange):
    """The customer's words, before everybody reads them."""

    def publish(self) -> None:
        """On the thread, as the customer wanted, unless it was decided otherwise meanwhile."""
        rows = Outcome.objects.waiting().select_related("conversation__thread")
        row = rows.filter(pk=self.change.facts["outcome"]).first()
        if row is None:
            raise Refusal(_("The customer has decided this already."), code="decided")
        row.put(self.change.texts["text"], by=self.change.by)

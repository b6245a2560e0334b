"""Public summaries of private conversations that wait for a look. Moderators read what is to be public, no more."""

from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.policy.changing import waits
from community.refusals import Refusal
from forums.threads.changes import PostChange
from moderation.escalation.models import Conversation, Outcome


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

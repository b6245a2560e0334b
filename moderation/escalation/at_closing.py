"""Private requests of somebody who closes their account."""

from django.utils.translation import gettext_lazy as _

from community.people.closing import Leaving, leaves
from moderation.escalation.models import Conversation, PrivateMessage


@leaves(
    _("Private requests"),
    count=lambda person: Conversation.objects.filter(customer=person).count(),
    kept=_("are closed. The team keeps what was said, as it keeps letters, without your name and address."),
    removed=_("are closed, and your words in them are erased."),
)
def requests(leaving: Leaving) -> None:
    mine = Conversation.objects.filter(customer=leaving.person)
    for conversation in mine.open():
        conversation.close(by=leaving.person)
    if leaving.takes_texts:
        said = PrivateMessage.objects.filter(conversation__in=mine, side=PrivateMessage.Side.CUSTOMER)
        said.update(source="–", html="<p>–</p>", rest="")

"""The company's customer systems, when somebody closes their account: each is asked to erase them, and answers."""

from django.utils.translation import gettext_lazy as _

from community.people.closing import Leaving, leaves
from moderation.crm.erasing import forget, told_of


@leaves(
    _("Records in customer systems"),
    count=lambda person: len(told_of(person)),
    kept=_("are erased there; the team sees which system has done it."),
)
def records(leaving: Leaving) -> None:
    forget(leaving.person, by=leaving.person)

"""The key of one's own feeds, when one closes the account."""

from django.utils.translation import gettext_lazy as _

from community.people.closing import Leaving, leaves
from forums.feeds.models import FeedKey


@leaves(
    _("Feeds of your own"),
    count=lambda person: FeedKey.objects.filter(person=person).count(),
    kept=_("stop at once."),
)
def feeds(leaving: Leaving) -> None:
    FeedKey.objects.filter(person=leaving.person).delete()

"""Taking a case at hand: nobody is served more of the hard ones in a day than the house allows."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from community.refusals import Refusal
from moderation.decisions.models import Exposure
from moderation.decisions.models.looking import has_seen_enough
from moderation.flags.models import Case


@transaction.atomic
def take(case: Case, *, by: Any, reason: str = "") -> None:
    """At hand for ten minutes; with a reason also from a colleague. A hard one counts for today."""
    if case.is_sensitive and has_seen_enough(by):
        raise Refusal(_("You have looked at enough hard things for today. Others will take this one."), code="enough")
    case.claim(by=by, take_over=bool(reason), reason=reason)
    if case.is_sensitive:
        Exposure.objects.get_or_create(person=by, case=case)

"""People who may be called by name while somebody types: public names only, and not faster than one can type."""

from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from community.people.guards import signed_in
from community.people.models import Person
from community.refusals import Refusal

MOST, A_MINUTE = 8, 90


@signed_in
@require_safe
def person_suggest(request: HttpRequest) -> HttpResponse:
    """Names that begin with these letters, experienced people first."""
    not_too_fast(request.user)
    begun = request.GET.get("q", "")[:40]
    people = Person.objects.active().not_suspended().exclude(pk=request.user.pk)
    found = people.called_like(begun).order_by("-level", "handle_key")[:MOST] if begun else []
    return JsonResponse({"items": [{"label": person.name, "text": f"@{person.handle}"} for person in found]})


def not_too_fast(person: Any) -> None:
    """Raise a Refusal for a program that reads the list of members letter by letter."""
    key = f"suggest:{person.pk}"
    cache.add(key, 0, 60)
    try:
        asked = cache.incr(key)
    except ValueError:  # it ran out between the two lines
        asked = 1
    if asked > A_MINUTE:
        raise Refusal(_("That was fast. Go on in a minute."), code="pace", status=429, retry_after=60)

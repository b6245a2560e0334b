"""The request behind a guard."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from community.people.models import Person


class PersonRequest(HttpRequest):
    """Behind `@signed_in` or `@requires` a request is somebody's, never a stranger's. For the type checker."""

    user: Person
    htmx: HtmxDetails

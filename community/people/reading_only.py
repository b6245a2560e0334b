"""Whoever audits reads everything that was done and does nothing here themselves, in public as little as at the desk.

One rule for all doors: pages (a middleware), programs (`api/entering.py`) and mail (`inbound/receiving.py`) ask here.
What stays is what concerns nobody else: the account, its settings, what one was told, an appeal of one's own, and the
answers to what people of the team say to the auditor in confidence.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from community.refusals import Refusal

READING = {"GET", "HEAD", "OPTIONS"}
OWN = ("/account/", "/settings/", "/notifications/", "/decisions/", "/desk/concerns/", "/demo/")
OWN_NAMES = {"text-preview", "thread-read"}
"""Writes nothing, and how far one has read."""


def sentence() -> str:
    return _(
        "An auditor reads and changes nothing, so nobody can doubt what they find. Write from an account of your own."
    )


def refuse_reader(person: Any) -> None:
    """Raise a Refusal when this person only reads."""
    if person is not None and person.is_authenticated and person.only_reads:
        raise Refusal(sentence(), code="only_reads", status=403)


def is_own(request: HttpRequest) -> bool:
    """Whether what they send concerns nobody else."""
    match: Any = request.resolver_match
    return request.path.startswith(OWN) or match.url_name in OWN_NAMES


class ReadingOnly:
    """Refuses what somebody sends who only reads. Visitors without a session, and programs, are not looked at here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        if request.method in READING or hasattr(view, "operations") or not request.user.is_authenticated:
            return
        if request.user.only_reads and not is_own(request):
            raise PermissionDenied(sentence())

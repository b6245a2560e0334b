"""What an agent does with an item: take it, put it back, give it away, let it sleep, close it, open it again."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.once import once
from community.people.guards import requires
from community.people.roles import Capability
from community.refusals import Refusal, Stale, faults_of
from moderation.desk.forms import AssignForm, ClaimForm, HandOverForm, SnoozeForm, VersionForm
from moderation.desk.page import item_for, show_item
from moderation.queue.models import Item

Deed = Callable[[Item, dict[str, Any]], None]


@requires(Capability.WORK_THE_QUEUE)
@require_POST
@once
def item_claim(request: HttpRequest, item_id: int) -> HttpResponse:
    """Take it at hand; with `take_over` and a reason also from a colleague."""
    return move(request, item_id, ClaimForm, lambda item, sent: item.claim(by=request.user, **sent))


@requires(Capability.WORK_THE_QUEUE)
@require_POST
@once
def item_release(request: HttpRequest, item_id: int) -> HttpResponse:
    """Put it back for everybody."""
    return move(request, item_id, VersionForm, lambda item, sent: item.release(by=request.user))


@requires(Capability.WORK_THE_QUEUE)
@require_POST
@once
def item_assign(request: HttpRequest, item_id: int) -> HttpResponse:
    """Give it to somebody of the team, or to nobody."""
    return move(
        request,
        item_id,
        AssignForm,
        lambda item, sent: item.assign(sent["assignee"], by=request.user, version=sent["version"]),
    )


@requires(Capability.WORK_THE_QUEUE)
@require_POST
@once
def item_hand_over(request: HttpRequest, item_id: int) -> HttpResponse:
    """A customer asked for them by name, and somebody else had better answer."""
    return move(request, item_id, HandOverForm, lambda item, sent: item.hand_over(by=request.user, **sent))


@requires(Capability.WORK_THE_QUEUE)
@require_POST
@once
def item_snooze(request: HttpRequest, item_id: int) -> HttpResponse:
    """Out of the way for a while."""
    return move(
        request,
        item_id,
        SnoozeForm,
        lambda item, sent: item.snooze(sent["moment"], by=request.user, version=sent["version"]),
    )


@requires(Capability.WORK_THE_QUEUE)
@require_POST
@once
def item_wake(request: HttpRequest, item_id: int) -> HttpResponse:
    """It was put to sleep too early, or for too long."""
    return move(request, item_id, VersionForm, lambda item, sent: item.wake(by=request.user))


@requires(Capability.WORK_THE_QUEUE)
@require_POST
@once
def item_close(request: HttpRequest, item_id: int) -> HttpResponse:
    """Nothing waits here any more."""
    return move(request, item_id, VersionForm, lambda item, sent: item.close(by=request.user, **sent))


@requires(Capability.WORK_THE_QUEUE)
@require_POST
@once
def item_reopen(request: HttpRequest, item_id: int) -> HttpResponse:
    """There is more to do."""
    return move(request, item_id, VersionForm, lambda item, sent: item.reopen(by=request.user, **sent))


def move(request: HttpRequest, item_id: int, form_class: Any, deed: Deed) -> HttpResponse:
    """Check what was sent, do the deed, and show the item as it is now."""
    item = item_for(request, item_id)
    form = form_class(request.POST)
    if not form.is_valid():
        return refuse(request, item, 422, faults_of(form))
    return carry_out(request, item, lambda: deed(item, form.cleaned_data))


def carry_out(request: HttpRequest, item: Item, deed: Callable[[], None]) -> HttpResponse:
    """Do it; when a rule says no or somebody was faster, the item as it is now says so."""
    try:
        deed()
    except Stale as stale:
        return refuse(request, item, stale.status, _("%(what)s Here it is as it is now.") % {"what": stale})
    except Refusal as refusal:
        return refuse(request, item, refusal.status, str(refusal), refusal.code)
    return show_item(request, item)


def refuse(request: HttpRequest, item: Item, status: int, sentence: str, code: str = "") -> HttpResponse:
    """The item with the sentence above it."""
    return show_item(request, item, status, refused=sentence, refused_code=code)

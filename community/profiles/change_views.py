"""Changes of one's own that wait for a look."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.people.guards import signed_in
from community.people.requests import PersonRequest
from community.policy.changing import waiting_of
from community.policy.models import HeldChange


@signed_in
@require_POST
def change_take_back(request: PersonRequest, pk: int) -> HttpResponse:
    """What stood there before stays."""
    change = get_object_or_404(HeldChange.objects.visible_to(request.user).waiting(), pk=pk)
    change.take_back(by=request.user)
    messages.success(request, _("Taken back. Nothing has changed."))
    waiting = waiting_of(change)
    return redirect(waiting.url if waiting else "community:settings")

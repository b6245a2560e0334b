"""The staff's strip on a public thread page. The page itself never contains it: it is fetched by staff only."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from community.once import once
from community.people.guards import requires
from community.people.roles import Capability
from forums.threads.models import Thread
from moderation.queue.models import Item
from moderation.queue.triage import card_of


@require_safe
@requires(Capability.WORK_THE_QUEUE)
def thread_slot(request: HttpRequest, thread_id: int) -> HttpResponse:
    """Where the thread stands on the desk, who has it, and the way there."""
    thread = thread_for(request, thread_id)
    item = Item.objects.visible_to(request.user).with_people().filter(thread=thread).first()
    return render(
        request,
        "moderation/desk/_thread_slot.html",
        {"thread": thread, "item": item, "may_reshape": thread.is_reshaped_by(request.user)},
    )


@requires(Capability.WORK_THE_QUEUE)
@require_POST
@once
def thread_open(request: HttpRequest, thread_id: int) -> HttpResponse:
    """Put a thread on the desk that has no card there, such as an imported one."""
    thread = thread_for(request, thread_id)
    item = card_of(thread, by=request.user)
    if item is None:
        raise Http404
    return redirect(item)


def thread_for(request: HttpRequest, thread_id: int) -> Thread:
    """A thread of a brand for which this person works."""
    thread = Thread.objects.visible_to(request.user).select_related("product__brand").filter(pk=thread_id).first()
    brands = request.user.brands_for(Capability.WORK_THE_QUEUE)
    brand = thread.product.brand.slug if thread and thread.product else ""
    if thread is None or (brands is not None and brand not in brands):
        raise Http404
    return thread

"""Views that somebody names and keeps, and the commands of the palette."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.once import once
from community.people.guards import requires
from community.people.models import Person
from community.people.roles import Capability
from community.refusals import faults_of
from moderation.desk.customer import is_known_to
from moderation.desk.forms import KeptViewForm
from moderation.desk.pages import pages_of
from moderation.queue.lists import items_in, view_named, views_for
from moderation.queue.models import KeptView

FOUND = 6


@requires(Capability.WORK_THE_QUEUE)
@require_POST
@once
def view_keep(request: HttpRequest) -> HttpResponse:
    """A search gets a name, and stands at one's side or at everybody's."""
    form = KeptViewForm(request.POST)
    if not form.is_valid():
        messages.error(request, faults_of(form))
        return redirect("moderation:desk")
    kept = KeptView.objects.keep(by=request.user, **form.cleaned_data)
    messages.success(request, _("Kept. Its address can be given to a colleague."))
    return redirect(f"{reverse('moderation:desk')}?view={kept.key}")


@requires(Capability.WORK_THE_QUEUE)
@require_POST
@once
def view_drop(request: HttpRequest, view_id: int) -> HttpResponse:
    """It is no longer at anybody's side."""
    get_object_or_404(KeptView.objects.visible_to(request.user), pk=view_id).drop(by=request.user)
    messages.success(request, _("Dropped. The items in it are where they were."))
    return redirect("moderation:desk")


@require_safe
@requires(Capability.WORK_THE_QUEUE)
def palette_find(request: HttpRequest) -> HttpResponse:
    """What the palette finds for some letters: views, items, people and pages, as far as this person may see them."""
    query = request.GET.get("q", "").strip()[:100]
    views = [view for view in views_for(request.user) if query.casefold() in str(view.label).casefold()]
    pages = [page for page in pages_of(request.user) if query and query.casefold() in str(page[2]).casefold()]
    items = items_in(view_named("waiting", request.user), request.user, query).order_by("-moved_at")[:FOUND]
    people = Person.objects.active().filter(username_key__contains=query.casefold(), items__isnull=False).distinct()
    known = (
        [one for one in people.order_by("username_key")[: 2 * FOUND] if is_known_to(request.user, one)] if query else []
    )
    context = {
        "views": views[: FOUND if query else 20],
        "items": items if query else [],
        "people": known[:FOUND],
        "pages": pages,
        "query": query,
    }
    return render(request, "moderation/desk/_palette_found.html", context)

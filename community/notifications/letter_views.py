"""What we mailed you: every mail to somebody, to be read again on the site."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from community.notifications.letters import letters_to, on_a_page
from community.paging import page_of
from community.people.guards import signed_in
from community.people.requests import PersonRequest


@signed_in
@require_safe
def letter_list(request: PersonRequest) -> HttpResponse:
    """The newest first, each with why it was sent."""
    page = page_of(letters_to(request.user), "-created_at", request.GET.get("after", ""))
    older_url = f"?{urlencode({'after': page.older})}" if page.older else ""
    context = {"letters": page.rows, "older_url": older_url, "section": "notifications"}
    return render(request, "community/notifications/letter_list.html", context)


@signed_in
@require_safe
def letter_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """One of them, with its links."""
    letter = get_object_or_404(letters_to(request.user), pk=pk)
    context = {"letter": letter, "body": on_a_page(letter.html), "section": "notifications"}
    return render(request, "community/notifications/letter_detail.html", context)

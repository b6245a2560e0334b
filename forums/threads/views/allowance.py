"""What a new member may post today."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from community.people.guards import signed_in
from community.policy.allowance import allowance_for

DOORS = ("question", "review", "answer", "comment")


@signed_in
@require_safe
def allowance_detail(request: HttpRequest) -> HttpResponse:
    """The limits and what is left of them: a page, and the line below a reply's box."""
    asked = request.GET.get("for", "")
    allowance = allowance_for(request.user, asked if asked in DOORS else "question")
    template = "components/_allowance.html" if request.htmx else "forums/threads/allowance_detail.html"
    return render(request, template, {"allowance": allowance})

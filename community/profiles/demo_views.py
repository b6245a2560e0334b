"""The page of the demo: everybody's shoes in a row."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from community.people.cast import CAST
from community.people.demo import demo_people, is_demo_on, step_in


@require_safe
def demo(request: HttpRequest) -> HttpResponse:
    """Who is here, and five things to try as each of them."""
    if not is_demo_on():
        raise Http404
    people = demo_people()
    cast = [(people[name], part) for name, part in CAST.items() if name in people]
    groups = [("customers", [row for row in cast if row[1].group == "customers"])]
    groups.append(("team", [row for row in cast if row[1].group == "team"]))
    return render(request, "community/profiles/demo.html", {"groups": groups})


@require_POST
def demo_step_in(request: HttpRequest, name: str) -> HttpResponse:
    """Into somebody's shoes with one click, and to where their day begins."""
    if not is_demo_on():
        raise Http404
    step_in(request, name)
    return HttpResponseRedirect(CAST[name].start)

"""People in public: who helps here, and the page of each."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from community.live.facts import facts
from community.live.pages import kept_page, shows
from community.notifications.watched import control
from community.people.audience import without_private_words
from community.people.demo import is_demo_on
from community.people.distance import distance
from community.people.models import Person, Persona, name_key
from community.people.roles import STAFF_ROLES, Capability
from community.spreadsheets import csv_lines
from forums.hubs.helping import is_worth_listing
from forums.hubs.profile import profile_of
from forums.hubs.structured import profile_page
from forums.reputation.boards import boards

FOUND = 30  # names a page
ON_BOARD = 10  # names on each board


@require_safe
def people_list(request: HttpRequest) -> HttpResponse:
    """The team, those who help most, and a search by name."""
    asked = request.GET.get("q", "").strip()[:40]
    team = Persona.objects.filter(person__in=Person.objects.active().with_role(*STAFF_ROLES)).select_related("person")
    context: dict[str, Any] = {"q": asked, "team": [], "boards": [], "found": [], "older_url": ""}
    if asked:
        context["found"], last = found_by_name(asked, request.GET.get("after", ""))
        context["older_url"] = f"?{urlencode({'q': asked, 'after': last})}" if last else ""
    else:
        context |= {"team": list(team.order_by("alias")[:60]), "boards": boards(ON_BOARD)}
    return shows(render(request, "forums/hubs/people_list.html", context), "people", "questions")


def found_by_name(asked: str, after: str) -> tuple[list[Person], str]:
    """A page of people whose name begins like that, in the order of their names; and the last, when there are more."""
    rows = Person.objects.active().called_like(asked).filter(handle_key__gt=name_key(after))
    found = list(rows[: FOUND + 1])
    return without_private_words(found[:FOUND]), found[FOUND - 1].handle if len(found) > FOUND else ""


@require_safe
def people_boards(request: HttpRequest) -> HttpResponse:
    """The boards as a table for other programs: the same names, and as quickly without those who leave them."""
    rows = (
        [board.key, number, place.person.name, place.points, place.solutions]
        for board in boards(ON_BOARD)
        for number, place in enumerate(board.places, 1)
    )
    table = csv_lines(["board", "place", "name", "points", "solutions"], rows, mark="")
    response = HttpResponse("".join(table), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="boards.csv"'
    return shows(response, "people")


def known_by_account(viewer: Any, username: str) -> Person:
    """A face of the team by the account's name: the team and they themselves may know it. Everybody else gets a 404."""
    person = get_object_or_404(Person.objects.active().exclude(face=""), username_key=name_key(username))
    is_known = viewer.is_authenticated and (viewer.pk == person.pk or viewer.can(Capability.WORK_THE_QUEUE))
    if not is_known:
        raise Http404
    return person


@require_safe
def person_detail(request: HttpRequest, username: str) -> HttpResponse:
    """Somebody's public page: who they are here, what they asked and answered."""
    person = Person.objects.active().select_related("persona").called(username).first()
    if person is None:
        return redirect(known_by_account(request.user, username))
    profile = profile_of(person, request.GET.get("tab", ""), request.GET.get("after", ""), request.user)
    is_listed = is_worth_listing(person)
    read: dict[str, Any] = {"profile": profile, "person": person, "is_listed": is_listed}
    if request.user.is_authenticated:
        return for_member(request, person, read)

    def context() -> dict[str, Any]:
        return read | {"told": profile_page(profile)}

    shown = facts([person, is_listed, profile.shown])
    page = kept_page(request, "forums/hubs/person_detail.html", context, is_demo_on(), shown)
    return shows(page, f"person-{person.pk}", "people", "questions")


def for_member(request: HttpRequest, person: Person, read: dict[str, Any]) -> HttpResponse:
    """The page with what is the reader's own: members may see more than strangers, and each something else."""
    context = read | {"told": profile_page(read["profile"])} | control(request.user, f"person:{person.pk}")
    if request.user.pk != person.pk:
        context["distance"] = distance(request.user, person)
    response = render(request, "forums/hubs/person_detail.html", context)
    response["Cache-Control"] = "private, no-store"
    return response

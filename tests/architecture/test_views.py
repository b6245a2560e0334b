"""Views: named like their address, guarded on the staff's side, and saying which methods they answer."""

import re
from types import SimpleNamespace

from django.views.decorators.http import require_POST

from community.routes import Route, route_of, routes
from tests.architecture.tree import WINGS, Source, product

VERBS_IN_PATHS = re.compile(
    r"/(accept|verify|vote|follow|hide|claim|release|assign|snooze|close|reopen|delete|remove|approve|decline|edit)/$"
)


def own() -> list[Route]:
    """The routes of our own views."""
    return [route for route in routes() if route.view.startswith(WINGS)]


def route(path: str, name: str, view: str) -> Route:
    """A made-up page that answers GET."""
    return Route(path, name, view, ("GET",), "anyone", is_doorway=False, changes_state=False)


def undeclared(found: list[Route]) -> list[str]:
    """Staff views without a capability that are no doorway either."""
    return [route.path for route in found if not route.access]


def open_desk(found: list[Route]) -> list[str]:
    """Addresses under /desk/ that do not ask for a capability."""
    return [
        route.path for route in found if route.path.startswith("/desk/") and route.access in {"", "anyone", "signed_in"}
    ]


def without_methods(found: list[Route]) -> list[str]:
    """Views that do not say which methods they answer."""
    return [route.view for route in found if not route.methods]


def deeds_by_get(found: list[Route]) -> list[str]:
    """Addresses named for a deed that a mere GET would reach, unless GET shows the form of that deed."""
    return [
        route.path
        for route in found
        if VERBS_IN_PATHS.search(re.sub(r"<[^>]*>", "1", route.path))
        and "GET" in route.methods
        and "POST" not in route.methods
    ]


def misnamed(found: list[Route]) -> list[str]:
    """Routes whose name is not their view's name with dashes."""
    return [
        f"{route.name} is {route.view}"
        for route in found
        if route.name.rpartition(":")[2].replace("-", "_") != route.view.rpartition(".")[2]
    ]


def foreign_templates(sources: list[Source]) -> list[str]:
    """Full pages rendered by views of an app, that lie in another app's folder."""
    page = re.compile(r"render\(\s*request,\s*\"(?P<folder>[\w/]+)/(?P<name>[a-z]\w*)\.html\"")
    found = []
    for source in sources:
        app = "/".join(source.path.split("/")[:2])
        for match in page.finditer(source.text):
            if not match["folder"].startswith(app) and match["folder"] not in {"components", "community"}:
                found.append(f"{source.path}: {match['folder']}/{match['name']}.html")
    return found


def test_every_staff_view_is_guarded_or_a_doorway():
    assert undeclared(own()) == []


def test_an_unguarded_staff_view_is_found():
    def item_detail(request): ...

    item_detail.__module__ = "moderation.queue.views"
    assert undeclared([route_of("desk/items/<id>/", "moderation:item-detail", item_detail)]) == ["/desk/items/<id>/"]


def test_everything_under_desk_asks_for_a_capability():
    assert open_desk(own()) == []


def test_an_open_desk_page_is_found():
    view = SimpleNamespace(__module__="moderation.desk.views", __qualname__="peek", is_doorway=True)
    assert open_desk([route_of("desk/peek/", "moderation:peek", view)]) == ["/desk/peek/"]


def test_every_view_says_which_methods_it_answers():
    assert without_methods(own()) == []


def test_a_view_that_answers_everything_is_found():
    def question_list(request): ...

    assert len(without_methods([route_of("questions/", "forums:question-list", question_list)])) == 1
    assert without_methods([route_of("x/", "forums:x", require_POST(question_list))]) == []


def test_no_deed_is_done_by_get():
    assert deeds_by_get(own()) == []


def test_a_vote_by_get_is_found():
    wrong = Route(
        "/posts/<int:post_id>/vote/", "forums:post-vote", "forums.x.post_vote", ("GET",), "signed_in", False, False
    )
    assert deeds_by_get([wrong]) == ["/posts/<int:post_id>/vote/"]


def test_an_address_is_named_like_its_view():
    assert misnamed(own()) == []


def test_a_misnamed_address_is_found():
    wrong = Route(
        "/x/", "forums:question-page", "forums.questions.views.question_detail", ("GET",), "anyone", False, False
    )
    assert misnamed([wrong]) == ["forums:question-page is forums.questions.views.question_detail"]


def test_an_app_shows_its_own_pages():
    assert foreign_templates([source for source in product() if "views" in source.path]) == []


def test_a_page_of_another_app_is_found():
    wrong = Source("forums/questions/views.py", 'return render(request, "moderation/desk/desk.html", {})')
    assert foreign_templates([wrong]) == ["forums/questions/views.py: moderation/desk/desk.html"]

"""The table of who gets what, derived from what each view declares about itself."""

from django.urls import get_resolver

from community.people.roles import Capability
from community.routes import marked, route_of, walk
from tests.security.keyring import knows
from tests.security.world import World, person_of

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
LEFT_OUT = {
    "/admin/": "Django's own views behind one gate; tested by that gate below and in tests/community/test_admin.py",
    "/account/": "allauth decides on each page by itself; tested apart below",
}


class Row:
    """A route of the table, with the capabilities that open it."""

    def __init__(self, path, name, view):
        route = route_of(path, name, view)
        self.path, self.name, self.methods = route.path, route.name, route.methods
        self.access = route.access
        self.operations = marked(view, "operations")
        self.capabilities: tuple[Capability, ...] = marked(view, "capabilities") or ()

    def expected(self, world: World, role: str, method: str) -> set[str]:
        """The verdicts that are right for this role and method."""
        if self.operations:
            return self.of_programs(method)
        is_wrong = method not in self.methods
        refused = self.refusal(world, role)
        if only_reads(role, self, method):  # whatever else would be said to them, they may not
            return {"forbidden", refused} if refused else {"forbidden"}
        if refused:
            return {"refused-method", refused} if is_wrong else {refused}
        if is_wrong:
            return {"refused-method"}
        return {"open"} if knows(self.path, role) else {"missing"}

    def of_programs(self, method: str) -> set[str]:
        """What an address of the API says to somebody without a key: a browser's session is nobody there."""
        if method not in self.methods:
            return {"refused-method"}
        if not self.operations["GET" if method == "HEAD" else method].is_public:
            return {"sign-in"}
        return {"open"} if knows(self.path, "anonymous") else {"missing"}

    def refusal(self, world: World, role: str) -> str:
        """What the guard says to this role; empty when it lets them in."""
        person = person_of(world, role)
        is_out = person is None or role == "suspended"
        if self.access == "anyone":
            return ""
        if is_out:
            return "sign-in"
        if self.access == "signed_in" or any(person.can(capability) for capability in self.capabilities):
            return ""
        return "forbidden" if person.is_team else "missing"


SAFE = {"GET", "HEAD", "OPTIONS"}
AN_AUDITORS_OWN = ("/settings/", "/notifications/", "/decisions/", "/desk/concerns/", "/demo/", "/text/preview/",
                   "/threads/<int:pk>/read/")  # fmt: skip
"""What concerns nobody else, and the answers to what is said to them in confidence."""


def only_reads(role: str, row: Row, method: str) -> bool:
    """AC-POL-5: an auditor sends nothing, in public as little as at the desk."""
    return role == "auditor" and method not in SAFE and not row.path.startswith(AN_AUDITORS_OWN)


PROGRAMS = "/api/v1/"
"""Opened by a key in a header, which no other site can make a browser send. A session opens none of it."""


def table() -> list[Row]:
    """Every route of our own views."""
    rows = [Row(path, name, view) for path, name, view in walk(get_resolver().url_patterns)]
    return [row for row in rows if not row.path.startswith(tuple(LEFT_OUT))]


def verdict(response, path: str) -> str:
    """What an answer amounts to."""
    status, to = response.status_code, response.headers.get("Location", response.headers.get("HX-Redirect", ""))
    if status >= 500:
        return f"fault-{status}"
    if to.startswith("/account/login/"):
        return "sign-in" if status in (302, 401) else f"odd-sign-in-{status}"
    if status == 401:
        return "sign-in"
    return {404: "missing", 405: "refused-method", 403: "forbidden"}.get(status, "open")

"""Every address of the site as a table: path, methods, name, who may open it, and whether it changes anything.

Who may open it is read from the views themselves: `@requires`, `@signed_in`, `@doorway` leave their mark, and a public
page of the customers' wings needs none. Views of packages (sign-in, administration) are declared here by their prefix.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlsplit

from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

from community.people.roles import Capability

SAFE = ("GET", "HEAD", "OPTIONS")
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
PACKAGES = {
    "account/": "anyone",  # allauth decides on each page: sign-in for strangers, the rest for their owner
    "admin/": str(Capability.ADMINISTER),
}
STAFF_WING = "moderation."


@dataclass(frozen=True)
class Route:
    """One address, and what it declares about itself."""

    path: str
    name: str
    view: str
    methods: tuple[str, ...]
    access: str  # anyone, signed_in, a key, a capability, or "" when nothing is declared: a fault
    is_doorway: bool
    changes_state: bool

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def routes(patterns: Any = None) -> list[Route]:
    """The routes of these patterns, or of the whole site."""
    return [route_of(path, name, view) for path, name, view in walk(patterns or get_resolver().url_patterns)]


def walk(patterns: Any, prefix: str = "", namespace: str = "") -> Iterator[tuple[str, str, Callable[..., Any]]]:
    """Each pattern with its full path and full name."""
    for pattern in patterns:
        path = prefix + plain(str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from walk(pattern.url_patterns, path, inner)
        elif isinstance(pattern, URLPattern):
            yield path, f"{namespace}{pattern.name or ''}", pattern.callback


def plain(pattern: str) -> str:
    """A path as people read it: regular expressions lose their anchors and group syntax."""
    without = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", pattern)
    return without.replace("^", "").replace("\\Z", "").replace("$", "").replace("\\", "")


def route_of(path: str, name: str, view: Callable[..., Any]) -> Route:
    """What the view declares."""
    methods = methods_of(view)
    return Route(
        path="/" + path,
        name=name,
        view=f"{view.__module__}.{getattr(view, '__qualname__', type(view).__name__)}",
        methods=methods,
        access=access_of(path, view),
        is_doorway=bool(marked(view, "is_doorway")),
        changes_state=any(method in UNSAFE for method in methods),
    )


def access_of(path: str, view: Callable[..., Any]) -> str:
    """Who may open it. A staff view without a declaration has none, and that is a fault."""
    for prefix, access in PACKAGES.items():
        if path.startswith(prefix):
            return access
    capability = marked(view, "capability")
    if capability:
        return str(capability)
    if operations := marked(view, "operations"):
        return "anyone" if operations.keys() == {"GET"} and operations["GET"].is_public else "key"
    if marked(view, "is_signed_in"):
        return "signed_in"
    if marked(view, "is_doorway") or not view.__module__.startswith(STAFF_WING):
        return "anyone"
    return ""


def opens(person: Any, url: str) -> bool:
    """Whether this page is one for the roles of this person: the page says itself what it shows of whom.

    A page of the staff wing that asks for an account alone is a customer's own, and no colleague's.
    """
    try:
        view = resolve(urlsplit(url).path).func
    except Resolver404:
        return False
    if capabilities := marked(view, "capabilities"):
        return any(map(person.can, capabilities))
    return access_of("", view) == "anyone"


def layers(view: Callable[..., Any]) -> Iterator[Callable[..., Any]]:
    """The view under each of its decorators, outermost first."""
    seen: Callable[..., Any] | None = view
    while seen is not None:
        yield seen
        seen = getattr(seen, "__wrapped__", None)


def marked(view: Callable[..., Any], mark: str) -> Any:
    """What a decorator has noted on the view, or None."""
    return next((value for layer in layers(view) if (value := getattr(layer, mark, None))), None)


def methods_of(view: Callable[..., Any]) -> tuple[str, ...]:
    """The methods that `require_…` decorators, or the class of a view, let through. Empty: nothing is declared."""
    kind = getattr(view, "view_class", None)
    if kind is not None:
        return tuple(method for method in (*SAFE[:2], *UNSAFE) if hasattr(kind, method.lower()))
    for layer in layers(view):
        names = getattr(getattr(layer, "__code__", None), "co_freevars", ())
        if "request_method_list" in names:
            cell = layer.__closure__[names.index("request_method_list")]  # type: ignore[index]
            return tuple(cell.cell_contents)
    return ()

"""The site as somebody with a role would find it: which pages open for them, read from the views themselves."""

from dataclasses import dataclass

from django.urls import get_resolver

from community.people.roles import CAPABILITIES, Capability, Role
from community.routes import PACKAGES, marked, route_of, walk


@dataclass(frozen=True)
class Page:
    """An address, who may open it, and whether the role does."""

    path: str
    needs: tuple[Capability, ...]
    is_open: bool


def pages_of(role: Role) -> list[Page]:
    """Every page with an address of its own, for somebody who holds only this role: what opens comes first."""
    held, pages = CAPABILITIES[role], []
    for path, name, view in walk(get_resolver().url_patterns):
        route = route_of(path, name, view)
        if "GET" in route.methods and "<" not in path and not path.startswith(tuple(PACKAGES)):
            needs: tuple[Capability, ...] = marked(view, "capabilities") or ()
            pages.append(Page(route.path, needs, not needs or any(need in held for need in needs)))
    return sorted(pages, key=lambda page: (not page.is_open, page.path))

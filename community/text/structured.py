"""What search engines are told in schema.org's words: the pieces that several kinds of page share."""

from typing import Any

from community.addresses import absolute


def breadcrumbs(*steps: tuple[str, str]) -> dict[str, Any]:
    """Where a page stands: each step's name and path, from the outside in."""
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": absolute(path)}
        for number, (name, path) in enumerate(steps, 1)
    ]
    return {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items}


def person(name: str, path: str = "", team: str = "", tie: str = "") -> dict[str, Any]:
    """Somebody by the name that readers see, for whom they speak, and what else ties them to the company."""
    told: dict[str, Any] = {"@type": "Person", "name": name}
    if path:
        told["url"] = absolute(path)
    if team:
        told["affiliation"] = {"@type": "Organization", "name": team}
    if tie:
        told["description"] = tie
    return told

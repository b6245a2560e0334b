"""The ways into a CRM, one file or folder each. A new one with a `Connector` in it is a new kind of connection.

Connectors of a company's own stand in folders that `CRM_CONNECTORS` names, and are found as if they stood here.
"""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from django.conf import settings

from moderation.crm.connectors.base import Connector

OWN = list(__path__)


def reach(folders: list[str]) -> None:
    """What stands in these folders can be imported as if it stood here; the name of one of ours stays ours."""
    __path__.extend(folder for folder in folders if folder not in __path__)


@cache
def kinds() -> dict[str, type[Connector]]:
    """Every connector by its kind, which is the name of its file or folder."""
    reach(settings.CRM_CONNECTORS)
    found: dict[str, type[Connector]] = {}
    for module in sorted(iter_modules([*OWN, *settings.CRM_CONNECTORS]), key=lambda module: module.name):
        if module.name.startswith("_") or module.name in {"base", "errors"}:
            continue
        loaded = import_module(f"{__name__}.{module.name}")
        for thing in vars(loaded).values():
            if isinstance(thing, type) and issubclass(thing, Connector) and thing.__module__ == loaded.__name__:
                found[thing.kind] = thing
    return found

"""The ways into a CRM, one file each. A new file with a `Connector` in it is a new kind of connection."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from moderation.crm.connectors.base import Connector


@cache
def kinds() -> dict[str, type[Connector]]:
    """Every connector by its kind, which is the name of its file."""
    found: dict[str, type[Connector]] = {}
    for module in sorted(iter_modules(__path__), key=lambda module: module.name):
        if module.name.startswith("_") or module.name in {"base", "errors"}:
            continue
        loaded = import_module(f"{__name__}.{module.name}")
        for thing in vars(loaded).values():
            if isinstance(thing, type) and issubclass(thing, Connector) and thing.__module__ == loaded.__name__:
                found[thing.kind] = thing
    return found

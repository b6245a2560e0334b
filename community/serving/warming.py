"""What the first visitor of a process would wait for, done before there is one: views are read, templates compiled."""

from pathlib import Path

from django.conf import settings
from django.template.loader import get_template
from django.urls import get_resolver


def warm_up() -> None:
    """A second at the start instead of a second for whoever comes first, and for everybody who comes meanwhile."""
    _ = get_resolver().reverse_dict  # reads every urls module, and with it every view
    for name in settings.TEMPLATES[0]["DIRS"]:
        folder = Path(str(name))
        for file in folder.rglob("*.html"):
            get_template(str(file.relative_to(folder)))

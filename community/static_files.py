"""How static files leave the house: hashed, compressed, and each page's stylesheet and script as one file.

`site.css` and `site.js` only list the small files of which they are made (`@import "…"`, `import "./…"`). While one
develops, the browser follows the list; `collectstatic` puts the parts there; each costs a view one request.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

BUNDLES = ("css/site.css", "css/desk.css", "js/site.js", "js/desk.js", "js/writing.js")
CSS_PART = re.compile(r'^@import "(?P<path>[\w./-]+)";\n', re.MULTILINE)
JS_PART = re.compile(r'^import "\./(?P<path>[\w./-]+)";[^\n]*\n', re.MULTILINE)
MODULE_WORDS = re.compile(r"^(import|export)\b", re.MULTILINE)


class BundlingStorage(CompressedManifestStaticFilesStorage):
    """Bundles, then hashes, then compresses."""

    support_js_module_import_aggregation = True

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        # htmx is vendored under static/vendor; the package's own copy imports files that it does not ship
        paths = {name: place for name, place in paths.items() if not name.startswith("django_htmx/")}
        for name in BUNDLES:
            if name in paths and not dry_run:
                source, path = paths[name]
                with source.open(path) as listed:  # the list as written, not the bundle of an earlier run
                    self._replace(name, bundle(name, listed.read().decode(), self._read))
                paths[name] = (self, name)
        yield from super().post_process(paths, dry_run, **options)

    def _read(self, name: str) -> str:
        with self.open(name) as file:
            return file.read().decode()

    def _replace(self, name: str, text: str) -> None:
        self.delete(name)
        self._save(name, ContentFile(text.encode()))


def bundle(name: str, listed: str, read: Callable[[str], str]) -> str:
    """The listed file with its parts in place. A module that imports or exports stays a file of its own."""
    folder = name.rsplit("/", 1)[0]
    pattern = CSS_PART if name.endswith(".css") else JS_PART

    def part(match: re.Match[str]) -> str:
        text = read(f"{folder}/{match['path']}")
        if pattern is CSS_PART:
            return text
        return match.group() if MODULE_WORDS.search(text) else "{\n" + text + "}\n"

    return pattern.sub(part, listed)

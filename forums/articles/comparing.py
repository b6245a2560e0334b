"""Two editors changed the same paragraph: what it said before, what stands there now, and what the second one wrote."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from community.text.diffs import diff_html
from forums.articles.forms import ArticleForm
from forums.articles.rewriting import base_of
from forums.threads.models import Post


@dataclass(frozen=True)
class Comparison:
    """The three texts. `theirs` and `mine` show how each differs from the one that both began with."""

    version: int
    byline: str
    source: str
    theirs: SafeString
    mine: SafeString

    @classmethod
    def of(cls, form: ArticleForm) -> "Comparison":
        """What the form would have written over."""
        newer: Post = form.refusal.details["newer"]  # type: ignore[union-attr]
        base = base_of(newer, form.cleaned_data["version"] or 0)
        before = base.source if base else newer.source
        byline = (newer.edited_as or newer.editor.name) if newer.editor else newer.byline
        return cls(
            version=newer.version,
            byline=byline,
            source=newer.source,
            theirs=diff_html(before, newer.source),
            mine=diff_html(before, form.said.source),
        )

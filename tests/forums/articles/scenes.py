"""Help pages that tests have written."""

from typing import Any

from forums.articles.models import Article
from forums.articles.writing import Said
from tests.cast import Cast

TITLE = "Pair your Beam 2 with a phone"
SUMMARY = "Two minutes, and what to do when the phone does not find it."
TEXT = "Hold the button for ten seconds.\n\nChoose Beam 2 on the phone.\n\nWait for the second chime."


def says(cast: Cast, **fields: Any) -> Said:
    """What a page about the Beam 2 says, with whatever a test wants otherwise."""
    known = {"title": TITLE, "summary": SUMMARY, "text": TEXT, "product": cast.beam2, "tags": ("bluetooth",)}
    return Said(**{**known, **fields})


def hana_drafts(cast: Cast, **fields: Any) -> Article:
    """A draft of Hana's."""
    article: Article = Article.objects.begin(says(cast, **fields), by=cast.hana)
    return article


def hana_publishes(cast: Cast, **fields: Any) -> Article:
    """A page of Hana's that everybody reads."""
    article = hana_drafts(cast, **fields)
    article.publish(by=cast.hana)
    return article


def form(cast: Cast, **fields: Any) -> dict[str, Any]:
    """The form of a page, filled in."""
    known = {
        "title": TITLE,
        "summary": SUMMARY,
        "text": TEXT,
        "product": cast.beam2.pk,
        "language": "en",
        "tags": "bluetooth",
    }
    return {**known, **fields}

"""The feed of a search: what is new among that which has all its words, for people who wait for an answer elsewhere."""

from django.http import HttpRequest, HttpResponse
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from community.search.models import Document
from community.search.searching import hits, readable
from community.search.views import query_of
from forums.feeds.atom import ENTRIES, Entry, Feed


@conditional_page
@require_safe
def search_feed(request: HttpRequest) -> HttpResponse:
    """The newest that a search finds."""
    query = query_of(request)
    kind = query.filters.get("type", "").casefold()
    found = [one for one in hits(query) if one.has_all and kind in ("", one.kind)]
    newest = readable(sorted(found, key=lambda one: one.at, reverse=True)[:ENTRIES], None)
    documents = Document.objects.in_bulk([one.pk for one in newest])
    entries = [entry(documents[one.pk]) for one in newest if one.pk in documents]
    title = _("Search: %(words)s") % {"words": query.text}
    return Feed(title, request.get_full_path(), query.url(), entries).response()


def entry(document: Document) -> Entry:
    """One thing as a feed reader shows it."""
    return Entry(
        name=f"{document.kind}-{document.object_id}",
        title=document.title,
        path=document.url,
        published=document.created_at,
        updated=document.created_at,
        author=document.details.get("by", ""),
        html=f"<p>{escape(document.details.get('excerpt', ''))}</p>",
        tags=document.details.get("tags", []),
    )

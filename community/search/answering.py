"""What the team chose to answer a need: searches for it show this first, as long as everybody may read it."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.db.models import QuerySet
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from community.prepared import PreparedRow
from community.refusals import Refusal
from community.routes import marked
from community.search.models import Document, Need, NeedAnswer
from community.search.noting import impersonal, key_of
from community.search.remembering import CHOSEN, Memory
from community.search.sources import sources


@dataclass(frozen=True)
class Chosen:
    """The answer that stands above what was found."""

    url: str
    title: str
    label: Any = ""


def chosen_for(text: str, person: Any) -> Chosen | None:
    """The team's answer to these words, if there is one that the person may read now."""
    key = key_of(impersonal(text))
    answer = chosen_now.get(key=key) if key in answered.get("", answered_now) else None
    if answer is None:
        return None
    if not answer.kind:
        return Chosen(answer.url, answer.title)
    object_id = answer.object_id or 0
    is_readable = answer.kind in sources and object_id in sources[answer.kind].readable(person, [object_id])
    document = Document.objects.filter(kind=answer.kind, object_id=object_id).first() if is_readable else None
    return Chosen(document.url, document.title, sources[answer.kind].label) if document else None


def _chosen(key: str) -> QuerySet[NeedAnswer]:
    return NeedAnswer.objects.filter(need__key=key, undone_at__isnull=True).order_by("pk")


chosen_now = PreparedRow(_chosen, key=str)
answered = Memory(CHOSEN)
"""Which needs have an answer: few, and nearly every search is for another one."""


def answered_now() -> frozenset[str]:
    """Their keys."""
    return frozenset(NeedAnswer.objects.filter(undone_at__isnull=True).values_list("need__key", flat=True))


def choose(need: Need, address: str, *, by: Any, title: str = "") -> NeedAnswer:
    """Let the page at this address of ours answer the need. Raises a Refusal for what not everybody can read."""
    path = urlsplit(address.strip()).path
    if document := document_at(path):
        return need.answer_with(document.url, by=by, title=document.title, kind=document.kind,
                                object_id=document.object_id)  # fmt: skip
    if not is_public_page(path):
        raise Refusal(_("Everybody must be able to read it: a thread, an article or a page of this site."),
                      code="not_public", status=422)  # fmt: skip
    return need.answer_with(path, by=by, title=title.strip()[:200] or path)


def document_at(path: str) -> Document | None:
    """What can be found under an address, whatever its last part is called today."""
    pieces = path.strip("/").split("/")
    exact = Document.objects.filter(url=path).first()
    if exact or len(pieces) < 2 or not pieces[1].isascii() or not pieces[1].isdigit():
        return exact
    return Document.objects.filter(url__startswith=f"/{pieces[0]}/{pieces[1]}/").first()


def is_public_page(path: str) -> bool:
    """Whether it is a page without a number, and open to everybody: a product, a tag, a list. What has a number and is
    not in the index is hidden, or not meant for everybody."""
    try:
        found = resolve(path)
    except Resolver404:
        return False
    is_guarded = any(marked(found.func, name) for name in ("capabilities", "is_signed_in", "is_doorway"))
    is_ours = found.func.__module__.startswith(("community.", "forums."))
    if found.url_name == "article-detail":  # a help page that everybody can read is in the index
        return False
    return is_ours and not is_guarded and not any(isinstance(value, int) for value in found.kwargs.values())

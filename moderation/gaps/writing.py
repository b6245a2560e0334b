"""Closing a gap with a help page: begun with one click, and its answer as soon as everybody can read it."""

from django.db import transaction
from django.utils.text import capfirst

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.search.answering import choose
from community.search.models import Need, NeedAnswer
from forums.articles.models import Article
from forums.articles.writing import Said
from moderation.gaps.models import GapOwner, GapPage


@transaction.atomic
def write_for(need: Need, *, by: Person) -> Article:
    """A draft that is called as people look for it, and theirs to close. Repeating it answers the same draft."""
    Need.objects.select_for_update().get(pk=need.pk)
    known = GapPage.objects.filter(need=need).select_related("article__thread").first()
    if known:
        return known.article
    said = Said(capfirst(need.words)[:200], summary="", text="")
    article: Article = Article.objects.begin(said, by=by, draft="")
    GapPage.objects.create(need=need, article=article, by=by)
    GapOwner.objects.assign(need, by, by=by)
    record(Verb.GAP_WRITTEN_FOR, actor=by, subject=need, article=article.pk)
    return article


def answer_with(article: Article, *, by: Person) -> None:
    """The page was published: it answers the gap it was written for, unless something else does already."""
    page = GapPage.objects.select_related("need").filter(article=article).first()
    if page and not NeedAnswer.objects.filter(need=page.need, undone_at__isnull=True).exists():
        choose(page.need, article.get_absolute_url(), by=by)

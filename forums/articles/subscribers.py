"""What articles do when something happened elsewhere, and who is told of it."""

from typing import Any

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from community.events.models import Event
from community.events.subscribing import on
from community.events.verbs import Verb
from community.notifications.notifying import Letter, notify
from forums.articles.models import Article, Check, Provenance
from forums.questions.models import Verification
from forums.threads.models import Suggestion

CHECK = _("“{title}” needs a look: {why}.")
SUGGESTED = _("{who} suggests a change to “{title}”, which you look after.")
CREDITED = _("The team has made a help page of your answer: “{title}”. It says that you wrote it.")


@on(Verb.VERIFICATION_WITHDRAWN, Verb.POST_HIDDEN)
def doubt_what_was_made_of_it(event: Event) -> None:
    """The team does not vouch for an answer any more: what was made of it has to be looked at."""
    if Verification.objects.filter(post=event.subject_id, post__is_hidden=False).exists():
        return
    for origin in Provenance.objects.filter(post=event.subject_id).select_related("article__thread"):
        origin.article.need_check(Check.Why.UNVERIFIED, by=event.actor)


@on(Verb.ARTICLE_CHECK_NEEDED)
def tell_owner_of_check(event: Event) -> None:
    """Whoever looks after a page hears that somebody has to look at it, and why."""
    check = Check.objects.filter(pk=event.details.get("check"), done_at__isnull=True).first()
    article = article_of(event.subject_id)
    if check and article and article.owner:
        why = check.get_why_display() + (f" ({check.about})" if check.about else "")
        tell(article, article.owner, format_lazy(CHECK, title=article.thread.title, why=why), event)


@on(Verb.SUGGESTION_MADE)
def tell_owner_of_suggestion(event: Event) -> None:
    """Whoever looks after a page hears of a change that somebody suggests; its first writer hears of it anyway."""
    row = Suggestion.objects.select_related("post__thread", "by").filter(pk=event.subject_id).first()
    article = article_of(row.post.thread_id) if row and row.post.is_of_an_article else None
    if row and article and article.owner and article.owner_id not in (row.post.author_id, row.by_id):
        url = reverse("forums:suggestion-detail", args=[row.pk])
        tell(article, article.owner, format_lazy(SUGGESTED, who=row.by.name, title=article.thread.title), event, url)


@on(Verb.ARTICLE_PUBLISHED)
def tell_who_is_credited(event: Event) -> None:
    """Those whose answers a page says again hear of it."""
    article = article_of(event.subject_id)
    for origin in article.origins.select_related("post__author") if article else ():
        if origin.post.author_id != event.actor_id:
            tell(article, origin.post.author, format_lazy(CREDITED, title=article.thread.title), event)  # type: ignore[union-attr]


def article_of(pk: int | None) -> Article | None:
    return Article.objects.for_reading().filter(pk=pk).first()


def tell(article: Any, person: Any, words: Any, event: Event, url: str = "") -> None:
    """One person about one page."""
    letter = Letter(subject=article.thread.title, excerpt="", chain=f"thread-{article.pk}")
    notify(person, "article", url=url or article.get_absolute_url(), text=words, event=event, letter=letter)

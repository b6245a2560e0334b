"""Mails and pages of "needs info": what the asker is told, and the signed link that opens a closed question again."""

from typing import Any

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from community.events.models import Event
from community.events.verbs import Verb
from community.notifications.notifying import Letter, notify
from community.people.labels import Label, label_of, signature
from community.tokens import sign, unsign
from forums.questions.needing import NeedsInfo
from forums.threads.by_mail import invitation_to_reply
from forums.threads.models import Post

WORDS = {
    Verb.NEEDS_INFO_ASKED: _("{who} needs to know something from you to help with “{title}”: {what}"),
    Verb.NEEDS_INFO_REMINDED: _("We still need something from you to help with “{title}”: {what}"),
    Verb.QUESTION_CLOSED: _("We did not hear from you, so “{title}” is closed for now. One click opens it again."),
}


def tell_asker(event: Event) -> None:
    """One mail, with an address for the reply."""
    needs = NeedsInfo.objects.select_related("question__thread__author", "by").filter(pk=event.details["need"])
    need = needs.first()
    if need is None or need.answered_at or need.taken_back_at:
        return
    thread, verb = need.question.thread, Verb(event.verb)
    opening = Post.objects.get(thread=thread, kind=Post.Kind.OPENING)
    is_closed = verb == Verb.QUESTION_CLOSED
    letter = Letter(
        subject=thread.title,
        excerpt=need.what,
        chain=f"thread-{thread.pk}",
        button=_("Open it again") if is_closed else _("Tell us on the page"),
        **invitation_to_reply(opening, thread.author),
    )
    url = reopen_url(need) if is_closed else f"{thread.get_absolute_url()}#reply"
    text = format_lazy(WORDS[verb], who=signed(need), title=thread.title, what=need.what)
    notify(thread.author, "needs_info", url=url, text=text, event=event, letter=letter)


def signed(need: NeedsInfo) -> Any:
    """Who asks back, with their tie to the company."""
    label = label_of(need.by, as_staff=True) if need.by else Label.TEAM
    return signature(need.alias, label, need.alias)


def reopen_url(need: NeedsInfo) -> str:
    """The link of one asker to one closed question. It works without signing in, and can do nothing else."""
    token = sign("reopen", need.pk, need.question.thread.author_id)
    return settings.SITE_URL + reverse("forums:question-reopen", args=[token])


def need_of(token: str) -> NeedsInfo:
    """What the link is about; an altered one finds nothing."""
    found = unsign("reopen", token)
    needs = NeedsInfo.objects.select_related("question__thread__author")
    need = needs.filter(pk=found[0], question__thread__author=found[1]).first() if found else None
    if need is None or need.question.thread.is_hidden:
        raise Http404
    return need

"""Who hears of an approval: whoever is asked, and its author."""

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from community.events.models import Event
from community.events.subscribing import on
from community.events.verbs import Verb
from community.live.broadcasting import broadcast
from community.notifications.notifying import notify
from forums.threads.models import Approval
from moderation.queue.models import Item

READ_IT = _("{who} asks you to read a reply before it is public ({matter}): {title}")
OUT = _("{who} read your reply, and it is public: {title}")
OUT_CHANGED = _("{who} changed your reply and let it out: {title}")
NOT_OUT = _("{who} did not publish your reply: {why}")


def approval_of(event: Event) -> Approval | None:
    rows = Approval.objects.select_related("post__thread", "post__author", "asked", "decided_by")
    return rows.filter(pk=event.details.get("approval")).first()


@on(Verb.APPROVAL_ASKED, Verb.APPROVAL_PASSED_ON)
def tell_the_reader(event: Event) -> None:
    """Whoever is asked now."""
    row = approval_of(event)
    if row is None or row.asked is None or row.state != Approval.State.WAITING:
        return
    words = format_lazy(READ_IT, who=row.post.author.username, matter=row.matter, title=row.post.thread.title)
    notify(row.asked, "team", url=reverse("moderation:approval-detail", args=[row.pk]), text=words, event=event)


@on(Verb.APPROVAL_GIVEN, Verb.APPROVAL_DECLINED)
def tell_the_author(event: Event) -> None:
    """What became of it."""
    row = approval_of(event)
    if row is None or row.decided_by is None:
        return
    sentence = NOT_OUT if row.state == Approval.State.DECLINED else OUT_CHANGED if row.is_changed else OUT
    words = format_lazy(sentence, who=row.decided_by.username, title=row.post.thread.title, why=row.why)
    notify(row.post.author, "team", url=reverse("moderation:approval-detail", args=[row.pk]), text=words, event=event)


@on(Verb.APPROVAL_ASKED, Verb.APPROVAL_GIVEN, Verb.APPROVAL_DECLINED, Verb.APPROVAL_PASSED_ON, can_wait=True)
def show_on_the_desk(event: Event) -> None:
    """Who has the item open sees where the reply stands."""
    row = approval_of(event)
    item = Item.objects.filter(thread=row.post.thread.home).first() if row else None
    if item:
        broadcast(f"item:{item.pk}", "", {}, event="moved")

"""Acts on a thread: tags, another product, following it for somebody, a reply from a template."""

from typing import Any

from django.utils.translation import gettext as _

from community.catalogue.models import Product
from community.people.models import Person
from forums.canned.filling import filled
from forums.canned.models import CannedReply
from forums.questions.tidying import retag
from forums.threads.following import follow, unfollow
from forums.threads.models import Follow, Move, Post, Thread
from forums.threads.moving import move, move_back
from forums.threads.replying import comment
from moderation.automation.acts.act import Context, Fact
from moderation.automation.automaton import automaton


def thread_of(context: Context) -> Thread | None:
    """The thread as it is read now."""
    return context.matter.thread.home if context.matter.thread is not None else None


def tag(context: Context) -> Fact | None:
    """Add tags to a question, and leave those that it has."""
    thread = thread_of(context)
    if thread is None or thread.kind != Thread.Kind.QUESTION:
        return None
    before = set(thread.tags.names())
    wanted = {name.strip() for name in str(context.value).split(",") if name.strip()}
    retag(thread.question, [*before, *sorted(wanted - before)], by=automaton())
    added = sorted(set(Thread.objects.get(pk=thread.pk).tags.names()) - before)
    return {"thread": thread.pk, "added": added} if added else None


def untag(fact: Fact, by: Any, why: str) -> str:
    """Without the tags that were added."""
    thread = Thread.objects.get(pk=fact["thread"])
    retag(thread.question, sorted(set(thread.tags.names()) - set(fact["added"])), by=automaton())
    return ""


def move_to(context: Context) -> Fact | None:
    """To the product that it is about."""
    thread = thread_of(context)
    product = Product.objects.filter(pk=context.value).first()
    if thread is None or product is None or thread.product_id == product.pk:
        return None
    row = move(thread, to=product, by=automaton(), reason=context.automation.name)
    return {"move": row.pk}


def move_home(fact: Fact, by: Any, why: str) -> str:
    move_back(Move.objects.get(pk=fact["move"]), by=automaton())
    return ""


def follow_for(context: Context) -> Fact | None:
    """Somebody of the team hears of what goes on in it."""
    thread, person = thread_of(context), Person.objects.active().filter(pk=context.value).first()
    if thread is None or person is None or Follow.objects.filter(thread=thread, person=person).exists():
        return None
    follow(thread, by=person)
    return {"thread": thread.pk, "person": person.pk}


def unfollow_for(fact: Fact, by: Any, why: str) -> str:
    person = Person.objects.filter(pk=fact["person"]).first()
    if person is not None:
        unfollow(Thread.objects.get(pk=fact["thread"]), by=person)
    return ""


def reply(context: Context) -> Fact | None:
    """A comment below the opening, by the automation's own name. It is no answer: the question still waits."""
    thread, template = thread_of(context), CannedReply.objects.filter(pk=context.value, retired_at=None).first()
    if thread is None or template is None:
        return None
    opening = thread.posts.get(kind=Post.Kind.OPENING)
    author = automaton()
    post = comment(opening, by=author, source=filled(template.source, thread, author), as_staff=True)
    return {"post": post.pk}


def take_reply_back(fact: Fact, by: Any, why: str) -> str:
    Post.objects.get(pk=fact["post"]).remove(by=automaton())
    return ""


def product_named(value: Any) -> str:
    product = Product.objects.filter(pk=value).first()
    return product.name if product else "?"


def person_named(value: Any) -> str:
    person = Person.objects.filter(pk=value).first()
    return person.name if person else "?"


def template_named(value: Any) -> str:
    template = CannedReply.objects.filter(pk=value).first()
    return template.name if template else "?"


SAYS = {
    "tag": lambda v: _("tag it “%(x)s”") % {"x": v},
    "move": lambda v: _("move it to %(x)s") % {"x": product_named(v)},
    "follow": lambda v: _("let %(x)s follow it") % {"x": person_named(v)},
    "reply": lambda v: _("comment with the template “%(x)s”") % {"x": template_named(v)},
}

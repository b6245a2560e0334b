"""Moving and merging as decisions: with a rule, reasons for its author, a line in the log, and a way back."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.people.models import Person
from community.refusals import Refusal
from forums.threads.merging import merge, unmerge
from forums.threads.models import Merge, Move, Post, Thread
from forums.threads.moving import move, move_back
from moderation.decisions.deeds.deed import Deed, reason_of
from moderation.decisions.deeds.hide import post_of
from moderation.decisions.models import Action


def home_of(action: Action) -> Thread:
    """The thread, of which the post is the opening."""
    post = post_of(action)
    if post.kind != Post.Kind.OPENING:
        raise Refusal(_("Only a whole thread can be moved or merged."), code="no_opening", status=422)
    return post.thread


def who_acts(action: Action) -> Person:
    """A person does this: which thread belongs where is nothing for a rule."""
    if action.decision.by is None:
        raise Refusal(_("A person decides where a thread belongs."), code="nobody", status=403)
    return action.decision.by


def carry_out_move(action: Action, options: dict[str, Any]) -> None:
    """To the product that was chosen."""
    thread, to = home_of(action), options.get("product")
    if to is None:
        raise Refusal(_("Choose the product that it is about."), code="no_product", status=422)
    row = move(thread, to=to, by=who_acts(action), reason=reason_of(action)[:300])
    action.details = {"move": row.pk}


def take_back_move(action: Action, by: Any) -> None:
    """Where it was, unless somebody has undone it on its page."""
    row = Move.objects.standing().select_related("thread").filter(pk=action.details["move"]).first()
    if row is not None:
        move_back(row, by=by)


def carry_out_merge(action: Action, options: dict[str, Any]) -> None:
    """Into the thread that was named."""
    thread, into = home_of(action), options.get("into")
    if into is None:
        raise Refusal(_("Name the thread into which it goes."), code="no_thread", status=422)
    row = merge(thread, into=into, by=who_acts(action), reason=reason_of(action)[:300])
    action.details = {"merge": row.pk}


def take_back_merge(action: Action, by: Any) -> None:
    """A page of its own again, unless somebody has undone it there."""
    row = Merge.objects.standing().select_related("thread").filter(pk=action.details["merge"]).first()
    if row is not None:
        unmerge(row, by=by)


MOVE = Deed(
    name="move",
    label=gettext_lazy("Move the thread"),
    done=gettext_lazy("Your thread was moved to the product that it is about. Nothing in it was changed."),
    logged=gettext_lazy("moved a thread"),
    icon="arrow-right",
    carry_out=carry_out_move,
    take_back=take_back_move,
    takes=False,
)
MERGE = Deed(
    name="merge",
    label=gettext_lazy("Merge the thread"),
    done=gettext_lazy("Your thread is read on the page of another one about the same. Nothing in it was changed."),
    logged=gettext_lazy("merged a thread into another"),
    icon="merge",
    carry_out=carry_out_merge,
    take_back=take_back_merge,
    takes=False,
)

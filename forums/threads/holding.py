"""Locking the threads that are about to change, in one order, so that two such changes wait for each other."""

from typing import Any

from django.utils.translation import gettext as _

from community.refusals import Refusal, Stale
from forums.threads.models import Thread


def hold(thread: Thread, *others: Thread, version: int | None = None) -> list[Any]:
    """The threads as they are now, locked until the transaction ends.

    Raises Stale when the first is no longer at the `version` that the person looked at.
    """
    wanted = [thread.pk, *(other.pk for other in others)]
    locked = Thread.objects.select_for_update(of=("self",)).select_related("product__brand", "merged_into")
    found = {row.pk: row for row in locked.filter(pk__in=wanted).order_by("pk")}
    if version is not None and found[thread.pk].version != version:
        raise Stale(
            found[thread.pk], _("“%(title)s” changed while you were looking at it. Look again.") % {"title": thread}
        )
    return [found[pk] for pk in wanted]


def refuse_pair(thread: Thread, other: Thread) -> None:
    """What cannot be brought together: a thread and itself, different kinds, and what is out of sight or led on."""
    if thread.pk == other.pk or other.pk == thread.merged_into_id or thread.pk == other.merged_into_id:
        raise Refusal(_("These two are read on one page already. Choose another thread."), code="same", status=422)
    if thread.kind != other.kind:
        raise Refusal(_("Only threads of the same kind belong together."), code="other_kind", status=422)
    if thread.is_hidden or other.is_hidden:
        raise Refusal(_("One of them is out of sight. Restore it first."), code="hidden")
    if thread.merged_into_id:
        raise Refusal(_("It is merged into another thread already. Undo that first."), code="merged")
    for one in (thread, other):
        if one.duplicate_of_id:
            sentence = _("“%(title)s” is closed as a duplicate. Open it again, or choose the original.")
            raise Refusal(sentence % {"title": one}, code="duplicate")

"""Then: what an automation can do, by name and in the order in which it is done."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from moderation.automation.acts import desk, review, threads
from moderation.automation.acts.act import Act, Context

__all__ = ["ACTS", "Act", "Context", "says"]

ACTS: dict[str, Act] = {
    act.key: act
    for act in (
        Act("tag", _("Add tags"), threads.SAYS["tag"], threads.tag, threads.untag),
        Act("move", _("Move it to a product"), threads.SAYS["move"], threads.move_to, threads.move_home),
        Act("follow", _("Let somebody follow it"), threads.SAYS["follow"], threads.follow_for, threads.unfollow_for),
        Act("assign", _("Give the item to"), desk.SAYS["assign"], desk.assign, desk.assign_back),
        Act("raise", _("Put it up in the queue"), desk.SAYS["raise"], desk.put_up, desk.put_down),
        Act("tell", _("Tell"), desk.SAYS["tell"], desk.tell, desk.untell),
        Act("reply", _("Comment with a template"), threads.SAYS["reply"], threads.reply, threads.take_reply_back),
        Act("review", _("Put it up for review"), review.SAYS["review"], review.put_up_for_review, review.leave_case),
        Act("hide", _("Take it out of sight until somebody has looked"), review.SAYS["hide"], review.hide, review.show),
    )
}  # fmt: skip


def says(key: str, value: Any) -> str:
    """One act in words."""
    return str(ACTS[key].says(value)) if key in ACTS else key

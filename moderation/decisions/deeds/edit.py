"""Editing a post: what is against a rule goes, the rest stays, and the earlier wording is kept."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.refusals import Refusal
from forums.threads.models import Revision
from moderation.decisions.deeds.deed import Deed, reason_of
from moderation.decisions.deeds.hide import post_of
from moderation.decisions.models import Action


def carry_out(action: Action, options: dict[str, Any]) -> None:
    """Write the text that stands from now on."""
    post, text = post_of(action), str(options.get("text", "")).strip()
    if not text or text == post.source.strip():
        raise Refusal(_("Change the text first, or choose something else to do."), code="unchanged", status=422)
    action.details = {"number": post.revisions.count() + 1, "version": post.version + 1}
    facts = {"version": post.version, "reason": reason_of(action)[:200], "looked_at": True}
    post.edit(text, by=action.decision.by, **facts)


def take_back(action: Action, by: Any) -> None:
    """Its author's words again, unless somebody has changed it since."""
    post = post_of(action)
    before = Revision.objects.filter(post=post, number=action.details["number"]).first()
    if post.version == action.details["version"] and before:
        facts = {"version": post.version, "reason": _("The change was taken back."), "looked_at": True}
        post.edit(before.source, by=by, **facts)


EDIT = Deed(
    name="edit",
    label=gettext_lazy("Change the text"),
    done=gettext_lazy("A part of your post was changed by the team."),
    logged=gettext_lazy("changed a post"),
    icon="pencil",
    carry_out=carry_out,
    take_back=take_back,
    takes=False,
)

"""Hiding a post: out of sight, with its place kept."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from forums.threads.models import Post
from moderation.decisions.deeds.deed import Deed, reason_of
from moderation.decisions.models import Action


def carry_out(action: Action, options: dict[str, Any]) -> None:
    """Held content, which is out of sight already, stays there for this reason."""
    post = post_of(action)
    action.details = {"was_hidden": post.is_hidden}
    decision, for_good = action.decision, bool(options.get("for_good"))
    post.hide(by=decision.by, rule=decision.machine, reason=reason_of(action), for_good=for_good)


def take_back(action: Action, by: Any) -> None:
    """Back into sight, where it was, with its votes and dates."""
    post_of(action).restore(by=by)


def post_of(action: Action) -> Post:
    """The post as it is now."""
    return Post.objects.select_related("thread", "author").get(pk=action.post_id)


HIDE = Deed(
    name="hide",
    label=_("Hide the post"),
    done=_("Your post was hidden. Nobody but the team can read it."),
    logged=_("hid a post"),
    icon="eye-off",
    carry_out=carry_out,
    take_back=take_back,
)

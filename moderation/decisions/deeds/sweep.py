"""Taking some posts of one account out of sight in one step, such as those that were part of a wave."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.refusals import Refusal
from forums.threads.models import Post
from moderation.decisions.deeds.deed import Deed, reason_of
from moderation.decisions.models import Action


def carry_out(action: Action, options: dict[str, Any]) -> None:
    """Those that are named and still to be seen; what was hidden before stays as it was."""
    decision, named = action.decision, options.get("posts") or []
    seen = Post.objects.filter(pk__in=named, author=action.person, hiding__isnull=True, is_hidden=False)
    posts = list(seen.select_related("thread", "author"))
    if not posts:
        raise Refusal(_("There is nothing of theirs in sight."), code="nothing", status=422)
    action.details = {"posts": [post.pk for post in posts]}
    for post in posts:
        post.hide(by=decision.by, rule=decision.machine, reason=reason_of(action))


def take_back(action: Action, by: Any) -> None:
    """All of them again, where they were."""
    hidden = Post.objects.filter(pk__in=action.details["posts"], hiding__isnull=False)
    for post in hidden.select_related("thread", "author"):
        post.restore(by=by)


SWEEP = Deed(
    name="sweep",
    label=gettext_lazy("Take the named posts out of sight"),
    done=gettext_lazy("Some of your posts were taken out of sight. Nobody but the team can read them."),
    logged=gettext_lazy("took posts of one account out of sight"),
    icon="eye-off",
    carry_out=carry_out,
    take_back=take_back,
    is_on_person=True,
)

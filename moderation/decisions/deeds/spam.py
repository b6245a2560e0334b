"""Marking a whole account as spam: all it wrote and voted is out of sight, in one step that can be undone."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from community.notifications.models import EmailDelivery
from forums.threads.models import Post, Vote
from forums.threads.voiding import reinstate, void
from moderation.decisions.deeds import suspend
from moderation.decisions.deeds.deed import Deed, reason_of
from moderation.decisions.models import Action


def carry_out(action: Action, options: dict[str, Any]) -> None:
    """Sessions end first, so that nothing comes after; then posts, votes, and the mails that would tell of them."""
    person, by, rule, reason = action.person, action.decision.by, action.decision.machine, reason_of(action)
    suspend.keep_out(action, None)
    posts = list(Post.objects.filter(author=person, hiding__isnull=True).select_related("thread", "author"))
    held = [post.pk for post in posts if post.is_hidden]
    votes = list(Vote.objects.filter(person=person, voiding__isnull=True))
    action.details |= {
        "posts": [post.pk for post in posts],
        "held": held,
        "votes": [vote.pk for vote in votes],
        "mails": EmailDelivery.objects.about_deeds_of(person).drop(),
    }
    for post in posts:
        post.hide(by=by, rule=rule, reason=reason)
    void(votes, by=by, rule=rule, reason=reason)


def take_back(action: Action, by: Any) -> None:
    """Everything as it was: posts with their dates and votes, held ones held, and their own votes counted again."""
    details = action.details
    for post in Post.objects.filter(pk__in=details["posts"], hiding__isnull=False).select_related("thread", "author"):
        if post.pk in details["held"]:
            post.hiding.delete()
        else:
            post.restore(by=by)
    reinstate(Vote.objects.filter(pk__in=details["votes"]), by=by)
    EmailDelivery.objects.filter(pk__in=details["mails"]).take_up_again()
    suspend.take_back(action, by)


SPAM = Deed(
    name="spam",
    label=_("Mark the account as spam"),
    done=_("Your account was taken for one that spreads advertising: all its posts and votes were taken out of sight."),
    logged=_("marked an account as spam"),
    icon="user-x",
    carry_out=carry_out,
    take_back=take_back,
    is_on_person=True,
)

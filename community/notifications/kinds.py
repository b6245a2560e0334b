"""What people can be told of: each kind with its name, its reason, and where it is told unless they say otherwise."""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.utils.translation import gettext_lazy as _


class About(Enum):
    """What kinds have in common, as the settings show them together."""

    FOLLOWED = _("What you follow")
    WRITTEN = _("What you wrote")
    OWN = _("Your questions and cases")
    SELF = _("You here")

    @property
    def label(self) -> Any:
        return self.value


@dataclass(frozen=True)
class Kind:
    """One thing to be told of, and where it is told unless a person says otherwise.

    `reason` is the line "why you got this"; a kind without a mail never leaves the tray. What is `is_own` concerns the
    person's own case: its mails are never held back for the daily number. What is `is_urgent` waits for no quiet hours;
    everything else does. Mails of what `is_mailed_always` go to everybody, whatever they chose. The digest is a kind
    too, so that it can be turned off by its mails, but nothing that happens is of this kind.
    """

    key: str
    label: Any
    reason: Any
    icon: str = "bell"
    about: About = About.SELF
    mail: bool = True
    tray: bool = True
    digest: bool = False
    push: bool = True
    is_own: bool = False
    is_urgent: bool = False
    is_mailed_always: bool = False
    is_listed: bool = True


AUTHOR = _("You get this because you wrote the answer.")
PRIVATE = _("You get this because you have a private conversation with us.")
CASE = _("You get this because our team works on what you asked.")

DIGEST = "digest"
REVIEW_REQUEST = "review_request"

KINDS: dict[str, Kind] = {
    kind.key: kind
    for kind in (
        Kind(
            "question",
            _("New questions in what you watch"),
            _("You get this because you watch this product or tag."),
            "circle-help",
            about=About.FOLLOWED,
        ),
        Kind(
            "person",
            _("News of people you watch"),
            _("You get this because you watch what this person writes."),
            "user-check",
            about=About.FOLLOWED,
        ),
        Kind(
            "answer",
            _("New answers in threads you follow"),
            _("You get this because you follow this thread."),
            "reply",
            about=About.FOLLOWED,
        ),
        Kind(
            "comment",
            _("Comments on what you wrote"),
            _("You get this because somebody commented on your post."),
            "message-circle",
            about=About.WRITTEN,
        ),
        Kind(
            "mention",
            _("Somebody mentions you"),
            _("You get this because you were mentioned."),
            "at-sign",
            about=About.WRITTEN,
        ),
        Kind("solution", _("Your answer solved it"), AUTHOR, "check", about=About.WRITTEN),
        Kind(
            "verified",
            _("The team verifies your answer"),
            AUTHOR,
            "shield-check",
            about=About.WRITTEN,
        ),
        Kind(
            "edits",
            _("Changes to what you wrote, and what became of your suggestions"),
            _("You get this because you wrote it, or suggested the change."),
            "pencil",
            about=About.WRITTEN,
        ),
        Kind(
            "split",
            _("What you wrote becomes a question of its own"),
            _("You get this because you wrote it."),
            "git-branch",
            about=About.WRITTEN,
            is_own=True,
        ),
        Kind(
            "review",
            _("News about your reviews"),
            _("You get this because you wrote the review."),
            "star",
            about=About.WRITTEN,
        ),
        Kind(
            "article",
            _("Help pages that you look after, or that were made of your answers"),
            _("You get this because you look after the page, or wrote what it was made of."),
            "book-open",
            about=About.WRITTEN,
        ),
        Kind(
            "solution_lost",
            _("What solved your question is gone"),
            _("You get this because you asked the question."),
            "circle-alert",
            about=About.OWN,
            is_own=True,
        ),
        Kind(
            "needs_info",
            _("The team needs to know more about your question"),
            _("You get this because you asked the question."),
            "circle-alert",
            about=About.OWN,
            is_own=True,
        ),
        Kind(
            REVIEW_REQUEST,
            _("How is what you bought? One mail for each product, and one reminder"),
            _("You get this because a shop told us that you bought it."),
            "star",
            about=About.OWN,
        ),
        Kind("private", _("Private help"), PRIVATE, "lock", about=About.OWN, is_own=True),
        Kind("case", _("News about your case"), CASE, "folder", about=About.OWN, is_own=True),
        Kind(
            "level",
            _("Your level here changes"),
            _("You get this because your trust level changed, or is about to."),
            "trending-up",
        ),
        Kind(
            "badge",
            _("You earn a badge"),
            _("You get this because what you did here helped somebody."),
            "award",
            mail=False,
        ),
        Kind(
            "reported",
            _("What came of your reports"),
            _("You get this because you reported something."),
            "flag",
        ),
        Kind(
            "decision",
            _("Decisions about what you wrote"),
            _("You get this because the team decided about something of yours."),
            "shield",
            mail=False,  # the statement of reasons is a mail of its own
            is_mailed_always=True,
        ),
        Kind(
            "security",
            _("The safety of your account"),
            _("You get this because it concerns your account."),
            "key",
            mail=False,  # mails about one's account are letters of their own
            is_mailed_always=True,
            is_own=True,
            is_urgent=True,
        ),
        Kind(
            "team", _("Your roles and your work"), _("You get this because you are on the team."), "users", mail=False
        ),
        Kind(
            DIGEST,
            _("The digest"),
            _("You get this because you want a digest of what you have not read yet."),
            "list",
            is_listed=False,
        ),
    )
}

OWN = frozenset(key for key, kind in KINDS.items() if kind.is_own)


def kind(key: str) -> Kind:
    """The kind by its key. An unknown one is a programmer's mistake and fails loudly."""
    return KINDS[key]


def listed(is_team: bool) -> list[Kind]:
    """The kinds that somebody can choose about."""
    return [kind for kind in KINDS.values() if kind.is_listed and (kind.key != "team" or is_team)]

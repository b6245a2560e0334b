"""The demo's second pair of eyes: one reply that Fay has changed, and one that waits for her."""

from typing import Any

from community.people.demo_cast import names
from community.staging import Stage, span
from forums.threads.models import Approval, Regulation
from forums.threads.replying import answer

SENT = (
    "If it is warm to the touch, take it out of the case and let the lithium cell cool down for an hour in the fridge."
)
CHANGED = (
    "If it is warm to the touch, take it out of the case, put it on something that does not burn, and stop using it. "
    "Do not cool it by force. Tell us the serial number here, and we replace it."
)
WAITS = (
    "Please do not press on it any longer: a lithium cell that is charged through a bent contact can get hot. "
    "Leave it out of the case, and we send you a new one."
)


def build(stage: Stage) -> None:
    """This morning."""
    stage.at(stage.now - span("4h"), lambda: make(stage))
    stage.at(stage.now - span("3h30m"), lambda: reply(stage, "emil", "Case loses half its charge", SENT))
    stage.at(stage.now - span("3h5m"), lambda: change(stage))
    stage.at(stage.now - span("38m"), lambda: reply(stage, "dora", "Right earbud charges only", WAITS))


def make(stage: Stage) -> None:
    words = "swollen, lithium, overheats, puncture"
    Regulation.objects.make(by=stage.people["fay"], name="Battery safety", tags="", words=words)


def reply(stage: Stage, who: str, title: str, words: str) -> None:
    question: Any = next(row for name, row in stage.props.items() if name.startswith(f"question {title}"))
    answer(question.thread, by=stage.people[who], source=words, as_staff=True)


def change(stage: Stage) -> None:
    waiting = Approval.objects.waiting().select_related("post__thread__product__brand", "post__author").get()
    waiting.approve(by=stage.people["fay"], version=waiting.post.version, text=CHANGED)


def remove() -> None:
    """Before its people go."""
    Approval.objects.filter(post__author__username_key__in=names()).delete()
    Regulation.objects.filter(by__username_key__in=names()).delete()

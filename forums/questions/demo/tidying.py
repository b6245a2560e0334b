"""How the demo's people make its questions better: changes suggested, remarks moved, doubles brought together."""

from typing import Any

from community.people.demo_cast import names
from community.policy.blackout import Blackout
from community.staging import Stage, span
from forums.questions.converting import become_answer, become_comment
from forums.questions.merging import merge
from forums.threads.duplicating import close_as_duplicate
from forums.threads.models import Conversion, Duplicate, Merge, Move, Post, Redaction, Split
from forums.threads.redacting import redact
from forums.threads.suggesting import accept, suggest

ROWS = (Conversion, Duplicate, Merge, Move, Redaction, Split)


def build(stage: Stage) -> None:
    """Each when it would have been noticed."""
    tidy = Tidying(stage)
    stage.at(stage.now - span("3d20h"), tidy.a_comment_that_helps)
    stage.at(stage.now - span("3d22h"), tidy.a_remark_among_the_answers)
    stage.at(stage.now - span("2d1h"), tidy.two_questions_of_one_matter)
    stage.at(stage.now - span("18h"), tidy.asked_before)
    stage.at(stage.now - span("20h"), tidy.a_word_put_right)
    stage.at(stage.now - span("70m"), tidy.changes_that_wait)
    stage.at(stage.now - span("26h"), tidy.an_address_blacked_out)


class Tidying:
    """The community and its team at it."""

    def __init__(self, stage: Stage) -> None:
        self.people, self.props = stage.people, stage.props

    def thread(self, begins: str) -> Any:
        """The thread of the question whose title begins so."""
        question = next(q for name, q in self.props.items() if name.startswith(f"question {begins}"))
        return type(question.thread).objects.get(pk=question.pk)

    def post(self, begins: str, author: str, kind: str) -> Post:
        posts = self.thread(begins).posts.filter(author=self.people[author], kind=kind)
        return posts.select_related("thread").order_by("pk")[0]

    def a_remark_among_the_answers(self) -> None:
        """“Following” stands below the question."""
        remark = self.post("Pressure on the ears", "priya", Post.Kind.ANSWER)
        become_comment(remark, below=self.post("Pressure", "pavel", Post.Kind.OPENING), by=self.people["priya"])

    def a_comment_that_helps(self) -> None:
        """What solved it for others stood below an answer."""
        tip = self.post("Pressure on the ears", "tomasz", Post.Kind.COMMENT)
        become_answer(tip, by=self.people["hana"], reason="this is an answer of its own")

    def two_questions_of_one_matter(self) -> None:
        own, other = self.thread("Firmware update hangs"), self.thread("Update stops at 67")
        merge(own, into=other, by=self.people["hana"], reason="the same stop at 67 %")

    def asked_before(self) -> None:
        own, other = self.thread("Work laptop, own laptop"), self.thread("How do I pair with two")
        close_as_duplicate(own, of=other, by=self.people["hana"], reason="multipoint is explained there")

    def a_word_put_right(self) -> None:
        """Ben takes over what Sofie has suggested."""
        post = self.post("Pressure on the ears", "ben", Post.Kind.ANSWER)
        better = post.source.replace("**Adaptiv**", "**Adaptive**")
        row = suggest(
            post, better, by=self.people["sofie"], reason="the setting’s name in English", version=post.version
        )
        accept(row, by=self.people["ben"])

    def changes_that_wait(self) -> None:
        """Two for Ben to decide on."""
        for begins, author, old, new, reason in (
            ("Bluetooth drops", "tomasz", "wait for the second chime.", "wait for the second chime (about 20 seconds).",
             "people give up too early"),
            ("How do I pair", "dev", "it remembers eight.", "it remembers eight (six before fw 3.1).",
             "older firmware remembers fewer"),
        ):  # fmt: skip
            post = self.post(begins, "ben", Post.Kind.ANSWER)
            text = post.source.replace(old, new)
            suggest(post, text, by=self.people[author], reason=reason, version=post.version)

    def an_address_blacked_out(self) -> None:
        """Somebody had written more than was good for them."""
        post = self.post("Second pair arrived", "ana", Post.Kind.OPENING)
        words = Blackout(words=("Lindenallee 12",), words_are="address")
        redact(post, words, by=self.people["emil"])


def remove() -> None:
    """What the demo's people did to threads that are not theirs; the rest goes with the threads."""
    for model in ROWS:
        model._default_manager.filter(by__username_key__in=names()).delete()

"""The questions of the demo: sixty small stories from a year, written down in the TOML files beside this one."""

import hashlib
import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from taggit.models import Tag

from community.events.models import Event
from community.files.demo import draw
from community.files.models import Attachment, Blob
from community.notifications.models import EmailDelivery
from community.people.demo_cast import names
from community.people.models import Person
from community.staging import Stage, span
from forums.questions.demo.ballots import Ballots
from forums.questions.models import GuestQuestion, Question, SameProblem
from forums.threads.counting import recount
from forums.threads.models import Post, Thread
from forums.threads.replying import answer, comment

GUESTS = "guests.example"
"""The mail domain of those who asked without an account."""
PICTURES = Path(__file__).parent / "pictures"
FILES = sorted(Path(__file__).parent.glob("*.toml"))


def get_ready() -> None:
    """What takes long, and asks no database."""
    draw((file.name, file.read_bytes()) for file in PICTURES.iterdir())


def build(stage: Stage) -> None:
    """Plan what people asked, answered, voted and accepted."""
    stage.props["owners"] = [person for person in stage.people.values() if not person.is_team]
    ballots = Ballots(stage)
    for file in FILES:
        for told in tomllib.loads(file.read_text())["question"]:
            Story(stage, told, told.get("product", file.stem), ballots).plan()
    stage.at(stage.now, forget_mails_to_guests)


def forget_mails_to_guests() -> None:
    """Nobody has these addresses, and nobody is to be written to."""
    EmailDelivery.objects.filter(recipient__endswith=f"@{GUESTS}").delete()


class Story:
    """One question and what came of it."""

    def __init__(self, stage: Stage, told: dict[str, Any], product: str, ballots: Ballots) -> None:
        self.stage = stage
        self.ballots = ballots
        self.told = told
        self.product = product
        self.begun = stage.now - span(told["ago"])
        self.question: Question | None = None

    def plan(self) -> None:
        """Put each act of the story on the stage's calendar."""
        at = self.stage.at
        at(self.begun, self.ask)
        for number, name in enumerate(self.told.get("same", []), 1):
            at(self.begun + span("7m") * number, lambda name=name: self.same_problem(name))
        for told in self.told.get("answer", []):
            self.plan_answer(told)
        if needs := self.told.get("needs"):
            at(self.begun + span(needs["after"]), lambda: self.ask_back(needs["what"]))
        self.ballots.plan(self.begun + span("12h"), lambda: self.opening, self.told.get("votes", 0))

    def plan_answer(self, told: dict[str, Any]) -> None:
        """An answer, its comments, and what the asker and the team said of it."""
        at, when = self.stage.at, self.begun + span(told["after"])
        at(when, lambda: self.answer(told))
        for spoken in told.get("comments", []):
            at(self.begun + span(spoken["after"]), lambda spoken=spoken: self.comment(told, spoken))
        if told.get("solves"):
            at(self.solved_at(told, when), lambda: self.accept(told))
        if "verified" in told:
            at(self.begun + span(told["verified_after"]), lambda: self.verify(told))
        self.ballots.plan(when + span("9h"), lambda: told["post"], told.get("votes", 0))

    def solved_at(self, told: dict[str, Any], when: datetime) -> datetime:
        """When the asker says so: with their comment, or a while after the answer."""
        own = [spoken["after"] for spoken in told.get("comments", []) if spoken["by"] == self.told["by"]]
        return self.begun + span(own[0]) if own else when + span("38m")

    # The acts.

    def ask(self) -> None:
        told, version = self.told, self.told.get("version")
        words = {
            "title": told["title"],
            "source": told["text"].strip() if told.get("guest") else with_files(told, self.stage.people[told["by"]]),
            "product": self.stage.props[self.product],
            "product_version": self.stage.props[f"{self.product} {version}"] if version else None,
            "environment": told.get("environment", ""),
            "tags": told.get("tags", []),
            "peers_first": told.get("peers_first", False),
            "keep": told.get("keep", ()),
        }
        if told.get("guest"):
            self.question = self.ask_as_guest(words)
        else:
            self.question = Question.objects.ask(by=self.stage.people[told["by"]], **words)
        self.opening = self.question.thread.posts.get(kind=Post.Kind.OPENING)
        self.stage.props[f"question {told['title']}"] = self.question

    def ask_as_guest(self, words: dict[str, Any]) -> Question:
        """Without an account; the mail with the link was answered at once."""
        name = self.told["by"]
        waiting = GuestQuestion.objects.keep(name=name, email=f"{name}@{GUESTS}", network="demo", **words)
        question: Question = waiting.confirm()
        self.stage.people[name] = question.thread.author
        return question

    def answer(self, told: dict[str, Any]) -> None:
        person = self.stage.people[told["by"]]
        fields = {"is_attempt": told.get("attempt", True), "as_staff": person.is_team}
        told["post"] = answer(self.question.thread, by=person, source=with_files(told, person), **fields)

    def comment(self, told: dict[str, Any], spoken: dict[str, Any]) -> None:
        comment(told["post"], by=self.stage.people[spoken["by"]], source=spoken["text"])

    def accept(self, told: dict[str, Any]) -> None:
        self.fresh().accept(
            told["post"], by=self.stage.people[self.told["by"]], environment=self.told.get("environment", "")
        )

    def verify(self, told: dict[str, Any]) -> None:
        agent = self.stage.people["gil" if self.product.startswith("kettle") else "dora"]
        version = self.stage.props[f"{self.product} {told['verified']}"]
        self.fresh().verify(told["post"], by=agent, product_version=version)

    def ask_back(self, what: str) -> None:
        self.fresh().ask_back(what, by=self.stage.people["dora"])

    def same_problem(self, name: str) -> None:
        SameProblem.objects.create(question=self.question, person=self.stage.people[name])
        Question.objects.filter(pk=self.question.pk).update(same_problem_count=F("same_problem_count") + 1)

    def fresh(self) -> Question:
        """The question as it is now."""
        return Question.objects.select_related("thread__product__brand").get(pk=self.question.pk)


def with_files(told: dict[str, Any], by: Any) -> str:
    """The text of a post, with the pictures and logs that go with it."""
    parts = [told["text"].strip()]
    for file in told.get("files", []):
        kept = Attachment.objects.keep(file["name"], (PICTURES / file["name"]).read_bytes(), by=by)
        parts.append(kept.markdown.replace("![]", f"![{file.get('alt', '')}]"))
    return "\n\n".join(parts)


def remove() -> None:
    """Threads that the demo's people began or that are about its products, and what its people said elsewhere."""
    mine = Q(author__username_key__in=names())
    about = Q(product__brand__slug__in=["northlight", "kettle"])
    Event.objects.filter(actor__username_key__in=names()).delete()
    threads = Thread.objects.filter(mine | about)
    tags = list(Tag.objects.filter(thread_tags__content_object__in=threads).values_list("pk", flat=True))
    others = list(Thread.objects.exclude(mine | about).filter(posts__in=Post.objects.filter(mine)).distinct())
    threads.delete()
    Post.objects.filter(mine).delete()
    for thread in others:
        recount(thread)
    forget_mails_to_guests()
    Person.objects.filter(email__endswith=f"@{GUESTS}").delete()
    remove_files()
    Tag.objects.filter(pk__in=tags, thread_tags=None).delete()  # those of the stories, and what somebody added later


def remove_files() -> None:
    """What the stories showed, unless somebody else has uploaded the same."""
    Attachment.objects.filter(uploader__username_key__in=names(), in_posts=None).delete()
    digests = [hashlib.sha256(file.read_bytes()).hexdigest() for file in PICTURES.iterdir()]
    for blob in Blob.objects.filter(digest__in=digests, attachments=None):
        blob.delete()
        transaction.on_commit(blob.drop_files)

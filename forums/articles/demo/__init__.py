"""The help pages of the demo: written over the year, one in German, one of Ben's answer, one to be checked."""

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

from community.staging import Stage, span
from forums.articles.models import Article
from forums.articles.origins import verified_answers
from forums.articles.tending import ask_for_checks
from forums.articles.writing import Said
from forums.threads.models import Post

FILE = Path(__file__).parent / "pages.toml"


def build(stage: Stage) -> None:
    """Plan what the editors wrote and published, and when they looked at it again."""
    for told in tomllib.loads(FILE.read_text())["page"]:
        Page(stage, told).plan()
    stage.at(stage.now - timedelta(days=15), ask_for_checks)  # the day after a firmware came out


class Page:
    """One help page and what came of it."""

    def __init__(self, stage: Stage, told: dict[str, Any]) -> None:
        self.stage, self.told = stage, told
        self.by = stage.people[told["by"]]

    def plan(self) -> None:
        self.stage.at(self.stage.now - span(self.told["ago"]), self.publish)
        self.stage.at(self.stage.now - span(self.told["checked"]), self.find_right)

    @property
    def said(self) -> Said:
        props, told = self.stage.props, self.told
        product = told.get("product")
        return Said(
            title=told["title"], summary=told["summary"], text=told["text"].strip(),
            product=props[product] if product else None,
            versions=tuple(props[f"{product} {name}"] for name in told.get("versions", [])),
            language=told.get("language", "en"), tags=tuple(told["tags"]),
            review_on=(self.stage.now + timedelta(days=told.get("review_in", 120))).date(),
        )  # fmt: skip

    @property
    def answer(self) -> Post | None:
        """The verified answer that it was made of, if any."""
        writer = self.told.get("answer_of")
        return verified_answers().filter(author__username=writer).order_by("-pk").first() if writer else None

    def publish(self) -> None:
        """Write it, and let everybody read it."""
        self.article: Article = Article.objects.begin(self.said, by=self.by, answer=self.answer)
        self.article.publish(by=self.by)
        Article.objects.filter(pk=self.article.pk).update(helped_count=self.told["helped"])

    def find_right(self) -> None:
        """Somebody looked at it again."""
        Article.objects.get(pk=self.article.pk).find_right(by=self.by)


def remove() -> None:
    """They go with the threads of the demo's people, and their tags with them."""

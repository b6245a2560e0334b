"""The help pages of the demo: written over the year, one of them in German, one that somebody has to look at again."""

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

from community.staging import Stage, span
from forums.articles.models import Article
from forums.articles.writing import Said

FILE = Path(__file__).parent / "pages.toml"


def build(stage: Stage) -> None:
    """Plan what the editors wrote and published, and when they looked at it again."""
    for told in tomllib.loads(FILE.read_text())["page"]:
        Page(stage, told).plan()


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

    def publish(self) -> None:
        """Write it, and let everybody read it."""
        self.article: Article = Article.objects.begin(self.said, by=self.by)
        self.article.publish(by=self.by)
        Article.objects.filter(pk=self.article.pk).update(helped_count=self.told["helped"])

    def find_right(self) -> None:
        """Somebody looked at it again."""
        Article.objects.get(pk=self.article.pk).find_right(by=self.by)


def remove() -> None:
    """They go with the threads of the demo's people, and their tags with them."""

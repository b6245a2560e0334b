"""A help page that everybody reads, and one that only its editors do."""

from typing import Any

from tests.forums.articles.scenes import hana_drafts, hana_publishes, says


def in_articles(world: Any) -> None:
    """A help page of Hana's with an earlier wording, and a draft with a canary."""
    article = world.things["article"] = hana_publishes(world.cast)
    article.revise(says(world.cast, text="Hold the button."), by=world.cast.hana, version=1)
    words = f"Not for everybody yet: {world.canary('article')}"
    world.things["article_draft"] = hana_drafts(world.cast, title="What nobody knows yet", text=words)

"""Other wordings of posts that wait for a look."""

from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.policy.changing import Waiting, waits
from community.policy.gate import Verdict
from community.refusals import Stale
from community.text.merging import merged
from forums.threads.models import Post
from forums.threads.suggesting import put_suggestion


class PostChange(Waiting):
    """A change of a post: named by its thread, looked at by those who moderate its product's brand."""

    row: Post

    @property
    def title(self) -> str:
        return _("Change in “%(title)s”") % {"title": self.row.thread.title}

    @property
    def brand(self) -> str:
        product = self.row.thread.product
        return product.brand.slug if product else ""


@waits("wording")
class WordingChange(PostChange):
    """The text of a post, and with the opening the title."""

    label = gettext_lazy("Changed text")
    names: ClassVar[dict[str, Any]] = {
        "title": gettext_lazy("Title"),
        "source": gettext_lazy("Text"),
        "reason": gettext_lazy("Why"),
    }

    def now(self) -> dict[str, str]:
        return {"title": self.row.thread.title, "source": self.row.source, "reason": ""}

    def publish(self) -> None:
        """As after any edit. What somebody has changed elsewhere in the text meanwhile stays."""
        change, facts = self.change, self.change.facts
        known = Post.objects.select_for_update(of=("self",)).select_related("thread__merged_into", "author", "editor")
        post = known.get(pk=self.row.pk)
        title, source = self._brought_together(post, "title"), self._brought_together(post, "source")
        post.reword(
            post, title, source, by=change.by, reason=facts["reason"], verdict=Verdict(), suggested=facts["suggested"]
        )

    def _brought_together(self, post: Post, name: str) -> str:
        """The text with the change in it; Stale when an edit since touched the same place."""
        wanted, now = self.change.texts.get(name), post.thread.title if name == "title" else post.source
        if wanted is None:
            return now
        base = self.change.facts["base_title" if name == "title" else "base"]
        together = merged(base, wanted, now)
        if together is None:
            raise Stale(post, _("The text has changed since, at the same place. Do not publish it, and say why."))
        return together


@waits("suggestion")
class SuggestedChange(WordingChange):
    """What somebody suggests for another one's text. Once somebody has looked, its author is asked."""

    label = gettext_lazy("Suggested change")

    def publish(self) -> None:
        """It waits for the author of the text from now on, as any suggestion does."""
        put_suggestion(self.row, self.change.facts | self.change.texts, by=self.change.by)

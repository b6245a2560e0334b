"""Changes of reviews that wait for a look: words, pros and cons, and the stars with them."""

from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.catalogue.models import ProductVersion
from community.policy.changing import waits
from forums.reviews.models import Review
from forums.reviews.models.trace import Came
from forums.reviews.writing import Said
from forums.threads.changes import PostChange


@waits("review")
class ReviewChange(PostChange):
    """What a review would say. The row is its text."""

    label = gettext_lazy("Changed review")
    names: ClassVar[dict[str, Any]] = {
        "title": gettext_lazy("Title"),
        "source": gettext_lazy("Text"),
        "pros": gettext_lazy("Good"),
        "cons": gettext_lazy("Bad"),
        "use_case": gettext_lazy("Used for"),
    }

    @property
    def review(self) -> Review:
        """The review, as it is now."""
        return Review.objects.select_related("thread", "product__line").get(pk=self.row.thread_id)

    def now(self) -> dict[str, str]:
        review = self.review
        said = {name: getattr(review, name) for name in ("pros", "cons", "use_case")}
        return {"title": self.row.thread.title, "source": self.row.source, **said}

    @property
    def rows(self) -> list[tuple[str, str, str]]:
        """The stars are judged with the words."""
        stars, now = self.change.facts["stars"], self.review.stars
        said = [] if stars == now else [(_("Stars"), f"{now}", f"{stars}")]
        return [*said, *super().rows]

    def publish(self) -> None:
        """As after any change of the writer's."""
        facts, review = self.change.facts, self.review
        version = ProductVersion.objects.filter(pk=facts["version"]).first() if facts["version"] else None
        said = Said(
            facts["stars"], **self.change.texts, product_version=version, owned_for=facts["owned_for"],
            owner_number=facts["owner_number"], aspects=dict(facts["aspects"]),
        )  # fmt: skip
        came, now = Came(*facts["came"]), review.opening.version
        review.rewrite(said, by=self.change.by, version=now, came=came, looked_at=True)

"""Other tags of a question that wait for a look."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy

from community.policy.changing import Waiting, waits
from forums.questions.tidying import put_tags
from forums.threads.models import Thread


@waits("retag")
class RetagChange(Waiting):
    """The tags of a question, with commas between them."""

    label = gettext_lazy("Tags of a question")
    names: ClassVar[dict[str, Any]] = {"tags": gettext_lazy("Tags")}
    row: Thread

    @property
    def brand(self) -> str:
        return self.row.product.brand.slug if self.row.product else ""

    def now(self) -> dict[str, str]:
        return {"tags": ", ".join(sorted(self.row.tags.names()))}

    def publish(self) -> None:
        put_tags(self.row, self.change.texts["tags"].split(", "), by=self.change.by)

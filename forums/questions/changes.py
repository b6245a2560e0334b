"""What is said of a question beside its posts, and waits for a look: tags, where it works, what is still needed."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy

from community.policy.changing import Waiting, waits
from forums.questions.models import Question, Solution
from forums.questions.tidying import put_tags
from forums.threads.changes import PostChange
from forums.threads.models import Thread
from forums.threads.purging import purge_thread


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


@waits("environment")
class EnvironmentChange(PostChange):
    """Where an accepted answer works, in the asker's words. That it works is said already."""

    label = gettext_lazy("Where a solution works")
    names: ClassVar[dict[str, Any]] = {"environment": gettext_lazy("Where it works")}

    def publish(self) -> None:
        """Beside the solution, unless the asker has taken that back meanwhile."""
        if Solution.objects.filter(post=self.row).update(environment=self.change.texts["environment"]):
            purge_thread(self.row.thread)


@waits("need")
class NeedChange(PostChange):
    """What the team needs to know of the asker."""

    label = gettext_lazy("Asking back")
    names: ClassVar[dict[str, Any]] = {"what": gettext_lazy("What is needed")}

    def publish(self) -> None:
        Question.objects.get(pk=self.row.thread_id).put_need(self.change.texts["what"], by=self.change.by)

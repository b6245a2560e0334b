"""Changes of tags that wait for a look: what one is for, its name, another word for it, and the tags of a question."""

from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from taggit.models import Tag

from community.policy.changing import Waiting, waits
from forums.tags.models import TagCard
from forums.tags.tending import put_description, put_name, put_synonym


@waits("tag-description", "tag-name", "tag-synonym")
class TagChange(Waiting):
    """What is said of a tag."""

    label = gettext_lazy("Tag")
    names: ClassVar[dict[str, Any]] = {
        "description": gettext_lazy("What it is for"),
        "name": gettext_lazy("Name"),
        "synonym": gettext_lazy("Another word for it"),
    }
    row: Tag

    @property
    def title(self) -> str:
        return _("Tag #%(name)s") % {"name": self.row.name}

    @property
    def url(self) -> str:
        return f"/tags/{self.row.slug}/"

    def now(self) -> dict[str, str]:
        card = TagCard.objects.filter(tag=self.row).first()
        said = {"description": card.source if card else "", "name": self.row.name, "synonym": ""}
        return {name: said[name] for name in self.change.texts}

    def publish(self) -> None:
        put = {"description": put_description, "name": put_name, "synonym": put_synonym}
        for name, text in self.change.texts.items():
            put[name](self.row, text, by=self.change.by)

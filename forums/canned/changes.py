"""Changes of shared reply templates that wait for a look."""

from typing import Any, ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.catalogue.models import Product
from community.policy.changing import Waiting, waits
from forums.canned.models import CannedReply


@waits("canned")
class CannedChange(Waiting):
    """Its name and words, for those whom its owner wants to share it with."""

    label = gettext_lazy("Reply template")
    names: ClassVar[dict[str, Any]] = {"name": gettext_lazy("Name"), "source": gettext_lazy("Words")}
    row: CannedReply

    @property
    def title(self) -> str:
        return _("Reply template “%(name)s”") % {"name": self.row.name}

    @property
    def url(self) -> str:
        return reverse("forums:canned-edit", args=[self.row.pk])

    @property
    def rows(self) -> list[tuple[str, str, str]]:
        """A template that nobody else has read so far is new to them as a whole."""
        if self.row.audience != CannedReply.Audience.OWN:
            return super().rows
        return [(str(self.names[name]), "", text) for name, text in self.change.texts.items()]

    def publish(self) -> None:
        facts, texts = self.change.facts, self.change.texts
        product = Product.objects.filter(pk=facts["product"]).first() if facts.get("product") else None
        self.row.put(texts["name"], texts["source"], facts["audience"], product, by=self.change.by)

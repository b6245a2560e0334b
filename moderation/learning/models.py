"""The spam classifier in its versions: what each was trained on, and how good it was on what it had not seen."""

from typing import Any, Self

from django.db import models
from django.utils import timezone

from community.events.recording import record
from community.events.verbs import Verb
from moderation.learning.classifier import Classifier
from moderation.learning.measuring import Quality

KEPT_WEIGHTS = 20_000
"""The strongest features are enough, and a row stays small."""


class SpamModelQuerySet(models.QuerySet["SpamModel"]):
    """Which versions."""

    def newest(self) -> Self:
        return self.order_by("-version")

    def keep(
        self, model: Classifier, cut: float, found: Quality, *, examples: int, spam: int, by: Any = None
    ) -> "SpamModel":
        """The next version."""
        version = (self.newest().values_list("version", flat=True).first() or 0) + 1
        strongest = sorted(model.weights, key=lambda name: -abs(model.weights[name]))[:KEPT_WEIGHTS]
        row = self.create(
            version=version, cut=cut, examples=examples, spam=spam, bias=model.bias,
            precision=found.precision, recall=found.recall, f1=found.f1,
            weights={name: model.weights[name] for name in strongest},
        )  # fmt: skip
        self.exclude(pk=row.pk).exclude(weights={}).update(weights={})  # the figures of old versions are enough
        record(Verb.SPAM_LEARNED, actor=by, subject=row, version=version, examples=examples)
        return row


class SpamModel(models.Model):
    """One version. Only the newest is used; of older ones the figures are kept."""

    version = models.PositiveIntegerField(unique=True)
    weights = models.JSONField(default=dict)
    bias = models.FloatField()
    cut = models.FloatField(help_text="from this score on it is pointed out")
    examples = models.PositiveIntegerField()
    spam = models.PositiveIntegerField(help_text="of the examples")
    precision = models.FloatField(help_text="on examples that were held out")
    recall = models.FloatField()
    f1 = models.FloatField()
    created_at = models.DateTimeField(default=timezone.now)

    objects = SpamModelQuerySet.as_manager()

    def __str__(self) -> str:
        return f"version {self.version}"

    @property
    def classifier(self) -> Classifier:
        return Classifier(self.weights, self.bias)

    def strongest(self, most: int = 12) -> dict[str, list[str]]:
        """The words that speak most for spam, and most against it."""
        known: Any = {name: weight for name, weight in self.weights.items() if name[0] != "~"}
        ordered = sorted(known, key=lambda name: known[name])
        return {"spam": ordered[::-1][:most], "ham": ordered[:most]}

"""The index: what may be found, which words there are, and how many of each."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils import timezone


class Document(models.Model):
    """One thing that anybody may find: a thread with its posts, a person, a tag, a product. Hidden things have no row.

    Written by `indexing` only. Each vector holds the stems, and marks such as `kind:question`, `product:7`, `solved`,
    so that words and filters are one look into one index.
    """

    kind = models.CharField(max_length=12, help_text="name of a source")
    object_id = models.BigIntegerField()
    title = models.CharField(max_length=200)
    url = models.CharField(max_length=300)
    product_id = models.BigIntegerField(null=True)
    author_id = models.BigIntegerField(null=True)
    is_solved = models.BooleanField(default=False)
    weight = models.FloatField(default=1.0, help_text="how much more it is worth than another with the same words")
    created_at = models.DateTimeField()
    active_at = models.DateTimeField()
    details = models.JSONField(default=dict, help_text="small facts for its row: names, counts, tags")
    passages = models.JSONField(default=list, help_text="its texts for excerpts: [id, name of the writer, text]")
    titled = SearchVectorField(help_text="the title")
    asked = SearchVectorField(help_text="title and opening: for suggestions to those who ask")
    words = SearchVectorField(help_text="everything")
    asked_counts = models.BinaryField(help_text="packed: how often each stem is in title (three times) and opening")
    word_counts = models.BinaryField(help_text="packed: the same with all of its texts")
    asked_length = models.PositiveIntegerField(default=0)
    word_length = models.PositiveIntegerField(default=0)
    indexed_at = models.DateTimeField(default=timezone.now)
    related_at = models.DateTimeField(null=True, help_text="when its relatives were found; empty: its words are new")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="one_document_per_thing")]
        indexes = [
            GinIndex(fields=["titled"], name="document_by_title"),
            GinIndex(fields=["asked"], name="document_by_question"),
            GinIndex(fields=["words"], name="document_by_words"),
        ]

    def __str__(self) -> str:
        return self.title


class Relative(models.Model):
    """What is shown beside a thing, because it is about the same: found by the worker, so that no page waits for it.

    It goes with its document, so what may not be read any more stands beside nothing from that moment on.
    """

    kind = models.CharField(max_length=12, help_text="of the thing that it stands beside")
    object_id = models.BigIntegerField()
    other = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id", "other"], name="a_relative_is_named_once")]


class Meaning(models.Model):
    """What title and opening mean, where the optional language model is installed (`meaning.py`)."""

    document = models.OneToOneField(Document, on_delete=models.CASCADE, primary_key=True, related_name="meaning")
    vector = models.BinaryField(max_length=384)
    digest = models.BinaryField(max_length=32, help_text="of the text that was read")
    indexed_at = models.DateTimeField(help_text="of the document as it was read")


class Stem(models.Model):
    """In how many documents a stem occurs: rare ones say more. Counted now and then; a new stem counts as rare."""

    stem = models.CharField(max_length=60, primary_key=True)
    asked = models.PositiveIntegerField(default=0, help_text="documents with it in title or opening")
    words = models.PositiveIntegerField(default=0, help_text="documents with it anywhere")


class Word(models.Model):
    """A word as somebody wrote it, for those who mistype it."""

    word = models.CharField(max_length=60, primary_key=True)
    stem = models.CharField(max_length=60)
    count = models.PositiveIntegerField(default=1, help_text="documents with its stem")

    class Meta:
        indexes = [models.Index(fields=["stem"], name="word_by_stem")]


class Figures(models.Model):
    """One row: how many documents there are, and how long they are on average, when the stems were last counted."""

    documents = models.PositiveIntegerField(default=0)
    suggested = models.PositiveIntegerField(default=0, help_text="documents that can be suggested to askers")
    asked_length = models.FloatField(default=50)
    word_length = models.FloatField(default=100)
    counted_at = models.DateTimeField(default=timezone.now)

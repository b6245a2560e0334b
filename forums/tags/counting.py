"""How many questions have a tag: kept, and counted anew when a question comes into sight or goes out of it."""

from collections.abc import Collection

from django.db.models import Count

from community.live.purging import purge
from forums.tags.models import TagCard
from forums.threads.models import Thread, ThreadTag


def recount(tags: Collection[int] | None = None) -> None:
    """Set the kept numbers of these tags, or of all, to what readers can see now."""
    seen = ThreadTag.objects.filter(content_object__in=Thread.objects.listed(), content_object__kind="question")
    cards = TagCard.objects.all()
    if tags is not None:
        seen, cards = seen.filter(tag__in=tags), cards.filter(tag__in=tags)
    counts = dict(seen.values_list("tag").annotate(Count("pk")))
    rows = [TagCard(tag_id=pk, question_count=count) for pk, count in counts.items()]
    TagCard.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["tag"], update_fields=["question_count"], batch_size=1000
    )
    cards.exclude(tag__in=counts).exclude(question_count=0).update(question_count=0)
    purge("tags")

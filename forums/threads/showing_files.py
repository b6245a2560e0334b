"""A post shows the files that its text names, as far as its writer may show them."""

from typing import Any

from django.utils import timezone

from community.files.models import Attachment
from community.people.models import Person
from community.text.pictures import file_keys


def show_files(post: Any, *, by: Person) -> None:
    """Keep up with the files that the text of a post names now.

    The writer may show what they uploaded themselves and what they can see anyway; any other key stays an empty frame.
    What the post shows no longer is let go, and swept two days later unless another post shows it.
    """
    shown = set(post.files.values_list("attachment_id", flat=True)) if post.version > 1 else set()
    named = may_show(file_keys(post.source), by, shown)
    row = post.files.model
    row.objects.bulk_create(row(post=post, attachment_id=pk) for pk in named - shown)
    if gone := shown - named:
        post.files.filter(attachment__in=gone).delete()
        Attachment.objects.filter(pk__in=gone).update(let_go_at=timezone.now())


def may_show(keys: list[str], by: Person, shown: set[int]) -> set[int]:
    """The attachments with these keys that the writer may show, locked so that no sweep takes them meanwhile."""
    if not keys:
        return set()
    rows = Attachment.objects.filter(key__in=keys).select_for_update(of=("self",), no_key=True)
    found = set(rows.values_list("pk", flat=True))
    return found & shown | set(Attachment.objects.visible_to(by).filter(pk__in=found).values_list("pk", flat=True))

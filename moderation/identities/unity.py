"""One person with several accounts: who stands for all of them, and which accounts that are."""

from django.db.models import Q, QuerySet

from community.people.models import Person
from community.prepared import PreparedRow
from moderation.identities.models import Merge


def main_of(person: Person) -> Person:
    """The account that stands for this person, most often their own."""
    merge = Merge.objects.standing().filter(gone=person).select_related("kept").first()
    return merge.kept if merge else person


def accounts_of(person: Person) -> list[Person]:
    """All accounts of the person behind this one: first the one that stands for them, then those that read as it."""
    rows = list(merges_near.all(person=person.pk))
    return [rows[0].kept, *(row.gone for row in rows)] if rows else [person]


def _merges_near(person: int) -> QuerySet[Merge]:
    near = Q(gone=person) | Q(kept=person) | Q(kept__merges_here__gone=person, kept__merges_here__undone_at=None)
    return Merge.objects.standing().filter(near).select_related("gone", "kept").order_by("pk").distinct()


merges_near = PreparedRow(_merges_near, person=int)

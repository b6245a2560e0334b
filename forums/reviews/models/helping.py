"""Whether a review helped its readers. A yes is the trunk's vote; a no is a row here. One of them for each person."""

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.refusals import Refusal
from forums.threads.purging import purge_thread


class Unhelpful(models.Model):
    """A reader says that a review did not help. Taking it back deletes the row."""

    review = models.ForeignKey("reviews.Review", on_delete=models.CASCADE, related_name="unhelpfuls")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "person"], name="one_unhelpful_per_person_and_review")]


class HelpfulReview:
    """What a review can do about its readers' verdicts."""

    pk: int
    thread: Any
    author_id: int
    opening: Any
    brought: Any
    unhelpfuls: Any
    settle: Any

    @transaction.atomic
    def find_helpful(self, *, by: Person) -> None:
        """It helped. What the same person had said before goes."""
        self.opening.vote(by=by)
        self._take_back_no(by)

    @transaction.atomic
    def find_unhelpful(self, *, by: Person) -> None:
        """It did not help. What the same person had said before goes."""
        if by.pk == self.author_id:
            raise Refusal(_("You cannot vote for your own review."), code="own_post", status=403)
        self.opening.take_back_vote(by=by)
        _row, is_new = self.unhelpfuls.get_or_create(person=by)
        if is_new:
            self._count_noes()
            record(Verb.REVIEW_FOUND_UNHELPFUL, actor=by, subject=self.thread)

    @transaction.atomic
    def take_back_verdict(self, *, by: Person) -> None:
        """Say nothing about it after all."""
        self.opening.take_back_vote(by=by)
        self._take_back_no(by)

    def _take_back_no(self, by: Person) -> None:
        if self.unhelpfuls.filter(person=by).delete()[0]:
            self._count_noes()
            record(Verb.REVIEW_UNHELPFUL_TAKEN_BACK, actor=by, subject=self.thread)

    def _count_noes(self) -> None:
        reviews: Any = type(self)
        reviews.objects.select_for_update().get(pk=self.pk)
        along = self.brought.unhelpful_count if hasattr(self, "brought") else 0
        reviews.objects.filter(pk=self.pk).update(unhelpful_count=along + self.unhelpfuls.count())
        self.settle()
        purge_thread(self.thread)

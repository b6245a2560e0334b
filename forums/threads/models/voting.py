"""Voting on posts."""

from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.refusals import Refusal
from forums.threads.models.vote import Vote
from forums.threads.purging import purge_thread
from forums.threads.tallying import tally


class VotablePost:
    """What a post can do about votes."""

    pk: int
    author_id: int
    thread: Any
    score: int
    refresh_from_db: Any

    @transaction.atomic
    def vote(self, *, by: Person) -> None:
        """Say that this post helped. A second vote of the same person changes nothing."""
        if by.pk == self.author_id:
            raise Refusal(_("You cannot vote for your own post."), code="own_post", status=403)
        try:
            with transaction.atomic():
                Vote.objects.create(post_id=self.pk, person=by)
        except IntegrityError:
            return
        self._count_vote(+1)
        record(Verb.VOTE_CAST, actor=by, subject=self)  # type: ignore[arg-type]

    @transaction.atomic
    def take_back_vote(self, *, by: Person) -> None:
        """Take the vote back; nothing happens when there is none, or when staff have voided it."""
        if Vote.objects.filter(post_id=self.pk, person=by, voiding=None).delete()[0]:
            self._count_vote(-1)
            record(Verb.VOTE_TAKEN_BACK, actor=by, subject=self)  # type: ignore[arg-type]

    def _count_vote(self, step: int) -> None:
        type(self).objects.filter(pk=self.pk).update(score=models.F("score") + step)  # type: ignore[attr-defined]
        self.refresh_from_db(fields=["score"])
        tally(self.thread)
        purge_thread(self.thread)

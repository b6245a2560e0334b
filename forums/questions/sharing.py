"""The same problem: other people say that they have it too."""

from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.catalogue.models import ProductVersion
from community.events.models import Event
from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.refusals import Refusal
from forums.threads.following import follow
from forums.threads.purging import purge_thread

PRESSES = 2  # a minute, on one question; the next one waits (AC-ASK-6)
MINUTE = timedelta(minutes=1)


class SharedQuestion:
    """What a question can do about people who have the same problem."""

    pk: int
    thread: Any
    same_problems: Any
    same_problem_count: int
    refresh_from_db: Any

    def can_share(self, person: Any) -> bool:
        """Everybody but the asker."""
        return person.is_authenticated and person.pk != self.thread.author_id

    @transaction.atomic
    def share_problem(self, *, by: Person, product_version: ProductVersion | None = None) -> None:
        """Say that you have it too, and follow. Repeating it changes nothing."""
        if not self.can_share(by):
            raise Refusal(_("This is your own question."), code="own_question", status=403)
        if product_version and product_version.product_id != self.thread.product_id:
            raise Refusal(_("That version belongs to another product."), code="other_product", status=422)
        self._refuse_too_fast(by)
        _row, is_new = self.same_problems.get_or_create(person=by, defaults={"product_version": product_version})
        if is_new:
            self.count_shared()
            follow(self.thread, by=by)
            record(Verb.SAME_PROBLEM, actor=by, subject=self.thread, version=str(product_version or ""))

    @transaction.atomic
    def take_back_shared_problem(self, *, by: Person) -> None:
        """It was something else after all. Following goes on."""
        self._refuse_too_fast(by)
        read_here = type(self.thread).objects.read_with(self.thread).values("pk")
        if self.same_problems.model.objects.filter(question__in=read_here, person=by).delete()[0]:
            self.count_shared()
            record(Verb.SAME_PROBLEM_TAKEN_BACK, actor=by, subject=self.thread)

    def _refuse_too_fast(self, by: Person) -> None:
        Person.objects.select_for_update(no_key=True).filter(pk=by.pk).first()  # presses come one by one
        presses = Event.objects.filter(
            actor=by,
            subject_type=ContentType.objects.get_for_model(self.thread),
            subject_id=self.pk,
            verb__in=[Verb.SAME_PROBLEM, Verb.SAME_PROBLEM_TAKEN_BACK],
            created_at__gt=timezone.now() - MINUTE,
        )
        times = list(presses.order_by("-created_at").values_list("created_at", flat=True)[:PRESSES])
        if len(times) >= PRESSES:
            wait = max(1, round((times[-1] + MINUTE - timezone.now()).total_seconds()))
            sentence = _("That was quick. Please wait a minute and press again.")
            raise Refusal(sentence, code="too_fast", status=429, retry_after=wait)

    def count_shared(self) -> None:
        """Keep the number of people who have it, on the page where it is read: each counts once."""
        home = self.thread.home.pk
        read_here = type(self.thread).objects.read_with(self.thread).values("pk")
        people = self.same_problems.model.objects.filter(question__in=read_here).values("person").distinct()
        type(self).objects.filter(pk=home).update(same_problem_count=people.count())  # type: ignore[attr-defined]
        self.refresh_from_db(fields=["same_problem_count"])
        purge_thread(self.thread)

"""How was it? One question per closure, never repeated, with a use for low marks."""

from datetime import timedelta
from typing import Any

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.people.roles import Role
from community.refusals import Refusal
from community.tokens import new_token
from forums.reviews.models import Review
from forums.reviews.writing import Said
from moderation.queue.models import Item

NOT_AGAIN_WITHIN = timedelta(days=7)  # AC-PRIV-8
LOW = 2


class SurveyQuerySet(models.QuerySet["Survey"]):
    """Which surveys."""

    @transaction.atomic
    def ask_about(self, closing: Any, *, why_not: str, by: Person) -> "Survey":
        """Ask about this closure, or write down why not: the agent's reason, or a survey of this week."""
        recent = self.filter(
            closing__conversation=closing.conversation,
            left_out="",
            created_at__gt=timezone.now() - NOT_AGAIN_WITHIN,
        )
        reason = why_not.strip() or (_("asked less than 7 days ago") if recent.exists() else "")
        survey = self.create(closing=closing, left_out=reason)
        verb = Verb.SURVEY_LEFT_OUT if reason else Verb.SURVEY_SENT
        record(verb, actor=by, subject=closing.conversation, survey=survey.pk)
        return survey

    def figures(self) -> dict[str, Any]:
        """Sent, answered, the share, and the mean with its n; a mean without n says nothing."""
        sums = self.filter(left_out="").aggregate(
            sent=models.Count("id"),
            answered=models.Count("id", filter=models.Q(score__isnull=False)),
            mean=models.Avg("score"),
            low=models.Count("id", filter=models.Q(score__lte=LOW)),
        )
        sums["left_out"] = self.exclude(left_out="").count()
        sums["share"] = round(100 * sums["answered"] / sums["sent"]) if sums["sent"] else None
        return sums


class Survey(models.Model):
    """One question about one closure. The link works once; a low mark opens the matter again for a supervisor."""

    token = models.CharField(max_length=40, unique=True, default=new_token)
    closing = models.OneToOneField("escalation.Closing", on_delete=models.CASCADE, related_name="survey")
    left_out = models.CharField(max_length=200, blank=True, help_text="why it was not sent; empty when it was")
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    words = models.TextField(max_length=1000, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(score__isnull=True) | models.Q(score__range=(1, 5)), name="a_score_is_1_to_5"
            )
        ]

    def get_absolute_url(self) -> str:
        return reverse("moderation:survey", args=[self.token])

    @property
    def is_open(self) -> bool:
        """Sent and not answered yet."""
        return not self.left_out and self.answered_at is None

    @transaction.atomic
    def answer(self, score: int, *, words: str = "", is_public: bool = False) -> None:
        """The customer's mark, once. Two or less opens the conversation again, with a supervisor.

        With `is_public` everybody may read it: it becomes a review of the help they got, under their name.
        """
        row = type(self).objects.select_for_update(of=("self",)).select_related("closing__conversation").get(pk=self.pk)
        if not row.is_open:
            raise Refusal(_("Thank you, we have your answer already."), code="answered", status=410)
        if score not in range(1, 6):
            raise Refusal(_("Choose a mark from 1 to 5."), code="score", status=422)
        row.score, row.words, row.answered_at = score, words[:1000], timezone.now()
        row.save(update_fields=["score", "words", "answered_at"])
        conversation = row.closing.conversation
        record(Verb.SURVEY_ANSWERED, actor=conversation.customer, subject=conversation, score=score)
        if is_public:
            said, occasion = Said(stars=score, source=words[:1000]), f"conversation-{conversation.pk}"
            Review.objects.write(said, by=conversation.customer, about=Review.About.SUPPORT, occasion=occasion)
        if score <= LOW and conversation.is_reopenable:
            conversation.reopen(by=None, reason="low mark")
            give_to_supervisor(conversation.item)


def give_to_supervisor(item: Item) -> None:
    """The item goes to the supervisor of its brand who has the least at hand."""
    supervisors = (
        Person.objects.active()
        .with_role(Role.SUPERVISOR)
        .filter(grants__role=Role.SUPERVISOR, grants__brand__in=["", item.brand_slug])
        .annotate(load=models.Count("assigned_items", filter=models.Q(assigned_items__state=Item.State.OPEN)))
        .order_by("load", "pk")
    )
    supervisor = supervisors.first()
    if supervisor is None:
        return
    item.hold()
    before, item.assignee = item.assignee_id, supervisor
    item.save(update_fields=["assignee"])
    item.notice("low_mark")
    item.touch()
    record(Verb.ITEM_ASSIGNED, actor=None, subject=item, before=before, after=supervisor.pk, reason="low mark")

"""Questions of people without an account: kept out of sight until the mailbox they named says yes."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any, Self

from django.apps import apps
from django.conf import settings
from django.core import signing
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.notifications.mailing import queue_mail
from community.people.joining import join, owner_of
from community.people.models import Person
from community.policy.gate import check
from community.policy.newcomers import NEWCOMER
from community.refusals import Refusal

LINK_GOOD_FOR = timedelta(hours=48)  # AC-ASK-2
TEXT_KEPT_FOR = timedelta(days=7)  # AC-ASK-2
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LINKS = 4
"""Mails for one question: the first, and three more for those who found it too late."""
SALT = "questions.guest"
SUBJECT = gettext_lazy("Please confirm your question")
REASON = gettext_lazy("You get this mail because this address was given with a question. It is used for nothing else.")


class WaitingQuerySet(models.QuerySet[Any]):
    """Which guests' questions, and how one begins to wait."""

    def unconfirmed(self) -> Self:
        return self.filter(question__isnull=True)

    def outlived(self) -> Self:
        """Nobody has confirmed them in time."""
        return self.unconfirmed().filter(created_at__lte=timezone.now() - TEXT_KEPT_FOR)

    @transaction.atomic
    def keep(
        self,
        *,
        name: str,
        email: str,
        network: str,
        title: str,
        source: str,
        tags: Iterable[str] = (),
        keep: Collection[str] = (),
        **about: Any,
    ) -> Any:
        """Keep what a visitor asked, and write to the address they gave. Nobody else can see it.

        `about` are fields of the question: product, product_version, environment, peers_first.
        Raises Refusal when the gate says no, or when the network or the address has had enough for now.
        """
        check(source, title=title, by=NEWCOMER, where="question", keep=keep).enforce()
        self._refuse_too_many(email, network)
        row = self.create(
            name=name, email=email.lower(), network=network, locale=get_language() or settings.LANGUAGE_CODE,
            title=title, source=source, tags=list(tags), kept_kinds=list(keep), **about,
        )  # fmt: skip
        record(Verb.QUESTION_LEFT, actor=None, subject=row)
        row.send_link()
        return row

    def _refuse_too_many(self, email: str, network: str) -> None:
        """So many an hour from one network, so many a day to one mailbox."""
        limits = (
            (self.filter(network=network), settings.GUEST_QUESTIONS_A_NETWORK, HOUR),
            (self.filter(email=email.lower()), settings.GUEST_QUESTIONS_AN_ADDRESS, DAY),
        )
        for rows, most, span in limits:
            times = list(rows.filter(created_at__gt=timezone.now() - span).order_by("-created_at")[:most])
            if len(times) >= most:
                wait = times[-1].created_at + span - timezone.now()
                sentence = _("That was many questions in a short time. Your text is kept here; send it in %(wait)s.")
                words = {"wait": in_words(wait)}
                seconds = max(1, int(wait.total_seconds()))
                raise Refusal(sentence % words, code="pace", status=429, retry_after=seconds)


class WaitingQuestion:
    """What a guest's question can do."""

    pk: int
    key: str
    name: str
    email: str
    locale: str
    title: str
    source: str
    tags: list[str]
    kept_kinds: list[str]
    question: Any
    question_id: int | None
    product: Any
    product_version: Any
    environment: str
    peers_first: bool
    links_sent: int
    created_at: datetime
    save: Any

    @property
    def kept_until(self) -> datetime:
        """When the text goes if nobody confirms it."""
        return self.created_at + TEXT_KEPT_FOR

    @property
    def owner(self) -> Person | None:
        """The account that the mailbox belongs to. Told to nobody but the mailbox."""
        return owner_of(self.email)

    @property
    def byline(self) -> str:
        """The name under which it will appear."""
        owner = self.owner
        return owner.name if owner else self.name

    def link(self) -> str:
        """The address in the mail, good for 48 hours from now."""
        token = signing.dumps(self.key, salt=SALT)
        return settings.SITE_URL + reverse("forums:guest-question-confirm", args=[token])

    @transaction.atomic
    def send_link(self) -> None:
        """Write to the mailbox; a mail too many is refused."""
        if self.links_sent >= LINKS:
            sentence = _("Several links are in your mailbox already. Please look there, also among unwanted mail.")
            raise Refusal(sentence, code="too_many_links", status=429, retry_after=int(DAY.total_seconds()))
        self.links_sent += 1
        self.save(update_fields=["links_sent"])
        queue_mail(
            "guest_question",
            to=self.email,
            key=f"guest-question-{self.pk}-{self.links_sent}",
            subject=SUBJECT,
            reason=REASON,
            language=self.locale,
            is_secret=True,
            context={"waiting": self, "owner": self.owner, "url": self.link()},
        )

    @transaction.atomic
    def confirm(self, *, name: str = "") -> Any:
        """The mailbox said yes: its account asks the question. Without one it gets one, under the chosen name.

        Said twice, it answers the first one's question. Raises Refusal when the name is gone, or the account may not.
        """
        row = type(self).objects.select_for_update(of=("self",)).get(pk=self.pk)  # type: ignore[attr-defined]
        if row.question_id:
            return row.question
        owner = row.owner
        if owner:
            refuse_unless_welcome(owner)
        person = owner or join(name or row.name, row.email, row.locale)
        question = apps.get_model("questions", "Question").objects.ask(
            by=person,
            title=row.title,
            source=row.source,
            tags=row.tags,
            keep=row.kept_kinds,
            product=row.product,
            product_version=row.product_version,
            environment=row.environment,
            peers_first=row.peers_first,
            draft="",
        )
        row.question, row.email, row.source, row.network = question, "", "", ""
        row.save()
        record(Verb.QUESTION_CONFIRMED, actor=person, subject=question.thread)
        return question


def read_link(token: str) -> tuple[str, bool]:
    """The key of a guest's question and whether the link is still good. Raises BadSignature for a foreign link."""
    try:
        return signing.loads(token, salt=SALT, max_age=LINK_GOOD_FOR), True
    except signing.SignatureExpired:
        return signing.loads(token, salt=SALT), False


def refuse_unless_welcome(owner: Person) -> None:
    """People who may not sign in cannot ask by mail either; the team asks behind its second step."""
    suspension = owner.suspensions.in_force().order_by("-until").first()
    if suspension or not owner.is_active:
        sentence = suspension.sentence if suspension else _("This account is closed.")
        raise Refusal(sentence, code="not_welcome", status=403)
    if owner.is_team:
        raise Refusal(_("This address belongs to the team. Please sign in and ask there."), code="sign_in", status=403)


def in_words(wait: timedelta) -> str:
    """About how long: "5 minutes", "3 hours"."""
    minutes = max(1, round(wait.total_seconds() / 60))
    if minutes < 90:
        return _("about %(number)s min") % {"number": minutes}
    return _("about %(number)s h") % {"number": round(minutes / 60)}

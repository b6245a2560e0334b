"""Which pages are open: each socket of somebody in a chat, or of the team at the desk, has a seat."""

from datetime import timedelta
from typing import Any, Self

from django.db import models
from django.utils import timezone

from community.people.models import Person

GONE_AFTER = timedelta(seconds=45)  # three beats of the page, should it have left without a word
ON_THE_WAY = timedelta(seconds=8)  # a page that says good-bye may be replaced by the next one


class SeatQuerySet(models.QuerySet["Seat"]):
    """Who is there."""

    def fresh(self) -> Self:
        """Heard within the last three beats."""
        return self.filter(seen_at__gt=timezone.now() - GONE_AFTER)

    def at_the_desk(self) -> Self:
        """Pages of the desk, not of a single chat."""
        return self.filter(chat=None)

    def take(self, person: Person, doing: str, *, socket: str, chat: Any = None) -> bool:
        """A page says that its reader is here, or types, or is gone. Answers whether others see a change.

        Who leaves is counted as here for a few seconds more: they may only be reloading.
        """
        mine = self.filter(person=person, socket=socket, chat=chat)
        if doing not in Seat.Doing.values:
            typed = mine.filter(doing=Seat.Doing.TYPING).exists()
            mine.update(doing=Seat.Doing.HERE, seen_at=timezone.now() - GONE_AFTER + ON_THE_WAY)
            return typed
        if mine.fresh().filter(doing=doing).update(seen_at=timezone.now()):
            return False
        self.update_or_create(
            person=person, socket=socket, chat=chat, defaults={"doing": doing, "seen_at": timezone.now()}
        )
        return True


class Seat(models.Model):
    """One open page of one person. It is gone with its socket, or when it has not been heard for 45 seconds."""

    class Doing(models.TextChoices):
        HERE = "here"
        TYPING = "typing"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    chat = models.ForeignKey("chat.Chat", on_delete=models.CASCADE, null=True, related_name="seats")
    socket = models.CharField(max_length=40)
    doing = models.CharField(max_length=8, choices=Doing.choices)
    seen_at = models.DateTimeField(default=timezone.now)

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "chat", "socket"], nulls_distinct=False, name="one_seat_per_page_and_chat"
            )
        ]
        indexes = [models.Index(fields=["person", "seen_at"], name="seat_by_person")]

    def __str__(self) -> str:
        return f"{self.person} is {self.doing}"

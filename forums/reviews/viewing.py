"""What is the viewer's own on pages of reviews: their verdicts, and what they may do."""

from dataclasses import dataclass, field
from typing import Any

from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse

from community.notifications.watched import Place
from community.people.roles import Capability
from community.people.trust import Privilege, may
from forums.reviews.models import Review, Unhelpful
from forums.reviews.reading import Card, Reading
from forums.threads.following import heard_level
from forums.threads.models import Post, Vote
from forums.threads.speaking import persona_of
from forums.threads.watched import WatchedThread


@dataclass
class Verdicts:
    """What this person says of which reviews: by the id of the review, yes or no."""

    person: Any
    said: dict[int, bool] = field(default_factory=dict)

    @classmethod
    def of(cls, person: Any, reviews: list[int]) -> "Verdicts":
        yes = Vote.objects.filter(person=person, post__kind=Post.Kind.OPENING, post__thread__in=reviews)
        no = Unhelpful.objects.filter(person=person, review__in=reviews)
        said = dict.fromkeys(yes.values_list("post__thread", flat=True), True)
        return cls(person, said | dict.fromkeys(no.values_list("review", flat=True), False))

    def own(self, cards: list[Card]) -> dict[tuple[str, int], str]:
        """The pieces to put into kept cards, where they differ from everybody else's."""
        return {
            ("verdict", card.review.pk): render_to_string(
                "forums/reviews/_verdict_buttons.html",
                {
                    "review": card.review,
                    "opening": card.opening,
                    "said": self.said.get(card.review.pk),
                    "is_own": card.review.author_id == self.person.pk,
                },
            )
            for card in cards
            if card.review.pk in self.said or card.review.author_id == self.person.pk
        }


@dataclass
class Viewer:
    """The reader of one review."""

    person: Any
    review: Review
    csrf_token: str
    once_key: str = ""

    @property
    def is_new(self) -> bool:
        """Whether the limits of new members hold for them."""
        return not may(self.person, Privilege.POSTS)

    @property
    def is_author(self) -> bool:
        return self.review.author_id == self.person.pk

    @property
    def may_moderate(self) -> bool:
        return bool(self.person.can(Capability.MODERATE))

    @property
    def place(self) -> Place:
        """The review as something that can be watched."""
        return WatchedThread.place(self.review.thread)

    @property
    def level(self) -> str:
        """How much of it they want to hear."""
        return heard_level(self.review.thread, self.person)

    @property
    def persona(self) -> str:
        return persona_of(self.person)

    @property
    def waiting_photos(self) -> list[Any]:
        """Their photos that nobody has looked at yet."""
        return list(self.review.photos.waiting().select_related("attachment__blob")) if self.is_author else []

    @property
    def slot_url(self) -> str:
        """Where the staff's piece of the page comes from."""
        if not self.person.can(Capability.WORK_THE_QUEUE):
            return ""
        try:
            return reverse("moderation:thread-slot", args=[self.review.pk])
        except NoReverseMatch:
            return ""

    def own(self, reading: Reading) -> dict[tuple[str, int], str]:
        """The pieces to put into the kept page."""
        pieces = Verdicts.of(self.person, [self.review.pk]).own([reading.card])
        posts = [*reading.replies, *reading.comments, *(comment for one in reading.replies for comment in one.comments)]
        ids = [reply.post.pk for reply in posts]
        voted = set(Vote.objects.filter(person=self.person, post__in=ids).values_list("post", flat=True))
        for reply in posts:
            post, is_own = reply.post, reply.post.author_id == self.person.pk
            context = {"post": post, "is_own": is_own, "is_voted": post.pk in voted, "csrf_token": self.csrf_token}
            if is_own or post.pk in voted:
                pieces["vote", post.pk] = render_to_string("forums/threads/_vote.html", context)
            if is_own or self.may_moderate:
                pieces["deeds", post.pk] = render_to_string("forums/reviews/_reply_deeds.html", context)
        return pieces

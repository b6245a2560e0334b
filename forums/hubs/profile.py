"""What a person's public page shows."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, QuerySet

from community.catalogue.models import Ownership
from community.paging import Page, page_of
from community.people.audience import Field, fields_for
from community.people.badges import BADGES
from community.people.languages import language_name
from community.people.models import Person, Persona
from community.people.trust import NAMES
from community.prepared import Prepared, PreparedRow
from forums.hubs.answers import counts_of, html_of, page_of_answers
from forums.hubs.expertise import Helped, helped_with, topics_of
from forums.hubs.rows import kept_rows, public_questions
from forums.questions.models import Question
from forums.reputation.models import Award, Standing


@dataclass
class Profile:
    """A person in public. Nothing here is contact data."""

    person: Person
    tab: str
    page: Page
    seen: set[str]

    @cached_property
    def standing(self) -> Standing | None:
        """What they were thanked for, when the viewer may know it."""
        return standing_of.get(person=self.person.pk) if Field.POINTS in self.seen else None

    @cached_property
    def products(self) -> list[Ownership]:
        """What they own, when the viewer may know it. Order numbers are nobody's business."""
        if Field.PRODUCTS not in self.seen:
            return []
        return list(Ownership.objects.filter(person=self.person).select_related("product", "version"))

    @property
    def level(self) -> Any:
        """The name of their trust level, when the viewer may know it. The team has none."""
        is_shown = Field.POINTS in self.seen and self.person.level and not self.person.is_team
        return NAMES[self.person.level] if is_shown else ""

    @cached_property
    def badges(self) -> list[Award]:
        """What they have earned, each with its cause."""
        if Field.BADGES not in self.seen:
            return []
        return sorted(awards_of.all(person=self.person.pk), key=lambda award: list(BADGES).index(award.badge))

    @cached_property
    def helped(self) -> tuple[list[Helped], list[Helped]]:
        """Products and tags that they helped with."""
        return helped_with(self.person) if Field.HELPED in self.seen else ([], [])

    @cached_property
    def topics(self) -> list[tuple[str, str]]:
        """What they say that they know about."""
        return topics_of(self.person) if Field.TOPICS in self.seen else []

    @cached_property
    def persona(self) -> Persona | None:
        """The public face of somebody on the team."""
        return getattr(self.person, "persona", None) if self.person.is_team else None

    @property
    def name(self) -> str:
        return self.person.name

    @property
    def alias(self) -> str:
        return self.persona.alias if self.persona else ""

    @cached_property
    def languages(self) -> list[str]:
        """Each in its own words."""
        return [language_name(code) for code in self.persona.languages.split()] if self.persona else []

    @cached_property
    def counts(self) -> dict[str, int]:
        """Their answers, and how many of them solved it."""
        return counts_of(self.person)

    @property
    def answer_count(self) -> int:
        return self.counts["answers"]

    @cached_property
    def question_count(self) -> int:
        row = asked_by.row(person=self.person.pk)
        return row[0] if row else 0

    @property
    def solution_count(self) -> int:
        return self.counts["solutions"]

    @property
    def answers(self) -> str:
        """The answers as kept rows."""
        return html_of(self.page.rows)

    @property
    def rows(self) -> list[str]:
        """The questions as kept rows."""
        return kept_rows([(question.pk, question.thread.version) for question in self.page.rows])

    @property
    def shown(self) -> list[Any]:
        """Everything that the page says, and so what it is kept under."""
        who = [self.tab, self.seen, self.level, self.persona, self.languages, self.person.is_champion]
        return [*who, self.standing, self.products, self.badges, self.helped, self.topics, self.counts,
                self.question_count, self.page.rows, self.page.older]  # fmt: skip

    @property
    def older_url(self) -> str:
        return f"?{urlencode({'tab': self.tab, 'after': self.page.older})}" if self.page.older else ""


def profile_of(person: Person, tab: str, after: str, viewer: Any = None) -> Profile:
    """The profile as this viewer may see it, with one page of answers, or of questions when asked for."""
    seen = fields_for(viewer, person)
    if tab == "questions":
        asked = public_questions().filter(thread__author=person).select_related("thread")
        return Profile(person, "questions", page_of(asked, "-thread__created_at", after), seen)
    return Profile(person, "answers", page_of_answers(person, after), seen)


def _asked_by(person: int) -> QuerySet[Question, tuple[Any, ...]]:
    grouped = public_questions().filter(thread__author=person).order_by().values("thread__author")
    return grouped.annotate(n=Count("pk")).values_list("n")


asked_by = Prepared(_asked_by, person=int)
standing_of = PreparedRow(lambda person: Standing.objects.filter(person=person), person=int)
awards_of = PreparedRow(
    lambda person: Award.objects.seen().filter(person=person).select_related("post__thread"), person=int
)

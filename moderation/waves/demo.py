"""A wave of last week, judged; an account of last month; and what the spam score learned from both."""

import tomllib
from pathlib import Path
from typing import Any

from django.contrib.contenttypes.models import ContentType

from community.events.models import Event
from community.notifications.models import EmailDelivery
from community.people.arrivals import Arrival
from community.people.crisis import Crisis
from community.people.demo_cast import add_person, hashed_password, names
from community.people.models import Person
from community.staging import Stage, span
from forums.threads.models import Post
from forums.threads.replying import answer
from moderation.decisions.deciding import Wanted, decide
from moderation.decisions.models import FactTemplate
from moderation.flags.models import Case, HouseRule
from moderation.learning.models import SpamModel
from moderation.learning.training import learn
from moderation.waves.judging import confirm
from moderation.waves.models import Wave
from moderation.waves.sweeping import sweep
from moderation.waves.tasks import end_crisis

DOMAIN = "mass-mail.example"
TOLD = tomllib.loads(Path(__file__).with_suffix(".toml").read_text())


def build(stage: Stage) -> None:
    """Plan the account, the wave, what Hana made of both, and each time the score learned."""
    story, began = Story(stage), stage.now - span("5d3h")
    stage.at(stage.now - span("61d"), story.keep_facts)
    stage.at(stage.now - span("45d"), story.sell)
    stage.at(stage.now - span("44d20h"), story.mark)
    stage.at(stage.now - span("44d"), learn)
    stage.at(began - span("25m"), story.join)
    stage.at(began, lambda: story.post(TOLD["first"], TOLD["early"]))
    stage.at(began + span("1m"), story.sweep)
    stage.at(began + span("4m"), lambda: story.post(TOLD["held"], TOLD["late"]))
    stage.at(began + span("50m"), story.confirm)
    stage.at(began + span("2h1m"), lambda: end_crisis(timestamp=0))
    stage.at(stage.now - span("20h"), learn)


class Story:
    """The sellers, and Hana."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.sellers: dict[str, Person] = {}
        self.password = hashed_password()

    def keep_facts(self) -> None:
        """What Hana says every day."""
        for told in TOLD["facts"]:
            rule = HouseRule.objects.filter(slug=told["rule"]).first()
            if rule is not None:
                FactTemplate.objects.keep(
                    by=self.stage.people["hana"], rule=rule, title=told["title"], text=told["text"]
                )

    def seller(self, name: str, ago: str, network: str) -> Person:
        joined = self.stage.now - span(ago)
        person = self.sellers[name] = add_person(name, DOMAIN, self.password, joined, hue=len(name) * 23 % 360)
        Arrival.objects.create(
            person=person, network=network * 4, device="5eed0c11" * 4, domain=DOMAIN, created_at=joined
        )
        return person

    def sell(self) -> None:
        """One account, twelve posts."""
        person = self.seller(TOLD["account"]["name"], "45d2h", "0b5e55ed")
        thread = self.thread_called(TOLD["account"]["thread"])
        for text in TOLD["account"]["texts"]:
            answer(thread, by=person, source=text, where="import")

    def mark(self) -> None:
        case = Case.objects.open_about(
            self.sellers[TOLD["account"]["name"]], by=self.stage.people["hana"], origin="staff"
        )
        rule = HouseRule.objects.get(slug="spam")
        wanted = Wanted("acted", {"spam": {}}, rule, "Twelve posts that each lead to the same shop, and nothing else.")
        decide(case, wanted, by=self.stage.people["hana"])

    def join(self) -> None:
        for name in [*TOLD["early"], *TOLD["late"]]:
            self.seller(name, "5d3h20m", "cab1e0f5")

    def post(self, texts: list[str], who: list[str]) -> None:
        """As everybody posts: through the gate."""
        for number, text in enumerate(texts):
            answer(self.thread(number), by=self.sellers[who[number % len(who)]], source=text, where="answer")

    def sweep(self) -> None:
        for wave in Wave.objects.going_on():
            sweep(wave)

    def confirm(self) -> None:
        for wave in Wave.objects.going_on():
            people = list(wave.members.values_list("person", flat=True))
            reason = f"Your posts led to {TOLD['shop']}, like those of eleven other accounts within minutes."
            confirm(wave, by=self.stage.people["hana"], reason=reason, people=people)

    def thread(self, number: int) -> Any:
        return self.thread_called(TOLD["threads"][number % len(TOLD["threads"])])

    def thread_called(self, title: str) -> Any:
        return next(q for name, q in self.stage.props.items() if name.startswith(f"question {title}")).thread


def remove() -> None:
    """The sellers go with all they posted, with the cases about them, the alarm, its crisis, and what was learned."""
    sellers = Person.objects.filter(email__endswith=f"@{DOMAIN}")
    waves = Wave.objects.filter(members__person__in=sellers).distinct()
    crises = Crisis.objects.filter(pk__in=list(waves.exclude(crisis=None).values_list("crisis", flat=True)))
    facts = FactTemplate.objects.filter(by__username_key__in=names())
    for rows in (waves, crises, SpamModel.objects.all(), facts):
        kind = ContentType.objects.get_for_model(rows.model)
        Event.objects.filter(subject_type=kind, subject_id__in=list(rows.values_list("pk", flat=True))).delete()
    people = list(sellers.values_list("pk", flat=True))
    Case.objects.filter(concerns__in=people).delete()
    Wave.objects.filter(pk__in=list(waves.values_list("pk", flat=True))).delete()
    for rows in (crises, SpamModel.objects.all(), facts):
        rows.delete()
    EmailDelivery.objects.filter(recipient__endswith=f"@{DOMAIN}").delete()
    Event.objects.filter(actor__in=people).delete()
    Post.objects.filter(author__in=people).delete()
    Person.objects.filter(pk__in=people).delete()

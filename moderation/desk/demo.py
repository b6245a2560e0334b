"""A Monday morning on the demo's desk: who has what at hand, what is private, what waits for a CRM."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings

from community.people.absence import Absence
from community.people.demo_cast import names
from community.staging import Stage, span
from forums.bonds.models import Wish
from moderation.crm.models import Case
from moderation.crm.payload import entries_of
from moderation.crm.pushing import push_item
from moderation.escalation.models import Conversation, Invitation, Outcome, PrivateMessage, Survey
from moderation.queue.models import Calendar, CustomerFacts, Item, Ordering

SETTLED_AFTER = timedelta(days=5)
"""What is older, the team of the demo has looked at."""

NOTES = [
    # title begins, who, ago, words
    ("Bluetooth drops", "emil", "20m", "Second one from the November batch. Firmware knows, it is their number 4790."),
    (
        "Left side has no sound",
        "dora",
        "25m",
        "Third wet Beam Mini this week. Ask for the serial before sending a new one.",
    ),
    ("No sound over eARC", "gil", "90m", "TV firmware 33.21, same as the two last week. Asked the TV people."),
    ("App asks for location", "hana", "15m", "Chris streams to many people. He gets his turn like everybody, please."),
]

KNOWN = [("chris", 90_000, 0.1), ("priya", 2_400, 0.3), ("henrik", 120, 0.9), ("ana", 40, 0.6), ("sofie", 0, 0.8)]
"""Who, followers elsewhere, loyalty as a CRM would say it. Neither counts for the order."""


def build(stage: Stage) -> None:
    """Plan what the team did."""
    desk = Desk(stage)
    stage.at(stage.now - span("300d"), desk.promise)
    stage.at(stage.now - span("40d"), desk.lengthen_the_tail)
    stage.at(stage.now - span("3h10m"), desk.settle_the_old)
    for title, name, ago, words in NOTES:
        stage.at(stage.now - span(ago), lambda t=title, n=name, w=words: desk.item(t).note(w, by=stage.people[n]))
    stage.at(stage.now - span("22m"), lambda: desk.item("Left side has no").claim(by=stage.people["dora"]))
    stage.at(
        stage.now - span("85m"),
        lambda: desk.item("No sound over eARC").assign(stage.people["gil"], by=stage.people["gil"]),
    )
    stage.at(stage.now - span("15m"), desk.ask_for_dora)
    stage.at(stage.now - span("3d"), desk.plan_days_away)
    stage.at(stage.now - span("2h"), desk.snooze_firmware)
    stage.at(stage.now - span("1d2h"), desk.invite_ana)
    stage.at(stage.now - span("8d2h"), desk.help_ana_with_the_cable)
    stage.at(stage.now - span("5h"), desk.help_luca)
    stage.at(stage.now - span("1h30m"), desk.greta_writes)
    stage.at(stage.now - span("40m"), desk.push_the_widget)


class Desk:
    """The team at work."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.people = stage.people

    def item(self, title: str) -> Item:
        """The card of a question whose title begins so."""
        return Item.objects.select_related("product__brand", "thread").get(kind="question", title__startswith=title)

    def thread(self, title: str) -> Any:
        return next(q for name, q in self.stage.props.items() if name.startswith(f"question {title}")).thread

    def promise(self) -> None:
        """Office hours in Berlin, a first version of the order, and what is known of a few customers."""
        fay = self.people["fay"]
        for brand in {self.stage.props[slug].brand for slug in ("beam-2", "kettle-one")}:
            closed = [
                (date(self.stage.now.year, 12, 25), "Christmas"),
                (date(self.stage.now.year + 1, 1, 1), "New Year"),
            ]
            known = Calendar.objects.filter(brand=brand).first()  # with a brand that stayed behind
            (known or Calendar(brand=brand, zone="Europe/Berlin")).keep(by=fay, holidays=closed)
        Ordering.objects.change(
            by=fay, reason="A beginning: every tenth turn for quiet questions.", long_tail_percent=10
        )
        for name, followers, loyalty in KNOWN:
            CustomerFacts.objects.note(self.people[name], source="demo", followers=followers, loyalty=loyalty)

    def lengthen_the_tail(self) -> None:
        """Fay once changed the order, and said why."""
        why = "Quiet questions about older products waited longest. They get every fifth turn instead of every tenth."
        Ordering.objects.change(by=self.people["fay"], reason=why, long_tail_percent=20)

    def settle_the_old(self) -> None:
        """Old questions that peers have answered are done; the one nobody could answer stays."""
        old = Item.objects.filter(created_at__lt=self.stage.now - SETTLED_AFTER, thread__answer_count__gt=0)
        for item in old.exclude(state=Item.State.CLOSED):
            item.close(by=self.people["emil"], reason="answered by owners")

    def snooze_firmware(self) -> None:
        item = self.item("Is firmware 3.3 out")
        item.note(
            "Release is planned for the day after tomorrow. Answer then, with the note on the equaliser.",
            by=self.people["dora"],
        )
        item.snooze(self.stage.now + timedelta(days=2), by=self.people["dora"])

    def ask_for_dora(self) -> None:
        """Ana was helped by Dora before, and would like her again."""
        Wish.objects.ask_again(self.thread("Second pair arrived"), self.people["dora"], by=self.people["ana"])

    def plan_days_away(self) -> None:
        """Next week Emil is away, and Dora stands in."""
        monday = self.stage.now.date() + timedelta(days=7 - self.stage.now.weekday())
        days = {"first_day": monday, "last_day": monday + timedelta(days=4)}
        Absence.objects.plan(by=self.people["emil"], substitute=self.people["dora"], **days)

    def invite_ana(self) -> None:
        """An open offer: visitors accept or decline it in Ana's shoes."""
        Invitation.objects.offer(
            self.thread("Second pair arrived"),
            by=self.people["emil"],
            channels=["page", "mail"],
            purpose="To exchange the pair before Saturday we need your order, an address and a photo of the scratch.",
        )

    def help_ana_with_the_cable(self) -> None:
        """A finished conversation whose public summary waits for Ana's word."""
        talk = self.take_private(
            "Charging cable gets warm", "dora", "A warm plug is ours to look at. For a new cable we need your order.",
            "The cable was in the box, order NL-1001. It is about as warm as a cup of tea on the outside.",
        )  # fmt: skip
        talk.reply(
            "Thank you. Please stop using it. A new one is on its way, you need not send the old one back.",
            by=self.people["dora"],
        )
        talk.say("It came today and stays cold. That was quick, thank you!", by=self.people["ana"])
        talk.close_with_summary(
            by=self.people["dora"],
            result="solved",
            note="cable replaced, batch 22/B",
            summary="We replaced the charging cable; the new one stays cold. "
            "If yours gets warm at the plug, tell us here and use another until we have looked at it.",
        )

    def help_luca(self) -> None:
        """A conversation that waits for the team."""
        talk = self.take_private(
            "Kettle Go does not start", "gil", "This sounds like an empty cell. For a new one we need your order.",
            "Order KT-3099, bought in May. The light stays off with three different chargers.",
        )  # fmt: skip
        talk.reply(
            "Please hold − and the power button for fifteen seconds with the charger in. What does the light do?",
            by=self.people["gil"],
        )
        talk.say("It blinks red twice, then nothing.", by=self.people["luca"])

    def take_private(self, title: str, agent: str, purpose: str, words: str) -> Conversation:
        """Offer, consent and the first message."""
        thread = self.thread(title)
        offer = Invitation.objects.offer(thread, by=self.people[agent], channels=["page", "mail"], purpose=purpose)
        return offer.accept(by=thread.author, channels=["page"], title=thread.title, text=words)

    def greta_writes(self) -> None:
        """A customer who turned to the team in private by herself."""
        Conversation.objects.ask(
            by=self.people["greta"],
            title="Rechnung für Kettle One",
            text="Guten Tag, ich brauche die Rechnung zu KT-1801 noch einmal, bitte mit Umsatzsteuer. Vielen Dank!",
            channels=["page", "mail"],
            product=self.stage.props["kettle-one"],
        )

    def push_the_widget(self) -> None:
        """A case that waits for the first CRM connection."""
        item = self.item("Battery widget shows")
        push_item(item, by=self.people["dora"], sources=[entry.source for entry in entries_of(item, private=False)])


def remove() -> None:
    """What the team did, with what customers said to it in private."""
    Ordering.objects.filter(by__username_key__in=names()).delete()
    CustomerFacts.objects.filter(source="demo").delete()
    Case.objects.filter(customer__username_key__in=names()).delete()
    Conversation.objects.filter(customer__username_key__in=names()).delete()
    Item.objects.filter(customer__username_key__in=names()).delete()


def facts(profile: str) -> dict[str, Any]:
    """For a test program: one object of every private kind with its address."""
    if profile != "acceptance":
        return {}
    return {
        "site": settings.SITE_URL,
        "conversations": [
            {"customer": talk.customer.username, "url": talk.get_absolute_url(), "item": talk.item.get_absolute_url()}
            for talk in Conversation.objects.select_related("customer", "item")
        ],
        "items": [item.get_absolute_url() for item in Item.objects.all()[:20]],
        "rows": {model.__name__: model.objects.count() for model in (PrivateMessage, Outcome, Survey, Invitation)},
    }

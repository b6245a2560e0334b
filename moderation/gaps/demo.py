"""The demo's gaps: a month of searches, one of them closed long enough ago to be measured."""

from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone

from community.people.demo_cast import names
from community.search.answering import choose
from community.search.models import Document, Need, NeedAnswer, NeedDay
from community.search.noting import key_of
from community.staging import Stage
from forums.questions.hinting import note
from forums.questions.models import Hinting, Question
from moderation.gaps.models import GapOwner, SettingAside

LOOKED_FOR = {
    "pairing code": (14, 9, 0), "replacement ear tips": (11, 11, 0), "trade in old earbuds": (8, 8, 0),
    "airplane adapter": (6, 5, 1), "student discount": (6, 6, 0), "equalizer presets spotify": (5, 3, 1),
    "find my earbuds offline": (4, 2, 0), "descale kettle": (9, 0, 2), "tv audio delay": (4, 1, 0),
    "bluetooth drops": (31, 0, 24), "firmware 3.2": (22, 0, 17), "battery life": (18, 0, 13),
    "wear detection": (9, 0, 6),
}  # fmt: skip
"""Words, with the searches of a month, those that found nothing, and those after which something was opened."""
CLOSED = "earbuds not charging"
BEFORE, AFTER = (19, 2), (21, 15)
"""The gap that was closed 35 days ago: searches and openings in the month before and in the month after."""

WEEKS, EACH_WEEK = 4, 8
"""People who were about to ask, and what came of showing them something similar."""


def build(stage: Stage) -> None:
    """The last act: what was looked for, and what the team did about it."""
    stage.at(stage.now - timedelta(days=35), lambda: close_one(stage))
    for week in range(WEEKS):
        stage.at(stage.now - timedelta(days=7 * week + 1), lambda week=week: begin_to_ask(week))
    stage.at(stage.now, lambda: look(stage))


def close_one(stage: Stage) -> None:
    """Hana named what answers one of the gaps."""
    need = need_for(CLOSED, timezone.now() - timedelta(days=31))
    day = timezone.localdate()
    spread(need, day - timedelta(days=20), BEFORE[0], 0, BEFORE[1])
    spread(need, day + timedelta(days=25), AFTER[0], 0, AFTER[1])
    GapOwner.objects.assign(need, stage.people["hana"], by=stage.people["hana"])
    document = Document.objects.filter(titled="charg").order_by("-is_solved", "pk").first()
    address = document.url if document else "/tags/battery/"
    choose(need, address, by=stage.people["hana"], title="Everything about batteries and charging")


def look(stage: Stage) -> None:
    """A month of searches; one gap has an owner, one is set aside."""
    hana, fay = stage.people["hana"], stage.people["fay"]
    today, needs = timezone.localdate(), {}
    for words, (searches, empty, opened) in LOOKED_FOR.items():
        needs[words] = need_for(words, timezone.now() - timedelta(days=28))
        spread(needs[words], today, searches, empty, opened)
    GapOwner.objects.assign(needs["replacement ear tips"], fay, by=hana)
    SettingAside.objects.put(needs["student discount"], by=hana, reason="The shop answers this, not the community.")


def begin_to_ask(week: int) -> None:
    """Some of a week: most open what is shown, some find their answer in it, some ask all the same."""
    solved = list(Question.objects.filter(solutions__isnull=False, thread__is_hidden=False).order_by("pk")[:5])
    for number in range(EACH_WEEK - week):
        answer = solved[number % len(solved)].thread if solved else None
        product = answer.product if answer else None
        found = answer if number % 3 == 1 else None
        key = str(uuid5(NAMESPACE_URL, f"demo-asking-{week}-{number}"))
        note(
            key, is_member=number % 2 == 0, shown=3 + number % 3, opened=number % 3, product=product,
            answered_by=found, is_posted=number % 4 == 0 and found is None,
        )  # fmt: skip


def need_for(words: str, since: object) -> Need:
    return Need.objects.get_or_create(key=key_of(words), defaults={"words": words, "created_at": since})[0]


def spread(need: Need, last: object, searches: int, empty: int, opened: int) -> None:
    """So many searches over the four weeks before a day."""
    days = {}
    for number in range(searches):
        day = days.setdefault(number * 5 % 28, [0, 0, 0])
        day[0] += 1
        day[1] += number < empty
        day[2] += searches - number <= opened
    NeedDay.objects.bulk_create(
        NeedDay(need=need, day=last - timedelta(days=back), searches=all_, empty=none, opened=some)
        for back, (all_, none, some) in days.items()
    )


def remove() -> None:
    """Owners and answers of the demo's people, and the needs that only the demo had."""
    told = [key_of(words) for words in (*LOOKED_FOR, CLOSED)]
    theirs = {"by__username_key__in": names()}
    asking = [uuid5(NAMESPACE_URL, f"demo-asking-{week}-{n}") for week in range(WEEKS) for n in range(EACH_WEEK)]
    Hinting.objects.filter(key__in=asking).delete()
    for model in (GapOwner, SettingAside, NeedAnswer):
        model.objects.filter(**theirs).delete()
    Need.objects.filter(key__in=told).delete()

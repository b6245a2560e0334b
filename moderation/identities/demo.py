"""The demo's people who are known by more than one name: proved, suggested, and one with a second account."""

from community.people.demo_cast import SECOND_ACCOUNTS, add_person, hashed_password, names
from community.staging import Stage, span
from forums.questions.models import Question
from moderation.identities.models import Handle, Merge

ASKED = (
    "Beam 2 slips out on long runs",
    "After about ten kilometres the left one works itself loose. The largest tips are on. Are there hooks for it?",
)
WHY = "She told me on the phone: the first account was for headphones, this one for running, and she forgot it."


def build(stage: Stage) -> None:
    """Ben proved a name, Ana may have one, and Priya has two accounts."""
    dora, priya = stage.people["dora"], stage.people["priya"]
    for name in SECOND_ACCOUNTS:
        stage.people[name] = add_person(name, "example.org", hashed_password(), stage.now - span("70d"), hue=95)
    second = stage.people["priya_runs"]
    stage.at(stage.now - span("200d"), lambda: Handle.objects.prove(stage.people["ben"], "youtube", "ben_opens_things"))
    stage.at(stage.now - span("12d"), lambda: ask(stage))
    stage.at(
        stage.now - span("7d"),
        lambda: Handle.objects.suggest(
            stage.people["ana"], "mastodon", "ana_beats", by=dora, url="https://audio.example/@ana_beats/1094"
        ),
    )
    for person in (priya, second):
        person.keep_phone("+44 20 7946 0311")
    stage.at(stage.now - span("6d"), lambda: Merge.objects.merge(second, priya, by=stage.people["fay"], reason=WHY))


def ask(stage: Stage) -> None:
    title, text = ASKED
    Question.objects.ask(by=stage.people["priya_runs"], title=title, source=text, product=stage.props["beam-2"])


def remove() -> None:
    """What was known of them."""
    Handle.objects.filter(person__username_key__in=names()).delete()
    Merge.objects.filter(gone__username_key__in=names()).delete()

"""Tags of the demo: what some are for, and other words for them."""

from taggit.models import Tag

from community.people.demo_cast import names
from community.staging import Stage
from forums.tags.counting import recount
from forums.tags.models import Synonym, TagMerge
from forums.tags.tending import add_synonym, describe

ABOUT = {
    "bluetooth": (
        "Pairing, dropouts and range. Say which **phone** and which **firmware** you have: answers depend on both.",
        ["bt", "blue tooth"],
    ),
    "firmware": ("Updates of the devices themselves. For updates of the app, ask about the app.", ["fw", "update"]),
    "pairing": (
        "The first connection, and connecting again. Several devices at once have **multipoint**.",
        ["connect"],
    ),
    "wifi": ("The loudspeakers and your network at home.", ["wi-fi", "wlan"]),
    "battery": ("How long it lasts, how it charges, and when it should be replaced.", ["akku", "charging time"]),
}


def build(stage: Stage) -> None:
    """After the last act."""
    stage.at(stage.now, lambda: tend(stage))


def tend(stage: Stage) -> None:
    """Hana looks after the tags."""
    for name, (source, words) in ABOUT.items():
        if tag := Tag.objects.filter(name=name).first():
            describe(tag, source, by=stage.people["hana"])
            free = [word for word in words if not Tag.objects.filter(name=word).exists()]
            for word in free:
                add_synonym(tag, word, by=stage.people["hana"])
    recount()


def remove() -> None:
    """Words and merges of the demo's people; descriptions go with their tags."""
    Synonym.objects.filter(by__username_key__in=names()).delete()
    TagMerge.objects.filter(by__username_key__in=names()).delete()

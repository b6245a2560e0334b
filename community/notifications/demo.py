"""What people of the demo want to hear of, and what they were mailed. No mail of its year ever goes out."""

from datetime import time, timedelta

from django.utils import timezone
from taggit.models import Tag

from community.notifications.models import EmailDelivery, Notification, Rhythm, Turn
from community.notifications.rounds import write_for
from community.notifications.watched import set_level
from community.people.demo_cast import names
from community.people.models import Person
from community.staging import Stage

LEVELS = {
    # who: product, tag or person, and how much of it
    "ana": [("product", "beam-2", "track"), ("person", "ben", "watch"), ("tag", "guarantee", "mute")],
    "ben": [("product", "beam-2", "watch"), ("product", "beam-mini", "track"), ("tag", "bluetooth", "watch")],
    "sofie": [("product", "northlight-app", "watch"), ("person", "chris", "mute")],
    "dev": [("product", "kettle-one", "watch"), ("person", "ben", "track")],
}
RHYTHMS = {
    "ana": {"daily_cap": 5, "quiet_from": time(21), "quiet_until": time(7)},
    "ben": {"daily_cap": 3, "digest_at": time(18), "quiet_from": time(23), "quiet_until": time(6)},
    "sofie": {"daily_cap": 2, "digest": Rhythm.Digest.WEEKLY},
}


def build(stage: Stage) -> None:
    """They choose before the last nine days, whose events are delivered; two evenings bring Ana and Ben a digest,
    and everybody looks at the bell then and once more today."""
    stage.at(stage.now - timedelta(days=9), lambda: choose(stage))
    for days in (2, 1):
        evening = (stage.now - timedelta(days=days)).replace(hour=19, minute=5)
        stage.at(evening, lambda: write_mails("ana", "ben"))
        stage.at(evening + timedelta(hours=1), look_at_the_bell)
    stage.at(stage.now - timedelta(hours=9), look_at_the_bell)
    stage.at(stage.now, settle_mails)


def choose(stage: Stage) -> None:
    """Levels and rhythms."""
    tags = dict(Tag.objects.values_list("name", "pk"))
    for name, chosen in LEVELS.items():
        person = stage.people[name]
        for kind, thing, level in chosen:
            pk = tags.get(thing) if kind == "tag" else {**stage.props, **stage.people}[thing].pk
            if pk:
                set_level(person, f"{kind}:{pk}", level)
    for name, fields in RHYTHMS.items():
        Rhythm.objects.create(person=stage.people[name], **fields)


def write_mails(*people: str) -> None:
    """The mails that these people would have had until now."""
    for turn in Turn.objects.filter(person__username_key__in=people).select_related("person"):
        write_for(turn.person, turn)


def look_at_the_bell() -> None:
    """All that is there is read, but for what asks for a decision, which is put off for a day or two."""
    told = Notification.objects.filter(person__username_key__in=names())
    told.exclude(kind="private", created_at__gt=timezone.now() - timedelta(days=2)).mark_read()


def settle_mails() -> None:
    """Nobody has these addresses, and nobody is to be written to: what waits counts as mailed and sent."""
    cast = Person.objects.filter(username_key__in=names())
    told = Notification.objects.waiting_for_mail().filter(person__in=cast)
    told.update(mailed_at=timezone.now(), letter=None)
    Turn.objects.filter(person__in=cast).delete()
    waiting = EmailDelivery.objects.waiting().filter(person__in=cast)
    waiting.update(state=EmailDelivery.State.SENT, sent_at=timezone.now())


def remove() -> None:
    """Mails go with their people; levels of others about them, too."""
    EmailDelivery.objects.filter(person__username_key__in=names()).delete()

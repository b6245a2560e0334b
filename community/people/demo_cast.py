"""The people of the demo: customers, the team and their public faces. All have the password that `up` prints."""

from datetime import timedelta
from functools import cache, partial
from io import BytesIO
from typing import Any
from uuid import uuid4

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import make_password
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from community.events.models import Event
from community.people.models import Grant, Person, Persona
from community.people.roles import Role
from community.staging import Stage, delete_unneeded, span

PASSWORD = "porchlight-demo"  # noqa: S105 - printed on purpose, and never with production settings
CUSTOMERS = {
    # name: (hue, locale, joined, about)
    "ana": (28, "de", "840d", "Commutes by train, repairs her own bicycle."),
    "ben": (150, "en", "1500d", "Takes headphones apart so that you need not. Volunteer, not paid."),
    "chris": (330, "en", "300d", "I make videos about sound. Mostly loud ones."),
    "mirko": (60, "de", "500d", "Dog, hills, loudspeaker."),
    "sofie": (320, "en", "900d", "Two laptops, one phone, no patience."),
    "tomasz": (250, "en", "1100d", "Networks by day."),
    "yuki": (10, "en", "420d", ""),
    "priya": (90, "en", "610d", "Half marathons, whole podcasts."),
    "luca": (200, "en", "380d", "Hats."),
    "noor": (290, "en", "450d", ""),
    "henrik": (180, "en", "700d", "In meetings."),
    "marta": (40, "en", "520d", "Rides every day, also in November."),
    "oskar": (120, "en", "360d", "Games, slowly."),
    "ines": (340, "en", "410d", ""),
    "dev": (230, "en", "800d", "Reads network logs for fun."),
    "carla": (70, "en", "330d", ""),
    "pavel": (210, "en", "620d", "Short power cuts, long flights."),
    "aisha": (300, "en", "480d", ""),
    "jonas": (100, "de", "350d", ""),
    "wren": (170, "en", "950d", "Kitchen radio enthusiast."),
    "theo": (20, "en", "560d", "Light sleeper."),
    "greta": (260, "de", "15d", ""),
    "leo": (140, "en", "200d", "Works at Northlight, in logistics. Here in private."),
}
SECOND_ACCOUNTS = ("priya_runs",)
"""Of people who have one already."""
TOPICS = {
    "ben": "Bluetooth, batteries, taking things apart",
    "dev": "Wi-Fi, logs",
    "sofie": "Multipoint, laptops",
    "tomasz": "Wi-Fi, routers",
    "wren": "Kitchen radios",
}
"""What some say that they know about. Levels and badges are not given here: the year earns them."""
TEAM = {
    # name: (hue, role, brand, alias, languages, hours, topics, can do, cannot do)
    "dora": (200, Role.AGENT, "", "Dora, Bluetooth", "en de", "Mon–Fri 09:00–17:00", "Bluetooth, firmware, pairing",
             "verify answers, take things private, send parts", "say when a firmware comes out to the day"),
    "emil": (35, Role.AGENT, "", "Emil, Orders", "en de", "Mon–Fri 08:00–16:00", "Orders, guarantee, parts",
             "look into an order, replace under guarantee", "change prices"),
    "fay": (310, Role.SUPERVISOR, "", "Fay", "en", "Mon–Fri 09:00–17:00", "Complaints",
            "decide what others may not", ""),
    "gil": (80, Role.PARTNER_AGENT, "kettle", "Gil, Kettle", "en", "Mon–Sat 10:00–18:00", "Kettle loudspeakers",
            "help with everything Kettle", "see addresses or phone numbers"),
    "hana": (350, Role.COMMUNITY_MANAGER, "", "Hana", "en ja", "Mon–Fri 10:00–18:00", "This place",
             "tidy up, explain decisions", "replace products"),
    "ivo": (110, Role.PRODUCT_OWNER, "", "Ivo, Beam", "en", "", "What Beam becomes", "listen, and say what is planned",
            "look into orders"),
    "jo": (0, Role.AUDITOR, "", "Jo", "en", "", "", "", ""),
    "kim": (220, Role.ADMINISTRATOR, "", "Kim", "en", "", "", "", ""),
}  # fmt: skip


PICTURES = {"ben": ("#f3b562", "#c8553d", "#2f4858"), "leo": ("#bfe3ee", "#7fb069", "#35524a")}
"""Who put one up, and the colours of its sky and hills."""


def landscape(sky: str, far: str, near: str) -> ContentFile:
    """A picture that somebody chose who does not show a face: hills, and the sun behind them."""
    picture = Image.new("RGB", (512, 512), sky)
    pen = ImageDraw.Draw(picture)
    pen.ellipse((290, 90, 410, 210), fill="#fff6df")
    pen.ellipse((120, 230, 720, 830), fill=far)
    pen.ellipse((-260, 300, 380, 940), fill=near)
    kept = BytesIO()
    picture.resize((256, 256), Image.Resampling.LANCZOS).save(kept, "JPEG", quality=88)
    return ContentFile(kept.getvalue(), name=f"{uuid4().hex}.jpg")


@cache
def hashed_password() -> str:
    """Hashed once for all: that is made to be slow."""
    return make_password(PASSWORD)


def get_ready() -> None:
    """What takes long, and asks no database."""
    hashed_password()


def build(stage: Stage) -> None:
    """Everybody joins before the first act."""
    password = hashed_password()
    for name, (hue, locale, joined, about) in CUSTOMERS.items():
        domain = "northlight.example" if name == "leo" else "example.org"
        fields = {"hue": hue, "locale": locale, "about": about, "topics": TOPICS.get(name, "")}
        stage.people[name] = add_person(name, domain, password, stage.now - span(joined), **fields)
    for name, (hue, role, brand, alias, languages, hours, topics, can_do, cannot_do) in TEAM.items():
        since = stage.now - timedelta(days=1000)
        person = add_person(name, "northlight.example", password, since, hue=hue, level=1)
        Grant.objects.create(person=person, role=role, brand=brand, reason="the demo")
        Persona.objects.introduce(
            person, alias=alias, languages=languages, hours=hours, topics=topics, can_do=can_do,
            cannot_do=cannot_do,
        )  # fmt: skip
        TOTP.activate(person, generate_totp_secret())
        stage.people[name] = person
    Grant.objects.create(person=stage.people["ben"], role=Role.CHAMPION, reason="forty good answers")
    for name, colours in PICTURES.items():
        person = stage.people[name]
        stage.at(person.created_at + span("20d"), partial(person.put_up_picture, landscape(*colours), by=person))


def add_person(name: str, domain: str, password: str, joined: Any, **fields: Any) -> Person:
    """An account with a confirmed address that reaches nobody."""
    person = Person(username=name, email=f"{name}@{domain}", password=password, created_at=joined, **fields)
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def names() -> list[str]:
    """Everybody in the demo."""
    return [*CUSTOMERS, *SECOND_ACCOUNTS, *TEAM]


def remove() -> str:
    """Everybody leaves. What they said has been removed by the other builders before.

    Whoever served a customer who is none of the demo's stays as an account without a name, closed: what that customer
    was told goes on standing under the alias that it was said by.
    """
    for person in Person.objects.filter(username_key__in=PICTURES).exclude(picture=""):
        person.take_picture_down(by=None)
    needed = delete_unneeded(Person.objects.filter(username_key__in=names()))
    for person in Person.objects.filter(pk__in=needed):
        close(person)
    forget_events_without_subject()
    why = "closed and without a name, for they stand in matters of people who are none of the demo's"
    return f"Accounts that stay, {why}: {len(needed)}." if needed else ""


def close(person: Person) -> None:
    """Nobody can sign in with it, nothing of the made-up person is left in it, and it may do nothing."""
    for model in (EmailAddress, Authenticator):
        model.objects.filter(user=person).delete()
    for model in (Grant, Persona):
        model.objects.filter(person=person).delete()
    person.end_sessions()
    closed = Person(
        pk=person.pk, username=f"gone-{person.pk}", created_at=person.created_at, is_active=False, locale=person.locale
    )
    closed.set_unusable_password()
    closed.save(force_update=True)


def forget_events_without_subject() -> None:
    """Events are never deleted, but for those of a made-up year whose subjects are gone."""
    for kind in ContentType.objects.filter(pk__in=Event.objects.values("subject_type").distinct()):
        model = kind.model_class()
        left = model._base_manager.values_list("pk", flat=True) if model else []
        Event.objects.filter(subject_type=kind).exclude(subject_id__in=left).delete()


def facts(profile: str) -> dict[str, Any]:
    """Sign-ins for a test program: name, role, password and, for the team, the secret of the second factor."""
    people = Person.objects.filter(username_key__in=names())
    secrets = {a.user_id: TOTP(a).instance.data["secret"] for a in Authenticator.objects.filter(type="totp")}
    return {
        "people": [
            {
                "username": person.username,
                "email": person.email,
                "password": PASSWORD,
                "roles": sorted(person.roles),
                "totp_secret": secrets.get(person.pk, ""),
            }
            for person in people
        ]
    }

"""Four friends of one cable, who vote for nobody but one another: a ring to look at in Hana's shoes."""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from community.events.models import Event
from community.people.demo_cast import add_person, hashed_password
from community.people.models import Person
from community.staging import Stage
from forums.threads.models import Post
from forums.threads.replying import comment
from moderation.flags.models import Case
from moderation.rings.models import Ring, RingMember
from moderation.rings.tasks import look_for_rings

FRIENDS = ("cablefan", "goldplug", "purewire", "truetone")
DOMAIN = "friends.example"
WORDS = (
    (
        "A better cable solved it for me, you hear the difference at once.",
        "Same here, since I changed the cable.",
        "The one in the box is thin. Gold plugs stay cool, try them.",
        "My new cable does not even get warm, and it sounds airier.",
    ),
    (
        "Crackling is the cable, nine times out of ten.",
        "Mine crackled until I bought a decent cable.",
        "Shielded ones are worth every cent here.",
        "I put a proper cable in, and the crackle was gone.",
    ),
)
"""What each of them says, in the order of `FRIENDS`: much alike, as people of one mind do."""
ABOUT = ("Charging cable gets warm", "Subwoofer crackles")


def build(stage: Stage) -> None:
    """They join, say much the same under two questions, and vote for one another within a minute."""
    club = Club(stage)
    stage.at(stage.now - timedelta(days=6), club.join)
    stage.at(stage.now - timedelta(hours=20), club.speak)
    stage.at(stage.now - timedelta(hours=19), club.vote)
    stage.at(stage.now - timedelta(minutes=30), lambda: look_for_rings(timestamp=0))


class Club:
    """The four of them."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.people: list[Person] = []
        self.posts: list[Post] = []

    def join(self) -> None:
        password, joined = hashed_password(), self.stage.now - timedelta(days=6)
        self.people = [add_person(name, DOMAIN, password, joined, hue=40 + 20 * n) for n, name in enumerate(FRIENDS)]

    def speak(self) -> None:
        for title, words in zip(ABOUT, WORDS, strict=True):
            thread = next(q for name, q in self.stage.props.items() if name.startswith(f"question {title}")).thread
            opening = thread.posts.get(kind=Post.Kind.OPENING)
            spoken = zip(self.people, words, strict=True)
            self.posts += [comment(opening, by=person, source=said) for person, said in spoken]

    def vote(self) -> None:
        for post in self.posts:
            for person in self.people:
                if person.pk != post.author_id:
                    post.vote(by=person)


def remove() -> None:
    """They leave with all they said, and with the cases about them."""
    theirs = Q(username_key__in=FRIENDS, email__endswith=f"@{DOMAIN}")
    people = list(Person.objects.filter(theirs).values_list("pk", flat=True))
    members = RingMember.objects.filter(person__in=people)
    kind = ContentType.objects.get_for_model(RingMember)
    Case.objects.filter(subject_type=kind, subject_id__in=list(members.values_list("pk", flat=True))).delete()
    Ring.objects.filter(members__person__in=people).delete()
    Event.objects.filter(actor__in=people).delete()
    Post.objects.filter(author__in=people).delete()
    Person.objects.filter(pk__in=people).delete()

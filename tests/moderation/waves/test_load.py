"""AC of the whole, in small: spam from many accounts through the page, with honest people beside it.

The senders are those whom no limit of new members stops, so all of it meets the alarm, the gate, the score and hiding.
The full figures, 10,000 posts from 200 accounts against the running site, are those of `python -m bench.spam_wave`.
"""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Q
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.wave_texts import OFFERS, earlier, offered
from community.notifications.models import EmailDelivery
from community.notifications.rounds import write_due_mails
from community.people.models import Person
from forums.questions.models import Question
from forums.threads.following import follow
from forums.threads.models import Hiding, Post
from forums.threads.replying import answer
from moderation.decisions.deciding import Wanted, decide
from moderation.flags.models import Case, HouseRule
from moderation.learning.training import learn
from moderation.waves.models import Wave
from tests.jobs import work

ACCOUNTS, POSTS, HONEST_EACH, THREADS = 20, 300, 10, 30
ALLOWED = timedelta(seconds=60)
SOLD = Q()
for offer in OFFERS:
    SOLD |= Q(text__icontains=offer.name)


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def spam():
    """All of it that came in."""
    return Post.objects.filter(
        author__username__startswith="sleeper", created_at__gt=timezone.now() - timedelta(days=1)
    )


@pytest.fixture
def threads(cast):
    """Where it comes down."""
    made = []
    for n in range(THREADS):
        asker = Person.objects.create_user(f"asker{n}", f"a{n}@example.org", None, level=2)
        title = f"The lamp of number {n} stays on all night"
        made.append(Question.objects.ask(by=asker, title=title, source=f"{title}, since the update.").thread)
    work(limit=5000)
    return made


@pytest.fixture
def senders(cast, threads, time_machine):
    """They joined a week ago, waited until they were of level 1, and every other one has said something decent."""
    time_machine.move_to(timezone.now() - timedelta(days=7), tick=False)
    people = [Person.objects.create_user(f"sleeper{n}", f"s{n}@mass.example", None, level=1) for n in range(ACCOUNTS)]
    for n, person in enumerate(people[::2]):
        answer(threads[n], by=person, source=f"For my number {n} it helped to use the other socket of the lamp.")
    rule = HouseRule.objects.get(slug="spam")
    for n, text in enumerate(earlier(24)):
        seller = Person.objects.create_user(f"seller{n}", f"x{n}@other.example", None, level=1)
        post = answer(threads[n % THREADS], by=seller, source=text)
        case = Case.objects.open_about(post, by=cast.hana, origin=Case.Origin.STAFF)
        decide(case, Wanted(Case.Outcome.ACTED, {"hide": {}}, rule, "It sells something."), by=cast.hana)
        answer(threads[n % THREADS], by=cast.ben, source=f"Turn LE Audio off in the app, then pair number {n} again.")
        time_machine.shift(timedelta(minutes=1))
    work(limit=5000)
    time_machine.shift(timedelta(days=7))
    assert learn() is not None
    return [signed_in(person) for person in people]


@pytest.fixture
def helpers(cast):
    """Members of levels 2, 3 and 4 who help through the page."""
    made = (Person.objects.create_user(f"helper{n}", f"h{n}@example.org", None, level=n) for n in (2, 3, 4))
    return [signed_in(person) for person in made]


def test_three_hundred_spam_posts_of_twenty_accounts(cast, threads, senders, helpers, settings, time_machine):
    settings.NEW_MEMBER_MAIL_WAIT = 120
    follow(threads[0], by=cast.dora)
    helped, before = 0, queries_of_the_page(threads[0])
    for number in range(POSTS):
        url = f"/threads/{threads[number % THREADS].pk}/reply/"
        answered = senders[number % ACCOUNTS].post(url, {"text": offered(number)})
        assert answered.status_code < 400, "no limit keeps it out: it meets what is there against waves"
        if number % HONEST_EACH == HONEST_EACH - 1:
            text = f"Number {number}: take the battery out for a minute, then pair it again."
            helped += helpers[number % len(helpers)].post(url, {"text": text}).status_code < 400
            work(limit=5000)
        time_machine.shift(timedelta(seconds=1))
    assert spam().count() == POSTS
    alarms = Wave.objects.filter(kind=Wave.Kind.POSTS).order_by("started_at")
    named = {alarm.what for alarm in alarms}
    assert {"cheap-cables.example", "watch-outlet.example", "spin-palace.example"} < named, "one by its words alone"
    hidden = Hiding.objects.filter(post__in=spam()).select_related("post")
    held = spam().filter(is_hidden=True, hiding__isnull=True).count()
    assert hidden.count() + held == POSTS, "nothing of it is in sight"
    assert len(hidden) >= 12, "what came before the alarm was seen, and went out of sight"
    assert held > POSTS / 2, "what came after it was held at the gate"
    for row in hidden:
        alarm = alarms.filter(people=row.post.author_id).earliest("started_at").started_at
        assert row.created_at - max(alarm, row.post.created_at) <= ALLOWED
    assert Case.objects.filter(findings__rule="learned:spam", subject_id__in=spam().values("pk")).count() > POSTS / 2
    time_machine.shift(timedelta(minutes=10))
    write_due_mails(timestamp=0)
    work(limit=5000)
    assert not EmailDelivery.objects.filter(SOLD).exclude(state="dropped").exists()
    kept = Post.objects.visible_to(None).filter(author__username__startswith="helper").count()
    assert (helped, kept) == (POSTS // HONEST_EACH,) * 2, "honest posts of known members are not touched"
    assert queries_of_the_page(threads[0]) <= before, "reading costs what it did"


def queries_of_the_page(thread) -> int:
    """What a visitor's page asks of the database."""
    with CaptureQueriesContext(connection) as asked:
        Client().get(thread.get_absolute_url())
    return len(asked)

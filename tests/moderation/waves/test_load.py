"""AC of the whole, in small: spam from many accounts through the page, with honest people beside it.

The full figures, 10,000 posts from 200 accounts against the running site, are those of `python -m bench.spam_wave`.
"""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from community.notifications.models import EmailDelivery
from community.notifications.rounds import write_due_mails
from community.people.models import Person
from forums.threads.models import Post
from moderation.waves.models import Wave
from tests.jobs import work

ACCOUNTS, EACH = 20, 5
SPAM = "Number {n}: everybody gets the miracle cable at https://cheap-cables.example/p{n} with 80 percent off!"


def seen() -> int:
    """Spam that everybody can read."""
    return Post.objects.visible_to(None).filter(source__contains="miracle cable").count()


@pytest.fixture
def honest(cast, question):
    """A member of level 2 who helps through the page."""
    person = Person.objects.create_user("helper", "helper@example.org", None, level=2)
    client = Client()
    client.force_login(person)

    def help_out(number: int) -> int:
        text = f"Number {number}: take the battery out for a minute, then pair it again."
        return client.post(f"/threads/{question.thread.pk}/reply/", {"text": text}).status_code

    return help_out


def test_a_hundred_spam_posts_of_twenty_accounts(cast, question, honest, settings, time_machine):
    settings.NEW_MEMBER_MAIL_WAIT = 120
    time_machine.move_to(timezone.now())
    clients = []
    for n in range(ACCOUNTS):
        client = Client()
        client.force_login(Person.objects.create_user(f"spammer{n}", f"s{n}@mass.example", None))
        clients.append(client)
    url, helped, alarm_at = f"/threads/{question.thread.pk}/reply/", 0, None
    for number in range(ACCOUNTS * EACH):
        answered = clients[number % ACCOUNTS].post(url, {"text": SPAM.format(n=number)})
        assert answered.status_code < 500
        if number % 10 == 9:
            helped += honest(number) < 400
            work(limit=2000)
            alarm_at = alarm_at or (timezone.now() if Wave.objects.exists() else None)
            if alarm_at:
                assert seen() == 0, "nothing is to be seen once the alarm was raised"
        time_machine.shift(timedelta(seconds=1.5))
    assert Wave.objects.get().members.count() == ACCOUNTS
    time_machine.shift(timedelta(minutes=3))
    write_due_mails(timestamp=0)
    work(limit=2000)
    assert not EmailDelivery.objects.filter(text__contains="miracle cable").exists()
    kept = Post.objects.visible_to(None).filter(author__username="helper").count()
    assert (helped, kept) == (ACCOUNTS * EACH // 10,) * 2, "honest posts of known members are not touched"

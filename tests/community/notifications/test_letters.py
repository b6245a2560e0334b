"""What we mailed you: every mail can be read again on the site, by its owner only, with why it was sent."""

import pytest
from django.urls import reverse

from community.notifications.letters import on_a_page
from community.notifications.mailing import queue_mail
from community.notifications.models import EmailDelivery
from forums.threads.replying import answer
from tests.cast import Cast
from tests.community.notifications.days import asks, at, moment, paced, pass_hours
from tests.scenes import ana_asks

pytestmark = pytest.mark.django_db
MONDAY = "2026-11-16"


def test_a_digest_is_read_again_on_the_site_with_its_reason_and_its_links(cast: Cast, client):
    paced(cast.ana, daily_cap=1)
    cast.ana.watches.create(product=cast.beam2, level="watch")
    for number in range(3):
        with moment(at(MONDAY, f"{10 + number}:00")):
            question = asks(cast, number)
    pass_hours(at(MONDAY, "17:30"), at(MONDAY, "18:30"))
    client.force_login(cast.ana)
    page = client.get(reverse("community:letter-list")).content.decode()
    assert "What is new for you" in page
    assert "3 things" in page
    mail = EmailDelivery.objects.get(person=cast.ana)
    shown = client.get(reverse("community:letter-detail", args=[mail.pk])).content.decode()
    for words in ("more than the number of mails a day", "you watch Beam 2", "No more mails like this"):
        assert words in shown.replace("\u2060", "")
    assert question.get_absolute_url() in shown
    assert "<style>" not in shown


def test_nobody_reads_the_mails_of_somebody_else_nor_a_code_that_was_sent(cast: Cast, client):
    with moment(at(MONDAY, "09:00")):
        answer(ana_asks(cast).thread, by=cast.ben, source="Have you tried to turn LE Audio off in the app?")
    mail = EmailDelivery.objects.get(person=cast.ana)
    client.force_login(cast.mallory)
    assert client.get(reverse("community:letter-detail", args=[mail.pk])).status_code == 404
    assert mail.subject not in client.get(reverse("community:letter-list")).content.decode()
    code = queue_mail("account", to=cast.ana, key="code", subject="Your code", reason="You asked.", is_secret=True)
    client.force_login(cast.ana)
    assert client.get(reverse("community:letter-detail", args=[code.pk])).status_code == 404
    assert "Your code" not in client.get(reverse("community:letter-list")).content.decode()


def test_a_mail_on_a_page_brings_no_style_script_or_handler():
    odd = '<style>p{}</style><script>x()</script><p class="why" onclick="x()" style="a">Hi <img src=x onerror=x()></p>'
    assert on_a_page(odd) == '<p class="why">Hi </p>'


def test_no_mail_goes_without_saying_why(cast: Cast, client, mailoutbox):
    with pytest.raises(ValueError, match="does not say why"):
        queue_mail("account", to=cast.ana, key="why", subject="Hello")
    client.post(reverse("account_request_login_code"), {"email": cast.confirm(cast.ana).email})
    with moment(at(MONDAY, "09:00")):
        pass
    assert "You get this because it concerns the safety of your account." in mailoutbox[0].body

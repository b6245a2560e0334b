"""The forms of an account are called as all other pages call things, not as the library behind them does."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from community.people.models import Person
from tests.cast import Cast
from tests.jobs import work

pytestmark = pytest.mark.django_db


def labels(answer) -> list[str]:
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "placeholder=" not in page.partition('class="form"')[2].partition("</form>")[0]
    return [" ".join(text.split()) for text in re.findall(r"<label for=\"id_[^>]*>([^<]*)", page)]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("account_login", ["E-mail or name", "Password"]),
        ("account_signup", ["E-mail address", "Name", "Password (if you want one)"]),
        ("account_request_login_code", ["E-mail address"]),
        ("account_reset_password", ["E-mail address"]),
    ],
)
def test_the_doors_use_our_words(client, name, words):
    assert labels(client.get(reverse(name))) == words


def test_ana_changes_her_password_in_our_words(cast: Cast, client):
    cast.confirm(cast.ana)
    client.post(reverse("account_login"), {"login": "ana", "password": "porchlight-ana"})
    page = client.get(reverse("account_change_password"))
    assert labels(page) == ["Password so far", "New password", "New password, again"]
    answers = {"oldpassword": "porchlight-ana", "password1": "seven green lamps", "password2": "seven green lamps"}
    client.post(reverse("account_change_password"), answers)
    assert Person.objects.get(pk=cast.ana.pk).check_password("seven green lamps")


def test_ana_forgot_her_password_and_takes_another_in_our_words(cast: Cast, client):
    cast.confirm(cast.ana)
    page = client.post(reverse("account_reset_password"), {"email": "ana@example.org"}, follow=True)
    assert labels(page) == ["Code"]
    work()
    code = re.search(r"^ {4}([A-Z0-9-]+)$", mail.outbox[-1].body, re.MULTILINE)[1]
    page = client.post(page.request["PATH_INFO"], {"code": code}, follow=True)
    assert labels(page) == ["New password", "New password, again"]
    client.post(page.request["PATH_INFO"], {"password1": "seven green lamps", "password2": "seven green lamps"})
    assert Person.objects.get(pk=cast.ana.pk).check_password("seven green lamps")


def test_who_has_no_password_yet_chooses_one_in_our_words(cast: Cast, client):
    cast.confirm(cast.ana)
    cast.ana.set_unusable_password()
    cast.ana.save()
    client.force_login(cast.ana)
    page = client.get(reverse("account_set_password"), follow=True)
    assert page.status_code == 200
    assert labels(page)[:1] in (["New password"], ["E-mail address"])

"""A question's page is made once for all members in the same position, and holds nothing of any one of them."""

import re

import pytest
from django.test import Client

from forums.threads.models import Draft
from tests import scenes
from tests.cast import Cast

ONCE = re.compile(r'name="once" value="([^"]+)"')
CSRF = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


def page_of(person, url: str) -> str:
    client = Client()
    client.force_login(person)
    return client.get(url).content.decode()


@pytest.fixture
def question(cast: Cast):
    return scenes.ana_asks(cast)


@pytest.mark.django_db
def test_two_members_get_the_same_page_but_for_their_names_and_keys(cast: Cast, question) -> None:
    url = question.get_absolute_url()
    ben, chris = page_of(cast.ben, url), page_of(cast.chris, url)
    assert "ben" in ben
    assert ">chris<" in chris
    assert ">ben<" not in chris
    assert not set(ONCE.findall(ben)) & set(ONCE.findall(chris))
    assert not set(CSRF.findall(ben)) & set(CSRF.findall(chris))
    assert f'data-person="{cast.ben.pk}"' in ben
    assert f'data-person="{cast.chris.pk}"' in chris


@pytest.mark.django_db
def test_each_opening_of_the_page_has_new_keys_so_that_a_second_answer_is_not_taken_for_a_second_click(
    cast: Cast, question, client
) -> None:
    url = question.get_absolute_url()
    client.force_login(cast.ben)
    first, second = (client.get(url).content.decode() for _ in range(2))
    assert not set(ONCE.findall(first)) & set(ONCE.findall(second))
    assert len(set(ONCE.findall(first))) == len(ONCE.findall(first)) > 0
    for number, page in enumerate((first, second)):
        form = page[page.index('data-testid="answer-form"') :]
        sent = {"once": ONCE.search(form)[1], "text": f"Take the charger off and pair it again, try {number}."}
        assert client.post(f"/threads/{question.pk}/reply/", sent).status_code == 302
    question.thread.refresh_from_db()
    assert question.thread.answer_count == 2


@pytest.mark.django_db
def test_a_vote_a_draft_and_a_held_text_of_one_member_are_not_on_the_page_of_another(cast: Cast, question) -> None:
    url = question.get_absolute_url()
    page_of(cast.chris, url)
    answer = scenes.ben_answers(cast, question)
    answer.vote(by=cast.chris)
    client = Client()
    client.force_login(cast.chris)
    Draft.objects.keep(by=cast.chris, place=f"thread:{question.pk}", text="canary-of-a-draft")
    mine, other = page_of(cast.chris, url), page_of(cast.leo, url)
    assert 'aria-pressed="true" title="Take your vote back"' in mine
    assert "canary-of-a-draft" in mine
    assert "Take your vote back" not in other
    assert "canary-of-a-draft" not in other


@pytest.mark.django_db
def test_a_page_for_somebody_with_an_account_takes_few_queries(
    cast: Cast, question, client, django_assert_max_num_queries
) -> None:
    client.force_login(cast.ben)
    client.get(question.get_absolute_url())
    with django_assert_max_num_queries(5):  # the session, the person with their roles, the question, similar, the bell
        assert client.get(question.get_absolute_url()).status_code == 200

"""What a process remembers of the search is never older than what anybody was told."""

import pytest

from community.search.counting import count_again
from community.search.models import Need
from community.search.noting import impersonal, key_of
from community.search.remembering import Memory
from forums.threads.models import Post, Thread
from tests.jobs import work
from tests.scenes import ana_asks

WORDS = "drops every minute"


def page_for(client) -> str:
    return client.get("/search/", {"q": WORDS}).content.decode()


@pytest.mark.django_db(transaction=True)
def test_an_answer_that_the_team_chose_or_took_back_shows_in_the_next_search(client, cast):
    key = key_of(impersonal(WORDS))
    need = Need.objects.create(key=key, words=WORDS)
    assert 'data-testid="chosen"' not in page_for(client)
    answer = need.answer_with("/help/", by=cast.hana, title="Help pages")
    assert 'data-testid="chosen"' in page_for(client)
    answer.take_back(by=cast.hana)
    assert 'data-testid="chosen"' not in page_for(client)


@pytest.mark.django_db(transaction=True)
def test_what_is_hidden_is_gone_from_the_next_search_of_a_visitor(client, cast):
    question = ana_asks(cast)
    work()
    count_again()
    assert question.thread.get_absolute_url() in page_for(client)
    question.thread.posts.get(kind=Post.Kind.OPENING).hide(by=cast.hana, reason="Advertising")
    assert question.thread.get_absolute_url() not in page_for(client)


@pytest.mark.django_db
@pytest.mark.parametrize("who", [None, "chris"])
def test_what_the_index_wrongly_holds_of_a_hidden_thread_is_shown_to_nobody(client, cast, who):
    question = ana_asks(cast)
    work()
    Thread.objects.filter(pk=question.pk).update(is_hidden=True)  # past every verb: the index was not told
    if who:
        client.force_login(getattr(cast, who))
    assert question.thread.get_absolute_url() not in page_for(client)


@pytest.mark.django_db(transaction=True)
def test_what_was_read_while_something_changed_is_not_remembered():
    memory, read = Memory("drawer"), []

    def while_it_changes() -> str:
        memory.forget({"drawer"})
        return read.append("old") or "old"

    assert memory.get("spoon", while_it_changes) == "old"
    assert memory.get("spoon", lambda: read.append("new") or "new") == "new"
    assert memory.get("spoon", lambda: read.append("again")) == "new"
    memory.forget({"something else"})
    assert memory.get("spoon", lambda: read.append("again")) == "new"
    assert read == ["old", "new"]


@pytest.mark.django_db
def test_within_a_transaction_everything_is_read_anew():
    memory = Memory("drawer")
    assert memory.get("spoon", lambda: 1) == 1
    assert memory.get("spoon", lambda: 2) == 2

"""Members find their place again in a thread: the first post that is new to them."""

import pytest

from forums.threads.models import ReadMark
from forums.threads.replying import answer, comment
from tests.scenes import ana_asks, ben_answers


@pytest.fixture
def thread(cast):
    return ana_asks(cast).thread


def unread(client, thread) -> str:
    return client.get(f"/threads/{thread.pk}/unread/").content.decode()


def read(client, thread, post) -> int:
    return client.post(f"/threads/{thread.pk}/read/", {"post": getattr(post, "pk", post)}).status_code


def test_the_first_unread_is_one_click_away(client, cast, thread):
    first = ben_answers(cast, thread.question)
    client.force_login(cast.ana)
    assert "first-unread" not in unread(client, thread)  # never here before: the beginning is the place
    assert read(client, thread, first) == 204
    assert "first-unread" not in unread(client, thread)
    second = comment(first, by=cast.chris, source="It worked for me as well, thank you.")
    answer(thread, by=cast.ben, source="And restart the phone afterwards, please.")
    answer(thread, by=cast.ana, source="I did that as well, and it helped.")
    shown = unread(client, thread)
    assert "2 new since you were here" in shown  # one's own is not new
    assert f'href="{second.get_absolute_url()}"' in shown


def test_a_place_never_goes_back_and_is_one_s_own(client, cast, thread):
    first, second = ben_answers(cast, thread.question), answer(thread, by=cast.chris, source="Something else again.")
    client.force_login(cast.ana)
    read(client, thread, second)
    read(client, thread, first)
    assert ReadMark.objects.get().post_id == second.pk
    client.force_login(cast.ben)
    assert "first-unread" not in unread(client, thread)
    read(client, thread, first)
    assert ReadMark.objects.count() == 2


def test_on_a_long_thread_the_way_leads_to_the_right_page(client, cast, thread, settings):
    settings.POSTS_A_MINUTE = 1000
    answers = [answer(thread, by=cast.ben, source=f"Try number {n} of many things.") for n in range(25)]
    client.force_login(cast.ana)
    read(client, thread, answers[21])
    assert f"?post={answers[22].pk}#post-{answers[22].pk}" in unread(client, thread)


def test_nonsense_and_strangers_move_nothing(client, cast, thread):
    first = ben_answers(cast, thread.question)
    elsewhere = ben_answers(cast, ana_asks(cast, title="The left side hums at night when charging"))
    client.force_login(cast.ana)
    for wrong in (elsewhere, "", "x", "9" * 40, 0):
        assert read(client, thread, wrong) == 204
    assert not ReadMark.objects.exists()
    first.hide(by=cast.hana, reason="spam")
    client.force_login(cast.chris)
    assert read(client, thread, first) == 204
    assert not ReadMark.objects.exists()
    client.logout()
    assert client.post(f"/threads/{thread.pk}/read/", {"post": first.pk}).status_code in (302, 401)
    assert client.get(f"/threads/{thread.pk}/unread/").status_code == 302
    assert not ReadMark.objects.exists()


def test_looking_at_a_thread_writes_no_place(client, cast, thread):
    ben_answers(cast, thread.question)
    client.force_login(cast.ana)
    client.get(thread.get_absolute_url())
    client.get(f"/threads/{thread.pk}/unread/")
    client.logout()
    client.get(thread.get_absolute_url())
    assert not ReadMark.objects.exists()


def test_pages_of_a_long_thread_name_their_neighbours(client, cast, thread, settings):
    settings.POSTS_A_MINUTE = 1000
    for n in range(45):
        answer(thread, by=cast.ben, source=f"Try number {n} of many things.")
    here = thread.get_absolute_url()

    def links(page: str) -> list[str]:
        text = client.get(here + page).content.decode()
        return [rel for rel in ("prev", "next") if f'<link rel="{rel}"' in text]

    assert links("") == ["next"]
    assert links("?page=2") == ["prev", "next"]
    assert links("?page=3") == ["prev"]

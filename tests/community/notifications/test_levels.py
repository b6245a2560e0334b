"""Watching, tracking and muting: set on the page of a thing, seen in the settings, and obeyed by whatever is told."""

import pytest
from django.urls import reverse
from taggit.models import Tag

from community.notifications.models import Notification, Preference, Watch
from community.notifications.watched import level_of, set_level
from community.people.distance import block, ignore
from forums.threads.replying import answer
from forums.threads.spreading import A_BATCH
from tests.cast import Cast
from tests.community.notifications.days import asks, mails_to, turn
from tests.scenes import ana_asks, ben_answers

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def told(person) -> list[str]:
    return list(Notification.objects.visible_to(person).order_by("pk").values_list("text", flat=True))


def places(cast: Cast) -> dict[str, tuple[str, str]]:
    """One of each kind: its code and the address of its page."""
    question = ana_asks(cast)
    tag = Tag.objects.get(name="bluetooth")
    ben_answers(cast, question)
    turn()
    return {
        "product": (f"product:{cast.beam2.pk}", "/products/beam-2/"),
        "tag": (f"tag:{tag.pk}", "/tags/bluetooth/"),
        "person": (f"person:{cast.ben.pk}", "/people/ben/"),
        "thread": (f"thread:{question.pk}", question.get_absolute_url()),
    }


@pytest.mark.parametrize("kind", ["product", "tag", "person", "thread"])
def test_each_page_has_the_control_and_a_press_says_how_much(cast: Cast, client, kind):
    code, page = places(cast)[kind]
    assert "watching/" not in client.get(page).content.decode()  # strangers have nothing to press
    client.force_login(cast.chris)
    address = f"/watching/{code.replace(':', '/')}/"
    assert f'action="{address}"' in client.get(page).content.decode()
    for level, words in (("watch", "Following"), ("track", "Tracking"), ("mute", "Muted")):
        assert client.post(address, {"level": level})["Location"] == page
        assert level_of(cast.chris, code) == level
        assert words in client.get(page).content.decode()
    fragment = client.post(address, {"level": ""}, headers=HTMX).content.decode()
    assert fragment.lstrip().startswith("<form")
    assert level_of(cast.chris, code) == ""


def test_only_those_with_an_account_and_only_what_is_there(cast: Cast, client):
    address = reverse("community:watch-set", args=["product", cast.beam2.pk])
    assert client.post(address, {"level": "watch"})["Location"].startswith("/account/login/")
    client.force_login(cast.ana)
    assert client.get(address).status_code == 405
    assert client.post(reverse("community:watch-set", args=["product", 987654])).status_code == 404
    assert client.post(reverse("community:watch-set", args=["planet", 1])).status_code == 404
    assert client.post(reverse("community:watch-set", args=["person", cast.ana.pk])).status_code == 404
    assert client.post(address, {"level": "shout"}, headers=HTMX).status_code == 404
    assert not Watch.objects.exists()


def test_all_levels_are_on_one_page_and_can_be_changed_there(cast: Cast, client):
    for code, _page in places(cast).values():
        set_level(cast.chris, code, "watch")
    client.force_login(cast.chris)
    page = client.get(reverse("community:watch-list")).content.decode()
    for name in ("Beam 2", "#bluetooth", "ben", "Bluetooth drops every minute since firmware 3.2"):
        assert name in page
    set_level(cast.chris, f"product:{cast.beam2.pk}", "")
    client.force_login(cast.mallory)
    assert "Nothing yet" in client.get(reverse("community:watch-list")).content.decode()


def test_who_watches_a_product_a_tag_or_a_person_hears_of_new_questions_there(cast: Cast):
    asker = cast.person("vera")
    tag = Tag.objects.create(name="charging", slug="charging")
    set_level(cast.ana, f"product:{cast.beam2.pk}", "watch")
    set_level(cast.chris, f"tag:{tag.pk}", "watch")
    set_level(cast.ben, f"person:{asker.pk}", "watch")
    set_level(asker, f"product:{cast.beam2.pk}", "watch")
    question = asks(cast, 3, by=asker, tags=["charging"])
    turn()
    words = [f"vera asked about Beam 2: “{question}”"]
    assert told(cast.ana) == told(cast.chris) == told(cast.ben) == words
    assert told(asker) == []
    reasons = {person: mails_to(person)[0].text.replace("\u2060", "") for person in (cast.ana, cast.chris, cast.ben)}
    assert "You get this because you watch Beam 2." in reasons[cast.ana]
    assert "You get this because you watch #charging." in reasons[cast.chris]
    assert "You get this because you watch vera." in reasons[cast.ben]


def test_who_watches_a_person_hears_of_their_answers(cast: Cast):
    question = ana_asks(cast)
    set_level(cast.chris, f"person:{cast.ben.pk}", "watch")
    ben_answers(cast, question)
    turn()
    assert told(cast.chris) == [f"ben (champion) answered in “{question}”."]


@pytest.mark.parametrize("muted", ["product", "tag", "person", "thread"])
def test_muting_wins_over_all_that_is_watched_and_over_mentions(cast: Cast, muted):
    question = ana_asks(cast)
    tag = Tag.objects.get(name="bluetooth")
    codes = {
        "product": f"product:{cast.beam2.pk}",
        "tag": f"tag:{tag.pk}",
        "person": f"person:{cast.ben.pk}",
        "thread": f"thread:{question.pk}",
    }
    for code in codes.values():
        set_level(cast.chris, code, "watch")
    set_level(cast.chris, codes[muted], "mute")
    turn()
    Notification.objects.all().delete()
    ben_answers(cast, question, "Perhaps @chris knows, he has the same phone as you have.")
    turn()
    assert told(cast.chris) == []
    assert len(told(cast.ana)) == 1


def test_who_asked_hears_of_answers_whatever_they_mute_but_the_thread(cast: Cast):
    question = ana_asks(cast)
    set_level(cast.ana, f"product:{cast.beam2.pk}", "mute")
    ben_answers(cast, question)
    turn()
    assert len(told(cast.ana)) == 1
    set_level(cast.ana, f"thread:{question.pk}", "mute")
    answer(question.thread, by=cast.chris, source="It helped me to pair it again, after a reset.")
    turn()
    assert len(told(cast.ana)) == 1


@pytest.mark.parametrize("keep_away", [ignore, block])
def test_nothing_comes_from_people_whom_one_keeps_at_a_distance(cast: Cast, keep_away):
    question = ana_asks(cast)
    turn()
    for code in (f"person:{cast.ben.pk}", f"product:{cast.beam2.pk}", f"thread:{question.pk}"):
        set_level(cast.chris, code, "watch")
    keep_away(cast.ben, by=cast.chris)
    ben_answers(cast, question, "Perhaps @chris knows, he has the same phone as you have.")
    asks(cast, 1, by=cast.ben)
    turn()
    assert told(cast.chris) == []


def test_what_is_tracked_is_in_the_tray_without_a_mail(cast: Cast):
    question = ana_asks(cast)
    set_level(cast.chris, f"thread:{question.pk}", "track")
    ben_answers(cast, question)
    turn()
    assert len(told(cast.chris)) == 1
    assert mails_to(cast.chris) == []


def test_a_thousand_watchers_are_told_in_batches_with_few_statements(cast: Cast, django_assert_max_num_queries):
    model = type(cast.ana)
    model.objects.bulk_create(
        model(username=f"crowd{n}", username_key=f"crowd{n}", email=f"crowd{n}@example.org") for n in range(1100)
    )
    crowd = model.objects.filter(username__startswith="crowd")
    Watch.objects.bulk_create(Watch(person=one, product=cast.beam2, level="watch") for one in crowd)
    off = {"kind": "question", "mail": False, "tray": True}
    Preference.objects.bulk_create(Preference(person=one, **off) for one in crowd)
    asks(cast, 5)
    with django_assert_max_num_queries(250):
        turn()
    assert Notification.objects.filter(person__in=crowd).count() == 1100
    assert A_BATCH < 1100

"""What is about the same stands beside a question and beside a product, found before anybody asks for the page."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.search.counting import count_again
from community.search.models import Document, Relative
from community.search.tasks import relate
from forums.hubs.tasks import find_relatives_of_products
from forums.threads.models import Thread
from tests.jobs import work
from tests.scenes import ana_asks, ben_answers

pytestmark = pytest.mark.django_db
TRAIN = "Bluetooth drops on the train each morning"


@pytest.fixture
def three(cast):
    """Ana's question, one like it about another product, and one about something else."""
    question = ana_asks(cast)
    like_it = ana_asks(
        cast, title=TRAIN, source="The connection drops about once a minute on the train.", product=cast.kettle_one,
        product_version=None,
    )  # fmt: skip
    other = ana_asks(cast, title="The case does not close any more", source="Since it fell down, its lid stays open.")
    work()
    count_again()
    relate(0)
    return question, like_it, other


def beside(client, path):
    page = client.get(path).content.decode()
    return page.partition('data-testid="relatives"')[2].partition("</section>")[0]


def test_what_is_about_the_same_stands_beside_a_question_whatever_its_product(client, three):
    question, like_it, other = three
    shown = beside(client, question.get_absolute_url())
    assert like_it.get_absolute_url() in shown
    assert other.get_absolute_url() not in shown
    assert question.get_absolute_url() in beside(client, like_it.get_absolute_url())


def test_a_member_reads_the_same_and_nothing_is_searched_for_either_page(client, cast, three):
    question, like_it, _other = three
    client.get(question.get_absolute_url())
    for _who in ("visitor", "member"):
        with CaptureQueriesContext(connection) as asked:
            assert like_it.get_absolute_url() in beside(client, question.get_absolute_url())
        assert not [one for one in asked.captured_queries if "tsquery" in one["sql"] or "search_stem" in one["sql"]]
        client.force_login(cast.chris)


def test_what_is_hidden_or_merged_stands_beside_nothing_from_that_moment_on(client, cast, three):
    question, like_it, _other = three
    opening = like_it.thread.posts.get(kind="opening")
    opening.hide(by=cast.hana, reason="Advertising")
    assert TRAIN not in client.get(question.get_absolute_url()).content.decode()
    opening.restore(by=cast.hana)
    relate(0)
    assert TRAIN in beside(client, question.get_absolute_url())
    Thread.objects.filter(pk=like_it.pk).update(is_hidden=True)  # a row that the index was not told of
    assert TRAIN not in client.get(question.get_absolute_url()).content.decode()


def test_a_new_question_finds_its_place_beside_older_ones(client, cast, three):
    question, *_rest = three
    late = ana_asks(
        cast, title="The connection drops every minute, firmware 3.2", source="Bluetooth drops, two phones."
    )
    work()
    relate(0)
    assert late.get_absolute_url() in beside(client, question.get_absolute_url())


def test_all_of_an_import_is_related_in_one_run_whatever_its_size(cast, three, monkeypatch):
    monkeypatch.setattr("community.search.relating.A_BATCH", 1)
    Document.objects.update(related_at=None)
    relate(0)
    assert not Document.objects.filter(related_at=None, kind="question").exists()


def test_what_is_left_after_a_minute_is_left_for_the_next_run(cast, three, monkeypatch):
    monkeypatch.setattr("community.search.relating.A_BATCH", 1)
    monkeypatch.setattr("community.search.tasks.RELATING", 0.0)
    Document.objects.update(related_at=None)
    relate(0)
    assert Document.objects.filter(related_at=None, kind="question").count() == 2


def test_an_edited_title_is_shown_and_related_anew_but_a_vote_changes_nothing(client, cast, three):
    question, like_it, _other = three
    answer = ben_answers(cast, like_it)
    answer.vote(by=cast.chris)
    work()
    assert Document.objects.get(object_id=like_it.pk).related_at is not None
    opening = like_it.thread.posts.get(kind="opening")
    opening.edit(opening.source, by=cast.ana, version=1, title="My kettle whistles a song")
    assert Document.objects.get(object_id=like_it.pk).related_at is None
    assert "My kettle whistles a song" in client.get(question.get_absolute_url()).content.decode()


def test_solved_ones_come_first_and_relatives_are_found_again_after_a_fortnight(client, cast, three):
    question, like_it, _other = three
    like_it.accept(ben_answers(cast, like_it), by=cast.ana)
    work()
    Relative.objects.all().delete()
    relate(0)
    assert not Relative.objects.exists()
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        relate(0)
    assert "solved" in beside(client, question.get_absolute_url())


def test_when_hardly_anything_is_about_the_same_what_was_solved_for_the_product_fills_the_box(client, cast, three):
    _question, _like_it, other = three
    strap = ana_asks(cast, title="Where do I get another strap?", source="Mine tore apart at its buckle in Lisbon.")
    strap.accept(ben_answers(cast, strap), by=cast.ana)
    work()
    Document.objects.filter(object_id=other.pk).update(related_at=None)
    relate(0)
    shown = beside(client, other.get_absolute_url())
    assert strap.get_absolute_url() in shown
    assert "solved" in shown


def test_questions_about_another_product_that_name_this_one_stand_beside_it(client, cast, three):
    ana_asks(
        cast, title="Does the kettle disturb my Beam 2?", source="When the kettle boils, my Beam 2 crackles.",
        product=cast.kettle_one, product_version=None,
    )  # fmt: skip
    work()
    find_relatives_of_products(0)
    shown = beside(client, "/products/beam-2/")
    assert "Does the kettle disturb my Beam 2?" in shown
    assert three[0].thread.title not in shown


def test_one_document_that_cannot_be_read_keeps_no_other_waiting(client, cast, three):
    question, _like_it, other = three
    broken = Document.objects.get(kind="question", object_id=other.pk)
    Document.objects.filter(pk=broken.pk).update(passages=[["torn"]], related_at=None)
    Document.objects.exclude(pk=broken.pk).update(related_at=None)
    Relative.objects.all().delete()
    relate(0)
    assert TRAIN in beside(client, question.get_absolute_url())
    assert not Document.objects.filter(related_at=None).exists()  # its turn comes again with the others

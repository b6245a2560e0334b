"""AC-REV-1: what the stars add up to, kept and counted."""

from decimal import Decimal
from fractions import Fraction

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from community.refusals import Refusal
from forums.reviews.arithmetic import mean, rounded, shrunken, wilson
from forums.reviews.models import Review, Score
from forums.reviews.recounting import recount_scores
from forums.reviews.writing import Said
from forums.threads.models import Vote
from forums.threads.voiding import reinstate, void
from tests.forums.reviews.scenes import ana_reviews, five_rate, reviews

pytestmark = pytest.mark.django_db


def test_ac_rev_1_mean_histogram_and_n(cast):
    five_rate(cast, cast.beam2)

    score = Score.objects.get(product=cast.beam2)
    assert score.mean == Decimal("3.4")
    assert [bar["n"] for bar in score.bars] == [2, 1, 0, 1, 1]
    assert score.n == 5


def test_ac_rev_1_shrunken_score_with_prior_3_8_and_weight_10(cast, settings):
    assert (settings.REVIEWS_PRIOR_MEAN, settings.REVIEWS_PRIOR_WEIGHT) == (3.8, 10)
    five_rate(cast, cast.beam2, (5, 5, 5))

    assert Score.objects.get(product=cast.beam2).shrunken == Decimal("4.1")
    assert rounded(shrunken([0, 0, 0, 0, 3], Fraction("3.8"), 10), 4) == Decimal("4.0769")


def test_without_a_review_there_is_no_mean_and_the_careful_one_is_the_prior():
    assert mean([0] * 5) is None
    assert Score().shrunken == Decimal("3.8")


def test_wilson_puts_many_votes_before_few():
    assert wilson(0, 0) == 0
    assert round(wilson(1, 0), 4) == 0.2065
    assert round(wilson(1952, 68), 4) == 0.9575
    assert wilson(90, 10) > wilson(9, 1) > wilson(1, 0) > wilson(0, 5)


@pytest.mark.parametrize("stars", [0, 6, -1])
def test_ac_rev_1_zero_or_six_stars_are_refused(cast, stars):
    with pytest.raises(Refusal) as refused:
        ana_reviews(cast, stars)
    assert refused.value.status == 422
    assert not Review.objects.exists()


def test_ac_rev_1_a_second_review_is_no_second_row(cast):
    first = ana_reviews(cast, 4)
    with pytest.raises(Refusal) as refused:
        ana_reviews(cast, 5)
    assert refused.value.details["review"] == first
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.filter(pk=reviews(cast.ben, 3, cast.beam2).pk).update(author=cast.ana)
    assert Review.objects.filter(author=cast.ana).count() == 1


def test_stars_alone_are_enough_unless_words_are_wanted(cast, settings):
    assert str(ana_reviews(cast, 4, title="", source="")) == "4 stars for Beam 2"
    settings.REVIEW_TEXT_REQUIRED = True
    with pytest.raises(Refusal):
        reviews(cast.ben, 5, cast.beam2, source="")


def test_the_numbers_follow_what_readers_can_see(cast):
    review = ana_reviews(cast, 1)
    reviews(cast.ben, 5, cast.beam2)
    score = Score.objects.get(product=cast.beam2)
    assert score.histogram == [1, 0, 0, 0, 1]

    review.opening.hide(by=cast.hana, reason="spam")
    score.refresh_from_db()
    assert score.histogram == [0, 0, 0, 0, 1]

    review.opening.restore(by=cast.hana)
    score.refresh_from_db()
    assert score.histogram == [1, 0, 0, 0, 1]


def test_what_is_set_aside_is_read_and_not_counted(cast):
    review = ana_reviews(cast, 5)
    review.set_aside("insider", "Works for the company.", by=None)
    review.set_aside("insider", "Works for the company.", by=None)
    score = Score.objects.get(product=cast.beam2)
    assert score.n == 0
    assert Review.objects.listed().count() == 1

    review.count_again(by=cast.hana)
    score.refresh_from_db()
    assert score.n == 1


def test_the_company_is_rated_and_has_no_numbers(cast):
    reviews(cast.ana, 2)
    with pytest.raises(Refusal):
        reviews(cast.ana, 5)
    assert not Score.objects.exists()


def test_recounting_equals_what_is_kept_and_repairs_what_is_not(cast, capsys):
    five_rate(cast, cast.beam2)
    ana_reviews(cast, 3).opening.hide(by=cast.hana, reason="spam")
    assert recount_scores() == []

    Score.objects.update(fives=99)
    Review.objects.filter(author=cast.ana).update(counted_as=3)
    assert recount_scores() == [cast.beam2.pk]
    assert Score.objects.get().histogram == [1, 1, 0, 1, 2]
    assert Review.objects.get(author=cast.ana).counted_as == 0
    call_command("recount_reviews")
    assert "0 corrected" in capsys.readouterr().out


def test_one_verdict_for_each_reader_and_none_for_the_writer(cast):
    review = ana_reviews(cast)
    review.find_helpful(by=cast.ben)
    review.find_helpful(by=cast.ben)
    review.find_unhelpful(by=cast.chris)
    review.refresh_from_db()
    assert (review.opening.score, review.unhelpful_count) == (1, 1)
    assert review.helpfulness == round(1_000_000 * wilson(1, 1))

    review.find_unhelpful(by=cast.ben)
    assert (review.opening.score, review.unhelpful_count) == (0, 2)
    review.take_back_verdict(by=cast.ben)
    assert review.unhelpful_count == 1
    for verdict in (review.find_helpful, review.find_unhelpful):
        with pytest.raises(Refusal):
            verdict(by=cast.ana)


def test_voided_votes_do_not_help(cast):
    review = ana_reviews(cast)
    review.find_helpful(by=cast.ben)
    void(Vote.objects.all(), by=cast.hana, reason="a ring")
    review.refresh_from_db()
    assert review.helpfulness == 0
    reinstate(Vote.objects.all(), by=cast.hana)
    review.refresh_from_db()
    assert review.helpfulness == round(1_000_000 * wilson(1, 0))


def test_ac_rev_5_changing_the_stars_keeps_their_history(cast):
    review = ana_reviews(cast, 2)
    review.rewrite(Said(stars=4, title="After four weeks", source=review.opening.source), by=cast.ana, version=1)
    assert list(review.ratings.values_list("stars", flat=True)) == [2, 4]
    assert review.stars == 4
    assert Score.objects.get().histogram == [0, 0, 0, 1, 0]
    assert not review.is_changed_after_support


def test_nobody_of_the_team_changes_a_review(cast):
    review = ana_reviews(cast, 1)
    for staff in (cast.kim, cast.hana, cast.fay):
        with pytest.raises(Refusal):
            review.rewrite(Said(stars=5), by=staff, version=1)
        with pytest.raises(Refusal):
            review.opening.edit("Wonderful in every way there is.", by=staff, version=1)
        assert not review.thread.is_reshaped_by(staff)

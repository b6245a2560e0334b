"""The gate: what may not be public, at what pace, and the ways out it offers."""

from datetime import timedelta

import pytest
from django.utils import timezone

from community.events.models import Event
from community.policy.blackout import black_out
from community.policy.checks.personal_data import found
from community.policy.gate import check
from community.refusals import Refusal
from forums.threads.replying import answer
from tests.scenes import ana_asks


def kinds(text: str) -> list[str]:
    return [kind for kind, _, _ in found(text)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("card 4111 1111 1111 1111", "card"),
        ("card 4111-1111-1111-1111.", "card"),
        ("amex 378282246310005", "card"),
        ("DE89 3704 0044 0532 0130 00 THANKS", "iban"),
        ("call +49 30 901820", "phone"),
        ("call me: 0151 23456789", "phone"),
        ("write to ana.b+shop@post.example-mail.de", "email"),
        ("my order is NL-1001", "order_number"),
    ],
)
def test_personal_data_is_found(text, kind):
    assert kinds(text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "card 4111 1111 1111 1112",  # wrong check digit, AC-MOD-9
        "serial 1234567890123",
        "IMEI 490154203237518",
        "fw 3.2.1 of 2026-10-05 12:30",
        "I paid 1.299,00 in 2025",
        "https://help.example/030901820",
        "DE89 3704 0044 0532 0130 01",
        "someone@example.org",
        "Firefox 68.0.1 (64-bit) on Windows 10.0.17763",
    ],
)
def test_what_only_looks_like_personal_data_passes(text):
    assert kinds(text) == []


def test_an_order_number_with_more_parts_than_the_pattern_knows_is_found_whole():
    text = "my order is NL-2025-004471/2, thanks"
    assert [text[start:end] for _, start, end in found(text)] == ["NL-2025-004471/2"]


def test_anas_card_is_refused_with_both_ways_out(cast):
    with pytest.raises(Refusal) as refusal:
        check("card 4111 1111 1111 1111", by=cast.ana, where="question").enforce()
    assert refusal.value.status == 422
    assert refusal.value.code == "personal_data"
    assert refusal.value.details["offers"] == ["black_out", "send_privately"]
    assert "card number" in str(refusal.value)
    assert "4111" not in str(refusal.value)


def test_what_may_be_no_phone_number_can_be_kept_but_a_card_cannot(cast):
    text = "call +49 30 901820"
    with pytest.raises(Refusal) as refusal:
        check(text, by=cast.ana, where="answer").enforce()
    assert "keep" in refusal.value.details["offers"]
    assert check(text, by=cast.ana, where="answer", keep=["phone"]).findings == []
    assert check("4111 1111 1111 1111", by=cast.ana, where="answer", keep=["card"]).findings


def test_the_team_may_name_its_own_phone_but_no_card(cast):
    assert check("call +49 30 901820", by=cast.dora, where="answer").findings == []
    assert check("4111 1111 1111 1111", by=cast.dora, where="answer").findings


def test_private_doors_take_personal_data(cast):
    assert check("my card is 4111 1111 1111 1111", by=cast.ana, where="message").findings == []


def test_blacking_out_covers_the_number_and_nothing_else():
    text = "My card 4111 1111 1111 1111 was charged, mail a@b.de"
    assert black_out(text) == f"My card {'█' * 19} was charged, mail {'█' * 6}"
    assert kinds(black_out(text)) == []


def test_a_text_of_32001_characters_is_too_long(cast):
    assert check("a" * 32_000, by=cast.ana, where="answer").findings == []
    with pytest.raises(Refusal, match="32001"):
        check("a" * 32_001, by=cast.ana, where="answer").enforce()


def test_a_new_member_may_post_two_links_and_not_three(cast):
    link = "https://help.example/{} "
    assert check(link * 2, by=cast.chris, where="answer").findings == []
    with pytest.raises(Refusal, match="2 links"):
        check(link * 3, by=cast.chris, where="answer").enforce()
    assert check(link * 3, by=cast.ben, where="answer").findings == []


def test_the_sixth_post_in_a_minute_waits_and_says_how_long(cast):
    question = ana_asks(cast)
    for number in range(5):
        answer(question.thread, by=cast.ben, source=f"Try step {number} of the manual.")
    with pytest.raises(Refusal, match="seconds") as refusal:
        answer(question.thread, by=cast.ben, source="And one more thing.")
    assert refusal.value.status == 429
    assert question.thread.posts.count() == 6


def test_a_new_member_says_enough_in_ten_posts_a_day(cast):
    question = ana_asks(cast)
    long_ago = timezone.now() - timedelta(hours=2)
    for number in range(10):
        answer(question.thread, by=cast.chris, source=f"My case {number} is different.")
        Event.objects.filter(actor=cast.chris).update(created_at=long_ago)
    with pytest.raises(Refusal, match="22 hours"):
        answer(question.thread, by=cast.chris, source="One more.")


def test_the_team_has_no_pace_limit(cast):
    question = ana_asks(cast)
    for number in range(7):
        answer(question.thread, by=cast.dora, source=f"Answer {number} of the team.", as_staff=True)
    assert question.thread.posts.count() == 8

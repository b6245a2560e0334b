"""Rules of words: whole words, disguises, expressions that would take for ever, shadow, versions."""

import time

import pytest

from community.policy.gate import check
from community.policy.matching import OutOfTime, fault_in, spans
from community.policy.models import WordHit, WordRule
from community.refusals import Refusal, Stale
from forums.threads.models import Post
from tests.scenes import ana_asks, ben_answers

REASON = "We keep insults out. Somebody looks at it within a few hours."


def rule(cast, pattern="ass", action="hold", state="on", **fields) -> WordRule:
    """Hana's rule."""
    fields = {"name": "Insults", "parts": ["texts", "titles", "reviews", "profiles", "tags"], "reason": REASON} | fields
    return WordRule.objects.write(
        by=cast.hana, why="Reported often", pattern=pattern, action=action, state=state, **fields
    )


@pytest.mark.parametrize("text", ["class", "document", "assess the bass", "passes", "A glass of water", "455", "as s"])
def test_ac_mod_1_what_only_contains_the_word_passes(cast, text):
    rule(cast)
    assert not check(text, by=cast.ana, where="answer").is_held


@pytest.mark.parametrize(
    "text",
    [
        "ass",
        "You ass!",
        "ASS",
        "a$$",
        "@ss",
        "a\u200bss",
        "аss",
        "ａｓｓ",
        "a s s",
        "a.s.s",
        "a\u0336s\u0336s\u0336",
        "a55",
    ],
)
def test_ac_mod_1_the_word_is_held_however_it_is_written(cast, text):
    rule(cast)
    verdict = check(text, by=cast.ana, where="answer")
    assert verdict.is_held
    assert verdict.held_because["rules"][0]["rule"] == f"words:{WordRule.objects.get().pk}"


def test_a_phrase_is_found_across_lines_and_a_star_stands_for_any_ending(cast):
    assert spans("words", "buy now", True, "Please buy\n  NOW here") == [(7, 16)]
    assert spans("words", "scam*", True, "These scammers") == [(6, 14)]
    assert spans("words", "ass", False, "class") == [(2, 5)]


@pytest.mark.parametrize(
    ("pattern", "fault"),
    [
        ("(a+)+$", "slow"),
        (r"(\w+\s?)+$", "slow"),
        ("(", "wrong"),
        ("x*", "empty"),
        ("a" * 501, "long"),
        (r"\bgold\d+", ""),
    ],
)
def test_an_expression_that_cannot_be_used_says_why(pattern, fault):
    assert fault_in(pattern) == fault


def test_a_catastrophic_expression_never_hangs():
    began = time.process_time()
    with pytest.raises(OutOfTime):
        spans("regex", r"(\w+\s?)+$", True, "word " * 5000 + "!")
    assert time.process_time() - began < 1


def test_a_rule_that_runs_out_of_time_lets_the_text_pass_and_is_counted(cast):
    slow = rule(cast)
    WordRule.objects.filter(pk=slow.pk).update(kind="regex", pattern=r"(\w+\s?)+$")
    assert not check("word " * 5000 + "!", by=cast.ana, where="answer").is_held
    slow.refresh_from_db()
    assert slow.slow_count == 1


def test_in_the_shadow_a_rule_counts_and_does_nothing(cast):
    shadow = rule(cast, state="shadow")
    post = ben_answers(cast, ana_asks(cast), "Do not be an ass about it.")
    assert not post.is_hidden
    hit = WordHit.objects.get()
    assert (hit.rule, hit.is_shadow, hit.where, hit.by) == (shadow, True, "answer", cast.ben)


def test_a_rule_looks_only_where_it_is_told_to(cast):
    rule(cast, parts=["titles"])
    assert not check("You ass", by=cast.ana, where="question", title="A friendly question").is_held
    assert check("Friendly words", by=cast.ana, where="question", title="What an ass").is_held


def test_a_covering_rule_blacks_the_word_out_and_publishes_the_rest(cast):
    rule(cast, action="cover")
    question = ana_asks(cast, title="What an a$$ of a headphone this is", source="It is an ass. A class of its own.")
    opening = question.thread.posts.get(kind=Post.Kind.OPENING)
    assert question.thread.title == "What an ███ of a headphone this is"
    assert opening.source == "It is an ███. A class of its own."
    assert not opening.is_hidden


def test_a_refusing_rule_says_its_reason(cast):
    rule(cast, action="refuse")
    with pytest.raises(Refusal, match="We keep insults out"):
        ana_asks(cast, source="You are an ass, all of you who made this.")


def test_every_change_is_a_version_with_a_reason_and_nobody_overwrites_another(cast):
    row = rule(cast)
    row.rewrite(by=cast.hana, why="Too strict", version=1, action="hint")
    assert [(v.number, v.why, v.settings["action"]) for v in row.versions.all()] == [
        (2, "Too strict", "hint"),
        (1, "Reported often", "hold"),
    ]
    with pytest.raises(Stale):
        row.rewrite(by=cast.hana, why="Again", version=1, action="hold")
    with pytest.raises(Refusal):
        row.rewrite(by=cast.hana, why=" ", version=2, action="hold")
    with pytest.raises(Refusal):
        row.rewrite(by=cast.mallory, why="Mine", version=2, state="off")


def test_what_is_refused_in_a_request_is_counted_although_nothing_else_is_kept(cast, client):
    row = rule(cast, action="refuse")
    client.force_login(cast.ana)
    data = {"title": "My headphones are what they are", "text": "You are an ass, all of you who made this."}
    client.post("/questions/new/", data)
    assert WordHit.objects.filter(rule=row, action="refuse", where="question").count() == 1

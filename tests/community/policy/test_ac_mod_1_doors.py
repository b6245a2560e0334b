"""AC-MOD-1: with the rule hold "ass", "class" and "document" pass and "ass" is held, whichever door it comes in by."""

import json

import pytest
from django.test import Client

from community.inbound.purposes import Written
from community.policy.doors import DOORS
from community.policy.gate import check
from community.policy.models import WordRule
from community.refusals import Refusal
from forums.questions.importing import Origin, import_threads
from forums.questions.models import Question
from forums.reviews.models import Review
from forums.reviews.writing import Said
from forums.threads.by_mail import PublicPlace
from forums.threads.models import Post, Thread
from forums.threads.replying import comment
from moderation.flags.models import Case
from tests.community.api.program import Program
from tests.jobs import work
from tests.scenes import ana_asks, ben_answers

FINE, WRONG = "A first class document about it, I think.", "Whoever made this is an ass, I think."


@pytest.fixture
def held(cast) -> WordRule:
    """The rule of the scenario."""
    parts = ["texts", "titles", "reviews", "profiles", "tags", "templates", "private"]
    return WordRule.objects.write(
        by=cast.hana,
        why="The scenario",
        name="Insults",
        pattern="ass",
        parts=parts,
        state="on",
        reason="Say it kindly.",
    )


def by_question(cast, words, tmp_path):
    return ana_asks(cast, source=words).thread.posts.get()


def by_title(cast, words, tmp_path):
    return ana_asks(cast, title=words).thread.posts.get()


def by_answer(cast, words, tmp_path):
    return ben_answers(cast, ana_asks(cast), words)


def by_page(cast, words, tmp_path):
    question = ana_asks(cast)
    client = Client()
    client.force_login(cast.ben)
    client.post(f"/threads/{question.pk}/reply/", {"text": words})
    return Post.objects.get(author=cast.ben)


def by_comment(cast, words, tmp_path):
    return comment(ana_asks(cast).thread.posts.get(), by=cast.ben, source=words)


def by_mail(cast, words, tmp_path):
    opening = ana_asks(cast).thread.posts.get()
    PublicPlace(cast.ben, opening).take(Written(cast.ben, words, "", "<1@x>", ()))
    return Post.objects.get(author=cast.ben)


def by_import(cast, words, tmp_path):
    told = {
        "id": 1, "url": "https://old.example/1", "title": "Something about the headphones", "content_html": words,
        "created": "2026-01-02T10:00:00Z", "creator": "old", "answers": [],
    }  # fmt: skip
    path = tmp_path / "threads.jsonl"
    path.write_text(json.dumps(told))
    list(import_threads(path, Origin("Old forum", "CC0", "northlight")))
    return Post.objects.get(thread__attribution__native_id="1")


def by_review(cast, words, tmp_path):
    review = Review.objects.write(Said(stars=4, title="What I think", pros=words), by=cast.ana, product=cast.beam2)
    return review.thread.posts.get()


def by_new_tag(cast, words, tmp_path):
    return ana_asks(cast, tags=["bluetooth", words[:40]]).thread.posts.get()


def by_program(cast, words, tmp_path):
    said = Program(cast.ana).post("/questions/", {"title": "Something about the headphones", "text": words})
    told = said.json()
    assert (said.status_code, bool(told["opening"]["waiting"])) == ((202, True) if words == WRONG else (201, False))
    if words == WRONG:
        assert "A person looks at it" in told["opening"]["waiting"]  # and for how long, usually
        assert Program().get(f"/questions/{told['question']['id']}/").status_code == 404
        assert Program(cast.ana).get(f"/questions/{told['question']['id']}/").json()["opening"]["text"] == words
        assert Program().get("/questions/").json()["rows"] == []
    return Post.objects.get(pk=told["opening"]["id"])


def by_answering_program(cast, words, tmp_path):
    said = Program(cast.ben).post(f"/questions/{ana_asks(cast).pk}/answers/", {"text": words})
    return Post.objects.get(pk=said.json()["id"])


def by_reviewing_program(cast, words, tmp_path):
    said = Program(cast.ana).post(f"/products/{cast.beam2.slug}/reviews/", {"stars": 4, "pros": words})
    return Review.objects.get(pk=said.json()["id"]).thread.posts.get()


PROGRAMS = [by_program, by_answering_program, by_reviewing_program]
HOLDING = [by_question, by_title, by_answer, by_page, by_comment, by_mail, by_import, by_review, by_new_tag, *PROGRAMS]


@pytest.mark.parametrize("door", HOLDING)
def test_ac_mod_1_every_door_that_publishes_holds_the_word_and_lets_the_others_pass(cast, held, tmp_path, door):
    post = door(cast, WRONG, tmp_path)
    post.refresh_from_db()
    assert post.is_held
    work()
    case = Case.objects.about(post).get()
    assert case.findings.get(rule=held.key).version == held.version  # an insult hint may stand beside it
    Post.objects.all().delete()
    Review.objects.all().delete()
    Question.objects.all().delete()
    Thread.objects.all().delete()
    fine = door(cast, FINE, tmp_path)
    fine.refresh_from_db()
    assert not fine.is_hidden


@pytest.mark.parametrize("name", sorted(DOORS))
def test_ac_mod_1_every_door_on_the_list_hears_the_rule(cast, held, name):
    door = DOORS[name]
    found = [finding for finding in check(WRONG, by=cast.ana, where=name).findings if finding.rule == held.key]
    assert bool(found) == door.is_watched
    if door.is_watched and not door.holds:
        with pytest.raises(Refusal, match="Say it kindly"):
            check(WRONG, by=cast.ana, where=name).enforce()
    assert not [f for f in check(FINE, by=cast.ana, where=name).findings if f.rule]


def test_a_door_that_is_not_on_the_list_fails_loudly(cast):
    with pytest.raises(KeyError):
        check("Hello", by=cast.ana, where="chat")

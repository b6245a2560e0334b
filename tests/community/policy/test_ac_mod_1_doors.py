"""AC-MOD-1: with the rule hold "ass", "class" and "document" pass and "ass" is held, whichever door it comes in by."""

import pytest

from community.policy import gate
from community.policy.doors import DOORS, door_named
from community.policy.gate import check
from community.policy.models import HeldChange, WordRule
from community.refusals import Refusal
from forums.threads.models import Post
from moderation.flags.models import Case
from tests.community.api.program import Program
from tests.community.policy.ways_in import WAYS
from tests.jobs import work

FINE, WRONG = "A first class document about it, I think.", "Whoever made this is an ass, I think."
WALK = [pytest.param(name, way, id=f"{name}-{way.__name__}") for name, ways in WAYS.items() for way in ways]


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


@pytest.fixture
def knocked(monkeypatch) -> set[str]:
    """The doors at which the gate was asked."""
    asked: set[str] = set()
    monkeypatch.setattr(gate, "door_named", lambda name: asked.add(name) or door_named(name))
    return asked


def what_waits(came: Post | str) -> Post | HeldChange | None:
    """What is kept for a look: a new text itself, and of all else what was to be said there."""
    if isinstance(came, str):
        return HeldChange.objects.waiting().first()
    post = Post.objects.get(pk=came.pk)
    return post if post.is_held else None


def is_read(came: Post | str, words: str) -> bool:
    """Whether those for whom it was meant read it."""
    return words in came if isinstance(came, str) else not Post.objects.get(pk=came.pk).is_hidden


def test_ac_mod_1_the_walk_goes_through_every_door_that_holds():
    assert set(WAYS) == {name for name, door in DOORS.items() if door.holds}


@pytest.mark.parametrize(("name", "way"), WALK)
def test_ac_mod_1_every_door_holds_the_word_for_a_look(cast, held, knocked, tmp_path, name, way):
    came = way(cast, WRONG, tmp_path)
    waits = what_waits(came)
    assert name in knocked
    assert waits
    assert not is_read(came, WRONG)
    work()
    case = Case.objects.about(waits).get()
    assert case.findings.get(rule=held.key).version == held.version  # an insult hint may stand beside it


@pytest.mark.parametrize(("name", "way"), WALK)
def test_ac_mod_1_every_door_lets_pass_what_only_contains_the_word(cast, held, knocked, tmp_path, name, way):
    came = way(cast, FINE, tmp_path)
    assert name in knocked
    assert what_waits(came) is None
    assert is_read(came, FINE)


def test_ac_mod_1_a_program_reads_that_its_question_waits_and_nobody_else_finds_it(cast, held):
    said = Program(cast.ana).post("/questions/", {"title": "Something about the headphones", "text": WRONG})
    told = said.json()
    assert (said.status_code, "A person looks at it" in told["opening"]["waiting"]) == (202, True)
    assert Program().get(f"/questions/{told['question']['id']}/").status_code == 404
    assert Program(cast.ana).get(f"/questions/{told['question']['id']}/").json()["opening"]["text"] == WRONG
    assert Program().get("/questions/").json()["rows"] == []
    fine = Program(cast.ana).post("/questions/", {"title": "Something about the headphones", "text": FINE})
    assert (fine.status_code, fine.json()["opening"]["waiting"]) == (201, "")


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

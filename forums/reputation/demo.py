"""The demo's standing: what its year was worth, read from what happened, with a plan of hana's for the levels."""

from datetime import timedelta

from community.people.distance import ignore
from community.people.models import Person
from community.staging import Stage
from forums.questions.demo.ballots import ROUNDS
from forums.reputation.bars import USUAL, USUAL_GRACE, Asked
from forums.reputation.levelling import run_levels
from forums.reputation.models import LevelPlan
from forums.reputation.planning import plan_levels
from forums.reputation.settling import settle_everything

REASON = "Those who tag well should not have to wait for so long."


def build(stage: Stage) -> None:
    """The ledger is read from the votes, solutions and verifications of the year; people go up as they earned it."""
    for days in ROUNDS:  # the real site does it every hour
        stage.at(stage.now - timedelta(days=days), lambda: count_standing(stage))
    stage.in_the_end(lambda: count_standing(stage))
    stage.at(stage.now, lambda: plan_for_next_month(stage))
    stage.at(stage.now - timedelta(days=30), lambda: ignore(stage.people["luca"], by=stage.people["leo"]))


def count_standing(stage: Stage) -> None:
    """The ledger and the badges, then the levels; whoever acts next does so at the level they have now."""
    settle_everything()
    run_levels()
    levels = dict(Person.objects.values_list("pk", "level"))
    for person in stage.people.values():
        person.level = levels.get(person.pk, person.level)


def plan_for_next_month(stage: Stage) -> None:
    """A change that waits for its day, with what its simulation said."""
    easier = [USUAL[0], Asked(days=30, points=50, helped=1, people=3), *USUAL[2:]]
    applies_from = stage.now + timedelta(days=21)
    plan_levels(easier, by=stage.people["hana"], applies_from=applies_from, grace_days=USUAL_GRACE, reason=REASON)


def remove() -> None:
    """Lines, sums, levels and badges go with the people and the posts they are about; the plan goes here."""
    LevelPlan.objects.filter(reason=REASON).delete()

"""What a decision does, and that each of it can be taken back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from community.notifications.models import EmailDelivery
from community.people.silencing import Silence
from community.refusals import Refusal, Stale
from forums.threads.models import Post, Vote
from forums.threads.replying import answer
from moderation.decisions.deciding import Wanted, decide, undo
from moderation.decisions.deeds import DEEDS
from moderation.decisions.models import Action
from moderation.flags.models import Case, Flag
from tests.jobs import work


def again(row):
    return type(row).objects.get(pk=row.pk)


def test_a_hidden_post_comes_back_with_the_undo(case, post, decided, cast):
    decision = decided(case, "hide")
    assert again(post).is_hidden
    undo(decision, by=cast.hana, reason="My mistake")
    assert not again(post).is_hidden
    assert again(case).is_open
    assert not again(decision).is_standing


@pytest.mark.parametrize(
    "name", sorted(set(DEEDS) - {"void_votes", "sweep", "move", "merge", "decline"})
)  # tested where they belong
def test_every_deed_can_be_done_and_undone(case, post, decided, cast, name):
    before = again(post)
    decision = decided(case, name, text="Changed by the team, so that it keeps to the rules.")
    assert Action.objects.standing().get().kind == name
    assert decision.statement.person == cast.ana
    undo(decision, by=cast.hana, reason="It was wrong")
    assert not Action.objects.standing().exists()
    after = again(post)
    assert (after.source, after.is_hidden) == (before.source, before.is_hidden)
    ana = again(cast.ana)
    assert not ana.is_suspended
    assert not Silence.objects.in_force().filter(person=ana).exists()
    assert not after.thread.is_locked


def test_nothing_is_taken_without_rule_and_facts(case, cast, spam):
    for wanted in (
        Wanted("acted", {"hide": {}}, None, "Facts"),
        Wanted("acted", {"hide": {}}, spam, "  "),
        Wanted("acted", {}, spam, "Facts"),
        Wanted("left", {"hide": {}}, spam, "Facts"),
    ):
        with pytest.raises(Refusal):
            decide(case, wanted, by=cast.hana)
    with pytest.raises(Refusal):
        decide(case, Wanted("acted", {"hide": {}}, spam, "Facts"), by=cast.mallory)


def test_ac_mod_2_a_decision_on_version_seven_is_refused_at_version_eight(case, post, cast, spam):
    Post.objects.filter(pk=post.pk).update(version=7)
    again(post).edit("Now it says something else entirely, on purpose.", by=cast.ana, version=7)
    with pytest.raises(Stale) as stale:
        decide(again(case), Wanted("acted", {"hide": {}}, spam, "Facts"), by=cast.hana, seen="7")
    assert stale.value.newer.version == "8"


def test_ac_mod_4_a_spam_account_goes_out_of_sight_and_comes_back_whole(case, question, cast, decided, client):
    client.force_login(cast.ana)
    theirs = answer(question.thread, by=cast.ben, source="Turn it off and on again.")
    theirs.vote(by=cast.ana)
    held = answer(question.thread, by=cast.ana, source="One more thing about the firmware of it.")
    Post.objects.filter(pk=held.pk).update(is_hidden=True)
    shown = answer(question.thread, by=cast.ana, source="It still happens with the new firmware.")
    EmailDelivery.objects.all().delete()
    work_until_mailed(shown)
    mails = EmailDelivery.objects.waiting().about_deeds_of(cast.ana)
    EmailDelivery.objects.update(state="waiting")
    assert mails.count() == 1
    dates = list(Post.objects.order_by("pk").values_list("created_at", "edited_at", "score"))
    decision = decided(case, "spam")
    assert not Post.objects.visible_to(None).filter(author=cast.ana).exists()
    assert again(theirs).score == 0
    assert cast.ana.is_suspended
    assert EmailDelivery.objects.filter(state="dropped", person=cast.ben).count() == 1
    assert client.get("/settings/").status_code == 302
    undo(decision, by=cast.hana, reason="It was her")
    work()
    assert again(theirs).score == 1
    assert Vote.objects.get().person == cast.ana
    assert not again(cast.ana).is_suspended
    assert again(held).is_hidden
    assert not again(shown).is_hidden
    assert list(Post.objects.order_by("pk").values_list("created_at", "edited_at", "score")) == dates
    assert not EmailDelivery.objects.filter(state="dropped").exists()


def work_until_mailed(post):
    """Deliver events; the mail itself stays where it is."""
    work()
    EmailDelivery.objects.update(state="waiting")


def test_the_ladder_is_one_three_seven_thirty_days(question, cast, decided, spam):
    days = []
    for number in range(5):
        post = answer(question.thread, by=cast.chris, source=f"Buy it in my shop, it is cheap. {number}")
        case = Flag.objects.flag(post, by=cast.ben, rule=spam).case
        decided(case, "suspend")
        days.append(Action.objects.latest("pk").details["days"])
        cast.chris.suspensions.all().delete()
    assert days == [1, 3, 7, 30, 30]


def test_a_suspension_ends_by_itself_to_the_second(case, decided, cast, client, time_machine):
    start = timezone.now()
    time_machine.move_to(start, tick=False)
    decided(case, "suspend")
    for after, is_out in ((timedelta(hours=23, minutes=59, seconds=59), True), (timedelta(days=1, seconds=1), False)):
        time_machine.move_to(start + after, tick=False)
        assert again(cast.ana).is_suspended is is_out
        client.force_login(cast.ana)
        assert client.get("/settings/").status_code == (302 if is_out else 200)


def test_an_undone_suspension_is_no_step_of_the_ladder(question, cast, decided, spam, post, case):
    undo(decided(case, "suspend"), by=cast.hana, reason="Wrong person")
    decided(again(case), "suspend")
    assert Action.objects.latest("pk").details["days"] == 1


def test_what_the_gate_holds_is_published_when_nobody_objects(question, cast, decided):
    held = answer(question.thread, by=cast.ben, source="Turn LE Audio off in the app.")
    Post.objects.filter(pk=held.pk).update(is_hidden=True)
    case = Case.objects.open_about(again(held), origin="gate", rule="words:12", reason="says ass")
    decision = decided(case)
    assert not again(held).is_hidden
    assert decision.detected_by == ["words:12"]
    assert type(decision).objects.precision_of("words:12") == (0, 1)

"""Trust levels: earned by the ledger, simulated before they change, and lost only after a notice."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from community.notifications.models import EmailDelivery
from community.people.models import Person
from community.policy.gate import check
from forums.reputation.models import Grace, LevelChange, LevelPlan, Point
from forums.reputation.settling import settle_everything
from forums.reputation.tasks import move_levels
from forums.threads.models import Post, Vote
from forums.threads.replying import answer
from tests.cast import Cast
from tests.jobs import work
from tests.scenes import ana_asks

THREE_LINKS = "See https://one.example/a and https://two.example/b and https://three.example/c for the whole story."


def next_run() -> None:
    work()
    move_levels(0)
    work()


def ana_helps(cast: Cast, times: int, name: str = "helper"):
    """Answers of Ana's that other people find good, each from somebody else."""
    question = ana_asks(cast)
    Person.objects.filter(pk=cast.ana.pk).update(created_at=timezone.now() - timedelta(days=40))
    cast.ana.refresh_from_db()
    for n in range(times):
        other = cast.person(f"{name}{n}")
        asked = type(question).objects.ask(
            by=other, title=f"Something else is wrong with it {n}", source="It hums." * 5
        )
        given = answer(asked.thread, by=cast.ana, source="Unplug it for a minute, then pair it again.")
        asked.accept(given, by=other)


def test_ac_people_2_ana_meets_the_thresholds_and_is_promoted_at_the_next_run_and_told_what_is_new(client, cast):
    assert "links" in {finding.check for finding in check(THREE_LINKS, by=cast.ana, where="answer").findings}
    ana_helps(cast, 4)
    work()
    cast.ana.refresh_from_db()
    assert cast.ana.level == 0  # not before the run
    next_run()
    cast.ana.refresh_from_db()
    assert cast.ana.level == 2
    [change] = LevelChange.objects.filter(person=cast.ana)
    assert (change.before, change.after, change.points, change.helped, change.people) == (0, 2, 60, 4, 4)
    [told] = cast.ana.notifications.filter(kind="level")
    assert told.text.startswith("You reached level 2, “Helping hand”. New for you: Post as many links as a text needs.")
    assert "Put better tags on anybody’s question" in told.text
    assert told.text in EmailDelivery.objects.get(person=cast.ana, kind="level").text.replace("\n", " ")
    assert "links" not in {finding.check for finding in check(THREE_LINKS, by=cast.ana, where="answer").findings}
    next_run()
    assert LevelChange.objects.filter(person=cast.ana).count() == 1


def test_ac_people_2_a_demotion_has_a_grace_period_with_a_notice(cast):
    ana_helps(cast, 4)
    next_run()
    Post.objects.filter(author=cast.ana, kind="answer").first().hide(by=cast.hana, reason="It is wrong.")
    next_run()
    cast.ana.refresh_from_db()
    assert cast.ana.level == 2
    grace = Grace.objects.get(person=cast.ana, closed_at__isnull=True)
    assert timedelta(days=13) < grace.ends_at - timezone.now() <= timedelta(days=14)
    assert "You keep it until" in cast.ana.notifications.filter(kind="level").latest("pk").text
    with time_machine.travel(timezone.now() + timedelta(days=13), tick=False):
        next_run()
        cast.ana.refresh_from_db()
        assert cast.ana.level == 2
    with time_machine.travel(timezone.now() + timedelta(days=15), tick=False):
        next_run()
        cast.ana.refresh_from_db()
        assert cast.ana.level == 1
        assert "“Settled in” from now on" in cast.ana.notifications.filter(kind="level").latest("pk").text
    assert [(row.before, row.after) for row in LevelChange.objects.filter(person=cast.ana).order_by("pk")] == [
        (0, 2),
        (2, 1),
    ]


def test_ac_people_2_who_makes_up_for_it_in_time_keeps_the_level(cast):
    ana_helps(cast, 4)
    next_run()
    hidden = Post.objects.filter(author=cast.ana, kind="answer").first()
    hidden.hide(by=cast.hana, reason="It is wrong.")
    next_run()
    hidden.restore(by=cast.hana)
    next_run()
    cast.ana.refresh_from_db()
    assert cast.ana.level == 2
    assert not Grace.objects.filter(person=cast.ana, closed_at__isnull=True).exists()
    with time_machine.travel(timezone.now() + timedelta(days=15), tick=False):
        next_run()
        cast.ana.refresh_from_db()
        assert cast.ana.level == 2


def crowd(cast: Cast) -> None:
    """37 people with twenty points, and four at level 1 with five; all have been here for a year."""
    question = ana_asks(cast)
    long_ago = timezone.now() - timedelta(days=365)
    fans = [cast.person(f"fan{n}", created_at=long_ago) for n in range(4)]
    for n in range(41):
        person = cast.person(f"member{n:02}", level=1, created_at=long_ago)
        said = f"Number {n}: turn it off and on again."
        post = Post.objects.create(thread=question.thread, kind="answer", author=person, source=said, html=said)
        Vote.objects.bulk_create([Vote(post=post, person=fan) for fan in fans[: 4 if n < 37 else 1]])
    settle_everything()
    next_run()


def numbers(form, **changes):
    return {name: field.initial for name, field in form.fields.items()} | changes


def test_ac_people_2_a_threshold_change_is_simulated_first_and_applied_with_a_date(client, cast):
    crowd(cast)
    client.force_login(cast.hana)
    form = client.get("/standing/levels/change/").context["form"]
    day = timezone.localdate() + timedelta(days=3)
    easier = {"points_1": 10, "points_2": 20, "helped_2": 0, "applies_from": day, "reason": "More hands for tags."}
    fields = numbers(form, **easier)

    blind = client.post("/standing/levels/change/", fields | {"apply": "1"})
    assert not LevelPlan.objects.exists()  # nothing is applied that nobody has looked at
    assert "37 up, 4 down" in blind.content.decode()

    page = client.post("/standing/levels/change/", fields | {"simulate": "1"})
    shown = page.content.decode()
    assert "37 up, 4 down" in shown
    assert "member00" in shown
    assert "member40" in shown
    assert not LevelChange.objects.filter(after=2).exists()
    token = page.context["form"].token
    other = client.post("/standing/levels/change/", fields | {"points_2": 21, "apply": "1", "simulated": token})
    assert not LevelPlan.objects.exists()
    assert "0 up, 4 down" in other.content.decode()
    done = client.post("/standing/levels/change/", fields | {"apply": "1", "simulated": token}, follow=True)
    assert "37 up, 4 down" in done.content.decode()
    plan = LevelPlan.objects.get()
    assert (plan.up, plan.down, plan.by) == (37, 4, cast.hana)

    next_run()
    assert not LevelChange.objects.filter(after=2).exists()  # its day has not come
    client.logout()
    assert "the levels ask for something else" in client.get("/standing/levels/").content.decode()
    with time_machine.travel(timezone.now() + timedelta(days=3), tick=False):
        next_run()
        assert Person.objects.filter(username__startswith="member", level=2).count() == 37
        assert Grace.objects.filter(person__username__startswith="member").count() == 4
        assert Person.objects.filter(username__startswith="member", level=1).count() == 4
    with time_machine.travel(timezone.now() + timedelta(days=18), tick=False):
        next_run()
        assert Person.objects.filter(username__startswith="member", level=0).count() == 4


def test_a_change_can_be_called_off_until_its_day(client, cast):
    client.force_login(cast.kim)
    form = client.get("/standing/levels/change/").context["form"]
    fields = numbers(form, applies_from=timezone.localdate() + timedelta(days=2), reason="Trying.")
    token = client.post("/standing/levels/change/", fields).context["form"].token
    client.post("/standing/levels/change/", fields | {"apply": "1", "simulated": token})
    plan = LevelPlan.objects.get()
    assert client.post(f"/standing/levels/change/{plan.pk}/call-off/").status_code == 302
    plan.refresh_from_db()
    assert plan.withdrawn_at
    assert "called off" in client.get("/standing/levels/change/").content.decode()


def test_a_plan_in_force_cannot_be_called_off(client, cast):
    client.force_login(cast.kim)
    form = client.get("/standing/levels/change/").context["form"]
    fields = numbers(form, reason="At once.")
    token = client.post("/standing/levels/change/", fields).context["form"].token
    client.post("/standing/levels/change/", fields | {"apply": "1", "simulated": token})
    plan = LevelPlan.objects.get()
    assert (
        "It holds already"
        in client.post(f"/standing/levels/change/{plan.pk}/call-off/", headers={"HX-Request": "true"}).content.decode()
    )
    plan.refresh_from_db()
    assert plan.withdrawn_at is None


@pytest.mark.parametrize("who", ["ben", "mallory", "dora", "jo"])
def test_only_those_who_keep_house_change_levels(client, cast, who):
    client.force_login(getattr(cast, who))
    assert client.get("/standing/levels/change/").status_code in (403, 404)
    assert client.post("/standing/levels/change/", {}).status_code in (403, 404)


def test_what_was_typed_wrong_is_said_at_the_form(client, cast):
    client.force_login(cast.hana)
    form = client.get("/standing/levels/change/").context["form"]
    page = client.post("/standing/levels/change/", numbers(form, points_2=1, reason="No."))
    assert page.status_code == 422
    assert "cannot ask for less" in page.content.decode()
    past = numbers(form, applies_from="2020-01-01", reason="No.")
    assert client.post("/standing/levels/change/", past).status_code == 422


def test_the_team_is_not_in_the_race(cast):
    Person.objects.filter(pk=cast.dora.pk).update(level=1)
    next_run()
    cast.dora.refresh_from_db()
    assert cast.dora.level == 1
    assert not Grace.objects.exists()


def test_the_command_says_what_it_did(cast):
    ana_helps(cast, 4)
    work()
    out = StringIO()
    call_command("run_levels", stdout=out)
    assert "1 raised: ana" in out.getvalue()
    assert Point.objects.filter(person=cast.ana).exists()


def test_the_page_of_levels_is_for_everybody(client, cast):
    page = client.get("/standing/levels/").content.decode()
    for words in ("Helping hand", "60 points", "Put better tags on anybody’s question", "14 days"):
        assert words in page
    assert "Change what the levels ask for" not in page


def test_ones_own_ledger_says_what_is_missing_for_the_next_level(client, cast):
    ana_helps(cast, 2)
    next_run()
    client.force_login(cast.ana)
    page = " ".join(client.get("/standing/mine/").content.decode().partition('data-testid="progress"')[2].split())
    assert "Settled in" in page
    assert "30 / 60" in page
    assert "2 / 3" in page
    client.force_login(cast.dora)
    assert 'data-testid="progress"' not in client.get("/standing/mine/").content.decode()

"""The ledger: every point has a cause, goes when its cause goes, and comes back when it does."""

from io import StringIO

import pytest
from django.core.management import call_command

from community.people.roles import Role
from forums.reputation.models import Point, Standing
from forums.threads.suggesting import suggest
from forums.threads.voiding import reinstate, void
from tests.jobs import work
from tests.scenes import TITLE, ana_asks, ben_answers, one_line


@pytest.fixture
def question(cast):
    return ana_asks(cast)


@pytest.fixture
def answer(cast, question):
    return ben_answers(cast, question)


def balance(person) -> int:
    work()
    standing = Standing.objects.filter(person=person).first()
    return standing.points if standing else 0


def recomputed() -> str:
    out = StringIO()
    call_command("recompute_reputation", stdout=out)
    return out.getvalue()


def test_ac_people_1_vote_and_unvote_fifty_times_is_one_state(client, cast, answer):
    client.force_login(cast.chris)
    for _ in range(50):
        assert client.post(f"/posts/{answer.pk}/vote/").status_code == 302
        work()
        client.post(f"/posts/{answer.pk}/take-back-vote/")
        work()
    assert balance(cast.ben) == 0
    client.post(f"/posts/{answer.pk}/vote/")
    assert balance(cast.ben) == 5
    line = Point.objects.get(person=cast.ben)
    assert (line.kind, line.amount, line.giver, line.giver_class) == ("answer_vote", 5, cast.chris, "customer")
    assert line.created_at
    assert "0 corrected" in recomputed()


def test_ac_people_1_taking_a_post_back_reverses_its_points(client, cast, question, answer):
    answer.vote(by=cast.chris)
    question.accept(answer, by=cast.ana)
    assert (balance(cast.ben), balance(cast.ana)) == (20, 2)
    client.force_login(cast.ben)
    client.post(f"/posts/{answer.pk}/remove/")
    assert (balance(cast.ben), balance(cast.ana)) == (0, 0)
    assert "0 corrected" in recomputed()


def test_hiding_reverses_and_restoring_brings_back(cast, question, answer):
    answer.vote(by=cast.chris)
    question.accept(answer, by=cast.ana)
    question.verify(answer, by=cast.dora, product_version=cast.fw32)
    question.verify(answer, by=cast.dora)
    assert balance(cast.ben) == 30
    lines = list(Point.objects.order_by("pk").values_list("pk", "created_at"))
    answer.refresh_from_db()
    answer.hide(by=cast.hana, reason="rude")
    assert balance(cast.ben) == 0
    answer.restore(by=cast.hana)
    assert balance(cast.ben) == 30
    assert list(Point.objects.order_by("pk").values_list("pk", "created_at")) == lines


def test_a_hidden_question_earns_nobody_anything(cast, question, answer):
    opening = question.thread.posts.get(kind="opening")
    opening.vote(by=cast.chris)
    answer.vote(by=cast.chris)
    assert (balance(cast.ana), balance(cast.ben)) == (2, 5)
    opening.hide(by=cast.hana, reason="advertising")
    assert (balance(cast.ana), balance(cast.ben)) == (0, 0)
    opening.restore(by=cast.hana)
    assert (balance(cast.ana), balance(cast.ben)) == (2, 5)


def test_ac_ask_4_taking_an_acceptance_back_restores_the_sum_exactly(cast, question, answer):
    answer.vote(by=cast.chris)
    before = (balance(cast.ben), balance(cast.ana))
    question.accept(answer, by=cast.ana)
    assert (balance(cast.ben), balance(cast.ana)) == (20, 2)
    question.withdraw_solution(answer, by=cast.ana)
    assert (balance(cast.ben), balance(cast.ana)) == before


def test_votes_of_the_team_and_of_employees_are_worth_nothing(cast, answer):
    for person in (cast.dora, cast.hana, cast.leo):
        answer.vote(by=person)
    assert balance(cast.ben) == 0
    cast.dora.grants.get().revoke(by=None, reason="moved on")
    assert balance(cast.ben) == 0
    assert "0 corrected" in recomputed()


def test_ac_people_1_the_class_of_a_giver_stays_what_it_was(cast, answer):
    answer.vote(by=cast.chris)
    assert balance(cast.ben) == 5
    cast.chris.grant(Role.AGENT, by=None)
    assert "0 corrected" in recomputed()
    assert Point.objects.get().giver_class == "customer"


def test_the_team_earns_nothing_for_what_it_writes_for_the_company(client, cast, question):
    from forums.threads.replying import answer as reply

    post = reply(question.thread, by=cast.dora, source="Please try the new firmware.", as_staff=True)
    post.vote(by=cast.chris)
    question.accept(post, by=cast.ana)
    assert balance(cast.dora) == 0
    assert balance(cast.ana) == 0


def test_accepting_ones_own_answer_earns_nothing(cast, question):
    from forums.threads.replying import answer as reply

    post = reply(question.thread, by=cast.ana, source="It was the cable, of all things.")
    question.accept(post, by=cast.ana)
    assert balance(cast.ana) == 0


def test_a_voided_vote_counts_nothing_and_cannot_be_cast_anew(client, cast, answer):
    answer.vote(by=cast.chris)
    assert balance(cast.ben) == 5
    void(answer.votes.all(), by=cast.hana, reason="a ring")
    assert void(answer.votes.all(), by=cast.hana, reason="a ring") == 0
    assert balance(cast.ben) == 0
    client.force_login(cast.chris)
    client.post(f"/posts/{answer.pk}/take-back-vote/")
    client.post(f"/posts/{answer.pk}/vote/")
    assert balance(cast.ben) == 0
    answer.refresh_from_db()
    assert answer.score == 0
    reinstate(answer.votes.all(), by=cast.hana)
    answer.refresh_from_db()
    assert (balance(cast.ben), answer.score) == (5, 1)


def test_ac_people_1_recompute_corrects_what_was_tampered_with(cast, answer):
    answer.vote(by=cast.chris)
    assert balance(cast.ben) == 5
    Standing.objects.update(points=900)
    Point.objects.update(amount=700)
    assert "1 corrected" in recomputed()
    assert balance(cast.ben) == 5


def test_one_sees_where_ones_own_points_come_from_and_nobody_elses(client, cast, question, answer):
    answer.vote(by=cast.chris)
    work()
    assert client.get("/standing/mine/").status_code == 302
    client.force_login(cast.ben)
    page = client.get("/standing/mine/").content.decode()
    assert TITLE in page
    assert "by a customer" in page
    assert "+5" in page
    assert "chris" not in page.partition("<main")[2]
    client.force_login(cast.ana)
    assert TITLE not in client.get("/standing/mine/").content.decode()
    assert client.post("/standing/mine/").status_code == 405


def test_votes_for_one_answer_are_one_line_that_opens_to_each_of_them(client, cast, answer):
    for person in (cast.chris, cast.leo, cast.person("ida"), cast.person("jon")):
        answer.vote(by=person)
    work()
    client.force_login(cast.ben)
    page = one_line(client.get("/standing/mine/"))
    counted = len([1 for part in page.split("by a customer")[1:]])
    assert (page.count(f"<b>{TITLE}</b>"), f"{counted} votes on your answer" in page) == (1, True)
    assert f'<b class="num">+{5 * counted}</b>' in page
    assert f'data-testid="balance">{5 * counted}<' in page


def test_the_rules_are_public_and_made_from_the_code(client, db):
    from forums.reputation.rules import RULES

    page = client.get("/standing/").content.decode()
    for rule in RULES.values():
        assert f"+{rule.amount}" in page
        assert str(rule.name) in page


def test_a_change_that_was_taken_over_is_credited_with_points_once_for_each_text(client, cast, answer):
    sofie = cast.person("sofie")
    for number, by in enumerate((cast.chris, cast.chris, sofie)):
        row = suggest(
            answer, f"{answer.source} It takes {number} minutes.", by=by, reason="How long", version=answer.version
        )
        client.force_login(cast.ben)
        assert client.post("/suggestions/decide/", {"chosen": [row.pk], "deed": "accept"}).status_code == 302
        answer.refresh_from_db()
    assert (balance(cast.chris), balance(sofie)) == (2, 2)
    line = Point.objects.get(person=cast.chris)
    assert (line.kind, line.giver, line.giver_class) == ("edit", cast.ben, "champion")
    client.force_login(cast.chris)
    assert "Your change was taken over" in client.get("/standing/mine/").content.decode()
    assert "Your change made a text better" in client.get("/standing/").content.decode()
    answer.hide(by=cast.hana, reason="Advertisement")
    assert balance(cast.chris) == 0
    assert "0 corrected" in recomputed()

"""AC-PEOPLE-3: a ring of votes is found by counting, shown to a moderator, reversed with a reason, and undone."""

import pytest

from forums.reputation.models import Standing
from forums.threads.models import Vote
from forums.threads.replying import answer, comment
from moderation.decisions.appealing import answer as answer_appeal
from moderation.decisions.appealing import appeal
from moderation.decisions.models import Decision, StatementOfReasons
from moderation.flags.models import Case
from moderation.rings.finding import find, find_now
from moderation.rings.models import Ring
from moderation.rings.tasks import look_for_rings
from tests.jobs import work
from tests.scenes import ana_asks

RING = ("r1", "r2", "r3", "r4")


@pytest.fixture
def voted(cast, settings):
    """r1 to r4 vote for one another thirty times; ben, chris and ana vote for whom they like."""
    settings.POSTS_A_MINUTE, settings.NEW_MEMBER_POSTS_A_DAY = 1000, 1000
    thread = ana_asks(cast).thread
    people = {name: cast.person(name) for name in RING}
    posts = {}
    for name, person in people.items():
        posts[name] = [answer(thread, by=person, source=f"Answer {n} of {name}: turn it off and on.") for n in range(3)]
    bens = answer(thread, by=cast.ben, source="Turn LE Audio off in the app, then pair again.")
    work()
    cast_votes = 0
    for giver in RING:
        for receiver in RING:
            for post in posts[receiver]:
                if giver != receiver and cast_votes < 30:
                    post.vote(by=people[giver])
                    cast_votes += 1
    for voter in (cast.chris, cast.ana, people["r1"]):
        bens.vote(by=voter)
    posts["r1"][0].vote(by=cast.ben)
    posts["r2"][0].vote(by=cast.chris)
    work()
    return {"people": people, "posts": posts, "bens": bens}


@pytest.fixture
def ring(voted) -> Ring:
    look_for_rings(timestamp=0)
    return Ring.objects.get()


def points(person) -> int:
    return Standing.objects.filter(person=person).values_list("points", flat=True).first() or 0


def test_ac_people_3_the_detector_opens_a_case_with_a_graph(client, cast, voted, ring):
    assert ring.vote_count == 30
    assert ring.people == sorted(person.pk for person in voted["people"].values())
    assert Case.objects.filter(state="open", origin="signal").count() == 4
    client.force_login(cast.hana)
    assert "4" in client.get("/desk/rings/").content.decode()
    page = client.get(ring.get_absolute_url()).content.decode()
    assert page.count(' r="22"') == 4
    assert page.count("<line x1=") == 6
    for name in RING:
        assert f'<th scope="row" dir="auto">{name}</th>' in page
    r1 = ring.members.get(person=voted["people"]["r1"])
    assert (r1.given_inside, r1.given_outside, r1.got_outside) == (9, 1, 1)
    assert r1.words.startswith("9 of 10 votes given inside a group of 4")


def test_ac_people_3_reversing_corrects_votes_and_points_and_tells_each_why(client, cast, voted, ring):
    people, posts = voted["people"], voted["posts"]
    before = {name: points(person) for name, person in people.items()}
    bens = points(cast.ben)
    assert all(before.values())
    client.force_login(cast.hana)
    facts = {"facts": "Nearly all your votes went to the same three people, and theirs to you."}
    assert client.post(f"{ring.get_absolute_url()}reverse/", facts).status_code == 302
    work()
    posts["r1"][0].refresh_from_db()
    posts["r3"][0].refresh_from_db()
    assert posts["r1"][0].score == 1  # ben's vote stays
    assert posts["r3"][0].score == 0
    assert points(people["r3"]) < before["r3"]
    assert points(people["r4"]) == 0
    told = StatementOfReasons.objects.filter(person__in=people.values())
    assert told.count() == 4
    for statement in told:
        assert statement.facts == facts["facts"]
        assert statement.rule_title == "Misleading or bought"
        assert "no longer count" in statement.scope
        assert not [name for name in RING if name in statement.title + statement.facts + statement.scope]
    voted["bens"].refresh_from_db()
    assert voted["bens"].score == 3  # and what r1 gave to somebody outside still counts
    assert points(cast.ben) == bens
    assert Vote.objects.filter(voiding__isnull=False).count() == 30


def test_ac_people_3_undo_gives_everything_back(client, cast, voted, ring):
    before = {name: points(person) for name, person in voted["people"].items()}
    client.force_login(cast.hana)
    done = client.post(f"{ring.get_absolute_url()}reverse/", {"facts": "Votes by arrangement."}, follow=True)
    assert "The votes inside no longer count, and each of them is told why." in done.content.decode()
    work()
    why = {"reason": "They are colleagues who share one office."}
    done = client.post(f"{ring.get_absolute_url()}undo/", why, follow=True)
    assert "The votes count again." in done.content.decode()
    work()
    assert {name: points(person) for name, person in voted["people"].items()} == before
    assert not Vote.objects.filter(voiding__isnull=False).exists()
    assert not Decision.objects.standing().exists()
    ring.refresh_from_db()
    assert ring.state == Ring.State.OPEN


def test_ac_people_3_dismissing_changes_nothing_and_is_remembered(client, cast, voted, ring):
    client.force_login(cast.hana)
    assert client.post(f"{ring.get_absolute_url()}leave/", {"reason": ""}).status_code == 422
    client.post(f"{ring.get_absolute_url()}leave/", {"reason": "A family that shares its headphones."})
    assert not Vote.objects.filter(voiding__isnull=False).exists()
    assert not StatementOfReasons.objects.exists()
    assert not Case.objects.open().exists()
    look_for_rings(timestamp=0)
    assert Ring.objects.count() == 1


def test_looking_twice_finds_the_same_ring_once(voted, ring):
    look_for_rings(timestamp=0)
    assert Ring.objects.count() == 1
    assert Case.objects.count() == 4


def test_ac_people_3_genuine_voters_are_in_no_ring(cast, voted):
    [found] = find_now()
    inside = {member.person for member in found.members}
    assert not inside & {cast.ben.pk, cast.chris.pk, cast.ana.pk}


FEW = range(1, 6)
BUSY_FEW = {(a, b): 3 for a in FEW for b in FEW if a != b} | {(a, a + 10): 8 for a in FEW}
"""Five who write three in five of all answers: they give one another three in five of their votes."""


@pytest.mark.parametrize(
    ("pairs", "rings"),
    [
        (BUSY_FEW, 0),
        ({(1, 2): 12, (2, 1): 12}, 1),  # two who vote for nobody else
        ({(1, 2): 12, (2, 1): 12, (1, 9): 20, (2, 8): 20}, 0),  # friends who vote for many others
        ({(1, 2): 30}, 0),  # a fan
        ({(1, 2): 9, (2, 1): 9}, 0),  # too few to say anything
        ({(1, 2): 12, (2, 1): 12, (2, 3): 2, (3, 2): 2, (3, 7): 40, (7, 3): 1}, 1),  # an acquaintance is left out
    ],
)
def test_what_is_a_ring_and_what_is_not(pairs, rings):
    found = find(pairs)
    assert len(found) == rings
    assert all({member.person for member in ring.members} == {1, 2} for ring in found)


def test_nobody_else_looks_and_nobody_judges_their_own(client, cast, voted, ring):
    for person, status in ((cast.mallory, 404), (cast.dora, 403), (cast.ivo, 403), (voted["people"]["r1"], 404)):
        client.force_login(person)
        assert client.get(ring.get_absolute_url()).status_code == status
        assert client.post(f"{ring.get_absolute_url()}reverse/", {"facts": "x"}).status_code == status
    ring.members.create(person=cast.hana)
    client.force_login(cast.hana)
    assert client.get(ring.get_absolute_url()).status_code == 404


def test_deciding_twice_is_refused(client, cast, voted, ring):
    client.force_login(cast.hana)
    client.post(f"{ring.get_absolute_url()}leave/", {"reason": "Fine."})
    assert client.post(f"{ring.get_absolute_url()}reverse/", {"facts": "Not fine."}, follow=True).status_code in (
        200,
        409,
    )
    assert Decision.objects.acted().count() == 0


def test_later_votes_of_a_reversed_ring_are_found_again(cast, voted, ring):
    ring.reverse(by=cast.hana, facts="Votes by arrangement.")
    people, posts = voted["people"], voted["posts"]
    fresh = [comment(posts["r1"][0], by=people["r1"], source=f"Number {n} of a new round.") for n in range(16)]
    back = [comment(posts["r2"][0], by=people["r2"], source=f"Number {n} of another round.") for n in range(16)]
    for post in fresh:
        post.vote(by=people["r2"])
    for post in back:
        post.vote(by=people["r1"])
    look_for_rings(timestamp=0)
    assert Ring.objects.filter(state=Ring.State.OPEN).count() == 1


def test_ac_people_3_who_is_affected_appeals_and_gets_the_votes_back(cast, voted, ring):
    ring.reverse(by=cast.hana, facts="Nearly all your votes went to the same three people.")
    work()
    r2 = voted["people"]["r2"]
    told = StatementOfReasons.objects.get(person=r2)
    row = appeal(told.decision, by=r2, text="We sit in one office and really help one another.")
    answer_appeal(row, by=cast.kim, outcome="overturned", reason="They work together, in the open.")
    work()
    assert not Vote.objects.filter(person=r2, voiding__isnull=False).exists()
    assert Vote.objects.filter(voiding__isnull=False).exists()  # the others' stay as they were decided


def test_ac_people_3_the_reason_has_a_page_and_a_mail(client, cast, voted, ring):
    ring.reverse(by=cast.hana, facts="Nearly all your votes went to the same three people.")
    work()
    r3 = voted["people"]["r3"]
    told = StatementOfReasons.objects.get(person=r3)
    client.force_login(r3)
    page = client.get(told.get_absolute_url()).content.decode()
    assert "Nearly all your votes went to the same three people." in page
    assert "no longer count" in page

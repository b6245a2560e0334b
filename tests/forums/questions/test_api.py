"""Questions through the API: the very verbs of the pages, so the same rules, the same gate, the same sight."""

import pytest

from community.people.roles import Role
from forums.questions.models import Question
from forums.threads.models import Post
from forums.threads.replying import answer
from tests.community.api.program import Program
from tests.scenes import BODY, TITLE, ana_asks, ben_answers

pytestmark = pytest.mark.django_db


def test_ana_asks_with_product_version_and_tags_and_everybody_reads_it(cast):
    body = {
        "title": TITLE, "text": BODY, "product": cast.beam2.pk, "product_version": cast.fw32.pk,
        "tags": ["bluetooth", "firmware"], "environment": "iPhone 15",
    }  # fmt: skip
    asked = Program(cast.ana).post("/questions/", body)
    assert asked.status_code == 201
    pk = asked.json()["question"]["id"]
    read = Program().get(f"/questions/{pk}/").json()
    assert read["question"]["title"] == TITLE
    assert read["opening"]["text"] == BODY
    assert read["question"]["tags"] == ["bluetooth", "firmware"]
    assert (read["question"]["product"], read["question"]["product_version"]) == ("beam-2", "fw 3.2")
    assert read["environment"] == "iPhone 15"
    assert read["question"]["author"] | {"url": ""} == {"name": "ana", "label": "", "tie": "", "url": ""}


def test_ac_ask_5_the_field_attempts_stays_at_0_until_a_real_answer(cast):
    question = ana_asks(cast)
    hana = Program(cast.hana)
    said = hana.post(f"/questions/{question.pk}/answers/", {"text": "following", "no_attempt": True, "as_staff": True})
    assert said.status_code == 201
    assert said.json()["is_attempt"] is False
    [row] = Program().get("/questions/?attempts=0").json()["rows"]
    assert (row["id"], row["attempts"], row["answers"]) == (question.pk, 0, 1)
    assert [row["id"] for row in Program().get("/questions/?view=unanswered").json()["rows"]] == [question.pk]
    Program(cast.ben).post(f"/questions/{question.pk}/answers/", {"text": "Turn LE Audio off, then pair again."})
    assert Program().get("/questions/?attempts=0").json()["rows"] == []
    assert Program().get(f"/questions/{question.pk}/").json()["question"]["attempts"] == 1


def test_ac_ask_4_solved_verified_and_voted(cast):
    question = ana_asks(cast)
    post = ben_answers(cast, question)
    ana, dora = Program(cast.ana), Program(cast.dora)
    solved = ana.put(f"/questions/{question.pk}/solutions/{post.pk}/", {"environment": "Beam 2, fw 3.2"})
    assert solved.json()["answers"][0]["solved"]["name"] == "ana"
    path = f"/questions/{question.pk}/verifications/{post.pk}/"
    dora.put(path, {"product_version": cast.fw32.pk})
    assert Program(cast.chris).put(f"/posts/{post.pk}/vote/").json()["votes"] == 1
    read = Program().get(f"/questions/{question.pk}/").json()
    assert read["question"]["is_solved"]
    assert read["question"]["verified_for"] == "fw 3.2"
    [vouched] = read["answers"][0]["verified"]
    assert (vouched["name"], vouched["version"]) == ("Dora, Bluetooth", "fw 3.2")
    assert ana.put(path).status_code == 403
    assert ana.delete(f"/questions/{question.pk}/solutions/{post.pk}/").json()["question"]["is_solved"] is False
    own = Program(cast.ben).put(f"/posts/{post.pk}/vote/")
    assert (own.status_code, own.json()["code"]) == (403, "own_post")


def test_ac_ask_6_same_problem_and_the_third_press_in_a_minute(cast):
    path = f"/questions/{ana_asks(cast).pk}/same-problem/"
    chris = Program(cast.chris)
    assert chris.put(path, {"product_version": cast.fw32.pk}).json()["question"]["same_problem"] == 1
    assert chris.delete(path).json()["question"]["same_problem"] == 0
    third = chris.put(path)
    assert third.status_code == 429
    assert 0 < int(third["Retry-After"]) <= 60
    assert Program(cast.ana).put(path).status_code == 403


def test_ac_people_5_the_label_stands_with_every_post_and_stays_when_the_person_leaves(cast):
    question = ana_asks(cast)
    answer(question.thread, by=cast.dora, source="We are looking into it.", as_staff=True)
    ben_answers(cast, question)
    cast.gil.grants.update(brand="")
    answer(question.thread, by=cast.gil, source="Our partner shop can help.", as_staff=True)
    answer(question.thread, by=cast.leo, source="I work there, and I have it too.")
    labels = ["team", "champion", "partner", "employee"]
    read = Program().get(f"/questions/{question.pk}/").json()
    assert [post["author"]["label"] for post in read["answers"]] == labels
    assert read["answers"][0]["author"]["name"] == "Dora, Bluetooth"
    assert read["answers"][0]["author"]["tie"]
    for person, role in ((cast.dora, Role.AGENT), (cast.ben, Role.CHAMPION), (cast.gil, Role.PARTNER_AGENT)):
        person.grants.get(role=role).revoke(by=cast.kim, reason="Left the company.")
    left = Program().get(f"/questions/{question.pk}/").json()
    assert [post["author"]["label"] for post in left["answers"]] == labels
    assert "dora" not in str(left).replace("Dora, Bluetooth", "").replace("/dora-bluetooth/", "").lower()


def test_a_change_is_based_on_a_version_and_whoever_is_late_gets_the_newer_one(cast):
    post = ben_answers(cast, ana_asks(cast))
    ben, hana = Program(cast.ben), Program(cast.hana)
    read = ben.get(f"/posts/{post.pk}/")
    assert read["ETag"] == '"1"'
    assert ben.get(f"/posts/{post.pk}/", **{"If-None-Match": '"1"'}).status_code == 304
    changed = {"text": "Turn LE Audio off in the app first.", "reason": "shorter"}
    assert ben.patch(f"/posts/{post.pk}/", changed).status_code == 428
    done = ben.patch(f"/posts/{post.pk}/", changed, **{"If-Match": '"1"'})
    assert (done.status_code, done["ETag"], done.json()["post"]["text"]) == (200, '"2"', changed["text"])
    late = hana.patch(f"/posts/{post.pk}/", {"text": "Mine is the better text."}, **{"If-Match": '"1"'})
    assert (late.status_code, late.json()["code"]) == (412, "stale")
    assert late.json()["current"]["text"] == changed["text"]
    assert late.json()["sent"]["text"] == "Mine is the better text."
    history = Program().get(f"/posts/{post.pk}/history/").json()["rows"]
    assert [(row["kind"], row["by"], row["reason"]) for row in history] == [
        ("changed", "ben", "shorter"), ("written", "ben", ""),
    ]  # fmt: skip
    assert Program(cast.mallory).patch(f"/posts/{post.pk}/", changed, **{"If-Match": '"2"'}).status_code == 403


def test_sent_twice_with_one_key_it_is_asked_once_and_the_second_gets_the_first_answer(cast):
    ana = Program(cast.ana)
    once = {"Idempotency-Key": "7c1d8d2e"}
    first, second = (ana.post("/questions/", {"title": TITLE, "text": BODY}, **once) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert first["ETag"] == second["ETag"]
    assert Question.objects.count() == 1


def test_pages_of_a_list_stay_as_they_are_while_questions_come_in(cast, settings):
    settings.POSTS_A_MINUTE = settings.NEW_MEMBER_POSTS_A_DAY = 1000
    asked = [ana_asks(cast, title=f"{TITLE} number {number:02}").pk for number in range(25)]
    program = Program()
    first = program.get("/questions/?view=newest").json()
    ana_asks(cast, title=f"{TITLE} that came in between")
    second = program.get(f"/questions/?view=newest&after={first['next']}").json()
    ids = [row["id"] for row in first["rows"] + second["rows"]]
    assert ids == asked[::-1]
    assert second["next"] == ""


def test_a_list_costs_the_same_whatever_is_in_it(cast, settings, django_assert_max_num_queries):
    settings.POSTS_A_MINUTE = settings.NEW_MEMBER_POSTS_A_DAY = 1000
    program = Program()
    for number in range(12):
        ana_asks(cast, title=f"{TITLE} number {number:02}")
    with django_assert_max_num_queries(6):
        assert len(program.get("/questions/").json()["rows"]) == 12


def test_a_refused_text_comes_back_with_the_ways_out(cast):
    ana = Program(cast.ana)
    said = {"title": TITLE, "text": f"{BODY} My number is +49 170 1234567, call me."}
    no = ana.post("/questions/", said)
    assert no.status_code == 422
    assert no.json()["code"] == "personal_data"
    assert "black_out" in no.json()["offers"]
    assert no.json()["sent"] == said
    yes = ana.post("/questions/", said | {"black_out": True})
    assert yes.status_code == 201
    assert "1234567" not in yes.json()["opening"]["text"]


def test_wrong_bodies_are_said_field_by_field(cast):
    ana = Program(cast.ana)
    short = ana.post("/questions/", {"title": "Help", "text": "Broken"})
    assert short.status_code == 422
    assert set(short.json()["fields"]) == {"title", "text"}
    odd = ana.post("/questions/", {"title": TITLE, "text": BODY, "colour": "red", "product": "beam-2"})
    assert odd.status_code == 422
    assert set(odd.json()["fields"]) == {"colour", "product"}
    assert ana.client.post("/api/v1/questions/", "{", "application/json",
                           headers={"Authorization": f"Bearer {ana.token}"}).status_code == 400  # fmt: skip
    assert ana.ask("POST", "/questions/", [1]).status_code == 422
    plain = ana.client.post("/api/v1/questions/", {"title": TITLE}, headers={"Authorization": f"Bearer {ana.token}"})
    assert plain.status_code == 415
    assert ana.get("/questions/?view=loudest").status_code == 422
    assert ana.get("/questions/?product=nothing").status_code == 404


def test_comments_following_and_taking_back(cast):
    post = ben_answers(cast, question := ana_asks(cast))
    chris = Program(cast.chris)
    said = chris.post(f"/posts/{post.pk}/comments/", {"text": "It worked for me as well."})
    assert said.status_code == 201
    assert said.json()["parent"] == post.pk
    assert Program().get(f"/questions/{question.pk}/").json()["answers"][0]["comments"][0]["id"] == said.json()["id"]
    assert chris.put(f"/threads/{question.pk}/hearing/", {"level": "mute"}).json() == {"level": "mute"}
    assert chris.get(f"/threads/{question.pk}/hearing/").json() == {"level": "mute"}
    assert Program(cast.mallory).delete(f"/posts/{said.json()['id']}/").status_code == 404
    assert chris.delete(f"/posts/{said.json()['id']}/").json() == {"done": True}
    assert Post.objects.get(pk=said.json()["id"]).removed_at is not None


def test_hidden_and_missing_look_alike(cast):
    question = ana_asks(cast)
    post = ben_answers(cast, question)
    post.hide(by=cast.hana, reason="Off topic")
    gone, never = (Program(cast.chris).get(f"/posts/{pk}/") for pk in (post.pk, 10**9))
    assert gone.status_code == never.status_code == 404
    assert gone.json() == never.json()
    assert Program(cast.hana).get(f"/posts/{post.pk}/").status_code == 200
    assert Program().get(f"/questions/{question.pk}/").json()["answers"] == []

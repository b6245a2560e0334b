"""The review queue through the door."""

import pytest

from community.people.models import Grant
from community.people.roles import Role
from forums.threads.models import Post
from moderation.decisions.models import Decision, Exposure
from moderation.flags.models import Case, Flag, HouseRule
from tests.scenes import ana_asks

PAGES = ["", "appeals/", "readings/", "overview/", "people/", "roles/", "rules/", "bulk/"]


@pytest.fixture
def hana(client, cast):
    """Hana's browser."""
    client.force_login(cast.hana)
    return client


@pytest.fixture
def emil(cast):
    """Emil moderates too."""
    Grant.objects.create(person=cast.emil, role=Role.COMMUNITY_MANAGER, reason="holidays")
    return cast.emil


def chosen(case, *deeds, **more):
    """What the form of a decision sends."""
    rule = HouseRule.objects.get(slug="spam").pk
    return {"deeds": deeds, "rule": rule, "facts": "A shop.", "seen": case.reviewed.version, **more}


@pytest.mark.parametrize("page", PAGES)
def test_each_page_opens_for_who_moderates_and_for_nobody_else(client, cast, case, page):
    for person, status in [(cast.hana, 200), (cast.dora, 403), (cast.jo, 403), (cast.ana, 404)]:
        client.force_login(person)
        assert client.get(f"/desk/flags/{page}").status_code == status, person


def test_ac_mod_2_three_reports_are_one_case_with_an_explained_score(hana, cast, post, case, spam):
    for person in (cast.ben, cast.mallory):
        Flag.objects.flag(post, by=person, rule=spam)
    page = hana.get(f"/desk/flags/{case.pk}/").content.decode()
    assert page.count('data-testid="case-row"') == 1
    assert page.count('data-testid="case-flag"') == 3
    assert "3 reports" in page
    assert "Advertising and spam" in page
    assert "waits 0 hours" in page


def test_ac_mod_2_opening_holds_it_for_ten_minutes_and_a_colleague_takes_over_with_a_reason(
    hana, client, cast, case, emil, time_machine
):
    hana.post(f"/desk/flags/{case.pk}/claim/")
    client.force_login(emil)
    assert "Hana is on it" in client.get(f"/desk/flags/{case.pk}/").content.decode()
    assert client.post(f"/desk/flags/{case.pk}/claim/").status_code == 409
    assert client.post(f"/desk/flags/{case.pk}/claim/", {"reason": "She is at lunch"}).status_code == 302
    assert Case.objects.get().holder == emil


def test_ac_mod_2_a_stale_decision_is_refused_with_what_changed(hana, cast, case, post):
    Post.objects.filter(pk=post.pk).update(version=7)
    data = chosen(Case.objects.get(), "hide")
    assert data["seen"] == "7"
    Post.objects.get(pk=post.pk).edit("I took the advertisement out of my own question.", by=cast.ana, version=7)
    answer = hana.post(f"/desk/flags/{case.pk}/decide/", data)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert 'data-testid="diff"' in page
    assert "<ins>advertisement</ins>" in page or "advertisement" in page
    assert 'value="8"' in page
    assert not Decision.objects.exists()


def test_deciding_hides_tells_and_goes_on(hana, case, post, cast, mailoutbox):
    assert hana.post(f"/desk/flags/{case.pk}/decide/", chosen(case, "hide", "warn")).status_code == 302
    assert Post.objects.get(pk=post.pk).is_hidden
    page = hana.get(f"/desk/flags/{case.pk}/").content.decode()
    assert "Hide the post, Warn the person" in page
    decision = Decision.objects.get()
    assert hana.post(f"/desk/flags/decisions/{decision.pk}/undo/", {"reason": "Wrong one"}).status_code == 302
    assert not Post.objects.get(pk=post.pk).is_hidden


def test_a_decision_without_rule_or_facts_keeps_what_was_chosen(hana, case):
    answer = hana.post(f"/desk/flags/{case.pk}/decide/", {"deeds": ["hide"], "facts": "", "seen": "1"})
    assert answer.status_code == 422
    assert 'value="hide" checked' in answer.content.decode()


def test_several_are_looked_at_decided_and_undone_together(hana, cast, question, post, case, spam):
    second = question.thread.posts.create(author=cast.chris, kind="answer", source="Buy it", html="<p>Buy it</p>")
    other = Flag.objects.flag(second, by=cast.ben, rule=spam).case
    numbers = [case.pk, other.pk]
    preview = hana.get("/desk/flags/bulk/", {"case": numbers}).content.decode()
    assert preview.count("<li>") >= 2
    assert not Decision.objects.exists()
    data = {"case": numbers, "deeds": ["hide"], "rule": spam.pk, "facts": "A shop."}
    undo = hana.post("/desk/flags/bulk/", data)["Location"]
    assert Post.objects.filter(is_hidden=True).count() == 2
    assert hana.get(undo).status_code == 200
    hana.post(undo, {"reason": "Too quick"})
    assert Post.objects.filter(is_hidden=True).count() == 0


def test_ac_mod_11_hard_cases_are_counted_and_end_at_the_limit(hana, cast, post, question, settings, client):
    settings.SENSITIVE_CASES_A_DAY = 1
    hate, spam = HouseRule.objects.get(slug="hate"), HouseRule.objects.get(slug="spam")
    hard = Flag.objects.flag(post, by=cast.chris, rule=hate).case
    mild = Flag.objects.flag(cast.mallory, by=cast.chris, rule=spam).case
    client.force_login(cast.hana)
    page = hana.get("/desk/flags/").content.decode()
    assert page.count('data-testid="case-row"') == 2
    hana.post(f"/desk/flags/{hard.pk}/claim/")
    assert Exposure.objects.count() == 1
    page = hana.get("/desk/flags/").content.decode()
    assert "1 sensitive item today, limit 1" in page
    assert f"/desk/flags/{mild.pk}/" in page
    assert f"/desk/flags/{hard.pk}/" not in page


def test_ac_mod_11_fourteen_of_forty_are_counted_and_after_forty_others_are_served(hana, cast, question):
    hate, spam = HouseRule.objects.get(slug="hate"), HouseRule.objects.get(slug="spam")
    posts = [question.thread.posts.create(author=cast.ben, kind="answer", source=f"{n}", html="") for n in range(43)]
    hard = [Flag.objects.flag(post, by=cast.chris, rule=hate).case for post in posts[:41]]
    mild = [Flag.objects.flag(post, by=cast.chris, rule=spam).case for post in posts[41:]]
    for number, case in enumerate(hard[:40], start=1):
        assert hana.post(f"/desk/flags/{case.pk}/claim/").status_code == 302
        if number == 14:
            assert "14 sensitive items today, limit 40" in hana.get("/desk/flags/").content.decode()
    page = hana.get("/desk/flags/").content.decode()
    assert page.count('data-testid="case-row"') == 2
    assert hana.post(f"/desk/flags/{hard[40].pk}/claim/").status_code in (302, 409)
    assert hard[40].holder is None
    decided = hana.post(f"/desk/flags/{mild[0].pk}/decide/", {"left": "1"})
    assert decided["Location"] == f"/desk/flags/{mild[1].pk}/", "a hard one is not the next"


def test_ac_mod_11_pictures_are_veiled_until_asked_for(hana, cast, post, case):
    Post.objects.filter(pk=post.pk).update(html='<p><img src="/files/x" alt=""></p>')
    page = hana.get(f"/desk/flags/{case.pk}/").content.decode()
    assert "veiled" in page
    assert "Show pictures" in page


def test_a_moderator_takes_what_they_come_across(hana, post):
    assert hana.post(f"/desk/flags/open/post/{post.pk}/").status_code == 302
    assert Case.objects.get().origin == "staff"


def test_house_rules_are_rewritten_without_the_admin(hana):
    data = {"slug": "spam", "spam-title": "No spam", "spam-text": "None at all.", "spam-severity": 55}
    assert hana.post("/desk/flags/rules/", data).status_code == 302
    assert HouseRule.objects.get(slug="spam").severity == 55


def test_the_queue_costs_the_same_whatever_it_shows(hana, cast, question, spam, django_assert_max_num_queries):
    hana.get("/desk/flags/")
    with django_assert_max_num_queries(16):
        hana.get("/desk/flags/")
    for number in range(12):
        post = question.thread.posts.create(author=cast.chris, kind="answer", source=f"{number}", html="")
        Flag.objects.flag(post, by=cast.ben, rule=spam)
    with django_assert_max_num_queries(30):
        assert hana.get("/desk/flags/").content.decode().count('data-testid="case-row"') == 12


def test_ac_mod_2_after_a_decision_one_goes_on_in_the_view_in_which_one_works(hana, cast, case):
    question = ana_asks(cast, title="It stops in the middle of songs")
    signal = Case.objects.open_about(question.thread.posts.get(kind="opening"), origin=Case.Origin.SIGNAL)
    page = f"/desk/flags/{case.pk}/"
    assert f'action="{page}decide/?view=reported"' in hana.get(f"{page}?view=reported").content.decode()
    assert hana.post(f"{page}claim/?view=reported")["Location"] == f"{page}?view=reported"
    done = hana.post(f"{page}decide/?view=reported", {"left": "1", "seen": case.reviewed.version})
    assert done["Location"] == "/desk/flags/?view=reported"  # nothing else was reported, though a signal waits
    assert signal.title in hana.get("/desk/flags/?view=signals").content.decode()

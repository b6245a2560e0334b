"""AC-MOD-3: what new members may do, told before and after, and what is faster than typed."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from community.policy.counting import refusals_counted
from community.policy.models import CheckHit, CheckRule, Passage
from community.refusals import Refusal
from forums.questions.models import Question
from forums.threads.models import Draft, Post
from forums.threads.replying import answer
from moderation.flags.models import Case
from tests.jobs import work
from tests.scenes import BODY, ana_asks, one_line

ASK = "/questions/new/"
USUAL = {
    "NEW_MEMBER_THREADS": 3, "NEW_MEMBER_WAITING": 1, "NEW_MEMBER_LINKS": 2, "NEW_MEMBER_ATTACHMENTS": 0,
    "NEW_MEMBER_SECONDS": 3, "NEW_MEMBER_REPEATS": 1,
}  # fmt: skip


@pytest.fixture(autouse=True)
def as_set_up(settings):
    """The limits of a site that nobody has changed."""
    for name, value in USUAL.items():
        setattr(settings, name, value)


@pytest.fixture
def ana(cast, client):
    client.force_login(cast.ana)
    return client


def key_in(response) -> str:
    """The one-time key of the form that writes."""
    page = response.content.decode()
    place = (
        page.index('data-testid="ask-form"') if 'data-testid="ask-form"' in page else page.index('class="stack reply"')
    )
    return re.search(r'name="once" value="([^"]+)"', page[place:])[1]


def asks(client, number: int, *, after: float = 20, body: str = "", **fields):
    """Ana opens the form, types for a while and sends it."""
    now = timezone.now()
    with time_machine.travel(now, tick=False) as clock:
        key = key_in(client.get(ASK))
        clock.shift(after)
        title = f"Question of the day, number {number}"
        text = body or f"{BODY} This is what I saw at number {number}, and it is new."
        return client.post(ASK, {"title": title, "text": text, "once": key, **fields})


def test_ac_mod_3_three_threads_on_the_first_day_are_told_before_and_the_fourth_says_when_it_goes_on(cast, ana):
    assert "Questions and reviews: 0 of 3 today." in one_line(ana.get(ASK))
    for number in range(3):
        with time_machine.travel(timezone.now() + timedelta(minutes=2 * number)):
            assert asks(ana, number).status_code == 302
            if number == 0:
                page = one_line(ana.get(ASK))
                assert "Questions and reviews: 1 of 3 today." in page
                assert "Up to 2 links in a text." in page
    with time_machine.travel(timezone.now() + timedelta(minutes=10)):
        assert "You can send the next one on" in one_line(ana.get(ASK))
        refused = asks(ana, 4)
    assert refused.status_code == 429
    page = one_line(refused)
    assert "That was 3 of 3 today" in page
    opens = timezone.localtime(cast.ana.created_at + timedelta(days=1))
    assert f"{opens:%H:%M}" in page
    assert "This is what I saw at number 4" in page, "the text is given back"
    assert "number 4" in Draft.objects.get(person=cast.ana, place="ask").text
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert asks(ana, 5).status_code == 302


def test_ac_mod_3_one_text_waits_at_a_time(cast, ana):
    assert asks(ana, 1, after=1).status_code == 302
    refused = asks(ana, 2)
    assert refused.status_code == 429
    assert "1 text of yours waits for a look" in one_line(refused)
    assert "A text of yours waits for a look" in one_line(ana.get(ASK))
    Post.objects.get().restore(by=cast.hana)
    assert asks(ana, 3).status_code == 302


def test_ac_mod_3_two_links_and_no_attachments_until_level_1(cast, ana):
    links = f"{BODY} https://a.example/1 https://b.example/2 https://c.example/3"
    refused = asks(ana, 1, body=links)
    assert refused.status_code == 422
    assert "New members can post 2 links" in one_line(refused)
    file = f"{BODY} [log.txt](/files/{'a' * 28}/log.txt)"
    refused = asks(ana, 2, body=file)
    assert refused.status_code == 422
    assert "New members cannot attach files yet" in one_line(refused)
    picture = f"{BODY} ![the light](/files/{'a' * 28}/light.webp)"
    assert asks(ana, 3, body=picture).status_code == 302
    cast.ana.level = 1
    cast.ana.save()
    assert asks(ana, 4, body=file).status_code == 302
    assert 'data-testid="allowance"' not in one_line(ana.get(ASK))


def test_ac_mod_3_faster_than_typed_is_held_with_a_reason(cast, ana):
    assert asks(ana, 1, after=2.9).status_code == 302
    post = Post.objects.get()
    assert post.is_held
    work()
    finding = Case.objects.about(post).get().findings.get()
    assert (finding.rule, finding.reason) == ("typed", "Sent 2.9 seconds after the form was opened")
    post.restore(by=cast.hana)
    asks(ana, 2, after=3)
    assert not Post.objects.latest("pk").is_hidden


def test_what_was_sent_by_no_form_of_ours_was_not_typed(cast, ana):
    ana.post(ASK, {"title": "A question without its form", "text": BODY})
    assert Post.objects.get().is_held
    forged = ana.get(ASK).content.decode()
    key = re.search(r'name="once" value="([^"]+)"', forged)[1]
    body, _dot, _signature = key.rpartition(".")
    Post.objects.get().restore(by=cast.hana)
    ana.post(ASK, {"title": "A question with a forged moment", "text": BODY + " Again.", "once": f"{body}.{'0' * 16}"})
    assert Post.objects.latest("pk").is_held


def test_a_draft_kept_on_the_server_and_a_mail_are_not_faster_than_typed(cast, ana):
    with time_machine.travel(timezone.now() - timedelta(minutes=5)):
        Draft.objects.keep(by=cast.ana, place="ask", text=BODY)
    asks(ana, 1, after=1, body=BODY)
    assert not Post.objects.get().is_hidden
    by_mail = answer(Question.objects.get().thread, by=cast.chris, source="It came by mail, at once.", where="mail")
    assert not by_mail.is_hidden


def test_a_text_that_was_given_back_remembers_when_its_form_was_opened(cast, ana):
    card = f"{BODY} My card is 4111 1111 1111 1111."
    refused = asks(ana, 1, body=card, after=30)
    assert refused.status_code == 422
    with time_machine.travel(timezone.now() + timedelta(seconds=31)):
        answered = ana.post(ASK, {"title": "Question of the day, number 1", "text": BODY, "once": key_in(refused)})
    assert answered.status_code == 302
    assert not Post.objects.get().is_hidden


def test_an_answer_has_the_same_clock_on_a_page_that_is_kept(cast, client):
    question = ana_asks(cast)
    client.force_login(cast.chris)
    now = timezone.now() + timedelta(minutes=1)
    with time_machine.travel(now, tick=False) as clock:
        page = client.get(question.get_absolute_url())
        assert 'data-testid="allowance-place"' in page.content.decode()
        clock.shift(1)
        client.post(f"/threads/{question.pk}/reply/", {"text": "Try the other cable first.", "once": key_in(page)})
        assert Post.objects.latest("pk").is_held
        Post.objects.latest("pk").restore(by=cast.hana)
        page = client.get(question.get_absolute_url())
        clock.shift(5)
        client.post(f"/threads/{question.pk}/reply/", {"text": "And then the app, please.", "once": key_in(page)})
        assert not Post.objects.latest("pk").is_hidden
    line = client.get("/allowance/?for=answer", headers={"HX-Request": "true"})
    assert "Texts of all kinds: 2 of 10 today." in one_line(line)


def test_the_same_words_again_within_a_day_wait(cast):
    words = "Half the price of the shop, and shipped on the same day, write to me for the address."
    questions = [ana_asks(cast, title=f"Something else happened, {n}") for n in range(2)]
    assert not answer(questions[0].thread, by=cast.chris, source=words).is_hidden
    again = answer(questions[1].thread, by=cast.chris, source=words.upper() + "!")
    assert again.is_held
    assert CheckHit.objects.get(rule__key="repeated").action == "hold"


def test_a_check_in_the_shadow_counts_and_does_nothing(cast):
    row = CheckRule.objects.begun("links")
    row.rewrite(by=cast.hana, why="What would one link mean?", version=1, state="shadow", numbers={"most": 0})
    question = ana_asks(cast, source=f"{BODY} https://a.example/1")
    assert not question.thread.is_hidden
    hit = CheckHit.objects.get()
    assert (hit.is_shadow, hit.version, hit.action, hit.by) == (True, 2, "refuse", cast.ana)
    row.rewrite(by=cast.hana, why="In force now", version=2, state="on")
    with pytest.raises(Refusal), refusals_counted():
        answer(question.thread, by=cast.chris, source="See https://a.example/1")
    row.rewrite(by=cast.hana, why="Off again", version=3, state="off")
    answer(question.thread, by=cast.chris, source="See https://a.example/1")
    assert CheckHit.objects.filter(is_shadow=False).count() == 1, "off, it does not even count"


def test_what_the_writer_keeps_was_wrongly_found(cast):
    ana_asks(cast, source=f"{BODY} The part is called +49 30 901820.", keep=["phone"])
    assert CheckHit.objects.get(rule__key="personal_data").action == "kept"


def test_of_members_whom_the_community_knows_only_the_words_are_marked_and_of_the_team_nothing(cast):
    question = ana_asks(cast)
    assert Passage.objects.filter(person=cast.ana).count() == 1
    answer(question.thread, by=cast.ben, source="Ben has been here for years, and nobody counts the seconds.")
    assert Passage.objects.get(person=cast.ben).seconds is None
    answer(question.thread, by=cast.dora, source="Dora is on the team, and says what the team says every day.")
    assert not Passage.objects.filter(person=cast.dora).exists()
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert Passage.objects.forget() == 2

"""AC-MOD-1 at the doors of short words: suggestions, reasons, environments, what is asked back, public summaries.

With the rule hold "ass" the words wait for a look, their author sees that they wait, nobody else reads them, and a
moderator's look brings them where they were meant to stand.
"""

import pytest
from django.test import Client

from community.policy.models import HeldChange, WordRule
from forums.threads.models import Post, Suggestion
from moderation.flags.models import Case
from tests.jobs import work
from tests.moderation.decisions.scenes import hana_decides
from tests.moderation.escalation.scenes import ana_accepts
from tests.scenes import ana_asks, as_, ben_answers, one_line

FINE, WRONG = "A first class document about it.", "Whoever made this is an ass."


@pytest.fixture(autouse=True)
def rule(cast) -> WordRule:
    facts = {
        "name": "Insults",
        "pattern": "ass",
        "parts": ["texts", "titles"],
        "state": "on",
        "reason": "Say it kindly.",
    }
    return WordRule.objects.write(by=cast.hana, why="The scenario", action="hold", **facts)


def hana_looks(cast) -> None:
    """She reads the one change that waits, and publishes it."""
    work()
    assert "is an ass" in hana_decides(cast, Case.objects.open().get(kind="change"))
    work()
    assert not HeldChange.objects.waiting().exists()


def suggested(cast, text: str, reason: str) -> Post:
    """Chris suggests it on the page."""
    post = ben_answers(cast, ana_asks(cast))
    sent = as_(cast.chris).post(
        f"/posts/{post.pk}/suggest/", {"text": text, "reason": reason, "version": post.version}, follow=True
    )
    assert sent.status_code == 200
    return post


@pytest.mark.parametrize(("text", "reason"), [(WRONG, "Clearer"), ("Turn it off, then on.", WRONG)])
def test_ac_mod_1_a_suggestion_waits_before_its_author_is_asked(cast, text, reason):
    post = suggested(cast, text, reason)
    assert not Suggestion.objects.exists()
    own = one_line(as_(cast.chris).get(f"/posts/{post.pk}/suggest/"))
    assert "Your change waits for a look." in own
    assert "is an ass" in own
    assert "is an ass" not in one_line(as_(cast.ben).get("/suggestions/", follow=True))
    hana_looks(cast)
    row = Suggestion.objects.get()
    assert (row.source, row.reason, row.by, row.state) == (text, reason, cast.chris, "waiting")
    post.refresh_from_db()
    assert post.version == 1, "its author has not decided yet"


def test_ac_mod_1_a_suggestion_that_only_contains_the_word_asks_its_author_at_once(cast):
    suggested(cast, FINE, "A class of its own")
    assert Suggestion.objects.get().source == FINE
    assert not HeldChange.objects.exists()


def test_ac_mod_1_the_reason_of_an_edit_waits_with_the_edit(cast):
    post = ben_answers(cast, ana_asks(cast))
    form = {"text": "Turn it off, then on.", "reason": WRONG, "version": 1}
    as_(cast.ben).post(f"/posts/{post.pk}/edit/", form)
    assert not post.revisions.exists()
    hana_looks(cast)
    post.refresh_from_db()
    assert post.source == "Turn it off, then on."
    assert post.revisions.get().reason == WRONG


def test_ac_mod_1_a_question_waits_for_the_words_about_where_it_happens(cast):
    assert ana_asks(cast, environment=WRONG).thread.posts.get().is_held
    assert not ana_asks(cast, title="Another one about the headphones", environment=FINE).thread.posts.get().is_hidden


def test_ac_mod_1_an_answer_is_accepted_and_where_it_works_waits(cast):
    question = ana_asks(cast)
    post = ben_answers(cast, question)
    url = f"/questions/{question.pk}/accept/{post.pk}/"
    page = one_line(as_(cast.ana).post(url, {"environment": WRONG}, follow=True))
    assert "waits for a look" in page
    assert question.solutions.get().environment == ""
    assert "is an ass" not in one_line(Client().get(question.get_absolute_url()))
    hana_looks(cast)
    assert question.solutions.get().environment == WRONG


def test_ac_mod_1_what_the_team_asks_back_waits(cast):
    question = ana_asks(cast)
    as_(cast.dora).post(f"/questions/{question.pk}/needs-info/", {"what": WRONG})
    assert not question.needs.exists()
    hana_looks(cast)
    question.refresh_from_db()
    assert (question.info_wanted, question.needs.get().by) == (WRONG, cast.dora)


def test_ac_mod_1_a_public_summary_waits_before_the_customer_is_asked_and_before_everybody_reads_it(cast):
    talk = ana_accepts(cast)
    dora, ana = as_(cast.dora), as_(cast.ana)
    page = dora.post(f"/desk/conversations/{talk.pk}/outcome/", {"text": WRONG}, follow=True)
    assert page.status_code == 200
    assert (talk.proposal, talk.held_proposal.texts) == (None, {"text": WRONG})
    assert "is an ass" not in one_line(ana.get(f"/requests/{talk.token}/"))
    hana_looks(cast)
    assert talk.proposal.proposed == WRONG
    said = "It was an ass that had eaten the cable."
    ana.post(f"/requests/{talk.token}/outcome/", {"decision": "approve", "text": said})
    assert talk.proposal is not None, "nothing is decided while it waits"
    own = one_line(ana.get(f"/requests/{talk.token}/"))
    assert "Your change waits for a look." in own
    assert said not in one_line(Client().get(talk.thread.get_absolute_url()))
    work()
    hana_decides(cast, Case.objects.open().get(kind="change"))
    assert talk.outcomes.get().text == said
    assert said in one_line(Client().get(talk.thread.get_absolute_url()))


def test_ac_mod_1_a_customer_who_changes_their_mind_takes_the_waiting_words_back(cast):
    talk = ana_accepts(cast)
    talk.propose_outcome(FINE, by=cast.dora)
    talk.proposal.approve(by=cast.ana, text=WRONG)
    assert HeldChange.objects.waiting().exists()
    talk.proposal.refuse(by=cast.ana)
    assert not HeldChange.objects.waiting().exists()
    assert talk.outcomes.get().state == "refused"

"""Moving and merging as decisions with reasons and a way back; facts to choose from."""

import pytest

from community.refusals import Refusal
from forums.threads.models import Merge, Thread
from moderation.decisions.deciding import Wanted, decide, undo
from moderation.decisions.models import FactTemplate, LogEntry, StatementOfReasons
from moderation.flags.models import Case
from tests.jobs import work
from tests.scenes import ana_asks, ben_answers


def test_a_moved_thread_gives_its_author_the_reasons_and_can_be_moved_back(client, cast, case, post, spam):
    client.force_login(cast.hana)
    kettle = cast.kettle_one
    data = {"deeds": ["move"], "rule": spam.pk, "facts": "It is about the kettle.", "product": kettle.pk, "seen": "1"}
    assert client.post(f"/desk/flags/{case.pk}/decide/", {**data, "product": ""}).status_code == 422
    assert client.post(f"/desk/flags/{case.pk}/decide/", data).status_code == 302
    work()
    thread = Thread.objects.get(pk=post.thread_id)
    assert thread.product == kettle
    statement = StatementOfReasons.objects.get(person=cast.ana)
    assert "moved to the product" in statement.scope
    assert "moved a thread" in LogEntry.objects.get().what
    undo(statement.decision, by=cast.hana, reason="It was about the Beam")
    thread.refresh_from_db()
    assert thread.product == cast.beam2


def test_a_merged_thread_goes_and_comes_back(client, cast, case, post, spam):
    other = ana_asks(
        cast, title="It drops every few minutes with my phone", source="The same with another phone, daily."
    )
    client.force_login(cast.hana)
    data = {"deeds": ["merge"], "rule": spam.pk, "facts": "The same question.", "seen": "1"}
    assert client.post(f"/desk/flags/{case.pk}/decide/", {**data, "into": "nowhere"}).status_code == 422
    url = other.get_absolute_url()
    assert client.post(f"/desk/flags/{case.pk}/decide/", {**data, "into": url}).status_code == 302
    work()
    assert Merge.objects.standing().get().into == other.thread
    decision = StatementOfReasons.objects.get(person=cast.ana).decision
    undo(decision, by=cast.hana, reason="Not the same")
    assert not Merge.objects.standing().exists()


def test_an_answer_is_no_thread_and_a_rule_reshapes_nothing(cast, question, case, post, spam):
    answer = ben_answers(cast, question)
    his = Case.objects.open_about(answer)
    assert "move" not in his.reviewed.deeds
    assert "move" in case.reviewed.deeds
    with pytest.raises(Refusal):
        decide(his, Wanted("acted", {"merge": {"into": question.thread}}, spam, "Same"), by=cast.hana)
    by_rule = Wanted("acted", {"move": {"product": cast.kettle_one}}, spam, "Elsewhere", machine="words:1@1")
    with pytest.raises(Refusal):
        decide(case, by_rule, by=None)


def test_facts_are_chosen_and_kept_by_moderators(client, cast, case, post, spam):
    client.force_login(cast.hana)
    kept = {"rule": spam.pk, "title": "A shop", "text": "A link to a shop that sells nothing of ours."}
    assert client.post("/desk/flags/rules/facts/", {**kept, "text": ""}).status_code == 422
    client.post("/desk/flags/rules/facts/", kept)
    facts = FactTemplate.objects.in_force().get(title="A shop")
    assert "A shop" in client.get(case.get_absolute_url()).content.decode()
    data = {"deeds": ["hide"], "rule": "", "template": facts.pk, "facts": "", "seen": "1"}
    client.post(f"/desk/flags/{case.pk}/decide/", data)
    statement = StatementOfReasons.objects.get(person=cast.ana)
    assert (statement.facts, statement.rule_title) == (kept["text"], spam.title)
    client.post(f"/desk/flags/rules/facts/{facts.pk}/retire/")
    assert not FactTemplate.objects.in_force().filter(title="A shop").exists()
    with pytest.raises(Refusal):
        FactTemplate.objects.keep(by=cast.emil, rule=spam, title="x", text="y")

"""A rule of the site may decide: it has a name and a version, gives its reasons like a person, and can be undone."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from community.events.models import Event
from community.refusals import Refusal
from forums.threads.models import Hiding, Lock, Post, Voiding
from moderation.decisions.deciding import Wanted, decide, undo
from moderation.decisions.figures import Period, figures_of
from moderation.decisions.models import LogEntry, StatementOfReasons
from moderation.flags.models import Case
from tests.jobs import work

RULE = "waves:posts@3"


def by_rule(case, rule, *deeds, machine=RULE):
    wanted = Wanted(
        Case.Outcome.ACTED, {name: {} for name in deeds}, rule, "The same link from 20 accounts.", machine=machine
    )
    return decide(case, wanted, by=None)


def test_a_rule_decides_and_its_name_and_version_are_kept_everywhere(client, cast, case, post, spam):
    decision = by_rule(case, spam, "hide", "lock")
    work()
    assert (decision.by, decision.machine, decision.is_made_by_machine) == (None, RULE, True)
    hiding, lock = Hiding.objects.get(post=post), Lock.objects.get(thread=post.thread)
    assert (hiding.by, hiding.rule, lock.by, lock.rule) == (None, RULE, None, RULE)
    statement = StatementOfReasons.objects.get(person=cast.ana)
    record = client.get(reverse("moderation:statement-record", args=[statement.token])).json()
    assert record["automation"] == {"detection": False, "decision": True, "rule": RULE}
    assert RULE in client.get(statement.get_absolute_url()).content.decode()
    assert LogEntry.objects.get().is_by_machine
    assert Event.objects.get(verb="decision.made").details["machine"] == RULE
    assert figures_of(Period.of(None, None), smallest=0).automated == 1


def test_what_a_rule_did_is_undone_by_a_person(cast, case, post, spam):
    decision = by_rule(case, spam, "hide", "lock")
    undo(decision, by=cast.hana, reason="A real question")
    assert not Post.objects.get(pk=post.pk).is_hidden
    assert not Lock.objects.exists()


def test_a_rule_marks_an_account_as_spam_and_votes_come_back(cast, case, post, spam):
    other = Post.objects.exclude(author=cast.ana).first() or post
    other.vote(by=cast.chris)
    mine = Case.objects.open_about(cast.chris)
    decision = by_rule(mine, spam, "spam")
    assert Voiding.objects.get().rule == RULE
    undo(decision, by=cast.hana, reason="It was not one")
    assert not Voiding.objects.exists()


def test_nobody_decides_nothing(cast, case, spam):
    with pytest.raises(Refusal):
        by_rule(case, spam, "hide", machine="")
    wanted = Wanted(Case.Outcome.ACTED, {"hide": {}}, spam, "A shop", machine=RULE)
    with pytest.raises(Refusal):
        decide(case, wanted, by=cast.hana)


def test_the_database_keeps_no_hiding_by_nobody(post):
    with pytest.raises(IntegrityError), transaction.atomic():
        Hiding.objects.create(post=post, thread=post.thread, by=None, reason="Nobody said so")

"""AC-MOD-1, what is held: nobody else sees it, nobody hears of it, no search finds it; its author sees it and how long.

Between two people it is the same: a chat, a private page, a letter and a program keep the word back for a look.
"""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from community.inbound.purposes import Written
from community.notifications.models import EmailDelivery, Notification
from community.people.models import Person
from community.policy.models import HeldChange, WordRule
from community.search.remembering import KEY, remembered
from forums.questions.models import Question
from forums.threads.following import follow
from forums.threads.models import Post
from moderation.decisions.deciding import undo
from moderation.decisions.models import StatementOfReasons
from moderation.escalation.by_mail import PrivatePlace
from moderation.flags.models import Case, HouseRule
from tests.community.api.program import Program
from tests.community.notifications.days import turn
from tests.jobs import work
from tests.moderation.chat.scenes import ana_and_dora_chat, ana_writes, said_in
from tests.moderation.decisions.scenes import hana_decides
from tests.scenes import ana_asks, as_, ben_answers, one_line

WRONG = "Whoever built this zirkonlamp is an ass, I think, and never saw the box it came in."
FINE = "It has a class of its own, says the document in the box."
LISTS = ["/", "/questions/", "/tags/bluetooth/", "/people/ben/", "/feeds/questions/newest/", "/feeds/people/ben/"]


@pytest.fixture(autouse=True)
def rule(cast) -> WordRule:
    facts = {"name": "Insults", "pattern": "ass", "state": "on", "reason": "Say it kindly."}
    return WordRule.objects.write(
        by=cast.hana, why="The scenario", action="hold", parts=["texts", "titles", "private"], **facts
    )


def heard(*people: Person) -> int:
    """What they were told, in the tray and by mail."""
    turn()
    mails = EmailDelivery.objects.filter(person__in=people)
    return Notification.objects.filter(person__in=people).count() + mails.count()


def is_found(query: str) -> bool:
    """Whether a search of everybody answers with anything."""
    remembered.forget({KEY})
    return 'data-testid="results"' in Client().get("/search/", {"q": query}).content.decode()


def test_ac_mod_1_a_held_answer_is_nowhere_and_nobody_hears_of_it_until_somebody_has_looked(cast):
    question = ana_asks(cast)
    follow(question.thread, by=cast.chris)
    before, url = heard(cast.ana, cast.chris), question.get_absolute_url()
    ben = as_(cast.ben)
    ben.post(f"/threads/{question.pk}/reply/", {"text": WRONG})
    post = Post.objects.get(author=cast.ben)
    assert heard(cast.ana, cast.chris) == before
    assert not is_found("zirkonlamp")
    readers = [Client(), as_(cast.ana), as_(cast.chris), as_(cast.mallory)]
    for path in (url, *LISTS):
        assert all("zirkonlamp" not in reader.get(path).content.decode() for reader in readers), path
    own = one_line(ben.get(url))
    assert "zirkonlamp is an ass" in own
    assert "Yours, seen by you and the team until a person has looked at it (usually within 24 hours):" in own

    hana_decides(cast, Case.objects.about(post).open().get())
    assert heard(cast.ana, cast.chris) > before
    assert is_found("zirkonlamp")
    assert "zirkonlamp" in Client().get(url).content.decode()
    assert "Yours, seen by you" not in one_line(ben.get(url))


def test_ac_mod_1_a_held_question_is_nowhere_and_its_author_sees_how_long_it_takes(cast):
    ben = as_(cast.ben)
    ben.post("/questions/new/", {"title": "The zirkonlamp blinks at night", "text": WRONG, "tags": "bluetooth"})
    work()
    question = Question.objects.get()
    url = question.get_absolute_url()
    assert not is_found("zirkonlamp blinks")
    readers = [Client(), as_(cast.ana), as_(cast.mallory)]
    assert {reader.get(url).status_code for reader in readers} == {404}
    for path in LISTS:
        assert all("zirkonlamp" not in reader.get(path).content.decode() for reader in readers), path
    own = one_line(ben.get(url))
    assert "Only you and the team can see this now. A person looks at it: usually within 24 hours." in own
    assert "zirkonlamp is an ass" in own

    hana_decides(cast, Case.objects.about(question.thread.posts.get()).open().get())
    work()
    assert Client().get(url).status_code == 200
    assert is_found("zirkonlamp blinks")


def test_ac_mod_1_an_edit_by_a_program_waits_and_the_old_words_stay(cast):
    post, program = ben_answers(cast, ana_asks(cast)), Program(cast.ben)
    old = post.source
    sent = program.patch(f"/posts/{post.pk}/", {"text": WRONG}, **{"If-Match": f'"{post.version}"'})
    assert sent.status_code == 202
    assert sent.json()["waiting"]
    assert Program().get(f"/posts/{post.pk}/").json()["text"] == old
    work()
    assert Case.objects.get().kind == "change"
    fine = program.patch(f"/posts/{post.pk}/", {"text": FINE}, **{"If-Match": f'"{post.version}"'})
    assert (fine.status_code, Program().get(f"/posts/{post.pk}/").json()["text"]) == (200, FINE)


def hana_looks(cast, **decision) -> None:
    """At the one open case, which shows the words and nothing else of the talk."""
    page = hana_decides(cast, Case.objects.open().get(), **decision)
    assert WRONG in page
    assert "Since fw 3.2 the left side is silent" not in page, "what else was said is nobody else's"


@pytest.mark.parametrize("side", ["customer", "team"])
def test_ac_mod_1_the_chat_holds_the_word_its_writer_sees_it_and_it_is_said_when_somebody_has_looked(cast, side):
    chat = ana_and_dora_chat(cast)
    talk, script = chat.conversation, {"HX-Request": "true"}
    ours, theirs = f"/requests/{talk.token}/chat/", f"/desk/conversations/{talk.pk}/chat/"
    writer, mine, other, others = (cast.ana, ours, cast.dora, theirs) if side == "customer" else (
        cast.dora, theirs, cast.ana, ours)  # fmt: skip
    before, told = said_in(talk), heard(other)
    for _twice in range(2):
        held = as_(writer).post(f"{mine}say/", {"text": WRONG, "key": "a" * 32}, headers=script)
        assert held.status_code == 202
        assert "Your message waits for a look" in one_line(held)
        assert "usually within" in one_line(held)
    assert HeldChange.objects.waiting().count() == 1, "sent twice, it waits once"
    assert WRONG in one_line(as_(writer).get(mine))
    for reader, page in ((other, others), (other, f"{others}news/?since=0"), (cast.fay, theirs)):
        assert "zirkonlamp" not in one_line(as_(reader).get(page))
    assert (said_in(talk), heard(other)) == (before, told)
    assert not is_found("zirkonlamp")
    as_(writer).post(f"{mine}say/", {"text": FINE})
    hana_looks(cast)
    assert [what for _number, what in said_in(talk)][-2:] == [FINE, WRONG]
    assert "Your message waits" not in one_line(as_(writer).get(mine))
    assert WRONG in one_line(as_(other).get(others))
    assert heard(writer) > 0, "they hear that it is sent"


def test_ac_mod_1_a_message_that_is_refused_later_comes_with_its_reasons_and_is_never_said(cast):
    talk = ana_and_dora_chat(cast).conversation
    before = said_in(talk)
    as_(cast.ana).post(f"/requests/{talk.token}/chat/say/", {"text": WRONG})
    work()
    rule = HouseRule.objects.first()
    hana_looks(cast, deeds=["decline"], rule=rule.pk, facts="It calls somebody names.")
    work()
    statement = StatementOfReasons.objects.get(person=cast.ana)
    assert (statement.title, statement.url) == ("A message in a private conversation", "")
    assert "It calls somebody names." in one_line(as_(cast.ana).get(statement.get_absolute_url()))
    assert said_in(talk) == before
    assert "Your message waits" not in one_line(as_(cast.ana).get(f"/requests/{talk.token}/chat/"))
    undo(statement.decision, by=cast.kim, reason="It quoted a film", reopen=False)  # as an appeal does
    assert said_in(talk)[-1][1] == WRONG


def test_ac_mod_1_what_waits_in_private_is_looked_at_in_one_and_can_be_taken_back(cast):
    talk, ana = ana_writes(cast), as_(cast.ana)
    for text in (WRONG, "And their ass of a nephew, too."):
        ana.post(f"/requests/{talk.token}/reply/", {"text": text})
    work()
    change = HeldChange.objects.waiting().get()
    assert change.texts["text"] == f"{WRONG}\n\nAnd their ass of a nephew, too."
    assert Case.objects.open().get().subject == change
    assert ana.post(f"/settings/changes/{change.pk}/take-back/").url == talk.get_absolute_url()
    work()
    assert not Case.objects.open().exists()


def test_ac_mod_1_files_are_no_words_and_go_their_way(cast):
    talk = ana_writes(cast)
    file = SimpleUploadedFile("lamp.txt", b"12:01 the lamp went out")
    as_(cast.ana).post(f"/requests/{talk.token}/reply/", {"text": WRONG, "files": file})
    last = talk.messages.last()
    assert (last.source, [one.name for one in last.attachments.all()]) == ("", ["lamp.txt"])
    assert HeldChange.objects.waiting().get().texts == {"text": WRONG}


def test_ac_mod_1_a_private_letter_and_a_program_wait_too(cast):
    talk = ana_writes(cast)
    said = Program(cast.ana).post(f"/requests/{talk.token}/messages/", {"text": WRONG})
    assert (said.status_code, said.json()["number"]) == (202, 0)
    assert "A person looks at it" in said.json()["waiting"]
    PrivatePlace(cast.ana, talk).take(Written(cast.ana, FINE, "> Sent from my phone", "<1@x>"))
    PrivatePlace(cast.ana, talk).take(Written(cast.ana, WRONG, "> Sent from my phone", "<2@x>"))
    work()
    hana_looks(cast)
    last = talk.messages.last()
    assert (last.via, last.mail_id, last.source.count("zirkonlamp")) == ("mail", "<2@x>", 2)

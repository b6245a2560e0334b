"""AC-MOD-1, what is held: nobody else sees it, nobody hears of it, no search finds it; its author sees it and how long.

And the doors between two people, which can hold nothing back: the chat refuses the word and gives the text back.
"""

import pytest
from django.test import Client

from community.notifications.models import EmailDelivery, Notification
from community.notifications.rounds import write_due_mails
from community.people.models import Person
from community.policy.models import WordRule
from community.search.remembering import KEY, drop
from forums.questions.models import Question
from forums.threads.following import follow
from forums.threads.models import Post
from moderation.flags.models import Case
from tests.community.api.program import Program
from tests.jobs import work
from tests.moderation.chat.scenes import ana_and_dora_chat, said_in
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
    work()
    write_due_mails(timestamp=0)
    work()
    mails = EmailDelivery.objects.filter(person__in=people)
    return Notification.objects.filter(person__in=people).count() + mails.count()


def is_found(query: str) -> bool:
    """Whether a search of everybody answers with anything."""
    drop({KEY})
    return 'data-testid="results"' in Client().get("/search/", {"q": query}).content.decode()


def hana_publishes(cast, post: Post) -> None:
    """She takes the case, and finds nothing against it."""
    case, hana = Case.objects.about(post).open().get(), as_(cast.hana)
    hana.post(f"/desk/flags/{case.pk}/claim/")
    assert hana.post(f"/desk/flags/{case.pk}/decide/", {"left": "1", "seen": f"{post.version}"}).status_code == 302


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

    hana_publishes(cast, post)
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

    hana_publishes(cast, question.thread.posts.get())
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


def test_ac_mod_1_the_chat_hears_the_rule_refuses_the_word_and_gives_the_text_back(cast):
    chat = ana_and_dora_chat(cast)
    token, before = chat.conversation.token, said_in(chat.conversation)
    sides = ((as_(cast.ana), f"/requests/{token}/chat/say/"),
             (as_(cast.dora), f"/desk/conversations/{chat.conversation_id}/chat/say/"))  # fmt: skip
    for client, address in sides:
        refused = client.post(address, {"text": WRONG})
        page = one_line(refused)
        assert refused.status_code in (409, 422)
        assert "Say it kindly." in page
        assert "zirkonlamp is an ass" in page, "the text is given back"
        assert said_in(chat.conversation) == before
    for client, address in sides:
        assert client.post(address, {"text": FINE}).status_code == 302
    assert [what for _number, what in said_in(chat.conversation)][-2:] == [FINE, FINE]

"""Every way in for words, at every door that holds: AC-MOD-1 walks them all with one word.

A way says the words and answers what came of it: the new text, which can be held, or what stands now where they were to
stand, and those who may read there read it. What is held of a change, or of what is private, is a `HeldChange`.
"""

import json
from collections.abc import Callable

from django.test import Client

from community.inbound.purposes import Written
from community.people.models import Person
from forums.canned.models import CannedReply
from forums.questions.importing import Origin, import_threads
from forums.reviews.models import Review
from forums.reviews.writing import Said
from forums.threads.by_mail import PublicPlace
from forums.threads.models import Post, Suggestion
from forums.threads.replying import comment
from moderation.crm.connectors.base import Change
from moderation.crm.models import Case, Connection
from moderation.crm.returning import apply_comment
from moderation.crm.sealing import seal
from moderation.escalation.by_mail import PrivatePlace
from moderation.escalation.models import Conversation
from moderation.queue.triage import card_of
from tests.cast import Cast
from tests.community.api.program import Program
from tests.forums.articles.scenes import hana_publishes
from tests.moderation.chat.scenes import ana_and_dora_chat, ana_writes
from tests.moderation.escalation.scenes import ana_accepts
from tests.scenes import ana_asks, as_, ben_answers, one_line


def by_question(cast, words, tmp_path):
    return ana_asks(cast, source=words).thread.posts.get()


def by_title(cast, words, tmp_path):
    return ana_asks(cast, title=words).thread.posts.get()


def by_answer(cast, words, tmp_path):
    return ben_answers(cast, ana_asks(cast), words)


def by_page(cast, words, tmp_path):
    question = ana_asks(cast)
    as_(cast.ben).post(f"/threads/{question.pk}/reply/", {"text": words})
    return Post.objects.get(author=cast.ben)


def by_comment(cast, words, tmp_path):
    return comment(ana_asks(cast).thread.posts.get(), by=cast.ben, source=words)


def by_mail(cast, words, tmp_path):
    opening = ana_asks(cast).thread.posts.get()
    PublicPlace(cast.ben, opening).take(Written(cast.ben, words, "", "<1@x>", ()))
    return Post.objects.get(author=cast.ben)


def by_import(cast, words, tmp_path):
    told = {
        "id": 1, "url": "https://old.example/1", "title": "Something about the headphones", "content_html": words,
        "created": "2026-01-02T10:00:00Z", "creator": "old", "answers": [],
    }  # fmt: skip
    path = tmp_path / "threads.jsonl"
    path.write_text(json.dumps(told))
    list(import_threads(path, Origin("Old forum", "CC0", "northlight")))
    return Post.objects.get(thread__attribution__native_id="1")


def by_review(cast, words, tmp_path):
    review = Review.objects.write(Said(stars=4, title="What I think", pros=words), by=cast.ana, product=cast.beam2)
    return review.thread.posts.get()


def by_new_tag(cast, words, tmp_path):
    return ana_asks(cast, tags=["bluetooth", words[:40]]).thread.posts.get()


def by_program(cast, words, tmp_path):
    said = Program(cast.ana).post("/questions/", {"title": "Something about the headphones", "text": words})
    return Post.objects.get(pk=said.json()["opening"]["id"])


def by_answering_program(cast, words, tmp_path):
    said = Program(cast.ben).post(f"/questions/{ana_asks(cast).pk}/answers/", {"text": words})
    return Post.objects.get(pk=said.json()["id"])


def by_reviewing_program(cast, words, tmp_path):
    said = Program(cast.ana).post(f"/products/{cast.beam2.slug}/reviews/", {"stars": 4, "pros": words})
    return Review.objects.get(pk=said.json()["id"]).thread.posts.get()


def by_crm(cast, words, tmp_path):
    item = card_of(ana_asks(cast).thread)
    facts = {"settings": {"url": "http://127.0.0.1:9/"}, "sealed": seal({}), "spokesperson": cast.dora}
    connection = Connection.objects.create(name="office", kind="webhook", **facts)
    case = Case.objects.create(item=item, customer=cast.ana, connection=connection, remote_id="7")
    apply_comment(case, Change("7", "c1", 1, note=words, author="Sam", is_public=True))
    return Post.objects.get(kind="comment")


# Changes of what stands there, and short words beside it.


def by_edit(cast, words, tmp_path):
    post = ben_answers(cast, ana_asks(cast))
    as_(cast.ben).post(f"/posts/{post.pk}/edit/", {"text": words, "version": 1, "reason": ""})
    return Post.objects.get(pk=post.pk).source


def by_suggestion(cast, words, tmp_path):
    post = ben_answers(cast, ana_asks(cast))
    as_(cast.chris).post(f"/posts/{post.pk}/suggest/", {"text": words, "reason": "Clearer", "version": 1})
    return "".join(Suggestion.objects.values_list("source", flat=True))


def by_remark(cast, words, tmp_path):
    question = ana_asks(cast)
    post = ben_answers(cast, question)
    as_(cast.ana).post(f"/questions/{question.pk}/accept/{post.pk}/", {"environment": words})
    return question.solutions.get().environment


def by_outcome(cast, words, tmp_path):
    talk = ana_accepts(cast)
    as_(cast.dora).post(f"/desk/conversations/{talk.pk}/outcome/", {"text": words})
    return talk.proposal.proposed if talk.proposal else ""


def by_editing_a_review(cast, words, tmp_path):
    review = Review.objects.write(Said(stars=4, title="What I think", source="Fine."), by=cast.ana, product=cast.beam2)
    form = {"stars": "2", "title": "What I think", "text": "Fine.", "cons": words, "version": review.opening.version}
    as_(cast.ana).post(f"/reviews/{review.pk}/deeds/edit/", form)
    return one_line(Client().get(review.get_absolute_url()))


def by_profile(cast, words, tmp_path):
    form = {"about": words, "topics": "", "locale": "en", "time_zone": "Europe/Berlin"}
    as_(cast.ana).post("/settings/", form)
    return Person.objects.get(pk=cast.ana.pk).about


def by_tag(cast, words, tmp_path):
    tag = ana_asks(cast).thread.tags.get()
    as_(cast.person("nora", level=4)).post(f"/tags/{tag.slug}/describe/", {"description": words})
    return one_line(Client().get(f"/tags/{tag.slug}/"))


def by_template(cast, words, tmp_path):
    row = CannedReply.objects.keep(by=cast.dora, name="Pairing", source="Pair it again.", audience="team")
    form = {"name": "Pairing", "text": words, "audience": "team", "product": "", "version": row.version}
    as_(cast.dora).post(f"/canned-replies/{row.pk}/edit/", form)
    return CannedReply.objects.get().source


def by_help_page(cast, words, tmp_path):
    return hana_publishes(cast, text=words).opening


# Between two people.


def said(talk: Conversation) -> str:
    return "\n".join(talk.messages.values_list("source", flat=True))


def by_chat(cast, words, tmp_path):
    talk = ana_and_dora_chat(cast).conversation
    as_(cast.ana).post(f"/requests/{talk.token}/chat/say/", {"text": words})
    return said(talk)


def by_the_teams_chat(cast, words, tmp_path):
    talk = ana_and_dora_chat(cast).conversation
    as_(cast.dora).post(f"/desk/conversations/{talk.pk}/chat/say/", {"text": words})
    return said(talk)


def by_private_page(cast, words, tmp_path):
    talk = ana_writes(cast)
    as_(cast.ana).post(f"/requests/{talk.token}/reply/", {"text": words})
    return said(talk)


def by_private_program(cast, words, tmp_path):
    talk = ana_writes(cast)
    Program(cast.ana).post(f"/requests/{talk.token}/messages/", {"text": words})
    return said(talk)


def by_private_mail(cast, words, tmp_path):
    talk = ana_writes(cast)
    PrivatePlace(cast.ana, talk).take(Written(cast.ana, words, "", "<1@x>"))
    return said(talk)


Way = Callable[[Cast, str, object], Post | str]
WAYS: dict[str, list[Way]] = {
    "question": [by_question, by_title, by_new_tag, by_program],
    "answer": [by_answer, by_page, by_answering_program],
    "comment": [by_comment],
    "edit": [by_edit],
    "suggestion": [by_suggestion],
    "remark": [by_remark],
    "mail": [by_mail],
    "import": [by_import],
    "crm": [by_crm],
    "outcome": [by_outcome],
    "review": [by_review, by_reviewing_program],
    "review_edit": [by_editing_a_review],
    "profile": [by_profile],
    "tag": [by_tag],
    "canned": [by_template],
    "article": [by_help_page],
    "message": [by_chat, by_the_teams_chat, by_private_page, by_private_program],
    "mail_private": [by_private_mail],
}
"""By the name of the door in `community.policy.doors`."""

"""The main job, whole: asked in public, answered beside each other, taken private with consent, in the CRM, and back.

A real browser for each person (the customer's is a phone), a real mail server and mailbox, and a real Tryton. The
story is played on the demo, and again on a real thread that was brought in from elsewhere.
"""

import re
from email.message import EmailMessage
from itertools import islice

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from community.people.models import Person
from forums.questions.importing import lines
from forums.threads.models import Thread
from moderation.crm.tryton.first_steps import LOGIN, PASSWORD
from moderation.crm.tryton.home import DATABASE
from moderation.queue.models import Item
from tests.real_data import THREADS
from tests.waiting import until

pytestmark = [pytest.mark.slow, pytest.mark.crm, pytest.mark.xdist_group("main_job")]
TITLE = "Right cup clicks whenever I turn my head"
CANARIES = {"page": "marmalade-7731", "mail": "quicksilver-2048", "note": "tapestry-9915", "team": "lighthouse-4402"}
SUMMARY = "We replaced the right hinge. If yours clicks too, tell us the batch number below the cup."


class Story:
    """Who does what. Each person has a browser of their own."""

    def __init__(self, company, new_context):
        self.company, self.new_context = company, new_context
        self.pages: dict[str, Page] = {}

    def __getitem__(self, name: str) -> Page:
        """The person's browser: a phone for customers, a desk for the team; a stranger has signed in nowhere."""
        if name not in self.pages:
            is_team = name in {"dora", "emil", "kim"}
            size = {"width": 1440, "height": 900} if is_team else {"width": 390, "height": 844}
            page = self.new_context(viewport=size).new_page()
            if name != "stranger":
                self.company.site.sign_in(page, Person.objects.get(username=name))
            self.pages[name] = page
        return self.pages[name]

    def open(self, name: str, path: str) -> Page:
        page = self[name]
        page.goto(self.company.site.path(path))
        return page


@pytest.fixture
def story(company, new_context):
    return Story(company, new_context)


def plain(mail: EmailMessage) -> str:
    """The words of a mail."""
    part = mail.get_body(("plain",))
    return part.get_content() if part else ""


def ana_asks(story) -> Thread:
    page = story.open("ana", "/questions/new/")
    page.get_by_label("What is going on?").fill(TITLE)
    expect(page.get_by_label("Product")).to_have_value(re.compile(r"\d+"))
    page.locator("#id_text").fill("A dry click on the right side, with music and without. My order is NL-1001.")
    page.get_by_test_id("ask-form").get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_role("alert").first).to_contain_text("order number")
    page.get_by_role("button", name="Black it out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    assert "NL-1001" not in page.content()
    return Thread.objects.get(title=TITLE)


def ben_answers(story, thread: Thread) -> None:
    page = story.open("ben", thread.get_absolute_url())
    page.get_by_test_id("answer-form").locator("textarea").fill("Mine did that until I tightened the hinge screw.")
    page.get_by_test_id("answer-form").get_by_role("button", name="Answer", exact=True).click()
    expect(page.get_by_text("tightened the hinge screw").first).to_be_visible()


def dora_puts_it_on_the_desk(story, thread: Thread) -> None:
    """What was imported waits for nobody: somebody of the team who reads it makes it a matter of theirs."""
    page = story.open("dora", thread.get_absolute_url())
    page.get_by_role("button", name="Put it on the desk").click()
    page.wait_for_url("**/desk/items/**")


def dora_answers(story, thread: Thread) -> Item:
    item = until(lambda: Item.objects.filter(thread=thread).first())
    page = story.open("dora", f"/desk/items/{item.pk}/")
    page.get_by_test_id("compose-answer").click()
    page.get_by_test_id("composer").fill("That sounds like the hinge. We look at it together.")
    page.get_by_test_id("send-answer").click()
    expect(page.get_by_test_id("open-item")).to_contain_text("We look at it together.")
    page.get_by_test_id("compose-note").click()
    page.locator("[data-form=note] textarea").fill(f"Batch 22/B again, {CANARIES['note']}.")
    page.locator("[data-form=note]").get_by_role("button", name=re.compile("note", re.I)).click()
    expect(page.get_by_test_id("open-item")).to_contain_text(CANARIES["note"])
    return item


def dora_offers_private_help(story, item: Item) -> None:
    page = story.open("dora", f"/desk/items/{item.pk}/")
    help_panel = page.get_by_test_id("private-help")
    help_panel.wait_for()
    if not help_panel.get_by_label("What for").is_visible():
        help_panel.locator("summary").click()
    help_panel.get_by_label("What for").fill("To repair the hinge we need your order and an address.")
    help_panel.get_by_role("button", name="Invite", exact=True).click()
    expect(help_panel).to_contain_text("offered private help")


def customer_accepts(story, name: str, thread: Thread) -> str:
    page = story.open(name, f"/requests/invitations/{thread.invitation.token}/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("offers you private help")
    page.get_by_label("What our team gets to read").fill(f"Order NL-1001, the word is {CANARIES['page']}.")
    page.get_by_role("button", name="Yes, go on in private").click()
    expect(page.get_by_text("Only you and our team can read this page")).to_be_visible()
    expect(page.get_by_text(CANARIES["page"])).to_be_visible()
    return page.url


def team_replies_and_customer_answers_by_mail(story, name: str, thread: Thread) -> None:
    """The reply goes out through SMTP; the answer comes in through the mailbox, to the signed address."""
    customer, company = Person.objects.get(username=name), story.company
    conversation = thread.conversations.get()
    page = story.open("dora", conversation.item.get_absolute_url())
    page.get_by_test_id("private-composer").fill(f"Please send a photo of the hinge. ({CANARIES['team']})")
    page.get_by_test_id("send-private").click()
    expect(page.get_by_test_id("private-talk")).to_contain_text(CANARIES["team"])
    mail = until(lambda: next((m for m in company.sink.mails if CANARIES["team"] in plain(m)), None), 60)
    assert mail["To"] == customer.email
    answer = EmailMessage()
    answer["From"], answer["To"], answer["Subject"] = customer.email, mail["Reply-To"], f"Re: {mail['Subject']}"
    answer["Message-ID"], answer["In-Reply-To"] = "<reply-1@mail.example.org>", mail["Message-ID"]
    answer.set_content(f"It is below the cup: 22/B. {CANARIES['mail']}\n\n> Please send a photo of the hinge.")
    company.postbox.deliver(answer, str(mail["Reply-To"]))
    expect(page.get_by_test_id("private-talk")).to_contain_text(CANARIES["mail"], timeout=90_000)
    expect(page.get_by_test_id("private-talk").locator(".via", has_text="by mail")).to_have_count(1)


def kim_connects_tryton(story) -> None:
    page = story.open("kim", "/desk/crm/new/tryton/")
    fields = {"Name": "house", "Address": story.company.tryton.url, "Database": DATABASE, "User": LOGIN}
    for label, value in fields.items():
        page.get_by_label(re.compile(f"^{label}", re.I)).first.fill(value)
    page.get_by_label(re.compile("^Password", re.I)).first.fill(PASSWORD)
    page.get_by_role("button", name="Save and try").click()
    expect(page.get_by_test_id("check-result")).to_contain_text("Reached Tryton", timeout=60_000)
    page.get_by_role("button", name="Let it begin").click(timeout=60_000)
    expect(page.locator("#connection-state")).to_contain_text(re.compile("works|fine|connected|answers", re.I))


def dora_pushes(story, item: Item) -> None:
    page = story.open("dora", f"/desk/items/{item.pk}/")
    preview = page.get_by_test_id("crm-preview")
    preview.locator("summary").click()
    expect(preview).not_to_contain_text(CANARIES["note"])
    preview.get_by_role("button", name="Push", exact=True).click()
    until(lambda: item.cases.exclude(remote_id="").first(), 90)
    until(lambda: not item.cases.get().pushes.exclude(state="sent").exists(), 90)


def somebody_moves_the_case_in_tryton(story, item: Item) -> None:
    books = story.company.books
    number = int(item.cases.get().remote_id)
    books.call("model.sale.opportunity.opportunity", [number], books.context)
    until(lambda: item.cases.filter(status="working").exists(), 150)


def it_ends_with_words_the_customer_approved(story, name: str, thread: Thread) -> None:
    conversation = thread.conversations.get()
    page = story.open("dora", conversation.item.get_absolute_url())
    page.locator("summary", has_text="Close with a result").click()
    page.get_by_label("What the question may say").first.or_(page.locator("[name=summary]")).first.fill(SUMMARY)
    page.locator("form[action$='/close/']").get_by_role("button", name="Close", exact=True).click()
    expect(page.get_by_test_id("private-talk")).to_contain_text("Closed")
    stranger = story.open("stranger", thread.get_absolute_url())
    assert SUMMARY not in stranger.content()
    customer = story.open(name, conversation.get_absolute_url())
    decision = customer.get_by_test_id("outcome-decision")
    decision.locator("textarea").fill(SUMMARY.replace("tell us", "say"))
    decision.get_by_role("button", name="Yes, everybody may read this").click()
    stranger.reload()
    expect(stranger.locator("main")).to_contain_text(SUMMARY.replace("tell us", "say"))


def nothing_private_is_public(story, thread: Thread) -> None:
    """No canary on any public page, in any feed, or in a mail to anybody but the customer."""
    page, site = story["stranger"], story.company.site
    person = f"/people/{thread.author.username}/"
    public = ["/", "/questions/", thread.get_absolute_url(), "/products/", person, f"/questions/?q={CANARIES['page']}"]
    if thread.product:
        public.append(thread.product.get_absolute_url())
    for path in [*public, "/people/", "/sitemap.xml", "/robots.txt"]:
        words = page.request.get(site.path(path)).text()
        assert not [canary for canary in CANARIES.values() if canary in words.replace(f"q={CANARIES['page']}", "")][
            1:
        ], path
        assert CANARIES["note"] not in words
        assert CANARIES["team"] not in words
        assert CANARIES["mail"] not in words
    for mail in story.company.sink.mails:
        words = plain(mail)
        assert CANARIES["note"] not in words
        if mail["To"] != thread.author.email:
            assert not [canary for canary in CANARIES.values() if canary in words]
    talk = page.request.get(site.path(thread.conversations.get().get_absolute_url()), max_redirects=0)
    assert talk.status in {302, 404}


def everything_stands_once_in_tryton(story, thread: Thread, item: Item) -> None:
    """One party, one opportunity, and each chosen post once on its timeline."""
    books = story.company.books
    case = item.cases.get()
    parties = books.search("party.party", [["name", "=", thread.author.username]], ["name"])
    assert len(parties) == 1
    opportunities = books.search("sale.opportunity", [["party", "=", parties[0]["id"]]], ["description", "state"])
    assert [row["id"] for row in opportunities] == [int(case.remote_id)]
    posts = thread.posts.filter(is_hidden=False, removed_at=None)
    texts = [row["content"] or "" for row in books.search("ir.chat.message", [], ["content"])]
    told = [push for push in case.pushes.filter(kind="note") if push.source.startswith("post:")]
    assert len(told) == posts.count()
    for push in told:
        words = push.payload["text"].split("\n\n", 1)[1][:60]
        assert len([text for text in texts if words in text]) == 1, words
    assert not [text for text in texts if any(canary in text for canary in CANARIES.values())]


def play(story, thread: Thread, customer: str, item: Item) -> None:
    """From the offer to the end, the same for every thread."""
    dora_offers_private_help(story, item)
    customer_accepts(story, customer, thread)
    stranger = story.open("stranger", thread.get_absolute_url())
    expect(stranger.locator("main")).to_contain_text("handled privately")
    team_replies_and_customer_answers_by_mail(story, customer, thread)
    kim_connects_tryton(story)
    dora_pushes(story, item)
    somebody_moves_the_case_in_tryton(story, item)
    it_ends_with_words_the_customer_approved(story, customer, thread)
    nothing_private_is_public(story, thread)
    everything_stands_once_in_tryton(story, thread, item)


def test_the_main_job_on_the_demo(story):
    thread = ana_asks(story)
    ben_answers(story, thread)
    item = dora_answers(story, thread)
    play(story, thread, "ana", item)
    ana = story.open("ana", thread.get_absolute_url())
    ana.locator("summary", has_text="This solved it").first.click()
    ana.get_by_role("button", name="This solved it").first.click()
    expect(ana.get_by_text("Solved it for ana").first).to_be_visible()


def test_the_main_job_on_a_real_thread_from_elsewhere(story, tmp_path):
    path = tmp_path / "real.jsonl"
    path.write_text("".join(islice(lines(THREADS), 30)))
    call_command("import_threads", str(path), as_of="today", verbosity=0)
    brought = Thread.objects.filter(attribution__isnull=False, kind=Thread.Kind.QUESTION)  # reviews come in as well
    thread = brought.order_by("answer_count", "pk").first()
    Person.objects.filter(pk=thread.author_id).update(email="real@example.org")
    customer = thread.author.username
    thread = Thread.objects.get(pk=thread.pk)
    ben_answers(story, thread)
    dora_puts_it_on_the_desk(story, thread)
    item = dora_answers(story, thread)
    play(story, thread, customer, item)
    expect(story["stranger"].locator("main")).to_contain_text("Mozilla Support contributors")

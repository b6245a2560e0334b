"""AC-MOD-1, changes: with the rule hold "ass" the change waits, the old words stay, its author sees that it waits."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from community.events.models import Event
from community.notifications.models import Notification
from community.people.models import Persona
from community.policy.expecting import expected
from community.policy.models import HeldChange, WordRule
from community.refusals import Refusal
from forums.canned.models import CannedReply
from forums.reviews.models import Review
from forums.reviews.writing import Said
from forums.tags.tending import describe
from forums.threads.models import Post
from forums.threads.suggesting import accept, suggest
from moderation.decisions.deciding import Wanted, decide, undo
from moderation.decisions.models import StatementOfReasons
from moderation.flags.models import Case, HouseRule
from tests.jobs import work
from tests.moderation.decisions.scenes import hana_decides
from tests.scenes import ana_asks, as_, ben_answers, one_line

FINE, WRONG = "A first class document about it, I think.", "Whoever made this is an ass, I think."


@pytest.fixture(autouse=True)
def rule(cast) -> WordRule:
    parts = ["texts", "titles", "reviews", "profiles", "tags", "templates"]
    facts = {"name": "Insults", "pattern": "ass", "parts": parts, "state": "on", "reason": "Say it kindly."}
    return WordRule.objects.write(by=cast.hana, why="The scenario", action="hold", **facts)


class Place:
    """One place where words can be changed: by whom, where it is sent, what everybody reads there."""

    def __init__(self, cast):
        self.cast, self.by = cast, cast.ana

    url = read_at = edit_at = ""

    def form(self, words: str) -> dict[str, str]:
        return {}


class Profile(Place):
    url = edit_at = "/settings/"
    read_at = "/people/ana/"

    def form(self, words):
        return {"about": words, "topics": "", "locale": "en", "time_zone": "Europe/Berlin"}


class TagDescription(Place):
    def __init__(self, cast):
        super().__init__(cast)
        tag = ana_asks(cast).thread.tags.get()
        describe(tag, "Wireless sound over short ways.", by=cast.hana)
        self.by = cast.person("nora", level=4)
        self.url = self.edit_at = f"/tags/{tag.slug}/describe/"
        self.read_at = f"/tags/{tag.slug}/"

    def form(self, words):
        return {"description": words}


class Template(Place):
    def __init__(self, cast):
        super().__init__(cast)
        self.by = cast.dora
        row = CannedReply.objects.keep(by=cast.dora, name="Pairing", source="Pair it again.", audience="team")
        self.url = self.edit_at = self.read_at = f"/canned-replies/{row.pk}/edit/"
        self.reader = cast.emil

    def form(self, words):
        row = CannedReply.objects.get()
        return {"name": "Pairing", "text": words, "audience": "team", "product": "", "version": row.version}


class Text(Place):
    def __init__(self, cast):
        super().__init__(cast)
        self.post = ben_answers(cast, ana_asks(cast))
        self.by = cast.ben
        self.url, self.edit_at = f"/posts/{self.post.pk}/edit/", f"/posts/{self.post.pk}/history/"
        self.read_at = self.post.thread.get_absolute_url()

    def form(self, words):
        return {"text": words, "version": Post.objects.get(pk=self.post.pk).version, "reason": ""}


class Title(Place):
    def __init__(self, cast):
        super().__init__(cast)
        self.post = ana_asks(cast).thread.posts.get()
        self.url = self.edit_at = f"/posts/{self.post.pk}/edit/"

    @property
    def read_at(self):
        return Post.objects.get(pk=self.post.pk).thread.get_absolute_url()

    def form(self, words):
        post = Post.objects.get(pk=self.post.pk)
        return {"title": words, "text": post.source, "version": post.version, "reason": ""}


class OwnReview(Place):
    def __init__(self, cast):
        super().__init__(cast)
        said = Said(stars=4, title="What I think", source="It sounds fine.")
        self.review = Review.objects.write(said, by=cast.ana, product=cast.beam2)
        self.url = self.edit_at = f"/reviews/{self.review.pk}/deeds/edit/"
        self.read_at = self.review.get_absolute_url()

    def form(self, words):
        version = Review.objects.get(pk=self.review.pk).opening.version
        return {"stars": "2", "title": "What I think", "text": "It sounds fine.", "cons": words, "version": version}


class Persona_(Place):
    url = edit_at = "/settings/persona/"

    def __init__(self, cast):
        super().__init__(cast)
        self.by = cast.dora
        self.read_at = cast.dora.get_absolute_url()

    def form(self, words):
        alias = Persona.objects.get(person=self.by).alias
        return {"alias": alias, "languages": "en", "hours": "", "topics": "", "can_do": words, "cannot_do": ""}


class QuestionTags(Place):
    def __init__(self, cast):
        super().__init__(cast)
        question = ana_asks(cast)
        self.url = self.edit_at = f"/questions/{question.pk}/deeds/tags/"
        self.read_at = question.get_absolute_url()

    def form(self, words):
        return {"tags": f"bluetooth, {words[:38].strip().rstrip(',').replace(',', '')}"}


PLACES = [Profile, TagDescription, Template, Text, Title, OwnReview, Persona_, QuestionTags]


def read(place) -> str:
    """What everybody reads there; a template the colleagues."""
    client = as_(place.reader) if hasattr(place, "reader") else Client()
    response = client.get(place.read_at, follow=True)
    assert response.status_code == 200
    return response.content.decode().lower()


@pytest.mark.parametrize("kind", PLACES)
def test_ac_mod_1_the_change_waits_the_old_words_stay_and_a_look_decides(cast, kind):
    place = kind(cast)
    work()
    author = as_(place.by)
    before = read(place)
    sent = author.post(place.url, place.form(WRONG), follow=True)
    assert "It waits for a look" in one_line(sent) or "waits for a look" in one_line(sent)
    work()
    assert "is an ass" not in read(place)
    assert read(place).count("<p") == before.count("<p")
    own = one_line(author.get(place.edit_at))
    assert "Your change waits for a look." in own
    assert "usually within 24 hours" in own
    assert "is an ass" in own.lower()
    case = Case.objects.get(kind="change")
    assert case.findings.filter(rule__startswith="words:").exists()
    page = hana_decides(cast, case)
    assert "Until somebody has looked, everybody reads what stood there before." in page
    assert "Publish it" in page
    work()
    assert "is an ass" in read(place)
    assert HeldChange.objects.get().state == "published"
    assert Notification.objects.filter(person=place.by, kind="edits", text__contains="looked at your change").exists()
    assert "Your change waits" not in one_line(author.get(place.edit_at))


@pytest.mark.parametrize("kind", PLACES)
def test_ac_mod_1_what_only_contains_the_word_is_changed_at_once(cast, kind):
    place = kind(cast)
    work()
    as_(place.by).post(place.url, place.form(FINE))
    assert not HeldChange.objects.exists()
    assert "first class document" in read(place)


def held_text(cast):
    post = ben_answers(cast, ana_asks(cast))
    change = post.edit(WRONG, by=cast.ben, version=1)
    work()
    return post, change, Case.objects.get(kind="change")


def test_declined_with_reasons_the_old_text_stays_and_an_appeal_publishes_it(cast):
    post, change, case = held_text(cast)
    spam = HouseRule.objects.first()
    hana_decides(cast, case, deeds=["warn"], rule=spam.pk, facts="It calls somebody names.")
    work()
    statement = StatementOfReasons.objects.get(person=cast.ben)
    assert "What you wanted to say there was not published. What stood there before stays." in statement.scope
    assert "It calls somebody names." in statement.facts
    change.refresh_from_db()
    post.refresh_from_db()
    assert (change.state, post.version, post.is_hidden) == ("declined", 1, False)
    undo(statement.decision, by=cast.kim, reason="It quoted a film", reopen=False)  # as an appeal does
    post.refresh_from_db()
    assert post.source == WRONG


def test_a_decision_that_is_undone_lets_it_wait_again(cast):
    _post, change, case = held_text(cast)
    decision = decide(case, Wanted("acted", {"decline": {}}, HouseRule.objects.first(), "Names"), by=cast.hana)
    undo(decision, by=cast.hana, reason="Let me look again")
    change.refresh_from_db()
    case.refresh_from_db()
    assert (change.state, case.state) == ("waiting", "open")


def test_a_second_change_takes_the_place_of_the_first_and_a_kind_one_ends_it(cast):
    post, _first, case = held_text(cast)
    second = post.edit(f"{WRONG} Really.", by=cast.ben, version=1)
    work()
    assert list(HeldChange.objects.waiting()) == [second]
    case.refresh_from_db()
    assert not case.is_open
    assert Case.objects.open().get(kind="change").subject == second
    post.edit(FINE, by=cast.ben, version=1)
    work()
    assert not HeldChange.objects.waiting().exists()
    assert not Case.objects.open().filter(kind="change").exists()


def test_its_author_takes_it_back_and_nobody_else_does(cast):
    _post, change, case = held_text(cast)
    assert as_(cast.mallory).post(f"/settings/changes/{change.pk}/take-back/").status_code == 404
    as_(cast.ben).post(f"/settings/changes/{change.pk}/take-back/")
    work()
    change.refresh_from_db()
    case.refresh_from_db()
    assert (change.state, case.state) == ("withdrawn", "decided")
    with pytest.raises(Refusal, match="does not wait"):
        change.decline(by=cast.hana, reason="Late")


def test_what_changed_elsewhere_meanwhile_stays_and_the_same_place_is_refused(cast):
    post = ben_answers(cast, ana_asks(cast), "Turn it off in the app.\n\nThen pair it again.")
    post.edit(f"Turn it off in the app.\n\n{WRONG}", by=cast.ben, version=1)
    work()
    Post.objects.get(pk=post.pk).edit("Turn it off there.\n\nThen pair it again.", by=cast.hana, version=1)
    case = Case.objects.get(kind="change")
    decide(case, Wanted("left"), by=cast.hana)
    post.refresh_from_db()
    assert post.source == f"Turn it off there.\n\n{WRONG}"


def test_a_suggestion_that_is_taken_over_waits_too(cast):
    post = ben_answers(cast, ana_asks(cast))
    WordRule.objects.update(state="off")
    row = suggest(post, WRONG, by=cast.chris, reason="Clearer", version=1)
    WordRule.objects.update(state="on")
    accept(row, by=cast.ben)
    post.refresh_from_db()
    assert post.version == 1
    assert HeldChange.objects.get().by == cast.chris


def test_the_expected_time_is_what_others_waited(cast, time_machine):
    time_machine.move_to(timezone.now())
    assert expected() == "usually within 24 hours"
    for number in range(5):
        post = ben_answers(cast, ana_asks(cast, title=f"Number {number} of the questions about it"))
        post.hold(["words"], by=cast.ben)
        time_machine.shift(timedelta(hours=2, minutes=number))
        post.restore(by=cast.hana)
    assert Event.objects.filter(verb="post.held").count() == 5
    assert expected() == "usually within 3 hours"

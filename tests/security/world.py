"""One of everything: each kind of object an address can name, made by the real verbs, with a canary in each secret."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.db.models import F
from django.utils import timezone
from taggit.models import Tag

from community.api.models import ApiKey
from community.files.models import Attachment
from community.notifications.models import Device, EmailDelivery, Notification
from community.notifications.preferences import turn_mail_off
from community.notifications.turning_down import less_url, read_less
from community.notifications.unsubscribing import undo_token, unsubscribe_url
from community.people.absence import Absence
from community.people.arrivals import Arrival
from community.people.models import Grant, Person
from community.people.roles import Role
from community.policy.models import Embargo, HeldChange, WordRule
from community.search.models import Need
from forums.canned.models import CannedReply
from forums.feeds.models import FeedKey
from forums.questions.models import GuestQuestion
from forums.reputation.bars import USUAL
from forums.reputation.planning import plan_levels
from forums.reviews.checking import publish
from forums.reviews.models import Campaign, Insider, ReviewFile
from forums.tags.merging import merge
from forums.threads.models import Draft, Regulation
from forums.threads.replying import answer, comment
from forums.threads.suggesting import suggest
from moderation.automation.matters import Matter
from moderation.automation.models import Automation
from moderation.automation.running import meet
from moderation.callbacks.models import Callback
from moderation.calls.models import Call
from moderation.concerns.models import Concern
from moderation.crm.models import CasePush, Connection, Erasure
from moderation.crm.pushing import push_item
from moderation.crm.sealing import seal
from moderation.decisions.appealing import appeal
from moderation.decisions.deciding import Wanted, decide
from moderation.decisions.models import AppealFile, FactTemplate, SecondReading
from moderation.escalation.files import Upload, keep
from moderation.escalation.guidance.watching import watch_thread
from moderation.escalation.links import link_for
from moderation.escalation.models import Invitation, Showing, Wording
from moderation.feedback.models import Exemption
from moderation.flags.models import Flag, HouseRule
from moderation.goodwill.models import Credit
from moderation.identities.models import Handle, Merge
from moderation.queue.models import Ability, Batch, Item, KeptView, Requirement, Skill, Team
from moderation.rings.models import Ring
from moderation.waves.models import Wave
from tests.cast import Cast
from tests.community.inbound.letters import comes_in
from tests.community.notifications.push_service import FakeBrowser
from tests.forums.reviews.scenes import ana_reviews, photo_bytes
from tests.jobs import work
from tests.moderation.escalation.letters import letter
from tests.moderation.escalation.scenes import PURPOSE, ana_writes_in_private
from tests.scenes import ana_asks, ben_answers
from tests.security.articles import in_articles

ROLES = ["anonymous", "member", "champion", "owner", "agent", "partner", "supervisor", "manager", "admin", "auditor",
         "suspended"]  # fmt: skip
PLAYED_BY = {
    "member": "chris", "champion": "ben", "owner": "ivo", "agent": "emil", "partner": "gil", "supervisor": "fay",
    "manager": "hana", "admin": "kim", "auditor": "jo", "suspended": "leo", "ana": "ana", "mallory": "mallory",
}  # fmt: skip


@dataclass
class World:
    """The objects, by name."""

    cast: Cast
    canaries: dict[str, str] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        try:
            return self.things[name]
        except KeyError:
            raise AttributeError(name) from None

    def canary(self, name: str) -> str:
        """A word that stands nowhere else."""
        return self.canaries.setdefault(name, f"heliotrope{name}zq{4711 + len(self.canaries)}")


def build(cast: Cast) -> World:
    """Ana's question on the desk, her private help, its files and mails, a CRM case, and everybody's little things."""
    world = World(cast)
    cast.dora  # noqa: B018 - on shift before the question comes
    for part in (in_public, in_reviews, in_articles, in_private, in_private_words, in_the_crm, little_things):
        part(world)
    at_the_gate(world)
    before_moderators(world)
    suspend_leo(world)
    phone = FakeBrowser(f"https://push.example.net/{world.canary('device')}").fields
    world.things["letter"] = EmailDelivery.objects.filter(person=cast.ana, is_secret=False).first()
    world.things["device"] = Device.objects.create(person=cast.ana, label="Firefox", session_key="0" * 32, **phone)
    return world


def in_public(world: World) -> None:
    cast, things = world.cast, world.things
    question = things["question"] = ana_asks(cast)
    things["thread"] = question.thread
    things["answer"] = ben_answers(cast, question)
    things["comment"] = comment(things["answer"], by=cast.chris, source="It worked for me as well, thank you.")
    things["suggestion"] = suggest(
        things["answer"], things["answer"].source + " It takes a minute.", by=cast.chris, reason="How long", version=1
    )
    things["canned"] = CannedReply.objects.keep(by=cast.dora, name="Pair", source="Pair again.", audience="helpers")
    things["shared"] = Attachment.objects.keep("lamp.txt", b"12:01 the lamp went out", by=cast.chris)
    comment(things["answer"], by=cast.chris, source=f"The log: {things['shared'].markdown}")
    things["opening"] = question.thread.posts.get(kind="opening")
    work()
    things["item"] = Item.objects.get(thread=question.thread)
    things["note"] = things["item"].note(f"Look at {world.canary('note')}", by=cast.dora)
    question.thread.posts.filter(kind="opening").update(source=F("source"))
    doubtful = ana_asks(cast, title="The battery lasts half an hour only", source="Since spring, every day, at home.")
    doubtful.thread.posts.filter(kind="opening").update(source="It is order NL-1001, please.")
    work()
    watch_thread(doubtful.thread)
    things["showing"] = Showing.objects.filter(thread=doubtful.thread).first()


def in_reviews(world: World) -> None:
    """Ana's review, with a photo that waits and the order number that only she and the team know."""
    review = world.things["review"] = ana_reviews(world.cast, 2, owner_number=world.canary("owner"))
    photo = Attachment.objects.keep("hinge.jpg", photo_bytes(), by=world.cast.ana)
    review.keep_photos([(photo, "The hinge")], by=world.cast.ana)
    world.things["photo"] = review.photos.get()
    world.things["checks"] = publish()
    world.things["insider"] = Insider.objects.find(world.cast.leo, "address", by=None)
    day = date.today()
    world.things["campaign"] = Campaign.objects.plan(
        by=world.cast.hana, name="Testers", kind="product", terms="Whatever they write.", begins_on=day, ends_on=day
    )
    file = {"source": "Old shop", "columns": {"stars": "stars"}}
    world.things["review_file"] = ReviewFile.objects.keep("old.csv", b"stars\n5\n", by=world.cast.hana, **file)
    number = world.canary("exempt")
    world.things["exemption"] = Exemption.objects.exempt(number, by=world.cast.hana, reason="A case before the court")


def in_private(world: World) -> None:
    cast, things = world.cast, world.things
    things["invitation"] = Invitation.objects.offer(
        things["thread"], by=cast.dora, channels=["page", "mail"], purpose=f"{PURPOSE} {world.canary('purpose')}"
    )
    words = {"title": f"About {world.canary('subject')}", "text": f"My secret is {world.canary('message')}."}
    talk = things["conversation"] = ana_writes_in_private(cast, **words)
    talk.reply(f"Noted: {world.canary('reply')}", by=cast.dora)
    name = f"{world.canary('file')}.pdf"
    things["attachment"] = keep(Upload(name, b"%PDF-1.4 " + world.canary("bytes").encode()), talk.messages.first())
    things["mail"] = comes_in(letter(talk, f"Held: {world.canary('held')}", From="colleague@example.net"))
    done = ana_writes_in_private(cast, title=f"Done {world.canary('done')}")
    done.close(by=cast.dora, result="solved", note=world.canary("closing"))
    hour = {"slot_at": timezone.now() + timedelta(hours=1), "zone": "Europe/Berlin"}
    things["callback"] = Callback.objects.create(conversation=talk, brand=cast.northlight, **hour)
    line = {"asked_by": cast.ana, "agent": cast.dora, "answered_at": timezone.now()}
    things["call"] = Call.objects.create(conversation=talk, **line)
    things["done"], things["survey"] = done, done.closing.survey
    work()


def in_the_crm(world: World) -> None:
    cast, things = world.cast, world.things
    fields = {"name": "office", "kind": "webhook", "settings": {"url": "http://[::1]:9"}, "is_private_allowed": True}
    things["connection"] = Connection.objects.create(sealed=seal({"secret": world.canary("secret")}), **fields)
    sources = [f"post:{pk}" for pk in things["thread"].posts.values_list("pk", flat=True)]
    things["case"] = push_item(things["item"], by=cast.dora, sources=sources, connection=things["connection"])
    candidates = [{"id": str(n), "name": world.canary("contact"), "email": "", "url": ""} for n in (7, 8)]
    things["match"] = things["connection"].matches.create(person=cast.ana, candidates=candidates)
    things["feed"] = Connection.objects.create(**fields | {"name": "feed", "kind": "xml"}, sealed=seal({}))
    things["push"] = CasePush.objects.filter(case=things["case"]).order_by("pk").first()
    erasure = Erasure.objects.create(person=cast.ben, by=cast.kim, reason=world.canary("letter"))
    things["receipt"] = erasure.receipts.create(connection=things["connection"], push=things["push"], remote_id="9")
    things["handle"] = Handle.objects.suggest(cast.ana, "mastodon", "ana_beats", by=cast.dora)
    things["merge"] = Merge.objects.create(gone=cast.person("anna"), kept=cast.ana, reason=world.canary("merge"))


def little_things(world: World) -> None:
    cast, things = world.cast, world.things
    ana = cast.ana
    ana.ownerships.update(order_number=world.canary("order"))
    Person.objects.filter(pk=ana.pk).update(email=f"{world.canary('mailbox')}@example.org")
    ana.refresh_from_db()
    things["ownership"] = ana.ownerships.get()
    things["notification"] = Notification.objects.filter(person=ana).first()
    things["draft"] = Draft.objects.keep(by=ana, place="ask", text=f"Draft {world.canary('draft')}")
    scopes = ["community:read", "own:read"]
    things["api_key"], _token = ApiKey.objects.make(by=ana, name="Shelf", scopes=scopes, expires_at=None)
    things["feed_key"] = FeedKey.objects.open(by=ana)
    gone = Tag.objects.create(name="blue tooth")
    things["tag_merge"] = merge(gone, Tag.objects.get(name="bluetooth"), by=cast.hana)
    day = date.today()
    things["absence"] = Absence.objects.plan(by=cast.dora, first_day=day, last_day=day)
    things["need"] = Need.objects.create(key="code pair", words="pairing code")
    things["credit"] = Credit.objects.give(
        things["item"], Decimal(60), reason="broken", words=world.canary("credit"), by=cast.dora
    )
    concern = world.canary("concern")
    things["concern"] = Concern.objects.raise_with(concern, by=cast.dora, is_nameless=False)
    things["member"] = Team.objects.form("Early", by=cast.fay).take_in(cast.dora, by=cast.fay)
    things["kept_view"] = KeptView.objects.keep(by=cast.dora, name="Late", query="due:late", audience="all")
    things["together"] = Batch.objects.do([], "close", by=cast.emil, act=print)
    skill = Skill.objects.introduce("Repairs", by=cast.fay)
    things["ability"] = Ability.objects.give(cast.dora, skill, by=cast.fay)
    things["requirement"] = Requirement.objects.make(skill, by=cast.fay, kind="product", value="nothing-sold")
    things["regulation"] = Regulation.objects.make(by=cast.fay, name="Mains", tags="", words="mains voltage")
    unread = answer(things["thread"], by=cast.dora, source=f"Mains voltage: {world.canary('unread')}", as_staff=True)
    things["approval"] = unread.approval
    things["ring"] = Ring.objects.create(people=[], pairs=[], vote_count=0)
    words = {"rule": HouseRule.objects.get(slug="spam"), "title": "A shop", "text": "A link to a shop."}
    things["fact"] = FactTemplate.objects.keep(by=cast.hana, **words)
    wave = {"kind": "sign_ups", "what": "nnnn", "marks": ["n" * 32], "batch": uuid4(), "first_at": timezone.now()}
    things["wave"] = Wave.objects.create(**wave)
    for person in (cast.leo, cast.mallory):
        Arrival.objects.create(person=person, network="n" * 32)
    things["grant"] = Grant.objects.get(person=cast.dora)
    things["off"] = unsubscribe_url(ana, "answer").rstrip("/").split("/")[-2]
    things["undo"] = undo_token(turn_mail_off(ana, "comment"))
    things["less"] = less_url(things["notification"]).rstrip("/").split("/")[-2]
    things["as_before"] = read_less(things["less"]).choose("digest")
    things["ticket"] = link_for(things["attachment"], ana).rstrip("/").split("/")[-1]
    guest = {"name": "vera", "email": "vera@example.org", "network": "n" * 32}
    things["guest"] = GuestQuestion.objects.keep(
        title="The left side hums at night", source="It hums at night, and I do not know why.", **guest
    )
    things["guest_link"] = things["guest"].link().rstrip("/").split("/")[-1]
    month = timezone.now() + timedelta(days=30)
    things["level_plan"] = plan_levels(USUAL, by=cast.hana, applies_from=month, grace_days=14, reason="Trying it.")
    answer(things["thread"], by=cast.dora, source="We are looking into it together.", as_staff=True)


def at_the_gate(world: World) -> None:
    """A rule of words and an embargo."""
    post, words = world.answer, f"Turn it off, {world.canary('change')}, then on."
    facts = {"base": post.source, "version": post.version, "reason": "", "suggested": False}
    world.things["change"] = HeldChange.objects.hold(
        post, "wording", {"source": words}, by=world.cast.ben, because={"reasons": ["words"], "rules": []}, **facts
    )
    things, hana = world.things, world.cast.hana
    fields = {"name": "Gold", "pattern": "goldplatedword", "parts": ["texts"], "reason": "No gold here."}
    things["word_rule"] = WordRule.objects.write(by=hana, why="In the world", **fields)
    told = {"name": "Tell", "trigger": "question", "acts": {"raise": True}, "state": "shadow"}
    things["automation"] = Automation.objects.write(by=hana, why="In the world", **told)
    things["run"] = meet(things["automation"], Matter("event:0", timezone.now(), world.cast.ana, post=world.answer))
    until, said = timezone.now() + timedelta(days=30), {"zone": "UTC", "reason": "Not yet.", "audience": "moderators"}
    things["embargo"] = Embargo.objects.lay(by=hana, words="heliotropebeam", until=until, **said)


def before_moderators(world: World) -> None:
    """A case that waits, one that was decided with an appeal against it, and a notice without an account."""
    cast, things = world.cast, world.things
    rule, post = HouseRule.objects.get(slug="spam"), things["comment"]
    note = f"Told by {world.canary('flagnote')}"
    things["flag_case"] = Flag.objects.flag(post, by=cast.ben, rule=rule, note=note).case
    said = {"note": f"It is {world.canary('noticenote')}", "name": "V. Era", "email": "v@example.net", "url": "/"}
    spoken = answer(things["thread"], by=cast.mallory, source="Buy it in my shop, it is cheap there.")
    things["notice"] = Flag.objects.give_notice(spoken, rule=rule, good_faith=True, **said)
    things["batch"] = uuid4()
    wanted = Wanted("acted", {"hide": {}}, rule, f"A shop: {world.canary('facts')}", batch=things["batch"])
    decision = things["decision"] = decide(things["notice"].case, wanted, by=cast.hana)
    things["statement"] = decision.statement
    things["appeal"] = appeal(decision, by=cast.mallory, text=f"No: {world.canary('appealtext')}")
    AppealFile.objects.create(appeal=things["appeal"], name="why.txt", data=world.canary("appealfile").encode())
    things["reading"] = SecondReading.objects.get_or_create(decision=decision)[0]
    work()


def in_private_words(world: World) -> None:
    """What an agent wanted to say to a reviewer, and may not before a supervisor has looked."""
    words = f"Please change your review {world.canary('wording')}"
    world.things["wording"] = Wording.objects.put_forward(words, by=world.cast.dora, thread=world.review.thread)


def suspend_leo(world: World) -> None:
    """Leo is kept out after he had signed in."""
    world.cast.leo.suspend(by=world.cast.hana, reason=f"Told by {world.canary('reason')}")


def person_of(world: World, role: str) -> Person | None:
    """Who plays a role of the table."""
    if role == "anonymous":
        return None
    person: Person = getattr(world.cast, PLAYED_BY[role])
    if role == "manager":
        assert Role.COMMUNITY_MANAGER in person.roles
    return person

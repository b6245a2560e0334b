"""What the CRM side does when something happens elsewhere. Each is quick, and keyed on its event."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.events.models import Event
from community.events.subscribing import on
from community.events.verbs import Verb
from community.notifications.notifying import Letter, notify
from community.people.models import Person
from community.people.roles import Role
from forums.threads.models import Post, Thread
from moderation.crm import entitling, identifying  # noqa: F401 - what they do when something happened
from moderation.crm.models import Case, CasePush, Erasure, Match
from moderation.crm.models.remote import reference
from moderation.crm.payload import case_payload, entry_of_post
from moderation.crm.pushing import Kind, enqueue
from moderation.crm.recreating import say_head_again
from moderation.crm.redacting import cover_told
from moderation.crm.waking import wake
from moderation.queue.models import Item


@on(Verb.POST_EDITED, Verb.POST_RESTORED, Verb.POST_HIDDEN, Verb.POST_REMOVED, Verb.POST_REDACTED)
def tell_new_wording(event: Event) -> None:
    """A post that was told to the CRM changed or went out of sight: its entry there gets the new wording."""
    post = Post.objects.select_related("thread__merged_into", "author").filter(pk=event.subject_id).first()
    if post is None:
        return
    if event.verb == Verb.POST_REDACTED:
        cover_told(post)
    if Erasure.objects.hold_for(post.author_id):
        return
    read_there = Thread.objects.read_with(post.thread).values("pk")
    for case in Case.objects.filter(item__thread__in=read_there, broken_at=None).select_related("item", "customer"):
        if post.kind == Post.Kind.OPENING and case.item.thread_id == post.thread_id:
            tell_new_case(case, event)
        tell_new_note(case, post, event)
        wake(case.pk)


def tell_new_case(case: Case, event: Event) -> None:
    """The opening is the case's own text."""
    payload = {**case_payload(case.item), "contact_ref": reference("contact", case.contact.pk)}
    enqueue(case, Kind.CASE, reference("case", case.pk), payload, key=reference("event", f"{case.pk}-case-{event.pk}"))


def tell_new_note(case: Case, post: Post, event: Event) -> None:
    """An update, or a tombstone without the words, under the entry's own reference."""
    source = f"post:{post.pk}"
    told = case.pushes.filter(source=source).exclude(state=CasePush.State.SUPERSEDED).order_by("sequence")
    first, last = told.first(), told.last()
    if first is None or last is None:
        return
    key = reference("event", f"{case.pk}-post-{event.pk}")
    version = last.payload.get("version", 1) + 1
    payload = entry_of_post(post).payload(version)
    if post.is_hidden or post.removed_at:
        gone = _("removed by its author") if post.removed_at else _("hidden by the team")
        payload |= {"text": f"[{gone}]", "is_removed": True}
        enqueue(case, Kind.TOMBSTONE, first.ref, payload, source=source, key=key)
    else:
        enqueue(case, Kind.NOTE, first.ref, payload, source=source, key=key)


@on(Verb.CASE_STATUS_CHANGED)
def tell_customer(event: Event) -> None:
    """The customer hears where their case stands."""
    case = Case.objects.select_related("item__thread", "customer").filter(pk=event.details.get("case")).first()
    if case is None or event.details.get("status") == Case.Status.NEW:
        return
    conversation = getattr(case.item, "conversation", None)
    about = conversation or case.item.thread
    if about is None:
        return
    sentence = str(case.sentence)
    # A private matter's title stays out of the mail.
    subject = _("News about your request") if conversation else _("About “%(title)s”") % {"title": about.title}
    notify(
        case.customer,
        "case",
        url=about.get_absolute_url(),
        text=f"{sentence} {'' if conversation else about.title}".strip(),
        event=event,
        letter=Letter(
            subject=subject,
            excerpt=sentence,
            button=gettext_lazy("See where it stands"),
            chain="" if conversation else f"thread-{about.pk}",
        ),
    )


@on(Verb.CASE_LINK_BROKEN, Verb.PUSH_DEAD)
def tell_supervisors(event: Event) -> None:
    """A link that broke, an entry that was given up: somebody has to look."""
    if event.verb == Verb.PUSH_DEAD:
        text = _("An entry for the CRM was given up. Look at it and replay it.")
        url = reverse("moderation:crm-outbox") + "?state=dead"
    else:
        item = Item.objects.filter(pk=event.subject_id).first()
        text = _("The CRM no longer has the case of “%(title)s”.") % {"title": item.title if item else "?"}
        url = f"/desk/items/{event.subject_id}/"
    for person in Person.objects.active().with_role(Role.SUPERVISOR, Role.ADMINISTRATOR):
        notify(person, "team", url=url, text=text, event=event)


@on(Verb.CONTACT_AMBIGUOUS)
def ask_who_is_who(event: Event) -> None:
    """The CRM has several contacts for a customer: somebody has to say which one it is."""
    text = _("The CRM has several contacts for one customer. Decide who is who.")
    for person in Person.objects.active().with_role(Role.SUPERVISOR, Role.ADMINISTRATOR):
        notify(person, "team", url=reverse("moderation:crm-matches"), text=text, event=event)


@on(Verb.CONTACT_MATCHED)
def say_head_anew(event: Event) -> None:
    """After a new decision the contact is told again, and each case goes below it."""
    match = Match.objects.filter(pk=event.subject_id).select_related("connection", "person").first()
    if match is None or match.is_undecided or event.actor_id is None:
        return
    for case in match.cases.filter(broken_at=None).exclude(remote_id=""):
        say_head_again(case, "contact")
        say_head_again(case, "case")


@on(Verb.ERASURE_DONE)
def tell_erased(event: Event) -> None:
    """Whoever asked to be taken out of the CRM hears when the last record is gone."""
    person = Person.objects.filter(pk=event.subject_id).first()
    if person is not None:
        text = _("You are taken out of our customer systems. Here is what was erased.")
        notify(person, "case", url=reverse("moderation:own-records"), text=text, event=event)


@on(Verb.CONNECTION_CHANGED)
def tell_administrators(event: Event) -> None:
    """A connection stopped by itself: only an administrator can mend it."""
    if event.actor_id is not None or event.details.get("what") != "paused":
        return
    text = _("A CRM connection was paused: %(why)s") % {"why": event.details.get("reason", "")}
    for person in Person.objects.active().with_role(Role.ADMINISTRATOR):
        notify(
            person, "team", url=reverse("moderation:crm-connection", args=[event.subject_id]), text=text, event=event
        )

"""The desk for programs of the team: the queue with the reasons of its order, and what an agent does with an item."""

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.utils import timezone

from community.addresses import absolute
from community.api.operations import AFTER, Answer, ApiRequest, Query, operation, refuse_unless_current, resource, saved
from community.api.scopes import Area
from community.paging import page_of
from community.people.contacting import Contact
from community.people.models import Person
from community.people.roles import Capability
from forums.threads.api_shapes import PostTold, post_told
from moderation.desk.customer import customer_for
from moderation.desk.forms import ClaimForm, NoteForm, SnoozeForm, VersionForm
from moderation.desk.page import ROWS_A_PAGE, item_for
from moderation.desk.timeline import newest_answer, timeline_of
from moderation.queue.lists import VIEWS, counts_for, items_in, order_of, view_named, with_all
from moderation.queue.models import Item, Note, Ordering
from moderation.queue.narrowing import FILTERS
from moderation.queue.priority import Weights, explain

TEAM = (Capability.WORK_THE_QUEUE,)


@dataclass
class Factor:
    """One term of an item's score, and why. The sum of the points of all terms is the score, and nothing else is."""

    name: str
    points: float
    reason: str


@dataclass
class ContactTold:
    """How to reach somebody, as far as it may be seen. Masked unless it was asked for with a reason."""

    email: str
    order_numbers: list[str]
    is_masked: bool


@dataclass
class CustomerTold:
    """Whom an item is about."""

    id: int
    name: str
    contact: ContactTold


@dataclass
class ItemTold:
    """A card of the queue, with the terms of its place in it."""

    id: int
    kind: str
    title: str
    state: str
    product: str | None
    thread: int | None
    customer: CustomerTold
    holder: str
    assignee: str
    waiting_since: datetime
    due_at: datetime | None
    signals: list[str]
    score: float
    factors: list[Factor]
    version: int
    url: str


@dataclass
class QueueTold:
    """A page of one view, and how many items each view holds for the key's owner."""

    view: str
    rows: list[ItemTold]
    next: str
    counts: dict[str, int]


@dataclass
class NoteTold:
    """A word of the team to itself. No customer ever sees it."""

    id: int
    author: str
    text: str
    at: datetime


@dataclass
class ItemRead:
    """An item with what was said in public, and with the team's notes."""

    item: ItemTold
    posts: list[PostTold]
    notes: list[NoteTold]


class AnswerItemForm(forms.Form):
    """A public answer. `anyway` says why it goes out although somebody else has just answered."""

    text = forms.CharField(max_length=32_000)
    anyway = forms.CharField(max_length=300, required=False)


class ReasonForm(forms.Form):
    """What contact data is needed for; it is written down."""

    reason = forms.CharField(max_length=200)


LISTS = (
    Query("view", f"which view: {', '.join(view.key for view in VIEWS)}, or one that was kept, such as kept-7"),
    Query("q", f"whatever the view: words, # and a number, or filters such as lang:de ({', '.join(FILTERS)})"),
    AFTER,
)


@operation(Area.DESK, QueueTold, query=LISTS, needs=TEAM)
def list_items(request: ApiRequest) -> QueueTold:
    """A view of the queue in its order: the same rows and numbers as on the desk."""
    query = request.GET.get("q", "").strip()[:100]
    view = view_named(request.GET.get("view", ""), request.user)
    order = order_of(view, query)
    found = items_in(view, request.user, query).select_related(None).prefetch_related(None)
    page, after = page_of(found.only("pk", order.removeprefix("-")), order, request.GET.get("after", ""), ROWS_A_PAGE)
    now, weights = timezone.now(), Ordering.objects.in_force().weights
    rows = [item_told(item, now, weights) for item in with_all([item.pk for item in page])]
    return QueueTold(view.key, rows, after, counts_for(request.user))


def item_told(item: Item, now: datetime, weights: Weights) -> ItemTold:
    """A card as the list has it; whom it is about stays masked."""
    terms = explain(item, now, weights)
    return ItemTold(
        id=item.pk,
        kind=item.kind,
        title=item.title,
        state=item.state,
        product=item.product.slug if item.product else None,
        thread=item.thread_id,
        customer=customer_told(item.customer),
        holder=item.holder.name if item.holder else "",
        assignee=item.assignee.name if item.assignee else "",
        waiting_since=item.waiting_since,
        due_at=item.due_at,
        signals=item.signals,
        score=sum(term.points for term in terms),
        factors=[Factor(term.name, term.points, str(term.reason)) for term in terms],
        version=item.version,
        url=absolute(item.get_absolute_url()),
    )


def customer_told(customer: Person) -> CustomerTold:
    """Who it is about."""
    contact = customer.contact_for(None)
    return CustomerTold(
        customer.pk, customer.name, ContactTold(contact.email, [*contact.order_numbers], contact.is_masked)
    )


def told(request: ApiRequest, item_id: int) -> Answer:
    """The item as it is now. Its ETag names the newest answer too, so that nobody answers what they have not read."""
    item = item_for(request, item_id)
    timeline = timeline_of(item)
    posts = [post_told(said.post) for said in timeline if said.post]
    notes = [note_told(said.note) for said in timeline if said.note]
    told = item_told(item, timezone.now(), Ordering.objects.in_force().weights)
    return Answer(ItemRead(told, posts, notes), version=state_of(item, newest_answer(timeline)))


def state_of(item: Item, newest: int) -> str:
    """What an agent has read when they have read the item."""
    return f"{item.version}-{newest}"


def note_told(note: Note) -> NoteTold:
    """A note as the team reads it."""
    return NoteTold(note.pk, note.author.name, note.source, note.created_at)


def current_item(request: ApiRequest, item_id: int) -> ItemRead:
    """The item as it is now, for whoever was late."""
    read: ItemRead = told(request, item_id).body
    return read


def read_by_now(request: ApiRequest, item_id: int) -> tuple[Item, int]:
    """The item and the newest answer, when `If-Match` says that the program has read both. The answer is looked for
    first: one that comes in between has moved the item on, and one that comes later is newer than what was seen."""
    newest = newest_answer(timeline_of(item_for(request, item_id)))
    item = item_for(request, item_id)
    refuse_unless_current(request, now=state_of(item, newest))
    return item, newest


@operation(Area.DESK, ItemRead, needs=TEAM, has_version=True)
def read_item(request: ApiRequest, item_id: int) -> Answer:
    """An item with what was said about it."""
    return told(request, item_id)


@operation(Area.DESK, ItemRead, form=AnswerItemForm, needs=TEAM, has_version=True, current=current_item)
def answer_item(request: ApiRequest, item_id: int) -> Answer:
    """Answer in public as the team. When a colleague was faster it is 412, with their answer in `current` and yours in
    `sent`; send it again on what is there now, with the reason in `anyway`."""
    form = AnswerItemForm(request.data)
    item, newest = read_by_now(request, item_id)
    saved(
        form,
        lambda: item.answer(
            form.cleaned_data["text"], by=request.user, seen=newest, anyway=form.cleaned_data["anyway"].strip()
        ),
    )
    return told(request, item_id)


@operation(Area.DESK, NoteTold, form=NoteForm, needs=TEAM, statuses=(201,))
def note_item(request: ApiRequest, item_id: int) -> NoteTold:
    """Tell the team something; no customer ever sees it."""
    item, form = item_for(request, item_id), NoteForm(request.data)
    note: Note = saved(form, lambda: item.note(form.cleaned_data["text"], by=request.user))
    return note_told(note)


@operation(Area.DESK, ItemRead, form=ClaimForm, needs=TEAM)
def claim_item(request: ApiRequest, item_id: int) -> Answer:
    """Take it at hand; with `take_over` and a reason also from a colleague."""
    item, form = item_for(request, item_id), ClaimForm(request.data)
    saved(form, lambda: item.claim(by=request.user, **form.cleaned_data))
    return told(request, item_id)


@operation(Area.DESK, ItemRead, needs=TEAM)
def release_item(request: ApiRequest, item_id: int) -> Answer:
    """Put it back for everybody."""
    item_for(request, item_id).release(by=request.user)
    return told(request, item_id)


@operation(
    Area.DESK, ItemRead, form=VersionForm, leave_out=("version",), needs=TEAM, has_version=True, current=current_item
)
def close_item(request: ApiRequest, item_id: int) -> Answer:
    """Nothing waits here any more."""
    form = VersionForm(request.data)
    item, _newest = read_by_now(request, item_id)
    saved(form, lambda: item.close(by=request.user, reason=form.cleaned_data["reason"], version=item.version))
    return told(request, item_id)


@operation(
    Area.DESK, ItemRead, form=SnoozeForm, leave_out=("version", "reason"), needs=TEAM, has_version=True,
    current=current_item,
)  # fmt: skip
def snooze_item(request: ApiRequest, item_id: int) -> Answer:
    """Out of the way until a moment, or for one of the usual naps; a new word of the customer wakes it earlier."""
    form = SnoozeForm(request.data)
    item, _newest = read_by_now(request, item_id)
    saved(form, lambda: item.snooze(form.cleaned_data["moment"], by=request.user, version=item.version))
    return told(request, item_id)


@operation(Area.DESK, ContactTold, form=ReasonForm, needs=(Capability.SEE_CONTACT_DATA,))
def see_contact(request: ApiRequest, person_id: int) -> ContactTold:
    """Contact data in the open. The look is written down with its reason."""
    customer, form = customer_for(request.user, person_id), ReasonForm(request.data)
    contact: Contact = saved(
        form, lambda: customer.contact_for(request.user, purpose=form.cleaned_data["reason"].strip())
    )
    return ContactTold(contact.email, [*contact.order_numbers], contact.is_masked)


api_items = resource("api_items", get=list_items)
api_item = resource("api_item", get=read_item)
api_item_answers = resource("api_item_answers", post=answer_item)
api_item_notes = resource("api_item_notes", post=note_item)
api_item_claim = resource("api_item_claim", put=claim_item, delete=release_item)
api_item_close = resource("api_item_close", post=close_item)
api_item_snooze = resource("api_item_snooze", post=snooze_item)
api_customer_contact = resource("api_customer_contact", post=see_contact)

"""Who a customer is, for programs of the team: names elsewhere, and accounts that are one person."""

from dataclasses import dataclass
from datetime import datetime

from community.api.operations import ApiRequest, operation, resource, saved
from community.api.scopes import Area
from community.people.roles import Capability
from moderation.desk.customer import accounts_seen_by, customer_for
from moderation.desk.identity_forms import HandleForm, MergeForm
from moderation.desk.knowing import handle_for, merge_for, merges_of, ways_seen_by
from moderation.identities.knowing import Way
from moderation.identities.models import Handle, Merge

TEAM, DECIDING = (Capability.WORK_THE_QUEUE,), (Capability.SUPERVISE,)


@dataclass
class WayTold:
    """One thing by which a person is known, with what speaks for it. `confidence` is per cent; 100 is a proof."""

    kind: str
    label: str
    value: str
    evidence: list[str]
    confidence: int
    account: int
    handle: int | None


@dataclass
class WaysTold:
    """Everything that leads to one person, over all their accounts. Contact data is masked."""

    accounts: list[int]
    ways: list[WayTold]


@dataclass
class HandleTold:
    """A name elsewhere. Only a sign-in proves it; what a program says is a suggestion."""

    id: int
    place: str
    name: str
    state: str
    confidence: int
    evidence: list[str]


@dataclass
class MergeTold:
    """Two accounts that are one person, or were taken for one until `undone_at`."""

    id: int
    gone: int
    kept: int
    reason: str
    at: datetime
    undone_at: datetime | None


@dataclass
class MergesTold:
    """The newest first."""

    rows: list[MergeTold]


def way_told(way: Way) -> WayTold:
    handle = way.handle.pk if way.handle else None
    return WayTold(way.kind, way.label, way.value, [*way.evidence], way.confidence, way.origin.pk, handle)


def handle_told(row: Handle) -> HandleTold:
    evidence = [reason.sentence for reason in row.reasons]
    return HandleTold(row.pk, row.place, row.name, row.state, row.confidence, evidence)


def merge_told(row: Merge) -> MergeTold:
    return MergeTold(row.pk, row.gone_id, row.kept_id, row.reason, row.created_at, row.undone_at)


@operation(Area.DESK, WaysTold, needs=TEAM)
def list_ways(request: ApiRequest, person_id: int) -> WaysTold:
    """By what a customer is known: accounts, addresses, telephone, sign-on, names elsewhere, contacts in a CRM."""
    customer = customer_for(request.user, person_id)
    accounts = [account.pk for account in accounts_seen_by(request.user, customer)]
    return WaysTold(accounts, [way_told(way) for way in ways_seen_by(request.user, customer)])


@operation(Area.DESK, HandleTold, form=HandleForm, needs=TEAM, statuses=(201,))
def suggest_handle(request: ApiRequest, person_id: int) -> HandleTold:
    """Say that somebody who writes elsewhere seems to be this customer. It stays a suggestion."""
    customer, form = customer_for(request.user, person_id), HandleForm(request.data)
    row: Handle = saved(form, lambda: form.save(customer, by=request.user, told_by="told"))
    return handle_told(row)


@operation(Area.DESK, HandleTold, needs=TEAM)
def rule_out_handle(request: ApiRequest, person_id: int, handle_id: int) -> HandleTold:
    """It is somebody else's, and is not suggested for this customer again."""
    row = handle_for(request.user, person_id, handle_id)
    row.rule_out(by=request.user)
    return handle_told(row)


@operation(Area.DESK, MergesTold, needs=TEAM)
def list_merges(request: ApiRequest, person_id: int) -> MergesTold:
    """Which accounts were said to be one person, and what of it was taken back."""
    accounts = accounts_seen_by(request.user, customer_for(request.user, person_id))
    return MergesTold([merge_told(row) for row in merges_of(accounts, request.user)])


@operation(Area.DESK, MergeTold, form=MergeForm, needs=DECIDING, statuses=(201,))
def merge_customer(request: ApiRequest, person_id: int) -> MergeTold:
    """Another account is the same person. No row moves, and it can be taken back."""
    customer, form = customer_for(request.user, person_id), MergeForm(request.data, viewer=request.user)
    row: Merge = saved(form, lambda: form.save(customer, by=request.user))
    return merge_told(row)


@operation(Area.DESK, MergeTold, needs=DECIDING)
def unmerge_customer(request: ApiRequest, person_id: int, merge_id: int) -> MergeTold:
    """They are two people after all: each has again what came by their account, before and since."""
    row = merge_for(request.user, person_id, merge_id)
    row.undo(by=request.user)
    return merge_told(row)


api_customer_ways = resource("api_customer_ways", get=list_ways)
api_customer_handles = resource("api_customer_handles", post=suggest_handle)
api_customer_handle = resource("api_customer_handle", delete=rule_out_handle)
api_customer_merges = resource("api_customer_merges", get=list_merges, post=merge_customer)
api_customer_merge = resource("api_customer_merge", delete=unmerge_customer)

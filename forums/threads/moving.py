"""Moving a thread to another product, and so perhaps to another brand."""

from django.db import transaction
from django.utils.translation import gettext as _

from community.catalogue.models import Product, ProductVersion
from community.events.recording import record
from community.events.verbs import Verb
from community.live.purging import purge
from community.people.models import Person
from community.people.roles import Capability
from community.refusals import Refusal
from forums.threads.holding import hold
from forums.threads.models import Move, Thread
from forums.threads.purging import purge_thread


@transaction.atomic
def move(
    thread: Thread,
    *,
    to: Product,
    by: Person,
    to_version: ProductVersion | None = None,
    reason: str = "",
    version: int | None = None,
) -> Move:
    """Say which product it is really about. A version of the old product goes; the move remembers it."""
    (thread,) = hold(thread, version=version)
    thread.refuse_reshaping(by)
    refuse_foreign_brand(to, by)
    if thread.merged_into_id:
        raise Refusal(_("It is merged into another thread. Move that one."), code="merged")
    if to_version and to_version.product_id != to.pk:
        raise Refusal(_("That version belongs to another product."), code="other_product", status=422)
    if to.pk == thread.product_id and to_version in {None, thread.product_version}:
        raise Refusal(_("It is about that product already."), code="same", status=422)
    row = Move.objects.create(
        thread=thread,
        from_product=thread.product,
        from_version=thread.product_version,
        to_product=to,
        to_version=to_version,
        by=by,
        reason=reason,
    )
    _place(thread, to, to_version)
    record(Verb.THREAD_MOVED, actor=by, subject=thread, source=row.from_product_id, to=to.pk, reason=reason)
    return row


@transaction.atomic
def move_back(row: Move, *, by: Person) -> None:
    """It belongs where it was."""
    (thread,) = hold(row.thread)
    thread.refuse_reshaping(by)
    if row.from_product:
        refuse_foreign_brand(row.from_product, by)
    if thread.product_id != row.to_product_id:
        raise Refusal(_("It was moved again since. Undo the later move first."), code="moved_again")
    row.mark_undone(by=by)
    _place(thread, row.from_product, row.from_version)
    record(Verb.THREAD_MOVED_BACK, actor=by, subject=thread, source=row.to_product_id, to=row.from_product_id)


def refuse_foreign_brand(product: Product, by: Person) -> None:
    """Nobody moves a thread to a brand for which they do not work."""
    brands = by.brands_for(Capability.RESHAPE_THREADS)
    if brands is not None and product.brand.slug not in brands:
        raise Refusal(_("You do not work for that brand. Ask a colleague who does."), code="wrong_brand", status=403)


def _place(thread: Thread, product: Product | None, version: ProductVersion | None) -> None:
    old = thread.surrogate_keys
    thread.product, thread.product_version = product, version
    purge_thread(thread, product=product, product_version=version)
    purge(*old)

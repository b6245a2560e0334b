"""Mail that came in, for the team: what waits for a decision, and what was ignored or given back, with the reason."""

from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from community.inbound.admitting import NEVER, admit_held
from community.inbound.models import InboundMail
from community.numbers import number_in
from community.once import once
from community.people.guards import requires
from community.people.roles import Capability

MAILS_A_PAGE = 50
STATES = {
    InboundMail.State.HELD: _("Held"),
    InboundMail.State.REJECTED: _("Given back"),
    InboundMail.State.IGNORED: _("Ignored"),
    InboundMail.State.ACCEPTED: _("Taken"),
}


@requires(Capability.WORK_THE_QUEUE, Capability.OFFER_PRIVATE_HELP)
@require_safe
def mail_list(request: HttpRequest) -> HttpResponse:
    """Mail by what became of it, the newest first."""
    state = request.GET.get("state", "")
    state = state if state in STATES else str(InboundMail.State.HELD)
    seen = InboundMail.objects.visible_to(request.user)
    counts = dict(seen.order_by().values_list("state").annotate(Count("pk")))
    found = seen.filter(state=state)
    before = number_in(request.GET.get("before", ""))
    rows = listed(found.filter(pk__lt=before) if before else found)[: MAILS_A_PAGE + 1]
    context = {
        "mails": rows[:MAILS_A_PAGE],
        "older": rows[MAILS_A_PAGE - 1].pk if len(rows) > MAILS_A_PAGE else None,
        "state": state,
        "tabs": [{"state": key, "label": name, "count": counts.get(key, 0)} for key, name in STATES.items()],
        "sees_contact": request.user.can(Capability.SEE_CONTACT_DATA),
    }
    return render(request, "moderation/escalation/mail_list.html", context)


@requires(Capability.OFFER_PRIVATE_HELP, Capability.MODERATE)
@require_POST
@once
def mail_decide(request: HttpRequest, mail_id: int) -> HttpResponse:
    """Let a held mail in, or discard it."""
    mail = get_object_or_404(InboundMail.objects.visible_to(request.user), pk=mail_id)
    if request.POST.get("decision") == "admit":
        admit_held(mail, by=request.user)
    else:
        mail.discard(by=request.user)
    return redirect("moderation:mail-list")


def listed(mails: QuerySet[Any]) -> list[Any]:
    """The newest mails as a list shows them: without the raw mail, with their places."""
    rows = list(mails.defer("raw").select_related("person").order_by("-pk")[: MAILS_A_PAGE + 1])
    for mail in rows:
        mail.found_place = mail.place
        mail.can_be_let_in = mail.found_place is not None and mail.reason not in NEVER
    return rows

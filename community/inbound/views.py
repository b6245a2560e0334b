"""A mail that came to somebody's reply address from elsewhere: its owner says whether it was theirs."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.inbound.admitting import admit_held
from community.inbound.models import InboundMail, InboundMailQuerySet
from community.inbound.receiving import ASKED_FOR
from community.once import once
from community.people.guards import signed_in


@signed_in
@require_safe
def mail_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What the mail says, from where it came, and what can be done with it."""
    mail = get_object_or_404(own_mail(request), pk=pk)
    return render(request, "community/inbound/mail_detail.html", {"mail": mail, "place": mail.place})


@signed_in
@require_POST
@once
def mail_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """It was mine: it is taken as if it had come from my address. Or it was not: it is thrown away."""
    mail = get_object_or_404(own_mail(request), pk=pk)
    if request.POST.get("decision") != "mine":
        mail.discard(by=request.user)
        messages.info(request, _("Thrown away. Nobody else has read it."))
        return redirect("community:mail-detail", pk)
    admit_held(mail, by=request.user)
    messages.success(request, _("Thank you. Your mail is in its place now."))
    place = mail.place
    return HttpResponseRedirect(place.url if place else "/")


def own_mail(request: HttpRequest) -> InboundMailQuerySet:
    """Mails to the person's own addresses of which they were asked whether they are theirs."""
    own = InboundMail.objects.owned_by(request.user)
    return own.filter(Q(state=InboundMail.State.HELD, reason__in=ASKED_FOR) | Q(decided_by=request.user))

"""Private files: a stable address that checks who asks, and an expiring link that belongs to one person."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from community.events.recording import record
from community.events.verbs import Verb
from community.files.serving import as_file
from community.people.guards import doorway, signed_in
from moderation.escalation.links import Expired, link_for, read_ticket
from moderation.escalation.models import Attachment


@doorway
@signed_in
@require_safe
def attachment_open(request: HttpRequest, key: str) -> HttpResponse:
    """Who may read the conversation gets a fresh link of their own; for everybody else there is no file."""
    attachment = Attachment.objects.visible_to(request.user).filter(key=key).first()
    if attachment is None:
        raise Http404
    return redirect(link_for(attachment, request.user))


@doorway
@require_safe
def attachment_file(request: HttpRequest, ticket: str) -> HttpResponseBase:
    """The file itself. The link works for the person it was made for, while it is fresh, and while they may read on."""
    if not request.user.is_authenticated:
        return render(request, "moderation/escalation/attachment_sign_in.html", status=401)
    try:
        read = read_ticket(ticket)
    except Expired:
        return render(request, "moderation/escalation/attachment_expired.html", status=410)
    attachment = None
    if read is not None and read[1] == request.user.pk:
        attachment = Attachment.objects.visible_to(request.user).filter(key=read[0]).first()
    if attachment is None:
        raise Http404
    if request.method == "GET":
        record(Verb.ATTACHMENT_OPENED, actor=request.user, subject=attachment)
    return as_file(attachment.file, name=attachment.name, content_type=attachment.content_type)

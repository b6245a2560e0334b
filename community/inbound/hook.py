"""The doors for mail that is pushed to us: raw MIME from a mail server, signed, or what a provider makes of it."""

import base64
import binascii
import hashlib
import hmac
import time

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from community.bodies import body_within
from community.inbound.models import InboundMail
from community.inbound.providers import NotProved, NotUnderstood, is_chosen, mails_in
from community.inbound.receiving import keep_raw
from community.inbound.tasks import read_inbound
from community.people.guards import doorway

FRESH_FOR_SECONDS = 300
LARGEST = 25 * 1024 * 1024


@doorway
@csrf_exempt
@require_POST
def email_hook(request: HttpRequest) -> HttpResponse:
    """Keep one raw mail and answer at once; a job reads it. Signed as Standard Webhooks says, over the raw body."""
    raw = body_within(request, LARGEST)
    if raw is None:
        return JsonResponse({"error": "too big"}, status=413)
    if not is_signed(request, raw, time.time()):
        return JsonResponse({"error": "bad signature"}, status=401)
    if not raw.strip():
        return JsonResponse({"error": "empty"}, status=422)
    mail = take(raw, "hook", request.headers.get("X-Envelope-To", ""))
    return JsonResponse({"id": mail.pk}, status=202)


@doorway
@csrf_exempt
@require_http_methods(["HEAD", "POST"])
def email_provider_hook(request: HttpRequest, provider: str) -> HttpResponse:
    """Keep the mails that a provider has received for us. Only the provider that was set up finds a door here."""
    if not is_chosen(provider):
        raise Http404
    if request.method == "HEAD":
        return HttpResponse()  # some look whether anybody is here before they can be set up
    raw = body_within(request, LARGEST)
    if raw is None:
        return JsonResponse({"error": "too big"}, status=413)
    request._body = raw  # read within our own limit: mails are longer than forms may be
    try:
        mails = mails_in(request, provider)
    except NotProved:
        return JsonResponse({"error": "bad signature"}, status=401)
    except NotUnderstood:
        return JsonResponse({"error": "no mail"}, status=422)
    for mail, envelope_to in mails:
        take(mail, provider, envelope_to)
    return JsonResponse({"taken": len(mails)})


@transaction.atomic
def take(raw: bytes, source: str, envelope_to: str) -> InboundMail:
    """Keep a mail, and have it read unless it was here before."""
    mail = keep_raw(raw, source=source, envelope_to=envelope_to)
    if mail.state == InboundMail.State.RECEIVED:
        read_inbound.defer(mail_id=mail.pk)
    return mail


def is_signed(request: HttpRequest, raw: bytes, now: float, secret: str | None = None) -> bool:
    """Whether one of the signatures was made with our secret (that of mails, or another), over id, moment and body."""
    secret = settings.MAIL_HOOK_SECRET if secret is None else secret
    stamp = request.headers.get("webhook-timestamp", "")
    if not secret or not stamp.isascii() or not stamp.isdigit():
        return False
    if abs(now - int(stamp[:12])) > FRESH_FOR_SECONDS:
        return False
    good = signature(request.headers.get("webhook-id", ""), stamp, raw, secret)
    given = request.headers.get("webhook-signature", "").split()[:10]
    return any(hmac.compare_digest(good.encode(), value.encode()) for value in given)


def signature(hook_id: str, stamp: str, raw: bytes, secret: str | None = None) -> str:
    """`v1,` and the HMAC-SHA256 of `id.timestamp.body` in base 64, as Standard Webhooks writes it."""
    secret = settings.MAIL_HOOK_SECRET if secret is None else secret
    try:
        key = (
            base64.b64decode(secret.removeprefix("whsec_"), validate=True)
            if secret.startswith("whsec_")
            else secret.encode()
        )
    except binascii.Error:
        key = secret.encode()
    digest = hmac.new(key, f"{hook_id}.{stamp}.".encode() + raw, hashlib.sha256).digest()
    return "v1," + base64.b64encode(digest).decode()

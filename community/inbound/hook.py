"""The door for mail that a mail server or provider pushes to us: raw MIME, signed."""

import base64
import binascii
import hashlib
import hmac
import time

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from community.inbound.models import InboundMail
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
    if int(request.headers.get("Content-Length") or 0) > LARGEST:
        return JsonResponse({"error": "too big"}, status=413)
    raw = request.read(LARGEST + 1)
    if len(raw) > LARGEST:
        return JsonResponse({"error": "too big"}, status=413)
    if not is_signed(request, raw, time.time()):
        return JsonResponse({"error": "bad signature"}, status=401)
    if not raw.strip():
        return JsonResponse({"error": "empty"}, status=422)
    with transaction.atomic():
        mail = keep_raw(raw, source="hook", envelope_to=request.headers.get("X-Envelope-To", ""))
        if mail.state == InboundMail.State.RECEIVED:
            read_inbound.defer(mail_id=mail.pk)
    return JsonResponse({"id": mail.pk}, status=202)


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

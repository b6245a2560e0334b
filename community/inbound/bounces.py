"""Mail servers say that a mail could not be delivered: the address is marked, and after two such mails left alone."""

from flufl.bounce import scan_message

from community.events.recording import record
from community.events.verbs import Verb
from community.inbound.case import IGNORED, Case, Decision
from community.inbound.origin import place_of_token
from community.notifications.addresses import read_bounce_token, tokens_in
from community.notifications.models import EmailDelivery


def bounce(case: Case) -> Decision | None:
    """A delivery report. It counts only when it came to the address that belongs to that very mail (VERP)."""
    letter = case.letter
    owners = [owner for token in tokens_in(letter.recipients) if (owner := read_bounce_token(token))]
    is_report = letter.headers.get_content_type() == "multipart/report" or letter.header("X-Failed-Recipients")
    if not owners and not is_report:
        return None
    if owners and (permanent := failed_for_good(case)):
        mark_bounced(owners[0][0], permanent)
    return Decision(IGNORED, "bounce")


def failed_for_good(case: Case) -> set[str]:
    """The addresses that the report calls dead; those in trouble for a while are not named."""
    try:
        return {address.decode("ascii", "replace").lower() for address in scan_message(case.letter.headers)}
    except Exception:  # a library that reads what anybody can send: no report is better than no mail
        return set()


def mark_bounced(delivery_pk: int, addresses: set[str]) -> None:
    """The mail that we sent there has failed; two failures in a row and we write there no more."""
    own = EmailDelivery.objects.filter(pk=delivery_pk, state=EmailDelivery.State.SENT).first()
    if own is None or own.recipient.lower() not in addresses:
        return
    own.state, own.error = EmailDelivery.State.FAILED, "bounced"
    own.save(update_fields=["state", "error"])
    place = next((found for token in tokens_in([own.reply_to]) if (found := place_of_token(token))), None)
    record(Verb.MAIL_BOUNCED, actor=None, subject=place.subject if place else own, mail=own.pk)

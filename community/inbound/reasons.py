"""Why a mail did not become what its sender meant it to be, as sentences."""

from django.conf import settings
from django.utils.translation import gettext as _


def reasons() -> dict[str, str]:
    """The sentence of each reason."""
    return {
        "duplicate": _("The same mail came in before."),
        "own_loop": _("It is one of our own mails come back."),
        "bounce": _("A mail server says that our mail could not be delivered."),
        "automatic": _("It was written by a machine, such as an out-of-office answer."),
        "looks_automatic": _("It looks like an out-of-office answer."),
        "bulk": _("It came through a mailing list or is bulk mail."),
        "no_token": _("It is not addressed to anything that is going on here."),
        "wrong_token": _("Its reply address is not one of ours, or was changed."),
        "unknown_sender": _("It came from an address that we do not know for this person."),
        "not_authentic": _("The mail server says that the sender's address is forged."),
        "suspended": _("The account of its sender is suspended."),
        "forward": _("It is a forwarded mail, and those are not taken as replies."),
        "too_many": _("More than %(most)s mails in an hour from this address.") % {"most": settings.MAILS_AN_HOUR},
        "closed": _("This was closed more than 14 days ago."),
        "too_big": _("The mail is too big."),
        "refused": _("The text could not be taken."),
        "empty": _("There were no words and no files in it."),
        "broken": _("The mail could not be read."),
        "discarded": _("Somebody looked at it and discarded it."),
    }

"""Personal data that should not be public: cards, accounts, phones, addresses, orders."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import phonenumbers
from django.conf import settings
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from stdnum import iban, luhn

from community.people.roles import Capability
from community.policy.findings import Finding, Outcome
from community.policy.ruling import Ruled, ruled

PERSONAL_DATA = ruled(
    Ruled(
        "personal_data", gettext_lazy("Private details"),
        gettext_lazy("Cards, bank accounts, phones, addresses and order numbers in what everybody can read."),
    )
)  # fmt: skip
PRIVATE_DOORS = {"note", "message", "mail_private"}
"""Where personal data may be written: the team's notes and private conversations."""
CARD = re.compile(r"(?<![\w.])(?:\d[ -]?){12,18}\d(?![\w])")
ISSUED = r"4\d{12}|4\d{15}|4\d{18}|[256]\d{15}|3[47]\d{13}|3[068]\d{12}|6\d{18}"
"""First digits and lengths of numbers that are issued, so that the number of a phone (IMEI) is none."""
IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{2,4}){3,8}\b")
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})*\.[A-Za-z]{2,24}\b")
REST_OF_NUMBER = r"\w*(?:[-/]\w+)*"
"""What hangs on to an order number: half a number behind a black bar would still tell whose order it is."""
PHONE_LIKE = re.compile(r"\+?\d[\d ()/.-]{6,}\d")
ADDRESS = re.compile(r"https?://\S+|www\.\S+|/files/[a-z]{28}/[\w.-]+")
NOT_MINE = {"example.com", "example.org", "example.net"}
"""Mail domains that stand for any, kept free by RFC 2606."""

NAMES = {
    "card": gettext_lazy("a card number"),
    "iban": gettext_lazy("a bank account"),
    "phone": gettext_lazy("a phone number"),
    "email": gettext_lazy("an e-mail address"),
    "order_number": gettext_lazy("an order number"),
}
SURE = {"card", "iban"}
"""Kinds with a check digit: nobody may keep these in public, by whatever hand."""


def personal_data(text: str, by: Any, where: str) -> Iterable[Finding]:
    """A finding for each piece of personal data in a text that would be public."""
    if where in PRIVATE_DOORS:
        return
    is_staff = by is not None and by.can(Capability.ANSWER_AS_STAFF)
    for kind, start, end in found(text):
        if is_staff and kind not in SURE:  # the team may name its own phone and address
            continue
        offers = ("black_out", "send_privately") if kind in SURE else ("black_out", "send_privately", "keep")
        yield Finding("personal_data", Outcome.REFUSE, looks_like(kind), start, end, kind, offers)


def looks_like(*kinds: str) -> str:
    """The sentence for the person, whatever the number of kinds."""
    what = get_text_list([str(NAMES[kind]) for kind in kinds], _("and"))
    return _("This looks like %(what)s, and everybody can read this page.") % {"what": what}


def found(text: str) -> Iterator[tuple[str, int, int]]:
    """Kind, start and end of each piece of personal data in a text, none inside another."""
    taken: list[tuple[int, int]] = [match.span() for match in ADDRESS.finditer(text)]
    for kind, spans in (
        ("card", cards(text)),
        ("iban", accounts(text)),
        ("email", addresses(text)),
        ("order_number", orders(text)),
        ("phone", phones(text)),
    ):
        for start, end in spans:
            if not any(start < b and a < end for a, b in taken):
                taken.append((start, end))
                yield kind, start, end


def cards(text: str) -> Iterator[tuple[int, int]]:
    """Numbers of an issued form whose check digit is right (ISO/IEC 7812, Luhn)."""
    for match in CARD.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        if re.fullmatch(ISSUED, digits) and luhn.is_valid(digits):
            yield match.span()


def accounts(text: str) -> Iterator[tuple[int, int]]:
    """International bank account numbers whose check digits are right (ISO 13616)."""
    for match in IBAN.finditer(text):
        words = match[0].split(" ")
        for count in range(len(words), 0, -1):  # a following word in capitals may have been taken along
            candidate = " ".join(words[:count])
            if iban.is_valid(candidate):
                yield match.start(), match.start() + len(candidate)
                break


def addresses(text: str) -> Iterator[tuple[int, int]]:
    """E-mail addresses, but for those that stand for any."""
    for match in EMAIL.finditer(text):
        if match[0].rpartition("@")[2].lower() not in NOT_MINE:
            yield match.span()


def orders(text: str) -> Iterator[tuple[int, int]]:
    """Order numbers of the shop, in the patterns of `ORDER_NUMBER_PATTERNS`."""
    for pattern in settings.ORDER_NUMBER_PATTERNS:
        for match in re.finditer(rf"(?:{pattern}){REST_OF_NUMBER}", text):
            yield match.span()


def phones(text: str) -> Iterator[tuple[int, int]]:
    """Phone numbers that exist, international or of `PHONE_REGION`."""
    if not PHONE_LIKE.search(text):  # the matcher is slow, and most texts have no number
        return
    leniency = phonenumbers.Leniency.STRICT_GROUPING
    for match in phonenumbers.PhoneNumberMatcher(text, settings.PHONE_REGION, leniency=leniency, max_tries=50):
        if match.raw_string.startswith(("+", "00", "0", "(")):  # without a prefix it is a serial number or a price
            yield match.start, match.end

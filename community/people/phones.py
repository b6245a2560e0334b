"""Telephone numbers as people type them, and how they are shown to those who may not see them."""

import re

import phonenumbers
from django.utils.translation import gettext as _

from community.refusals import Refusal

FILLERS = re.compile(r"[\s()./-]+")
NUMBER = re.compile(r"\+?[0-9]{6,15}")


def read_phone(text: str) -> str:
    """The number without fillers, with a plus for the country code. Raises a Refusal when nobody could call it."""
    number = FILLERS.sub("", text.replace("(0)", "").strip())
    if number.startswith("00"):
        number = "+" + number[2:]
    if not NUMBER.fullmatch(number):
        raise Refusal(_("Write the number with its country code, such as +49 30 901820."), code="phone", status=422)
    return number


def masked_phone(number: str) -> str:
    """ "+4930901820" as "+49•••20": enough to recognise one's own, too little to call."""
    return f"{number[:3]}•••{number[-2:]}" if number else ""


def grouped_phone(number: str) -> str:
    """ "+4930901820" as "+49 30 901820", as it is read out in its country; without one, as it was given."""
    try:
        found = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    if not phonenumbers.is_possible_number(found):
        return number
    return str(phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.INTERNATIONAL))

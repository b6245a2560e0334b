"""Languages: kept as codes, and called by their names wherever somebody reads or writes them."""

import re

from django.conf.locale import LANG_INFO
from django.utils.translation import get_language_info


def language_name(code: str) -> str:
    """A language as its speakers call it; what we do not know stays as it was typed."""
    try:
        return str(get_language_info(code)["name_local"])
    except KeyError:
        return code


def names_of_languages(codes: str) -> str:
    """For "en de": English, Deutsch."""
    return ", ".join(language_name(code) for code in codes.split())


def codes_in(text: str) -> list[str]:
    """The languages of a list, by their codes or by their names in English or in themselves. Raises LookupError."""
    is_list = re.search(r"[,;]", text) or text.strip().casefold() in CODES
    names = re.split(r"[,;]", text) if is_list else text.split()
    return [code_of(name.strip()) for name in names if name.strip()]


def code_of(name: str) -> str:
    """The code of one language, by any of its names."""
    try:
        return CODES[name.casefold()]
    except KeyError:
        raise LookupError(name) from None


def _known() -> dict[str, str]:
    found: dict[str, str] = {}
    for code, info in LANG_INFO.items():
        if "name" in info:
            for word in (code, info["name"], info["name_local"]):
                found.setdefault(word.casefold(), code)
    return found


CODES = _known()

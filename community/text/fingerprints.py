"""What makes texts alike although they differ: the places they lead to, the numbers they tell, their wording."""

import re
import unicodedata
import zlib
from dataclasses import dataclass

LINK = re.compile(r"(?:https?://|\bwww\.)([^\s/)>\]\"'?#]+)", re.IGNORECASE)
MAIL = re.compile(r"\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+\b")
NUMBER = re.compile(r"(?:\+?\(?\d[\s\-–—./()|~*]{0,3}){9,}\d?")
WORD = re.compile(r"[^\W\d_]{2,}")
IN_A_ROW = 4
ADDRESS = re.compile(r"[\d.:]+")
SHORTEST = 8
"""Words: shorter texts are alike by chance ("thank you, that helped")."""
BANDS = 5
"""With three, what is sold by its words alone was known two minutes after it began, when the first mails had left."""
LONGEST = 6_000


@dataclass(frozen=True)
class Fingerprint:
    """One thing that other texts may share. `label` says it to a moderator; `value` is what is compared."""

    kind: str
    label: str

    @property
    def value(self) -> str:
        """Short and of one length, whatever it stands for."""
        return f"{self.kind[0]}{zlib.crc32(self.label.encode()):08x}"


def fingerprints(text: str) -> list[Fingerprint]:
    """All of a text, each once."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST])
    places = [Fingerprint("link", label) for place in LINK.findall(plain) for label in places_of(place)]
    mails = [Fingerprint("mail", address.lower()) for address in MAIL.findall(plain)]
    numbers = [Fingerprint("number", "".join(filter(str.isdigit, number))[-15:]) for number in NUMBER.findall(plain)]
    return list(dict.fromkeys([*places, *mails, *numbers, *wordings(plain)]))


def places_of(place: str) -> list[str]:
    """Where a link leads, and the site that it is a part of: its owner has names in it without end."""
    host = place.lower().removeprefix("www.").rstrip(".")[:120]
    return [host, site_of(host)]


def site_of(host: str) -> str:
    """What somebody has registered: two labels, or three below a country's own second level (example.co.uk)."""
    name = host.partition(":")[0]
    labels = name.split(".")
    if ADDRESS.fullmatch(host) or len(labels) < 3:
        return host
    is_below = len(labels[-1]) == 2 and len(labels[-2]) <= 3
    return ".".join(labels[-3 if is_below else -2 :])


def wordings(text: str) -> list[Fingerprint]:
    """The rarest runs of four words, chosen by their hash: texts that share most of their words share some of these."""
    words = [word.casefold() for word in WORD.findall(LINK.sub(" ", MAIL.sub(" ", text)))]
    if len(words) < SHORTEST:
        return []
    runs = {" ".join(words[at : at + IN_A_ROW]) for at in range(len(words) - IN_A_ROW + 1)}
    chosen = sorted(runs, key=lambda run: zlib.crc32(run.encode()))[:BANDS]
    return [Fingerprint("words", run) for run in chosen]

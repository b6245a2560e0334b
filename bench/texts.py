"""What people of the bench write: a few texts of our own, or, with a file of real threads, theirs, shuffled."""

import gzip
import html
import json
import random
import re
from dataclasses import dataclass, field
from pathlib import Path

import nh3

from community.text.markdown import to_html

SYMPTOMS = [
    "drops every minute",
    "does not charge past 80 percent",
    "forgets its second phone",
    "hums at low volume",
    "is not found by the app",
    "restarts during calls",
    "loses the left side",
    "ignores the volume keys",
]
SINCE = [
    "since the last update",
    "when two phones are near",
    "after a night on the charger",
    "only in the car",
    "on the new tablet",
    "since I changed rooms",
]
TRIES = [
    "I have paired it again, twice.",
    "A reset did not help.",
    "The other one of the pair is fine.",
    "It worked for a year before.",
    "Support pages say nothing on this.",
]
ADVICE = [
    "Turn the newer codec off in the app, under *Sound → Connection*, then pair it again. It has been quiet since.",
    "What helped here:\n\n1. forget it on both phones\n2. hold the button for ten seconds\n3. pair the older one first",
    "Mine did it until I moved the charger away from the `2.4 GHz` access point. Try that before you send it in.",
    "The firmware notes mention this: > fixed a rare drop with two sources. Update over cable, not over the air.",
    "Same here, and the reset only helps for a day. I keep the second phone's Bluetooth off until there is a fix.",
]
TAG = re.compile(r"<[^>]*>")
Text = tuple[str, str]
"""A text as it was written, and its HTML."""


@dataclass
class Texts:
    """Titles, openings and answers to draw from."""

    titles: list[str]
    openings: list[Text]
    answers: list[Text]
    chance: random.Random = field(default_factory=lambda: random.Random(7))

    @classmethod
    def own(cls) -> "Texts":
        """Few different ones, made from parts."""
        titles = [f"{symptom} {since}" for symptom in SYMPTOMS for since in SINCE]
        openings = [
            f"It {title}. {one} {other}\n\nWhat else can I try before I return it?"
            for title in titles
            for one in TRIES
            for other in TRIES
            if one != other
        ]
        return cls(titles, [(text, to_html(text)) for text in openings], [(text, to_html(text)) for text in ADVICE])

    @classmethod
    def of(cls, file: str) -> "Texts":
        """Real ones from JSON lines (`title`, `content_html`, `answers`), as `import_threads` reads them."""
        opener = gzip.open if file.endswith(".gz") else open
        with opener(Path(file), "rt", encoding="utf-8") as lines:
            threads = [json.loads(line) for line in lines if line.strip()]
        answers = [text_of(answer["content_html"]) for thread in threads for answer in thread["answers"]]
        openings = [text_of(thread["content_html"]) for thread in threads]
        return cls([thread["title"][:180] for thread in threads], openings, answers)

    def title(self, product: str, number: int) -> str:
        return f"{product}: {self.chance.choice(self.titles)} ({number})"[:200]

    def opening(self) -> Text:
        return self.chance.choice(self.openings)

    def answer(self) -> Text:
        return self.chance.choice(self.answers)


def text_of(markup: str) -> Text:
    """The words of a post from elsewhere, and its HTML made safe."""
    words = " ".join(html.unescape(TAG.sub(" ", markup)).split())[:30_000] or "…"
    return words, nh3.clean(markup, tags={"p", "br", "ul", "ol", "li", "pre", "code", "em", "strong", "blockquote"})

"""What the senders of a wave write: four offers, each by accounts of its own, and no two texts the same.

One is known by its place, one by its place below a path, one by its words alone, one by a site with names without end.
"""

import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Offer:
    """One thing that is sold, in sentences that are put together anew for each post."""

    name: str
    opens: tuple[str, ...]
    goes_on: tuple[str, ...]
    leads_to: str

    def worded(self, chance: random.Random) -> str:
        """Another wording, with an address that nobody has had before."""
        words = " ".join(chance.sample(FILL, 4))
        where = self.leads_to.format(n=chance.randrange(10**9))
        return f"{chance.choice(self.opens)} {self.name}, {words}. {chance.choice(self.goes_on)} {where}"


WORDS = (
    "great cheap best new amazing original today order free sale deal gift offer quick bonus member fast world family "
    "friends happy smart winter summer modern price quality trust choice winner value luxury easy clever"
)
FILL = WORDS.split(" ")
OFFERS = (
    Offer(
        "miracle cable",
        ("Tired of bad sound? Get the", "All my neighbours bought the", "I could not believe it before I had the"),
        ("Eighty percent off until tonight at", "Order yours before they are gone:", "Look what they ask for it:"),
        "https://cheap-cables.example/p{n}",
    ),
    Offer(
        "royal watches",
        ("Nobody can tell them from real ones:", "My uncle imports", "Treat yourself this winter to"),
        ("The catalogue is at", "Shipping is free from", "Half of the price of any shop, see"),
        "https://www.watch-outlet.example/{n}/catalogue",
    ),
    Offer(
        "easy loan money",
        ("Get approved within minutes for", "Bad credit is no matter with", "Everybody in my family lives from"),
        ("Write to our friendly agent quickcash on the messenger and say number", "No papers, no questions, say"),
        "{n} to get your bonus",
    ),
    Offer(
        "lucky casino bonus",
        ("Win real prizes today with", "Claim your welcome package of", "I paid my rent from"),
        ("Register within the hour on", "Two hundred free spins wait at", "Only for readers of this page:"),
        "https://lucky{n}.spin-palace.example/join",
    ),
)


def offered(number: int) -> str:
    """The text of the post with this number."""
    return OFFERS[number % len(OFFERS)].worded(random.Random(number))


def earlier(count: int) -> list[str]:
    """What was taken for spam here before the wave, of the same trades and in other words: the score learns from it."""
    names = ("magic adapter", "golden watches", "instant credit", "poker bonus")
    chance = random.Random("earlier")
    return [
        f"{chance.choice(offer.opens)} {name} number {turn}: {' '.join(chance.sample(FILL, 6))}. "
        f"{chance.choice(offer.goes_on)} https://shop{turn}.example/{name.replace(' ', '-')}"
        for turn in range(count // len(OFFERS))
        for offer, name in zip(OFFERS, names, strict=True)
    ]

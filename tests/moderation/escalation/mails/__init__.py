# ruff: noqa: E501 - mails, line by line as they come
"""Replies as mail programs write them, made up for these tests: what was typed, and the whole text part."""

MARK = "--- Reply above this line / Antwort über diese Zeile ---"
OURS = f"{MARK}\n\nDora, Bluetooth answered you in private:\n\nPlease send us the serial number.\n"


def quoted(text: str = OURS) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


REPLIES: dict[str, tuple[str, str]] = {
    "gmail": (
        "It is 4711-A.\n\nThanks, Ana",
        f"It is 4711-A.\n\nThanks, Ana\n\nOn Tue, 3 Nov 2026 at 10:41, Dora <reply+x@northlight.example>\nwrote:\n\n{quoted()}\n",
    ),
    "gmail, german": (
        "Die Nummer ist 4711-A.",
        f"Die Nummer ist 4711-A.\n\nAm Di., 3. Nov. 2026 um 10:41 Uhr schrieb Dora <\nreply+x@northlight.example>:\n\n{quoted()}\n",
    ),
    "outlook": (
        "It is 4711-A.\n\nBest regards\nAna",
        f"It is 4711-A.\n\nBest regards\nAna\n\n________________________________\nFrom: Dora <reply+x@northlight.example>\nSent: Tuesday, November 3, 2026 10:41 AM\nTo: Ana\nSubject: About my Beam 2 (#5)\n\n{OURS}",
    ),
    "outlook, german": (
        "Die Nummer ist 4711-A.",
        f"Die Nummer ist 4711-A.\n\nVon: Dora <reply+x@northlight.example>\nGesendet: Dienstag, 3. November 2026 10:41\nAn: Ana\nBetreff: About my Beam 2 (#5)\n\n{OURS}",
    ),
    "outlook, french": (
        "Voici le numéro : 4711-A.",
        f"Voici le numéro : 4711-A.\n\nDe : Dora <reply+x@northlight.example>\nEnvoyé : mardi 3 novembre 2026 10:41\nÀ : Ana\nObjet : About my Beam 2 (#5)\n\n{OURS}",
    ),
    "apple mail": (
        "It is 4711-A.",
        f"It is 4711-A.\n\n> On 3. Nov 2026, at 10:41, Dora <reply+x@northlight.example> wrote:\n>\n{quoted()}\n",
    ),
    "apple mail, french": (
        "C’est 4711-A.",
        f"C’est 4711-A.\n\n> Le 3 nov. 2026 à 10:41, Dora <reply+x@northlight.example> a écrit :\n>\n{quoted()}\n",
    ),
    "apple mail, spanish": (
        "Es 4711-A.",
        f"Es 4711-A.\n\n> El 3 nov 2026, a las 10:41, Dora <reply+x@northlight.example> escribió:\n>\n{quoted()}\n",
    ),
    "thunderbird, above": ("It is 4711-A.", f"It is 4711-A.\n\nOn 03/11/2026 10:41, Dora wrote:\n{quoted()}\n"),
    "thunderbird, german, above": (
        "4711-A steht drauf.",
        f"4711-A steht drauf.\n\nAm 03.11.26 um 10:41 schrieb Dora:\n{quoted()}\n",
    ),
    "iphone": (
        "It is 4711-A\n\nSent from my iPhone",
        f"It is 4711-A\n\nSent from my iPhone\n\n> On 3 Nov 2026, at 10:41, Dora <reply+x@northlight.example> wrote:\n> \n{quoted()}\n",
    ),
    "android, no quote": ("It is 4711-A.", "It is 4711-A."),
    "signature": ("It is 4711-A.", f"It is 4711-A.\n\n-- \nAna Example\n+49 30 123\n\n{quoted()}\n"),
    "old outlook": (
        "Number: 4711-A",
        f"Number: 4711-A\n\n-----Original Message-----\nFrom: Dora\nSent: Tuesday\n\n{OURS}",
    ),
    "gmx, german": (
        "Hier: 4711-A",
        f"Hier: 4711-A\n\n-----Ursprüngliche Nachricht-----\nVon: Dora\nDatum: 3. November\n\n{OURS}",
    ),
    "web mail, marker only": ("It is 4711-A.", f"It is 4711-A.\n\n{OURS}"),
    "italian": (
        "È 4711-A.",
        f"È 4711-A.\n\nIl giorno mar 3 nov 2026 alle ore 10:41 Dora <reply+x@northlight.example> ha scritto:\n{quoted()}\n",
    ),
    "dutch": (
        "Het is 4711-A.",
        f"Het is 4711-A.\n\nOp di 3 nov. 2026 om 10:41 schreef Dora <reply+x@northlight.example>:\n{quoted()}\n",
    ),
    "polish": ("To jest 4711-A.", f"To jest 4711-A.\n\nW dniu 3.11.2026 o 10:41, Dora pisze:\n{quoted()}\n"),
    "portuguese": (
        "É 4711-A.",
        f"É 4711-A.\n\nEm ter., 3 de nov. de 2026 às 10:41, Dora <reply+x@northlight.example> escreveu:\n\n{quoted()}\n",
    ),
}

WHOLE: dict[str, tuple[list[str], str]] = {
    "thunderbird, below": (
        ["It is 4711-A, on the left cup."],
        f"On 03/11/2026 10:41, Dora wrote:\n{quoted()}\n\nIt is 4711-A, on the left cup.\n",
    ),
    "between the lines": (
        ["4711-A.", "Since Monday."],
        "On 3 Nov, Dora wrote:\n> What is the serial number?\n4711-A.\n> Since when?\nSince Monday.\n",
    ),
    "only a quote": (["> Please send us"], "> Please send us the serial number.\n"),
    "a sentence that looks like a head": (
        ["On the box it says 4711, and Dora wrote:", "the other number is gone"],
        "On the box it says 4711, and Dora wrote:\nthe other number is gone. What now?",
    ),
    "a list of dashes": (["- left: 4711", "- right: 4712"], "Here they are:\n- left: 4711\n- right: 4712\n"),
    "a lone From": (["From: the shop in Berlin"], "From: the shop in Berlin\nI bought it there."),
}
"""Replies of which nothing may be cut off."""

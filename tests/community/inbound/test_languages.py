"""Quote heads in many languages and of many programs: trimmed to what was typed, and never to nothing (G6)."""

import pytest

from community.inbound.trimming import trim

TYPED = "It is 4711-A, on the left cup."
OURS = "Ben answered your question.\n\nTurn LE Audio off."
QUOTED = "\n".join(f"> {line}".rstrip() for line in OURS.splitlines())
US = "Northlight <reply+p-1.2.x@northlight.example>"
HEADS = {
    "english, gmail": f"On Tue, Nov 3, 2026 at 10:41 AM {US} wrote:",
    "german, gmail": f"Am Di., 3. Nov. 2026 um 10:41 Uhr schrieb {US}:",
    "french, gmail": f"Le mar. 3 nov. 2026 à 10:41, {US} a écrit :",
    "spanish, gmail": f"El mar, 3 nov 2026 a las 10:41, {US} escribió:",
    "italian, gmail": f"Il giorno mar 3 nov 2026 alle ore 10:41 {US} ha scritto:",
    "dutch, gmail": f"Op di 3 nov 2026 om 10:41 schreef {US}:",
    "portuguese, gmail": f"Em ter., 3 de nov. de 2026 às 10:41, {US} escreveu:",
    "polish, gmail": f"wt., 3 lis 2026 o 10:41 {US} napisał(a):",
    "czech, gmail": f"út 3. 11. 2026 v 10:41 odesílatel {US} napsal:",
    "danish, gmail": f"Den tirs. 3. nov. 2026 kl. 10.41 skrev {US}:",
    "norwegian, gmail": f"tir. 3. nov. 2026 kl. 10:41 skrev {US}:",
    "swedish, gmail": f"Den tis 3 nov. 2026 kl 10:41 skrev {US}:",
    "finnish, gmail": f"ti 3. marrask. 2026 klo 10.41 {US} kirjoitti:",
    "hungarian, gmail": f"{US} ezt írta (időpont: 2026. nov. 3., K, 10:41):",
    "turkish, gmail": f"{US}, 3 Kas 2026 Sal, 10:41 tarihinde şunu yazdı:",
    "russian, gmail": f"вт, 3 нояб. 2026 г. в 10:41, {US}:",
    "ukrainian, gmail": f"вт, 3 лист. 2026 р. о 10:41 {US} пише:",
    "greek, gmail": f"Στις Τρί 3 Νοε 2026 στις 10:41 π.μ., ο/η {US} έγραψε:",
    "japanese, gmail": f"2026年11月3日(火) 10:41 {US}:",
    "chinese, gmail": f"{US} 于2026年11月3日周二 10:41写道：",
    "korean, gmail": f"2026년 11월 3일 (화) 오전 10:41, {US}님이 작성:",
    "arabic, gmail": f"في الثلاثاء، 3 نوفمبر 2026 في 10:41 ص تمت كتابة ما يلي بواسطة {US}:",
    "english, apple": f"> On 3 Nov 2026, at 10:41, {US} wrote:",
    "german, apple": f"> Am 03.11.2026 um 10:41 schrieb {US}:",
    "english, thunderbird": "On 03/11/2026 10:41, Northlight wrote:",
    "german, thunderbird": "Am 03.11.26 um 10:41 schrieb Northlight:",
    "french, thunderbird": "Le 03/11/2026 à 10:41, Northlight a écrit :",
}
OUTLOOK = {
    "english": ("From", "Sent", "To", "Subject"),
    "german": ("Von", "Gesendet", "An", "Betreff"),
    "french": ("De", "Envoyé", "À", "Objet"),
    "spanish": ("De", "Enviado", "Para", "Asunto"),
    "italian": ("Da", "Inviato", "A", "Oggetto"),
    "dutch": ("Van", "Verzonden", "Aan", "Onderwerp"),
    "portuguese": ("De", "Enviado", "Para", "Assunto"),
    "swedish": ("Från", "Skickat", "Till", "Ämne"),
    "polish": ("Od", "Wysłano", "Do", "Temat"),
}


def outlook(words: tuple[str, ...]) -> str:
    whole = zip(words, (US, "Tuesday, 3 November 2026 10:41", "Ana", "Bluetooth drops"), strict=True)
    return f"{TYPED}\n\n" + "\n".join(f"{name}: {value}" for name, value in whole) + f"\n\n{OURS}\n"


REPLIES = {name: f"{TYPED}\n\n{head}\n\n{QUOTED}\n" for name, head in HEADS.items()}
REPLIES |= {f"outlook, {name}": outlook(words) for name, words in OUTLOOK.items()}


def test_g6_nine_in_ten_are_trimmed_to_what_was_typed_in_more_than_15_languages():
    right = [name for name, whole in REPLIES.items() if trim(whole)[0] == TYPED]
    wrong = sorted(set(REPLIES) - set(right))
    assert len({name.replace("outlook, ", "").split(",")[0] for name in right}) >= 15
    assert len(right) >= 0.9 * len(REPLIES), wrong


@pytest.mark.parametrize("name", REPLIES)
def test_g6_no_word_of_the_author_is_ever_lost(name):
    words, _rest = trim(REPLIES[name])
    assert TYPED in words


@pytest.mark.parametrize("name", REPLIES)
def test_g6_above_our_own_line_everything_is_exact(name):
    marker = "--- Reply above this line / Antwort über diese Zeile ---"
    assert TYPED in trim(f"{REPLIES[name].rstrip()}\n")[0]
    assert trim(f"{TYPED}\n\n{marker}\n\n{OURS}\n")[0] == TYPED

"""Quote heads in many languages and of many programs: trimmed to what was typed, and never to nothing (G6)."""

import pytest

from community.inbound.devices import without_device_line
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
    "italian, apple": f"> Il giorno 3 nov 2026, alle ore 10:41, {US} ha scritto:",
    "dutch, apple": f"> Op 3 nov 2026 om 10:41 heeft {US} het volgende geschreven:",
    "portuguese, apple": f"> Em 3 de nov. de 2026, à(s) 10:41, {US} escreveu:",
    "swedish, apple": f"> 3 nov. 2026 kl. 10:41 skrev {US}:",
    "russian, apple": f"> 3 нояб. 2026 г., в 10:41, {US} написал(а):",
    "japanese, apple": f"> 2026/11/03 10:41、{US}のメール：",
    "chinese, apple": f"> 2026年11月3日 10:41，{US} 写道：",
    "turkish, apple": f"> {US} şunları yazdı (3 Kas 2026 10:41):",
    "polish, apple": f"> Wiadomość napisana przez {US} w dniu 03.11.2026, o godz. 10:41:",
    "spanish, thunderbird": "El 3/11/26 a las 10:41, Northlight escribió:",
    "italian, thunderbird": "Il 03/11/2026 10:41, Northlight ha scritto:",
    "dutch, thunderbird": "Op 03-11-2026 om 10:41 schreef Northlight:",
    "polish, thunderbird": "W dniu 3.11.2026 o 10:41, Northlight pisze:",
    "russian, thunderbird": "03.11.2026 10:41, Northlight пишет:",
    "swedish, thunderbird": "Den 2026-11-03 kl. 10:41, skrev Northlight:",
    "czech, thunderbird": "Dne 03. 11. 26 v 10:41 Northlight napsal(a):",
    "portuguese, thunderbird": "Em 03/11/2026 10:41, Northlight escreveu:",
    "danish, thunderbird": "Den 03.11.2026 kl. 10.41 skrev Northlight:",
    "finnish, thunderbird": "Northlight kirjoitti 3.11.2026 klo 10.41:",
    "hungarian, thunderbird": "2026. 11. 03. 10:41 keltezéssel, Northlight írta:",
    "turkish, thunderbird": "3.11.2026 10:41 tarihinde Northlight yazdı:",
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
    "danish": ("Fra", "Sendt", "Til", "Emne"),
    "finnish": ("Lähettäjä", "Lähetetty", "Vastaanottaja", "Aihe"),
    "czech": ("Od", "Odesláno", "Komu", "Předmět"),
    "russian": ("От", "Отправлено", "Кому", "Тема"),
    "ukrainian": ("Від", "Надіслано", "Кому", "Тема"),
    "turkish": ("Kimden", "Gönderildi", "Kime", "Konu"),
    "hungarian": ("Feladó", "Elküldve", "Címzett", "Tárgy"),
    "greek": ("Από", "Στάλθηκε", "Προς", "Θέμα"),
    "romanian": ("De la", "Trimis", "Către", "Subiect"),
    "japanese": ("差出人", "送信日時", "宛先", "件名"),
    "chinese": ("发件人", "发送时间", "收件人", "主题"),
    "korean": ("보낸 사람", "보낸 날짜", "받는 사람", "제목"),
}
PHONES = [
    "Sent from my iPhone", "Sent from Outlook for Android", "Get Outlook for iOS", "Von meinem iPhone gesendet",
    "Gesendet mit der GMX Mail App", "Outlook für Android herunterladen", "Envoyé de mon iPhone",
    "Envoyé depuis mon appareil Galaxy", "Télécharger Outlook pour iOS", "Enviado desde mi iPhone", "Inviato da iPhone",
    "Verstuurd vanaf mijn iPhone", "Verzonden vanaf mijn Galaxy", "Enviado do meu iPhone", "Skickat från min iPhone",
    "Sendt fra min iPhone", "Lähetetty iPhonesta", "Wysłane z iPhone'a", "Odesláno z iPhonu", "Отправлено с iPhone",
    "Надіслано з iPhone", "Στάλθηκε από το iPhone μου", "Trimis de pe iPhone-ul meu", "Küldve iPhone-ról",
    "iPhone'umdan gönderildi", "iPhoneから送信", "发自我的iPhone", "나의 iPhone에서 보냄", "أُرسلت من الـ iPhone",
]  # fmt: skip


def outlook(words: tuple[str, ...]) -> str:
    whole = zip(words, (US, "Tuesday, 3 November 2026 10:41", "Ana", "Bluetooth drops"), strict=True)
    return f"{TYPED}\n\n" + "\n".join(f"{name}: {value}" for name, value in whole) + f"\n\n{OURS}\n"


REPLIES = {name: f"{TYPED}\n\n{head}\n\n{QUOTED}\n" for name, head in HEADS.items()}
REPLIES |= {f"outlook, {name}": outlook(words) for name, words in OUTLOOK.items()}


def test_g6_all_are_trimmed_to_what_was_typed_in_more_than_15_languages():
    right = [name for name, whole in REPLIES.items() if trim(whole)[0] == TYPED]
    assert sorted(set(REPLIES) - set(right)) == []
    for program, languages in (("gmail", 20), ("apple", 11), ("thunderbird", 14), ("outlook", 20)):
        assert len([name for name in right if program in name]) >= languages, program


@pytest.mark.parametrize("line", PHONES)
def test_g6_the_line_of_a_phone_is_nobodys_words(line):
    assert without_device_line(f"{TYPED}\n\n{line}") == TYPED
    assert without_device_line(line) == line, "never nothing"


OWN_WORDS = {
    "fields of one's own": "Firmware: 3.2\nPhone: Pixel 9\nSince: Monday\nWhat now?",
    "an address and a time": "Shop: Ana <ana@example.org>\nI called them at 10:41.\nThey said: write to us.",
    "a verb at the end": "Eilen klo 10.41 kuuloke kirjoitti:\nERROR 5\nMitä nyt?",
    "a phone in a sentence": "It was sent from my iPhone to the shop, and they never answered.",
}


@pytest.mark.parametrize("name", OWN_WORDS)
def test_g6_what_only_looks_like_a_head_stays(name):
    assert trim(OWN_WORDS[name])[0] == OWN_WORDS[name]
    assert without_device_line(OWN_WORDS[name]) == OWN_WORDS[name]


@pytest.mark.parametrize("name", REPLIES)
def test_g6_no_word_of_the_author_is_ever_lost(name):
    words, _rest = trim(REPLIES[name])
    assert TYPED in words


@pytest.mark.parametrize("name", REPLIES)
def test_g6_above_our_own_line_everything_is_exact(name):
    marker = "--- Reply above this line / Antwort über diese Zeile ---"
    assert TYPED in trim(f"{REPLIES[name].rstrip()}\n")[0]
    assert trim(f"{TYPED}\n\n{marker}\n\n{OURS}\n")[0] == TYPED

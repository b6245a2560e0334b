"""The line that a phone puts under every mail ("Sent from my iPhone"): nobody wrote it, so it is not published."""

import re

LINE = re.compile(
    r"\n[ \t]*(sent from (my|mail for|outlook|yahoo|proton)|get outlook for|von meinem .{2,40} gesendet|"
    r"gesendet (mit|von) |"
    r"envoyé (de|depuis) (mon|l)|enviado (desde|do) (mi|meu)|inviato da|"
    r"(verzonden|verstuurd) (vanaf|met) mijn|skickat från min|"
    r"sendt fra min|lähetetty|wysłane z|odesláno z|отправлено с|надіслано з|iphone'umdan gönderildi|iphoneから送信|"
    r"στάλθηκε από το|trimis de pe|küldve |أُ?رسلت من|"
    r"télécharge[rz] outlook pour|obtener outlook para|scarica outlook per|hämta outlook för|hent outlook til|"
    r"outlook (für|voor) .{2,20} (herunterladen|beziehen|downloaden)|"
    r"发自我的|從我的|나의 iphone에서 보냄)[^\n]{0,60}\s*\Z",
    re.IGNORECASE,
)


def without_device_line(words: str) -> str:
    """The words without that line; never nothing."""
    shorter = LINE.sub("", f"\n{words.strip()}").strip()
    return shorter or words

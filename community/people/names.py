"""Names that people may choose: readable, unmistakable, and not ours."""

import re
import unicodedata

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LONGEST, SHORTEST = 40, 2
SHAPE = re.compile(r"[^\W_][\w.-]*", re.UNICODE)
RESERVED = frozenset(
    re.findall(
        r"\w+",
        """about abuse account admin administrator all anonymous api bot ceo community contact demo desk everyone
        feedback guest help here hostmaster info legal live login mail me member mod moderation moderator new nobody
        noreply null official owner postmaster privacy root sales security settings signup site staff support sysadmin
        system team undefined webmaster www you""",
    )
)
LOOKALIKES = str.maketrans("аеорсухіјѕԁһкмтвнгαορυνικτ01345", "aeopcyxijsdhkmtbhraopuviktoleas")
SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE")
HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"}


def clean_name(name: str) -> str:
    """The name as it is kept (NFKC), or a ValidationError with a sentence that says what to change."""
    if any(unicodedata.category(letter) in HIDDEN for letter in name):
        sentence = _("A name is one word here, without spaces. A dot or a dash can stand between two: gerda.m")
        raise ValidationError(sentence, code="hidden")
    name = unicodedata.normalize("NFKC", name)
    if not SHORTEST <= len(name) <= LONGEST:
        raise ValidationError(_("A name has 2 to 40 characters."), code="length")
    if not SHAPE.fullmatch(name):
        raise ValidationError(_("Letters, digits and . - _ please, and a letter or digit first."), code="shape")
    if len(scripts_of(name)) > 1:
        raise ValidationError(_("Please keep to the letters of one alphabet."), code="mixed")
    if is_reserved(name):
        raise ValidationError(_("This name is kept for the team. Please choose another."), code="reserved")
    return name


def scripts_of(name: str) -> set[str]:
    """The alphabets, of those that are easily mistaken for each other, whose letters the name uses."""
    words = [unicodedata.name(letter, "").split(" ")[0] for letter in name if letter.isalpha()]
    return {word for word in words if word in SCRIPTS}


def is_reserved(name: str) -> bool:
    """Whether the name, or what it looks like, is one of ours."""
    key = re.sub(r"[._-]+", "", name.casefold())
    ours = RESERVED | {word for word in re.findall(r"\w+", settings.SITE_NAME.casefold()) if len(word) > 2}
    looks = key.translate(LOOKALIKES)
    return any(form in ours or form.rstrip("0123456789") in ours for form in (key, looks))

"""Places in reply templates that stand for something of the thread. One that is left open does not go out."""

import re
from collections.abc import Collection

from django.utils.translation import gettext as _

from community.refusals import Refusal

PLACE = re.compile(r"\{(name|product|version|title|me|site)\}")


def refuse_blanks(source: str, canned: Collection[int]) -> None:
    """Raise a Refusal when a text that was begun with a template still has an open place in it."""
    if canned and (left := list(dict.fromkeys(place[0] for place in PLACE.finditer(source)))):
        sentence = _("Fill in %(places)s first: the thread does not say it.") % {"places": ", ".join(left)}
        raise Refusal(sentence, code="blank", status=422)

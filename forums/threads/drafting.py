"""Keeping a text that could not be published, without losing what the person had begun in the same place."""

from contextlib import suppress

from community.people.models import Person
from community.refusals import Refusal
from forums.threads.models import Draft


def keep_beside(text: str, *, by: Person, place: str) -> None:
    """The text becomes the person's draft there; below what they had begun, when there is room for both."""
    begun = Draft.objects.visible_to(by).filter(place=place).first()
    if not text.strip() or (begun and text in begun.text):
        return
    texts = [f"{begun.text}\n\n{text}", text] if begun and begun.text.strip() else [text]
    for words in texts:
        with suppress(Refusal):
            Draft.objects.keep(by=by, place=place, text=words, title=begun.title if begun else "", seen=None)
            return

"""A picture of one's own, as it is put up."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.events.models import Event
from community.events.verbs import Verb
from community.people.models import Person
from community.people.silencing import Silence
from community.profiles.photos import clean_photo
from community.refusals import Refusal

MOST_AN_HOUR = 10


class PictureForm(forms.Form):
    """One file: a photo or a drawing, of which a square is kept."""

    picture = forms.FileField(
        label=_("A picture"),
        help_text=_("JPEG, PNG or WebP, up to 5 MB. We keep a small square of its middle, without place or time."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_picture(self) -> ContentFile:
        """Who may publish nothing for now shows no new picture either, and nobody keeps the site drawing."""
        if silence := Silence.objects.longest_of(self.person):
            raise Refusal(silence.sentence, code="silenced", status=403)
        since = timezone.now() - timedelta(hours=1)
        done = Event.objects.filter(
            verb=Verb.PICTURE_CHANGED, details__is_up=True, actor=self.person, created_at__gt=since
        ).count()
        if done >= MOST_AN_HOUR:
            sentence = _("That was ten pictures in an hour. Try again later.")
            raise Refusal(str(sentence), code="too_many", status=429, retry_after=3600)
        return clean_photo(self.cleaned_data["picture"])

    def save(self) -> None:
        """Put it up."""
        self.person.put_up_picture(self.cleaned_data["picture"], by=self.person)

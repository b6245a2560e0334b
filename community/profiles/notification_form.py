"""The form of what one hears of: every kind with its ways, and the rhythm of the mails."""

from datetime import time
from typing import Any

from django import forms
from django.db import transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from community.notifications.kinds import DIGEST
from community.notifications.models import Preference, Rhythm
from community.notifications.pacing import pace_of, pushes_a_day, rhythm_of
from community.notifications.preferences import Wish, wish, wish_for, wishes_of
from community.notifications.push_keys import site_keys
from community.notifications.replaying import Preview, last_week

NEVER = "never"
CLOCK = {"type": "time"}


class RhythmForm(forms.Form):
    """How many mails a day, when the digest comes, and when it is quiet."""

    daily_cap = forms.IntegerField(
        label=_("Mails a day, at most"),
        min_value=1,
        max_value=50,
        help_text=_("Whatever is more comes in one digest, which is the last of them."),
    )
    push_cap = forms.IntegerField(
        label=_("Messages on each device a day, at most"),
        min_value=1,
        max_value=200,
        help_text=_(
            "The last one says that there is more. What concerns your account or your own case is not counted."
        ),
    )
    digest = forms.ChoiceField(
        label=_("Digest"),
        choices=[
            (Rhythm.Digest.DAILY, _("every day")),
            (Rhythm.Digest.WEEKLY, _("every Monday")),
            (NEVER, _("never; what is too much stays in the tray")),
        ],
    )
    digest_at = forms.TimeField(label=_("Digest at"), widget=forms.TimeInput(attrs=CLOCK, format="%H:%M"))
    is_quiet = forms.BooleanField(label=_("Quiet hours"), required=False)
    quiet_from = forms.TimeField(
        label=_("Quiet from"), required=False, widget=forms.TimeInput(attrs=CLOCK, format="%H:%M")
    )
    quiet_until = forms.TimeField(
        label=_("Quiet until"), required=False, widget=forms.TimeInput(attrs=CLOCK, format="%H:%M")
    )

    def __init__(self, *args: Any, has_push: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_push:
            del self.fields["push_cap"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("is_quiet") and not (data.get("quiet_from") and data.get("quiet_until")):
            self.add_error("quiet_until", _("Say from when until when."))
        return data


class NotificationForm:
    """All of it, as it was chosen before or as it was sent."""

    def __init__(self, person: Any, sent: Any = None) -> None:
        self.person, self.sent = person, sent
        self.has_push = site_keys() is not None if sent is None else "push_cap" in sent
        self.rhythm = RhythmForm(sent, initial=self._chosen(), has_push=self.has_push)

    def _chosen(self) -> dict[str, Any]:
        chosen = rhythm_of(self.person)
        digest = chosen.digest if wish_for(self.person, DIGEST).mail else NEVER
        return {
            "daily_cap": chosen.daily_cap,
            "push_cap": pushes_a_day(chosen),
            "digest": digest,
            "digest_at": chosen.digest_at,
            "is_quiet": chosen.quiet_from is not None,
            "quiet_from": chosen.quiet_from or time(22),
            "quiet_until": chosen.quiet_until or time(8),
        }

    @cached_property
    def wishes(self) -> list[Wish]:
        """What is wanted of each kind."""
        before = wishes_of(self.person)
        return before if self.sent is None else [self._sent(one) for one in before]

    def _sent(self, before: Wish) -> Wish:
        key, by_mail = before.kind.key, self.sent.get(f"mail-{before.kind.key}", NEVER)
        is_mailed = before.kind.mail
        return Wish(
            before.kind,
            mail=is_mailed and by_mail == "now",
            tray=f"tray-{key}" in self.sent,
            digest=is_mailed and by_mail == "digest",
            push=f"push-{key}" in self.sent if self.has_push else before.push,
        )

    def is_valid(self) -> bool:
        return self.rhythm.is_valid()

    def _rhythm(self) -> Rhythm:
        data = self.rhythm.cleaned_data if self.sent is not None else self._chosen()
        return Rhythm(
            person=self.person,
            daily_cap=data["daily_cap"],
            push_cap=data["push_cap"] if self.has_push else rhythm_of(self.person).push_cap,
            digest=Rhythm.Digest.DAILY if data["digest"] == NEVER else data["digest"],
            digest_at=data["digest_at"],
            quiet_from=data["quiet_from"] if data["is_quiet"] else None,
            quiet_until=data["quiet_until"] if data["is_quiet"] else None,
        )

    @property
    def has_digest(self) -> bool:
        """Whether a digest is wanted."""
        chosen = self.rhythm.cleaned_data if self.sent is not None else self.rhythm.initial
        return bool(chosen["digest"] != NEVER)

    def preview(self) -> Preview:
        """What last week would have been with these settings."""
        return last_week(self.person, self.wishes, pace_of(self.person, self._rhythm(), has_digest=self.has_digest))

    @transaction.atomic
    def save(self) -> None:
        """Keep it."""
        for one in self.wishes:
            wish(self.person, one.kind.key, mail=one.mail, tray=one.tray, digest=one.digest, push=one.push)
        Preference.objects.update_or_create(
            person=self.person, kind=DIGEST, defaults={"mail": self.has_digest, "tray": True}
        )
        rhythm = self._rhythm()
        fields = ("daily_cap", "push_cap", "digest", "digest_at", "quiet_from", "quiet_until")
        Rhythm.objects.update_or_create(person=self.person, defaults={name: getattr(rhythm, name) for name in fields})

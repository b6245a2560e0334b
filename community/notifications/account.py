"""The adapter that allauth uses: the rules of `people`, and mails that leave like all others."""

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.notifications.account_letters import LETTERS
from community.notifications.devices import forget_of_sessions
from community.notifications.mailing import queue_mail
from community.notifications.notifying import notify
from community.people.adapter import PeopleAdapter
from community.people.models import Person

REASON_OWN = _("You get this because it concerns the safety of your account.")
REASON_TYPED = _("You get this because somebody typed this address at our site.")


class AccountAdapter(PeopleAdapter):
    """Writes account mails as rows, so that known and unknown addresses take the same time to answer."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        letter = LETTERS[template_prefix]
        person = context.get("user") or Person.objects.filter(email__iexact=email).first()
        if letter.is_change and person:
            notify(person, "security", url=reverse(letter.url_name), text=letter.opening)
        queue_mail(
            "account",
            to=email,
            key=f"account-{uuid4().hex}",
            subject=letter.subject,
            reason=REASON_OWN if person else REASON_TYPED,
            language=person.locale if person else "",
            is_secret=letter.is_secret,
            context={
                "opening": letter.opening,
                "closing": letter.closing,
                "code": context.get("code", ""),
                "url": settings.SITE_URL + reverse(letter.url_name) if letter.url_name else "",
                "button": letter.button,
            },
        )

    def logout(self, request: HttpRequest) -> None:
        """Signing out of a browser also turns it off for notifications; being signed out after a while does not."""
        forget_of_sessions([request.session.session_key or ""])
        super().logout(request)

"""The adapter that allauth uses: the rules of `people`, and mails that leave like all others."""

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.urls import reverse

from community.notifications.account_letters import LETTERS
from community.notifications.mailing import queue_mail
from community.people.adapter import PeopleAdapter
from community.people.models import Person


class AccountAdapter(PeopleAdapter):
    """Writes account mails as rows, so that known and unknown addresses take the same time to answer."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        letter = LETTERS[template_prefix]
        person = context.get("user") or Person.objects.filter(email__iexact=email).first()
        queue_mail(
            "account",
            to=email,
            key=f"account-{uuid4().hex}",
            subject=letter.subject,
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

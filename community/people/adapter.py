"""How allauth's sign-up and sign-in follow our rules: names, suspensions, and limits that answer 429."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from community.people.arrivals import Arrival
from community.people.crisis import Crisis
from community.people.disposable import is_disposable
from community.people.joining import welcome
from community.people.models import Person, name_key
from community.people.names import clean_name
from community.refusals import Refusal

WAIT = 300


class PeopleAdapter(DefaultAccountAdapter):
    """The rules of an account. Its mails are sent by the adapter of `notifications`."""

    def clean_username(self, username: str, shallow: bool = False) -> str:
        """A readable name that nobody else has in any spelling."""
        name = clean_name(username)
        if not shallow and Person.objects.holding(name).exists():
            raise self.validation_error("username_taken")
        return name

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody joins while crisis mode says so."""
        return not Crisis.objects.in_force().filter(pauses_sign_up=True).exists()

    def clean_email(self, email: str) -> str:
        """Mailboxes for an hour are refused where the site wants that."""
        if settings.DISPOSABLE_MAIL == "refuse" and is_disposable(email.rpartition("@")[2]):
            raise ValidationError(_("This mailbox is for an hour only. Please use one that you keep."))
        return str(super().clean_email(email))

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        """A new account. Of two people who took the same name in the same moment, one is asked for another."""
        try:
            with transaction.atomic():
                person = super().save_user(request, user, form, commit)
                if commit:
                    Arrival.objects.note(person, request)
                    welcome(person)
                return person
        except IntegrityError as error:
            raise Refusal(_("Somebody just took this name. Please choose another."), code="name_taken") from error

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Too many failed tries, for one account or from one place, wait."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as error:
            sentence = _("Too many tries. Please wait five minutes, or sign in with a code by e-mail.")
            raise Refusal(sentence, code="too_many_tries", status=429, retry_after=WAIT) from error

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """One account is one count, whether it is named by address or by name, in whatever spelling."""
        login = credentials.get("email") or credentials.get("username") or ""
        known = Person.objects.filter(Q(email__iexact=login) | Q(username_key=name_key(login)[:80])).first()
        return f"person:{known.pk}" if known else f"name:{name_key(login)}"

    def pre_login(self, request: HttpRequest, user: Any, **hooks: Any) -> HttpResponse | None:
        """Suspended people do not come in, and are told until when."""
        suspension = user.suspensions.in_force().order_by("-until").first() if user.is_active else None
        if suspension is None:
            return super().pre_login(request, user, **hooks)
        messages.error(request, suspension.sentence)
        return HttpResponseRedirect(reverse("account_login"))

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """An account that is closed or suspended."""
        suspension = user.suspensions.in_force().first()
        messages.error(request, suspension.sentence if suspension else _("This account is closed."))
        return HttpResponseRedirect(reverse("account_login"))

"""Who is signed in: asked at every request and every socket, so that a suspension counts at once."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from community.people.models import Person


class SignedInBackend(AuthenticationBackend):
    """allauth's sign-in; a session of somebody suspended or closed is nobody's."""

    def get_user(self, user_id: Any) -> Person | None:
        return Person.objects.active().not_suspended().filter(pk=user_id).first()

    def _authenticate(self, request: Any, **credentials: Any) -> Person | None:
        """An address is tried once, not also as a name: a second computation would tell that the account exists."""
        if credentials.get("username") == credentials.get("email"):
            credentials.pop("username", None)
        person: Person | None = super()._authenticate(request, **credentials)
        return person

"""Who is signed in: asked at every request and every socket, so that a suspension counts at once."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from community.people.models import Person


class SignedInBackend(AuthenticationBackend):
    """allauth's sign-in; a session of somebody suspended or closed is nobody's."""

    def get_user(self, user_id: Any) -> Person | None:
        return Person.objects.active().not_suspended().filter(pk=user_id).first()

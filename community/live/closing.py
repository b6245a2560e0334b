"""Sockets close with what they stood for: signing out, a revoked session, a changed password."""

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_out
from django.db.models.signals import post_delete
from django.dispatch import receiver

from community.live.broadcasting import close_sockets


@receiver(user_logged_out)
def close_what_the_session_opened(user: Any = None, request: Any = None, **_: Any) -> None:
    """Signed out in one browser: its pages go quiet, other browsers stay."""
    if user is not None and request is not None and request.session.session_key:
        close_sockets(user, session_key=request.session.session_key)


@receiver(post_delete, sender=UserSession)
def close_what_a_revoked_session_opened(instance: UserSession, **_: Any) -> None:
    """The session was ended from the list of sessions, or swept away."""
    close_sockets(None, session_key=instance.session_key)


@receiver([password_changed, password_reset, password_set])
def close_all_of_theirs(user: Any, **_: Any) -> None:
    """A new password: whoever still listens with the old one is gone."""
    close_sockets(user)

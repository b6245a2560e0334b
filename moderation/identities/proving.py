"""Somebody signs in by an account elsewhere: that proves their name there, and taking the account away unproves it."""

from typing import Any

from allauth.account.signals import user_signed_up
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.signals import social_account_added, social_account_removed, social_account_updated
from django.dispatch import receiver

from community.refusals import Refusal
from moderation.identities.models import Handle
from moderation.identities.models.handle import clean_handle, clean_place

NAMES = ("preferred_username", "username", "nickname", "login", "screen_name")
"""Where identity providers say what somebody is called there."""


def name_at(account: SocialAccount) -> tuple[str, str] | None:
    """The place and the name that an account elsewhere proves; None when it tells no name."""
    told = account.extra_data if isinstance(account.extra_data, dict) else {}
    inner = told.get("userinfo")
    told = {**told, **inner} if isinstance(inner, dict) else told
    names = [name for name in map(told.get, NAMES) if isinstance(name, str) and name.strip()]
    try:
        return (clean_place(account.provider), clean_handle(names[0])) if names else None
    except Refusal:  # a provider's name that is none of ours
        return None


@receiver([social_account_added, social_account_updated])
def prove_name(sociallogin: Any, **_: Any) -> None:
    """They connected it, or signed in with it again."""
    if found := name_at(sociallogin.account):
        Handle.objects.prove(sociallogin.account.user, *found)


@receiver(user_signed_up)
def prove_name_of_newcomer(user: Any, sociallogin: Any = None, **_: Any) -> None:
    """They joined by it."""
    if sociallogin is not None and (found := name_at(sociallogin.account)):
        Handle.objects.prove(user, *found)


@receiver(social_account_removed)
def unprove_name(socialaccount: SocialAccount, **_: Any) -> None:
    """They took it away from their account here."""
    if found := name_at(socialaccount):
        Handle.objects.unprove(socialaccount.user, *found)

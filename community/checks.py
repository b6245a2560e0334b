"""What `manage.py check` says about a configuration before visitors find out."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from community.notifications.push_keys import site_keys

MOST_PROXIES = 5


@register(Tags.security)
def trusted_proxies(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """The number of proxies in front decides whose address is believed when sign-ins are limited."""
    count = settings.TRUSTED_PROXY_COUNT
    if 0 <= count <= MOST_PROXIES:
        return []
    return [
        Error(
            f"TRUSTED_PROXY_COUNT is {count}, but the number of proxies in front is between 0 and {MOST_PROXIES}.",
            hint="Count the proxies that you run yourself and that set X-Forwarded-For.",
            id="community.E001",
        )
    ]


@register(Tags.security)
def push_key(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """The key by which push services know this site is 32 bytes, written as `manage.py push_keys` writes them."""
    try:
        site_keys()
    except ValueError:
        hint = "Run manage.py push_keys, and set what it prints."
        return [Error("PUSH_PRIVATE_KEY is no key.", hint=hint, id="community.E002")]
    return []


@register(Tags.security, deploy=True)
def production_needs(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """What production cannot do without."""
    rules = [
        (settings.PRODUCTION, "PRODUCTION is off.", "Set PRODUCTION=true.", "W001"),
        (settings.REDIS_URL, "REDIS_URL is not set: live updates reach one process only.", "Set REDIS_URL.", "W002"),
        (settings.SITE_URL.startswith("https://"), "SITE_URL is not https.", "Set SITE_URL=https://…", "W003"),
        (
            settings.TRUSTED_PROXY_COUNT > 0,
            "TRUSTED_PROXY_COUNT is 0, but granian is meant to stand behind a proxy that speaks TLS.",
            "Set TRUSTED_PROXY_COUNT=1 when one proxy stands in front.",
            "W004",
        ),
        (settings.EMAIL_URL, "EMAIL_URL is not set: mail is written to files.", "Set EMAIL_URL.", "W005"),
    ]
    return [Warning(what, hint=hint, id=f"community.{code}") for holds, what, hint, code in rules if not holds]

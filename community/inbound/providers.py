"""Mail that a provider's service receives for us and posts to us, each in its own shape; django-anymail reads them.

Whatever the shape, what comes out is a mail, and goes the one way that every mail goes. Who proves themselves how is
the provider's choice: by a signature over the message, or by a name and password in the address that is set up there.
"""

import logging
import warnings
from collections.abc import Callable

from anymail.exceptions import AnymailInsecureWebhookWarning, AnymailWebhookValidationFailure
from anymail.webhooks.base import AnymailBaseWebhookView
from anymail.webhooks.mailersend import MailerSendInboundWebhookView
from anymail.webhooks.mailgun import MailgunInboundWebhookView
from anymail.webhooks.mailjet import MailjetInboundWebhookView
from anymail.webhooks.mandrill import MandrillCombinedWebhookView
from anymail.webhooks.postal import PostalInboundWebhookView
from anymail.webhooks.postmark import PostmarkInboundWebhookView
from anymail.webhooks.sparkpost import SparkPostInboundWebhookView
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest

log = logging.getLogger(__name__)
NO_MAIL = (AssertionError, AttributeError, ImproperlyConfigured, LookupError, OverflowError, TypeError, ValueError)
Reader = Callable[[str], AnymailBaseWebhookView]


class NotProved(Exception):
    """Whoever sent this is not shown to be the provider."""


class NotUnderstood(Exception):
    """It is the provider, and says something that is no mail to us."""


def with_password(view: type[AnymailBaseWebhookView]) -> Reader:
    """A provider that signs nothing: `name:password` stands in the address to which it posts."""
    return lambda secret: view(basic_auth=[secret])


# Those whose message is whole: where parts would have to be fetched from the provider, one fetches mail from a mailbox.
PROVIDERS: dict[str, Reader] = {
    "mailersend": lambda secret: MailerSendInboundWebhookView(inbound_secret=secret),
    "mailgun": lambda secret: MailgunInboundWebhookView(webhook_signing_key=secret),
    "mailjet": with_password(MailjetInboundWebhookView),
    "mandrill": lambda secret: MandrillCombinedWebhookView(
        webhook_key=secret, webhook_url=f"{settings.SITE_URL}/hooks/email/mandrill/"
    ),
    "postal": lambda secret: PostalInboundWebhookView(webhook_key=secret),
    "postmark": with_password(PostmarkInboundWebhookView),
    "sparkpost": with_password(SparkPostInboundWebhookView),
}


def is_chosen(provider: str) -> bool:
    """Whether this provider's door is open: it is the one that was set up, with its secret."""
    return provider in PROVIDERS and provider == settings.MAIL_PROVIDER and bool(settings.MAIL_PROVIDER_SECRET)


def mails_in(request: HttpRequest, provider: str) -> list[tuple[bytes, str]]:
    """The mails that a provider's message brings: each as raw MIME, and to whom it was addressed on its way."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", AnymailInsecureWebhookWarning)  # `is_chosen` insists on a secret
        view = PROVIDERS[provider](settings.MAIL_PROVIDER_SECRET)
    view.setup(request)
    try:
        view.run_validators(request)
    except (AnymailWebhookValidationFailure, UnicodeError) as error:
        raise NotProved(str(error)) from error
    try:
        events = view.parse_events(request)
        return [(event.message.as_bytes(), event.message.envelope_recipient or "") for event in events if event.message]
    except NO_MAIL as error:
        log.warning("not understood", extra={"provider": provider, "error": type(error).__name__})
        raise NotUnderstood(str(error)) from error

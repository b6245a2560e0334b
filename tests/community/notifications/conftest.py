"""A real mail server for the tests of mails."""

import pytest
from django.test import Client

from tests.live_site import free_port
from tests.smtp import Sink, mail_server

PORT = free_port()


@pytest.fixture
def sink(settings) -> Sink:
    """Mails go out through SMTP to this one."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", PORT
    with mail_server(PORT) as running:
        yield running


@pytest.fixture
def client_with_csrf() -> Client:
    """A program without cookies, against the site's real protection."""
    return Client(enforce_csrf_checks=True)

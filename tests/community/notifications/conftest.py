"""A real mail server for the tests of mails, and a push service for those of devices."""

import pytest
from django.test import Client
from django.urls import reverse

from community.notifications.push_keys import site_keys
from tests.cast import Cast
from tests.community.notifications.days import paced
from tests.community.notifications.push_service import FakeBrowser, FakePushService
from tests.live_site import free_port
from tests.smtp import Sink, mail_server

PORT = free_port()
PHONE = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"


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


@pytest.fixture
def service(settings):
    settings.PUSH_MAY_REACH_INSIDE = True
    running = FakePushService(site_keys().public)
    yield running
    running.stop()


@pytest.fixture
def anas_phone(cast: Cast, service, client) -> FakeBrowser:
    """Ana turned her phone on; she has no quiet hours."""
    paced(cast.ana)
    browser = service.browser()
    client.force_login(cast.ana)
    assert client.post(reverse("community:device-on"), browser.fields, headers={"User-Agent": PHONE}).status_code == 200
    return browser

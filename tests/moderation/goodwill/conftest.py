"""The same receiver of webhooks as the CRM's own tests."""

from tests.moderation.crm.conftest import quick, receiver, webhook  # noqa: F401 - fixtures

"""What tests of the customers' wing may ask for."""

import pytest

from tests.scenes import BODY, TITLE


@pytest.fixture
def typed(cast):
    """A question as its form sends it."""
    return {
        "title": TITLE,
        "text": BODY,
        "product": cast.beam2.pk,
        "product_version": cast.fw32.pk,
        "tags": "bluetooth",
        "environment": "iPhone 15",
    }

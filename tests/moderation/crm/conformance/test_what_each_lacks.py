"""What a system does not offer is said in the page about connectors, and the connectors say the same of themselves."""

from pathlib import Path

import pytest

from moderation.crm.connectors import kinds
from tests.moderation.crm.conformance.sides import LACKS

PAGE = Path(__file__).parents[4] / "docs" / "connectors.md"


def test_ac_crm_7_every_connector_is_held_to_the_contract():
    assert set(LACKS) == set(kinds())


@pytest.mark.parametrize("kind", LACKS)
def test_what_it_does_not_offer_stands_in_the_page_about_connectors(kind):
    (row,) = [
        line for line in PAGE.read_text().splitlines() if line.startswith(f"| {kinds()[kind].label.split(' ')[0]} |")
    ]
    assert {word.strip() for word in row.split("|")[2].split(",")} == LACKS[kind]

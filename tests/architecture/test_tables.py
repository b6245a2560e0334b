"""Every table for a spreadsheet goes through the one place that takes the formulas out of it."""

from tests.architecture.tree import Source, product

ONE_PLACE = "community/spreadsheets.py"


def writers(sources: list[Source]) -> list[str]:
    """Files that write tables by themselves."""
    return [
        one.path for one in sources if ("csv.writer" in one.text or "DictWriter" in one.text) and one.path != ONE_PLACE
    ]


def test_ac_crm_6_no_export_writes_its_cells_past_the_neutralising():
    assert writers(product()) == []


def test_the_rule_notices():
    assert writers([Source("forums/x.py", "csv.writer(response)"), Source(ONE_PLACE, "csv.writer(line)")]) == [
        "forums/x.py"
    ]

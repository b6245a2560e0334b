"""Scenes before a moderator, by the pages that she uses."""

from moderation.flags.models import Case, HouseRule
from tests.cast import Cast
from tests.scenes import as_, one_line


def house_rule(slug: str, severity: int, **fields) -> HouseRule:
    """A rule of the house, where the running site's database was emptied and has none."""
    facts = {"title": slug.capitalize(), "text": f"No {slug}.", "severity": severity, **fields}
    return HouseRule.objects.update_or_create(slug=slug, defaults=facts)[0]


def hana_decides(cast: Cast, case: Case, **decision) -> str:
    """She takes the case and decides; when nothing else is said, that there is nothing against it. Answers what she
    read before.
    """
    hana, address = as_(cast.hana), f"/desk/flags/{case.pk}/"
    hana.post(f"{address}claim/")
    page = one_line(hana.get(address))
    form = {**(decision or {"left": "1"}), "seen": case.reviewed.version}
    assert hana.post(f"{address}decide/", form).status_code == 302
    return page

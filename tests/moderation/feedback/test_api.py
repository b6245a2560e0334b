"""AC-REV-6 by programs: who was asked after a delivery, who was not and why."""

from datetime import timedelta

import pytest
from django.utils import timezone

from moderation.feedback.inviting import invite_due
from moderation.feedback.models import Asking
from tests.community.api.program import Program
from tests.forums.reviews.scenes import shop_tells

pytestmark = pytest.mark.django_db


def test_ac_rev_6_all_buyers_are_asked_once_and_the_audit_names_who_was_not_and_why(cast):
    hana, long_ago = Program(cast.hana), timezone.now() - timedelta(days=20)
    cast.confirm(cast.ana)
    cast.confirm(cast.ben)
    exempt = hana.post("/desk/asking/exemptions/", {"order_number": "NL-2002", "reason": "Before the court"})
    assert (exempt.status_code, exempt.json()["order"]) == (201, "…002")
    assert hana.post("/desk/asking/exemptions/", {"order_number": "NL-2003"}).status_code == 422
    shop_tells(cast, delivered_at=long_ago)
    shop_tells(cast, "ben@example.org", "NL-2002", delivered_at=long_ago)
    shop_tells(cast, "nobody@example.org", "NL-2003", delivered_at=long_ago)
    assert (invite_due(), invite_due()) == (1, 0)
    told = hana.get("/desk/asking/").json()
    assert (told["delivered"], told["asked"], told["is_even"]) == (3, 1, True)
    why = {row["reason"]: row["buyers"] for row in told["left_out"] if row["buyers"]}
    assert why == {"legal": 1, "unverified": 1}
    rows = hana.get("/desk/asking/left-out/").json()["rows"]
    assert {row["reason"] for row in rows} == {"legal", "unverified"}
    assert "NL-2002" not in str(rows)
    assert "nobody@example.org" not in str(rows)
    assert hana.post(f"/desk/asking/exemptions/{exempt.json()['id']}/end/").json()["until"]
    assert hana.get("/desk/asking/exemptions/").json()["rows"] == []
    assert Asking.objects.count() == 3
    for other, status in ((cast.dora, 403), (cast.ana, 404)):
        assert Program(other).get("/desk/asking/").status_code == status

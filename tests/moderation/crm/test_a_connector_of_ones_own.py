"""A connector in a folder of its own is found, set up on the site, and tells what is pushed; the contract runs on it
with all others (`conformance/`, where it is called burrow).
"""

import re
import shutil
from pathlib import Path

import pytest

from moderation.crm.connectors import kinds
from moderation.crm.models import CasePush, Connection
from tests.jobs import work
from tests.moderation.crm.conformance.conftest import KINDS
from tests.moderation.crm.conformance.sides import DROPPED, EXAMPLES
from tests.moderation.crm.scenes import dora_pushes, item_of, work_through

PAGE = Path(__file__).parents[3] / "docs" / "connectors.md"
SOURCE = (EXAMPLES / "burrow" / "__init__.py").read_text()


@pytest.fixture
def folder(settings, tmp_path):
    """A folder of a company, with a copy of the example in it."""
    shutil.copytree(EXAMPLES / "burrow", tmp_path / "burrow")
    settings.CRM_CONNECTORS = [str(tmp_path)]
    kinds.cache_clear()
    yield tmp_path
    kinds.cache_clear()


@pytest.fixture
def burrow():
    fake = DROPPED["burrow"].Fake()
    yield fake
    fake.stop()
    assert fake.broken == []


def test_without_the_setting_nobody_has_heard_of_it(db):
    kinds.cache_clear()
    assert "burrow" not in kinds()


def test_dropped_in_it_is_found_set_up_and_told(cast, client, folder, burrow):
    client.force_login(cast.kim)
    assert "Burrow" in client.get("/desk/crm/").content.decode()
    form = {
        "name": "burrow", "name_mode": "link", "email_mode": "fill", "rate": "60", "a_day": "0",
        "setting_url": burrow.url, "setting_token": "burrow-token", "setting_hook_secret": "",
        "setting_statuses": "new=fresh, working=open, waiting=paused, solved=done, closed=shut",
    }  # fmt: skip
    answer = client.post("/desk/crm/new/burrow/", form)
    assert answer.status_code == 302, answer.context["form"].errors
    work()
    connection = Connection.objects.get()
    page = f"/desk/crm/connections/{connection.pk}/"
    assert "Reached Burrow as Community." in client.get(page).content.decode()
    fields = {"path_case_product": "extra/product_line", "based_on": "0", "reason": "for sales"}
    assert client.post(f"{page}fields/", fields).status_code == 302
    dora_pushes(cast, item_of(cast, product=cast.beam2), connection)
    work_through()
    assert [len(rows) for rows in burrow.rows.values()] == [1, 1, 2]
    (issue,) = burrow.rows["issues"].values()
    assert issue["extra"]["product_line"] == "Beam 2"
    assert not CasePush.objects.exclude(state="sent").exists()


def test_ac_crm_7_the_contract_runs_on_it():
    assert "burrow" in KINDS


def test_it_is_short_and_uses_nothing_that_the_page_does_not_explain():
    assert len(SOURCE.splitlines()) < 200
    page = PAGE.read_text()
    imported = re.findall(r"^from moderation\S+ import (.+)$", SOURCE, re.M)
    names = {name.strip() for line in imported for name in line.split(",")} - {"RefKind"}
    methods = set(re.findall(r"def (\w+)\(self", SOURCE)) - {"rows", "remote", "comment"}
    assert {name for name in names | methods if not re.search(rf"\b{name}\b", page)} == set()

"""What an empty Tryton needs to keep cases: a currency, a company, an employee, and a user for the community."""

import base64
from typing import Any

import httpx

ADMIN_PASSWORD = "porchlight-admin"  # noqa: S105 - of a Tryton on the loopback, made for looking
LOGIN, PASSWORD = "porchlight", "lamp-on-the-porch"
ONE = {"__class__": "Decimal", "decimal": "1"}
LONG_AGO = {"__class__": "date", "year": 2020, "month": 1, "day": 1}


class Admin:
    """Tryton's administrator, for setting up and for what people do there in tests."""

    def __init__(self, url: str, database: str, login: str = "admin", password: str = ADMIN_PASSWORD) -> None:
        self.client, self.path, self.headers = httpx.Client(base_url=url, timeout=60), f"/{database}/rpc/", {}
        user, session = self.call("common.db.login", login, {"password": password})[:2]
        token = base64.b64encode(f"{login}:{user}:{session}".encode()).decode()
        self.headers = {"Authorization": f"Session {token}"}
        self.context: dict[str, Any] = {}

    def call(self, method: str, *params: Any) -> Any:
        """The result of one method; raises with Tryton's words."""
        answer = self.client.post(
            self.path, json={"id": 1, "method": method, "params": params}, headers=self.headers
        ).raise_for_status()
        body = answer.json()
        if body.get("error"):
            raise RuntimeError(f"{method}: {body['error']}")
        return body["result"]

    def create(self, model: str, **values: Any) -> int:
        """The number of a new record."""
        return int(self.call(f"model.{model}.create", [values], self.context)[0])

    def search(self, model: str, where: list[Any], fields: list[str]) -> list[dict[str, Any]]:
        """Records with some of their fields, oldest first."""
        rows = self.call(f"model.{model}.search_read", where, 0, 1000, [["id", "ASC"]], fields, self.context)
        return list(rows)


def prepare(url: str, database: str) -> None:
    """Make what is needed, once."""
    admin = Admin(url, database)
    rates = [["create", [{"rate": ONE, "date": LONG_AGO}]]]
    euro = admin.create("currency.currency", name="Euro", code="EUR", symbol="€", rates=rates)
    company_party = admin.create("party.party", name="Northlight Audio")
    company = admin.create("company.company", party=company_party, currency=euro)
    clerk = admin.create("party.party", name="Community")
    employee = admin.create("company.employee", party=clerk, company=company)
    ours = {
        "companies": [["add", [company]]],
        "company": company,
        "employees": [["add", [employee]]],
        "employee": employee,
    }
    admin.call("model.res.user.write", [1], ours, {})
    groups = [row["id"] for row in admin.search("res.group", [], ["name"])]
    may = {"groups": [["add", groups]]}
    admin.create("res.user", name="Porchlight Community", login=LOGIN, password=PASSWORD, **ours, **may)

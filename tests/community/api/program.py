"""A program with a key. Whatever it is answered is held against the description that the site gives of itself."""

import json
import re
from typing import Any
from uuid import uuid4

import jsonschema_rs
from django.core.cache import cache
from django.test import Client

from community.api.describing import description
from community.api.models import ApiKey
from community.api.scopes import SCOPES
from community.people.models import Person


class Program:
    """Asks in somebody's name, or in nobody's."""

    def __init__(self, person: Person | None = None, scopes: list[str] | None = None) -> None:
        self.client, self.token, self.key = Client(), "", None
        cache.clear()  # the limits of a minute are tests of their own
        if person is not None:
            name = f"test {uuid4().hex[:8]}"
            scopes = SCOPES if scopes is None else scopes
            self.key, self.token = ApiKey.objects.make(by=person, name=name, scopes=scopes, expires_at=None)

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """The response, after a look whether it keeps its word."""
        if self.token:
            headers.setdefault("Authorization", f"Bearer {self.token}")
        sent = {"data": json.dumps(body), "content_type": "application/json"} if body is not None else {}
        response = self.client.generic(method, f"/api/v1{path}", headers=headers, **sent)
        judge(method, f"/api/v1{path}", response)
        return response

    def get(self, path: str, **headers: str) -> Any:
        return self.ask("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.ask("POST", path, {} if body is None else body, **headers)

    def put(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.ask("PUT", path, {} if body is None else body, **headers)

    def patch(self, path: str, body: Any, **headers: str) -> Any:
        return self.ask("PATCH", path, body, **headers)

    def delete(self, path: str, **headers: str) -> Any:
        return self.ask("DELETE", path, **headers)


def judge(method: str, path: str, response: Any) -> None:
    """The status is one that the description knows, and the body has the shape that it says."""
    told = description()
    for template, place in sorted(told["paths"].items(), key=lambda pair: pair[0].count("{")):
        pattern = re.sub(r"\\{\w+\\}", "[^/]+", re.escape(template))
        if re.fullmatch(pattern, path.partition("?")[0]) and method.lower() in place:
            break
    else:
        raise AssertionError(f"{method} {path} is not described")
    answers = place[method.lower()]["responses"]
    assert str(response.status_code) in answers, f"{method} {path}: {response.status_code} {response.content[:400]!r}"
    content = answers[str(response.status_code)].get("content")
    if content is None:
        assert response.content == b""
        return
    assert response["Content-Type"] == "application/json"
    schema = content["application/json"]["schema"] | {"components": told["components"]}
    jsonschema_rs.validate(schema, json.loads(response.content))

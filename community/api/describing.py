"""The description of the API, made from the operations themselves: OpenAPI 3.1, and chapters for people."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.urls import get_resolver

from community.api.operations import Operation
from community.api.problems import SCHEMA, STATUSES
from community.api.scopes import Area, scope
from community.api.shapes import schema_of
from community.routes import marked, walk

PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
SAID = {
    200: "Done.",
    201: "It is there.",
    202: "It waits for a moderator: nobody else sees it yet.",
}


@dataclass(frozen=True)
class Described:
    """An operation at its address."""

    method: str
    route: str
    operation: Operation

    @property
    def path(self) -> str:
        """The address as OpenAPI writes it."""
        return "/" + PARAMETER.sub(r"{\2}", self.route)

    @property
    def name(self) -> str:
        """What generated programs call it."""
        return self.operation.run.__name__

    @property
    def title(self) -> str:
        """The first line of what it says of itself."""
        return (self.operation.run.__doc__ or "").strip().splitlines()[0].replace("`", "")

    @property
    def scope(self) -> str:
        return scope(self.operation.area, self.operation.act)

    @property
    def key_needed(self) -> bool:
        return not self.operation.is_public

    @property
    def example(self) -> str:
        """How it is asked for with curl."""
        path = re.sub(r"{(\w+)}", "42", self.path)
        parts = [f"curl -X {self.method}" if self.method != "GET" else "curl"]
        parts += ['-H "Authorization: Bearer $KEY"'] if self.key_needed else []
        parts += ["-H 'If-Match: \"3\"'"] if self.operation.is_conditional else []
        if sample := sample_of(self.operation.body_schema):
            parts += ["-H 'Content-Type: application/json'", f"-d '{json.dumps(sample, ensure_ascii=False)}'"]
        parts.append(f"{settings.SITE_URL}{path}")
        return " ".join(parts) if len(parts) < 3 else " \\\n  ".join(parts)


def sample_of(schema: dict[str, Any]) -> dict[str, Any]:
    """A body with what is needed in it."""
    names = schema["required"] or list(schema["properties"])[:1]
    return {name: sample_value(schema["properties"][name]) for name in names}


def sample_value(schema: dict[str, Any]) -> Any:
    """Something that a field could hold."""
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type")
    kind = kind[0] if isinstance(kind, list) else kind
    return {"integer": 1, "number": 1.0, "boolean": True, "array": []}.get(str(kind), "…")


def described() -> Iterator[Described]:
    """Every operation of the site, in the order of its addresses."""
    for path, _name, view in walk(get_resolver().url_patterns):
        for method, operation in (marked(view, "operations") or {}).items():
            yield Described(method, path, operation)


def chapters() -> list[dict[str, Any]]:
    """The operations by the area that a key opens."""
    rows = list(described())
    return [{"area": area, "rows": [row for row in rows if row.operation.area == area]} for area in Area]


@cache
def description() -> dict[str, Any]:
    """OpenAPI 3.1, the same for everybody."""
    known: dict[str, Any] = {"Problem": SCHEMA}
    paths: dict[str, Any] = {}
    for one in described():
        parts = [parameter_of(kind, name) for kind, name in PARAMETER.findall(one.route)]
        paths.setdefault(one.path, {"parameters": parts})[one.method.lower()] = told(one.operation, known)
    return {
        "openapi": "3.1.0",
        "info": {"title": f"{settings.SITE_NAME}: API", "version": "1", "description": INTRODUCTION},
        "servers": [{"url": settings.SITE_URL}],
        "tags": [{"name": str(area), "description": str(area.label)} for area in Area],
        "paths": paths,
        "components": {
            "schemas": known,
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer", "description": "from /settings/keys/"}},
        },
    }


INTRODUCTION = (
    "Programs do what people do: the same rules, the same checks, the same sight. A key acts for its owner, within its "
    "scopes. POST takes an Idempotency-Key: the second request with it gets the first one's answer."
)


def parameter_of(kind: str, name: str) -> dict[str, Any]:
    """A part of an address."""
    number = {"type": "integer", "minimum": 1, "maximum": 2**63 - 1}
    schema = number if kind == "int" else {"type": "string"}
    return {"name": name, "in": "path", "required": True, "schema": schema}


def told(one: Operation, known: dict[str, Any]) -> dict[str, Any]:
    """One operation: what it takes, and everything that it may answer."""
    doc = " ".join((one.run.__doc__ or "").split())
    answers: dict[str, Any] = {str(status): answered(one, status, known) for status in one.statuses}
    if one.has_version and one.act == "read":
        answers["304"] = {"description": "You have it as it is."}
    answers |= {str(status): refused(status) for status in one.refusals}
    body: dict[str, Any] = {
        "operationId": one.run.__name__,
        "tags": [str(one.area)],
        "summary": doc.partition(". ")[0].rstrip("."),
        "description": doc,
        "parameters": [*queries(one), *headers(one)],
        "responses": answers,
        "security": [{"key": []}] if not one.is_public else [{}, {"key": []}],
        "x-scope": scope(one.area, one.act),
    }
    if one.act == "write" and one.form:
        required = bool(one.body_schema["required"])
        body["requestBody"] = {"required": required, "content": {"application/json": {"schema": one.body_schema}}}
    return body


def queries(one: Operation) -> list[dict[str, Any]]:
    """What its address may ask for."""
    return [{"name": row.name, "in": "query", "description": row.says, "schema": row.schema} for row in one.query]


def headers(one: Operation) -> list[dict[str, Any]]:
    """What its headers may say."""
    if one.is_conditional:
        says = "the ETag of what was read; * for whatever it is now"
        return [{"name": "If-Match", "in": "header", "required": True, "description": says,
                 "schema": {"type": "string", "pattern": r'^("[0-9-]{1,40}"|\*)$'}}]  # fmt: skip
    return []


def answered(one: Operation, status: int, known: dict[str, Any]) -> dict[str, Any]:
    """An answer of a request that went well."""
    schema = schema_of(one.answers, known)
    said: dict[str, Any] = {"description": SAID[status], "content": {"application/json": {"schema": schema}}}
    if one.has_version:
        said["headers"] = {"ETag": {"description": "its version", "schema": {"type": "string"}}}
    return said


def refused(status: int) -> dict[str, Any]:
    """An answer of one that did not."""
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    said: dict[str, Any] = {"description": STATUSES[status], "content": content}
    if status == 429:
        said["headers"] = {"Retry-After": {"description": "seconds", "schema": {"type": "string"}}}
    return said

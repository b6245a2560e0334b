"""The line to the outside: one HTTP client over the guarded line, and errors that say what to do next."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import httpx

from community.outside import Refused, line_to, retry_after
from moderation.crm.connectors.errors import (
    Ambiguous,
    AuthExpired,
    Conflict,
    ConnectorError,
    Gone,
    Invalid,
    RateLimited,
    Transient,
)

LARGEST_ANSWER = 4_000_000

Understand = Callable[[int, bytes], ConnectorError | None]
"""What a vendor's own error body means; None leaves it to the status code."""


class Wire:
    """One connection's line to its CRM. Redirects are not followed, answers are limited in size and time."""

    def __init__(self, base: str, *, may_reach_inside: bool = False, timeout: float = 20.0) -> None:
        if urlsplit(base).scheme not in {"http", "https"} or not urlsplit(base).hostname:
            raise Invalid("The address must begin with https://.")
        # Tryton calls long answers gzip whether or not it packed them, so gzip must be welcome.
        plain = {"Accept-Encoding": "gzip", "User-Agent": "Porchlight"}
        self.client = line_to(may_reach_inside=may_reach_inside, timeout=timeout, base_url=base, headers=plain)

    def __enter__(self) -> "Wire":
        return self

    def __exit__(self, *args: object) -> None:
        self.client.close()

    def send(
        self,
        method: str,
        path: str = "",
        *,
        body: bytes | None = None,
        headers: dict[str, str],
        is_write: bool,
        understand: Understand | None = None,
    ) -> httpx.Response:
        """One request; raises the ConnectorError that says what may be done about a failure."""
        lost = Ambiguous if is_write else Transient
        try:
            with self.client.stream(method, path, content=body, headers=headers) as answer:
                content = read_limited(answer)
        except Refused as error:
            raise Invalid(f"{error}. Only public addresses may be reached.") from error
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise Transient(f"No connection: {error}") from error
        except httpx.TimeoutException as error:
            raise lost("No answer in time.") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise lost(f"The line broke: {type(error).__name__}.") from error
        error = understand(answer.status_code, content) if understand and answer.status_code >= 300 else None
        if error:
            raise error
        refuse_failed(answer, is_write)
        return httpx.Response(answer.status_code, content=content)


def read_limited(answer: httpx.Response) -> bytes:
    """The answer's body, unpacked, unless it is far too long."""
    parts, size = [], 0
    for part in answer.iter_bytes(65_536):
        size += len(part)
        if size > LARGEST_ANSWER:
            raise Invalid("The answer is far too long.")
        parts.append(part)
    return b"".join(parts)


def refuse_failed(answer: httpx.Response, is_write: bool) -> None:
    """Raise what a status code means; silence for 2xx."""
    status = answer.status_code
    if 200 <= status < 300:
        return
    says = f"The CRM answered {status}."
    if status == 429 or (status == 503 and "Retry-After" in answer.headers):
        raise RateLimited(says, retry_after(answer.headers.get("Retry-After", "")))
    if status == 401:
        raise AuthExpired(says)
    if status in {408, 502, 504}:  # something between us gave up waiting; the CRM may have done it
        raise (Ambiguous if is_write else Transient)(says)
    if status in {409, 412, 425}:
        raise Conflict(says)
    if status in {404, 410}:
        raise Gone(says)
    raise (Transient if status >= 500 else Invalid)(says)


def as_json(answer: httpx.Response) -> Any:
    """The answer's JSON; anything else is Invalid, never success."""
    try:
        return json.loads(answer.content)
    except (ValueError, RecursionError) as error:
        raise Invalid("The answer is not JSON.") from error

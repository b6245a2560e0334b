"""Speaking to the outside: an HTTP line that reaches public addresses only, whatever a name or a redirect says."""

import ipaddress
import socket
import ssl
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Any

import httpcore
import httpx

LONGEST_WAIT = 3600.0


class Refused(httpx.ConnectError):
    """The address is not one that this site may speak to."""


@cache
def authorities() -> ssl.SSLContext:
    """Whom this machine believes who somebody is. Reading them all takes longer than most answers do."""
    return ssl.create_default_context()


class GuardedBackend(httpcore.SyncBackend):
    """Looks a name up once, checks every address, and connects to the address that was checked."""

    def connect_tcp(self, host: str, port: int, *args: Any, **kwargs: Any) -> httpcore.NetworkStream:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise httpcore.ConnectError(f"{host} has no address") from error
        for address in {str(info[4][0]) for info in found}:
            if not ipaddress.ip_address(address.split("%")[0]).is_global:
                raise Refused(f"{host} is inside this network")
        return super().connect_tcp(str(found[0][4][0]), port, *args, **kwargs)


class GuardedTransport(httpx.HTTPTransport):
    """httpx over the guarded backend."""

    def __init__(self) -> None:
        super().__init__(verify=authorities(), trust_env=False)
        self._pool = httpcore.ConnectionPool(
            ssl_context=authorities(), network_backend=GuardedBackend(), max_connections=10
        )


def line_to(*, may_reach_inside: bool, timeout: float, **options: Any) -> httpx.Client:
    """The client for one outside service. It follows no redirect, and no proxy of the environment is asked.

    `may_reach_inside` is the service's own setting, for services that stand in the company's network.
    """
    transport = None if may_reach_inside else GuardedTransport()
    limits = httpx.Timeout(timeout, connect=min(timeout, 5.0))
    return httpx.Client(transport=transport, verify=authorities(), timeout=limits, trust_env=False, **options)


def retry_after(value: str, now: datetime | None = None) -> float | None:
    """The wait that a Retry-After header names, in seconds or as a date; capped, and None when it says nothing."""
    value = value.strip()
    if not value:
        return None
    try:
        wait = float(value)
    except ValueError:
        try:
            wait = (parsedate_to_datetime(value) - (now or datetime.now(UTC))).total_seconds()
        except (TypeError, ValueError):
            return None
    return min(max(wait, 0.0), LONGEST_WAIT) if wait == wait else None

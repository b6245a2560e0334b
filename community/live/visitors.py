"""Who is behind a socket: the person of the session, asked at the handshake and again while it is open."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth import SESSION_KEY, get_user
from django.contrib.auth.models import AnonymousUser
from django.db import close_old_connections
from django.http import HttpRequest

Result = TypeVar("Result")
threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="live")


class NoEntry(Exception):
    """The session is over, or its person may not come in."""


async def in_thread(ask: Callable[..., Result], *args: Any) -> Result:
    """Ask the database in one of the two threads kept for sockets."""

    def asked() -> Result:
        close_old_connections()
        try:
            return ask(*args)
        finally:
            close_old_connections()

    return await asyncio.get_running_loop().run_in_executor(threads, asked)


def session_key_of(headers: list[tuple[bytes, bytes]]) -> str:
    """The session cookie of a handshake; empty for a visitor without one."""
    cookies: SimpleCookie = SimpleCookie()
    for name, value in headers:
        if name == b"cookie":
            try:
                cookies.load(value.decode("latin1"))
            except CookieError:
                continue
    found = cookies.get(settings.SESSION_COOKIE_NAME)
    return found.value if found else ""


def person_of(session_key: str) -> Any:
    """The person of a session, or nobody in particular. Raises NoEntry for a session that is over or not welcome."""
    if not session_key:
        return AnonymousUser()
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    if request.session.is_empty():
        return AnonymousUser()
    if SESSION_KEY not in request.session:
        if request.session.exists(session_key):
            return AnonymousUser()
        raise NoEntry
    person = get_user(request)
    if not person.is_authenticated or not person.is_active or getattr(person, "is_suspended", False):
        raise NoEntry
    return person

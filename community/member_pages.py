"""Pages for people with an account: made once for each state of what they show, and finished for each reader.

What a page shows of its reader is a fact in its key, and its template is not given the reader at all. So a page that is
kept can hold nothing of somebody else; forms, the bell and the menu are put into their places at the end.
"""

import re
import time
from collections.abc import Callable
from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.crypto import salted_hmac

from community.forms_opened import new_key
from community.live.fragments import kept
from community.live.hub import hub
from community.live.outlet import outlet
from community.notifications.context import tray
from community.pages import site
from community.people.demo import is_demo_on, is_demo_session
from community.templatetags.live import section


def place(name: str) -> str:
    """The mark of a place in an unfinished page; nobody can write it into a text."""
    return salted_hmac("an unfinished page", name).hexdigest()[:32]


CSRF, ONCE, SINCE, FRAME, BELL, READER = map(place, ("csrf", "once", "since", "frame", "bell", "reader"))
ONCES, SINCES = re.compile(ONCE), re.compile(f"{SINCE}([a-z_]+:[0-9a-z]+);")


class SomeMember:
    """Who an unfinished page is made for: somebody with an account, and nothing else is known of them."""

    is_authenticated = True
    only_reads = False
    pk = READER


class SomeReader(SomeMember):
    """The same for somebody who works here to look and does nothing on the page."""

    only_reads = True


def member_page(
    request: HttpRequest, template: str, context: Callable[[], dict[str, Any]], *facts: Any, keep: bool = True
) -> HttpResponse:
    """The page for the person who asks. With its address and the hour, `facts` name all that it shows."""

    def render() -> str:
        return render_to_string(template, for_anybody(request) | context())

    where = (request.get_full_path(), request.get_host(), user_for(request).only_reads)
    name = (template, *where, int(time.time() // 3600), *facts)
    response = HttpResponse(finished(request, kept(render, "member", *name) if keep else render()))
    response["Cache-Control"] = "private, no-store"
    return response


def for_anybody(request: HttpRequest) -> dict[str, Any]:
    """What every template knows, with marked places for what is the reader's own."""
    places = {"csrf_token": CSRF, "once_key": ONCE, "since_place": SINCE, "frame_place": FRAME, "bell_place": BELL}
    return site(request) | places | {"user": user_for(request), "full_path": request.get_full_path()}


def user_for(request: HttpRequest) -> type[SomeMember]:
    """As whom the page knows its reader."""
    person: Any = request.user
    return SomeReader if person.only_reads else SomeMember


def finished(request: HttpRequest, text: str) -> str:
    """The page with the reader's own in its places."""
    text = text.replace(FRAME, frame(request), 1).replace(BELL, bell(request), 1).replace(READER, str(request.user.pk))
    text = SINCES.sub(lambda stream: str((outlet or hub).standing(stream[1])[0] or ""), text)
    return ONCES.sub(lambda _found: new_key(), text).replace(CSRF, get_token(request))


def bell(request: HttpRequest) -> str:
    """The bell with the number of what waits."""
    facts: dict[str, Any] = {"unread_count": tray(request)["unread_count"](), "user": SomeMember, "since_place": SINCE}
    return kept(lambda: render_to_string("components/_bell.html", facts), "bell", facts["unread_count"])


def frame(request: HttpRequest) -> str:
    """The top of the page. It is the same on every page of a section until the person's name or roles change."""
    person: Any = request.user

    def render() -> str:
        return render_to_string("components/_frame.html", {"csrf_token": CSRF, "bell_place": BELL}, request)

    if len(get_messages(request)):
        return render()
    looks = (person.pk, person.username, person.hue, person.picture_url)
    facts = (*looks, person.is_team, is_demo_on() and is_demo_session(request))
    return kept(render, "member-frame", section(request.path), request.get_host(), *facts)

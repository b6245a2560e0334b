"""What the bar of the demo knows on every page, asked only when drawn."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from community.people.cast import CAST, Part
from community.people.demo import is_demo_on, is_demo_session


def demo(request: HttpRequest) -> dict[str, Callable[[], Any]]:
    """`is_demo_on`, and the part that the visitor plays."""

    def part() -> Part | None:
        if not request.user.is_authenticated or not is_demo_session(request):
            return None
        return CAST.get(request.user.username_key)

    return {"is_demo_on": is_demo_on, "demo_part": part}

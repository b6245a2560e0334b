"""Each answer carries an id that log lines and events carry too, so that a complaint can be found again."""

import logging
import re
import time
import uuid
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from community.events.requests import request_id

log = logging.getLogger("porchlight.requests")
PLAUSIBLE = re.compile(r"[A-Za-z0-9_-]{8,64}\Z")


class RequestIdMiddleware:
    """Gives the request its id (a trusted proxy's own, or a new one), and writes one log line when it is answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        mark = request_id.set(self.id_of(request))
        began = time.perf_counter()
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = request_id.get()
            facts = {"method": request.method, "path": request.path, "status": response.status_code}
            milliseconds = round((time.perf_counter() - began) * 1000)
            log.log(
                logging.DEBUG if request.path in {"/health/", "/ready/"} else logging.INFO,
                "%(method)s %(path)s %(status)s", facts, extra={**facts, "milliseconds": milliseconds},
            )  # fmt: skip
            return response
        finally:
            request_id.reset(mark)

    def id_of(self, request: HttpRequest) -> str:
        """Only a trusted proxy may name the id; whatever else came from outside is not repeated in our logs."""
        given = request.headers.get("X-Request-ID", "")
        if settings.TRUSTED_PROXY_COUNT and PLAUSIBLE.match(given):
            return given
        return uuid.uuid4().hex

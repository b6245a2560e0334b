"""Log lines: JSON in production, for machines; plain elsewhere, for people. Both carry the id of the request."""

import json
import logging
from datetime import UTC, datetime
from typing import Any

from community.events.requests import current_request_id

KNOWN = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "request", "server_time"}


class WithRequestId(logging.Filter):
    """Notes on each line which request it belongs to."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = current_request_id()
        return True


class JsonLines(logging.Formatter):
    """One JSON object a line, with whatever `extra` the caller gave."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        line.update({name: value for name, value in vars(record).items() if name not in KNOWN and value != ""})
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str, ensure_ascii=False)


def logging_settings(*, production: bool, level: str) -> dict[str, Any]:
    """Django's LOGGING: everything to the standard error, where `up` or the machine collects it."""
    plain = {"format": "{levelname:.1s} {name}: {message} {request_id}", "style": "{"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"request": {"()": WithRequestId}},
        "formatters": {"json": {"()": JsonLines}, "plain": plain},
        "handlers": {
            "out": {
                "class": "logging.StreamHandler",
                "stream": "ext://sys.stderr",
                "filters": ["request"],
                "formatter": "json" if production else "plain",
            }
        },
        "root": {"handlers": ["out"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.server": {"handlers": [], "level": level, "propagate": True},
            "porchlight.requests": {"level": level if production else "WARNING"},
            "httpx": {"level": "WARNING"},
            "procrastinate": {"level": "WARNING"},
            "procrastinate.worker": {"level": "INFO" if production else "WARNING"},
        },
    }

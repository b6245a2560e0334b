"""Sessions in the database, asked by a prepared query: every request of somebody signed in asks for one."""

from datetime import datetime
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from community.prepared import Prepared


def session_of(key: str, now_at: datetime) -> QuerySet[Session, tuple[Any, ...]]:
    """What a session holds, while it lasts."""
    return Session.objects.filter(session_key=key, expire_date__gt=now_at).values_list("session_data")


prepared = Prepared(session_of, key=str, now_at=datetime)


class SessionStore(DatabaseSessions):
    """The sessions of Django's database backend."""

    def load(self) -> dict[str, Any]:
        row = prepared.row(key=self.session_key or "", now_at=timezone.now())
        if row is None:
            self._session_key = None
            return {}
        return self.decode(row[0])  # type: ignore[no-any-return]

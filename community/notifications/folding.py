"""Bundling in the tray: what is new in one thread is one line, the newest, and says how many others there are."""

from collections.abc import Collection

from django.db import connection

FOLD = """
    UPDATE notifications_notification AS told
    SET folded_into_id = NULLIF(heads.id, told.id)
    FROM (
        SELECT person_id, kind, max(id) AS id FROM notifications_notification
        WHERE chain = %(chain)s AND person_id = ANY(%(people)s) AND read_at IS NULL AND gone_at IS NULL AND in_tray
        GROUP BY person_id, kind
    ) AS heads
    WHERE told.chain = %(chain)s AND told.person_id = heads.person_id AND told.kind = heads.kind
        AND told.read_at IS NULL AND told.gone_at IS NULL AND told.in_tray
        AND told.folded_into_id IS DISTINCT FROM NULLIF(heads.id, told.id)
"""


def fold(chain: str, people: Collection[int]) -> None:
    """For each of these people, what they have not read of one thread and kind becomes one line. Repeatable."""
    if chain and people:
        with connection.cursor() as cursor:
            cursor.execute(FOLD, {"chain": chain, "people": list(people)})

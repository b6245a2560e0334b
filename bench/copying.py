"""Writing rows by the hundred thousand: PostgreSQL's COPY, with what a model's fields are when nothing is said."""

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import Model
from django.utils import timezone


def copy_in(model: type[Model], rows: Iterable[dict[str, Any]]) -> None:
    """Write the rows, given by the names of their columns, with their ids; the ids that follow begin after them."""
    fields = [f for f in model._meta.concrete_fields if not f.generated and not f.has_db_default()]
    blank = model()
    usual = {field.attname: plain(field, getattr(blank, field.attname)) for field in fields}
    for field in fields:
        if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
            usual[field.attname] = timezone.now()
    table = model._meta.db_table
    columns = ", ".join(f'"{field.column}"' for field in fields)
    connection.ensure_connection()
    with connection.connection.cursor() as cursor, cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row([row.get(field.attname, usual[field.attname]) for field in fields])
    key = model._meta.pk.column  # type: ignore[union-attr]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [f'"{table}"', key])
        if sequence := cursor.fetchone()[0]:
            cursor.execute(f'SELECT setval(%s, max("{key}")) FROM "{table}"', [sequence])


def plain(field: Any, value: Any) -> Any:
    """A value as the database takes it."""
    return field.get_db_prep_save(value, connection)

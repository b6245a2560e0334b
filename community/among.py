"""`pk__among=ids`, `thread__among=ids`: the same as `pk__in`, with all the values in one parameter.

A statement is then the same text for any number of them: hundreds of places cost PostgreSQL more than its answer, and a
prepared query (see `prepared.py`) cannot have a different number of them each time.
"""

from typing import Any

from django.db.models import Field, ForeignObject, Lookup
from django.db.models.sql.compiler import SQLCompiler


@Field.register_lookup
@ForeignObject.register_lookup
class Among(Lookup):  # type: ignore[type-arg]
    """One of a list, or of what will be a list when a prepared query is asked."""

    lookup_name = "among"
    prepare_rhs = False

    def get_db_prep_lookup(self, value: Any, connection: Any) -> Any:
        return "%s", [value if isinstance(value, str) else list(value)]

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, Any]:
        column, params = self.process_lhs(compiler, connection)
        place, values = self.process_rhs(compiler, connection)
        kind = self.lhs.output_field.cast_db_type(connection)
        return f"{column} = ANY({place}::{'text' if 'char' in kind else kind}[])", [*params, *values]

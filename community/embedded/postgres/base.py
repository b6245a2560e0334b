"""A Django database backend that starts PostgreSQL from a wheel when the first connection is asked for."""

from typing import Any

import psycopg
from django.db.utils import OperationalError

from community.database import base
from community.embedded.postgres.server import running
from community.embedded.problems import StartupProblem


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's PostgreSQL backend, pointed at the embedded server's socket."""

    def get_connection_params(self) -> dict[str, Any]:
        try:
            postmaster = running(self.settings_dict["DATA_DIRECTORY"])
        except StartupProblem as problem:
            raise OperationalError(str(problem)) from problem
        self.settings_dict["HOST"] = postmaster.socket_directory
        self.settings_dict["USER"] = "postgres"
        return super().get_connection_params()

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect; the site's own database is made when this server has none yet (tests make theirs themselves)."""
        try:
            return super().get_new_connection(conn_params)
        except psycopg.OperationalError as error:
            name = str(conn_params.get("dbname", ""))
            if "does not exist" not in str(error) or name.startswith("test_"):
                raise
            self.make_database(name)
            return super().get_new_connection(conn_params)

    def make_database(self, name: str) -> None:
        """Make the database; two processes may try at once, one of them wins."""
        with psycopg.connect(
            host=self.settings_dict["HOST"], user="postgres", dbname="postgres", autocommit=True
        ) as connection:
            try:
                connection.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(name)))
            except (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
                return

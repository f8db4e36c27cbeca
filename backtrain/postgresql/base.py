"""Django's PostgreSQL, with an end to waiting for a server that does not answer.

PostgreSQL ends a query that takes too long (``statement_timeout``), but not one of a server that is
itself stopped or cut off: psycopg would wait for that for good, with the thread and its request.
"""

from typing import Any

from django.db.backends.postgresql import base
from psycopg import OperationalError
from psycopg.errors import _WaitTimeout

from backtrain.postgresql.features import DatabaseFeatures
from backtrain.postgresql.schema import DatabaseSchemaEditor

GRACE_SECONDS = 5  # in which a server that lives says itself that a query took too long


class DatabaseWrapper(base.DatabaseWrapper):
    """Takes ``query_seconds`` from its OPTIONS, the most that one may take; 0 is no limit."""

    SchemaEditorClass = DatabaseSchemaEditor
    features_class = DatabaseFeatures

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        self.query_seconds = params.pop("query_seconds", 0)
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        if self.query_seconds:
            _set_patience(connection, self.query_seconds + GRACE_SECONDS)
        return connection


def _set_patience(connection: Any, seconds: float) -> None:
    """Close the connection if it waits longer than that, so that Django opens another."""
    wait = connection.wait

    def wait_a_while(generator: Any, **options: Any) -> Any:
        try:
            return wait(generator, **{"timeout": seconds, **options})
        except _WaitTimeout as error:
            connection.close()
            raise OperationalError(f"The server did not answer in {seconds} seconds.") from error

    connection.wait = wait_a_while

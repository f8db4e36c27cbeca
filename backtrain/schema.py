"""Which migrations this version has, and which of them a database went through."""

from functools import cache

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

Migration = tuple[str, str]  # app and name


@cache
def known_migrations() -> frozenset[Migration]:
    """Those of this version, which no query is needed for."""
    return frozenset(MigrationLoader(None).graph.nodes)


def applied_migrations() -> frozenset[Migration]:
    """Those that the database went through; none where it is empty. 2 queries."""
    return frozenset(MigrationRecorder(connection).applied_migrations())


def missing_migrations() -> frozenset[Migration]:
    """What `manage.py migrate` would do. 2 queries."""
    return known_migrations() - applied_migrations()

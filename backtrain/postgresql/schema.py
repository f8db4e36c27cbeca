"""Migrations on tables that `manage.py distribute` has partitioned.

PostgreSQL takes neither a unique constraint without the athlete there nor a foreign key to one, so
those that a migration brings get the athlete as the others have.
"""

from typing import Any

from django.db.backends.ddl_references import Columns, Statement
from django.db.backends.postgresql import schema
from django.db.models import Field, ForeignKey, Model

ATHLETES = "workouts_athlete"  # named, since a migration has models of its own


class DatabaseSchemaEditor(schema.DatabaseSchemaEditor):
    def add_field(self, model: type[Model], field: "Field[Any, Any]") -> None:
        """Adds what refers to a partitioned table in two steps, for its key has two columns."""
        if self._is_between(model, field):
            self.sql_create_column_inline_fk = None  # type: ignore[assignment]
        try:
            super().add_field(model, field)
        finally:
            vars(self).pop("sql_create_column_inline_fk", None)

    def _create_fk_sql(self, model: type[Model], field: Any, suffix: str) -> Statement:
        statement: Statement = super()._create_fk_sql(model, field, suffix)  # type: ignore[misc]
        if self._is_between(model, field):
            target = field.target_field.model
            for part, table, column in (
                ("column", model, field.column),
                ("to_column", target, field.target_field.column),
            ):
                keys = [athlete_of(table).column, column]
                statement.parts[part] = Columns(table._meta.db_table, keys, self.quote_name)
        return statement

    def _create_unique_sql(
        self, model: type[Model], fields: Any, *args: Any, **options: Any
    ) -> Any:
        athlete = athlete_of(model)
        if athlete and fields and athlete not in fields and self._is_partitioned(model):
            fields = [athlete, *fields]
        return super()._create_unique_sql(model, fields, *args, **options)  # type: ignore[misc]

    def _is_between(self, model: type[Model], field: Any) -> bool:
        """Whether it is a foreign key from one personal table to another, which is partitioned."""
        if not isinstance(field, ForeignKey) or not field.db_constraint:  # type: ignore[attr-defined]
            return False
        target = field.target_field.model
        return (
            target._meta.db_table != ATHLETES
            and athlete_of(model) is not None
            and athlete_of(target) is not None
            and self._is_partitioned(target)
        )

    def _is_partitioned(self, model: type[Model]) -> bool:
        if self.collect_sql:  # `sqlmigrate` prints what any database is told
            return False
        with self.connection.cursor() as cursor:
            cursor.execute(
                "SELECT FROM pg_partitioned_table WHERE partrelid = to_regclass(%s)",
                [self.quote_name(model._meta.db_table)],
            )
            return cursor.fetchone() is not None


def athlete_of(model: type[Model]) -> Any:
    """The field of the athlete's key, None where there is none."""
    if model._meta.db_table == ATHLETES:
        return model._meta.pk
    for field in model._meta.concrete_fields:
        if field.remote_field and field.remote_field.model._meta.db_table == ATHLETES:
            return field
    return None

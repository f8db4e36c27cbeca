"""Queries whose SQL is put together once a process.

Django takes three times as long to put a query together as SQLite to find twenty rows by it. A page
that asks five questions, always the same five, need not.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db import DEFAULT_DB_ALIAS, connections, router
from django.db.models import Expression, Field, Model
from django.db.models.functions import Cast

if TYPE_CHECKING:
    from django.db.models import QuerySet

Row = tuple[Any, ...]
Converters = dict[int, Any]  # by column, what makes Django's value of the database's


class Parameter(Expression):
    """A place in a query for a value that comes with each call."""

    def __init__(self, name: str, field: "Field[Any, Any]") -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, *_: Any, **__: Any) -> "tuple[str, tuple[Parameter]]":  # type: ignore[override]
        return "%s", (self,)


class CastAsRead(Cast):
    """A cast to a kind that the database's values have already: Django would make a float of each
    float, for thousands of rows.
    """

    def get_db_converters(self, connection: object) -> list[Any]:
        return []


class PreparedQuery:
    """A queryset of columns in which some values are left open.

    ``build`` makes it, the first time it is asked: a queryset with ``values_list``, of a parameter
    for each of the ``fields``, which say what kind of value each is.
    """

    def __init__(
        self, build: "Callable[..., QuerySet[Any, Any]]", /, **fields: "Field[Any, Any]"
    ) -> None:
        self._build = build
        self._parameters = {name: Parameter(name, field) for name, field in fields.items()}

    def rows(self, **values: Any) -> list[Row]:
        """The rows found with these values. 1 query."""
        model, sql, params, converters = self._prepared
        connection = connections[router.db_for_read(model)]
        filled = [
            each.output_field.get_db_prep_value(values[each.name], connection)
            if isinstance(each, Parameter)
            else each
            for each in params
        ]
        with connection.cursor() as cursor:
            cursor.execute(sql, filled)
            found: list[Row] = cursor.fetchall()
        if not (found and converters):
            return found
        columns: list[Sequence[Any]] = list(zip(*found, strict=True))
        for place, (functions, expression) in converters.items():
            columns[place] = _converted(columns[place], functions, expression, connection)
        return list(zip(*columns, strict=True))

    def first(self, **values: Any) -> Row | None:
        """The first of these rows. 1 query."""
        return next(iter(self.rows(**values)), None)

    @cached_property
    def _prepared(self) -> "tuple[type[Model], str, tuple[Any, ...], Converters]":
        queryset = self._build(**self._parameters)
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        columns = [column for column, *_ in compiler.select[: compiler.col_count]]
        return queryset.model, sql, tuple(params), compiler.get_converters(columns)


def _converted(
    column: Sequence[Any], functions: Iterable[Callable[..., Any]], *of: Any
) -> list[Any]:
    """Django's values of a column. Most say what others said, so each is made once."""
    made = {}
    for value in set(column):
        new = value
        for function in functions:
            new = function(new, *of)
        made[value] = new
    return [made[value] for value in column]


def columns_of(model: type[Model]) -> tuple[str, ...]:
    """All of a table's, in the order in which ``from_db`` takes their values."""
    return tuple(field.attname for field in model._meta.concrete_fields)

"""Keys between rows of one athlete. Whatever is found by them is the athlete's, and says so.

Tables may be spread by athlete (docs/scaling.md): a query that names the athlete is answered by one
of many servers, or from one partition, and one that does not is asked of all.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.db import models
from django.db.models import Func, Model, QuerySet
from django.db.models.expressions import Col
from django.db.models.fields.related_lookups import RelatedExact, RelatedIn
from django.db.models.lookups import Exact, In

Set = TypeVar("Set")
Got = TypeVar("Got")

if TYPE_CHECKING:

    class _ForeignKey(models.ForeignKey[Set, Got], Generic[Set, Got]):
        pass
else:

    class _ForeignKey(models.ForeignKey, Generic[Set, Got]):
        pass


class NotByIndex(Func):
    """A column that SQLite should not begin at. It would look all rows of an athlete up, where
    those of some workouts are found by these; PostgreSQL otherwise reads everyone's.
    """

    template = "%(expressions)s"
    arity = 1

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="+%(expressions)s", **context)


def is_of(athlete: Any) -> Exact:
    """That a row is the athlete's, where it is found by another key."""
    return Exact(NotByIndex("athlete"), athlete)


class OfAthlete(Model):
    """A row that is an athlete's: it is written again where its athlete's are."""

    if TYPE_CHECKING:
        athlete_id: int

    class Meta:
        abstract = True

    def _do_update(self, base_qs: "QuerySet[Any]", *rest: Any) -> Any:
        mine = base_qs.filter(athlete=self.athlete_id)
        return super()._do_update(mine, *rest)


class OwnKey(_ForeignKey[Set, Got]):
    """A foreign key from an athlete's row to another of theirs, or to an exercise.

    Joined by it, both are of one athlete. Compared with rows that are loaded, also where Django
    does so to load what belongs to them or to delete it, it is compared with their athlete too. The
    database knows it as any other.
    """

    def deconstruct(self) -> Any:
        name, _, arguments, options = super().deconstruct()
        return name, "django.db.models.ForeignKey", arguments, options

    def get_extra_descriptor_filter(self, instance: Any) -> dict[str, Any]:
        return {} if _athletes_key(self.related_model) is None else {"athlete": instance.athlete_id}

    def get_extra_restriction(self, alias: str | None, related_alias: str) -> Any:
        there = _athletes_key(self.related_model)
        if alias is None or there is None:
            return None
        here = _athletes_key(self.model)
        return Exact(NotByIndex(here.get_col(related_alias)), NotByIndex(there.get_col(alias)))


def _athletes_key(model: Any) -> Any:
    """The column of a personal table that has its athlete's key; None of another table."""
    fields = model._meta.concrete_fields
    return next((field for field in fields if field.name == "athlete"), None)


def _whose(rows: Iterable[Any]) -> list[int]:
    """The athletes of rows that are loaded, if all of them are and say so."""
    found: set[Any] = {
        row.__dict__.get("athlete_id") or row.__dict__.get("owner_id")
        if isinstance(row, Model)
        else None
        for row in rows
    }
    return [] if None in found else sorted(found)


class _WithAthlete:
    """A comparison with rows, and where these are loaded with their athlete as well."""

    lhs: Col

    def __init__(self, lhs: Any, rhs: Any) -> None:
        rows = rhs if isinstance(rhs, list | tuple | set) else [rhs]
        self.athletes = _whose(rows)
        super().__init__(lhs, rhs)  # type: ignore[call-arg]

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        sql, params = super().as_sql(compiler, connection)  # type: ignore[misc]
        if not self.athletes:
            return sql, params
        column = NotByIndex(_athletes_key(self.lhs.target.model).get_col(self.lhs.alias))
        whose, athletes = compiler.compile(In(column, self.athletes))
        return f"({sql} AND {whose})", (*params, *athletes)


@OwnKey.register_lookup
class _OwnExact(_WithAthlete, RelatedExact):
    pass


@OwnKey.register_lookup
class _OwnIn(_WithAthlete, RelatedIn):
    pass

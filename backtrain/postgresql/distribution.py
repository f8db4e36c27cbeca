"""Personal tables spread by athlete: over partitions, or over the servers of a Citus.

PostgreSQL can only spread a table whose keys contain the column that it is spread by. So in the
database all keys of personal tables begin with the athlete, and foreign keys between them name the
athlete too. Django's view of the models stays what it is: it reads ``id`` where the database has
``(athlete_id, id)``.

What stands in the database is read from its own catalogue and not from the models, so that indexes
and constraints keep their names and an operator's own are kept.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.apps import apps
from django.db import connection

from workouts.models import Athlete

PARTITIONED = "p"  # among PostgreSQL's kinds of tables
NEW = "_new"  # ends the name of a table until it takes the old one's place
PAGES = 20_000  # of 8 KB, copied by one statement

TABLES = """
SELECT relname, relkind::text FROM pg_class
WHERE relnamespace = current_schema()::regnamespace AND relname = ANY(%s)"""
CONSTRAINTS = """
SELECT conname, contype::text, pg_get_constraintdef(oid),
    ARRAY(SELECT attname::text FROM unnest(conkey) WITH ORDINALITY AS k(number, place)
        JOIN pg_attribute ON attrelid = conrelid AND attnum = number ORDER BY place),
    (SELECT relname FROM pg_class WHERE pg_class.oid = confrelid),
    ARRAY(SELECT attname::text FROM unnest(confkey) WITH ORDINALITY AS k(number, place)
        JOIN pg_attribute ON attrelid = confrelid AND attnum = number ORDER BY place)
FROM pg_constraint
WHERE conrelid = %s::regclass AND contype IN ('p', 'u', 'f') AND conparentid = 0
ORDER BY contype DESC, conname"""
INDEXES = """
SELECT relname, indisunique, pg_get_indexdef(indexrelid),
    (SELECT attname FROM pg_attribute WHERE attrelid = indrelid AND attnum = indkey[0])
FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
WHERE indrelid = %s::regclass
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u'))
ORDER BY relname"""
SEQUENCES = """
SELECT attname, pg_get_serial_sequence(%s, attname) FROM pg_attribute
WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped
    AND pg_get_serial_sequence(%s, attname) IS NOT NULL"""
REFERENCES = """
SELECT f.relname, t.relname FROM pg_constraint
JOIN pg_class f ON f.oid = conrelid JOIN pg_class t ON t.oid = confrelid
WHERE contype = 'f' AND conparentid = 0 AND f.relnamespace = current_schema()::regnamespace
ORDER BY 1, 2"""


def personal_tables() -> dict[str, str]:
    """The tables whose rows are an athlete's, each with the column of the athlete's key; the table
    of the athletes comes first.
    """
    found = {Athlete._meta.db_table: Athlete._meta.pk.attname}
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if field.remote_field and field.remote_field.model is Athlete:
                found[model._meta.db_table] = field.attname
    return found


@dataclass(frozen=True)
class Copying:
    """The rows of one table, into another of the same columns."""

    source: str
    target: str

    def __str__(self) -> str:
        source, target = quoted(self.source), quoted(self.target)
        return f"INSERT INTO {target} SELECT * FROM {source}"  # noqa: S608 (both are quoted)

    @property
    def pages(self) -> int:
        """How large the table is, in pages of 8 KB."""
        [(pages,)] = asked(
            "SELECT pg_relation_size(%s::regclass) / current_setting('block_size')::int",
            quoted(self.source),
        )
        return int(pages)

    def of_pages(self, begin: int, end: int) -> str:
        """The statement that copies the rows of some pages of the source."""
        return f"{self} WHERE ctid >= '({begin},0)' AND ctid < '({end},0)'"


Step = str | Copying


class Constraint(NamedTuple):
    name: str
    kind: str  # p(rimary key), u(nique), f(oreign key)
    definition: str
    columns: Sequence[str]
    other_table: str | None
    other_columns: Sequence[str]


class Index(NamedTuple):
    name: str
    is_unique: bool
    definition: str
    first_column: str | None  # None of an expression


@dataclass(frozen=True)
class Table:
    """A personal table as it stands in the database."""

    name: str
    athlete: str  # the column
    is_partitioned: bool
    constraints: Sequence[Constraint]
    indexes: Sequence[Index]  # that are no constraint's

    @property
    def keys(self) -> list[Constraint]:
        """The primary key and unique constraints."""
        return [each for each in self.constraints if each.kind != "f"]

    @property
    def foreign_keys(self) -> list[Constraint]:
        return [each for each in self.constraints if each.kind == "f"]

    def foreign_key_dropped(self, key: Constraint) -> str:
        return f"{self._alter} DROP CONSTRAINT {quoted(key.name)}"

    def foreign_key_added(self, key: Constraint, athletes: dict[str, str]) -> str:
        """The statement that adds it anew; to another personal table, with the athlete."""
        other = athletes.get(key.other_table or "")
        if other is None or other in key.other_columns:
            return self._added(key.name, key.definition)
        tail = key.definition.rpartition(")")[2]
        ours = in_words([self.athlete, *key.columns])
        theirs = in_words([other, *key.other_columns])
        refers = f"REFERENCES {quoted(key.other_table or '')} ({theirs}){tail}"
        return self._added(key.name, f"FOREIGN KEY ({ours}) {refers}")

    def keys_added(self) -> Iterator[str]:
        """The statements that add the keys, the athlete first."""
        for each in self.keys:
            kind, _, rest = each.definition.partition("(")
            tail = rest.partition(")")[2]
            others = [column for column in each.columns if column != self.athlete]
            yield self._added(each.name, f"{kind}({in_words([self.athlete, *others])}){tail}")

    def indexes_made(self) -> Iterator[str]:
        """The statements that make all indexes; a unique one begins with the athlete."""
        for each in self.indexes:
            yield self._of_athlete(each) if each.is_unique else each.definition

    def unique_indexes_changed(self) -> Iterator[str]:
        """The statements that let the unique ones begin with the athlete where they don't."""
        for each in self.indexes:
            if each.is_unique and each.first_column != self.athlete:
                yield f"DROP INDEX {quoted(each.name)}"
                yield self._of_athlete(each)

    def keys_changed(self) -> Iterator[str]:
        """The statements that let the keys in place begin with the athlete."""
        for each, added in zip(self.keys, self.keys_added(), strict=True):
            if each.columns[0] != self.athlete:
                yield f"{self._alter} DROP CONSTRAINT {quoted(each.name)}"
                yield added

    def partitions_made(self, count: int) -> Iterator[Step]:
        """The steps that put a partitioned table in the place of this one, its foreign keys left
        out: all the tables that they refer to have to be there.
        """
        old, new = quoted(self.name), quoted(self.name + NEW)
        like = f"LIKE {old} INCLUDING ALL EXCLUDING INDEXES EXCLUDING IDENTITY"
        yield f"CREATE TABLE {new} ({like}) PARTITION BY HASH ({quoted(self.athlete)})"
        for number in range(count):
            yield (
                f"CREATE TABLE {quoted(partition(self.name, number))} PARTITION OF {new}"
                f" FOR VALUES WITH (MODULUS {count}, REMAINDER {number})"
            )
        yield Copying(self.name, self.name + NEW)
        numbered = [
            (column, sequence, next_of(sequence))
            for column, sequence in asked(SEQUENCES, old, old, old)
        ]
        yield f"DROP TABLE {old}"
        yield f"ALTER TABLE {new} RENAME TO {old}"
        for column, sequence, number in numbered:
            # Not an identity, which partitioned tables have only from PostgreSQL 17 on.
            yield f"CREATE SEQUENCE {sequence} START {number} OWNED BY {old}.{quoted(column)}"
            yield (f"{self._alter} ALTER COLUMN {quoted(column)} SET DEFAULT nextval('{sequence}')")
        yield from self.keys_added()
        yield from self.indexes_made()

    @property
    def _alter(self) -> str:
        return f"ALTER TABLE {quoted(self.name)}"

    def _added(self, name: str, definition: str) -> str:
        return f"{self._alter} ADD CONSTRAINT {quoted(name)} {definition}"

    def _of_athlete(self, index: Index) -> str:
        if index.first_column == self.athlete:
            return index.definition
        return index.definition.replace("(", f"({quoted(self.athlete)}, ", 1)


def tables() -> list[Table]:
    """All personal ones of the database. 2 queries a table, and 1."""
    athletes = personal_tables()
    kinds = dict(asked(TABLES, list(athletes)))
    return [
        _table(name, column, is_partitioned=kinds[name] == PARTITIONED)
        for name, column in athletes.items()
        if name in kinds
    ]


def _table(name: str, athlete: str, *, is_partitioned: bool) -> Table:
    constraints = [Constraint(*row) for row in asked(CONSTRAINTS, quoted(name))]
    indexes = [Index(*row) for row in asked(INDEXES, quoted(name))]
    return Table(name, athlete, is_partitioned, constraints, indexes)


def partitioning(found: Sequence[Table], count: int) -> Iterator[Step]:
    """The steps that partition all that are not yet. To be run as they come, in one transaction:
    what follows depends on what is there by then.
    """
    plain = [each for each in found if not each.is_partitioned]
    if not plain:
        return
    changed = {each.name for each in plain}
    foreign_keys = [
        (each, key)
        for each in found
        for key in each.foreign_keys
        if each.name in changed or key.other_table in changed
    ]
    athletes = {each.name: each.athlete for each in found}
    yield locking(found)
    for each, key in foreign_keys:
        yield each.foreign_key_dropped(key)
    for each in plain:
        yield from each.partitions_made(count)
    for each, key in foreign_keys:
        yield each.foreign_key_added(key, athletes)


def citus(found: Sequence[Table], shards: int) -> Iterator[str]:
    """The statements that distribute them over the servers of a Citus, side by side by athlete,
    with all that they refer to, and the rest of the catalogue, on each server.
    """
    athletes = {each.name: each.athlete for each in found}
    everywhere = [_table(name, "", is_partitioned=False) for name in reference_tables(athletes)]
    # Those of reference tables too: a table that refers to one is made a table of Citus with it,
    # and then can't be made a reference table if its column of numbers is an identity.
    foreign_keys = [(each, key) for each in (*found, *everywhere) for key in each.foreign_keys]
    yield "SET LOCAL citus.multi_shard_modify_mode TO 'sequential'"
    yield locking(found)
    for each, key in foreign_keys:
        yield each.foreign_key_dropped(key)
    for each in found:
        yield from each.keys_changed()
        yield from each.unique_indexes_changed()
    for each in everywhere:
        yield f"SELECT create_reference_table('{quoted(each.name)}')"
    first, *others = found
    yield (
        f"SELECT create_distributed_table('{quoted(first.name)}', '{first.athlete}',"
        f" shard_count => {shards})"
    )
    for each in others:
        yield (
            f"SELECT create_distributed_table('{quoted(each.name)}', '{each.athlete}',"
            f" colocate_with => '{quoted(first.name)}')"
        )
    for each, key in foreign_keys:
        yield each.foreign_key_added(key, athletes)


def reference_tables(athletes: dict[str, str]) -> list[str]:
    """The catalogue's, and all that they and the personal ones refer to; each comes after those
    that it refers to.
    """
    catalogue = apps.get_app_config("exercises").get_models(include_auto_created=True)
    referred: dict[str, list[str]] = {}
    for source, target in asked(REFERENCES):
        referred.setdefault(source, []).append(target)
    ordered: list[str] = []

    def add(name: str) -> None:
        if name in ordered or name in athletes:
            return
        for target in referred.get(name, []):
            if target != name:
                add(target)
        ordered.append(name)

    for name in athletes:
        for target in referred.get(name, []):
            add(target)
    for model in catalogue:
        add(model._meta.db_table)
    return ordered


def locking(found: Sequence[Table]) -> str:
    """The statement that lets everybody else wait."""
    return f"LOCK TABLE {in_words([each.name for each in found])} IN ACCESS EXCLUSIVE MODE"


def partition(table: str, number: int) -> str:
    return f"{table}_p{number:02}"


def next_of(sequence: str) -> int:
    """The number that comes next."""
    sql = f"SELECT last_value + is_called::int FROM {sequence}"  # noqa: S608 (PostgreSQL's name)
    [(number,)] = asked(sql)
    return int(number)


def in_words(names: Sequence[str]) -> str:
    return ", ".join(map(quoted, names))


def quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def asked(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """The rows of a query."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        return list(cursor.fetchall())

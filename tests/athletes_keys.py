"""What a page asks of personal tables names the athlete, so that one of several servers answers.

Each of these tables in a statement is compared by its athlete with a value, or with another table
of which that holds.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from django.db import connection

from backtrain.postgresql.distribution import personal_tables

WORDS = "INNER|LEFT|SET|WHERE|ON|GROUP|ORDER|LIMIT|UNION|FOR"  # after a table without an alias
READ = re.compile(r'\b(?:FROM|JOIN|UPDATE) "?(workouts_\w+)"?(?: (?!(?:' + WORDS + r')\b)"?(\w+))?')
VALUE = r"(?:%s|\d)"
QUERY = r"(?:SELECT (?:DISTINCT )?)?"
BY_KEYS = re.compile(r'DELETE FROM "(\w+)" WHERE "\1"\."\w+" IN \(%s')  # of rows that were read
# Before anyone is known by it, and whether a key that a form chose is anyone's
OF_ANYONE = re.compile(
    r'"workouts_apitoken"\."digest" = %s'
    r'|^SELECT (?:(?:1|%s) AS "a"|"\w+"\."id"[^,]*) FROM "workouts_(workout|routine)"'
    r' WHERE "workouts_\1"\."id" = '
)
OF_ALL = ("/admin/", "/accounts/delete/")  # pages that are about more than one, or take all along


class AnyAthletesError(AssertionError):
    """Rows are looked for among those of all athletes."""


@contextmanager
def of_one_athlete(address: str = "") -> Iterator[None]:
    """Raises ``AnyAthletesError`` if a personal table is read or written within by other columns
    than its athlete's key, unless the address is ``OF_ALL``.
    """
    faults: list[str] = []

    def look(execute: Callable[..., Any], sql: Any, *rest: Any) -> Any:
        faults.extend(f"{table}: {sql}" for table in lacking(str(sql)))
        return execute(sql, *rest)

    with connection.execute_wrapper(look):
        yield
    if faults and not address.startswith(OF_ALL):
        raise AnyAthletesError("\n".join(faults))


@lru_cache(maxsize=2_000)
def lacking(sql: str) -> list[str]:
    """The personal tables of a statement of which it does not say whose rows it means."""
    if BY_KEYS.match(sql) or OF_ANYONE.search(sql):
        return []
    columns = personal_tables()
    read = {alias or table: table for table, alias in READ.findall(sql) if table in columns}
    named = {alias for alias in read if _compared(columns[read[alias]], alias, VALUE, sql)}
    while more := {
        alias
        for alias in read.keys() - named
        for other in named
        if _compared(columns[read[alias]], alias, _column(columns[read[other]], other), sql)
        or _compared(columns[read[other]], other, _column(columns[read[alias]], alias), sql)
    }:
        named |= more
    return [table for alias, table in read.items() if alias not in named]


def _column(column: str, alias: str) -> str:
    return rf'\+?"?\b{alias}"?\."?{column}"?'


def _compared(column: str, alias: str, other: str, sql: str) -> bool:
    return bool(re.search(rf"{_column(column, alias)}\)? (?:=|IN) \(?{QUERY}{other}", sql))

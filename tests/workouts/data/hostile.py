"""Files that no app wrote: samples with something done to them, the same for the same seed."""

import copy
import csv
import io
import json
from collections.abc import Callable
from random import Random
from typing import Any

from tests.workouts.data.samples import SAMPLES

CELLS = [
    "",
    " ",
    "0",
    "-0",
    "-1",
    "1",
    "8",
    "1e9",
    "1e999999",
    "-1e-999999",
    "9" * 400,
    "0." + "9" * 30,
    "12.900000000000034",
    "NaN",
    "sNaN123",
    "Infinity",
    "-inf",
    "0x1F",
    "1_000",
    "1,234.5",
    "1.234,5",
    "٣",
    "²",
    "½",
    "5,5,5",
    "60x8",
    "=HYPERLINK(1)",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "'=1",
    "\t=1",
    "true",
    "None",
    "null",
    "[]",
    "kg",
    "lb",
    "stone",
    "W",
    "D",
    "Rest Timer",
    "Note",
    "warmup",
    "left",
    "working",
    "Plank",
    "Pull-up",
    "Pull Up: 5",
    "-",
    "+",
    "#",
    ">",
    "💪",
    "👩‍👩‍👧",
    "\u202egnp",
    "\u200b",
    "\ufeff",
    "\ufffd",
    "\x07",
    "\x1b[31m",
    "\x85",
    "\u2028",
    "a\nb",
    "a\r\nb",
    "a\rb",
    '"',
    "';DROP TABLE workouts_workout;--",
    "<script>alert(1)</script>",
    "{{ 1 }}",
    "../../etc/passwd",
    "x" * 81,
    "x" * 201,
    "x " * 3_000,
    "2024-03-01",
    "2024-03-01 18:05:00",
    "2024-03-01T18:05:00Z",
    "2024-03-01T18:05:00+25:00",
    "2024-03-01 18:05:00 -9999",
    "0001-01-01 00:00:00",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "9999-12-31 23:59:59",
    "1949-12-31",
    "2100-12-31T23:59:59-14:00",
    "2024-02-30",
    "2024-13-01",
    "3/4/2026",
    "31.12.99",
    "2024-03-31 02:30:00",
    "24:00",
    "99:99",
    "6:30 PM",
    "0:00 AM",
    "1h 99999m",
    "99999999999h",
    "-5m",
    "1709316300",
    "99999999999999999999",
    "Europe/Berlin",
    "Mars/Olympus",
    "3:00:00:00",
]
VALUES: list[Any] = [
    None,
    True,
    False,
    0,
    -1,
    1,
    2,
    10**30,
    1e308,
    float("nan"),
    float("inf"),
    -0.0,
    [],
    {},
    [[]],
    [None],
    {"name": {"name": []}},
    {"a": {"b": {"c": [1, {"d": None}]}}},
    "\ud800",
    "a\x00b",
    "\udfff\x00",
    ["kg"],
    "1." + "0" * 20,
]

Table = list[list[str]]


def hostile_file(random: Random) -> bytes:
    """One sample after one to three changes, and then maybe to its bytes."""
    name = random.choice(sorted(SAMPLES))
    if name in ("wger", "Backtrain") and random.random() < 0.9:
        text = _other_document(random, SAMPLES[name])
    elif "otebook" in name or random.random() < 0.15:
        text = SAMPLES[name]
        for _ in range(random.randint(1, 4)):
            text = _other_text(random, text)
    else:
        text = _other_table(random, SAMPLES[name])
    data = text.encode("utf-8", "surrogatepass")
    return random.choice(BYTES)(random, data) if random.random() < 0.3 else data


def _other_table(random: Random, text: str) -> str:
    delimiter = ";" if text.split("\n")[0].count(";") > 2 else ","
    table = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    for _ in range(random.randint(1, 3)):
        random.choice(TABLES)(random, table)
    written = io.StringIO()
    ending = random.choice(["\n", "\r\n"])
    csv.writer(written, delimiter=delimiter, lineterminator=ending).writerows(table)
    return written.getvalue()


def _cells(random: Random, table: Table) -> None:
    """Other cells, maybe in the header too."""
    rows = [row for row in table[random.random() < 0.9 :] if row]
    for _ in range(random.randint(1, 6)):
        if rows:
            row = random.choice(rows)
            row[random.randrange(len(row))] = random.choice(CELLS)


def _column(random: Random, table: Table) -> None:
    """One cell all the way down."""
    place, cell = random.randrange(len(max(table, key=len)) or 1), random.choice(CELLS)
    for row in table[1:]:
        if place < len(row):
            row[place] = cell


def _swap(random: Random, table: Table) -> None:
    """Two columns change places, with their names or without."""
    one, other = (random.randrange(len(max(table, key=len)) or 1) for _ in range(2))
    for row in table[random.randint(0, 1) :]:
        if max(one, other) < len(row):
            row[one], row[other] = row[other], row[one]


def _width(random: Random, table: Table) -> None:
    """Rows that are longer or shorter than the header."""
    for row in random.choices(table, k=random.randint(1, 3)):
        if random.random() < 0.5:
            del row[random.randint(0, len(row)) :]
        else:
            row[random.randint(0, len(row)) : 0] = random.choices(CELLS, k=random.randint(1, 9))


def _rows(random: Random, table: Table) -> None:
    """Rows many times, in another order, or none."""
    kept = random.choices(table[1:], k=random.choice([0, 1, 5, 400])) if len(table) > 1 else []
    table[1:] = [list(row) for row in kept]


def _huge(random: Random, table: Table) -> None:
    row = random.choice(table)
    row[random.randrange(len(row)) if row else 0 :] = ["a" * random.choice([19_000, 1_000_000])]


TABLES: list[Callable[[Random, Table], None]] = [
    *([_cells] * 6),
    *([_column] * 4),
    _swap,
    _swap,
    _width,
    _rows,
    _huge,
]


def _other_text(random: Random, text: str) -> str:
    place = random.randint(0, len(text))
    end = min(len(text), place + random.choice([0, 1, 10, 100]))
    added = random.choice(["", *CELLS, "\n", '"', ",", ";", ":", "### A ###\n", "2024-03-01\n"])
    return text[:place] + added + text[end:]


def _other_document(random: Random, text: str) -> str:
    """Another value at one to four places of the document; keys that are gone."""
    document = json.loads(text)
    for _ in range(random.randint(1, 4)):
        holders = list(_holders(document))
        if not holders:
            break
        holder = random.choice(holders)
        key = random.choice(sorted(holder) if isinstance(holder, dict) else range(len(holder)))
        change = random.random()
        if change < 0.1:
            del holder[key]
        elif change < 0.2 and isinstance(holder, list):
            holder.extend([holder[key]] * 3)
        else:
            values = VALUES if random.random() < 0.5 else CELLS
            holder[key] = copy.deepcopy(random.choice(values))
    dumped = json.dumps(document)
    deep = "[" * 900 + "]" * 900
    return dumped.replace('"8.5"', deep) if random.random() < 0.03 else dumped


def _holders(value: Any) -> Any:
    if value and isinstance(value, dict | list):
        yield value
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _holders(inner)


def _cut(random: Random, data: bytes) -> bytes:
    return data[: random.randint(0, len(data))]


def _flip(random: Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(random.randint(1, 8)):
        if changed:
            changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def _insert(random: Random, data: bytes) -> bytes:
    pieces = [
        b"\x00",
        b"\xff\xfe",
        b"\xc3",
        b"\xe4",
        b"\xed\xa0\x80",
        b"\xef\xbb\xbf",
        b"\r",
        b"\x1a",
    ]
    place = random.randint(0, len(data))
    return data[:place] + random.choice(pieces) + data[place:]


def _encoded(random: Random, data: bytes) -> bytes:
    text = data.decode("utf-8", "replace")
    encoding = random.choice(["utf-16", "utf-16-be", "utf-32", "cp1252", "utf-7", "utf-8-sig"])
    return text.encode(encoding, "replace")


def _mixed(random: Random, data: bytes) -> bytes:
    half = len(data) // 2
    return data[:half] + data[half:].decode("utf-8", "replace").encode(
        random.choice(["utf-16", "latin-1"]), "replace"
    )


def _two(random: Random, data: bytes) -> bytes:
    return data + SAMPLES[random.choice(sorted(SAMPLES))].encode()


def _headed(random: Random, data: bytes) -> bytes:
    heads = [b"PK\x03\x04", b"\x1f\x8b", b"%PDF", b"\x00", b"\n\n", b"{", b"[", b"sep=;\n", b"\xff"]
    return random.choice(heads) + data


BYTES: list[Callable[[Random, bytes], bytes]] = [
    _cut,
    _flip,
    _insert,
    _encoded,
    _mixed,
    _two,
    _headed,
]

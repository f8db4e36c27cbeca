"""Tables of a log, in Markdown or pasted from a sheet: rows as the text of entries.

A row may be an exercise with a column for each set, an exercise with how many sets of how many
reps, or one set.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from workouts.vocabulary import Unit

from .dates import find_date
from .joined_text import Part
from .markup import MarkedLine
from .note_lines import is_key

_HEADS = {
    "name": "movement exercise exercises lift lifts exercise_name exercise_title name what übung"
    " exercice ejercicio",
    "date": "date day datum fecha start_time started when workout_date",
    "title": "workout workout_name title session workout_title routine",
    "sets": "sets no_of_sets number_of_sets set_count sätze series séries",
    "reps": "reps rep repetitions reps_per_set wdh répétitions repeticiones",
    "weight": "weight load kg kgs lb lbs weight_kg weight_lb weight_lbs gewicht poids peso",
    "unit": "unit units weight_unit",
    "seconds": "seconds secs sec s time_s duration_seconds duration_s hold",
    "minutes": "minutes mins min",
    "metres": "distance_m metres meters distance_metres",
    "km": "distance_km km",
    "rpe": "rpe",
    "kind": "set_type type",
    "note": "note notes remark remarks comment comments exercise_notes notiz notizen bemerkung",
    "session note": "workout_notes description session_notes",
    "number": "set satz set_order set_index set_no set_number order",
    "none": "index id superset_id end_time no nr",
    "scheme": "sets_x_reps sets_reps setsxreps sets_and_reps sets_wdh scheme set_x_rep",
}
_ROLES = {head: role for role, heads in _HEADS.items() for head in heads.split()}
_SET_HEAD = re.compile(
    r"(?:set|s|satz|série|serie)?_?[0-9]{1,2}|[0-9]{1,2}(?:st|nd|rd|th)(?:_set)?"
    r"|(?:first|second|third|fourth|fifth|sixth|seventh|eighth|top|back_?off)(?:_set)?"
)
_RULE_CELL = re.compile(r":?[-+]+:?")
# w1, r1, weight 2, reps 2, set 1 kg
_BRACKETS = re.compile(r"\(.*?\)|\[.*?\]")
_PAIRED = re.compile(
    r"(?:(?P<weight>w|weight|kg|lbs?|load)|(?P<reps>r|reps?|t|time))_?(?P<number>[0-9]{1,2})"
    r"|(?:set|s)_?(?P<set>[0-9]{1,2})_(?:(?P<set_weight>w|weight|kg|lbs?|load)|(?P<set_reps>r|reps?))"
)
_TOTALS = frozenset(("total", "totals", "sum", "summe", "gesamt", "suma", "somme", "average"))
_ZERO = re.compile(r"0+(?:[.,]0+)?")
_KINDS = {
    **dict.fromkeys(("warmup", "warm-up", "warm up", "w"), " w"),
    **dict.fromkeys(("dropset", "drop set", "drop", "d"), " d"),
    **dict.fromkeys(("failure", "f"), " f"),
}
_NOTHING = frozenset(("", "-", "\u2013", "\u2014", "n/a", "none", "null"))
_SPLIT = re.compile(r"\s*[,/;]\s*|\s+(?:-\s+)?|-(?=[0-9])")
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
_FEWEST_CELLS = 3
_FIELD = re.compile(r"\s*(?P<key>[^\W\d_][\w ]{0,20}?)\s*[:=]\s*(?P<value>\S.*)")
_FIELDS = frozenset(("name", "sets", "reps", "weight", "rpe", "note", "scheme"))


@dataclass(frozen=True)
class RowCells:
    """The cells of a row that say its sets, between which `mark` stands. Sets as they are printed
    can stand in the `first`, with the `others` empty.
    """

    mark: str
    name: Part
    first: Part
    others: tuple[Part, ...] = ()

    def write(self, sets: str) -> str:
        """The row with these sets."""
        is_quoted = self.first.line.raw[: self.first.start].endswith('"')
        if self.mark in sets and not is_quoted:
            sets = f'"{sets}"'
        raw = self.first.line.raw
        texts = {self.first: sets, **dict.fromkeys(self.others, "")}
        for part in sorted(texts, key=lambda part: -part.start):
            raw = raw[: part.start] + texts[part] + raw[part.start + len(part.text) :]
        return raw


@dataclass(frozen=True)
class Row:
    """A row of a table: one entry, or a set of the entry above, where `is_further`.

    `cells` are where its sets could be written in another way; None where they could not.
    """

    line: MarkedLine
    pieces: tuple[Part | str, ...] = ()
    date: Part | None = None
    title: str = ""
    notes: tuple[str, ...] = ()
    session_notes: tuple[str, ...] = ()
    is_further: bool = False
    cells: RowCells | None = None


def read_table(lines: Sequence[MarkedLine], first: int, unit: Unit) -> list[Row | MarkedLine]:
    """The rows of the table that begins with the line at `first`, and the lines of its frame, in
    order; none when none does.

    `unit` is for weights that neither their cell nor the head of their column gives one.
    """
    mark = _mark(lines[first].raw)
    if mark is None:
        return []
    cells = _cells(lines[first], mark)
    if _heads_days(cells):
        return list(_by_days(lines, first, mark))
    heads = [_role(cell.text) for cell in cells]
    has_sets = any(
        head in ("reps", "set", "weight", "seconds", "scheme") or head.startswith("reps ")
        for head in heads
    )
    is_headed = ("name" in heads and len(heads) > 1) or (
        has_sets and "|\t".find(mark) >= 0 and not re.search("[0-9]", lines[first].text)
    )
    if mark != "|" and not (is_headed and has_sets):
        return []
    if not is_headed:
        heads = []
    units = [_unit(cell.text) for cell in cells]
    return _Rows(mark, heads, units, unit).read(lines, first)


@dataclass(frozen=True)
class Record:
    """An exercise with a field a line: "Exercise: Squat", "Weight: 60 kg", "Sets: 3", "Reps: 8"."""

    lines: tuple[MarkedLine, ...]
    pieces: tuple[Part | str, ...]
    notes: tuple[Part, ...]


def read_record(lines: Sequence[MarkedLine], first: int, unit: Unit) -> Record | None:
    """The record that begins with the line at `first`; None when none does."""
    fields: dict[str, Part] = {}
    for line in lines[first:]:
        field_ = _FIELD.fullmatch(line.text)
        role = _role_of_field(field_["key"]) if field_ else None
        if field_ is None or role is None or role in fields or (role == "name") == bool(fields):
            break
        fields[role] = Part(field_["value"].rstrip(), line, field_.start("value"))
    if not {"reps", "scheme"} & set(fields):
        return None
    measure = _Rows("", list(fields), [""] * len(fields), unit).measure(fields)
    rest = [Part("", part.line) for part in fields.values()]
    return Record(
        tuple(part.line for part in fields.values()),
        (fields["name"], ": ", *measure, *rest),
        (fields["note"],) if "note" in fields else (),
    )


def _role_of_field(key: str) -> str | None:
    role = _ROLES.get(_key(key))
    if role in ("seconds", "minutes", "metres", "km") or _key(key) in ("time", "distance"):
        return "reps"  # with its unit
    return role if role in _FIELDS else None


def _heads_days(cells: Sequence[Part]) -> bool:
    """Whether the columns of a table are days."""
    days = list(map(_is_day, cells))
    return sum(days) > 1 and (days[0] or not re.search("[0-9]", cells[0].text))


def _is_day(cell: Part) -> bool:
    written = find_date(cell.text)
    return written is not None and written.end == len(cell.text)


def _by_days(lines: Sequence[MarkedLine], first: int, mark: str) -> Iterator[Row | MarkedLine]:
    """The rows of each column that is a day, from left to right. The first column has the names,
    if it is no day itself.
    """
    yield lines[first]
    heads = _cells(lines[first], mark)
    is_named = not _is_day(heads[0])
    split = ((line, _cells(line, mark)) for line in lines[first + 1 :])
    rows = list(takewhile(lambda row: len(row[1]) > 1, split))
    filled = set()
    for place, head in enumerate(heads):
        if not _is_day(head):
            continue
        for line, cells in rows:
            if place < len(cells) and _is_filled(cells[place]):
                filled.add(line.number)
                yield _row_of_day(line, cells[0] if is_named else None, cells[place], head, mark)
    yield from (line for line, _ in rows if line.number not in filled)


def _is_filled(cell: Part) -> bool:
    return cell.text.lower() not in _NOTHING and not _RULE_CELL.fullmatch(cell.text)


def _row_of_day(line: MarkedLine, name: Part | None, cell: Part, head: Part, mark: str) -> Row:
    """The row's cell of the day that `head` is, with the name that the row has for all days."""
    if name is None or not name.text:
        return Row(line, (cell,), head)
    role = _ROLES.get(_key(name.text))
    if role in ("note", "session note") or is_key(f"{name.text}:"):
        said = cell.text if role else f"{name.text}: {cell.text}"
        return Row(line, (), head, session_notes=(said,), is_further=True)
    return Row(line, (name, ": ", cell), head, cells=RowCells(mark, name, cell))


def _mark(raw: str) -> str | None:
    """What stands between the cells of a line."""
    text = raw.strip()
    if text.startswith("|") and text.count("|") > 1:
        return "|"
    return next((mark for mark in "\t;," if raw.count(mark) >= _FEWEST_CELLS - 1), None)


@dataclass
class _Rows:
    mark: str
    heads: list[str]
    units: list[str]
    unit: Unit
    name: str = ""
    day: str = ""
    items: list[Row | MarkedLine] = field(default_factory=list)

    def read(self, lines: Sequence[MarkedLine], first: int) -> list[Row | MarkedLine]:
        for number in range(first, len(lines)):
            line = lines[number]
            cells = _cells(line, self.mark)
            if len(cells) < 2 and not (self.mark == "|" and line.raw.strip().startswith("|")):
                break
            if (number == first and self.heads) or all(_RULE_CELL.fullmatch(c.text) for c in cells):
                self.items.append(line)
            else:
                self.items.append(self._row(line, cells))
        return self.items

    def _row(self, line: MarkedLine, cells: Sequence[Part]) -> Row:
        filled = [cell for cell in cells if cell.text.lower() not in _NOTHING]
        if not self.heads:
            return Row(line, tuple(_between(filled, " ")))
        by_role: dict[str, Part] = {}
        for role, cell in zip(self.heads, cells, strict=False):
            if cell in filled:
                is_scheme = role == "sets" and len(_NUMBER.findall(cell.text)) > 1
                by_role.setdefault("scheme" if is_scheme else role, cell)
        name = by_role.get("name")
        if (by_role.get("date") or name or cells[0]).text.lower() in _TOTALS:
            said = " ".join(cell.text for cell in filled)
            return Row(line, session_notes=(said,), is_further=True)
        date = by_role.get("date")
        is_new = (name is not None and name.text != self.name) or (
            date is not None and date.text != self.day
        )
        self.name = name.text if name else self.name
        self.day = date.text if date else self.day
        sets = [
            cell
            for role, cell in zip(self.heads, cells, strict=False)
            if role == "set" and cell in filled
        ]
        measure = list(self.measure(by_role)) or list(self._pairs(by_role))
        is_one_set = (
            not ({"sets", "scheme", "set"} & set(self.heads)) and "reps 1" not in self.heads
        )
        is_nameless = "name" not in self.heads
        is_further = is_nameless or (
            is_one_set and not is_new and any(isinstance(item, Row) for item in self.items[-1:])
        )
        pieces: list[Part | str] = []
        row_cells = None
        if name and not is_further and not {"seconds", "minutes", "metres", "km"} & set(by_role):
            row_cells = self._row_cells(name, by_role, sets)
        if not is_further:
            pieces += [name or Part("", line), ": "]
        pieces += [*_between(sets, ", "), *([", "] if sets and measure else []), *measure]
        return Row(
            line,
            tuple(pieces),
            date,
            by_role["title"].text if "title" in by_role else "",
            (*self._none_done(by_role, measure), *self._texts("note", cells, filled)),
            tuple(self._texts("session note", cells, filled)),
            is_further,
            row_cells,
        )

    def _row_cells(
        self, name: Part, by_role: dict[str, Part], sets: Sequence[Part]
    ) -> RowCells | None:
        roles = ("scheme", "reps", "weight", "sets", "kind", "rpe")
        measure = [by_role[role] for role in roles if role in by_role]
        if sets and not (set(by_role) & {"scheme", "reps"}):
            return RowCells(self.mark, name, sets[0], (*sets[1:], *measure))
        if not sets and set(by_role) & {"scheme", "reps"}:
            return RowCells(self.mark, name, measure[0], tuple(measure[1:]))
        return None

    def _texts(self, wanted: str, cells: Sequence[Part], filled: list[Part]) -> Iterator[str]:
        for role, cell in zip(self.heads, cells, strict=False):
            if role == wanted and cell in filled:
                yield cell.text

    def _none_done(self, by_role: dict[str, Part], measure: list[Part | str]) -> Iterator[str]:
        """A set with no reps, which is none."""
        reps, weight = by_role.get("reps"), by_role.get("weight")
        if not measure and reps and _ZERO.fullmatch(reps.text):
            load = f"{weight.text}{self._unit_of(by_role)} x " if weight else ""
            yield f"{load}0"

    def _pairs(self, by_role: dict[str, Part]) -> Iterator[Part | str]:
        """Sets that have a column for their weight and one for their reps."""
        places = [head.split()[1] for head in self.heads if head.startswith("reps ")]
        glue = ""
        for place in places:
            reps, weight = by_role.get(f"reps {place}"), by_role.get(f"weight {place}")
            if reps is None or _ZERO.fullmatch(reps.text):
                continue
            yield glue
            if weight and not _ZERO.fullmatch(weight.text):
                yield from (weight, self._unit_of(by_role, f"weight {place}"), " x ")
            yield reps
            glue = ", "

    def measure(self, by_role: dict[str, Part]) -> Iterator[Part | str]:
        """Sets, reps and weight as one writes them: "60 kg 3 x 8", "60 kg x 8, 8, 6"."""
        weight, unit = by_role.get("weight"), self._unit_of(by_role)
        if weight and _ZERO.fullmatch(weight.text):
            weight = None
        amount = self._amount(by_role)
        if scheme := by_role.get("scheme"):
            is_product = re.search(r"[x\u00d7*]", scheme.text)
            yield from (weight, unit, " " if is_product else " x ") if weight else ()
            yield scheme
            yield from self._remarks(by_role)
            return
        if amount is None:
            return
        part, behind = amount
        parts = list(_split(part))
        is_list = weight and not re.fullmatch(r"[0-9]+,[0-9]{1,2}", weight.text)  # 62,5
        weights = list(_split(weight)) if weight and is_list else []
        count = by_role.get("sets")
        number = int(count.text) if count and count.text.isdecimal() else None
        size = max(len(parts), len(weights))
        if number in (None, size) and len(weights) == size > 1 and len(parts) in (1, size):
            yield from _pairs(weights, parts, unit, behind)
            return
        if weight:
            yield from (weight, unit, " " if count else " x ")
        if count and (len(parts) == 1 or number != len(parts)):
            yield from (count, " x " if len(parts) == 1 else " sets ")
        for place, each in enumerate(parts):
            yield from ([", "] if place else [])
            yield from (each, behind)
        yield from self._remarks(by_role)

    def _amount(self, by_role: dict[str, Part]) -> tuple[Part, str] | None:
        units = {"reps": "", "seconds": " s", "minutes": " min", "metres": " m", "km": " km"}
        for role, behind in units.items():
            part = by_role.get(role)
            if part and not _ZERO.fullmatch(part.text):
                plain = re.sub(r"\.0+$", "", part.text)
                return Part(plain, part.line, part.start), behind
        return None

    def _unit_of(self, by_role: dict[str, Part], role: str = "weight") -> str:
        weight = by_role.get(role)
        if weight is None or re.search(r"[^\W\d_]", weight.text):
            return ""
        column = self.units[self.heads.index(role)]
        named = _unit(by_role["unit"].text) if "unit" in by_role else ""
        return f" {named or column or self.unit}"

    def _remarks(self, by_role: dict[str, Part]) -> Iterator[Part | str]:
        for role in ("kind", "number"):
            kind = by_role.get(role)
            if kind and kind.text.lower() in _KINDS:
                yield _KINDS[kind.text.lower()]
        if "rpe" in by_role:
            yield from (" @", by_role["rpe"])


def _pairs(
    weights: Sequence[Part], parts: Sequence[Part], unit: str, behind: str
) -> Iterator[Part | str]:
    for place, weight in enumerate(weights):
        if place:
            yield ", "
        yield from (weight, unit, " x ", parts[place if len(parts) > 1 else 0], behind)


def _split(part: Part) -> Iterator[Part]:
    """The numbers of a cell such as "8, 8, 6"; the cell as it is where it has anything else."""
    numbers = _SPLIT.split(part.text)
    if len(numbers) < 2 or not all(_NUMBER.fullmatch(number) for number in numbers):
        yield part
        return
    start = 0
    for number in numbers:
        start = part.text.index(number, start)
        yield Part(number, part.line, part.start + start)
        start += len(number)


def _between(parts: Sequence[Part], glue: str) -> Iterator[Part | str]:
    for place, part in enumerate(parts):
        if place:
            yield glue
        yield part


_QUOTED = re.compile(r'"((?:[^"]|"")*)"')


def _cells(line: MarkedLine, mark: str) -> list[Part]:
    raw = line.raw
    end = len(raw.rstrip(" \r\n" if mark == "\t" else None))
    start = 0
    if mark == "|":
        start = raw.index("|") + 1 if raw.lstrip().startswith("|") else 0
        end = end - 1 if raw[:end].endswith("|") and end > start else end
    cells = []
    while True:
        quoted = _QUOTED.match(raw, start) if mark in ",;" else None
        stop = raw.find(mark, quoted.end() if quoted else start, end)
        stop = end if stop < 0 else stop
        cells.append(_cell(line, start, stop, quoted))
        if stop >= end:
            return cells
        start = stop + 1


def _cell(line: MarkedLine, start: int, stop: int, quoted: re.Match[str] | None) -> Part:
    if quoted:
        return Part(quoted[1].replace('""', '"').strip(), line, quoted.start(1))
    source = line.text if line.text[start:stop].strip() else line.raw
    text = source[start:stop]
    text = text.replace("**", "  ")
    return Part(text.strip(), line, start + len(text) - len(text.lstrip()))


def _key(head: str) -> str:
    return re.sub(r"[\W_]+", "_", head.lower().replace("#", "no")).strip("_")


def _role(head: str) -> str:
    key = _key(head)
    if found := _ROLES.get(key) or _ROLES.get(_key(_BRACKETS.sub("", head))):
        return found
    if pair := _PAIRED.fullmatch(key):
        role = "weight" if pair["weight"] or pair["set_weight"] else "reps"
        return f"{role} {int(pair['number'] or pair['set'])}"
    return "set" if _SET_HEAD.fullmatch(key) else "note"


def _unit(head: str) -> str:
    words = set(_key(head).split("_"))
    if words & {"kg", "kgs", "kilograms"}:
        return "kg"
    return "lb" if words & {"lb", "lbs", "pounds"} else ""

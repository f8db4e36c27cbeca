"""Files that nobody's app wrote: a sentence or a reading, never another exception."""

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workouts.data.importers import MAX_BYTES, Export, Unreadable, read_export

STRONG = (
    b"Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,"
    b"Workout Notes,RPE\n"
)
ROW = b'2024-03-01 18:05:00,"Pull",1h,"Row",1,60,8,0,0,"",,\n'


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file is empty."),
        (b" \r\n\t\n", "The file is empty."),
        (b"PK\x03\x04rest", "This is a ZIP file or a spreadsheet"),
        (b"\x89PNG\r\n", "This is a picture"),
        (b"%PDF-1.7", "This is a PDF"),
        (b"SQLite format 3\x00", "This is a database"),
        (STRONG + b"\x00\x01", "This is not a text file."),
        (b"x" * (MAX_BYTES + 1), "The file is larger than 10 MB."),
        (STRONG + b'2024-03-01,"' + b"a" * 20_001 + b'"\n', "Line 2 has a cell of more than"),
        (STRONG + b'2024-03-01,"' + b"a" * 1_000_000, "Line 2 "),
        (STRONG, "The file has a header, but no row below it."),
        (b"a,b,c,d\n1,2,3,4\n", "This looks like a table, but not like one of the apps"),
        (b'{"workouts": [', "The file begins like JSON, but is not whole."),
        (b"[" * 100_000, "The file begins like JSON, but is not whole."),
        (b"[1, 2]", "This JSON file is not one of the apps listed here."),
        ("Übung,Datum\n".encode() + b"Schr\xe4gbank,1\n", "Line 2 is not in the encoding"),
    ],
)
def test_a_sentence_says_what_is_wrong(data: bytes, sentence: str) -> None:
    with pytest.raises(Unreadable, match=sentence):
        read_export(data)


def test_a_file_cut_off_in_its_last_row_keeps_the_others() -> None:
    export = read_export(STRONG + ROW * 2 + b"2024-03-01 18:0")

    assert isinstance(export, Export)
    assert (export.set_count, [one.line for one in export.skipped]) == (2, [4])


def test_a_file_of_an_old_windows_program() -> None:
    export = read_export(STRONG + ROW.replace(b"Row", b"R\xfcckenzug"))

    assert isinstance(export, Export)
    assert export.names == ("Rückenzug",)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_marks_at_the_beginning(encoding: str) -> None:
    export = read_export((STRONG + ROW).decode().encode(encoding))

    assert isinstance(export, Export)
    assert export.set_count == 1


def test_formulas_are_text() -> None:
    export = read_export(STRONG + ROW.replace(b'"Row"', b"=HYPERLINK(1)"))

    assert isinstance(export, Export)
    assert export.names == ("=HYPERLINK(1)",)


CELLS = st.one_of(
    st.sampled_from(
        [
            "2024-03-01 18:05:00",
            "0001-01-01",
            "9999-12-31 23:59",
            "2024-02-30",
            "1e999",
            "1e50",
            "-1",
            "1e-30",
            "NaN",
            "٣",
            "²",
            "5,5,5",
            "99:99",
            "1h 99999m",
            "W",
            "\u202e",
            "60",
            "8",
            "kg",
        ]
    ),
    st.text(max_size=12),
)
HEADERS = [
    STRONG.decode().strip(),
    "title,start_time,end_time,exercise_title,superset_id,set_index,set_type,weight_kg,reps",
    "Date,Exercise,Category,Weight,Weight Unit,Reps,Distance,Distance Unit,Time,Comment",
    "Name,StartTime,EndTime,Exercise,Equipment,Reps,Weight,Time,Status,IsWarmup,RPE,RIR",
    "Date (yyyy/mm/dd),Workout Name,Exercise,Duration (hours),Start Time (h:mm),Set 1 (Reps),"
    "Set 1 (KG)",
    "Date,Exercise,Reps,Weight(kg),Duration(s),Distance(m),isWarmup,Note,multiplier",
    "date,time,time zone,workout,minutes,exercise,kind,side,weight,unit,reps,metres,rpe",
]


@st.composite
def tables(draw: st.DrawFn) -> bytes:
    header = draw(st.sampled_from(HEADERS))
    columns = header.count(",") + 1
    width = st.integers(0, columns + 2)
    rows = draw(st.lists(width.flatmap(lambda n: st.lists(CELLS, min_size=n, max_size=n))))
    lines = [header] + [
        ",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows
    ]
    return "\n".join(lines).encode("utf-8", "replace")


@given(tables())
def test_every_row_is_a_set_or_has_a_reason(data: bytes) -> None:
    try:
        export = read_export(data)
    except Unreadable:
        return
    assert isinstance(export, Export)
    of_sets = {one.line for each in export.workouts for entry in each.entries for one in entry.sets}
    assert len(of_sets | {one.line for one in export.skipped}) == export.rows


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["exercise", "weight", "reps", "repetitions", "date", "results", "rir", "name"]
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_any_json(document: object) -> None:
    with contextlib.suppress(Unreadable):
        read_export(json.dumps(document).encode())


@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    with contextlib.suppress(Unreadable):
        read_export(data)

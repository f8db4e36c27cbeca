"""Files as text and text as rows, whatever wrote them: encodings, delimiters, headers."""

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from exercises.sentences import gettext as _
from exercises.sentences import grouped
from workouts.data.importers.values import Unreadable

MAX_BYTES = 10_000_000  # a set takes some 100: three times what anyone is known to have logged
MAX_ROWS = 250_000
MAX_CELL = 20_000  # characters; the longest notes of a workout are a quarter of it
DELIMITERS = ",;\t"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MANY_BYTES = re.compile(rb"[\xc2-\xf4][\x80-\xbf]+")
_NOT_TEXT = (
    (b"PK\x03\x04", _("a ZIP file or a spreadsheet")),
    (b"%PDF", _("a PDF")),
    (b"\x89PNG", _("a picture")),
    (b"\xff\xd8\xff", _("a picture")),
    (b"SQLite format 3", _("a database")),
    (b"\x1f\x8b", _("a compressed file")),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row with the line that it begins on. A column that isn't there is empty."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "").strip()

    def text(self, column: str) -> str:
        """The cell as it is, with the white space at its ends."""
        return self.cells.get(column, "")

    @property
    def is_empty(self) -> bool:
        return not any(cell.strip() for cell in self.cells.values())


def decoded(data: bytes) -> str:
    """The text of a file. Raises Unreadable where it has none."""
    if len(data) > MAX_BYTES:
        raise Unreadable(_("The file is larger than %(most)s MB.", most=MAX_BYTES // 1_000_000))
    if not data.strip():
        raise Unreadable(_("The file is empty."))
    for start, what in _NOT_TEXT:
        if data.startswith(start):
            raise Unreadable(
                _("This is %(what)s, not an export. Save it as CSV, or unpack it first.", what=what)
            )
    encoding = next((name for bom, name in _BOMS if data.startswith(bom)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding != "utf-8" or _MANY_BYTES.search(data):
            line = data.count(b"\n", 0, error.start) + 1
            raise Unreadable(
                _(
                    "Line %(line)s is not in the encoding of the lines before it. Export the file"
                    " anew, and don’t edit it in between.",
                    line=line,
                )
            ) from error
        text = data.decode("cp1252", errors="replace")
    if "\x00" in text:
        raise Unreadable(
            _("This is not a text file. Choose the CSV file that the other app exported.")
        )
    return text


def header_of(text: str) -> tuple[str, ...]:
    """The names of the columns, as ``read_rows`` has them."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    cells = next(csv.reader([first[:MAX_CELL]], delimiter=_delimiter(first)), [])
    return tuple(map(_column, cells))


def read_rows(text: str, *, first_line: int = 1) -> Iterator[Row]:
    """The rows below the header, without empty ones. Raises Unreadable.

    Columns are in lower case with single spaces; of two with one name the first is meant. What is
    beyond the header's cells goes by "+1", "+2" and so on.
    """
    start = len(text) - len(text.lstrip())
    first_line += text.count("\n", 0, start)
    reader = csv.reader(io.StringIO(text[start:], newline=""), delimiter=_delimiter(text[start:]))
    header: list[str] | None = None
    line = first_line
    try:
        for number, cells in enumerate(reader):
            if number > MAX_ROWS:
                raise Unreadable(_("The file has more than %(most)s rows.", most=grouped(MAX_ROWS)))
            if max(map(len, cells), default=0) > MAX_CELL:
                raise Unreadable(
                    _(
                        "Line %(line)s has a cell of more than %(most)s characters.",
                        line=line,
                        most=grouped(MAX_CELL),
                    )
                )
            if header is None:
                header = [_column(cell) for cell in cells]
            else:
                row = Row(line, _named(header, cells))
                if not row.is_empty:
                    yield row
            line = first_line + reader.line_num
    except csv.Error as error:
        raise Unreadable(
            _("Line %(line)s can’t be read as a row of a table. Is the file whole?", line=line)
        ) from error


def _named(header: list[str], cells: list[str]) -> dict[str, str]:
    names = [*header, *(f"+{place}" for place in range(1, len(cells) - len(header) + 1))]
    named: dict[str, str] = {}
    for name, cell in zip(names, cells, strict=False):
        named.setdefault(name, cell)
    return named


def _delimiter(text: str) -> str:
    """The mark that the first line has most of, outside of quotes."""
    line = re.sub(r'"[^"]*"', "", text.split("\n", 1)[0])
    return max(DELIMITERS, key=lambda mark: (line.count(mark), -DELIMITERS.index(mark)))


def _column(cell: str) -> str:
    return " ".join(cell.replace("\ufeff", "").lower().split())

"""``manage.py import_exercises``: others' exercises, as drafts to review."""

from argparse import ArgumentTypeError
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from exercises.counting import counted
from exercises.files.documents import BadFile
from exercises.files.free_exercise_db import (
    MAX_BYTES,
    Answers,
    FreeExercise,
    read_records,
    skip_reason,
    translate,
)
from exercises.files.importing import BadAnswer, Import, Provenance, import_drafts
from exercises.management.reporting import columns, progress_bar

_Slugs = tuple[str, ...]
_Answer = tuple[str, _Slugs]


class Command(BaseCommand):
    help = (
        "Brings exercises in the JSON form of free-exercise-db into the catalogue, as drafts that"
        " an editor reviews and publishes. What the catalogue has already stays as it is. All or"
        " nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="A list of exercises, or one, as JSON.")
        parser.add_argument(
            "--licence", default="", help="Of records that name no license. Needed for those."
        )
        parser.add_argument("--author", default="", help="Of records that name no license_author.")
        parser.add_argument(
            "--source",
            default="",
            help="What to call where the file comes from; its name, unless given. Importing again"
            " under the same one makes nothing twice.",
        )
        for what, example in (("muscle", "shoulders=front-deltoid"), ("equipment", "machine=")):
            parser.add_argument(
                f"--{what}",
                action="append",
                default=[],
                type=answer,
                metavar="WORD=SLUGS",
                help=f"What a {what} word of theirs is here, in every record: “{example}”; slugs"
                " with commas between, none to leave it out.",
            )
        parser.add_argument(
            "--ask",
            action="store_true",
            help="Ask, once each, for the words that have no counterpart here.",
        )
        parser.add_argument("--dry-run", action="store_true", help="Report, but change nothing.")

    def handle(
        self,
        *,
        file: Path,
        licence: str,
        author: str,
        source: str,
        muscle: list[_Answer],
        equipment: list[_Answer],
        ask: bool,
        dry_run: bool,
        **options: Any,
    ) -> None:
        provenance = Provenance(
            source=source.strip() or file.stem, licence=licence.strip(), author=author.strip()
        )
        answers = {("muscle", word): slugs for word, slugs in muscle}
        answers |= {("equipment", word): slugs for word, slugs in equipment}
        try:
            records = read_records(read_bytes(file))
            if ask:
                answers |= self.asked(records, answers)
            imports = import_drafts(
                records,
                provenance=provenance,
                answers=answers,
                dry_run=dry_run,
                progress=progress_bar,
            )
        except BadFile as error:
            raise CommandError(f"{file}: {error} Nothing was imported.") from error
        except BadAnswer as error:
            raise CommandError(f"{error} Nothing was imported.") from error
        if options["verbosity"] > 0:
            self.report(imports, dry_run=dry_run)

    def asked(
        self, records: Sequence[FreeExercise], answers: Answers
    ) -> dict[tuple[str, str], _Slugs]:
        """An answer for every word that has none yet; Enter leaves it to the review."""
        given = {}
        for (what, word), count in open_words(records, answers):
            typed = input(
                f"{what} “{word}” ({counted(count, 'record')}). Slugs here, or Enter to leave it: "
            )
            if typed.strip():
                given[what, word] = slugs_in(typed)
        return given

    def report(self, imports: list[Import], *, dry_run: bool) -> None:
        for each in imports:
            self.stdout.write(line(each))
        self.stdout.write(outcomes(imports))
        if any(each.unmapped for each in imports):
            self.stdout.write("\nWithout a counterpart here, noted for review:")
            self.stdout.write(unmapped(imports))
            self.stdout.write(
                "Say what such a word is with --muscle or --equipment, or be asked with --ask."
            )
        if dry_run:
            self.stdout.write("Dry run: nothing was changed.")


def read_bytes(file: Path) -> bytes:
    """The file's bytes, at most one more than are taken. Raises ``CommandError``."""
    try:
        with file.open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise CommandError(f"{file} can't be read: {error.strerror}.") from error


def answer(text: str) -> _Answer:
    """ "shoulders=front-deltoid,lateral-deltoid" as word and slugs."""
    word, equals, slugs = text.partition("=")
    if not (word.strip() and equals):
        raise ArgumentTypeError(f"“{text}” is not WORD=SLUGS")
    return word.strip(), slugs_in(slugs)


def slugs_in(text: str) -> _Slugs:
    return tuple(text.replace(",", " ").split())


def open_words(
    records: Sequence[FreeExercise], answers: Answers
) -> list[tuple[tuple[str, str], int]]:
    """Words for muscles and equipment with no counterpart here, most frequent first."""
    wanted = [each for each in records if not skip_reason(each)]
    missed = Counter(pair for each in wanted for pair in set(translate(each, answers).unmapped))
    kinds = ("muscle", "equipment")
    ordered = sorted(missed.items(), key=lambda item: (-item[1], item[0]))
    return [(pair, count) for pair, count in ordered if pair[0] in kinds]


def line(each: Import) -> str:
    """What became of one record: "imported      Odd press: muscle “shoulders”"."""
    words = ", ".join(f"{what} “{word}”" for what, word in each.unmapped)
    notes = [f"could not place {words}"] if words else []
    if each.alike:
        notes.append(f"possibly the same as {' or '.join(each.alike)}")
    about = each.reason or "; ".join(notes)
    return f"{each.outcome:<13} {each.name}" + (f": {about}" if about else "")


def outcomes(imports: list[Import]) -> str:
    counted: Counter[str] = Counter(each.outcome for each in imports)
    kinds = ("imported", "here already", "skipped")
    return columns([("", *kinds), ("exercises", *(str(counted[kind]) for kind in kinds))])


def unmapped(imports: list[Import]) -> str:
    """How many records each word with no counterpart stands in, most first."""
    counted = Counter(pair for each in imports for pair in set(each.unmapped))
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    rows = [(f"{what} “{word}”", str(times)) for (what, word), times in ordered]
    return columns([("", "records"), *rows], first=36)

"""``manage.py distribute``: spread personal tables by athlete, on PostgreSQL."""

from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from backtrain.backups import Progress
from backtrain.circuit_breaker import one_line
from backtrain.management.bars import bars
from backtrain.management.commands.migrate import one_at_a_time
from backtrain.management.problems import problems_told
from backtrain.postgresql import distribution
from backtrain.postgresql.distribution import Copying, Step, Table

MOST = 64  # partitions; the locks of more do not fit into PostgreSQL's memory as it comes


class Command(BaseCommand):
    help = (
        "Lets every key of a personal table begin with the athlete, and spreads the tables by"
        " athlete: over partitions, or with --citus over the servers of a Citus. Optional, for"
        " very many athletes. It cannot be undone but by a backup: make one first. The site waits"
        " meanwhile; docs/scaling.md says how long, and what comes of it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--partitions", type=int, default=16, help=f"Of each table, 2 to {MOST}."
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="Print the statements, change nothing."
        )
        parser.add_argument(
            "--citus",
            action="store_true",
            help="Print the statements for a Citus, which nobody has run yet.",
        )
        parser.add_argument("--run", action="store_true", help="With --citus, run them too.")
        parser.add_argument("--shards", type=int, default=32, help="With --citus.")

    @problems_told
    def handle(
        self, *, partitions: int, dry_run: bool, run: bool, shards: int, **options: Any
    ) -> None:
        if connection.vendor != "postgresql":
            raise CommandError(
                "Only PostgreSQL can spread a table; this database is"
                f" {connection.display_name}. Nothing was changed."
            )
        if not 2 <= partitions <= MOST:
            raise CommandError(f"A table has 2 to {MOST} partitions, not {partitions}.")
        if run and not options["citus"]:
            raise CommandError("--run belongs to --citus; without, the statements are run anyway.")
        with one_at_a_time(connection, tell=self.stderr.write):
            ask_for_migrations()
            if options["citus"]:
                self.spread_over_servers(shards, is_run=run and not dry_run)
            else:
                self.spread_over_partitions(partitions, is_run=not dry_run)

    def spread_over_partitions(self, partitions: int, *, is_run: bool) -> None:
        found = distribution.tables()
        plain = [each for each in found if not each.is_partitioned]
        steps = distribution.partitioning(found, partitions)
        if not plain:
            self.stdout.write(f"All {len(found)} personal tables are partitioned already.")
        elif is_run:
            perform(steps)
            self.stdout.write(
                f"Partitioned by athlete, each into {partitions}: personal tables: {len(plain)}.",
                self.style.SUCCESS,
            )
        else:
            self.show(steps)

    def spread_over_servers(self, shards: int, *, is_run: bool) -> None:
        found = distribution.tables()
        if any(each.is_partitioned for each in found):
            raise CommandError(
                "The tables have partitions on this server. Restore a backup from before, then"
                " spread it over a Citus."
            )
        steps = distribution.citus(found, shards)
        if not is_run:
            self.show(steps)
            return
        refuse_without_citus(found)
        perform(steps)
        self.stdout.write(f"Distributed {len(found)} personal tables.", self.style.SUCCESS)

    def show(self, steps: Iterable[Step]) -> None:
        """Print what would be run, as a script for psql."""
        self.stdout.write("BEGIN;")
        for step in steps:
            self.stdout.write(f"{step};")
        self.stdout.write("COMMIT;")


def ask_for_migrations() -> None:
    """Raise CommandError where there are some that were not applied."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CommandError("The database is of an older version: run manage.py migrate first.")


def refuse_without_citus(found: Iterable[Table]) -> None:
    """Raise CommandError where it is not installed, or is at work already."""
    if not distribution.asked("SELECT FROM pg_extension WHERE extname = 'citus'"):
        raise CommandError("This PostgreSQL has no Citus: CREATE EXTENSION citus comes first.")
    spread = {
        name for [name] in distribution.asked("SELECT logicalrelid::text FROM pg_dist_partition")
    }
    if spread.intersection(each.name for each in found):
        raise CommandError("The tables are distributed already. Nothing was changed.")


def perform(steps: Iterable[Step]) -> None:
    """Run them in one transaction, so that all is as before if any of them fails."""
    try:
        with bars() as progress, transaction.atomic(), connection.cursor() as cursor:
            for step in steps:
                if isinstance(step, Copying):
                    copy(step, progress)
                else:
                    cursor.execute(step)
            for each in distribution.personal_tables():
                cursor.execute(f"ANALYZE {distribution.quoted(each)}")
    except DatabaseError as error:
        raise CommandError(f"Nothing was changed. The database says: {one_line(error)}.") from error


def copy(copying: Copying, progress: Progress) -> None:
    """Copy the rows of a table, telling how far it is."""
    pages = copying.pages
    with connection.cursor() as cursor:
        for begin in range(0, pages, distribution.PAGES):
            end = min(begin + distribution.PAGES, pages)
            cursor.execute(copying.of_pages(begin, end))
            progress(copying.source, end, pages)

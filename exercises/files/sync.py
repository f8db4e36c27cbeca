"""Installing and upgrading the catalogue without undoing an editor's work.

For every document (``documents.py``) the database remembers what the files said when it was last
synced. ``sync`` merges three ways: a field that an editor changed stays, every other follows the
files. Documents are known by their permanent slugs, here and in what they refer to, so that
nobody's renaming looks like another row. All in one transaction: a sync that stops half-way has
changed nothing.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db import DatabaseError, transaction

from exercises.files.checking import misfits, why_refused
from exercises.files.choices import Choices
from exercises.files.clashes import Clash, find_clashes
from exercises.files.documents import Document, Key, by_permanent_slugs, with_references
from exercises.files.faults import faults
from exercises.files.merging import Merge, merge
from exercises.files.revisions import UNRECORDED, record
from exercises.files.rows import (
    MODELS,
    Change,
    Stored,
    Writer,
    load_stored,
    takes_a_place,
    vacate,
    wait_for_editors,
)
from exercises.files.schemas import REFERENCED, SCHEMAS
from exercises.files.upstream import names_edited
from exercises.models import Status, SyncedDocument, why_unreadable
from exercises.models.exercise import LOADED_BY
from exercises.names import name_key
from exercises.vocabulary import LoadType

if TYPE_CHECKING:
    from django.contrib.auth.models import User

CHANGE_REASON = "Catalogue upgrade"
SETTLED = "Compared with the catalogue"

Progress = Callable[[Sequence[Document]], Iterable[Document]]
UniqueValue = tuple[
    str, str, Any
]  # of which kind, in which respect, and the value that only one may have


def sync(
    files: Sequence[Document],
    *,
    take_theirs: Collection[str] = (),
    keep_mine: Collection[str] = (),
    dry_run: bool = False,
    progress: Progress = iter,
) -> list[Change]:
    """Bring the database to what ``files`` say, but for what editors changed.

    ``take_theirs`` and ``keep_mine`` hold slugs, a slug with a field ("pull-up.safety"), or "all",
    whose conflicts are settled that way; what is none of these raises ``UnknownChoice``. A document
    that wants what another row has is left out, and both are named. An exercise that left the
    files is archived, unless it was edited; other rows that did stay. Editors wait, and are waited
    for, but for a dry run. 29 queries when nothing changed, and a few for each document that did.
    """
    with transaction.atomic():
        if not dry_run:
            wait_for_editors()
        changes = _sync(
            by_permanent_slugs(files),
            lambda known: Choices.of(known, take_theirs=take_theirs, keep_mine=keep_mine),
            progress=progress,
        )
        if any(change.outcome in ("added", "updated", "archived") for change in changes):
            record(CHANGE_REASON)
        transaction.set_rollback(dry_run)
    return changes


@transaction.atomic
def settle(
    synced: SyncedDocument,
    *,
    take_theirs: Collection[str] = (),
    keep_mine: Collection[str] = (),
    reason: str = "",
    user: "User | None" = None,
) -> Change:
    """Settle fields of one document, as a sync that is told so would with the files as they were.

    What it comes to is a version of the row, by ``user`` for the ``reason``, also where what is
    here was kept. What could not be taken stays open, and the notes say why. About 160 queries.
    """
    key = (synced.kind, synced.slug)
    row = {synced.kind: [synced.object_id]}
    record(UNRECORDED, only=row)
    choices = Choices.of_one(key, take_theirs=take_theirs, keep_mine=keep_mine)
    changes = _sync(_as_last_synced(), lambda _: choices, only=key)
    record(reason or SETTLED, user=user, only=row, is_decision=True)
    return next(iter(changes), Change(*key, "unchanged"))


def _as_last_synced() -> list[Document]:
    """The files, by what is remembered of them."""
    documents = []
    for each in SyncedDocument.objects.filter(is_gone=False):
        said = each.in_the_files
        fields = {name: said[name] for name in SCHEMAS[each.kind].in_order(said)}
        slug = fields.pop("slug")
        documents.append(Document(each.kind, slug, fields, "" if slug == each.slug else each.slug))
    return documents


class Refused(Exception):
    """A row could not be one document; the others can go on without it."""

    def __init__(self, key: Key, why: str) -> None:
        super().__init__(why)
        self.key, self.why = key, why


def _sync(
    files: Sequence[Document],
    choose: Callable[[Mapping[Key, Collection[str]]], Choices],
    *,
    progress: Progress = iter,
    only: Key | None = None,
) -> list[Change]:
    """Try without what no row can be until the database refuses nothing more.

    ``choose`` makes the choices of the slugs by which each document is known.
    """
    meant = [each for each in files if only in (None, each.key)]
    refused = {each.key: " ".join(found) for each in meant if (found := misfits(each))}
    while True:
        try:
            with transaction.atomic():
                run = _Sync(files, refused, only)
                run.choices = choose(run.known_slugs())
                return run.write(progress)
        except Refused as error:
            refused[error.key] = error.why


@dataclass(slots=True)
class _Plan:
    """What is to become of one document; nothing is remembered of it where ``merged`` is None."""

    document: Document
    theirs: dict[str, Any]
    change: Change
    merged: Merge | None = None

    @property
    def is_written(self) -> bool:
        return self.change.outcome in ("added", "updated")


class _Sync:
    """One run: plan every document, write rows, then what refers to other rows.

    With ``only``, nothing becomes of any other document.
    """

    choices: Choices

    def __init__(
        self, files: Sequence[Document], refused: Mapping[Key, str], only: Key | None = None
    ) -> None:
        self.files = files
        self.refused = refused
        self.only = only
        self.former = {
            (each.kind, slug): each.key
            for each in self.files
            for slug in each.fields.get("former_slugs", ())
        }
        self.bases = {(base.kind, base.slug): base for base in SyncedDocument.objects.all()}
        self._follow_renames()
        self.stored = load_stored(by_permanent_slug=True)
        self.writer = Writer({key: stored.row for key, stored in self.stored.items()})

    def known_slugs(self) -> dict[Key, set[str]]:
        """Every document, and the slugs by which somebody may mean it."""
        slugs: dict[Key, set[str]] = {key: {key[1]} for key in (*self.stored, *self.bases)}
        for document in self.files:
            slugs.setdefault(document.key, {document.key[1]}).add(document.slug)
        for key, stored in self.stored.items():
            slugs[key] |= {stored.fields["slug"], *stored.fields.get("former_slugs", ())}
        return slugs

    def write(self, progress: Progress) -> list[Change]:
        plans = {
            each.key: self._plan(each, each.says)
            for each in self.files
            if self.only in (None, each.key)
        }
        self._block(plans)
        self._leave_out_what_is_not_here(plans)
        written = {key: plan for key, plan in plans.items() if plan.is_written}
        vacate(self.stored[key].row for key, plan in written.items() if takes_a_place(plan.change))
        for document in progress(self.files):  # what was logged is reckoned anew along with it
            if document.key in written:
                self._write(self.writer.write_row, written[document.key])
        for document in progress(self.files):
            if document.key in written:
                self._write(self.writer.write_references, written[document.key])
        self._remember(plans.values())
        changes = [replace(plan.change, slug=plan.document.slug) for plan in plans.values()]
        return changes + list(self._leave_the_rest(plans))

    # Renamed by hand in the files

    def _follow_renames(self) -> None:
        """A document that only its former slug makes known is known by its new one from now on."""
        renamed: dict[Key, str] = {}
        while found := next(self._renames(), None):
            document, former = found
            base = self.bases[document.key] = self.bases.pop(former)
            base.slug = renamed[former] = document.key[1]
            base.save()
            row = MODELS[base.kind]._default_manager.filter(pk=base.object_id)
            row.update(permanent_slug=base.slug)
        for base in self.bases.values() if renamed else ():
            base.fields = with_references(
                base.kind, base.fields, lambda key: renamed.get(key, key[1])
            )

    def _renames(self) -> Iterator[tuple[Document, Key]]:
        for document in self.files:
            if document.permanent_slug or document.key in self.bases:
                continue
            for former in document.fields.get("former_slugs", ()):
                if (document.kind, former) in self.bases:
                    taken = MODELS[document.kind]._default_manager.filter(
                        permanent_slug=document.slug
                    )
                    if not taken.exists():
                        yield document, (document.kind, former)

    # Planning

    def _plan(self, document: Document, theirs: dict[str, Any]) -> _Plan:
        key = document.key
        base, stored = self.bases.get(key), self.stored.get(key)
        plan = _Plan(document, theirs, Change(*key, "unchanged"))
        if key in self.refused:
            plan.change = Change(*key, "blocked", notes=[self.refused[key]])
        elif stored is None and base and self.choices.of_document(key) != "theirs":
            plan.change = Change(*key, "deleted here")
        elif stored is None:
            plan.change = Change(*key, "added", updated=list(theirs))
            plan.merged = Merge({**theirs, "permanent_slug": key[1]}, theirs)
        else:
            plan.merged = merged = self._merge_soundly(base, theirs, stored, plan.change)
            plan.change.outcome = "updated" if merged.updated else "unchanged"
            plan.change.updated, plan.change.kept = merged.updated, merged.kept
            plan.change.conflicts = merged.conflicts
            plan.change.sides = {
                name: (stored.fields.get(name), theirs[name]) for name in merged.conflicts
            }
        return plan

    def _merge_soundly(
        self,
        base: SyncedDocument | None,
        theirs: Mapping[str, Any],
        stored: Stored,
        change: Change,
    ) -> Merge:
        """Nothing is taken that a form would refuse, nor what would make logged sets unreadable."""
        key = change.kind, change.slug
        merged, notes = self._merge(base, theirs, stored, key, self.choices)
        taken = [name for name in merged.updated if self.choices.of_field(key, name) == "theirs"]
        if taken:
            plain, plain_notes = self._merge(
                base, theirs, stored, key, self.choices.without_theirs()
            )
            there = self._faults(key, stored, plain)
            why = [each for each in self._faults(key, stored, merged) if each not in there]
            if why:
                refused = f"{', '.join(taken)} not taken: {' '.join(why)}"
                merged, notes = plain, [*plain_notes, refused]
        change.notes += notes
        return merged

    def _faults(self, key: Key, stored: Stored, merged: Merge) -> list[str]:
        references = {
            name: self._pk((REFERENCED[name], merged.values[name])) for name in SCHEMAS[key[0]].one
        }
        return faults(key[0], stored.row, merged.values, references)

    def _pk(self, key: tuple[str, str | None]) -> int | None:
        """Of a row that is referred to, which may be about to be made."""
        kind, slug = key
        if slug is None:
            return None
        there = self.stored.get((kind, slug))
        return there.row.pk if there else 0

    def _merge(
        self,
        base: SyncedDocument | None,
        theirs: Mapping[str, Any],
        stored: Stored,
        key: Key,
        choices: Choices,
    ) -> tuple[Merge, list[str]]:
        """And notes on what of it could not be."""
        merged = merge(
            base.fields if base else None,
            theirs,
            stored.fields,
            choice=choices.of_document(key),
            choices=choices.of_fields(key),
            sets=SCHEMAS[key[0]].sets,
            unsettled=base.conflicts if base else (),
        )
        if "slug" in merged.updated and "former_slugs" in merged.values:
            self._keep_address(merged, key, stored.fields["slug"])
        return merged, _keep_readable(merged, stored, base)

    def _keep_address(self, merged: Merge, key: Key, former: str) -> None:
        """The slug that a row leaves is a former one of it, unless the files give it to another."""
        slugs = set(merged.values["former_slugs"]) - {merged.values["slug"]}
        if self.former.get((key[0], former), key) == key:
            slugs.add(former)
        if sorted(slugs) != merged.values["former_slugs"]:
            merged.values["former_slugs"] = sorted(slugs)
            if "former_slugs" not in merged.updated:
                merged.updated.append("former_slugs")

    def _block(self, plans: dict[Key, _Plan]) -> None:
        """Leave out what wants the name, slug or place that another row has and keeps."""
        has = {key: _only_ones(key[0], stored.fields) for key, stored in self.stored.items()}
        wants = {
            key: _only_ones(key[0], self._with_aliases_that_stay(plan))
            for key, plan in plans.items()
            if plan.is_written
        }
        for clash in find_clashes(has, wants):
            plan = plans[clash.who]
            plan.merged = None
            plan.change = Change(*clash.who, "blocked", notes=[self._said(clash, plans)])

    def _with_aliases_that_stay(self, plan: _Plan) -> dict[str, Any]:
        """An alias that is new gives way to a name, so it is nothing that others could not have."""
        values = plan.merged.values if plan.merged else {}
        stored = self.stored.get(plan.document.key)
        here = stored.fields.get("aliases", ()) if stored else ()
        return {**values, "aliases": [name for name in values.get("aliases", ()) if name in here]}

    def _said(self, clash: Clash[Key, UniqueValue], plans: Mapping[Key, _Plan]) -> str:
        """Both rows, and what they both want."""
        wanted = plans[clash.who].theirs
        respect = clash.what[1]
        stored = self.stored.get(clash.holder)
        holder = stored.fields if stored else plans[clash.holder].theirs
        title = f"{holder.get('name', holder['slug'])} ({holder['slug']})"
        if respect != "name":
            return f"{respect.replace('_', ' ')} {clash.what[2]}: {title} has it here"
        if name_key(holder["name"]) == clash.what[2]:
            return f"name: “{wanted['name']}” is what {title} is called here"
        return f"name: “{wanted['name']}” is an alias of {title} here"

    def _leave_out_what_is_not_here(self, plans: dict[Key, _Plan]) -> None:
        """Plan again without references to rows that won't be here, and aliases of others.

        They are not remembered as said either, so they come as soon as they can.
        """
        here = {*self.stored, *(key for key, plan in plans.items() if plan.is_written)}
        names = self._names(plans)
        for key, plan in plans.items():
            if plan.merged is None:
                continue
            notes: list[str] = []
            theirs = self._references_here(key, plan.theirs, here, notes)
            if "aliases" in theirs:
                theirs["aliases"] = self._free_aliases(key, theirs["aliases"], names, notes)
            if theirs != plan.theirs:
                plans[key] = self._plan(plan.document, theirs)
            plans[key].change.notes += notes

    def _references_here(
        self, key: Key, theirs: Mapping[str, Any], here: Collection[Key], notes: list[str]
    ) -> dict[str, Any]:
        def translate(to: Key) -> str | None:
            if to in here:
                return to[1]
            if to not in self.bases:  # else somebody deleted it here, and knows
                notes.append(f"there is no {to[0]} {to[1]} here")
            return None

        return with_references(key[0], theirs, translate)

    def _names(self, plans: Mapping[Key, _Plan]) -> dict[str, Key]:
        """Who goes by what, names before aliases, once all that is sure is written."""
        names: dict[str, Key] = {}
        aliases: dict[str, Key] = {}
        for key in dict.fromkeys((*self.stored, *plans)):
            stored, plan = self.stored.get(key), plans.get(key)
            if key[0] != "exercise" or (stored is None and not (plan and plan.is_written)):
                continue
            values = (
                self._with_aliases_that_stay(plan)
                if plan and plan.merged
                else self.stored[key].fields
            )
            names[name_key(values["name"])] = key
            aliases |= {name_key(name): key for name in values["aliases"]}
        return aliases | names

    def _free_aliases(
        self, key: Key, aliases: Sequence[str], names: dict[str, Key], notes: list[str]
    ) -> list[str]:
        free = []
        for alias in aliases:
            holder = names.setdefault(name_key(alias), key)
            if holder == key:
                free.append(alias)
            else:
                notes.append(f"aliases: {self._title(holder)} goes by “{alias}” here")
        return free

    def _title(self, key: Key) -> str:
        if key in self.stored:
            return str(self.stored[key].fields["name"])
        return next(str(each.fields["name"]) for each in self.files if each.key == key)

    # Writing

    def _write(self, write: Callable[[Change, Mapping[str, Any]], None], plan: _Plan) -> None:
        if plan.merged is None:
            return
        try:
            with transaction.atomic():
                write(plan.change, plan.merged.values)
        except DatabaseError as error:
            raise Refused(plan.document.key, why_refused(self.writer.at)) from error

    def _remember(self, plans: Iterable[_Plan]) -> None:
        """Keep what the files said, for the next merge, and what is open."""
        new: list[SyncedDocument] = []
        for plan in plans:
            if plan.merged is None:
                continue
            key, merged = plan.document.key, plan.merged
            base = self.bases.get(key) or SyncedDocument(kind=key[0], slug=key[1])
            before = _remembered(base)
            base.object_id = self.writer.rows[key].pk
            base.fields = merged.base
            base.conflicts = {name: plan.theirs[name] for name in merged.conflicts}
            base.edited = names_edited(key[0], plan.theirs, merged.values)
            base.is_gone = False
            if base.pk is None:
                new.append(base)
            elif _remembered(base) != before:
                base.save()
        SyncedDocument.objects.bulk_create(new)

    # What left the files

    def _leave_the_rest(self, plans: Mapping[Key, object]) -> Iterator[Change]:
        for key, base in self.bases.items():
            if key in plans or (base.is_gone and not base.conflicts):
                continue
            if self.only not in (None, key):
                continue
            base.is_gone = True
            change = self._leave(base, self.stored[key]) if key in self.stored else None
            base.save()
            if change:
                yield change

    def _leave(self, base: SyncedDocument, stored: Stored) -> Change | None:
        """An exercise that nobody edited is archived; what was edited is for somebody to decide."""
        change = Change(base.kind, stored.fields["slug"], "unchanged")
        if base.kind != "exercise":
            change.notes.append("left the files; it stays here")
            return change
        status = stored.fields["status"]
        edited = names_edited(base.kind, base.fields, stored.fields)
        choice = self.choices.of_field((base.kind, base.slug), "status")
        base.conflicts = {}
        if status == Status.ARCHIVED:
            return None
        if edited and choice == "ask":
            base.conflicts = {"status": str(Status.ARCHIVED)}
            change.conflicts.append("status")
            change.sides["status"] = (status, str(Status.ARCHIVED))
            change.notes.append(f"left the files, but was edited here: {', '.join(edited)}")
        else:
            base.fields["status"] = str(Status.ARCHIVED)
            if edited and choice == "mine":
                change.kept.append("status")
            else:
                stored.row.status = Status.ARCHIVED
                stored.row.save()
                change.outcome = "archived"
        here = {**stored.fields, "status": str(stored.row.status)}
        base.edited = names_edited(base.kind, base.in_the_files, here)
        return change


def _only_ones(kind: str, values: Mapping[str, Any]) -> set[UniqueValue]:
    """What no other row may have. Names and aliases of exercises share one list."""
    ones: set[UniqueValue] = {(kind, "slug", values["slug"])}
    if kind == "exercise":
        names = (values["name"], *values["aliases"])
        ones |= {(kind, "name", name_key(name)) for name in names}
        if values["article_place"] is not None:
            ones.add((kind, "article_place", values["article_place"]))
    return ones


def _remembered(base: SyncedDocument) -> tuple[Any, ...]:
    return base.object_id, base.fields, base.conflicts, base.edited, base.is_gone


def _keep_readable(merged: Merge, stored: Stored, base: SyncedDocument | None) -> list[str]:
    """Leave the way of loading as it is where what was logged could not be read; why, as a note.

    The fields of ``LOADED_BY`` stay together, since some only fit some load types.
    """
    if "load_type" not in merged.updated:
        return []
    why = why_unreadable(stored.row, LoadType(merged.values["load_type"]))
    if not why:
        return []
    for name in [name for name in LOADED_BY if name in merged.updated]:
        merged.values[name] = stored.fields[name]
        merged.updated.remove(name)
        merged.conflicts.append(name)
        if base and name in base.fields:
            merged.base[name] = base.fields[name]
        else:
            del merged.base[name]
    return [f"load_type: {why}"]

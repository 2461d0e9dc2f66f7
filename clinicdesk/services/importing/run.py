"""Takes patients over: the whole file is read and checked first, then written in small parts.

Each part is a transaction of its own, so that other desks are not kept waiting by a long file. What
is in stays in; the same file once more goes on where it stopped, as who is in is known again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeVar

from clinicdesk.data.scratch import Scratch
from clinicdesk.domain.changes import ChangeSet
from clinicdesk.domain.errors import Malformed
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.rows.people import Actor
from clinicdesk.domain.rows.safety_facts import Topic
from clinicdesk.domain.translation import _
from clinicdesk.services.context import Clinic, Done, Work, act, permitted
from clinicdesk.services.importing.facts import FactLine, read_facts
from clinicdesk.services.importing.mapping import not_taken, withheld
from clinicdesk.services.importing.matching import ASK
from clinicdesk.services.importing.report import ImportReport
from clinicdesk.services.importing.rows import Candidate, Refusal
from clinicdesk.services.importing.taking import Run, Taking
from clinicdesk.services.importing.understanding import (
    Progress,
    Stopped,
    Understood,
    Wishes,
    understand,
)

PART = 50
"""Rows of one transaction."""
T = TypeVar("T")


class _DryRun(Exception):
    """Undoes the transaction of a trial, of which it says what it did."""

    def __init__(self, taken: Taking) -> None:
        super().__init__()
        self.taken = taken


@dataclass(frozen=True)
class ImportSource:
    """What to import, and how it is to be understood (None: as detected).

    A file that is not given says nothing: its list stays as it is, asked or not. ``duplicates``:
    a row with the name and birth date, or the phone and a like name, of somebody on record or of
    a line before is refused (``ask``), left out as known (``skip``), or added as another person
    (``add``); ``decisions`` says so of single lines, ``same`` too: the row updates that patient.
    ``weight_unit`` is that of weights without one, ``kg`` or ``lb``.
    """

    path: Path
    allergies: Path | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    encoding: str | None = None
    delimiter: str | None = None
    date_order: str | None = None
    conditions: Path | None = None
    drugs: Path | None = None
    duplicates: str = ASK
    weight_unit: str = ""
    decisions: Mapping[int, str] = field(default_factory=dict)


@permitted("patients.import", Permission.IMPORT_PATIENTS)
def import_patients(
    clinic: Clinic,
    actor: Actor,
    source: ImportSource,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    dry_run: bool = False,
) -> Done[ImportReport]:
    """Takes over what can be taken, in short transactions; a second run adds nothing twice.

    Args:
        clinic: the clinic.
        actor: who imports.
        source: the files.
        progress: told how many of how many rows are done.
        cancelled: asked now and then; True ends it, what was written stays and is said.
        dry_run: does everything and undoes it.

    Raises:
        Malformed: a file cannot be read, or something about it must be settled first.
        Stopped: it was cancelled.
    """
    wishes = Wishes(
        source.encoding, source.delimiter, source.mapping, source.date_order, source.weight_unit
    )
    seen = understand(source.path, wishes, clinic.today(), progress, cancelled)
    if seen.trouble:
        raise Malformed(f"{source.path.name}: {seen.trouble}")
    with closing(Scratch()) as scratch:
        run = Run(
            source.path.name, {name: header for header, name in seen.mapping.items() if name},
            scratch, source.duplicates, source.decisions,
        )  # fmt: skip
        importer = _Importer(clinic, actor, seen, run)
        importer.dry, importer.progress, importer.stop = dry_run, progress, cancelled
        _read_facts(clinic, source, run, importer.report)
        changes = importer.take_all()
    importer.report.refused.sort(key=lambda row: (row.file != source.path.name, row.file, row.line))
    return Done(importer.report, changes)


class _Importer:
    """One import on its way: rows come in parts, each in a transaction of its own."""

    def __init__(self, clinic: Clinic, actor: Actor, seen: Understood, run: Run) -> None:
        self._clinic, self._actor, self._seen, self._run = clinic, actor, seen, run
        self.report = _begun(seen)
        self.dry = False
        self.progress: Progress | None = None
        self.stop: Callable[[], bool] | None = None
        self._kinds: set[str] = set()
        self._patients: set[int] = set()

    def take_all(self) -> ChangeSet:
        """Every row, then what other files say of patients who are in none."""
        clinic, facts = self._clinic, self._run.facts
        reader = self._seen.reader(clinic.today(), clinic.settings.country)
        total = self._seen.count + len(facts)
        for rows in self._parts(self._seen.rows(reader), total, 0):
            self._written(partial(self._people, rows))
        self.report.empties.update(reader.empties)
        left = (number for number in facts if number not in self._run.joined)
        for numbers in self._parts(left, total, self._seen.count):
            self._written(partial(self._facts, numbers))
        return ChangeSet(frozenset(self._kinds), frozenset(self._patients))

    def _parts(self, rows: Iterable[T], total: int, done: int) -> Iterator[list[T]]:
        """Some at a time; raises Stopped between two of them."""
        waiting = iter(rows)
        while part := list(islice(waiting, PART)):
            if self.stop is not None and self.stop():
                raise Stopped(self._stopped())
            yield part
            done += len(part)
            if self.progress is not None:
                self.progress(done, total)

    def _written(self, step: Callable[[Work], Taking]) -> None:
        """One transaction; what it did counts once it stands in the database."""
        try:
            done = _transaction(self._clinic, self._actor, step)
            taken = done.value
            self._kinds |= done.changes.kinds
            self._patients |= done.changes.patients
        except _DryRun as trial:
            taken = trial.taken
        taken.commit()
        self.report.join(taken.report)

    def _people(self, rows: list[Candidate | Refusal], work: Work) -> Taking:
        taking = Taking(work, self._run, rows, dry=self.dry)
        taking.take()
        return self._noted(work, taking)

    def _facts(self, numbers: list[str], work: Work) -> Taking:
        taking = Taking(work, self._run, (), dry=self.dry)
        taking.take_facts(numbers)
        return self._noted(work, taking)

    def _noted(self, work: Work, taking: Taking) -> Taking:
        if self.dry:
            raise _DryRun(taking)
        part = taking.report
        work.tx.note("import", read=part.accounted, added=part.added,
                     updated=part.updated, refused=part.refused_count)  # fmt: skip
        return taking

    def _stopped(self) -> str:
        done = self.report
        if self.dry or not done.added + done.updated:
            return _("The import was cancelled. Nothing was written.")
        return _(
            "The import was cancelled: {added} added, {updated} updated until then. "
            "Import the same file again to go on."
        ).format(added=done.added, updated=done.updated)


@act("patients.import", Permission.IMPORT_PATIENTS)
def _transaction(work: Work, step: Callable[[Work], Taking]) -> Taking:
    return step(work)


def _begun(seen: Understood) -> ImportReport:
    table = seen.table
    return ImportReport(
        read=seen.count,
        withheld=withheld(table.headers),
        not_taken=not_taken(table.headers, seen.mapping),
        encoding=table.encoding.name,
        guessed=table.encoding.guessed and not table.encoding.doubtful,
        date_order=seen.how.order,
        columns=tuple((header, name) for header, name in seen.mapping.items() if name),
    )


def _read_facts(clinic: Clinic, source: ImportSource, run: Run, report: ImportReport) -> None:
    facts: dict[str, list[FactLine]] = {}
    files: dict[Topic, str] = {}
    for topic, path in (
        (Topic.ALLERGIES, source.allergies),
        (Topic.CONDITIONS, source.conditions),
        (Topic.DRUGS, source.drugs),
    ):
        if path is None:
            continue
        read = read_facts(path, topic, clinic.today())
        files[topic] = path.name
        for line in read.taken:
            facts.setdefault(line.number, []).append(line)
        for refusal in read.refused:
            report.refuse(refusal)
        for oddity in read.oddities:
            report.odd(oddity)
    run.facts, run.fact_files = facts, files

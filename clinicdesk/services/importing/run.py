"""Takes patients over: everything parsed first, then one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from clinicdesk.data.queries import patient_writes
from clinicdesk.data.queries import patients as patient_queries
from clinicdesk.data.queries.patients import Namesake
from clinicdesk.domain.changes import ChangeSet
from clinicdesk.domain.errors import ClinicError, Invalid, Malformed
from clinicdesk.domain.medications import amount_text
from clinicdesk.domain.patient_checks import weight_doubt
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.rows.people import Actor, PatientForm
from clinicdesk.domain.rows.safety_facts import Topic
from clinicdesk.domain.text import fold
from clinicdesk.domain.translation import _
from clinicdesk.services import patients, reviews
from clinicdesk.services.context import Clinic, Done, Work, act, permitted
from clinicdesk.services.due.keeping import refresh_patients
from clinicdesk.services.importing.facts import FactLine, facts_in_cell, read_facts
from clinicdesk.services.importing.keeping import keep_list, keep_pregnancy
from clinicdesk.services.importing.mapping import not_taken
from clinicdesk.services.importing.preview import apply_mapping, preview, read_rows
from clinicdesk.services.importing.reader import read_table
from clinicdesk.services.importing.report import ImportReport
from clinicdesk.services.importing.rows import PREGNANT, Candidate, Oddity, Refusal

Progress = Callable[[int, int], None]
SYSTEM, BY_NAME = "import", "import-name"
"""Numbering systems under which the old system's numbers are kept."""


ASK, SKIP, ADD = DUPLICATES = ("ask", "skip", "add")
"""What becomes of a row that may be somebody on record."""


class Stopped(ClinicError):
    """The import was cancelled; nothing was written."""


class _DryRun(Exception):
    """Undoes the transaction of a trial."""


@dataclass(frozen=True)
class ImportSource:
    """What to import, and how it is to be understood (None: as detected).

    A file that is not given says nothing: its list stays as it is, asked or not. ``duplicates``:
    a row with the name and birth date of somebody on record is refused (``ask``), left out as
    known (``skip``), or added as another person (``add``).
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


@dataclass
class _Read:
    """Everything that was parsed before the transaction began."""

    candidates: list[Candidate]
    facts: tuple[FactLine, ...]
    mapped: frozenset[str]
    report: ImportReport
    file: str = ""
    fact_files: Mapping[Topic, str] = field(default_factory=dict)
    duplicates: str = ASK
    pregnant_column: str = ""


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
    """Takes over what can be taken, in one transaction; a second run adds nothing twice.

    Args:
        clinic: the clinic.
        actor: who imports.
        source: the files.
        progress: told how many of how many rows are done.
        cancelled: asked now and then; True undoes everything.
        dry_run: does everything and undoes it.

    Raises:
        Malformed: a file cannot be read, or something about it must be settled first.
        Stopped: it was cancelled.
    """
    read = _parse(clinic, source)
    try:
        done = _take(clinic, actor, read, progress or _nobody, cancelled or _never, dry_run)
    except _DryRun:
        return Done(read.report, ChangeSet())
    return Done(done.value, done.changes)


def _nobody(_done: int, _total: int) -> None:
    return


def _never() -> bool:
    return False


def _parse(clinic: Clinic, source: ImportSource) -> _Read:
    region, today = clinic.settings.country, clinic.today()
    seen = preview(
        source.path, encoding=source.encoding, delimiter=source.delimiter,
        mapping=source.mapping, date_order=source.date_order, today=today, region=region,
    )  # fmt: skip
    if seen.trouble:
        raise Malformed(f"{source.path.name}: {seen.trouble}")
    table = read_table(source.path, encoding=seen.encoding, delimiter=seen.delimiter)
    chosen = apply_mapping(table, source.mapping)
    report = ImportReport(
        read=len(table.lines),
        withheld=seen.withheld,
        not_taken=not_taken(table.headers, chosen),
    )
    candidates: list[Candidate] = []
    numbers: dict[str, int] = {}
    for row in read_rows(table, chosen, seen.date_order, today, region):
        if isinstance(row, Refusal):
            report.refused.append(row)
            continue
        key = _number(row)[1]
        if key in numbers:
            column = next((h for h, f in chosen.items() if f == "id"), "")
            reason = _("The same patient stands in line {numbers} already.").format(
                numbers=numbers[key]
            )
            report.refused.append(Refusal(source.path.name, row.line, column, reason))
            continue
        numbers[key] = row.line
        candidates.append(row)
        report.oddities += (*row.oddities, *_doubts(clinic, row, chosen))
    mapped = frozenset(f for f in chosen.values() if f and f != "id")
    lines: list[FactLine] = []
    files: dict[Topic, str] = {}
    for topic, path in (
        (Topic.ALLERGIES, source.allergies),
        (Topic.CONDITIONS, source.conditions),
        (Topic.DRUGS, source.drugs),
    ):
        if path is not None:
            taken, refused = read_facts(path, topic)
            lines += taken
            report.refused += refused
            files[topic] = path.name
    return _Read(
        candidates, tuple(lines), mapped, report, source.path.name, files, source.duplicates,
        next((header for header, name in chosen.items() if name == PREGNANT), ""),
    )  # fmt: skip


def _doubts(clinic: Clinic, row: Candidate, chosen: Mapping[str, str]) -> Iterator[Oddity]:
    """A weight that is seldom meant: nobody is there to ask, so it is taken and named."""
    kg = row.form.weight_kg
    plausible = clinic.catalogue.safety.limits.weight
    if kg is None or not weight_doubt(kg, row.form.birth_date, clinic.today(), plausible):
        return
    column = next((header for header, name in chosen.items() if name == "weight_kg"), "")
    remark = _("a weight in kg that is seldom meant at this age: is it right? Taken as written")
    yield Oddity(row.line, column, amount_text(kg), remark)


def _number(row: Candidate) -> tuple[str, str]:
    """The system and value by which the patient is known again."""
    if row.number:
        return SYSTEM, row.number
    form = row.form
    return BY_NAME, f"{fold(form.family)}|{fold(form.given)}|{form.birth_date}"


@act("patients.import", Permission.IMPORT_PATIENTS)
def _take(
    work: Work,
    read: _Read,
    progress: Progress,
    cancelled: Callable[[], bool],
    dry_run: bool,
) -> ImportReport:
    known: dict[tuple[str, str], int] = {}
    for system in (SYSTEM, BY_NAME):
        values = [v for s, v in map(_number, read.candidates) if s == system]
        values += [line.number for line in read.facts] if system == SYSTEM else []
        found = patient_queries.by_identifier(work.tx, system, list(dict.fromkeys(values)))
        known |= {(system, value): patient_id for value, patient_id in found.items()}
    alike = patient_queries.namesakes(work.tx, {row.form.birth_date for row in read.candidates})
    total = len(read.candidates) + len(read.facts)
    touched: dict[int, str] = {}
    for count, row in enumerate(read.candidates, 1):
        _one(work, read, row, known, touched, alike)
        if count % 25 == 0:
            progress(count, total)
            if cancelled():
                raise Stopped(_("The import was cancelled. Nothing was written."))
    _cells(work, read, known, touched)
    _lines(work, read, known, touched)
    progress(total, total)
    updated = [key for key, outcome in touched.items() if outcome == "updated"]
    for patient_id in updated:
        reviews.refresh(work, patient_id)
    refresh_patients(work, updated)
    for outcome in touched.values():
        setattr(read.report, outcome, getattr(read.report, outcome) + 1)
    work.tx.note("import", read=read.report.read, added=read.report.added,
                 updated=read.report.updated, refused=len(read.report.refused))  # fmt: skip
    if dry_run:
        raise _DryRun
    return read.report


def _one(
    work: Work,
    read: _Read,
    row: Candidate,
    known: dict[tuple[str, str], int],
    touched: dict[int, str],
    alike: dict[Namesake, str],
) -> None:
    key = _number(row)
    patient_id = known.get(key)
    form = row.form
    assert form.birth_date is not None
    person = (fold(form.family), fold(form.given), form.birth_date)
    if patient_id is None and form.mrn and alike.get(person) == form.mrn:
        # Record number, name and birth date agree: it is that patient, whatever the old number.
        patient_id = patient_queries.mrn_owner(work.tx, form.mrn)
        if patient_id is not None:
            known[key] = patient_id
    if patient_id is None and person in alike and read.duplicates != ADD:
        _known_already(read, row, alike[person])
        return
    try:
        if patient_id is None:
            patient_id = patients.add_in(work, row.form)
            patient_writes.add_identifier(work.tx, patient_id, *key)
            known[key] = patient_id
            touched[patient_id] = "added"
            alike[person] = ""
            return
        existing = patient_queries.record(work.tx, patient_id, work.today).form
        if _somebody_else(existing, row.form):
            whose = f"{existing.family}, {existing.given}".strip(", ")
            sentence = _("This number belongs to {whose}, born {birth_date}.").format(
                whose=whose, birth_date=existing.birth_date
            )
            read.report.refused.append(Refusal(read.file, row.line, "", sentence))
            return
        changed = patients.change_in(work, patient_id, _merged(existing, row.form, read.mapped))
        touched[patient_id] = "updated" if changed else "unchanged"
    except Invalid as error:
        column, reason = next(iter(error.fields.items()))
        read.report.refused.append(Refusal(read.file, row.line, column, reason))


def _known_already(read: _Read, row: Candidate, mrn: str) -> None:
    """A new row with the name and birth date of somebody: a person decides, never the program."""
    if read.duplicates == SKIP:
        read.report.unchanged += 1
        return
    if mrn:
        reason = _(
            "A patient of this name and birth date is on record already, with the record number "
            "{mrn}. If this is somebody else, add that patient by hand."
        ).format(mrn=mrn)
    else:
        reason = _(
            "A patient of this name and birth date was added from this file already. "
            "If this is somebody else, add that patient by hand."
        )
    read.report.refused.append(Refusal(read.file, row.line, "", reason))


def _somebody_else(existing: PatientForm, fresh: PatientForm) -> bool:
    # Numbers of two old systems may meet; a name may change, a birth date be corrected, not both.
    return existing.birth_date != fresh.birth_date and fold(existing.family) != fold(fresh.family)


def _merged(existing: PatientForm, fresh: PatientForm, mapped: frozenset[str]) -> PatientForm:
    """The record with what the file says; what the file leaves empty stays as it is."""
    said = {
        f.name: value
        for f in fields(PatientForm)
        if f.name in mapped and (value := getattr(fresh, f.name)) not in ("", None, ())
    }
    return replace(existing, **said)


def _cells(
    work: Work,
    read: _Read,
    known: Mapping[tuple[str, str], int],
    touched: dict[int, str],
) -> None:
    """The lists that stand in columns of the patients' own file."""
    for row in read.candidates:
        patient_id = known.get(_number(row))
        if patient_id is None or patient_id not in touched:
            continue  # refused
        place = (work, read.report, read.file, patient_id)
        new = keep_pregnancy(*place, row, read.pregnant_column)
        for name, text in row.lists.items():
            if name != PREGNANT:
                lines = facts_in_cell(Topic(name), text, row.line, row.number)
                new = keep_list(*place, lines) or new
        _mark(touched, patient_id, new=new)


def _mark(touched: dict[int, str], patient_id: int, *, new: bool) -> None:
    """What a file of lists brings makes an unchanged patient an updated one."""
    if new and touched.get(patient_id, "unchanged") == "unchanged":
        touched[patient_id] = "updated"


def _lines(
    work: Work,
    read: _Read,
    known: Mapping[tuple[str, str], int],
    touched: dict[int, str],
) -> None:
    """The lists that stand in files of their own, patient by patient."""
    by_list: dict[tuple[int, Topic], list[FactLine]] = {}
    for line in read.facts:
        patient_id = known.get((SYSTEM, line.number))
        file = read.fact_files[line.topic]
        if patient_id is None:
            reason = _("No patient has this number.")
            read.report.refused.append(Refusal(file, line.line, "PATIENT", reason))
            continue
        by_list.setdefault((patient_id, line.topic), []).append(line)
    for (patient_id, topic), lines in by_list.items():
        new = keep_list(work, read.report, read.fact_files[topic], patient_id, lines)
        _mark(touched, patient_id, new=new)

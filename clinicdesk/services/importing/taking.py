"""Takes some rows over, inside a transaction that is open: each is added, updated or refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from clinicdesk.data.queries import patient_writes
from clinicdesk.data.queries import patients as patient_queries
from clinicdesk.data.scratch import Scratch
from clinicdesk.domain.dates import day_words
from clinicdesk.domain.errors import Invalid
from clinicdesk.domain.medications import amount_text
from clinicdesk.domain.patient_checks import weight_doubt
from clinicdesk.domain.rows.people import PatientForm
from clinicdesk.domain.rows.safety_facts import Topic
from clinicdesk.domain.translation import _
from clinicdesk.services import patients, reviews
from clinicdesk.services.context import Work
from clinicdesk.services.due.keeping import refresh_patients
from clinicdesk.services.importing.facts import FactLine, facts_in_cell
from clinicdesk.services.importing.keeping import keep_list, keep_pregnancy
from clinicdesk.services.importing.matching import (
    ADD,
    ASK,
    BY_NAME,
    SAME,
    SKIP,
    SYSTEM,
    Match,
    OnRecord,
    in_line,
    is_somebody_else,
    keys_of,
    number_of,
)
from clinicdesk.services.importing.report import ImportReport
from clinicdesk.services.importing.rows import PREGNANT, Candidate, Oddity, Refusal

ADDED, UPDATED, UNCHANGED = "added", "updated", "unchanged"


@dataclass
class Run:
    """What holds for a whole import.

    Attributes:
        columns: field to header, for the reports.
        facts: lines of the other files by the number of the patient.
        seen: what the lines before said, by key.
        duplicates: what becomes of rows that may be somebody; ``decisions`` of single lines.
        not_taken: numbers of patients that were refused; ``joined`` whose facts are kept.
    """

    file: str
    columns: Mapping[str, str]
    seen: Scratch
    duplicates: str = ASK
    decisions: Mapping[int, str] = field(default_factory=dict)
    facts: Mapping[str, list[FactLine]] = field(default_factory=dict)
    fact_files: Mapping[Topic, str] = field(default_factory=dict)
    not_taken: set[str] = field(default_factory=set)
    joined: set[str] = field(default_factory=set)


class Taking:
    """Takes some rows over; the run learns of it only when the transaction is committed.

    Attributes:
        report: what was done.
    """

    def __init__(
        self, work: Work, run: Run, rows: Sequence[Candidate | Refusal], dry: bool
    ) -> None:
        self._work, self._run, self._dry = work, run, dry
        self._region = work.clinic.settings.country
        self.report = ImportReport()
        self._rows = rows
        people = [row for row in rows if isinstance(row, Candidate)]
        self._record = OnRecord(work, people)
        self._known = _known(work, people)
        self._here: dict[str, tuple[int, int | None]] = {}
        self._updated: list[int] = []
        self._refused: set[str] = set()
        self._joined: set[str] = set()

    def take(self) -> None:
        """All of them."""
        for row in self._rows:
            if isinstance(row, Refusal):
                self.report.refuse(row, row=True)
            else:
                self._one(row)
        self._refresh()

    def take_facts(self, numbers: Sequence[str]) -> None:
        """Lines of other files about patients of whom the list says nothing."""
        known = patient_queries.by_identifier(self._work.tx, SYSTEM, numbers)
        for number in numbers:
            lines = self._run.facts[number]
            if number in known and number not in self._run.not_taken:
                if self._keep_facts(known[number], lines):
                    self._updated.append(known[number])
                continue
            reason = (
                _("The patient of this number was not taken.")
                if number in self._run.not_taken
                else _("No patient has this number.")
            )
            for line in lines:
                file = self._run.fact_files[line.topic]
                self.report.refuse(Refusal(file, line.line, "PATIENT", reason))
        self._refresh()

    def commit(self) -> None:
        """Tells the run, once it stands in the database."""
        self._run.seen.keep({key: line for key, (line, _id) in self._here.items()})
        self._run.not_taken |= self._refused
        self._run.joined |= self._joined

    def _refresh(self) -> None:
        for patient_id in self._updated:
            reviews.refresh(self._work, patient_id)
        refresh_patients(self._work, self._updated)

    # -- one row ----------------------------------------------------------------------------

    def _one(self, row: Candidate) -> None:
        system, value = number_of(row)
        decision = self._run.decisions.get(row.line, self._run.duplicates)
        before = self._before(f"{system}|{value}")
        if before and row.number:
            reason = _("The same patient stands in line {numbers} already.")
            self._refuse(row, "id", reason.format(numbers=before[0]))
            return
        match = in_line(before[0]) if before else None
        if match is not None:
            again = self._free(value)
            # Added as another person at an earlier run: that one it is.
            if decision == ADD or (system, again) in self._known:
                value, match = again, None
        patient_id = self._known.get((system, value)) if match is None else None
        if patient_id is None:
            try:
                patient_id = self._by_record_number(row)
            except Invalid as error:
                self._refuse(row, "mrn", error.fields["mrn"])
                return
        if patient_id is None:
            match = match or self._match(row)
            if match is not None and decision != ADD:
                if decision != SAME:
                    self._may_be(row, match, decision)
                    return
                patient_id = match.patient_id or self._person_here(row)
                if patient_id is None:
                    self._may_be(row, match, SKIP)
                    return
        self._write(row, patient_id, (system, value))

    def _write(self, row: Candidate, patient_id: int | None, number: tuple[str, str]) -> None:
        try:
            if patient_id is None:
                patient_id, outcome = self._add(row, number), ADDED
            else:
                changed = self._change(row, patient_id)
                outcome = UPDATED if changed else UNCHANGED
        except Invalid as error:
            name, reason = next(iter(error.fields.items()))
            self._refuse(row, name, reason)
            return
        for oddity in (*row.oddities, *_doubts(self._work, row, self._run.columns)):
            self.report.odd(oddity)
        place = (row.line, patient_id or None)
        self._here[f"{number[0]}|{number[1]}"] = place
        for key in keys_of(row.form, self._region):
            self._here.setdefault(key, place)
        if row.form.mrn:
            self._here.setdefault(f"mrn|{row.form.mrn}", place)
        if patient_id and self._lists(row, patient_id) and outcome == UNCHANGED:
            outcome = UPDATED
        if outcome == UPDATED:
            self._updated.append(patient_id)
        setattr(self.report, outcome, getattr(self.report, outcome) + 1)

    def _add(self, row: Candidate, number: tuple[str, str]) -> int:
        """The new patient's id; 0 in a trial that need not write it."""
        taken = self._before(f"mrn|{row.form.mrn}") if row.form.mrn else None
        if taken:
            said = _("This record number stands in line {line} already.")
            raise Invalid({"mrn": said.format(line=taken[0])})
        if self._dry and not any(row.lists.values()) and row.number not in self._run.facts:
            patients.checked(self._work, row.form)
            return 0
        patient_id = patients.add_in(self._work, row.form)
        patient_writes.add_identifier(self._work.tx, patient_id, *number)
        return patient_id

    def _change(self, row: Candidate, patient_id: int) -> bool:
        existing = patient_queries.record(self._work.tx, patient_id, self._work.today).form
        if is_somebody_else(existing, row.form):
            raise Invalid({"": _belongs_to(existing)})
        if changed := patients.change_in(self._work, patient_id, _merged(existing, row)):
            for name in ("family", "given"):
                old, new = getattr(existing, name), getattr(row.form, name)
                if name in row.said and old != new:
                    remark = _("on record until now: {old}").format(old=old)
                    column = self._run.columns.get(name, "")
                    self.report.odd(Oddity(row.line, column, new, remark))
        return changed

    # -- who it is --------------------------------------------------------------------------

    def _before(self, key: str) -> tuple[int, int | None] | None:
        """The line before with this key, and the patient's id where it is known."""
        if key in self._here:
            return self._here[key]
        line = self._run.seen.find([key]).get(key)
        return (line, None) if line else None

    def _free(self, value: str) -> str:
        """A number by name for one more of that name: the same at each run over the file."""
        count = 2
        while self._before(f"{BY_NAME}|{value}|{count}"):
            count += 1
        return f"{value}|{count}"

    def _by_record_number(self, row: Candidate) -> int | None:
        """Whose record number it is; a corrected spelling is an update.

        Raises Invalid where it is somebody else's.
        """
        if not row.form.mrn or self._before(f"mrn|{row.form.mrn}"):
            return None
        owner = patient_queries.mrn_owner(self._work.tx, row.form.mrn)
        if owner is None:
            return None
        existing = patient_queries.record(self._work.tx, owner, self._work.today).form
        if existing.birth_date != row.form.birth_date or is_somebody_else(existing, row.form):
            raise Invalid({"mrn": _belongs_to(existing)})
        return owner

    def _match(self, row: Candidate) -> Match | None:
        for place, key in enumerate(keys_of(row.form, self._region)):
            if before := self._before(key):
                return in_line(before[0], by_phone=place > 0)
        return self._record.find(row.form, self._region)

    def _person_here(self, row: Candidate) -> int | None:
        """The id of the patient whom a line before has brought."""
        for key in keys_of(row.form, self._region):
            if key in self._here and self._here[key][1]:
                return self._here[key][1]
        found = self._record.find(row.form, self._region)
        return found.patient_id if found else None

    def _may_be(self, row: Candidate, match: Match, decision: str) -> None:
        """A person decides, never the program."""
        if decision == SKIP:
            self.report.unchanged += 1
            return
        self._refuse(row, "", match.reason, alike=True)

    def _refuse(self, row: Candidate, name: str, reason: str, *, alike: bool = False) -> None:
        column = self._run.columns.get(name, name)
        self.report.refuse(
            Refusal(self._run.file, row.line, column, reason, alike), row=True
        )  # fmt: skip
        if row.number:
            self._refused.add(row.number)

    # -- lists ------------------------------------------------------------------------------

    def _lists(self, row: Candidate, patient_id: int) -> bool:
        """The lists that stand in columns and in files of their own; whether anything is new."""
        place = (self._work, self.report, self._run.file, patient_id)
        new = keep_pregnancy(*place, row, self._run.columns.get(PREGNANT, ""))
        for name, text in row.lists.items():
            if name != PREGNANT:
                lines = facts_in_cell(Topic(name), text, row.line, row.number)
                new = keep_list(*place, lines) or new
        if row.number in self._run.facts:
            self._joined.add(row.number)
            lines = self._run.facts[row.number]
            new = self._keep_facts(patient_id, lines) or new
        return new

    def _keep_facts(self, patient_id: int, lines: Sequence[FactLine]) -> bool:
        """The lines of other files about one patient; whether anything is new."""
        new = False
        for topic in dict.fromkeys(line.topic for line in lines):
            mine = [line for line in lines if line.topic is topic]
            file = self._run.fact_files[topic]
            new = keep_list(self._work, self.report, file, patient_id, mine) or new
        return new


def _known(work: Work, rows: Sequence[Candidate]) -> dict[tuple[str, str], int]:
    known: dict[tuple[str, str], int] = {}
    for system in (SYSTEM, BY_NAME):
        values = dict.fromkeys(v for s, v in map(number_of, rows) if s == system)
        if system == BY_NAME:
            values |= dict.fromkeys(f"{v}|{n}" for v in list(values) for n in range(2, 10))
        found = patient_queries.by_identifier(work.tx, system, list(values))
        known |= {(system, value): patient_id for value, patient_id in found.items()}
    return known


def _belongs_to(existing: PatientForm) -> str:
    whose = f"{existing.family}, {existing.given}".strip(", ")
    assert existing.birth_date is not None
    return _("This number belongs to {whose}, born {birth_date}.").format(
        whose=whose, birth_date=day_words(existing.birth_date)
    )


def _merged(existing: PatientForm, row: Candidate) -> PatientForm:
    """The record with what the row says; what it leaves empty stays as it is."""
    return replace(existing, **{name: getattr(row.form, name) for name in row.said})


def _doubts(work: Work, row: Candidate, columns: Mapping[str, str]) -> Iterator[Oddity]:
    """A weight that is seldom meant: nobody is there to ask, so it is taken and named."""
    kg = row.form.weight_kg
    plausible = work.catalogue.safety.limits.weight
    if kg is None or not weight_doubt(kg, row.form.birth_date, work.today, plausible):
        return
    remark = _("a weight in kg that is seldom meant at this age: is it right? Taken as written")
    yield Oddity(row.line, columns.get("weight_kg", ""), amount_text(kg), remark)

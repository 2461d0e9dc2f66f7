"""Writing patients: a form becomes rows; what a form leaves out ends, it is never deleted."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from clinicdesk.data.current import end_before, latest_begun
from clinicdesk.data.queries.asked import keep_answer
from clinicdesk.data.queries.identifiers import keep_national
from clinicdesk.data.queries.patients import (
    PLAIN,
    allergy_text,
    current,
    latest_weight,
    mrn_owner,
    pregnant,
)
from clinicdesk.data.queries.settings import next_number
from clinicdesk.data.tables import (
    Address,
    Alert,
    Allergy,
    Coverage,
    Identifier,
    Patient,
    PatientDrug,
    PatientName,
    Phone,
    Weight,
)
from clinicdesk.data.tables.base import Base
from clinicdesk.data.tx import Tx
from clinicdesk.domain import patient_checks
from clinicdesk.domain.fact_entries import Words, completed, read_allergy
from clinicdesk.domain.rows.people import PatientForm
from clinicdesk.domain.rows.safety_facts import AllergyEntry, Said, Topic

_PLAIN = tuple(name for name in PLAIN if name != "mrn")
"""What is written as it stands; a number is drawn, and kept as an identifier, too."""


def add_patient(tx: Tx, form: PatientForm, today: date, region: str, words: Words) -> int:
    """Makes the patient of a checked form; an empty record number is given the next free one."""
    assert form.birth_date is not None
    row = Patient(
        mrn=form.mrn or next_mrn(tx),
        created_at=tx.now,
        **{name: getattr(form, name) for name in _PLAIN},
    )
    tx.add(row)
    tx.session.add(Identifier(patient_id=row.id, system="mrn", value=row.mrn))
    _Writer(tx, row.id, form, today, region, words, fresh=True).write_all()
    tx.flush()
    tx.changed("patient", row.id)
    return row.id


def change_patient(
    tx: Tx, row: Patient, form: PatientForm, today: date, region: str, words: Words
) -> bool:
    """Makes the patient's rows say what the form says; returns whether anything changed."""
    changed = False
    for name in _PLAIN:
        if getattr(row, name) != getattr(form, name):
            setattr(row, name, getattr(form, name))
            changed = True
    if form.mrn and form.mrn != row.mrn:
        row.mrn = form.mrn
        tx.session.add(Identifier(patient_id=row.id, system="mrn", value=form.mrn))
        changed = True
    if _Writer(tx, row.id, form, today, region, words).write_all():
        tx.touch(row)
        changed = True
    tx.flush()
    if changed:
        tx.changed("patient", row.id)
    return changed


def next_mrn(tx: Tx) -> str:
    """The next free record number, six digits."""
    while True:
        mrn = f"{next_number(tx, 'mrn'):06d}"
        if mrn_owner(tx, mrn) is None:
            return mrn


def add_identifier(tx: Tx, patient_id: int, system: str, value: str) -> None:
    """Ties another system's number to the patient."""
    tx.add(Identifier(patient_id=patient_id, system=system, value=value))


class _Writer:
    """Compares a form with a patient's dated rows and writes the difference."""

    def __init__(
        self,
        tx: Tx,
        patient_id: int,
        form: PatientForm,
        today: date,
        region: str,
        words: Words,
        *,
        fresh: bool = False,
    ) -> None:
        self.tx, self.patient_id, self.form = tx, patient_id, form
        self.today, self.region, self.words, self.fresh = today, region, words, fresh
        self.changed = False

    def write_all(self) -> bool:
        self._names()
        self._national()
        self._phones()
        self._address()
        self._coverage()
        self._weight()
        self._allergies()
        self._drugs()
        self._alerts()
        self._pregnant()
        return self.changed

    def _rows(self, table: type) -> list:  # type: ignore[type-arg]
        return [] if self.fresh else current(self.tx, table, self.patient_id, self.today)

    def _add(self, row: Base) -> None:
        self.tx.session.add(row)
        self.changed = True

    def _end(self, row: Base) -> None:
        end_before(row, self.today)
        self.changed = True

    def _replace(self, old: Base | None, same: bool, new: Base | None) -> None:
        if same:
            return
        if old is not None:
            self._end(old)
        if new is not None:
            self._add(new)

    def _names(self) -> None:
        names = {name.kind: name for name in self._rows(PatientName)}
        for kind, part, value in (
            ("maiden", "family", self.form.maiden),
            ("preferred", "given", self.form.preferred),
        ):
            old = names.get(kind)
            same = (getattr(old, part) if old else "") == value
            new = (
                PatientName(
                    patient_id=self.patient_id, kind=kind, valid_from=self.today, **{part: value}
                )
                if value
                else None
            )
            self._replace(old, same, new)

    def _national(self) -> None:
        kept = keep_national(self.tx, self.patient_id, self.region, self.form.national_id)
        self.changed = kept or self.changed

    def _phones(self) -> None:
        numbers = {phone.kind: phone for phone in self._rows(Phone)}
        for kind, typed in (("mobile", self.form.phone_mobile), ("home", self.form.phone_home)):
            old = numbers.get(kind)
            digits = patient_checks.phone_digits(typed, self.region) if typed else None
            same = old.number == typed or old.digits == digits if old else not typed
            new = (
                Phone(
                    patient_id=self.patient_id,
                    kind=kind,
                    number=typed,
                    digits=digits,
                    valid_from=self.today,
                )
                if digits
                else None
            )
            self._replace(old, same, new)

    def _address(self) -> None:
        old = latest_begun(self._rows(Address))
        f = self.form
        wanted = {
            "line": f.address_line,
            "city": f.city,
            "state": f.state,
            "postal_code": f.postal_code,
            "country": f.country,
        }
        same = all((getattr(old, name) if old else "") == value for name, value in wanted.items())
        new = (
            Address(patient_id=self.patient_id, valid_from=self.today, **wanted)
            if any(wanted.values())
            else None
        )
        self._replace(old, same, new)

    def _coverage(self) -> None:
        old = latest_begun(self._rows(Coverage))
        payer, pack = self.form.payer, self.form.pack
        same = (old.payer if old else "", old.pack if old else "") == (payer, pack)
        new = (
            Coverage(patient_id=self.patient_id, payer=payer, pack=pack, valid_from=self.today)
            if payer or pack
            else None
        )
        self._replace(old, same, new)

    def _weight(self) -> None:
        if self.form.weight_kg is None:
            return
        old = None if self.fresh else latest_weight(self.tx, self.patient_id)
        if old is None or old.kg != self.form.weight_kg:
            self._add(
                Weight(patient_id=self.patient_id, kg=self.form.weight_kg, measured_on=self.today)
            )

    def _allergies(self) -> None:
        known = {allergy_text(row): row for row in self._rows(Allergy)}
        for text, row in known.items():
            if text not in self.form.allergies:
                self._end(row)
        for text in self.form.allergies:
            if text not in known:
                parts = completed(read_allergy(text), self.words)
                assert isinstance(parts, AllergyEntry)
                self._add(
                    Allergy(
                        patient_id=self.patient_id,
                        substance=parts.substance,
                        reaction=parts.reaction,
                        severity=parts.severity,
                        category=parts.category,
                        valid_from=self.today,
                    )
                )
                self._asked(Topic.ALLERGIES, Said.LIST)

    def _drugs(self) -> None:
        known = {d.drug: d for d in self._rows(PatientDrug) if d.kind == "anticoagulant"}
        for drug, row in known.items():
            if drug not in self.form.anticoagulants:
                self._end(row)
        for drug in self.form.anticoagulants:
            if drug not in known:
                self._add(
                    PatientDrug(
                        patient_id=self.patient_id,
                        drug=drug,
                        kind="anticoagulant",
                        valid_from=self.today,
                    )
                )
                self._asked(Topic.DRUGS, Said.LIST)

    def _alerts(self) -> None:
        known = {alert.text: alert for alert in self._rows(Alert)}
        for text, row in known.items():
            if text not in self.form.alerts:
                self._end(row)
        for text in self.form.alerts:
            if text not in known:
                self._add(Alert(patient_id=self.patient_id, text=text, valid_from=self.today))

    def _pregnant(self) -> None:
        said, old = self.form.pregnant, None if self.fresh else pregnant(self.tx, self.patient_id)
        if said is not old:
            answers = {None: Said.NOT_ASKED, True: Said.YES, False: Said.NO}
            self._asked(Topic.PREGNANCY, answers[said])

    def _asked(self, topic: Topic, said: Said) -> None:
        """An answer of today; an entry that is added was asked."""
        if keep_answer(self.tx, self.patient_id, topic, said, self.today):
            self.changed = True


def add_weight(tx: Tx, patient_id: int, kg: Decimal, day: date) -> None:
    """A weight of a day; raises NotFound where there is no such patient."""
    tx.lock(Patient, patient_id)
    tx.add(Weight(patient_id=patient_id, kg=kg, measured_on=day))

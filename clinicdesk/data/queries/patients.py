"""Reading patients: the banner, the editor's record, phones and names, likely duplicates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Select, bindparam, or_, select

from clinicdesk.data.current import current_on, latest_begun
from clinicdesk.data.queries.asked import Answer, answers_of
from clinicdesk.data.queries.identifiers import national_number
from clinicdesk.data.queries.phones import shown_phone
from clinicdesk.data.tables import (
    Address,
    Alert,
    Allergy,
    Condition,
    Coverage,
    Identifier,
    Implant,
    Patient,
    PatientDrug,
    PatientName,
    PatientSearch,
    Phone,
    Weight,
)
from clinicdesk.data.tx import Tx
from clinicdesk.domain.duplicates import WORTH_ASKING, Person, likeness
from clinicdesk.domain.errors import NotFound
from clinicdesk.domain.people import age
from clinicdesk.domain.places import address_form, country_of
from clinicdesk.domain.rows.cases import PersonFacts
from clinicdesk.domain.rows.people import AllergyRow, Banner, PatientForm, PatientHit, PatientRecord
from clinicdesk.domain.rows.safety_facts import Said, Topic
from clinicdesk.domain.text import key
from clinicdesk.domain.translation import _
from clinicdesk.safety.knowledge import Knowledge
from clinicdesk.safety.recorded import (
    implant,
    is_contrast,
    is_device,
    is_thinner,
    pregnancy,
)

D = TypeVar(
    "D", Address, Alert, Allergy, Condition, Coverage, Implant, PatientDrug, PatientName, Phone
)
_GONE = _("This patient no longer exists. Refresh the list.")


def current(tx: Tx, table: type[D], patient_id: int, on: date) -> list[D]:
    """The rows about a patient that are current on a day, oldest first."""
    values = {"patient": patient_id, "day": on}
    return list(tx.session.execute(_current(table), values).scalars())


@cache  # a chart asks it of seven tables, an import of a thousand charts
def _current(table: type[D]) -> Select[Any]:
    mine = table.patient_id == bindparam("patient")
    return select(table).where(mine, current_on(table, bindparam("day"))).order_by(table.id)


def _patient(tx: Tx, patient_id: int) -> Patient:
    row = tx.session.get(Patient, patient_id)
    if row is None:
        raise NotFound(_GONE, "patient")
    return row


def latest_weight(tx: Tx, patient_id: int) -> Weight | None:
    """The weight measured last."""
    query = (
        select(Weight)
        .where(Weight.patient_id == patient_id)
        .order_by(Weight.measured_on.desc(), Weight.id.desc())
        .limit(1)
    )
    return tx.session.execute(query).scalar_one_or_none()


def person(tx: Tx, patient_id: int) -> PersonFacts:
    """Who the patient is; raises NotFound."""
    row, weight = _patient(tx, patient_id), latest_weight(tx, patient_id)
    return PersonFacts(
        row.birth_date,
        row.sex,
        weight.kg if weight else None,
        weight.measured_on if weight else None,
    )


def banner(tx: Tx, patient_id: int, today: date, knowledge: Knowledge) -> Banner:
    """What stands over everything about the patient, as the checks read it; raises NotFound."""
    row = _patient(tx, patient_id)
    weight = latest_weight(tx, patient_id)
    coverage = latest_begun(current(tx, Coverage, patient_id, today))
    devices, prostheses, implants = _implants(tx, patient_id, today, knowledge)
    return Banner(
        id=row.id,
        version=row.version,
        mrn=row.mrn,
        family=row.family,
        given=row.given,
        birth_date=row.birth_date,
        age=age(row.birth_date, row.deceased_on or today),
        sex=row.sex,
        language=row.language,
        interpreter=row.interpreter,
        phone=shown_phone(current(tx, Phone, patient_id, today)),
        deceased_on=row.deceased_on,
        allergies=tuple(
            AllergyRow(
                a.id, a.substance, a.category, a.reaction, a.severity, is_contrast(a, knowledge)
            )
            for a in current(tx, Allergy, patient_id, today)
        ),
        anticoagulants=tuple(
            d.drug
            for d in current(tx, PatientDrug, patient_id, today)
            if is_thinner(d.drug, d.kind, knowledge)
        ),
        alerts=tuple(a.text for a in current(tx, Alert, patient_id, today)),
        weight_kg=weight.kg if weight else None,
        weight_on=weight.measured_on if weight else None,
        payer=coverage.payer if coverage else "",
        merged_into=row.merged_into,
        pregnant=_pregnancy(tx, patient_id, today, knowledge),
        devices=devices,
        prostheses=prostheses,
        implants=implants,
    )


def _pregnancy(tx: Tx, patient_id: int, today: date, knowledge: Knowledge) -> bool | None:
    """As the checks read it: by the answer, and by what stands among the conditions."""
    said = answers_of(tx, patient_id).get(Topic.PREGNANCY)
    noted = current(tx, Condition, patient_id, today)
    return pregnancy(answered(said), said.asked_on if said else None, noted, today, knowledge)


def _implants(
    tx: Tx, patient_id: int, today: date, knowledge: Knowledge
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Devices, artificial joints and what else is in the body.

    The first two also where they were written among the conditions, as the checks read them.
    """
    items = [(i.name, i.prosthesis) for i in current(tx, Implant, patient_id, today)]
    among = [(c.name, False) for c in current(tx, Condition, patient_id, today)]
    joints = [name for name, known in (*items, *among) if known or implant(name, knowledge)[0]]
    devices = [name for name, __ in (*items, *among) if is_device(name, knowledge)]
    named = {*joints, *devices}
    others = [name for name, __ in items if name not in named]
    once = dict.fromkeys
    return tuple(once(devices)), tuple(once(joints)), tuple(once(others))


def phones(tx: Tx, patient_id: int, on: date) -> tuple[tuple[str, str], ...]:
    """(kind, number) of the current phones."""
    return tuple((phone.kind, phone.number) for phone in current(tx, Phone, patient_id, on))


def other_names(tx: Tx, patient_id: int) -> tuple[tuple[str, str], ...]:
    """(kind, name) of names besides the official one, ended ones too."""
    query = select(PatientName).where(PatientName.patient_id == patient_id).order_by(PatientName.id)
    return tuple(
        (name.kind, " ".join(part for part in (name.given, name.family) if part))
        for name in tx.session.execute(query).scalars()
    )


def address(tx: Tx, patient_id: int, on: date, home: str) -> str:
    """The current address on one line, as its country orders it; ``home`` is the clinic's."""
    row = latest_begun(current(tx, Address, patient_id, on))
    if row is None:
        return ""
    form = address_form(country_of(row.country) or home)
    place = form.written(row.city, row.state, row.postal_code)
    return ", ".join(part for part in (row.line, *place, row.country) if part)


def allergy_text(row: Allergy) -> str:
    """An allergy as the form holds it: ``Penicillin (rash, mild)``."""
    inside = ", ".join(part for part in (row.reaction, row.severity) if part)
    return f"{row.substance} ({inside})" if inside else row.substance


def pregnant(tx: Tx, patient_id: int) -> bool | None:
    """What was answered last; None where nobody has asked."""
    return answered(answers_of(tx, patient_id).get(Topic.PREGNANCY))


def answered(said: Answer | None) -> bool | None:
    """What an answer to pregnancy says; None: nobody has asked."""
    return {Said.YES: True, Said.NO: False}.get(said.said) if said else None


PLAIN = tuple(each.name for each in fields(PatientForm) if each.name in Patient.__table__.columns)
"""Fields of the form that are columns of the patient; the others are dated rows."""


def record(tx: Tx, patient_id: int, on: date) -> PatientRecord:
    """The patient as the editor holds it on a day; raises NotFound."""
    row = _patient(tx, patient_id)
    home = latest_begun(current(tx, Address, patient_id, on))
    coverage = latest_begun(current(tx, Coverage, patient_id, on))
    weight = latest_weight(tx, patient_id)
    numbers = {phone.kind: phone.number for phone in current(tx, Phone, patient_id, on)}
    names = {name.kind: name for name in current(tx, PatientName, patient_id, on)}
    form = PatientForm(
        **{name: getattr(row, name) for name in PLAIN},
        maiden=names["maiden"].family if "maiden" in names else "",
        preferred=names["preferred"].given if "preferred" in names else "",
        phone_mobile=numbers.get("mobile", ""),
        phone_home=numbers.get("home", ""),
        national_id=national_number(tx, patient_id),
        address_line=home.line if home else "",
        city=home.city if home else "",
        state=home.state if home else "",
        postal_code=home.postal_code if home else "",
        country=home.country if home else "",
        payer=coverage.payer if coverage else "",
        pack=coverage.pack if coverage else "",
        weight_kg=weight.kg if weight else None,
        pregnant=pregnant(tx, patient_id),
        allergies=tuple(allergy_text(a) for a in current(tx, Allergy, patient_id, on)),
        anticoagulants=tuple(
            d.drug for d in current(tx, PatientDrug, patient_id, on) if d.kind == "anticoagulant"
        ),
        alerts=tuple(a.text for a in current(tx, Alert, patient_id, on)),
    )
    return PatientRecord(row.id, row.version, form)


def by_identifier(tx: Tx, system: str, values: Sequence[str]) -> dict[str, int]:
    """Value to patient id, for those values of a numbering system that are known."""
    found: dict[str, int] = {}
    for start in range(0, len(values), 500):
        query = select(Identifier.value, Identifier.patient_id).where(
            Identifier.system == system, Identifier.value.in_(values[start : start + 500])
        )
        found.update((row.value, row.patient_id) for row in tx.session.execute(query))
    return found


def mrn_owner(tx: Tx, mrn: str) -> int | None:
    """Whose record number it is."""
    return tx.session.execute(select(Patient.id).where(Patient.mrn == mrn)).scalar_one_or_none()


def likely_same(
    tx: Tx, person: Person, on: date, *, besides: int | None = None, limit: int = 5
) -> tuple[PatientHit, ...]:
    """Patients who may be this person, likeliest first."""
    found: dict[int, tuple[float, PatientHit]] = {}
    for query in _suspects(person, on):
        for row in tx.session.execute(query.limit(200)).scalars():
            if row.patient_id == besides or row.patient_id in found:
                continue
            phones = current(tx, Phone, row.patient_id, on)
            numbers = frozenset(phone.digits for phone in phones)
            other = Person(row.family, row.given, row.birth_date, numbers, row.mrn)
            hit = PatientHit(
                row.patient_id,
                row.mrn,
                row.family,
                row.given,
                row.birth_date,
                shown_phone(phones),
                row.sex,
                guess=True,
            )
            found[row.patient_id] = (likeness(person, other), hit)
    likely = [pair for pair in found.values() if pair[0] >= WORTH_ASKING]
    likely.sort(key=_by_likeness)
    return tuple(hit for __, hit in likely[:limit])


def _by_likeness(pair: tuple[float, PatientHit]) -> tuple[float, str, int]:
    return -pair[0], pair[1].family, pair[1].id


def _suspects(person: Person, on: date) -> list[Select[PatientSearch]]:
    plain = select(PatientSearch)
    forward, backward = key(person.family, person.given), key(person.given, person.family)
    queries = [
        plain.join(Patient, Patient.id == PatientSearch.patient_id).where(
            Patient.birth_date == person.birth_date
        ),
        plain.where(
            or_(
                PatientSearch.family_key.in_((forward, backward)),
                PatientSearch.given_key.in_((forward, backward)),
            )
        ),
    ]
    if person.phones:
        queries.append(
            plain.join(Phone, Phone.patient_id == PatientSearch.patient_id).where(
                Phone.digits.in_(person.phones), current_on(Phone, on)
            )
        )
    return queries

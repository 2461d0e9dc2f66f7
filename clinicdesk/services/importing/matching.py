"""Whom a row may be: somebody on record, or of a line before it; and what becomes of it then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from clinicdesk.data.queries import same_people
from clinicdesk.data.queries.same_people import KnownPerson
from clinicdesk.domain.dates import day_words
from clinicdesk.domain.duplicates import alike, same_person_key, same_phone_key
from clinicdesk.domain.patient_checks import phone_digits
from clinicdesk.domain.rows.people import PatientForm
from clinicdesk.domain.text import fold
from clinicdesk.domain.translation import _
from clinicdesk.services.context import Work
from clinicdesk.services.importing.rows import Candidate

SYSTEM, BY_NAME = "import", "import-name"
"""Numbering systems under which the old system's numbers are kept."""
ASK, SKIP, ADD, SAME = "ask", "skip", "add", "same"
DUPLICATES = (ASK, SKIP, ADD)
"""What becomes of rows that may be somebody; of one row a person may say that it is the same."""


@dataclass(frozen=True)
class Match:
    """Who a row may be: ``patient_id`` on record (None: of a line before, not written yet)."""

    patient_id: int | None
    reason: str


def number_of(row: Candidate) -> tuple[str, str]:
    """The system and value by which the patient is known again."""
    if row.number:
        return SYSTEM, row.number
    form = row.form
    return BY_NAME, f"{fold(form.family)}|{fold(form.given)}|{form.birth_date}"


def keys_of(form: PatientForm, region: str) -> Iterator[str]:
    """What another row or record has in common with it, if it may be the same person."""
    assert form.birth_date is not None
    yield same_person_key(form.family, form.given, form.birth_date)
    for phone in phones_of(form, region):
        yield same_phone_key(phone, form.family, form.given)


def phones_of(form: PatientForm, region: str) -> Iterator[str]:
    """Its telephone numbers as digits."""
    for typed in (form.phone_mobile, form.phone_home):
        if typed and (digits := phone_digits(typed, region)):
            yield digits


class OnRecord:
    """Everybody on record whom one of some rows may be."""

    def __init__(self, work: Work, rows: Iterable[Candidate]) -> None:
        forms = [row.form for row in rows]
        region = work.clinic.settings.country
        self._people: dict[str, KnownPerson] = {}
        phones = [phone for form in forms for phone in phones_of(form, region)]
        for person in same_people.reached_by(work.tx, phones, work.today):
            key = same_phone_key(person.phone, person.family, person.given)
            self._people.setdefault(key, person)
        for person in same_people.born_on(work.tx, {form.birth_date for form in forms}):
            key = same_person_key(person.family, person.given, person.birth_date)
            self._people.setdefault(key, person)

    def find(self, form: PatientForm, region: str) -> Match | None:
        """Who a form may be."""
        for key in keys_of(form, region):
            if (person := self._people.get(key)) is not None:
                return Match(person.id, _on_record(person, form))
        return None


def _on_record(person: KnownPerson, form: PatientForm) -> str:
    if person.birth_date == form.birth_date:
        return _(
            "A patient of this name and birth date is on record already, with the record number "
            "{mrn}. If this is somebody else, add that patient by hand."
        ).format(mrn=person.mrn)
    return _(
        "A patient with this phone number and a name like this is on record already, born {day}, "
        "with the record number {mrn}. If this is somebody else, add that patient by hand."
    ).format(mrn=person.mrn, day=day_words(person.birth_date))


def in_line(line: int, *, by_phone: bool = False) -> Match:
    """The same, of a line before in the file."""
    if by_phone:
        reason = _(
            "A patient with this phone number and a name like this stands in line {line} already. "
            "If this is somebody else, add that patient by hand."
        )
    else:
        reason = _(
            "A patient of this name and birth date stands in line {line} already. "
            "If this is somebody else, add that patient by hand."
        )
    return Match(None, reason.format(line=line))


def is_somebody_else(existing: PatientForm, fresh: PatientForm) -> bool:
    """Numbers of two systems may meet; a name may change, a birth date be corrected, not both."""
    if existing.birth_date == fresh.birth_date:
        likest = max(
            alike(existing.family, fresh.family),
            alike(existing.given, fresh.given),
            alike(existing.family, fresh.given),
        )
        return likest < _LIKE
    return fold(existing.family) != fold(fresh.family)


_LIKE = 0.85
"""Below it, no part of two names is like the other; names that sound alike are at it."""

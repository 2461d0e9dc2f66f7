"""What is current on a day: one answer, wherever it is asked."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.due import listed, performed
from support.logs import book
from support.vocabulary import CATALOGUE, VOCABULARY

from clinicdesk.data import tables as t
from clinicdesk.data.current import current_on, end_before, is_current, latest_begun, turns
from clinicdesk.data.queries import letters
from clinicdesk.data.queries.facts import facts_of
from clinicdesk.domain.rows.people import PatientForm
from clinicdesk.domain.rows.schedule import PlanRequest
from clinicdesk.safety.recorded import is_contrast, prostheses
from clinicdesk.services import due, patients, schedule, verdicts

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 24)
DAY = timedelta(days=1)
KNOWLEDGE = CATALOGUE.safety
SPANS = {
    "no days known": (None, None, True),
    "ends in the future": (date(2020, 1, 1), date(2030, 12, 31), True),
    "ends today": (None, TODAY, True),
    "ended yesterday": (date(2020, 1, 1), TODAY - DAY, False),
    "begins today": (TODAY, None, True),
    "begins tomorrow": (TODAY + DAY, None, False),
}
spans = pytest.mark.parametrize(("since", "until", "holds"), SPANS.values(), ids=SPANS)


@dataclass
class Row:
    """A dated row."""

    valid_from: date | None
    valid_to: date | None


days = st.dates(date(2026, 11, 1), date(2026, 11, 30))
rows = st.builds(Row, st.none() | days, st.none() | days)


@spans
def test_the_same_in_sql_and_in_python(
    clinic: Any, since: date | None, until: date | None, holds: bool
) -> None:
    with clinic.store.write(None, "test.add") as tx:
        row = tx.add(t.Alert(patient_id=1, text="x", valid_from=since, valid_to=until))
        found = tx.session.query(t.Alert.id).where(current_on(t.Alert, TODAY)).all()
        assert ((row.id,) in found) is is_current(row, TODAY) is holds


@given(rows, days)
def test_turns_are_the_days_on_which_the_answer_changes(row: Row, day: date) -> None:
    later = [day + timedelta(days=n) for n in range(1, 40)]
    changes = {on for on in later if is_current(row, on) is not is_current(row, on - DAY)}
    assert set(turns(row, day)) == changes


@given(rows, days)
def test_what_was_ended_is_not_current_any_more(row: Row, day: date) -> None:
    end_before(row, day)
    assert not is_current(row, day)


def test_of_several_the_latest_begun_counts() -> None:
    old, new, unknown = Row(date(2020, 1, 1), None), Row(date(2024, 1, 1), None), Row(None, None)
    assert latest_begun([new, old, unknown]) is new
    assert latest_begun([unknown, old]) is old
    assert latest_begun([]) is None


# -- the places that ask -----------------------------------------------------------------------


def _known(clinic: Any, since: date | None, until: date | None) -> int:
    """A patient of whom everything dated is known from a day to a day."""
    dated: dict[str, Any] = {"valid_from": since, "valid_to": until}
    with clinic.store.write(None, "test.add") as tx:
        person = tx.add(
            t.Patient(mrn="X1", family="Dated", given="Ada", birth_date=date(1950, 1, 1),
                      created_at=tx.now)
        )  # fmt: skip
        dated["patient_id"] = person.id
        tx.add(t.Allergy(**dated, substance="Iohexol", category="contrast"))
        tx.add(t.PatientDrug(**dated, drug="apixaban", kind="anticoagulant"))
        tx.add(t.Phone(**dated, kind="mobile", number="617-555-0188", digits="16175550188"))
        tx.add(t.Address(**dated, line="1 Main Street", city="Salem", country="US"))
        tx.add(t.Coverage(**dated, payer="Medicare", pack="us-medicare"))
        tx.add(t.Alert(**dated, text="Faints"))
        tx.add(t.Condition(**dated, name="Diabetes"))
        tx.add(t.Implant(**dated, name="Knee", site="knee left", prosthesis=True))
        tx.add(t.PatientName(**dated, kind="preferred", given="Addie"))
        return int(person.id)


@spans
def test_banner_and_chart(
    clinic: Any, frontdesk: Any, since: date | None, until: date | None, holds: bool
) -> None:
    chart = patients.open_chart(clinic, frontdesk, _known(clinic, since, until))
    banner, form = chart.banner, chart.record.form
    assert [a.substance for a in banner.allergies] == ["Iohexol"] * holds
    assert banner.anticoagulants == ("apixaban",) * holds
    assert banner.alerts == ("Faints",) * holds
    assert banner.phone == "617-555-0188" * holds
    assert banner.payer == "Medicare" * holds
    assert chart.address == "1 Main Street, Salem, US" * holds
    assert chart.phones == (("mobile", "617-555-0188"),) * holds
    assert (form.allergies, form.anticoagulants) == (("Iohexol",) * holds, ("apixaban",) * holds)
    assert (form.phone_mobile, form.city) == ("617-555-0188" * holds, "Salem" * holds)
    assert (form.payer, form.pack) == ("Medicare" * holds, "us-medicare" * holds)
    assert (form.preferred, form.alerts) == ("Addie" * holds, ("Faints",) * holds)


@spans
def test_search_and_likely_duplicates(
    clinic: Any, frontdesk: Any, since: date | None, until: date | None, holds: bool
) -> None:
    number = _known(clinic, since, until)
    (hit,) = patients.search(clinic, frontdesk, "dated")
    assert (hit.id, hit.phone) == (number, "617-555-0188" * holds)
    form = PatientForm(family="Dated", given="Ada", birth_date=date(1950, 1, 1))
    (same,) = patients.likely_duplicates(clinic, frontdesk, form)
    assert same.phone == hit.phone


def test_a_phone_that_has_ended_since_it_was_indexed_is_not_shown(
    clinic: Any, frontdesk: Any
) -> None:
    from support.due import pass_time

    _known(clinic, None, TODAY)
    assert patients.search(clinic, frontdesk, "dated")[0].phone
    pass_time(clinic, DAY)
    assert not patients.search(clinic, frontdesk, "dated")[0].phone


@spans
def test_the_schedule(
    clinic: Any, frontdesk: Any, since: date | None, until: date | None, holds: bool
) -> None:
    book(clinic, patient=_known(clinic, since, until))
    (row,) = schedule.day(clinic, frontdesk, TODAY).appointments
    assert {"allergy", "anticoagulant"} & row.flags == (
        {"allergy", "anticoagulant"} if holds else set()
    )


@spans
def test_the_due_list_its_letters_and_sheets(
    clinic: Any, frontdesk: Any, since: date | None, until: date | None, holds: bool
) -> None:
    number = _known(clinic, since, until)
    performed(clinic, date(2026, 2, 3), patient=number)
    due.refresh(clinic, frontdesk, TODAY)
    (row,) = listed(clinic, frontdesk, TODAY)
    assert (row.phone, row.anticoagulant) == ("617-555-0188" * holds, "apixaban" * holds)
    with clinic.store.read() as tx:
        assert set(letters.recipients(tx, [number], TODAY)) == ({number} if holds else set())


@spans
def test_the_facts_for_the_rules(
    clinic: Any, frontdesk: Any, since: date | None, until: date | None, holds: bool
) -> None:
    number = _known(clinic, since, until)
    with clinic.store.read() as tx:
        facts = facts_of(tx, number, TODAY, VOCABULARY.names)
    assert any(is_contrast(each, KNOWLEDGE) for each in facts.allergies or ()) is holds
    # A list whose entries have all ended was not thereby answered with "none".
    assert (facts.drugs is not None) is (facts.conditions is not None) is holds
    assert [drug.drug for drug in facts.drugs or ()] == ["apixaban"] * holds
    assert [each.name for each in facts.conditions or ()] == ["Diabetes"] * holds
    found = prostheses(facts.implants, facts.conditions, KNOWLEDGE)
    assert [item.site for item in found or ()] == ["knee left"] * holds
    assert (facts.coverage is not None) is holds
    plan = PlanRequest(number, "joint.injection", ("knee left",), TODAY)
    card = verdicts.assess(clinic, frontdesk, plan)
    assert (card.pack == "us-medicare") is holds


def test_what_is_entered_and_taken_back_on_one_day_is_gone(clinic: Any, frontdesk: Any) -> None:
    number = clinic.seeded.andrea
    for allergies in (("Latex",), ()):
        record = patients.open_chart(clinic, frontdesk, number).record
        form = record.form
        changed = PatientForm(**{**vars(form), "allergies": allergies})
        patients.change(clinic, frontdesk, number, record.version, changed)
    assert patients.banner(clinic, frontdesk, number).allergies == ()


# -- in the source -----------------------------------------------------------------------------

ROOT = Path(__file__).resolve().parents[2] / "clinicdesk"


def _reads(path: Path) -> Iterator[str]:
    """Places where the last day of a row is looked at, or its first compared."""
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text if "valid_" in text else "")
    for node in ast.walk(tree):
        if not isinstance(node, ast.Attribute):
            continue
        if node.attr == "valid_to" and isinstance(node.ctx, ast.Load):
            yield f"{path.relative_to(ROOT)}:{node.lineno}"
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            sides = (node.left, *node.comparators)
            if any(isinstance(s, ast.Attribute) and s.attr == "valid_from" for s in sides):
                yield f"{path.relative_to(ROOT)}:{node.lineno}"


def test_only_one_file_compares_the_days_of_a_row() -> None:
    own = ROOT / "data" / "current.py"
    assert list(_reads(own))
    assert [place for path in ROOT.rglob("*.py") if path != own for place in _reads(path)] == []

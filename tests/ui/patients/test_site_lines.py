"""What the patient page says of an interval right after the session itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from support.due import performed
from support.logs import PASSWORD, book, complete

from clinicdesk.services import patients, procedures
from clinicdesk.ui.patients.site_lines import SiteLine, ask_lines, next_words
from clinicdesk.ui.patients.timeline_rows import lines_of_time

TODAY = date(2026, 11, 24)


@pytest.fixture
def signed_today(embedded_clinic: Any, physician: Any) -> Any:
    """An epidural of this morning, booked, done and signed; the patient is still here."""
    number = book(embedded_clinic)
    form = complete(procedures.open_log(embedded_clinic, physician, number).form)
    procedures.sign(embedded_clinic, physician, form, 0, PASSWORD)
    return embedded_clinic


def _lines(clinic: Any, actor: Any) -> tuple[SiteLine, ...]:
    chart = patients.open_chart(clinic, actor, clinic.seeded.teresa)
    return ask_lines(clinic, actor, chart, TODAY)


def test_what_was_done_this_morning_counts(signed_today: Any, physician: Any) -> None:
    (line,) = _lines(signed_today, physician)
    assert next_words(line.facts, TODAY) == "Not before 24 Feb 2027"
    assert (line.facts.used, line.facts.allowed) == (1, 4)
    assert line.facts.booked_for is None


def test_the_next_booking_is_named_and_does_not_stand_in_its_own_way(
    signed_today: Any, physician: Any
) -> None:
    book(signed_today, day=date(2027, 2, 24), status="booked")
    (line,) = _lines(signed_today, physician)
    assert line.facts.booked_for is not None
    assert line.facts.booked_for.date() == date(2027, 2, 24)
    assert next_words(line.facts, TODAY) == "Not before 24 Feb 2027"


def test_where_no_rule_waits_it_is_possible_now(embedded_clinic: Any, physician: Any) -> None:
    number = book(embedded_clinic, procedure="nerve.block", sites=(("genicular", "left"),))
    form = complete(procedures.open_log(embedded_clinic, physician, number).form)
    form = replace(form, fluoroscopy_seconds=None, air_kerma_mgy=None)
    procedures.record(embedded_clinic, physician, form, 0)
    (line,) = _lines(embedded_clinic, physician)
    assert line.facts.allowed_from == TODAY


def test_what_the_payer_also_asks_is_said_and_is_no_consent(
    embedded_clinic: Any, physician: Any
) -> None:
    for day in (date(2025, 10, 20), date(2026, 4, 20)):
        performed(embedded_clinic, day, scores=((date(2026, 11, 10), 2),))
    (line,) = _lines(embedded_clinic, physician)
    assert line.facts.allowed_from == TODAY
    assert next_words(line.facts, TODAY) == "Within limits; the payer asks for more"
    assert line.facts.detail.startswith("The payer also asks: Epidural sessions in the lumbar")


def test_what_is_done_stands_once_on_the_line_of_time(signed_today: Any, physician: Any) -> None:
    chart = patients.open_chart(signed_today, physician, signed_today.seeded.teresa)
    assert [row.start.date() for row in chart.upcoming] == [TODAY]
    (line,) = lines_of_time(chart.procedures, chart.upcoming)
    assert len(line.done) == 1
    assert line.booked == ()

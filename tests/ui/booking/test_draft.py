"""From what was entered to the question put and the appointment made."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from support.vocabulary import CATALOGUE

from clinicdesk.domain.procedures import Intent, Procedure
from clinicdesk.domain.rows.people import PatientHit
from clinicdesk.ui.booking.draft import (
    Draft,
    book_request,
    missing,
    plan_request,
    read_back,
    still_needed,
)

ZONE = ZoneInfo("America/New_York")
TERESA = PatientHit(7, "004182", "Villalobos", "Teresa", date(1958, 3, 14), "555 0142", "female")


@pytest.fixture(scope="module")
def tfesi() -> Procedure:
    return CATALOGUE.procedure("esi.transforaminal")


@pytest.fixture
def full(tfesi: Procedure) -> Draft:
    return Draft(
        patient=TERESA,
        procedure=tfesi,
        sites="L5 left",
        intent=Intent.THERAPEUTIC,
        physician=(3, "Dr. Osei"),
        room=(9, "C-arm room"),
        day=date(2027, 1, 12),
        at=time(10, 15),
        minutes=30,
        note="  brings films ",
    )


def test_an_empty_panel_names_everything_that_is_missing() -> None:
    assert set(missing(Draft())) == {"patient", "procedure", "physician", "day", "at", "minutes"}


def test_a_site_of_another_sort_is_answered_at_the_field(full: Draft) -> None:
    assert "L5-S1" in missing(replace(full, sites="L5-S1 left"))["sites"]
    assert "side" in missing(replace(full, sites="L5"))["sites"]


def test_a_full_panel_asks_and_books(full: Draft) -> None:
    assert not missing(full)
    plan = plan_request(full)
    assert plan is not None
    assert (plan.patient_id, plan.procedure, plan.sites) == (7, "esi.transforaminal", ("L5 left",))
    request = book_request(full, ZONE, "agreed with the physician")
    assert request.start.astimezone(UTC) == datetime(2027, 1, 12, 15, 15, tzinfo=UTC)
    assert (request.physician_id, request.room_id, request.minutes) == (3, 9, 30)
    assert request.note == "brings films"
    assert request.reason == "agreed with the physician"


def test_several_sites_are_parted_by_commas(full: Draft) -> None:
    plan = plan_request(replace(full, sites="l4 left,  L5 left, l4 LEFT"))
    assert plan is not None
    assert plan.sites == ("L4 left", "L5 left")


def test_the_read_back_line(full: Draft) -> None:
    assert read_back(full) == (
        "Villalobos, Teresa · Tue 12 Jan 10:15 · Dr. Osei · C-arm room · Transforaminal ESI L5 left"
    )


def test_a_visit_needs_no_site_and_asks_no_rule(full: Draft) -> None:
    visit = replace(full, procedure=None, visit="Follow-up", room=None, sites="")
    assert not missing(visit)
    assert plan_request(visit) is None
    assert "no interval rule" in still_needed(visit)
    request = book_request(visit, ZONE, "")
    assert (request.procedure, request.title, request.sites) == ("", "Follow-up", ())
    assert read_back(visit).endswith("Dr. Osei · Follow-up")


def test_the_card_says_what_it_waits_for(full: Draft) -> None:
    assert still_needed(replace(full, patient=None, day=None)) == (
        "Choose a patient and a date to see whether it may be repeated."
    )

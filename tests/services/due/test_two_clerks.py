"""Two clerks never call the same patient: one gets him, the other hears who."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest
from support.due import listed, pass_time, performed

from clinicdesk.data import feed
from clinicdesk.data import tables as t
from clinicdesk.domain.errors import NotFound
from clinicdesk.domain.rows.due import Taken
from clinicdesk.services import due

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 24)


@pytest.fixture
def rows(clinic: Any) -> dict[str, int]:
    """Row ids: two of Teresa's, one of Andrea's."""
    performed(clinic, date(2026, 2, 3))
    performed(clinic, date(2026, 3, 3), "joint.injection", "knee left")
    performed(clinic, date(2026, 4, 3), patient=clinic.seeded.andrea)
    desk = clinic.seeded.actor("frontdesk")
    due.refresh(clinic, desk, TODAY)
    names = {clinic.seeded.teresa: "teresa", clinic.seeded.andrea: "andrea"}
    return {f"{names[r.patient_id]} {r.site}": r.id for r in listed(clinic, desk, TODAY)}


def shown(clinic: Any, who: Any) -> dict[str, tuple[str, bool]]:
    names = {clinic.seeded.teresa: "teresa", clinic.seeded.andrea: "andrea"}
    return {
        f"{names[r.patient_id]} {r.site}": (r.taken_by, r.taken_by_me)
        for r in listed(clinic, who, TODAY)
    }


def test_all_rows_of_the_patient_are_in_hand(clinic: Any, rows: dict[str, int]) -> None:
    desk, nurse = clinic.seeded.actor("frontdesk"), clinic.seeded.actor("nurse")
    teresa = clinic.seeded.teresa
    assert due.take(clinic, desk, rows["teresa L5 left"]) == Taken(True, "Joelle Marsh", teresa)
    seen = shown(clinic, nurse)
    assert seen["teresa L5 left"] == seen["teresa knee left"] == ("Joelle Marsh", False)
    assert seen["andrea L5 left"] == ("", False)
    assert shown(clinic, desk)["teresa knee left"] == ("Joelle Marsh", True)
    other = due.take(clinic, nurse, rows["teresa knee left"])
    assert other == Taken(False, "Joelle Marsh", teresa)


def test_taking_another_puts_down_the_one_before(clinic: Any, rows: dict[str, int]) -> None:
    desk, nurse = clinic.seeded.actor("frontdesk"), clinic.seeded.actor("nurse")
    due.take(clinic, desk, rows["teresa L5 left"])
    due.take(clinic, desk, rows["andrea L5 left"])
    assert due.take(clinic, nurse, rows["teresa L5 left"]).mine
    assert not due.take(clinic, nurse, rows["andrea L5 left"]).mine
    # What could not be taken puts nothing down.
    assert shown(clinic, desk)["teresa L5 left"] == ("Marisol Castellano", False)


def test_released_it_is_free(clinic: Any, rows: dict[str, int]) -> None:
    desk, nurse = clinic.seeded.actor("frontdesk"), clinic.seeded.actor("nurse")
    due.take(clinic, desk, rows["teresa L5 left"])
    due.release(clinic, desk)
    assert shown(clinic, nurse)["teresa L5 left"] == ("", False)
    assert due.take(clinic, nurse, rows["teresa L5 left"]).mine
    due.release(clinic, desk)
    assert shown(clinic, desk)["teresa L5 left"] == ("Marisol Castellano", False)


@pytest.mark.parametrize(("seconds", "free"), [(299, False), (300, True)])
def test_after_five_minutes_it_is_free(
    clinic: Any, rows: dict[str, int], seconds: int, free: bool
) -> None:
    desk, nurse = clinic.seeded.actor("frontdesk"), clinic.seeded.actor("nurse")
    due.take(clinic, desk, rows["teresa L5 left"])
    pass_time(clinic, timedelta(seconds=seconds))
    assert (shown(clinic, nurse)["teresa L5 left"] == ("", False)) is free
    assert due.take(clinic, nurse, rows["teresa L5 left"]).mine is free


def test_taken_again_by_the_same_person_lasts_on(clinic: Any, rows: dict[str, int]) -> None:
    desk, nurse = clinic.seeded.actor("frontdesk"), clinic.seeded.actor("nurse")
    due.take(clinic, desk, rows["teresa L5 left"])
    pass_time(clinic, timedelta(minutes=4))
    assert due.take(clinic, desk, rows["teresa knee left"]).mine
    pass_time(clinic, timedelta(minutes=4))
    assert not due.take(clinic, nurse, rows["teresa L5 left"]).mine


def test_of_many_desks_at_once_exactly_one_gets_the_patient(
    clinic: Any, rows: dict[str, int]
) -> None:
    logins = ("frontdesk", "nurse", "physician", "lindqvist", "manager")
    people = [clinic.seeded.actor(login) for login in logins]
    with ThreadPoolExecutor(len(people)) as pool:
        sites = ("teresa L5 left", "teresa knee left")
        asked = [
            pool.submit(due.take, clinic, who, rows[sites[n % 2]]) for n, who in enumerate(people)
        ]
        taken = [task.result() for task in asked]
    (winner,) = [who for who, answer in zip(people, taken, strict=True) if answer.mine]
    assert {answer.by for answer in taken} == {winner.name}


def test_other_windows_hear_of_it_and_the_audit_does_not(clinic: Any, rows: dict[str, int]) -> None:
    desk = clinic.seeded.actor("frontdesk")
    with clinic.store.read() as tx:
        since, acts = feed.last_change(tx), tx.session.query(t.AuditAct).count()
    due.take(clinic, desk, rows["teresa L5 left"])
    due.take(clinic, desk, rows["andrea L5 left"])
    due.release(clinic, desk)
    with clinic.store.read() as tx:
        changes, _ = feed.changes_since(tx, since)
        assert tx.session.query(t.AuditAct).count() == acts
    assert changes.kinds == {"due"}
    assert changes.patients == {clinic.seeded.teresa, clinic.seeded.andrea}


def test_a_row_that_has_left(clinic: Any) -> None:
    with pytest.raises(NotFound, match="left the list"):
        due.take(clinic, clinic.seeded.actor("frontdesk"), 999_999)

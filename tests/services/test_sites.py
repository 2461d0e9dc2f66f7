"""Names of sites: several of one site are one, a new one is asked once, old ones are matched."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import pytest
from sqlalchemy import select
from support.due import listed, performed
from support.vocabulary import CATALOGUE

from clinicdesk.data import tables as t
from clinicdesk.domain.clock import FixedClock
from clinicdesk.domain.errors import Invalid, NotAllowed
from clinicdesk.domain.rows.schedule import BookRequest, PlanRequest
from clinicdesk.services import booking, due, patients, schedule, sites, verdicts
from clinicdesk.services.context import Clinic

TODAY = date(2026, 11, 23)
LAST = date(2026, 11, 2)


def plan(clinic: Any, site: str = "shoulder left", day: date = TODAY) -> PlanRequest:
    return PlanRequest(clinic.seeded.sean, "joint.injection", (site,), day)


def asked(clinic: Any, actor: Any, site: str = "shoulder left") -> str:
    return verdicts.assess(clinic, actor, plan(clinic, site)).status


def request(clinic: Any, site: str) -> BookRequest:
    return BookRequest(
        patient_id=clinic.seeded.sean,
        start=datetime.combine(date(2027, 6, 1), time(9), tzinfo=clinic.zone),
        minutes=30,
        physician_id=clinic.seeded.osei,
        room_id=clinic.seeded.carm_room,
        procedure="joint.injection",
        sites=(site,),
    )


def done(clinic: Any, site: str, day: date = LAST) -> int:
    return performed(clinic, day, "joint.injection", site, patient=clinic.seeded.sean)


@pytest.mark.parametrize(
    "written", ["shoulders left", "shoulder joint left", "glenohumeral joint left"]
)
def test_a_record_under_another_name_counts_as_the_site(
    clinic: Any, physician: Any, written: str
) -> None:
    done(clinic, written)
    assert asked(clinic, physician) == "not-before"
    due.refresh(clinic, physician, TODAY)
    assert [row.site for row in listed(clinic, physician, TODAY)] == ["shoulder left"]
    chart = patients.open_chart(clinic, physician, clinic.seeded.sean)
    assert [row.sites for row in chart.procedures] == [("shoulder left",)]


def test_what_is_booked_is_kept_by_its_canonical_name(clinic: Any, frontdesk: Any) -> None:
    number = booking.book(clinic, frontdesk, request(clinic, "Glenohumeral Joint left")).value
    row = schedule.appointment(clinic, frontdesk, number)
    assert row.sites == ("shoulder left",)


def test_a_near_spelling_is_not_booked_but_asked(clinic: Any, frontdesk: Any) -> None:
    with pytest.raises(Invalid, match=r"Did you mean shoulder left\?"):
        booking.book(clinic, frontdesk, request(clinic, "sholder left"))


def test_a_new_site_is_asked_once_and_known_at_every_desk(clinic: Any, frontdesk: Any) -> None:
    with pytest.raises(Invalid, match="not on the list"):
        booking.book(clinic, frontdesk, request(clinic, "north spur left"))
    other = Clinic(clinic.store, FixedClock(clinic.clock.now()), CATALOGUE)
    schedule.day(other, frontdesk, TODAY)  # it has read the list, as it was
    assert sites.add(clinic, frontdesk, "North  Spur left").value == "north spur"
    with pytest.raises(Invalid, match="“sholder” may be shoulder, which is on the list"):
        sites.add(clinic, frontdesk, "sholder")
    number = booking.book(other, frontdesk, request(clinic, "north spur left")).value
    assert schedule.appointment(other, frontdesk, number).sites == ("north spur left",)
    (own,) = sites.lists(other, frontdesk).own
    assert (own.name, own.meant, own.by) == ("north spur", "north spur", frontdesk.name)
    with pytest.raises(Invalid, match="is on the list"):
        sites.add(clinic, frontdesk, "north spur")


@pytest.mark.parametrize(
    "name", ["", "left", "si joint", "L5", "knee left right", "shoulder joint"]
)
def test_what_is_no_new_site_is_said(clinic: Any, frontdesk: Any, name: str) -> None:
    with pytest.raises(Invalid):
        sites.add(clinic, frontdesk, name)


def test_an_old_record_is_matched_and_stays_as_signed(clinic: Any, physician: Any) -> None:
    number = done(clinic, "sholder left")
    done(clinic, "north spur right", date(2026, 6, 1))
    due.refresh(clinic, physician, TODAY)
    assert asked(clinic, physician) != "not-before"
    # Until it is matched, nobody is told that all is well.
    said = verdicts.assess(clinic, physician, plan(clinic)).partial
    assert "“sholder left” (2 Nov 2026) stands on no list" in said
    assert not verdicts.assess(clinic, physician, plan(clinic, "shoulder right")).partial
    first, second = sites.lists(clinic, physician).unlisted
    assert {first.name, second.name} == {"sholder", "north spur"}
    found = first if first.name == "sholder" else second
    assert (found.times, found.patients, found.near) == (1, 1, ("shoulder",))
    assert sites.match(clinic, physician, "sholder left", "shoulder joint left").value == 1
    assert asked(clinic, physician) == "not-before"
    assert not verdicts.assess(clinic, physician, plan(clinic)).partial
    rows = {row.site for row in listed(clinic, physician, TODAY)}
    assert rows == {"shoulder left", "north spur right"}
    assert [row.name for row in sites.lists(clinic, physician).unlisted] == ["north spur"]
    with clinic.store.read() as tx:
        kept = tx.session.scalars(
            select(t.ProcedureSite.name).where(t.ProcedureSite.procedure_id == number)
        ).all()
        assert list(kept) == ["sholder"]
        act = tx.session.scalars(select(t.AuditAct).order_by(t.AuditAct.id.desc())).first()
        assert (act.action, act.login) == ("site.match", physician.login)


def test_a_match_may_be_taken_back(clinic: Any, physician: Any) -> None:
    done(clinic, "sholder left")
    sites.match(clinic, physician, "sholder", "shoulder")
    assert asked(clinic, physician) == "not-before"
    sites.match(clinic, physician, "sholder", "sholder")
    assert asked(clinic, physician) != "not-before"
    assert sites.lists(clinic, physician).unlisted == ()


@pytest.mark.parametrize(
    ("name", "meant", "said"),
    [
        ("sholder left", "shoulder right", "side"),
        ("shoulder joint", "knee", "stays so"),
        ("sholder", "shuolder", "Did you mean shoulder"),
        ("sholder", "xyz", "not on the list"),
        ("sholder", "si joint", "place in the spine"),
    ],
)
def test_a_match_that_cannot_be(
    clinic: Any, physician: Any, name: str, meant: str, said: str
) -> None:
    with pytest.raises(Invalid, match=said):
        sites.match(clinic, physician, name, meant)


def test_who_may(clinic: Any, frontdesk: Any, nurse: Any, manager: Any) -> None:
    for actor in (frontdesk, nurse):
        with pytest.raises(NotAllowed):
            sites.match(clinic, actor, "sholder", "shoulder")
    sites.match(clinic, manager, "sholder", "shoulder")


def test_what_was_set_by_hand_goes_with_the_site(clinic: Any, physician: Any) -> None:
    done(clinic, "sholder left", date(2026, 3, 2))
    due.refresh(clinic, physician, TODAY)
    (row,) = listed(clinic, physician, TODAY)
    due.set_date(clinic, physician, row.id, date(2027, 2, 1), "Asked for it.")
    sites.match(clinic, physician, "sholder", "shoulder")
    (row,) = listed(clinic, physician, TODAY)
    assert (row.site, row.due_on) == ("shoulder left", date(2027, 2, 1))


def test_a_prosthesis_under_another_name_is_at_the_site(clinic: Any, physician: Any) -> None:
    with clinic.store.write(None, "test.add") as tx:
        tx.add(
            t.Implant(
                patient_id=clinic.seeded.sean,
                name="Prosthesis",
                site="glenohumeral joint left",
                prosthesis=True,
            )
        )
    card = verdicts.assess(clinic, physician, replace(plan(clinic), on=date(2027, 6, 1)))
    (found,) = [f for f in card.findings if f.rule == "joint.prosthesis"]
    assert found.status == "needs-reason"

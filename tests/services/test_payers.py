"""Payers mapped to packs: listed, mapped, asked everywhere, on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from support.due import performed

from clinicdesk.data import tables as t
from clinicdesk.data.queries import facts
from clinicdesk.domain.errors import ClinicError, Invalid, NotAllowed
from clinicdesk.domain.payers import Basis
from clinicdesk.domain.rows.due import DueFilter
from clinicdesk.domain.rows.schedule import PlanRequest
from clinicdesk.domain.site_names import NO_NAMES
from clinicdesk.services import due, payers, verdicts

TODAY = date(2026, 11, 24)
BEFORE = TODAY - timedelta(days=1)


def covered(clinic: Any, patient: int, payer: str, **more: Any) -> None:
    with clinic.store.write(None, "test.cover") as tx:
        tx.add(t.Coverage(patient_id=patient, payer=payer, valid_from=BEFORE, **more))


def booked(clinic: Any, patient: int, day: date, procedure: str = "esi.transforaminal") -> int:
    start = datetime(day.year, day.month, day.day, 15, tzinfo=UTC)
    with clinic.store.write(None, "test.book") as tx:
        row = tx.add(
            t.Appointment(
                patient_id=patient, physician_id=clinic.seeded.osei, starts_at=start,
                ends_at=start + timedelta(minutes=30), local_date=day, created_at=tx.now,
            )
        )  # fmt: skip
        plan = tx.add(t.PlannedProcedure(appointment_id=row.id, procedure=procedure))
        tx.add(t.PlannedSite(planned_id=plan.id, name="L5", side="left"))
        return int(row.id)


@pytest.fixture
def manager(clinic: Any) -> Any:
    return clinic.seeded.actor("manager")


@pytest.fixture
def people(clinic: Any) -> Any:
    """UHC in two spellings, Medicare Advantage, and one whose coverage says its pack itself."""
    ids = clinic.seeded
    covered(clinic, ids.andrea, "UHC")
    covered(clinic, ids.jurgen, "U.H.C.")
    covered(clinic, ids.sean, "Medicare Advantage HMO")
    covered(clinic, ids.willem, "Bay Mutual", pack="us-medicare")
    return ids


def by_name(clinic: Any, actor: Any) -> dict[str, Any]:
    return {row.payer: row for row in payers.listed(clinic, actor)}


def ask(clinic: Any, actor: Any, patient: int, on: date = TODAY) -> Any:
    plan = PlanRequest(patient, "esi.transforaminal", ("L5 left",), on)
    return verdicts.assess(clinic, actor, plan)


def test_what_is_to_map_stands_first_with_its_people(
    clinic: Any, people: Any, manager: Any
) -> None:
    booked(clinic, people.andrea, TODAY + timedelta(days=3))
    booked(clinic, people.jurgen, TODAY + timedelta(days=4))
    rows = payers.listed(clinic, manager)
    assert [row.payer for row in rows] == ["Medicare Advantage HMO", "U.H.C.", "Medicare"]
    advantage, uhc, medicare = rows
    assert (uhc.patients, uhc.booked, uhc.spellings) == (2, 2, ("U.H.C.", "UHC"))
    assert (uhc.basis, uhc.pack) == (Basis.ASSUMED, "clinic-default")
    assert (uhc.nearest, uhc.sure) == ("us-commercial", False)
    assert advantage.nearest == ""
    assert "Medicare Advantage" in advantage.apart
    assert (medicare.basis, medicare.pack, medicare.to_map) == (Basis.EXACT, "us-medicare", False)


def test_the_dead_and_yesterdays_payer_do_not_count(clinic: Any, people: Any, manager: Any) -> None:
    covered(clinic, people.jurgen, "Aetna PPO")
    with clinic.store.write(None, "test.death") as tx:
        tx.get(t.Patient, people.andrea).deceased_on = TODAY
    found = by_name(clinic, manager)
    assert "UHC" not in found
    assert found["Aetna PPO"].patients == 1


def test_a_mapped_payer_is_asked_by_its_rules_in_every_spelling(
    clinic: Any, people: Any, manager: Any
) -> None:
    before = ask(clinic, manager, people.andrea)
    assert (before.pack, before.assumed) == ("clinic-default", "UHC")
    payers.map_payers(clinic, manager, {"uhc": "us-commercial"}, TODAY)
    for patient in (people.andrea, people.jurgen):
        card = ask(clinic, manager, patient)
        assert (card.pack, card.assumed) == ("us-commercial", "")
    # Of the day before the rules were still assumed; nobody else is touched.
    assert ask(clinic, manager, people.andrea, BEFORE).assumed == "UHC"
    assert ask(clinic, manager, people.sean).assumed == "Medicare Advantage HMO"
    row = by_name(clinic, manager)["U.H.C."]
    assert (row.basis, row.pack, row.since) == (Basis.MAPPED, "us-commercial", TODAY)


def test_no_payer_and_a_named_pack_are_not_assumed(clinic: Any, people: Any, manager: Any) -> None:
    assert ask(clinic, manager, people.obrien).assumed == ""
    card = ask(clinic, manager, people.willem)
    assert (card.pack, card.assumed) == ("us-medicare", "")
    assert ask(clinic, manager, people.teresa).pack == "us-medicare"


def test_a_later_mapping_takes_over_on_its_day(clinic: Any, people: Any, manager: Any) -> None:
    later = TODAY + timedelta(days=30)
    payers.map_payers(clinic, manager, {"UHC": "us-commercial"}, TODAY)
    payers.map_payers(clinic, manager, {"UHC": "us-medicare"}, later)
    row = by_name(clinic, manager)["U.H.C."]
    assert (row.pack, row.coming) == ("us-commercial", ("us-medicare", later))
    assert ask(clinic, manager, people.andrea, later).pack == "us-medicare"
    with clinic.store.read() as tx:
        assert later in facts.facts_of(tx, people.andrea, TODAY, NO_NAMES).turns


def test_who_mapped_what_is_kept_for_good(clinic: Any, people: Any, manager: Any) -> None:
    payers.map_payers(clinic, manager, {"UHC": "us-commercial"}, TODAY)
    with clinic.store.read() as tx:
        act = tx.session.query(t.AuditAct).filter_by(action="payer.map").one()
        row = tx.session.query(t.PayerPack).one()
        assert (act.login, row.payer, row.payer_key, row.staff_id) == (
            "manager", "UHC", "uhc", manager.staff_id,
        )  # fmt: skip
    for statement in ("UPDATE payer_pack SET pack = 'x'", "DELETE FROM payer_pack"):
        with (
            pytest.raises((ClinicError, DBAPIError)),
            clinic.store.write(None, "test.change") as tx,
        ):
            tx.session.execute(text(statement))


@pytest.mark.parametrize(
    ("chosen", "day", "field"),
    [
        ({}, TODAY, "payer"),
        ({"Nobody's Plan": "us-commercial"}, TODAY, "payer"),
        ({"UHC": "no-such-pack"}, TODAY, "pack"),
        ({"UHC": "us-commercial"}, date(26, 11, 24), "begins_on"),
    ],
)
def test_what_cannot_be_taken(
    clinic: Any, people: Any, manager: Any, chosen: dict[str, str], day: date, field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        payers.map_payers(clinic, manager, chosen, day)
    assert set(caught.value.fields) == {field}
    with clinic.store.read() as tx:
        assert tx.session.query(t.PayerPack).count() == 0


def test_only_who_may_maps(clinic: Any, people: Any) -> None:
    for login in ("frontdesk", "nurse", "physician"):
        with pytest.raises(NotAllowed):
            payers.map_payers(clinic, clinic.seeded.actor(login), {"UHC": "us-commercial"}, TODAY)


# -- what it would change ----------------------------------------------------------------------


def full_up(clinic: Any, patient: int) -> None:
    """Three epidurals in half a year: one pack has no more to give, the other counts none."""
    for days in (170, 120, 100):
        performed(clinic, TODAY - timedelta(days=days), patient=patient)


def test_the_effect_is_what_the_card_says_then(clinic: Any, people: Any, manager: Any) -> None:
    full_up(clinic, people.andrea)
    number = booked(clinic, people.andrea, TODAY + timedelta(days=3))
    booked(clinic, people.jurgen, TODAY + timedelta(days=4))
    row = by_name(clinic, manager)["U.H.C."]
    found = payers.effect(clinic, manager, row, "us-commercial", TODAY)
    (changed,) = found.stricter
    assert (changed.appointment_id, changed.patient) == (number, "Soto, Andrea")
    assert (found.stays, found.freer, found.not_asked) == (1, (), 0)
    before = ask(clinic, manager, people.andrea, changed.day)
    payers.map_payers(clinic, manager, {"UHC": "us-commercial"}, TODAY)
    after = verdicts.assess_appointment(clinic, manager, number, changed.day)[0]
    assert after.status == changed.after != before.status
    assert changed.message in [each.message for each in after.findings]


def test_before_its_day_nothing_changes(clinic: Any, people: Any, manager: Any) -> None:
    full_up(clinic, people.andrea)
    booked(clinic, people.andrea, TODAY + timedelta(days=3))
    row = by_name(clinic, manager)["U.H.C."]
    later = TODAY + timedelta(days=4)
    found = payers.effect(clinic, manager, row, "us-commercial", later)
    assert (found.stays, found.stricter) == (1, ())


def test_every_pack_in_short(clinic: Any, manager: Any) -> None:
    found = {pack.id: pack for pack in payers.packs(clinic, manager)}
    assert list(found)[-1] == "clinic-default"
    lines = {line.what: line for line in found["us-medicare"].lines}
    assert lines["epidural"].most == ("4 in 12 months, region",)
    assert lines["epidural"].asks == ("50 % for 3 months",)
    assert lines["radiofrequency"].most == ("2 in 12 months, region",)
    assert not any(line.most for line in found["clinic-default"].lines if line.what == "epidural")


# -- the due list ------------------------------------------------------------------------------


def test_the_due_list_follows(clinic: Any, people: Any, manager: Any) -> None:
    full_up(clinic, people.andrea)
    due.refresh(clinic, manager, TODAY)
    before = due.of_patient(clinic, manager, people.andrea, TODAY)
    assert "“UHC” is not mapped to rules yet" in before[0].assumed
    done = payers.map_payers(clinic, manager, {"UHC": "us-commercial"}, TODAY)
    # Noted as out of date in the same act: nothing is forgotten if nobody goes on from here.
    assert due.behind(clinic, manager, TODAY) > 0
    payers.catch_up(clinic, manager, done.value.keys)
    assert due.behind(clinic, manager, TODAY) == 0
    after = due.of_patient(clinic, manager, people.andrea, TODAY)
    assert [row.allowed_from for row in after] != [row.allowed_from for row in before]
    assert after[0].assumed == ""
    assert due.overview(clinic, manager, DueFilter(), TODAY).ids

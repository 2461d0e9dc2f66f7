"""The demo clinic: repeatable, free of overlaps, true to the clinical facts, and sealed."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from support.vocabulary import VOCABULARY

from clinicdesk.data import made_up
from clinicdesk.data.queries.facts import patient_facts
from clinicdesk.domain.clock import FixedClock
from clinicdesk.domain.rows.due import DueFilter, DueGroup
from clinicdesk.domain.rows.schedule import PlanRequest
from clinicdesk.services import auditing, due, patients, schedule, verdicts
from clinicdesk.services.demo import make, make_demo
from clinicdesk.services.demo.people import record_number

pytestmark = pytest.mark.slow

NOW = datetime(2026, 11, 24, 15, 12, tzinfo=UTC)
CLINICAL = [*(t for t in made_up.BY_NAME if t != "status_change"), "due_item"]


def _fingerprint(store: Any) -> str:
    found = hashlib.sha256()
    with store.read() as tx:
        for table in CLINICAL:
            rows = tx.session.execute(text(f"SELECT * FROM {table} ORDER BY id"))
            found.update("\n".join(str(tuple(row)) for row in rows).encode())
    return found.hexdigest()


def _make(store: Any, **changes: Any) -> str:
    settings: dict[str, Any] = {"patients": 40, "years": 2, "seed": 7, "clock": FixedClock(NOW)}
    make_demo(store, **(settings | changes))
    return _fingerprint(store)


@pytest.fixture
def made_twice(request: pytest.FixtureRequest, tmp_path: Any) -> Any:
    from clinicdesk.data.keys import CHEAP
    from clinicdesk.data.store import Store

    stores = [
        Store.create_embedded(
            tmp_path / f"{n}.db", "demo", kdf=CHEAP, keyring=False, clock=FixedClock(NOW)
        )[0]
        for n in range(3)
    ]
    yield stores
    for store in stores:
        store.close()


def test_same_seed_size_and_day_make_the_same_content(made_twice: Any) -> None:
    first, second, third = made_twice
    assert _make(first) == _make(second)
    assert _make(third, seed=8) != _fingerprint(first)


def test_every_patient_has_a_record_number_of_his_own_at_any_size() -> None:
    numbers = [record_number(number) for number in range(1, 250_001)]
    assert len(set(numbers)) == len(numbers)
    assert numbers[0] == "004182"


def test_today_is_as_full_for_every_physician(
    made_twice: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(make, "pairs_of", lambda _: 3)
    _make(made_twice[0], patients=400)
    with made_twice[0].read() as tx:
        query = "SELECT physician_id, count(*) FROM appointment WHERE local_date = '2026-11-24'"
        per = dict(tx.session.execute(text(f"{query} GROUP BY 1")).all())
    assert len(per) == 6
    assert min(per.values()) >= 9


def test_it_is_written_batch_by_batch(made_twice: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = _make(made_twice[0], patients=60)
    told: list[str] = []
    monkeypatch.setattr(make, "CHUNK", 25)
    _make(made_twice[1], patients=60, progress=lambda _, sentence: told.append(sentence))
    assert [said for said in told if said.endswith("of 60 patients")] == [
        "25 of 60 patients", "50 of 60 patients", "60 of 60 patients",
    ]  # fmt: skip
    with made_twice[1].read() as tx:
        assert tx.session.execute(text("SELECT count(*) FROM patient")).scalar() == 60
    assert whole


def test_on_both_databases_nobody_is_in_two_places(store: Any) -> None:
    # The database itself refuses overlapping claims, so that it was made is the proof.
    _make(store, patients=80)
    with store.read() as tx:
        count = tx.session.execute(text("SELECT count(*) FROM claim")).scalar()
    assert count > 200


def test_the_due_list_is_there_and_worked_at(demo_clinic: Any, frontdesk: Any) -> None:
    today = demo_clinic.today()
    assert due.behind(demo_clinic, frontdesk, today) == 0
    ids = due.overview(demo_clinic, frontdesk, DueFilter(), today).ids
    rows = due.rows(demo_clinic, frontdesk, ids, today)
    assert {row.group for row in rows} >= {
        DueGroup.OVERDUE, DueGroup.SOON, DueGroup.HOLDING, DueGroup.BOOKED, DueGroup.SNOOZED,
    }  # fmt: skip
    assert any(row.contacts for row in rows)
    assert any(row.hand_date and not row.hand_date.stale for row in rows)
    assert all(row.snooze for row in rows if row.group is DueGroup.SNOOZED)


def test_nobody_on_the_list_has_waited_for_years(demo_clinic: Any, frontdesk: Any) -> None:
    today = demo_clinic.today()
    rows = {}
    for group in (DueGroup.OVERDUE, DueGroup.SNOOZED):
        wanted = DueFilter(groups=frozenset({group}))
        ids = due.overview(demo_clinic, frontdesk, wanted, today).ids
        rows[group] = due.rows(demo_clinic, frontdesk, ids, today)
    longest = max(today - row.due_on for row in rows[DueGroup.OVERDUE])
    assert timedelta(weeks=4) < longest <= timedelta(days=200)
    # Those who did not want it are still there, with the reason.
    assert any(row.snooze and "Moved away" in row.snooze.reason for row in rows[DueGroup.SNOOZED])


def test_near_days_are_full_and_far_ones_thin(store: Any) -> None:
    _make(store, patients=400)
    query = (
        "SELECT local_date, count(*) FROM appointment WHERE local_date > '2026-11-24' GROUP BY 1"
    )
    with store.read() as tx:
        booked = {str(day): count for day, count in tx.session.execute(text(query))}
    weeks = [
        sum(booked.get(str(NOW.date() + timedelta(days=7 * week + day)), 0) for day in range(1, 8))
        for week in range(6)
    ]
    assert weeks[0] > weeks[2] > weeks[5]
    assert all(weeks)


def test_today_is_under_way(demo_clinic: Any, frontdesk: Any) -> None:
    rows = schedule.day(demo_clinic, frontdesk, demo_clinic.today()).appointments
    by_status = {row.status.value for row in rows}
    assert {"left", "in_room", "arrived", "confirmed", "booked", "no_show"} <= by_status
    (teresa,) = [r for r in rows if r.family_name == "Villalobos"]
    assert (f"{teresa.start:%H:%M}", teresa.sites) == ("10:30", ("L5 left",))
    assert teresa.flags >= {"allergy", "anticoagulant"}


def test_the_facts_hold(demo_clinic: Any) -> None:
    with demo_clinic.store.read() as tx:
        run = tx.session.execute
        ablations = run(
            text("SELECT patient_id, performed_on FROM procedure WHERE procedure='facet.rfa'")
        ).all()
        blocks = run(text(
            "SELECT patient_id, performed_on FROM procedure"
            " WHERE procedure='facet.block' AND intent='diagnostic'"
        )).all()  # fmt: skip
        steroid_in_block = run(text(
            "SELECT count(*) FROM administration a JOIN procedure p ON p.id = a.procedure_id"
            " WHERE p.intent='diagnostic' AND p.procedure='facet.block' AND a.kind='steroid'"
        )).scalar()  # fmt: skip
        expired = run(text(
            "SELECT count(*) FROM administration a JOIN procedure p ON p.id = a.procedure_id"
            " WHERE a.expiry < p.performed_on"
        )).scalar()  # fmt: skip
    assert steroid_in_block == 0
    assert expired == 0
    history = {(p, d) for p, d in ablations if d < (NOW.date() - timedelta(days=1)).isoformat()}
    assert history
    for patient, day in history:
        before = [d for p, d in blocks if p == patient and d < day]
        assert len(before) >= 2


def test_somebody_has_used_the_sessions_up(demo_clinic: Any, frontdesk: Any) -> None:
    with demo_clinic.store.read() as tx:
        rows = tx.session.execute(text(
            "SELECT p.patient_id, s.name || ' ' || s.side FROM procedure p"
            " JOIN procedure_site s ON s.procedure_id = p.id"
            " WHERE p.procedure='esi.transforaminal' AND p.performed_on > '2025-11-24'"
            " GROUP BY 1, 2 HAVING count(*) >= 4"
        )).all()  # fmt: skip
    assert rows
    patient, site = rows[0]
    plan = PlanRequest(patient, "esi.transforaminal", (site,), demo_clinic.today())
    card = verdicts.assess(demo_clinic, frontdesk, plan)
    assert card.status == "not-before"


def test_the_chain_holds_and_people_are_found(demo_clinic: Any, manager: Any) -> None:
    assert auditing.verify(demo_clinic, manager).sound
    (hit, *_) = patients.search(demo_clinic, manager, "villalobos teresa")
    assert (hit.mrn, hit.birth_date.year) == ("004182", 1958)


def test_some_were_asked_everything_some_nothing_and_the_shares_are_plausible(
    demo_clinic: Any,
) -> None:
    with demo_clinic.store.read() as tx:
        ids = list(tx.session.execute(text("SELECT id FROM patient")).scalars())
        facts = patient_facts(tx, ids, demo_clinic.today(), VOCABULARY.names).values()
    everything = [
        f
        for f in facts
        if None not in (f.allergies, f.drugs, f.conditions, f.implants, f.surgeries)
    ]
    nothing = [f for f in facts if f.conditions is f.implants is f.surgeries is None]

    def share(found: Any) -> float:
        return sum(map(bool, found)) / len(facts)

    assert 0.45 < share(everything) < 0.75
    assert 0.05 < share(nothing) < 0.35
    thinned = share([d for d in f.drugs or () if d.kind == "anticoagulant"] for f in facts)
    assert 0.1 < thinned < 0.3
    diabetic = share(
        [c for c in f.conditions or () if "diabetes" in c.name or c.name == "T2DM"] for f in facts
    )
    assert 0.06 < diabetic < 0.24
    assert 0.04 < share([i for i in f.implants or () if i.prosthesis] for f in facts) < 0.2
    devices = share([i for i in f.implants or () if not i.prosthesis] for f in facts)
    assert 0.005 < devices < 0.09

"""Several desks at once: nothing doubled, nothing lost, one chain."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Event

import pytest
from sqlalchemy import func, select
from support.vocabulary import CATALOGUE

from clinicdesk.data import audit, feed
from clinicdesk.data.queries import drafts, patient_writes
from clinicdesk.data.tables import Appointment, Claim, Patient
from clinicdesk.domain.errors import Clash, Invalid, Unavailable
from clinicdesk.domain.rows.people import PatientForm
from clinicdesk.services import patients

WORDS = CATALOGUE.entry_words
START = datetime(2026, 11, 25, 14, 0, tzinfo=UTC)


def _race(work, desks=6):
    with ThreadPoolExecutor(desks) as pool:
        return [task.result() for task in [pool.submit(work, n) for n in range(desks)]]


def test_of_many_desks_one_gets_the_slot(clinic):
    ids = clinic.seeded
    people = [ids.teresa, ids.andrea, ids.jurgen, ids.sean, ids.willem, ids.obrien]

    def book(n):
        try:
            with clinic.store.write(None, "test") as tx:
                start = START + timedelta(minutes=5 * (n % 3))
                end = start + timedelta(minutes=30)
                row = tx.add(
                    Appointment(
                        patient_id=people[n],
                        physician_id=ids.osei,
                        starts_at=start,
                        ends_at=end,
                        local_date=date(2026, 11, 25),
                        created_at=tx.now,
                    )
                )
                tx.add(
                    Claim(
                        appointment_id=row.id,
                        resource_id=ids.osei,
                        role="physician",
                        starts_at=start,
                        ends_at=end,
                    )
                )
        except Clash:
            return False
        except Unavailable as error:
            # Two desks that wait for each other: PostgreSQL undoes one, which asks again.
            if error.kind != "busy":
                raise
            return book(n)
        return True

    assert sum(_race(book)) == 1
    with clinic.store.read() as tx:
        assert tx.session.execute(select(func.count(Claim.id))).scalar() == 1
        assert tx.session.execute(select(func.count(Appointment.id))).scalar() == 1


@pytest.mark.slow
def test_the_chain_stays_whole_and_numbers_are_not_doubled(clinic):
    def add(n):
        for k in range(5):
            form = PatientForm(family=f"Desk {n}", given=f"No {k}", birth_date=date(1980, 1, 1))
            with clinic.store.write(None, "test") as tx:
                patient_writes.add_patient(tx, form, date(2026, 11, 24), "US", WORDS)

    _race(add)
    with clinic.store.read() as tx:
        numbers = tx.session.execute(select(Patient.mrn)).scalars().all()
        checked, broken = audit.verify(tx.session)
    assert len(numbers) == len(set(numbers)) == 36
    assert broken is None
    assert checked >= 30


def test_two_desks_that_give_one_record_number_are_told(clinic, frontdesk, monkeypatch):
    # Both looked before either wrote: the database has the last word.
    monkeypatch.setattr(patients.patient_queries, "mrn_owner", lambda *_: None)
    form = PatientForm(family="Soto", given="B", birth_date=date(1980, 1, 1), mrn="004182")
    with pytest.raises(Invalid) as caught:
        patients.add(clinic, frontdesk, form)
    assert "record number" in caught.value.fields["mrn"]


def test_other_windows_learn_what_changed(clinic, frontdesk):
    with clinic.store.read() as tx:
        since = feed.last_change(tx)
    form = PatientForm(family="Soto", given="B", birth_date=date(1980, 1, 1))
    patient = patients.add(clinic, frontdesk, form).value
    with clinic.store.write(None, "test") as tx:
        tx.changed("appointment", clinic.seeded.teresa, date(2026, 11, 24))
    with clinic.store.read() as tx:
        changes, last = feed.changes_since(tx, since)
        assert feed.changes_since(tx, last)[0].kinds == frozenset()
        assert feed.last_change(tx) == last
    assert changes.kinds == {"patient", "appointment"}
    assert changes.patients == {patient, clinic.seeded.teresa}
    assert changes.days == {date(2026, 11, 24)}


def test_drafts_are_kept_per_person_and_subject(clinic, nurse, physician):
    store = clinic.store
    drafts.save(store, nurse.staff_id, "log", "appointment:1", {"note": "first"})
    drafts.save(store, nurse.staff_id, "log", "appointment:1", {"note": "secönd"})
    drafts.save(store, physician.staff_id, "log", "appointment:1", {"note": "mine"})
    with store.read() as tx:
        found = drafts.load(tx, nurse.staff_id, "log", "appointment:1")
        assert found is not None
        assert found.body == {"note": "secönd"}
        assert [row.subject for row in drafts.listed(tx, nurse.staff_id)] == ["appointment:1"]
    drafts.discard(store, nurse.staff_id, "log", "appointment:1")
    with store.read() as tx:
        assert drafts.load(tx, nurse.staff_id, "log", "appointment:1") is None
        assert drafts.load(tx, physician.staff_id, "log", "appointment:1") is not None


def test_a_desk_that_writes_again_and_again_keeps_nobody_waiting(embedded_clinic):
    """A long import writes part after part; who waits meanwhile is next, however often it asks."""
    waited, over = [], Event()

    def import_all(_n):
        parts = 0
        while not over.is_set():
            with embedded_clinic.store.write(None, "test") as tx:
                tx.note("part")
                parts += 1
                waited.append("import")
                over.wait(0.02)
        return parts

    def look(_n):
        try:
            for _again in range(15):
                with embedded_clinic.store.write(None, "test") as tx:
                    tx.note("look")
                    waited.append("look")
        finally:
            over.set()

    with ThreadPoolExecutor(2) as pool:
        tasks = [pool.submit(import_all, 0), pool.submit(look, 0)]
        for task in tasks:
            task.result()
    first = waited.index("look")
    between = "".join("i" if one == "import" else "l" for one in waited[first:]).split("l")
    assert max(map(len, between)) <= 3

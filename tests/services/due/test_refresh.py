"""Building and keeping up to date: resumable, by batches, the same records as everywhere else."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from support.due import listed, pass_time, performed
from support.vocabulary import VOCABULARY

from clinicdesk.data import feed
from clinicdesk.data import tables as t
from clinicdesk.data.queries import facts
from clinicdesk.data.queries.asked import keep_answer
from clinicdesk.domain.errors import Invalid
from clinicdesk.domain.rows.due import DueFilter, DueGroup, DueReason
from clinicdesk.domain.rows.readings import ReadingForm
from clinicdesk.domain.rows.safety_facts import Said, Topic
from clinicdesk.services import due, due_print, readings
from clinicdesk.services.context import Work
from clinicdesk.services.due import keeping, refreshing

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 24)


def test_never_built_then_built_then_nothing_to_do(clinic: Any, frontdesk: Any) -> None:
    performed(clinic, date(2026, 2, 3))
    told: list[tuple[int, int]] = []
    assert due.behind(clinic, frontdesk, TODAY) == -1
    seen = due.refresh(clinic, frontdesk, TODAY, lambda p: told.append((p.done, p.total)))
    assert seen == 6
    assert told[0] == (0, 6)
    assert told[-1] == (6, 6)
    assert due.behind(clinic, frontdesk, TODAY) == 0
    assert due.refresh(clinic, frontdesk, TODAY) == 0
    assert len(listed(clinic, frontdesk, TODAY)) == 1


def test_a_build_that_was_stopped_goes_on_where_it_was(
    clinic: Any, frontdesk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for patient in (clinic.seeded.teresa, clinic.seeded.andrea, clinic.seeded.obrien):
        performed(clinic, date(2026, 2, 3), patient=patient)
    monkeypatch.setattr(refreshing, "BATCH", 2)
    asked: list[list[int]] = []
    keep = keeping.keep

    def noted(tx: Any, catalogue: Any, ids: Any, on: Any) -> Any:
        asked.append(list(ids))
        return keep(tx, catalogue, ids, on)

    def stop(progress: Any) -> None:
        if progress.done == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(keeping, "keep", noted)
    with pytest.raises(KeyboardInterrupt):
        due.refresh(clinic, frontdesk, TODAY, stop)
    assert due.behind(clinic, frontdesk, TODAY) == -1
    assert due.refresh(clinic, frontdesk, TODAY) == 4
    flat = [number for ids in asked for number in ids]
    assert sorted(flat) == sorted(set(flat))
    assert len(listed(clinic, frontdesk, TODAY)) == 3


def test_other_packs_or_another_catalogue_make_everything_anew(clinic: Any, frontdesk: Any) -> None:
    performed(clinic, date(2026, 2, 3))
    due.refresh(clinic, frontdesk, TODAY)
    catalogue = clinic.catalogue
    pack = catalogue.packs["us-medicare"]
    clinic._catalogue = replace(
        catalogue, packs={"us-medicare": replace(pack, version=f"{pack.version}.1")}
    )
    assert due.behind(clinic, frontdesk, TODAY) == -1
    assert due.refresh(clinic, frontdesk, TODAY) == 6
    assert due.behind(clinic, frontdesk, TODAY) == 0


def test_other_windows_hear_that_rows_were_brought_up_to_date(clinic: Any, frontdesk: Any) -> None:
    performed(clinic, date(2026, 9, 3))
    for days, patients in ((0, set()), (9, {clinic.seeded.teresa})):
        pass_time(clinic, timedelta(days=days))
        with clinic.store.read() as tx:
            since = feed.last_change(tx)
        due.refresh(clinic, frontdesk, clinic.today())
        with clinic.store.read() as tx:
            changes, _ = feed.changes_since(tx, since)
        assert (changes.kinds, changes.patients) == ({"due"}, patients)


def test_a_start_with_a_wrong_clock_empties_nothing_for_long(clinic: Any, frontdesk: Any) -> None:
    performed(clinic, date(2026, 2, 3))
    due.refresh(clinic, frontdesk, TODAY)
    before = listed(clinic, frontdesk, TODAY)
    assert before
    for ahead in (timedelta(days=300), timedelta(days=5000)):
        pass_time(clinic, ahead)
        due.refresh(clinic, frontdesk, clinic.today())
        pass_time(clinic, -ahead)
        assert due.behind(clinic, frontdesk, TODAY) == -1
        due.refresh(clinic, frontdesk, TODAY)
        assert listed(clinic, frontdesk, TODAY) == before
        assert due.behind(clinic, frontdesk, TODAY) == 0


def test_what_was_kept_by_a_wrong_clock_without_a_build_is_noticed_too(
    clinic: Any, frontdesk: Any
) -> None:
    performed(clinic, date(2026, 2, 3))
    due.refresh(clinic, frontdesk, TODAY)
    before = listed(clinic, frontdesk, TODAY)
    pass_time(clinic, timedelta(days=5000))
    with clinic.store.write(frontdesk, "test") as tx:
        keeping.refresh_patient(Work(clinic, frontdesk, tx), clinic.seeded.teresa)
    pass_time(clinic, timedelta(days=-5000))
    due.refresh(clinic, frontdesk, TODAY)
    assert listed(clinic, frontdesk, TODAY) == before


def test_a_clock_that_is_minutes_behind_makes_nothing_anew(clinic: Any, frontdesk: Any) -> None:
    clinic.clock.moment = datetime(2026, 11, 25, 0, 1, tzinfo=clinic.zone)
    due.refresh(clinic, frontdesk, clinic.today())
    pass_time(clinic, timedelta(minutes=-3))
    assert clinic.today() == TODAY
    assert due.behind(clinic, frontdesk, TODAY) == 0


def test_rows_that_nobody_owns_any_more_go_with_a_build(clinic: Any, frontdesk: Any) -> None:
    done = performed(clinic, date(2026, 2, 3))
    due.refresh(clinic, frontdesk, TODAY)
    with clinic.store.write(None, "test.strike") as tx:
        tx.add(
            t.StrikeOut(
                procedure_id=done, staff_id=frontdesk.staff_id, at=tx.now, reason="Wrong patient"
            )
        )
    with clinic.store.unaudited() as tx:
        tx.session.query(t.DueBuild).delete()
    due.refresh(clinic, frontdesk, TODAY)
    assert listed(clinic, frontdesk, TODAY) == []


def test_what_time_alone_changes_is_found_on_its_day(clinic: Any, frontdesk: Any) -> None:
    # Its three months are over on 3 Dec: from then on the missing score is missing.
    performed(clinic, date(2026, 9, 3))
    performed(clinic, date(2025, 1, 8), "tpi", "trapezius left", patient=clinic.seeded.andrea)
    due.refresh(clinic, frontdesk, TODAY)
    row = next(r for r in listed(clinic, frontdesk, TODAY) if r.site == "L5 left")
    assert (row.allowed_from, row.reason) == (date(2026, 12, 3), DueReason.REPEAT)
    assert row.detail == "Not scored since 3 Sep 2026; may be repeated from 3 Dec 2026."
    pass_time(clinic, timedelta(days=8))
    # The epidural only stands in another group by now: it is due this week.
    assert due.refresh(clinic, frontdesk, clinic.today()) == 1
    assert row == next(r for r in listed(clinic, frontdesk, TODAY) if r.site == "L5 left")
    pass_time(clinic, timedelta(days=1))
    on = date(2026, 12, 3)
    assert due.behind(clinic, frontdesk, on) == 1
    assert due.refresh(clinic, frontdesk, on) == 1
    row = next(r for r in listed(clinic, frontdesk, on) if r.site == "L5 left")
    assert (row.reason, row.status) == (DueReason.SCORE_MISSING, "cannot-determine")
    assert due.behind(clinic, frontdesk, on) == 0


def test_a_booking_that_nobody_closed_is_no_booking_but_may_have_been_done(
    clinic: Any, frontdesk: Any
) -> None:
    from support.logs import book

    performed(clinic, date(2026, 2, 3), scores=((date(2026, 5, 10), 2),))
    book(clinic, status="booked")
    due.refresh(clinic, frontdesk, TODAY)
    assert listed(clinic, frontdesk, TODAY)[0].group is DueGroup.BOOKED
    pass_time(clinic, timedelta(days=1))
    on = TODAY + timedelta(days=1)
    assert due.refresh(clinic, frontdesk, on) == 1
    (row,) = listed(clinic, frontdesk, on)
    assert (row.booked_for, row.next_appointment) == (None, None)
    # As for every verdict: until somebody closes it, it counts as a session.
    assert (row.group, row.allowed_from) == (DueGroup.HOLDING, date(2027, 2, 24))


def test_records_merged_into_a_patient_count_for_that_patient(clinic: Any, frontdesk: Any) -> None:
    seeded = clinic.seeded
    performed(clinic, date(2026, 2, 3), patient=seeded.andrea)
    with clinic.store.write(None, "test.merge") as tx:
        tx.get(t.Patient, seeded.andrea).merged_into = seeded.jurgen
        tx.flush()
        tx.get(t.Patient, seeded.jurgen).merged_into = seeded.teresa
    due.refresh(clinic, frontdesk, TODAY)
    (row,) = listed(clinic, frontdesk, TODAY)
    assert row.patient_id == seeded.teresa


def test_aborted_struck_out_and_steroid_free_joints_do_not_count(
    clinic: Any, frontdesk: Any
) -> None:
    performed(clinic, date(2026, 2, 3), outcome="aborted")
    performed(clinic, date(2026, 3, 3), "joint.injection", "knee left", steroid=False)
    due.refresh(clinic, frontdesk, TODAY)
    assert listed(clinic, frontdesk, TODAY) == []


def test_an_entry_the_rules_cannot_read_stops_nobody(clinic: Any, frontdesk: Any) -> None:
    performed(clinic, date(2026, 2, 3), site="L9 left")
    performed(clinic, date(2026, 2, 3), patient=clinic.seeded.andrea)
    due.refresh(clinic, frontdesk, TODAY)
    rows = {row.patient_id: row for row in listed(clinic, frontdesk, TODAY)}
    bad = rows[clinic.seeded.teresa]
    assert bad.status == "cannot-determine"
    assert "L9 left" in bad.detail
    detail = "Not scored since 3 Feb 2026; may be repeated."
    assert rows[clinic.seeded.andrea].detail == detail


def test_blocks_lead_to_the_second_and_to_radiofrequency(clinic: Any, frontdesk: Any) -> None:
    block = {"procedure": "facet.block", "site": "L4-L5 left", "intent": "diagnostic",
             "steroid": False, "after": 1}  # fmt: skip
    performed(clinic, date(2026, 10, 12), **block)
    due.refresh(clinic, frontdesk, TODAY)
    (row,) = listed(clinic, frontdesk, TODAY)
    assert row.reason is DueReason.SECOND_BLOCK
    assert (row.procedure, row.allowed_from) == ("facet.block", date(2026, 10, 26))
    assert row.detail == "One good block, the last of 12 Oct 2026; the second is possible."
    performed(clinic, date(2026, 11, 2), **block)
    due.set_date(clinic, frontdesk, row.id, TODAY, "Any write refreshes.")
    (row,) = listed(clinic, frontdesk, TODAY)
    assert row.reason is DueReason.NEXT_STEP
    assert (row.procedure, row.family, row.intent) == ("facet.rfa", "RFA", "therapeutic")
    assert row.detail == "Two good blocks: radiofrequency is possible."


@pytest.mark.parametrize(
    ("procedure", "site", "asked", "next_one"),
    [
        ("facet.block", "L4-L5 left", 80, "facet.block"),
        ("sij.injection", "si joint left", 75, "sij.injection"),
    ],
)
def test_a_poor_newest_block_is_for_the_physician_and_no_letter_goes_out(
    clinic: Any, frontdesk: Any, procedure: str, site: str, asked: int, next_one: str
) -> None:
    about = {"procedure": procedure, "site": site, "intent": "diagnostic", "steroid": False}
    performed(clinic, date(2026, 8, 3), **about, after=1)
    performed(clinic, date(2026, 10, 12), **about, after=6)
    due.refresh(clinic, frontdesk, TODAY)
    (row,) = listed(clinic, frontdesk, TODAY)
    assert (row.reason, row.relief_percent) == (DueReason.REVIEW, 25)
    assert row.procedure == next_one
    assert row.detail == (
        f"One good block, but the newest, of 12 Oct 2026, brought 25 % relief, less than the "
        f"{asked} % asked: the physician decides."
    )
    with pytest.raises(Invalid, match="No letter before a physician has decided"):
        due_print.letters(clinic, frontdesk, (row.id,), TODAY)


def test_before_radiofrequency_the_verdict_counts_and_the_newest_block_is_named(
    clinic: Any, frontdesk: Any
) -> None:
    about = {"procedure": "facet.block", "site": "L4-L5 left", "intent": "diagnostic",
             "steroid": False}  # fmt: skip
    for day, after in ((date(2026, 8, 3), 1), (date(2026, 9, 1), 1), (date(2026, 10, 12), 6)):
        performed(clinic, day, **about, after=after)
    due.refresh(clinic, frontdesk, TODAY)
    (row,) = listed(clinic, frontdesk, TODAY)
    assert (row.reason, row.procedure, row.status) == (DueReason.REVIEW, "facet.rfa", "ok")
    assert row.detail.startswith("Two good blocks, but the newest, of 12 Oct 2026,")


def test_allowed_since_the_score_that_made_it_possible(clinic: Any, frontdesk: Any) -> None:
    performed(clinic, date(2026, 9, 1), scores=((date(2026, 11, 2), 7),))
    due.refresh(clinic, frontdesk, TODAY)
    (row,) = listed(clinic, frontdesk, TODAY)
    # 14 days after a failed one; that it failed nobody knew before 2 November.
    assert (row.reason, row.allowed_from) == (DueReason.FAILED, date(2026, 11, 2))
    assert (row.relief_ends, row.relief_latest) == (date(2026, 9, 1), date(2026, 11, 2))


def test_an_attempt_given_up_after_its_steroid_is_waited_for(clinic: Any, frontdesk: Any) -> None:
    performed(clinic, date(2026, 3, 2), "joint.injection", "knee left")
    performed(clinic, date(2026, 11, 2), "joint.injection", "knee left", outcome="aborted")
    due.refresh(clinic, frontdesk, TODAY)
    (row,) = listed(clinic, frontdesk, TODAY)
    assert (row.last_done, row.allowed_from) == (date(2026, 3, 2), date(2027, 2, 2))


def test_writes_and_rebuilds_at_once_leave_what_a_rebuild_alone_makes(
    clinic: Any, frontdesk: Any
) -> None:
    done = performed(clinic, date(2026, 7, 1))
    due.refresh(clinic, frontdesk, TODAY)

    def scored(n: int) -> None:
        form = ReadingForm((done,), "followup", "NRS", Decimal(n), TODAY - timedelta(days=n))
        readings.add_reading(clinic, frontdesk, form)

    def rebuilt(_: int) -> None:
        with clinic.store.unaudited() as tx:
            keeping.keep(tx, clinic.catalogue, [clinic.seeded.teresa], TODAY)

    with ThreadPoolExecutor(6) as pool:
        acts = [(scored, n) if n % 2 else (rebuilt, n) for n in range(1, 9)]
        for task in [pool.submit(act, n) for act, n in acts]:
            task.result()
    (kept,) = listed(clinic, frontdesk, TODAY)
    assert kept.last_score == "NRS 1 on 23 Nov 2026"
    rebuilt(0)
    assert listed(clinic, frontdesk, TODAY) == [kept]


def test_of_many_patients_the_facts_are_the_same_as_one_by_one(demo_clinic: Any) -> None:
    today = demo_clinic.today()
    with demo_clinic.store.read() as tx:
        ids = [number for (number,) in tx.session.query(t.Patient.id)]
        bulk = facts.patient_facts(tx, ids, today, VOCABULARY.names, treated_only=True)
        assert len(bulk) > 50
        assert all(found.done for found in bulk.values())
        for patient_id, found in bulk.items():
            assert found == facts.facts_of(tx, patient_id, today, VOCABULARY.names)


def test_what_is_known_of_the_patient_is_of_the_day(clinic: Any) -> None:
    seeded = clinic.seeded
    performed(clinic, date(2026, 2, 3))
    until = TODAY + timedelta(days=5)
    with clinic.store.write(None, "test.add") as tx:
        patient = {"patient_id": seeded.teresa}
        keep_answer(tx, seeded.teresa, Topic.PREGNANCY, Said.YES, TODAY)
        tx.add(t.Allergy(**patient, substance="Iohexol", category="contrast", valid_to=until))
        tx.add(t.Implant(**patient, name="Knee", site="knee left", prosthesis=True))
        tx.add(t.Implant(**patient, name="Old", site="hip left", prosthesis=True,
                         valid_to=TODAY - timedelta(days=1)))  # fmt: skip
        tx.add(t.PlannedSurgery(**patient, site="knee right", planned_on=until))
        tx.add(t.Coverage(**patient, payer="A", pack="us-medicare", valid_from=TODAY))
        tx.add(t.Coverage(**patient, payer="B", pack="other", valid_from=until))
        tx.add(t.Weight(**patient, kg=Decimal(70), measured_on=TODAY))
    with clinic.store.read() as tx:
        found = facts.facts_of(tx, seeded.teresa, TODAY, VOCABULARY.names)
        later = facts.facts_of(tx, seeded.teresa, until + timedelta(days=1), VOCABULARY.names)
    assert "Iohexol" in [each.substance for each in found.allergies or ()]
    assert found.pregnant
    assert [item.site for item in found.implants or ()] == ["knee left"]
    assert found.arthroplasties == (("knee right", until),)
    assert found.coverage is not None
    assert (found.coverage.payer, found.coverage.pack) == ("A", "us-medicare")
    assert later.coverage is not None
    assert "Iohexol" not in [each.substance for each in later.allergies or ()]
    assert later.coverage.payer == "B"
    assert found.turns == (until, until + timedelta(days=1))


def test_the_overview_is_refused_to_nobody_who_works_the_list(clinic: Any) -> None:
    for login in ("frontdesk", "nurse", "physician", "manager"):
        due.overview(clinic, clinic.seeded.actor(login), DueFilter(), TODAY)

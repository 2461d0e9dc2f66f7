"""From a patient's records to a verdict, on both databases."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from support.vocabulary import CATALOGUE

from clinicdesk.data import tables as t
from clinicdesk.domain.clock import FixedClock
from clinicdesk.domain.errors import Invalid, Malformed, NotFound
from clinicdesk.domain.permissions import Permission, Role
from clinicdesk.domain.procedures import Guidance, Intent, Steroid
from clinicdesk.domain.rows.people import Actor
from clinicdesk.domain.rows.schedule import PlanRequest
from clinicdesk.domain.rows.verdict import VerdictCard
from clinicdesk.services.context import Clinic, Done, Work, act
from clinicdesk.services.verdicts import (
    assess,
    assess_audited,
    assess_in,
    assess_moved,
    record,
)

NOW = datetime(2026, 11, 24, 15, 12, tzinfo=UTC)
ON = date(2026, 12, 1)
ACTOR = Actor(1, "frontdesk", "Front Desk", Role.FRONT_DESK, "test")


class Chart:
    """Writes a patient's records as other services would have."""

    def __init__(self, clinic: Clinic) -> None:
        self.clinic = clinic
        with clinic.store.write(None, "test.setup") as tx:
            tx.add(
                t.ClinicSettings(
                    id=1,
                    name="Test",
                    timezone="America/New_York",
                    country="US",
                    pack="us-medicare",
                    created_at=NOW,
                )
            )
            self.physician = tx.add(t.Resource(kind="staff", name="Dr. Test")).id
            tx.add(
                t.Staff(
                    id=1,
                    resource_id=self.physician,
                    login="frontdesk",
                    name="Front Desk",
                    role="front_desk",
                    password_hash="-",
                )
            )
            self.patient = tx.add(self._person("M1")).id

    @staticmethod
    def _person(mrn: str, merged_into: int | None = None) -> t.Patient:
        return t.Patient(
            mrn=mrn,
            family="Test",
            given="Ada",
            birth_date=date(1950, 1, 1),
            created_at=NOW,
            merged_into=merged_into,
        )

    def add(self, *rows: t.Base) -> None:
        with self.clinic.store.write(None, "test.add") as tx:
            for row in rows:
                tx.add(row)

    def merged(self) -> int:
        """The id of another record that was merged into the patient's."""
        with self.clinic.store.write(None, "test.add") as tx:
            return tx.add(self._person("M2", self.patient)).id

    def done(self, day: str, procedure: str, site: str, **more: object) -> int:
        """A performed procedure; ``steroid`` a pair of product and mg."""
        steroid, state = more.pop("steroid", None), more.pop("state", "open")
        values: dict[str, object] = {
            "patient_id": self.patient,
            "procedure": procedure,
            "intent": "therapeutic",
            "performed_on": date.fromisoformat(day),
            "physician_id": self.physician,
            "created_at": NOW,
            **more,
        }
        name, _, side = site.rpartition(" ")
        with self.clinic.store.write(None, "test.add") as tx:
            row = tx.add(t.ProcedureRecord(**values))
            tx.add(t.ProcedureSite(procedure_id=row.id, name=name, side=side))
            if steroid is not None:
                tx.add(
                    t.Administration(
                        procedure_id=row.id,
                        product="x",
                        drug="triamcinolone",
                        kind="steroid",
                        volume_ml=Decimal(1),
                        dose=Decimal(str(steroid)) if steroid else None,
                    )
                )
            # Signed last: from then on the database refuses every change.
            tx.flush()
            row.state = state
            return row.id

    def booked(
        self, day: str, procedure: str, site: str, status: str = "booked", **more: object
    ) -> tuple[int, int]:
        """A planned procedure of an appointment; ids of the appointment and of the plan."""
        start = datetime.fromisoformat(f"{day}T15:00:00+00:00")
        name, _, side = site.rpartition(" ")
        with self.clinic.store.write(None, "test.add") as tx:
            appointment = tx.add(
                t.Appointment(
                    patient_id=self.patient,
                    physician_id=self.physician,
                    starts_at=start,
                    ends_at=start + timedelta(minutes=30),
                    local_date=start.date(),
                    status=status,
                    created_at=NOW,
                )
            )
            plan = tx.add(
                t.PlannedProcedure(appointment_id=appointment.id, procedure=procedure, **more)
            )
            tx.add(t.PlannedSite(planned_id=plan.id, name=name, side=side))
            return appointment.id, plan.id

    def ask(self, procedure: str, *sites: str, **more: object) -> VerdictCard:
        plan = PlanRequest(
            patient_id=self.patient, procedure=procedure, sites=sites, **{"on": ON, **more}
        )
        return assess(self.clinic, ACTOR, plan)


@pytest.fixture
def chart(store):
    return Chart(Clinic(store, FixedClock(NOW), CATALOGUE))


def _rule(card: VerdictCard, rule: str):
    return next(finding for finding in card.findings if finding.rule == rule)


RFA_DAYS = ("2026-02-10", "2026-08-10")


def test_a_new_patient_may_have_it(chart):
    card = chart.ask("esi.transforaminal", "l5 LEFT")
    assert (card.status, card.earliest) == ("ok", ON)
    assert (card.used, card.allowed, card.window_start) == (0, 4, date(2025, 12, 1))
    assert card.partial == ""
    assert json.loads(card.case_json)["plan"]["sites"] == ["L5 left"]


def test_performed_sessions_count_signed_or_not_here_or_elsewhere(chart):
    chart.done(RFA_DAYS[0], "facet.rfa", "L4-L5 left", outcome="outside", physician_id=None)
    chart.done(RFA_DAYS[1], "facet.rfa", "L4-L5 left")
    card = chart.ask("facet.rfa", "L4-L5 left")
    assert (card.status, card.earliest) == ("not-before", date(2027, 2, 10))
    assert _rule(card, "rfa.cap").counted == (date(2026, 2, 10), date(2026, 8, 10))
    assert (card.used, card.allowed) == (2, 2)


def test_what_was_struck_out_or_given_up_does_not_count(chart):
    struck = chart.done(RFA_DAYS[0], "facet.rfa", "L4-L5 left")
    chart.add(t.StrikeOut(procedure_id=struck, staff_id=1, at=NOW, reason="Wrong patient"))
    chart.done(RFA_DAYS[1], "facet.rfa", "L4-L5 left", outcome="aborted")
    assert _rule(chart.ask("facet.rfa", "L4-L5 left"), "rfa.cap").counted == ()


@pytest.mark.parametrize(
    ("procedure", "site", "rule"),
    [
        ("joint.injection", "knee left", "joint.gap"),
        ("joint.injection", "knee left", "joint.cap"),
        ("esi.transforaminal", "L5 left", "esi.cap"),
    ],
)
def test_an_attempt_given_up_after_its_steroid_counts_as_one(chart, procedure, site, rule):
    day = "2026-10-01"
    chart.done(day, procedure, site, outcome="aborted")
    assert _rule(chart.ask(procedure, site), rule).counted == ()
    chart.done(day, procedure, site, outcome="aborted", steroid=40)
    card = chart.ask(procedure, site)
    assert _rule(card, rule).counted == (date(2026, 10, 1),)
    (entry,) = json.loads(card.case_json)["history"]
    assert (entry["state"], [s["mg"] for s in entry["steroids"]]) == ("done", [40])


@pytest.mark.parametrize(
    ("status", "counts"),
    [("booked", True), ("left", True), ("cancelled", False), ("no_show", False)],
)
def test_a_booking_counts_unless_cancelled_or_missed(chart, status, counts):
    chart.booked("2026-10-01", "tpi", "trapezius left", status)
    found = _rule(chart.ask("tpi", "trapezius left"), "tpi.cap").counted
    assert found == ((date(2026, 10, 1),) if counts else ())


def test_the_card_names_the_days_that_are_only_booked(chart):
    chart.booked("2026-10-01", "tpi", "trapezius left")
    chart.done("2026-10-01", "tpi", "trapezius right")
    chart.booked("2026-10-05", "tpi", "trapezius left")
    assert chart.ask("tpi", "trapezius left").booked == {date(2026, 10, 5)}


def test_done_replaces_booked_even_when_it_happened_on_another_day(chart):
    appointment, plan = chart.booked("2026-10-01", "tpi", "trapezius left")
    chart.done("2026-10-02", "tpi", "trapezius left", appointment_id=appointment, planned_id=plan)
    assert _rule(chart.ask("tpi", "trapezius left"), "tpi.cap").counted == (date(2026, 10, 2),)


def test_a_booking_that_was_given_up_counts_neither_way(chart):
    appointment, plan = chart.booked("2026-10-01", "tpi", "trapezius left")
    chart.done(
        "2026-10-01",
        "tpi",
        "trapezius left",
        appointment_id=appointment,
        planned_id=plan,
        outcome="aborted",
    )
    assert _rule(chart.ask("tpi", "trapezius left"), "tpi.cap").counted == ()


def test_the_appointment_asked_about_never_stands_in_its_own_way(chart):
    appointment, _ = chart.booked("2026-11-20", "tpi", "trapezius left")
    assert chart.ask("tpi", "trapezius left").status == "not-before"
    assert chart.ask("tpi", "trapezius left", appointment_id=appointment).status == "ok"


def test_a_log_that_is_edited_never_stands_in_its_own_way(chart):
    number = chart.done("2026-11-20", "tpi", "trapezius left")
    assert chart.ask("tpi", "trapezius left").status == "not-before"
    assert chart.ask("tpi", "trapezius left", procedure_id=number).status == "ok"


def test_a_knee_asked_for_without_more_carries_its_steroid(chart):
    chart.done("2026-10-01", "joint.injection", "knee left", steroid=40)
    card = chart.ask("joint.injection", "knee left")
    assert _rule(card, "joint.gap").earliest == date(2027, 1, 1)
    assert json.loads(card.case_json)["plan"]["steroids"] == [{"drug": "triamcinolone", "mg": 40}]
    without = chart.ask("joint.injection", "knee left", steroids=())
    assert [finding.rule for finding in without.findings] == ["joint.prosthesis"]


def test_a_booked_knee_carries_its_steroid_too_unless_planned_without(chart):
    chart.booked("2026-10-01", "joint.injection", "knee left")
    chart.booked("2026-10-01", "joint.injection", "knee right", steroids=[])
    assert chart.ask("joint.injection", "knee left").status == "not-before"
    assert chart.ask("joint.injection", "knee right").status == "ok"


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"state": "open"}, "not-before"),
        ({"state": "open", "steroid": 0}, "not-before"),
        ({"state": "signed"}, "ok"),
        ({"state": "signed", "steroids_known": False}, "not-before"),
        ({"state": "open", "steroid": 20}, "not-before"),
    ],
)
def test_a_steroid_that_is_not_known_is_never_taken_for_none(chart, more, status):
    chart.done("2026-10-01", "joint.injection", "knee left", **more)
    assert chart.ask("joint.injection", "knee left").status == status


def test_the_usual_intent_of_a_facet_block_is_diagnostic(chart):
    chart.booked("2026-10-01", "facet.block", "L4-L5 left")
    card = chart.ask("facet.block", "L4-L5 left")
    assert card.findings[0].rule == "facet.diagnostic.cap"
    assert card.findings[0].counted == (date(2026, 10, 1),)
    other = chart.ask("facet.block", "L4-L5 left", intent=Intent.THERAPEUTIC)
    assert _rule(other, "facet.therapeutic.cap").counted == ()


def test_records_merged_into_the_patients_count(chart):
    other = chart.merged()
    for day in RFA_DAYS:
        chart.done(day, "facet.rfa", "L4-L5 left", patient_id=other)
    assert chart.ask("facet.rfa", "L4-L5 left").status == "not-before"


def test_asked_about_a_past_day_what_came_later_stands_there_like_a_booking(chart):
    chart.done("2026-10-01", "tpi", "trapezius left")
    card = chart.ask("tpi", "trapezius left", on=date(2026, 9, 1))
    assert _rule(card, "tpi.cap").counted == ()
    later = _rule(card, "later.booked")
    assert (later.status, later.counted) == ("needs-reason", (date(2026, 10, 1),))
    assert json.loads(card.case_json)["history"][0]["state"] == "booked"


def test_readings_come_with_their_session_and_phase_exactly(chart):
    number = chart.done("2026-10-01", "tpi", "trapezius left")
    scores = [
        ("NRS", "7.5", "2026-10-01", "baseline"),
        ("NRS", "2.25", "2026-11-01", "followup"),
        ("NRS", "1", "2026-12-24", "followup"),
        ("NRS", "9", "2026-10-05", "baseline"),
        ("mood", "3", "2026-11-01", "followup"),
    ]
    for scale, value, day, phase in scores:
        reading = t.Reading(
            patient_id=chart.patient,
            scale=scale,
            value=Decimal(value),
            local_date=date.fromisoformat(day),
        )
        chart.add(reading)
        chart.add(t.ReadingLink(reading_id=reading.id, procedure_id=number, phase=phase))
    card = chart.ask("tpi", "trapezius left")
    found = json.loads(card.case_json, parse_float=Decimal)["readings"]
    assert [(r["phase"], str(r["value"])) for r in found] == [
        ("baseline", "7.5"),
        ("followup", "2.25"),
    ]


def test_the_patient_facts_stand_in_the_case(chart):
    chart.add(
        t.Allergy(patient_id=chart.patient, substance="iohexol", category="contrast"),
        t.Implant(patient_id=chart.patient, name="TKR", site="knee left", prosthesis=True),
        t.Implant(patient_id=chart.patient, name="Pacemaker", site="chest"),
        t.PlannedSurgery(patient_id=chart.patient, site="knee right", planned_on=date(2027, 1, 20)),
    )
    card = chart.ask("joint.injection", "knee left")
    assert json.loads(card.case_json)["patient"] == {
        "contrast_allergy": True,
        "pregnant": False,
        "prostheses": ["knee left"],
        "arthroplasty_planned": [{"site": "knee right", "date": "2027-01-20"}],
    }


def test_the_coverage_of_the_day_picks_the_pack(chart):
    pack = chart.clinic.catalogue.packs["us-medicare"]
    other = replace(pack, id="other", title="Other payer", partial="")
    catalogue = replace(chart.clinic.catalogue, packs={"us-medicare": pack, "other": other})
    chart.clinic = Clinic(chart.clinic.store, FixedClock(NOW), catalogue)
    chart.add(
        t.Coverage(patient_id=chart.patient, pack="other", valid_from=date(2026, 6, 1)),
        t.Coverage(patient_id=chart.patient, pack="us-medicare", valid_to=date(2026, 5, 31)),
    )
    assert chart.ask("tpi", "trapezius left").pack == "other"
    assert chart.ask("tpi", "trapezius left", on=date(2026, 5, 1)).pack == "us-medicare"
    assert chart.ask("tpi", "trapezius left", pack="us-medicare").pack == "us-medicare"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"procedure": "esi.magic"}, "procedure"),
        ({"sites": ()}, "sites"),
        ({"sites": ("L9 left",)}, "sites"),
        ({"pack": "nowhere"}, "pack"),
        ({"on": date(2300, 1, 1)}, "on"),
    ],
)
def test_a_wrong_plan_is_refused_at_its_field(chart, change, field):
    plan = PlanRequest(chart.patient, "esi.transforaminal", ("L5 left",), ON)
    with pytest.raises(Invalid) as caught:
        assess(chart.clinic, ACTOR, replace(plan, **change))
    assert set(caught.value.fields) == {field}


def test_a_patient_who_does_not_exist(chart):
    with pytest.raises(NotFound):
        assess(chart.clinic, ACTOR, PlanRequest(99, "tpi", ("trapezius left",), ON))


def test_an_entry_that_cannot_be_read_stops_the_answer_rather_than_being_skipped(chart):
    chart.done("2026-10-01", "facet.rfa", "somewhere left")
    with pytest.raises(Malformed, match="nothing was checked"):
        chart.ask("facet.rfa", "L4-L5 left")


@act("test.book", Permission.BOOK)
def _act_upon(work: Work, plan: PlanRequest, reason: str) -> int:
    return record(work, assess_in(work, plan), reason)


def test_a_verdict_acted_upon_is_kept_with_its_case_and_reason(chart):
    for day in RFA_DAYS:
        chart.done(day, "facet.rfa", "L4-L5 left")
    plan = PlanRequest(
        chart.patient,
        "facet.rfa",
        ("L4-L5 left",),
        ON,
        guidance=Guidance.CT,
        steroids=(Steroid("dexamethasone", Decimal("4.5")),),
    )
    done = _act_upon(chart.clinic, ACTOR, plan, "Pain came back early")
    assert isinstance(done, Done)
    with chart.clinic.store.read() as tx:
        kept = tx.get(t.VerdictRecord, done.value)
        assert (kept.patient_id, kept.status, kept.pack) == (
            chart.patient,
            "not-before",
            "us-medicare",
        )
        assert kept.reason == "Pain came back early"
        assert json.loads(kept.verdict_json)["earliest"] == "2027-02-10"
        assert '"mg": 4.5}' in kept.case_json
        assert "beside" not in json.loads(kept.verdict_json)


def test_what_the_payer_also_asks_is_kept_with_the_verdict_and_is_no_part_of_it(chart):
    chart.done("2025-06-10", "esi.caudal", "caudal midline")
    chart.done("2026-02-10", "esi.caudal", "caudal midline")
    plan = PlanRequest(chart.patient, "esi.caudal", ("caudal midline",), date(2026, 6, 11))
    card = assess(chart.clinic, ACTOR, plan)
    (asked,) = card.beside
    assert (asked.rule, asked.status, asked.verified) == ("esi.prolonged", "needs-reason", False)
    assert (card.status, card.earliest) == ("cannot-determine", plan.on)
    assert "esi.prolonged" not in card.verdict_json
    done = _act_upon(chart.clinic, ACTOR, plan, "")
    with chart.clinic.store.read() as tx:
        kept = json.loads(tx.get(t.VerdictRecord, done.value).verdict_json)
    assert kept.pop("beside") == [
        {
            "rule": asked.rule,
            "status": asked.status,
            "message": asked.message,
            "source": asked.source,
        }
    ]
    assert kept == json.loads(card.verdict_json)


def test_asking_from_the_command_line_is_kept_in_the_audit(chart):
    plan = PlanRequest(chart.patient, "tpi", ("trapezius left",), ON)
    assess_audited(chart.clinic, ACTOR, plan)
    with chart.clinic.store.read() as tx:
        acts = [(a.action, a.patient_id) for a in tx.session.query(t.AuditAct).all()]
    assert acts[-1] == ("verdict.ask", chart.patient)


def test_an_appointment_is_asked_about_as_it_was_planned(chart):
    chart.done("2026-11-01", "joint.injection", "knee left", steroid=40)
    without, _ = chart.booked("2026-12-20", "joint.injection", "knee left", steroids=[])
    block, _ = chart.booked("2026-12-20", "facet.block", "L4-L5 left", intent="therapeutic")
    with chart.clinic.store.read(ACTOR) as tx:
        work = Work(chart.clinic, ACTOR, tx)
        (knee,) = assess_moved(work, without, ON)
        (facet,) = assess_moved(work, block, ON)
    assert [finding.rule for finding in knee.findings] == ["joint.prosthesis"]
    assert facet.findings[0].rule == "facet.therapeutic.cap"

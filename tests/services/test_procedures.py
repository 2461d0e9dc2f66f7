"""From the booked appointment to the signed, sealed procedure; on both databases."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from support.logs import PASSWORD, TODAY, book, complete, rows

from clinicdesk.domain.errors import Invalid, Locked, NotAllowed, SignInFailed, Stale
from clinicdesk.services import procedures, verdicts

pytestmark = pytest.mark.slow


def opened(clinic, actor, **booking):
    return procedures.open_log(clinic, actor, book(clinic, **booking))


def signed(clinic, physician):
    record = opened(clinic, physician)
    done = procedures.sign(clinic, physician, complete(record.form), 0, PASSWORD)
    return done.value


def test_a_new_log_holds_what_was_planned_and_nothing_that_was_not(clinic, physician):
    record = opened(clinic, physician)
    form = record.form
    assert record.state == "new"
    assert (form.procedure, form.sites, form.intent) == (
        "esi.transforaminal",
        ("L5 left",),
        "therapeutic",
    )
    assert (form.guidance, form.contrast, form.performed_on) == ("fluoroscopy", True, TODAY)
    assert form.physician_id == clinic.seeded.osei
    assert [(e.product, e.volume_ml, e.dose) for e in form.medications] == [
        ("dexamethasone-10", 1, 10),
        ("lidocaine-1", 1, 10),
        ("iohexol-240", 1, 240),
    ]
    assert all(not e.lot and e.expiry is None for e in form.medications)
    assert form.pain_before is None
    assert form.complications == ()
    assert record.banner.family == "Villalobos"
    assert record.planned_sites == ("L5 left",)


@pytest.mark.parametrize(
    ("site", "volumes"),
    [
        ("knee", ["1", "4"]),
        ("thumb base", ["0.25", "0.5"]),
        ("elbow", [None, None]),
    ],
)
def test_the_usual_doses_of_a_joint_go_by_its_size(embedded_clinic, physician, site, volumes):
    record = opened(
        embedded_clinic, physician, procedure="joint.injection", sites=((site, "left"),)
    )
    given = record.form.medications
    assert [entry.product for entry in given] == ["triamcinolone-40", "lidocaine-1"]
    assert [str(entry.volume_ml) if entry.volume_ml else None for entry in given] == volumes
    wanted = procedures.missing(embedded_clinic, physician, record.form)
    asked = "Type the volume of Triamcinolone acetonide 40 mg/mL."
    assert (wanted.get("medications.0.volume_ml") == asked) is (volumes[0] is None)


def test_what_is_missing_is_named_and_blocks_signing(clinic, physician):
    record = opened(clinic, physician)
    missing = procedures.missing(clinic, physician, record.form)
    assert {"fluoroscopy_seconds", "medications.0.lot", "pain_before", "complications"} <= set(
        missing
    )
    with pytest.raises(Invalid) as refused:
        procedures.sign(clinic, physician, record.form, 0, PASSWORD)
    assert refused.value.fields == dict(missing)
    assert procedures.missing(clinic, physician, complete(record.form)) == {}


def test_a_draft_belongs_to_one_person_and_keeps_what_could_not_be_read(clinic, physician, nurse):
    appointment = book(clinic)
    form = replace(
        procedures.open_log(clinic, physician, appointment).form,
        note="Half a sent",
        pain_before=Decimal(7),
    )
    acts = rows(clinic, "SELECT count(*) FROM audit_act")
    saved_at = procedures.save_draft(
        clinic, physician, form, typed={"medications.0.volume_ml": "1,000"}
    )
    assert saved_at.tzinfo is not None
    assert rows(clinic, "SELECT count(*) FROM audit_act") == acts
    again = procedures.open_log(clinic, physician, appointment)
    assert again.state == "draft"
    assert again.form == form
    assert again.typed == (("medications.0.volume_ml", "1,000"),)
    assert again.draft_saved_at == saved_at
    assert procedures.open_log(clinic, nurse, appointment).form.note == ""
    procedures.discard_draft(clinic, physician, form)
    assert procedures.open_log(clinic, physician, appointment).state == "new"


def test_a_saved_log_takes_the_place_of_what_was_booked(clinic, nurse, physician):
    appointment = book(clinic)
    form = procedures.open_log(clinic, nurse, appointment).form
    done = procedures.record(clinic, nurse, complete(form), 0)
    assert done.changes.kinds == {"procedure", "appointment", "due"}
    assert done.changes.days == {TODAY}
    record = procedures.open_log(clinic, physician, appointment)
    assert (record.procedure_id, record.state) == (done.value, "open")
    assert record.form == complete(form)
    assert rows(
        clinic, "SELECT phase, count(*) FROM reading_link GROUP BY phase ORDER BY phase"
    ) == [
        ("baseline", 1),
        ("post", 1),
    ]
    lots = [row[0] for row in rows(clinic, "SELECT lot_text FROM administration ORDER BY position")]
    assert lots == ["DX4471", "LP0932", "05212012@68"]


def test_editing_an_open_log_changes_its_rows_and_counts_the_version(clinic, nurse):
    appointment = book(clinic)
    form = complete(procedures.open_log(clinic, nurse, appointment).form)
    number = procedures.record(clinic, nurse, form, 0).value
    first = procedures.open_procedure(clinic, nurse, number)
    changed = replace(
        form,
        sites=("L5 left", "L4 left"),
        side_change_reason="Second level as agreed",
        medications=form.medications[:2],
        contrast=False,
        pain_after=None,
        pain_before=Decimal(8),
    )
    procedures.record(clinic, nurse, changed, first.version, number)
    second = procedures.open_procedure(clinic, nurse, number)
    assert second.version > first.version
    assert second.form == changed
    with pytest.raises(Stale):
        procedures.record(clinic, nurse, form, first.version, number)
    with pytest.raises(Stale):
        procedures.record(clinic, nurse, form, 0)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"procedure": ""}, "procedure"),
        ({"sites": ()}, "sites"),
        ({"sites": ("knee left",)}, "sites"),
        ({"intent": ""}, "intent"),
        ({"performed_on": TODAY + timedelta(days=1)}, "performed_on"),
    ],
)
def test_even_an_unsigned_log_must_be_readable_by_the_rules(embedded_clinic, nurse, change, field):
    form = opened(embedded_clinic, nurse).form
    with pytest.raises(Invalid) as refused:
        procedures.record(embedded_clinic, nurse, replace(form, **change), 0)
    assert list(refused.value.fields) == [field]


def test_signing_seals_moves_the_patient_on_and_plans_the_calls(clinic, physician):
    appointment = book(clinic)
    form = complete(procedures.open_log(clinic, physician, appointment).form)
    procedures.save_draft(clinic, physician, form)
    done = procedures.sign(clinic, physician, form, 0, PASSWORD)
    record = procedures.open_procedure(clinic, physician, done.value)
    assert record.state == "signed"
    assert record.signed_by == "Dr. Amara Osei"
    assert record.signed_at == clinic.clock.now()
    assert record.seal_ok
    assert len(record.seal) == 64
    assert replace(record.form, answers=()) == replace(form, answers=())
    assert {answer.check for answer in record.form.answers} == {
        "thinner.hold",
        "conditions.not_asked",
    }
    assert rows(clinic, "SELECT body FROM draft") == []
    assert rows(clinic, f"SELECT status FROM appointment WHERE id = {appointment}") == [
        ("recovering",)
    ]
    due = [str(row[0]) for row in rows(clinic, "SELECT due_on FROM follow_up ORDER BY due_on")]
    assert due == ["2026-11-25", "2026-12-08", "2027-02-24"]
    assert rows(clinic, "SELECT status, procedure_id FROM verdict_record") == [("ok", done.value)]
    (sealed,) = rows(clinic, "SELECT snapshot FROM signature")
    body = json.loads(sealed[0])
    assert body["patient"]["family"] == "Villalobos"
    assert body["procedure"]["medications"][2]["lot"] == "05212012@68"
    assert body["signer"]["name"] == "Dr. Amara Osei"


@pytest.mark.parametrize(
    ("procedure", "sites", "due"),
    [
        ("facet.block", (("L4-L5", "left"),), ["2026-11-25"]),
        ("joint.injection", (("knee", "left"),), ["2026-11-25", "2026-12-08", "2027-02-24"]),
        ("tpi", (("trapezius", "left"),), ["2026-11-25", "2027-01-05"]),
        (
            "facet.rfa",
            (("L4-L5", "left"),),
            ["2026-11-25", "2027-01-05", "2027-02-24", "2027-05-24"],
        ),
    ],
)
def test_calls_follow_the_family(embedded_clinic, physician, procedure, sites, due):
    form = complete(opened(embedded_clinic, physician, procedure=procedure, sites=sites).form)
    form = replace(form, reason="Two good blocks elsewhere")
    procedures.sign(embedded_clinic, physician, form, 0, PASSWORD)
    found = rows(embedded_clinic, "SELECT due_on, kind FROM follow_up ORDER BY due_on")
    assert [str(row[0]) for row in found] == due
    assert [row[1] for row in found] == ["safety", *["score"] * (len(due) - 1)]


def test_after_signing_the_service_refuses_every_change(clinic, physician, nurse):
    number = signed(clinic, physician)
    record = procedures.open_procedure(clinic, physician, number)
    changed = replace(record.form, note="Different")
    with pytest.raises(Locked):
        procedures.record(clinic, nurse, changed, record.version, number)
    with pytest.raises(Locked):
        procedures.sign(clinic, physician, changed, record.version, PASSWORD, procedure_id=number)
    assert procedures.open_procedure(clinic, physician, number).form == record.form


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE procedure SET note = 'x' WHERE id = {n}",
        "UPDATE procedure SET state = 'open' WHERE id = {n}",
        "DELETE FROM procedure WHERE id = {n}",
        "UPDATE administration SET lot_text = 'x' WHERE procedure_id = {n}",
        "DELETE FROM administration WHERE procedure_id = {n}",
        "UPDATE procedure_site SET side = 'right' WHERE procedure_id = {n}",
        "UPDATE reading SET value = 0",
        "DELETE FROM reading_link WHERE procedure_id = {n}",
        "UPDATE signature SET snapshot = 'x' WHERE procedure_id = {n}",
        "DELETE FROM signature WHERE procedure_id = {n}",
    ],
)
def test_after_signing_the_database_refuses_too(clinic, physician, statement):
    number = signed(clinic, physician)
    with pytest.raises(DBAPIError), clinic.store.engine.begin() as connection:
        connection.execute(text(statement.format(n=number)))


def test_a_wrong_password_signs_nothing(clinic, physician):
    form = complete(opened(clinic, physician).form)
    with pytest.raises(SignInFailed):
        procedures.sign(clinic, physician, form, 0, "wrong")
    assert rows(clinic, "SELECT count(*) FROM procedure") == [(0,)]


def test_nobody_signs_for_somebody_else(clinic, nurse):
    form = complete(opened(clinic, nurse).form)
    lindqvist = clinic.seeded.actor("lindqvist")
    with pytest.raises(Invalid) as refused:
        procedures.sign(clinic, lindqvist, form, 0, PASSWORD)
    assert refused.value.fields == {
        "physician_id": "Only Dr. Amara Osei can sign this log. Save it for signing."
    }
    with pytest.raises(NotAllowed):
        procedures.sign(clinic, nurse, form, 0, PASSWORD)


def test_a_nurse_saves_and_the_physician_signs(clinic, nurse, physician):
    form = complete(opened(clinic, nurse).form)
    number = procedures.record(clinic, nurse, form, 0).value
    record = procedures.open_procedure(clinic, physician, number)
    assert record.owner == "Marisol Castellano"
    procedures.sign(clinic, physician, record.form, record.version, PASSWORD, procedure_id=number)
    assert procedures.open_procedure(clinic, nurse, number).state == "signed"


def test_addenda_stand_beside_the_signed_record(clinic, physician, nurse):
    number = signed(clinic, physician)
    seal = procedures.open_procedure(clinic, physician, number).seal
    procedures.addend(clinic, nurse, number, "  Called next day: well. ")
    record = procedures.open_procedure(clinic, physician, number)
    assert [(a.by, a.text) for a in record.addenda] == [
        ("Marisol Castellano", "Called next day: well.")
    ]
    assert (record.seal, record.seal_ok) == (seal, True)
    with pytest.raises(Invalid):
        procedures.addend(clinic, nurse, number, "  ")


def test_an_open_log_takes_no_addendum(clinic, nurse):
    number = procedures.record(clinic, nurse, complete(opened(clinic, nurse).form), 0).value
    with pytest.raises(Locked):
        procedures.addend(clinic, nurse, number, "More")


def test_tampering_behind_the_triggers_is_seen(embedded_clinic, physician):
    number = signed(embedded_clinic, physician)
    with embedded_clinic.store.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER administration_signed_update"))
        connection.execute(text("UPDATE administration SET lot_text = 'dx4471' WHERE position = 0"))
    assert not procedures.open_procedure(embedded_clinic, physician, number).seal_ok


def test_an_expired_lot_blocks_on_the_day_of_the_procedure(embedded_clinic, physician):
    form = complete(opened(embedded_clinic, physician).form)
    old = replace(form.medications[0], expiry=date(2026, 10, 31))
    form = replace(form, medications=(old, *form.medications[1:]))
    with pytest.raises(Invalid) as refused:
        procedures.sign(embedded_clinic, physician, form, 0, PASSWORD)
    assert refused.value.fields == {
        "medications.0.expiry": "Lot DX4471 expired in October 2026. Use another lot."
    }


def test_over_the_cap_needs_a_reason_and_keeps_it(embedded_clinic, physician):
    for month in (1, 3, 5, 7):
        day = date(2026, month, 10)
        early = complete(replace(opened(embedded_clinic, physician, day=day, status="left").form))
        procedures.record(embedded_clinic, physician, early, 0)
    form = complete(opened(embedded_clinic, physician).form)
    assert list(procedures.missing(embedded_clinic, physician, form)) == ["reason"]
    form = replace(form, reason="Acute recurrence, surgery declined")
    procedures.sign(embedded_clinic, physician, form, 0, PASSWORD)
    found = rows(embedded_clinic, "SELECT status, reason FROM verdict_record")
    assert found == [("not-before", "Acute recurrence, surgery declined")]


def test_the_list_shows_drafts_unsigned_and_todays_procedures(clinic, physician, nurse):
    drafted, saved, due = book(clinic, hour=9), book(clinic, hour=10), book(clinic, hour=11)
    book(clinic, hour=12, status="cancelled")
    book(clinic, hour=13, physician=clinic.seeded.lindqvist)
    form = procedures.open_log(clinic, physician, drafted).form
    procedures.save_draft(clinic, physician, form)
    other = procedures.open_log(clinic, physician, saved).form
    procedures.record(clinic, physician, other, 0)
    found = procedures.to_do(clinic, physician)
    assert [(row.kind, row.appointment_id) for row in found] == [
        ("draft", drafted),
        ("open", saved),
        ("due", due),
    ]
    assert found[0].patient == "Villalobos, Teresa"
    assert found[0].procedure == "Transforaminal ESI"
    assert len([row for row in procedures.to_do(clinic, nurse) if row.kind == "due"]) == 3


def test_lots_used_before_are_offered_with_their_expiry(clinic, physician):
    signed(clinic, physician)
    record = opened(clinic, physician, hour=14)
    assert ("dexamethasone-10", "DX4471", date(2028, 4, 30), True) in record.lots


def test_the_front_desk_opens_no_log(embedded_clinic, frontdesk):
    with pytest.raises(NotAllowed):
        opened(embedded_clinic, frontdesk)


def test_nobody_signs_over_a_verdict_he_has_not_seen(clinic, physician):
    record = opened(clinic, physician)
    form = replace(complete(record.form), reason="new trauma, seen today")
    plan = procedures.plan_of(form, clinic.catalogue.products)
    assert plan is not None
    seen = verdicts.assess(clinic, physician, plan)
    other = replace(seen, verdict_json="{}")
    with pytest.raises(Invalid, match="changed since it was shown"):
        procedures.sign(clinic, physician, form, 0, PASSWORD, shown=other)
    asked = replace(seen, beside=seen.findings[:1])
    with pytest.raises(Invalid, match="changed since it was shown"):
        procedures.sign(clinic, physician, form, 0, PASSWORD, shown=asked)
    number = procedures.sign(clinic, physician, form, 0, PASSWORD, shown=seen).value
    kept = procedures.open_procedure(clinic, physician, number).verdict
    assert kept is not None
    assert (kept.status, kept.pack) == (seen.status, seen.pack)
    assert kept.version == seen.pack_version
    assert kept.reason == "new trauma, seen today"
    assert kept.by == physician.name

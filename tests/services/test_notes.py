"""The procedure note: all that was signed, and why an interval was overridden; for readers only."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text
from support.due import performed
from support.logs import PASSWORD, answered, book, complete, rows
from support.pages import words_of

from clinicdesk.data.tables import Coverage, PlannedProcedure, PlannedSite
from clinicdesk.domain.errors import Invalid, NotAllowed, NotFound
from clinicdesk.domain.rows.documents import SheetRequest
from clinicdesk.domain.rows.schedule import BookRequest
from clinicdesk.services import booking, notes, payers, procedures, sheets

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 24)
REASON = "Acute recurrence, surgery declined"


def signed(clinic: Any, appointment: int | None = None, **changes: Any) -> int:
    """Signs the log of an appointment; its procedure."""
    actor = clinic.seeded.actor("physician")
    opened = procedures.open_log(clinic, actor, appointment or book(clinic)).form
    form = answered(clinic, actor, replace(complete(opened), **changes))
    return int(procedures.sign(clinic, actor, form, 0, PASSWORD).value)


def test_it_says_all_that_was_signed(clinic: Any, physician: Any) -> None:
    number = signed(clinic)
    done = notes.prepare(clinic, physician, procedure_id=number)
    said = words_of(done.value.pdf)
    for words in (
        "Procedure note", "24 November 2026", "Transforaminal ESI, L5 left", "Teresa Villalobos",
        "14 Mar 1958", "004182", "Quillwater Pain Clinic", "Purpose Therapeutic",
        "Physician Dr. Amara Osei", "Room C-arm room", "Guidance Fluoroscopy",
        "Fluoroscopy time 18 s", "Air kerma 2.4 mGy", "Dexamethasone 10 mg/mL", "DX4471",
        "04 2028", "Pain (NRS) 7 before, 2 after (−71%)", "Complications None",
        "Settled in 20 s.", "Signed electronically by Dr. Amara Osei, 24 November 2026",
        "Interval rules Answer Within limits Rules US Medicare (LCD), version 2026", "Page 1 of 1",
    ):  # fmt: skip
        assert words in said
    row = done.value.row
    assert (row.kind, row.title, row.language) == ("note", "Transforaminal ESI, L5 left", "en")
    assert hashlib.sha256(done.value.pdf).hexdigest() == row.sha256
    assert row.sha256 == sheets.documents(clinic, physician, clinic.seeded.teresa)[0].sha256


def test_the_reason_for_an_interval_stands_in_it_with_what_it_was_given_for(
    clinic: Any, physician: Any
) -> None:
    performed(clinic, date(2026, 10, 20), scores=((date(2026, 11, 10), 2),))
    number = signed(clinic, reason=REASON)
    said = words_of(notes.prepare(clinic, physician, procedure_id=number).value.pdf)
    assert "Answer Before the first allowed day" in said
    assert "Finding " in said
    assert f"Reason {REASON} (Dr. Amara Osei)" in said


def test_a_reason_given_at_booking_keeps_the_name_of_who_gave_it(
    clinic: Any, physician: Any
) -> None:
    performed(clinic, date(2026, 10, 20), scores=((date(2026, 11, 10), 2),))
    wanted = BookRequest(
        patient_id=clinic.seeded.teresa, physician_id=clinic.seeded.osei,
        start=datetime.combine(TODAY, time(14), tzinfo=clinic.zone), minutes=30,
        room_id=clinic.seeded.carm_room, procedure="esi.transforaminal", sites=("L5 left",),
        reason=REASON,
    )  # fmt: skip
    lindqvist = clinic.seeded.actor("lindqvist")
    appointment = booking.book(clinic, lindqvist, wanted).value
    record = procedures.open_log(clinic, physician, appointment)
    assert (record.form.reason, record.reason_by) == (REASON, "Dr. Tomas Lindqvist")
    number = signed(clinic, appointment)
    said = words_of(notes.prepare(clinic, physician, procedure_id=number).value.pdf)
    assert f"Reason {REASON} (Dr. Tomas Lindqvist)" in said
    assert "Signed electronically by Dr. Amara Osei" in said


def test_addenda_stand_below_the_signature(clinic: Any, physician: Any) -> None:
    number = signed(clinic)
    bare = notes.prepare(clinic, physician, procedure_id=number).value
    procedures.addend(clinic, physician, number, "Lot read again: DX4472.\nCalled the pharmacy.")
    with_it = notes.prepare(clinic, physician, procedure_id=number).value
    said = words_of(with_it.pdf)
    assert said.index("Signed electronically") < said.index("Addenda Lot read again: DX4472.")
    assert "Called the pharmacy. Dr. Amara Osei, 24 Nov 2026" in said
    # The note printed before stays what it was.
    assert sheets.open_document(clinic, physician, bare.document_id) == bare.pdf
    assert bare.row.id != with_it.row.id


def test_the_same_note_is_stored_once_and_found_by_its_appointment(
    clinic: Any, physician: Any
) -> None:
    appointment = book(clinic)
    number = signed(clinic, appointment)
    first = notes.prepare(clinic, physician, procedure_id=number).value
    assert notes.prepare(clinic, physician, appointment_id=appointment).value == first
    assert notes.prepare(clinic, physician, procedure_id=number, paper="a4").value != first


def test_what_else_is_on_record_is_said(clinic: Any, physician: Any) -> None:
    opened = procedures.open_log(clinic, physician, book(clinic)).form
    entries = complete(opened).medications
    first = replace(entries[0], lot="", expiry=None, no_lot_reason="label was torn off",
                    waste_ml=Decimal("0.5"), site="L5 left")  # fmt: skip
    number = signed(
        clinic, book(clinic, hour=14), medications=(first, *entries[1:]), kap_ugym2=Decimal("31.5"),
        contrast=True, aborted=True, sites=("S1 right",),
        side_change_reason="Pain moved to the right",
        reason=REASON, note="Stopped when the leg began to hurt.",
    )  # fmt: skip
    said = words_of(notes.prepare(clinic, physician, procedure_id=number).value.pdf)
    for words in ("No lot: label was torn off", "0.5 mL discarded", "31.5 µGy·m²", "Contrast Used",
                  "Outcome Stopped before it was complete", "Booked as Transforaminal ESI, L5 left",
                  "Why it differs Pain moved to the right",
                  "Which site The sites differ: booked L5 left, logged S1 right.",
                  "Answer The log is right: done there on purpose: Said so"):  # fmt: skip
        assert words in said


def printed(clinic: Any, number: int) -> str:
    actor = clinic.seeded.actor("physician")
    return words_of(notes.prepare(clinic, actor, procedure_id=number).value.pdf)


def test_what_was_booked_is_said_only_where_it_was_something_else(
    clinic: Any, physician: Any
) -> None:
    # Both sides are both sides, however they are written; nobody was asked why.
    both = book(clinic, sites=(("L4", "bilateral"),))
    same = signed(clinic, both, sites=("L4 left", "L4 right"), reason=REASON)
    assert "Booked as" not in printed(clinic, same)
    other = book(clinic, hour=14, patient=clinic.seeded.andrea)
    number = signed(
        clinic, other, procedure="esi.interlaminar", sites=("L5-S1 midline",), reason=REASON,
        side_change_reason="Foramen was too narrow",
    )  # fmt: skip
    said = printed(clinic, number)
    assert "Procedure Interlaminar ESI" in said
    assert "Booked as Transforaminal ESI, L5 left" in said
    assert "Why it differs Foramen was too narrow" in said


def test_what_the_payer_also_asked_stands_in_it(clinic: Any, physician: Any) -> None:
    for day, followup in ((date(2025, 10, 20), 2), (date(2026, 4, 20), 2)):
        performed(clinic, day, scores=((date(2026, 11, 10), followup),))
    number = signed(clinic)
    said = printed(clinic, number)
    assert "Answer Within limits; the payer asks for more" in said
    assert "Also asked Epidural sessions in the lumbar-sacral region since 20 Oct 2025" in said


@pytest.mark.parametrize("payer", ["UHC of the Lakes", ""])
def test_rules_that_were_only_assumed_are_called_so(
    clinic: Any, physician: Any, payer: str
) -> None:
    ids = clinic.seeded
    if payer:
        with clinic.store.write(None, "test.cover") as tx:
            tx.add(Coverage(patient_id=ids.andrea, payer=payer, valid_from=date(2026, 1, 1)))
    number = signed(clinic, book(clinic, patient=ids.andrea))
    if payer:
        # What is mapped later changes nothing of what was signed.
        payers.map_payers(clinic, ids.actor("manager"), {payer: "us-commercial"}, TODAY)
    said = printed(clinic, number)
    assumed = "Payer Rules only assumed: “UHC of the Lakes” was not mapped to rules"
    assert (assumed in said) == bool(payer)
    assert ("Answer Within limits" in said) != bool(payer)
    assert ("Answer Within the caps and gaps checked" in said) == bool(payer)


def test_where_no_rule_applied_the_note_does_not_say_within_limits(
    clinic: Any, physician: Any
) -> None:
    appointment = book(clinic, procedure="nerve.block", sites=(("greater occipital", "left"),))
    said = printed(clinic, signed(clinic, appointment, guidance="landmark"))
    assert "Answer No interval rule for this" in said
    assert "Within limits" not in said


def test_what_the_rules_leave_unchecked_is_said(embedded_clinic: Any, physician: Any) -> None:
    clinic = embedded_clinic
    number = signed(clinic)
    packs = dict(clinic.catalogue.packs)
    partial = "Relief is not checked by these rules."
    packs = {key: replace(pack, partial=partial) for key, pack in packs.items()}
    clinic._catalogue = replace(clinic.catalogue, packs=packs)
    said = printed(clinic, number)
    assert "Answer Within the caps and gaps checked Rules US Medicare (LCD)" in said
    assert f"Not checked {partial}" in said


def test_what_was_not_entered_is_not_asserted(clinic: Any, physician: Any) -> None:
    number = signed(clinic, aborted=True, medications=(), pain_after=None, contrast=False,
                    reason=REASON, note="Stopped when the leg began to hurt.")  # fmt: skip
    said = printed(clinic, number)
    assert "Medication None recorded." in said
    assert "7 before, not recorded after" in said


def test_a_note_without_a_later_addendum_can_be_told_from_one_with_it(
    clinic: Any, physician: Any
) -> None:
    number = signed(clinic)
    codes = set()
    for words in ("No addenda", "1 addendum, of 24 November 2026, 10:12",
                  "2 addenda, the last of 24 November 2026, 10:12"):  # fmt: skip
        for paper, large in (("letter", False), ("a4", False), ("letter", True)):
            made = notes.prepare(
                clinic, physician, procedure_id=number, paper=paper, large=large
            ).value
            assert words in words_of(made.pdf)
            codes.add(made.row.document_code)
        procedures.addend(clinic, physician, number, "It was the right side.")
    assert len(codes) == 9


def test_of_several_procedures_of_a_visit_one_has_to_be_chosen(clinic: Any, physician: Any) -> None:
    appointment = book(clinic)
    first = signed(clinic, appointment)
    assert notes.prepare(clinic, physician, appointment_id=appointment).value.row.procedure_id == (
        first
    )
    with clinic.store.write(None, "test.add") as tx:
        second = tx.add(PlannedProcedure(appointment_id=appointment, procedure="tpi", position=1))
        tx.add(PlannedSite(planned_id=second.id, position=0, name="trapezius", side="left"))
    form = complete(procedures.open_log(clinic, physician, appointment).form)
    form = replace(form, fluoroscopy_seconds=None, air_kerma_mgy=None, reason=REASON)
    number = procedures.record(clinic, physician, form, 0).value
    # The other one is not signed: there is one note.
    assert notes.prepare(clinic, physician, appointment_id=appointment).value.row.procedure_id == (
        first
    )
    version = procedures.open_procedure(clinic, physician, number).version
    procedures.sign(clinic, physician, form, version, PASSWORD, procedure_id=number)
    with pytest.raises(Invalid, match=f"several procedures: {first}, {number}"):
        notes.prepare(clinic, physician, appointment_id=appointment)


def test_which_record_was_read_is_kept(clinic: Any, physician: Any) -> None:
    number = signed(clinic)
    notes.prepare(clinic, physician, procedure_id=number)
    assert rows(clinic, "SELECT count(*) FROM audit_act WHERE action = 'note.read'") == [(1,)]
    found = rows(
        clinic,
        "SELECT i.after FROM audit_item i JOIN audit_act a ON a.id = i.act_id "
        "WHERE a.action = 'note.read'",
    )
    assert any(f'"procedure":{number}' in str(after).replace(" ", "") for (after,) in found)


@pytest.mark.parametrize("login", ["frontdesk"])
def test_who_may_not_read_the_record_may_not_read_its_note(
    clinic: Any, physician: Any, login: str
) -> None:
    number = signed(clinic)
    made = notes.prepare(clinic, physician, procedure_id=number).value
    desk = clinic.seeded.actor(login)
    with pytest.raises(NotAllowed):
        notes.prepare(clinic, desk, procedure_id=number)
    for look in (sheets.stored, sheets.open_document):
        with pytest.raises(NotAllowed):
            look(clinic, desk, made.document_id)
    with pytest.raises(NotAllowed):
        sheets.note_use(clinic, desk, made.document_id, "printed")
    # That it exists is no secret, and other sheets are opened as before.
    assert sheets.documents(clinic, desk, clinic.seeded.teresa)[0].kind == "note"
    other = sheets.prepare(clinic, desk, SheetRequest("aftercare", procedure_id=number)).value
    assert sheets.stored(clinic, desk, other.document_id) == other


def test_what_is_not_signed_is_not_printed(clinic: Any, physician: Any) -> None:
    appointment = book(clinic)
    with pytest.raises(NotFound, match="Nothing was logged"):
        notes.prepare(clinic, physician, appointment_id=appointment)
    form = complete(procedures.open_log(clinic, physician, appointment).form)
    number = procedures.record(clinic, physician, form, 0).value
    with pytest.raises(Invalid, match="not signed yet"):
        notes.prepare(clinic, physician, procedure_id=number)
    with pytest.raises(NotFound):
        notes.prepare(clinic, physician, procedure_id=999_999)
    with pytest.raises(Invalid, match="Letter or A4"):
        notes.prepare(clinic, physician, procedure_id=number, paper="a3")


def test_what_no_longer_is_what_was_signed_is_not_printed(
    embedded_clinic: Any, physician: Any
) -> None:
    number = signed(embedded_clinic)
    with embedded_clinic.store.unaudited() as tx:
        tx.session.execute(text("DROP TRIGGER administration_signed_update"))
        tx.session.execute(text("UPDATE administration SET lot_text = 'Other'"))
    with pytest.raises(Invalid, match="no longer matches its signature"):
        notes.prepare(embedded_clinic, physician, procedure_id=number)

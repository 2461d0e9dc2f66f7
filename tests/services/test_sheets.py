"""Making, keeping and opening sheets, on both databases."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from support.due import pass_time
from support.due_print import speaks
from support.logs import PASSWORD, book, complete
from support.pages import in_order, words_of

from clinicdesk.data.tables import (
    AuditItem,
    Block,
    Claim,
    ClinicSettings,
    Condition,
    DocumentBlob,
    DocumentEvent,
    OpeningHours,
    PatientDrug,
    ProcedureRecord,
    Resource,
    Signature,
    StatusChange,
)
from clinicdesk.domain.errors import Invalid, NotAllowed, NotFound
from clinicdesk.domain.permissions import Role
from clinicdesk.domain.rows.documents import ConfirmedDates, SheetForm, SheetRequest
from clinicdesk.services import calls, due, due_calls, procedures, sheets
from clinicdesk.services.auditing import verify

pytestmark = pytest.mark.slow


def test_consent_from_the_plan_says_who_what_and_where(clinic: Any, frontdesk: Any) -> None:
    done = sheets.prepare(clinic, frontdesk, SheetRequest("consent", appointment_id=book(clinic)))
    text = words_of(done.value.pdf)
    for words in (
        "Teresa Villalobos", "004182", "Latex, Penicillin", "apixaban", "the L5 nerve on your left",
        "dexamethasone 10 mg", "Dr. Amara Osei", "Left side", "Quillwater Pain Clinic",
        "Tuesday 24 November 2026",
    ):  # fmt: skip
        assert words in text
    assert done.value.row.template_id == "CF-EPI-TF-EN"
    assert done.changes.kinds == {"document"}
    assert done.changes.patients == {clinic.seeded.teresa}


def test_the_stored_bytes_are_the_bytes_given_back(clinic: Any, frontdesk: Any) -> None:
    made = sheets.prepare(
        clinic, frontdesk, SheetRequest("consent", appointment_id=book(clinic))
    ).value
    assert hashlib.sha256(made.pdf).hexdigest() == made.row.sha256
    assert sheets.open_document(clinic, frontdesk, made.document_id) == made.pdf
    with clinic.store.read() as tx:
        blob = tx.session.get(DocumentBlob, made.row.sha256)
        assert (blob.content, blob.size) == (made.pdf, len(made.pdf))


def test_the_same_sheet_is_not_stored_twice(clinic: Any, frontdesk: Any) -> None:
    appointment = book(clinic)
    first = sheets.prepare(
        clinic, frontdesk, SheetRequest("consent", appointment_id=appointment)
    ).value
    again = sheets.prepare(
        clinic, frontdesk, SheetRequest("consent", appointment_id=appointment)
    ).value
    other = sheets.prepare(
        clinic,
        frontdesk,
        SheetRequest("consent", appointment_id=appointment, form=SheetForm(paper="a4")),
    ).value
    assert again == first
    assert other.row.sha256 != first.row.sha256
    listed = sheets.documents(clinic, frontdesk, clinic.seeded.teresa)
    assert {row.id for row in listed} == {first.document_id, other.document_id}


def test_names_are_printed_exactly(clinic: Any, frontdesk: Any) -> None:
    appointment = book(clinic, patient=clinic.seeded.obrien)
    made = sheets.prepare(
        clinic, frontdesk, SheetRequest("consent", appointment_id=appointment)
    ).value
    assert "& Søn</b> <b>O'Brien" in words_of(made.pdf)


def test_aftercare_says_what_was_logged_not_what_was_planned(
    clinic: Any, nurse: Any, frontdesk: Any
) -> None:
    appointment = book(clinic)
    planned = sheets.prepare(
        clinic, frontdesk, SheetRequest("aftercare", appointment_id=appointment)
    ).value
    record = procedures.open_log(clinic, nurse, appointment)
    form = replace(
        complete(record.form), sites=("L5 right",), side_change_reason="Patient says right."
    )
    procedure = procedures.record(clinic, nurse, form, record.version).value
    logged = sheets.prepare(
        clinic, frontdesk, SheetRequest("aftercare", appointment_id=appointment)
    ).value
    assert "on your left side" in words_of(planned.pdf)
    assert "on your right side" in words_of(logged.pdf)
    assert logged.row.procedure_id == procedure
    by_number = sheets.prepare(
        clinic, frontdesk, SheetRequest("aftercare", procedure_id=procedure)
    ).value
    assert by_number.row.sha256 == logged.row.sha256
    consent = sheets.prepare(
        clinic, frontdesk, SheetRequest("consent", appointment_id=appointment)
    ).value
    assert "on your left side" in words_of(consent.pdf)


def test_aftercare_says_when_we_call_for_the_scores(embedded_clinic: Any, physician: Any) -> None:
    appointment = book(embedded_clinic)
    record = procedures.open_log(embedded_clinic, physician, appointment)
    done = procedures.sign(
        embedded_clinic, physician, complete(record.form), record.version, PASSWORD
    )
    made = sheets.prepare(
        embedded_clinic, physician, SheetRequest("aftercare", procedure_id=done.value)
    ).value
    # The safety call comes the day after; nobody has scores to say by then.
    assert "Tuesday 8 December" in words_of(made.pdf)


def test_a_call_that_a_sheet_promises_stands_on_the_work_list_of_that_day(
    embedded_clinic: Any, physician: Any, frontdesk: Any
) -> None:
    clinic, day = embedded_clinic, date(2026, 12, 8)
    record = procedures.open_log(clinic, physician, book(clinic))
    signed = procedures.sign(clinic, physician, complete(record.form), record.version, PASSWORD)
    sheet = aftercare(clinic, physician, signed.value)
    in_order(words_of(sheet.pdf), "We will call you", f"{day:%A} {day.day} {day:%B}")

    def listed(on: date) -> list[tuple[str, date]]:
        return [(call.purpose, call.due_on) for call in calls.promised(clinic, frontdesk, on)]

    safety = ("safety", date(2026, 11, 25))
    assert listed(clinic.today()) == []
    assert listed(date(2026, 11, 25)) == [safety]
    assert listed(day) == [safety, ("score", day)]
    printed = words_of(due_calls.call_sheet(clinic, frontdesk, (), day).value.pdf)
    in_order(printed, "Promised calls", "Villalobos, Teresa", "Promised for 8 Dec 2026")
    first, second = calls.promised(clinic, frontdesk, day)
    calls.made(clinic, frontdesk, first.id, "reached")
    assert listed(day) == [("score", day)]
    with pytest.raises(Invalid, match="already"):
        calls.made(clinic, frontdesk, first.id, "reached")
    with pytest.raises(Invalid, match="reached"):
        calls.made(clinic, frontdesk, second.id, "maybe")


def test_a_call_is_promised_for_a_day_that_the_clinic_works(
    embedded_clinic: Any, physician: Any, frontdesk: Any
) -> None:
    clinic, friday, christmas = embedded_clinic, date(2026, 12, 11), date(2026, 12, 25)
    shut = at(clinic, 24, 0).replace(month=12, day=25)
    with clinic.store.write(None, "test.closed") as tx:
        for weekday in range(5):
            tx.add(
                OpeningHours(
                    weekday=weekday, starts=time(8), ends=time(17), valid_from=date(2026, 1, 1)
                )
            )
        block = tx.add(
            Block(
                kind="closed", label="Christmas", local_date=christmas, starts_at=shut,
                ends_at=shut + timedelta(hours=23),
            )
        )  # fmt: skip
        for person in tx.session.query(Resource).filter_by(kind="staff").all():
            tx.add(
                Claim(
                    block_id=block.id, resource_id=person.id, role="block", starts_at=shut,
                    ends_at=block.ends_at,
                )
            )  # fmt: skip
    pass_time(clinic, friday - clinic.today())
    record = procedures.open_log(clinic, physician, book(clinic, day=friday))
    signed = procedures.sign(clinic, physician, complete(record.form), record.version, PASSWORD)
    due_on = {(c.purpose, c.due_on) for c in calls.promised(clinic, frontdesk, date(2026, 12, 30))}
    # Saturday is closed: Monday, within 72 hours; two weeks later is Christmas.
    assert due_on == {("safety", date(2026, 12, 14)), ("score", date(2026, 12, 28))}
    sheet = aftercare(clinic, physician, signed.value)
    in_order(words_of(sheet.pdf), "We will call you", "Monday 28 December")


def logged(clinic: Any, by: Any) -> int:
    """Teresa's transforaminal injection of 24 November, planned from 10:00 to 10:30."""
    record = procedures.open_log(clinic, by, book(clinic))
    return int(procedures.record(clinic, by, complete(record.form), record.version).value)


def aftercare(
    clinic: Any, by: Any, procedure: int, restart: datetime | None = None, drug: str = ""
) -> Any:
    dates = ConfirmedDates(restart=restart, drug=drug)
    request = SheetRequest("aftercare", procedure_id=procedure, dates=dates)
    return sheets.prepare(clinic, by, request).value


def at(clinic: Any, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=clinic.zone)


def test_a_blood_thinner_starts_again_as_the_guideline_has_it_from_the_end_on(
    clinic: Any, frontdesk: Any, nurse: Any
) -> None:
    sheet = aftercare(clinic, frontdesk, logged(clinic, nurse))
    text = words_of(sheet.pdf)
    in_order(
        text,
        "Start again 24 hours after it ended",
        "planned to end Tuesday 24 November at 10:30",
        "start again Wednesday 25 November at 10:30",
        "Not before then.",
    )
    assert sheet.untold == ()


def test_the_restart_counts_from_when_it_was_over_not_from_the_plan(
    clinic: Any, frontdesk: Any, nurse: Any
) -> None:
    procedure = logged(clinic, nurse)
    with clinic.store.write(None, "test.late") as tx:
        record = tx.get(ProcedureRecord, procedure)
        record.started_at, record.ended_at = at(clinic, 24, 15), at(clinic, 24, 15, 25)
    text = words_of(aftercare(clinic, frontdesk, procedure).pdf)
    assert "Start again Wednesday 25 November at 15:25" in text


@pytest.mark.parametrize(
    ("left", "signed", "says"),
    [
        (None, (14, 35), "Start again Wednesday 25 November at 14:35"),
        (None, (10, 20), "Start again Wednesday 25 November at 10:30"),
        ((12, 30), None, "Start again Wednesday 25 November at 12:30"),
        ((12, 30), (18, 0), "Start again Wednesday 25 November at 12:30"),
        ((10, 20), None, "Start again Wednesday 25 November at 10:30"),
        (None, None, "Start again 24 hours after it ended"),
    ],
)
def test_the_restart_is_a_time_only_where_it_is_known_when_it_was_over(
    clinic: Any,
    frontdesk: Any,
    nurse: Any,
    physician: Any,
    left: tuple[int, int] | None,
    signed: tuple[int, int] | None,
    says: str,
) -> None:
    procedure = logged(clinic, nurse)
    with clinic.store.write(None, "test.over") as tx:
        record = tx.get(ProcedureRecord, procedure)
        if left:
            tx.add(
                StatusChange(
                    appointment_id=record.appointment_id,
                    status="recovering",
                    at=at(clinic, 24, *left),
                    staff_id=nurse.staff_id,
                )
            )
        if signed:
            tx.add(
                Signature(
                    procedure_id=procedure,
                    staff_id=physician.staff_id,
                    name=physician.name,
                    role="physician",
                    signed_at=at(clinic, 24, *signed),
                    sha256="0" * 64,
                    snapshot="{}",
                )
            )
    text = words_of(aftercare(clinic, frontdesk, procedure).pdf)
    assert says in text
    assert ("planned to end" in text) == (left is None and signed is None)


def test_before_it_is_done_no_restart_is_promised(clinic: Any, frontdesk: Any) -> None:
    request = SheetRequest("aftercare", appointment_id=book(clinic))
    sheet = sheets.prepare(clinic, frontdesk, request).value
    assert "Start again" not in words_of(sheet.pdf)
    assert "We will tell you before you leave" in words_of(sheet.pdf)
    assert sheet.untold == ("apixaban",)


def test_one_that_needs_no_stopping_is_kept_and_a_shared_one_is_asked_about(
    clinic: Any, nurse: Any
) -> None:
    procedure = logged(clinic, nurse)
    with clinic.store.write(None, "test.drugs") as tx:
        for drug in tx.session.query(PatientDrug).filter_by(patient_id=clinic.seeded.teresa):
            drug.valid_to = date(2026, 1, 1)
        for name in ("ibuprofen 400 mg", "aspirin 81 mg"):
            tx.add(PatientDrug(patient_id=clinic.seeded.teresa, drug=name, kind="anticoagulant"))
    sheet = aftercare(clinic, nurse, procedure)
    text = words_of(sheet.pdf)
    in_order(text, "Blood thinner: ibuprofen 400 mg", "Keep taking it", "do not need to stop it")
    in_order(text, "Blood thinner: aspirin 81 mg", "We will tell you", "Ask us when to start")
    assert sheet.untold == ("aspirin 81 mg",)


def test_one_that_was_stopped_long_ago_is_not_started_again_by_a_sheet(
    clinic: Any, nurse: Any
) -> None:
    procedure = logged(clinic, nurse)
    written = ("warfarin, stopped 2019", "ibuprofen discontinued")
    with clinic.store.write(None, "test.drugs") as tx:
        for drug in tx.session.query(PatientDrug).filter_by(patient_id=clinic.seeded.teresa):
            drug.valid_to = date(2026, 1, 1)
        for name in written:
            tx.add(PatientDrug(patient_id=clinic.seeded.teresa, drug=name, kind="anticoagulant"))
    sheet = aftercare(clinic, nurse, procedure)
    text = words_of(sheet.pdf)
    assert "Start again" not in text
    assert "Keep taking it" not in text
    assert sheet.untold == written


def test_what_a_person_types_is_checked_printed_and_kept_with_its_author(
    clinic: Any, frontdesk: Any, nurse: Any, physician: Any
) -> None:
    procedure = logged(clinic, nurse)
    later = aftercare(clinic, nurse, procedure, at(clinic, 26, 8))
    assert "Start again Thursday 26 November at 8:00" in words_of(later.pdf)
    assert f"{nurse.name} told you this time" in words_of(later.pdf)
    with clinic.store.read() as tx:
        noted = [(item.after or "") for item in tx.session.query(AuditItem).all()]
    assert any("2026-11-26T08:00:00-05:00" in each for each in noted)
    for wrong in (
        datetime(2020, 1, 1, 12, tzinfo=clinic.zone),
        at(clinic, 24, 0, 5),
        at(clinic, 24, 10, 30),
    ):
        with pytest.raises(Invalid, match="planned until 24 Nov 2026 at 10:30"):
            aftercare(clinic, nurse, procedure, wrong)
    with pytest.raises(Invalid, match="more than 60 days"):
        aftercare(clinic, nurse, procedure, datetime(2028, 1, 1, 12, tzinfo=clinic.zone))
    early = at(clinic, 24, 20)
    with pytest.raises(Invalid, match="a physician has to say so"):
        aftercare(clinic, nurse, procedure, early)
    assert "Tuesday 24 November at 20:00" in words_of(
        aftercare(clinic, physician, procedure, early).pdf
    )
    with pytest.raises(Invalid, match="nurse or physician"):
        aftercare(clinic, frontdesk, procedure, at(clinic, 26, 8))


def test_what_a_person_said_is_on_every_reprint_with_its_author(
    clinic: Any, frontdesk: Any, nurse: Any
) -> None:
    procedure = logged(clinic, nurse)
    by_guideline = aftercare(clinic, frontdesk, procedure)
    assert by_guideline.said == ()
    aftercare(clinic, nurse, procedure, at(clinic, 26, 8))
    form = SheetForm(large=True)
    request = SheetRequest("aftercare", procedure_id=procedure, form=form)
    again = sheets.prepare(clinic, frontdesk, request).value
    assert "Start again Thursday 26 November at 8:00" in words_of(again.pdf)
    assert f"{nurse.name} told you this time" in words_of(again.pdf)
    said = [(each.drug, each.restart, each.by) for each in again.said]
    assert said == [("apixaban", at(clinic, 26, 8), nurse.name)]
    back = ConfirmedDates(by_guideline=True)
    request = replace(request, form=SheetForm(), dates=back)
    with pytest.raises(Invalid, match="nurse or physician"):
        sheets.prepare(clinic, frontdesk, request)
    assert sheets.prepare(clinic, nurse, request).value.said == ()
    sheet = aftercare(clinic, frontdesk, procedure)
    assert (sheet.pdf, sheet.said, sheet.lapsed) == (by_guideline.pdf, (), ())


def test_what_a_person_said_of_another_time_or_drug_is_not_said_again(
    clinic: Any, frontdesk: Any, nurse: Any
) -> None:
    procedure = logged(clinic, nurse)
    aftercare(clinic, nurse, procedure, at(clinic, 26, 8))
    with clinic.store.write(None, "test.late") as tx:
        record = tx.get(ProcedureRecord, procedure)
        record.started_at, record.ended_at = at(clinic, 24, 15), at(clinic, 24, 15, 25)
    sheet = aftercare(clinic, frontdesk, procedure)
    assert "Start again Wednesday 25 November at 15:25" in words_of(sheet.pdf)
    assert sheet.said == ()
    assert [each.by for each in sheet.lapsed] == [nurse.name]
    assert aftercare(clinic, nurse, procedure, at(clinic, 26, 8)).lapsed == ()
    with clinic.store.write(None, "test.drug") as tx:
        tx.add(PatientDrug(patient_id=clinic.seeded.teresa, drug="warfarin", kind="anticoagulant"))
    sheet = aftercare(clinic, frontdesk, procedure)
    assert sheet.said == ()
    assert [each.restart for each in sheet.lapsed] == [at(clinic, 26, 8)]


def test_what_a_person_says_is_said_of_the_drug_it_was_typed_for(
    clinic: Any, frontdesk: Any, nurse: Any, physician: Any
) -> None:
    procedure = logged(clinic, nurse)
    with clinic.store.write(None, "test.aspirin") as tx:
        aspirin = PatientDrug(
            patient_id=clinic.seeded.teresa, drug="aspirin 81 mg", kind="anticoagulant"
        )
        tx.add(aspirin)
    # Two drugs: of which it is said is not guessed.
    with pytest.raises(Invalid, match="apixaban or aspirin 81 mg"):
        aftercare(clinic, nurse, procedure, at(clinic, 26, 8))
    with pytest.raises(Invalid, match="apixaban or aspirin 81 mg"):
        aftercare(clinic, nurse, procedure, at(clinic, 26, 8), "warfarin")
    sheet = aftercare(clinic, nurse, procedure, at(clinic, 26, 8), "apixaban")
    text = words_of(sheet.pdf)
    in_order(text, "apixaban", "Start again Thursday 26 November at 8:00", "told you this time")
    # The other one prints its own computed time.
    in_order(text, "Blood thinner: aspirin 81 mg", "start again Wednesday 25 November at 10:30")
    assert text.count("Thursday 26 November at 8:00") == 1
    # The other one by another person: each keeps its own time and author, on every print.
    aftercare(clinic, physician, procedure, at(clinic, 25, 9), "Aspirin 81 mg")
    again = aftercare(clinic, frontdesk, procedure)
    said = {each.drug: (each.restart, each.by) for each in again.said}
    assert said == {
        "apixaban": (at(clinic, 26, 8), nurse.name),
        "aspirin 81 mg": (at(clinic, 25, 9), physician.name),
    }
    text = words_of(again.pdf)
    in_order(text, "apixaban", "Thursday 26 November at 8:00", f"{nurse.name} told you")
    in_order(text, "aspirin 81 mg", "Wednesday 25 November at 9:00", f"{physician.name} told you")
    # Taken back for one alone.
    back = ConfirmedDates(by_guideline=True, drug="apixaban")
    request = SheetRequest("aftercare", procedure_id=procedure, dates=back)
    assert [each.drug for each in sheets.prepare(clinic, nurse, request).value.said] == [
        "aspirin 81 mg"
    ]


def test_before_it_is_logged_the_day_itself_is_no_restart(clinic: Any, nurse: Any) -> None:
    request = SheetRequest(
        "aftercare", appointment_id=book(clinic), dates=ConfirmedDates(at(clinic, 24, 0, 5))
    )
    with pytest.raises(Invalid, match="Choose a day after the procedure"):
        sheets.prepare(clinic, nurse, request)


def test_sheet_letter_and_list_say_the_same_day(embedded_clinic: Any, physician: Any) -> None:
    clinic = embedded_clinic
    knee = book(clinic, procedure="joint.injection", sites=(("knee", "left"),))
    record = procedures.open_log(clinic, physician, knee)
    signed = procedures.sign(clinic, physician, complete(record.form), record.version, PASSWORD)
    text = words_of(aftercare(clinic, physician, signed.value).pdf)
    rows = due.of_patient(clinic, physician, clinic.seeded.teresa, clinic.today())
    (row,) = [row for row in rows if row.last_procedure_id == signed.value]
    day = row.possible_from
    assert day is not None
    in_order(text, "You may have this again from", f"{day:%A} {day.day} {day:%B %Y}")
    until = due.set_date(clinic, physician, row.id, date(2027, 6, 3), "Patient travels until June.")
    assert until.changes
    text = words_of(aftercare(clinic, physician, signed.value).pdf)
    in_order(text, "You may have this again from", "Thursday 3 June 2027")


def test_a_clinic_in_london_prints_no_sentence_of_another_country(
    clinic: Any, frontdesk: Any
) -> None:
    appointment = book(clinic)
    kinds = ("consent", "aftercare")

    def text(country: str) -> str:
        with clinic.store.write(None, "test.country") as tx:
            tx.session.query(ClinicSettings).one().country = country
        clinic.refresh()
        made = [
            sheets.prepare(clinic, frontdesk, SheetRequest(kind, appointment_id=appointment)).value
            for kind in kinds
        ]
        return " ".join(words_of(sheet.pdf) for sheet in made)

    home = text("US")
    for words in ("Call 911", "FDA approval", "101 °F (38.3 °C)"):
        assert words in home
    london = text("GB")
    assert "Call 999 or go to a hospital if" in london
    assert "call 111 for advice" in london
    assert "Fever over 38.3 °C" in london
    for words in ("911", "FDA", "°F"):
        assert words not in london
    nowhere = text("TV")
    assert "Call the emergency number if" in nowhere
    for words in ("911", "999", "112", "FDA"):
        assert words not in nowhere


def test_diabetes_lines_are_for_those_who_have_it(clinic: Any, frontdesk: Any) -> None:
    appointment = book(clinic)
    before = sheets.prepare(
        clinic, frontdesk, SheetRequest("aftercare", appointment_id=appointment)
    ).value
    with clinic.store.write(None, "test.condition") as tx:
        tx.add(Condition(patient_id=clinic.seeded.teresa, name="Diabetes mellitus type 2"))
    after = sheets.prepare(
        clinic, frontdesk, SheetRequest("aftercare", appointment_id=appointment)
    ).value
    assert "If you have diabetes" in words_of(before.pdf)
    assert "You have diabetes" not in words_of(before.pdf)
    assert "You have diabetes" in words_of(after.pdf)
    # A second sheet does not replace the first: both stay as they were printed.
    assert sheets.open_document(clinic, frontdesk, before.document_id) == before.pdf


def test_uses_are_counted(clinic: Any, frontdesk: Any) -> None:
    made = sheets.prepare(
        clinic, frontdesk, SheetRequest("consent", appointment_id=book(clinic))
    ).value
    sheets.note_use(clinic, frontdesk, made.document_id, "printed")
    row = sheets.note_use(clinic, frontdesk, made.document_id, "printed").value
    assert (row.printed, row.saved) == (2, 0)
    with pytest.raises(Invalid):
        sheets.note_use(clinic, frontdesk, made.document_id, "burnt")


def test_audit_has_the_act_and_never_the_bytes(clinic: Any, frontdesk: Any, manager: Any) -> None:
    sheets.prepare(clinic, frontdesk, SheetRequest("consent", appointment_id=book(clinic)))
    with clinic.store.read() as tx:
        items = tx.session.query(AuditItem).all()
        assert {"document", "document_blob"} <= {item.table_name for item in items}
        assert not any("%PDF" in (item.after or "") for item in items)
    assert verify(clinic, manager).broken is None


def test_nothing_is_stored_when_it_cannot_be_made(clinic: Any, frontdesk: Any) -> None:
    visit = book(clinic, procedure="")
    with pytest.raises(NotFound, match="Nothing is planned"):
        sheets.prepare(clinic, frontdesk, SheetRequest("consent", appointment_id=visit))
    with pytest.raises(NotFound):
        sheets.prepare(clinic, frontdesk, SheetRequest("consent", appointment_id=999_999))
    with pytest.raises(Invalid):
        sheets.prepare(clinic, frontdesk, SheetRequest("poem", appointment_id=visit))
    with pytest.raises(Invalid):
        sheets.prepare(clinic, frontdesk, SheetRequest("consent"))
    with clinic.store.read() as tx:
        assert tx.session.query(DocumentBlob).count() == 0
        assert tx.session.query(DocumentEvent).count() == 0


def test_nobody_prints_without_the_permission(
    clinic: Any, frontdesk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from clinicdesk.domain import permissions

    appointment = book(clinic)
    monkeypatch.setitem(permissions.GRANTED, Role.FRONT_DESK, frozenset())
    with pytest.raises(NotAllowed):
        sheets.prepare(clinic, frontdesk, SheetRequest("consent", appointment_id=appointment))


def test_rendering_holds_no_lock(
    clinic: Any, frontdesk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from clinicdesk.documents import render as module

    original = module.render
    writes: list[str] = []

    def drawing(*args: Any, **kwargs: Any) -> Any:
        with clinic.store.write(None, "test.meanwhile"):
            writes.append("free")
        return original(*args, **kwargs)

    monkeypatch.setattr(module, "render", drawing)
    sheets.prepare(clinic, frontdesk, SheetRequest("consent", appointment_id=book(clinic)))
    assert writes == ["free"]


def test_the_shelf_lists_what_can_be_made(clinic: Any, nurse: Any) -> None:
    appointment = book(clinic, sites=(("L4", "left"), ("L5", "left")))
    shelf = sheets.shelf(clinic, nurse, appointment_id=appointment)
    assert [(s.name, s.sites, s.state) for s in shelf.subjects] == [
        ("Transforaminal ESI", ("L4 left", "L5 left"), "planned")
    ]
    by_patient = sheets.shelf(clinic, nurse, patient_id=clinic.seeded.teresa)
    assert by_patient.subjects == shelf.subjects
    assert ("en", "English") in shelf.languages
    sheets.prepare(clinic, nurse, SheetRequest("consent", appointment_id=appointment))
    assert len(sheets.shelf(clinic, nurse, appointment_id=appointment).documents) == 1


def test_a_language_without_texts_falls_back_to_english(clinic: Any, frontdesk: Any) -> None:
    made = sheets.prepare(
        clinic,
        frontdesk,
        SheetRequest("consent", appointment_id=book(clinic), form=SheetForm(language="fi")),
    ).value
    assert made.row.language == "en"
    assert made.lacks == "consent/fi/esi.transforaminal.toml"


def test_an_english_sheet_for_who_speaks_another_language_says_what_is_missing(
    clinic: Any, frontdesk: Any
) -> None:
    request = SheetRequest("consent", appointment_id=book(clinic))
    assert sheets.prepare(clinic, frontdesk, request).value.lacks == ""
    speaks(clinic, clinic.seeded.teresa, "es")
    request = replace(request, form=SheetForm(language="en"))
    lacks = sheets.prepare(clinic, frontdesk, request).value.lacks
    assert lacks == "consent/es/esi.transforaminal.toml"

"""What the due list prints: letters stored, kept as contacts, sorted; and the call sheet."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from support.due import performed
from support.due_print import ON, anew, lives, rows_of, speaks
from support.pages import in_order, words_of

from clinicdesk.data.tables import (
    AuditItem,
    ContactAttempt,
    Document,
    DocumentBlob,
    DocumentEvent,
    FollowUp,
    Patient,
)
from clinicdesk.domain.errors import Invalid, NotAllowed, NotFound
from clinicdesk.domain.permissions import Role
from clinicdesk.domain.rows.due import DueReason
from clinicdesk.domain.states import SheetUse
from clinicdesk.services import calls, due, due_calls, due_print, sheets
from clinicdesk.services.auditing import verify

pytestmark = pytest.mark.slow

MARCH = date(2026, 3, 2)
HELPED = ((date(2026, 4, 2), 2), (date(2026, 6, 15), 2))


@pytest.fixture
def three(clinic: Any, frontdesk: Any) -> Any:
    """Teresa (two sites, Boston 02110), Andrea (Spanish, 01001), Jürgen (no address)."""
    seeded = clinic.seeded
    lives(clinic, seeded.andrea, "7 Elm Street", "Agawam", "01001")
    speaks(clinic, seeded.andrea, "es")
    clinic.leg = performed(clinic, MARCH, scores=HELPED)
    clinic.knee = performed(clinic, MARCH, "joint.injection", "knee right", scores=HELPED)
    clinic.back = performed(clinic, MARCH, scores=HELPED, patient=seeded.andrea)
    clinic.other = performed(clinic, MARCH, scores=HELPED, patient=seeded.jurgen)
    clinic.rows = rows_of(clinic, frontdesk)
    return clinic


def ids(clinic: Any, *procedures: int) -> tuple[int, ...]:
    return tuple(clinic.rows[number].id for number in procedures)


def everything(clinic: Any) -> tuple[int, ...]:
    return ids(clinic, clinic.leg, clinic.knee, clinic.back, clinic.other)


def all_of(clinic: Any, table: Any) -> list[Any]:
    with clinic.store.read() as tx:
        rows = tx.session.query(table).all()
        tx.session.expunge_all()
        return list(rows)


# -- letters ---------------------------------------------------------------------------------


def test_one_letter_for_each_patient_sorted_by_postal_code(three: Any, frontdesk: Any) -> None:
    printed = due_print.letters(three, frontdesk, everything(three), ON).value
    pages = [" ".join(p.extract_text().split()) for p in PdfReader(BytesIO(printed.pdf)).pages]
    assert printed.pages == len(pages) == 2
    in_order(pages[0], "Andrea Soto", "7 Elm Street", "Agawam, MA 01001", "Estimada Andrea Soto:",
             "El nervio L5 del lado izquierdo", "2 mar 2026", "De lunes a viernes")  # fmt: skip
    in_order(pages[1], "Teresa Villalobos", "12 Harbor Street", "Boston, MA 02110",
             "Dear Teresa Villalobos,", "2 Mar 2026", "Monday to Friday")  # fmt: skip
    assert "The L5 nerve on your left side" in pages[1]
    assert "Your right knee" in pages[1]
    assert sorted(printed.languages) == [("en", 1), ("es", 1)]
    assert printed.title == "Recall letters, 25 Nov 2026"
    missing = [note for note in printed.notes if "postal address" in note]
    assert len(missing) == 1
    assert "Müller, Jürgen" in missing[0]


def test_the_bytes_stored_are_the_pages_printed(three: Any, frontdesk: Any) -> None:
    printed = due_print.letters(three, frontdesk, everything(three), ON).value
    pages = list(PdfReader(BytesIO(printed.pdf)).pages)
    seeded = three.seeded
    for patient, page in ((seeded.andrea, pages[0]), (seeded.teresa, pages[1])):
        (row,) = sheets.documents(three, frontdesk, patient)
        stored = sheets.open_document(three, frontdesk, row.id)
        assert hashlib.sha256(stored).hexdigest() == row.sha256
        (single,) = PdfReader(BytesIO(stored)).pages
        assert single.get_contents().get_data() == page.get_contents().get_data()
        assert single.extract_text() == page.extract_text()
        assert (row.kind, row.pages, row.printed) == ("recall", 1, 0)
    assert sheets.documents(three, frontdesk, seeded.jurgen) == ()


def test_each_row_of_a_letter_is_a_contact(three: Any, frontdesk: Any) -> None:
    done_ = due_print.letters(three, frontdesk, everything(three), ON)
    assert done_.changes.kinds >= {"document", "due"}
    assert done_.changes.patients == {three.seeded.teresa, three.seeded.andrea}
    for number in (three.leg, three.knee, three.back):
        (contact,) = due.contacts(three, frontdesk, three.rows[number].id)
        assert (contact.kind, contact.outcome) == ("letter", "letter_made")
        assert contact.author == frontdesk.name
    assert due.contacts(three, frontdesk, three.rows[three.other].id) == ()
    after = due.rows(three, frontdesk, ids(three, three.leg), ON)[0]
    assert (after.contacts, after.last_contact_outcome) == (0, "letter_made")
    # Made is not sent: nobody waits for an answer to it yet.
    assert after.letter_until is None


@pytest.mark.parametrize(
    ("use", "outcome", "words"),
    [(SheetUse.PRINTED, "letter_printed", "letter printed"),
     (SheetUse.SAVED, "letter_saved", "letter saved as PDF")],
)  # fmt: skip
def test_what_became_of_a_letter_is_kept_when_it_happens(
    three: Any, frontdesk: Any, physician: Any, use: SheetUse, outcome: str, words: str
) -> None:
    made = due_print.letters(three, frontdesk, ids(three, three.leg, three.knee), ON).value
    assert all_of(three, DocumentEvent) == []
    out = due_print.put_out(three, physician, made.documents, made.contacts, use)
    assert out.changes.kinds >= {"document", "due"}
    (event,) = all_of(three, DocumentEvent)
    assert (event.document_id, event.use) == (made.documents[0], use)
    for number in (three.leg, three.knee):
        (contact,) = due.contacts(three, frontdesk, three.rows[number].id)
        assert (contact.kind, contact.outcome) == ("letter", outcome)
        assert contact.author == physician.name
    # A second copy is a second use of the sheet, and no second contact.
    due_print.put_out(three, physician, made.documents, made.contacts, use)
    after = due.rows(three, frontdesk, ids(three, three.leg), ON)[0]
    assert (after.contacts, after.last_contact_outcome) == (1, outcome)
    assert after.letter_until is not None
    sheet = due_print.call_sheet(three, frontdesk, ids(three, three.leg), ON).value
    assert f"24 Nov 2026, {words}" in words_of(sheet.pdf)


@pytest.mark.parametrize(
    "changed",
    [{"status": "cannot-determine"}, {"reason": DueReason.SCORE_MISSING}],
    ids=["cannot-determine", "score-missing"],
)
def test_no_day_while_the_rules_cannot_tell(
    three: Any, frontdesk: Any, monkeypatch: pytest.MonkeyPatch, changed: dict[str, Any]
) -> None:
    unsure = replace(three.rows[three.leg], **changed)
    for module in (due_print, due_calls):
        monkeypatch.setattr(module, "due_rows", lambda *_: (unsure,))
    text = words_of(due_print.letters(three, frontdesk, (unsure.id,), ON).value.pdf)
    assert "how you are" in text
    assert "please call us" in text
    assert " from " not in text
    assert " now," not in text
    calls = words_of(due_print.call_sheet(three, frontdesk, (unsure.id,), ON).value.pdf)
    assert "Not known yet" in calls


BLOCK = {"procedure": "facet.block", "site": "L4-L5 left", "intent": "diagnostic", "steroid": False}


@pytest.mark.parametrize(
    ("entries", "reason", "words"),
    [
        ([{"day": MARCH, "scores": HELPED}], "repeat", "Its effect may be wearing off."),
        (
            [{"day": MARCH, "scores": (*HELPED, (date(2026, 10, 1), 7))}],
            "worn_off",
            "Your last pain score tells us that its effect may be wearing off.",
        ),
        (
            [{"day": MARCH, "scores": ((date(2026, 4, 2), 7),)}],
            "failed",
            "it did not help enough",
        ),
        ([{"day": MARCH, "after": 1, **BLOCK}], "second_block", "We need one more test"),
        (
            [{"day": MARCH, "after": 1, **BLOCK}, {"day": date(2026, 4, 1), "after": 1, **BLOCK}],
            "next_step",
            "A heat treatment of the nerves may help you for longer.",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_reason_has_its_letter(
    clinic: Any, frontdesk: Any, entries: list[dict[str, Any]], reason: str, words: str
) -> None:
    number = [performed(clinic, **entry) for entry in entries][-1]
    row = rows_of(clinic, frontdesk)[number]
    assert row.reason == reason
    text = words_of(due_print.letters(clinic, frontdesk, (row.id,), ON).value.pdf)
    in_order(text, "Dear Teresa Villalobos,", words, "Please call us: (617) 555-0100")
    dated = "may have it again" in text or "may be done" in text
    assert dated is (row.status != "cannot-determine")


def test_no_letter_goes_out_before_a_physician_has_decided(clinic: Any, frontdesk: Any) -> None:
    """Andrea has no payer: the clinic's own rules do not say what follows from a block."""
    number = performed(clinic, MARCH, after=3, patient=clinic.seeded.andrea, **BLOCK)
    row = rows_of(clinic, frontdesk)[number]
    assert row.reason == "review"
    assert "the physician decides" in row.detail
    with pytest.raises(Invalid) as caught:
        due_print.letters(clinic, frontdesk, (row.id,), ON)
    assert "before a physician has decided" in caught.value.fields["rows"]


def test_a_patient_without_any_score_is_asked_how_she_is(clinic: Any, frontdesk: Any) -> None:
    number = performed(clinic, date(2026, 10, 2), before=None)
    row = rows_of(clinic, frontdesk)[number]
    assert row.status == "cannot-determine"
    text = words_of(due_print.letters(clinic, frontdesk, (row.id,), ON).value.pdf)
    assert "how you are" in text
    assert "2027" not in text
    assert "please call us" in text


def test_a_good_test_leads_to_the_treatment_not_to_the_same_again(
    three: Any, frontdesk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    patient = three.seeded.teresa
    number = performed(three, MARCH, "nerve.block", "genicular left", intent="diagnostic",
                       patient=patient)  # fmt: skip
    row = replace(three.rows[three.leg], last_procedure_id=number, last_sites=("genicular left",))
    for name in ("due_rows", "rows_in"):
        monkeypatch.setattr(due_print, name, lambda *_: (row,))
    text = words_of(due_print.letters(three, frontdesk, (row.id,), ON).value.pdf)
    in_order(text, "Your test went well: what comes next", "Numbing injection beside a nerve",
             "It may be done now")  # fmt: skip
    assert "again" not in text


def test_a_day_set_by_hand_is_the_one_in_the_letter(three: Any, physician: Any) -> None:
    (row,) = ids(three, three.leg)
    due.set_date(three, physician, row, date(2027, 2, 1), "Wants to wait for her daughter.")
    text = words_of(due_print.letters(three, physician, (row,), ON).value.pdf)
    assert "from Monday 1 February 2027" in text


def test_who_is_booked_gets_no_letter(three: Any, frontdesk: Any) -> None:
    from support.logs import book

    book(three, day=date(2026, 12, 15), status="booked")
    anew(three, three.seeded.teresa)
    leg = rows_of(three, frontdesk)[three.leg]
    assert leg.group == "booked"
    with pytest.raises(Invalid, match="booked: Villalobos, Teresa"):
        due_print.letters(three, frontdesk, (leg.id,), ON)
    both = due_print.letters(three, frontdesk, (leg.id, *ids(three, three.knee)), ON).value
    assert "L5" not in words_of(both.pdf)


@pytest.mark.parametrize(
    ("country", "shown"),
    [("US", False), ("usa", False), ("United States", False), ("Canada", True), ("", False)],
)
def test_the_country_stands_only_on_letters_abroad(
    clinic: Any, frontdesk: Any, country: str, shown: bool
) -> None:
    patient = clinic.seeded.andrea
    lives(clinic, patient, "Apt 4\n7 Elm Street", "Agawam", "01001", country)
    number = performed(clinic, MARCH, scores=HELPED, patient=patient)
    row = rows_of(clinic, frontdesk)[number]
    text = words_of(due_print.letters(clinic, frontdesk, (row.id,), ON).value.pdf)
    after = f"{country} Wednesday" if shown else "Wednesday"
    assert f"Apt 4 7 Elm Street Agawam, MA 01001 {after} 25 November 2026" in text


def test_a_language_without_a_letter_is_said(three: Any, frontdesk: Any) -> None:
    speaks(three, three.seeded.andrea, "pt")
    printed = due_print.letters(three, frontdesk, ids(three, three.back), ON).value
    assert printed.languages == (("en", 1),)
    assert printed.notes == ("1 in English: there is no letter in Portuguese yet.",)


def test_nothing_is_kept_when_no_letter_can_be_made(three: Any, frontdesk: Any) -> None:
    for wrong in (ids(three, three.other), (987_654,), ()):
        with pytest.raises(Invalid) as caught:
            due_print.letters(three, frontdesk, wrong, ON)
        assert "rows" in caught.value.fields
    with pytest.raises(Invalid, match="Letter or A4"):
        due_print.letters(three, frontdesk, everything(three), ON, paper="a3")
    for table in (Document, DocumentBlob, DocumentEvent, ContactAttempt):
        assert all_of(three, table) == []


def test_a_fault_half_way_keeps_nothing(
    three: Any, frontdesk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from clinicdesk.data.queries import due_acts

    calls: list[int] = []
    original = due_acts.add_attempt

    def failing(*args: Any) -> int:
        calls.append(1)
        if len(calls) == 3:
            raise OSError("disk")
        return original(*args)

    monkeypatch.setattr(due_acts, "add_attempt", failing)
    with pytest.raises(Exception, match="disk"):
        due_print.letters(three, frontdesk, everything(three), ON)
    for table in (Document, DocumentBlob, ContactAttempt):
        assert all_of(three, table) == []


def test_a_row_done_meanwhile_gets_no_contact(
    three: Any, frontdesk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from clinicdesk.documents import render as module

    original = module.render

    def drawing(*args: Any, **kwargs: Any) -> Any:
        # Somebody else writes while the pages are drawn: nothing holds a lock.
        performed(three, date(2026, 11, 20), patient=three.seeded.andrea)
        anew(three, three.seeded.andrea)
        monkeypatch.setattr(module, "render", original)
        return original(*args, **kwargs)

    monkeypatch.setattr(module, "render", drawing)
    wanted = ids(three, three.back, three.leg)
    printed = due_print.letters(three, frontdesk, wanted, ON).value
    assert {row.patient_id for row in all_of(three, Document)} == {three.seeded.teresa}
    assert {row.patient_id for row in all_of(three, ContactAttempt)} == {three.seeded.teresa}
    assert printed.pages == 1
    assert any("Soto, Andrea" in note for note in printed.notes)


def test_audit_has_the_act_and_never_the_bytes(three: Any, frontdesk: Any, manager: Any) -> None:
    due_print.letters(three, frontdesk, everything(three), ON)
    items = all_of(three, AuditItem)
    assert {"document", "document_blob", "contact_attempt"} <= {i.table_name for i in items}
    assert not any("%PDF" in (item.after or "") for item in items)
    assert verify(three, manager).broken is None


def test_nobody_prints_without_the_permission(
    three: Any, frontdesk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from clinicdesk.domain import permissions

    wanted = everything(three)
    monkeypatch.setitem(
        permissions.GRANTED, Role.FRONT_DESK, frozenset({permissions.Permission.WORK_DUE_LIST})
    )
    with pytest.raises(NotAllowed):
        due_print.letters(three, frontdesk, wanted, ON)
    with pytest.raises(NotAllowed):
        due_print.call_sheet(three, frontdesk, wanted, ON)
    assert all_of(three, Document) == []


def test_a_hostile_name_is_printed_and_stored(clinic: Any, frontdesk: Any) -> None:
    patient = clinic.seeded.obrien
    lives(clinic, patient, "<b>1</b> & 2 Main St", "Lynn", "01901")
    number = performed(clinic, MARCH, scores=HELPED, patient=patient)
    row = rows_of(clinic, frontdesk)[number]
    text = words_of(due_print.letters(clinic, frontdesk, (row.id,), ON).value.pdf)
    in_order(text, "& Søn</b> <b>O'Brien", "<b>1</b> & 2 Main St", "Dear & Søn</b> <b>O'Brien,")
    calls = words_of(due_print.call_sheet(clinic, frontdesk, (row.id,), ON).value.pdf)
    assert "<b>O'Brien, & Søn</b>" in calls


def test_the_row_of_a_procedure(three: Any, frontdesk: Any) -> None:
    found = due_print.row_of_procedure(three, frontdesk, three.knee)
    assert found == three.rows[three.knee].id
    with pytest.raises(NotFound, match="999"):
        due_print.row_of_procedure(three, frontdesk, 999)


# -- the call sheet --------------------------------------------------------------------------


def test_the_call_sheet_says_what_a_clerk_needs(three: Any, frontdesk: Any) -> None:
    printed = due_print.call_sheet(three, frontdesk, everything(three), ON).value
    text = words_of(printed.pdf)
    assert printed.title == "Calls to make: Wednesday 25 November 2026"
    assert printed.pages == 1
    now = datetime(2026, 11, 24, 10, 12)  # noqa: DTZ001 - as the clinic's clock says it
    in_order(text, f"Printed 24 Nov 2026 {now:%H:%M} by Joelle Marsh", "Page 1 of 1")
    in_order(text, "Villalobos, Teresa", "14 Mar 1958 · 004182", "Blood thinner: apixaban",
             "(617) 555-0143", "English", "Transforaminal ESI, L5 left")  # fmt: skip
    assert "Joint injection, knee right" in text
    assert "Spanish" in text
    assert three.rows[three.leg].detail in text


def test_nobody_is_rung_up_twice(three: Any, frontdesk: Any) -> None:
    teresa, duplicate = three.seeded.teresa, three.seeded.sean
    with three.store.write(None, "test.calls") as tx:
        for patient, kind in ((teresa, "safety"), (teresa, "score"), (duplicate, "safety")):
            tx.add(FollowUp(patient_id=patient, procedure_id=three.leg, kind=kind, due_on=ON))
        tx.get(Patient, duplicate).merged_into = teresa
    assert {call.patient_id for call in calls.promised(three, frontdesk, ON)} == {teresa}
    text = words_of(due_print.call_sheet(three, frontdesk, everything(three), ON).value.pdf)
    in_order(text, "Promised calls (1)", "Villalobos, Teresa", "ask how it went",
             "ask for the pain scores", "Transforaminal ESI, L5 left")  # fmt: skip
    assert text.count("Villalobos, Teresa") == 1


def test_the_call_sheet_is_audited_and_not_stored(three: Any, frontdesk: Any, manager: Any) -> None:
    due_print.call_sheet(three, frontdesk, everything(three), ON)
    assert all_of(three, Document) == []
    assert all_of(three, ContactAttempt) == []
    assert any(item.table_name == "due.call_sheet" for item in all_of(three, AuditItem))
    assert verify(three, manager).broken is None


def test_the_last_contact_stands_on_the_sheet(three: Any, frontdesk: Any) -> None:
    due_print.letters(three, frontdesk, ids(three, three.leg), ON)
    text = words_of(due_print.call_sheet(three, frontdesk, ids(three, three.leg), ON).value.pdf)
    assert "24 Nov 2026, letter made, not printed" in text


def test_rows_that_are_gone_and_an_empty_list(three: Any, frontdesk: Any) -> None:
    with pytest.raises(Invalid, match="left the list"):
        due_print.call_sheet(three, frontdesk, (987_654,), ON)
    nothing = due_print.call_sheet(three, frontdesk, (), ON).value
    assert nothing.notes == ("Nobody is to be called on this day.",)
    assert "Nobody to call" in words_of(nothing.pdf)


def test_nobody_stands_twice_on_the_call_sheet(
    three: Any, frontdesk: Any, monkeypatch: Any
) -> None:
    leg = three.rows[three.leg]
    hip = replace(leg, id=leg.id + 9000, procedure="joint.injection", site="hip left")
    monkeypatch.setattr(due_calls, "due_rows", lambda *_: (leg, hip))
    text = words_of(due_print.call_sheet(three, frontdesk, (leg.id, hip.id), ON).value.pdf)
    assert text.count("004182") == 1
    assert "hip left" in text

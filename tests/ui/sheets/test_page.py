"""The documents page as a person uses it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QPushButton
from support.desk import words_in
from support.logs import PASSWORD, book, complete

from clinicdesk.data.tables import PatientDrug
from clinicdesk.services import procedures, sheets
from clinicdesk.ui.sheets import output

CTRL = Qt.KeyboardModifier.ControlModifier


def stored(desk: Any) -> tuple[Any, ...]:
    return sheets.documents(desk.clinic, desk.actor, desk.clinic.seeded.teresa)


def test_the_sheet_on_show_is_the_stored_one(desk: Any) -> None:
    desk.consent()
    (row,) = stored(desk)
    preview = desk.page.preview
    assert preview.ready
    assert preview.pdf == sheets.open_document(desk.clinic, desk.actor, row.id)
    assert desk.page.stage.heading.text() == "Consent: " + row.title
    assert desk.page.stage.pages.text() == "2 pages"
    assert "Teresa Villalobos" in preview.pages.accessibleDescription()


def test_pages_are_painted(desk: Any) -> None:
    desk.consent()
    pages = desk.page.preview.pages
    picture = pages.grab().toImage()
    rect = pages.page_rects()[0]
    ratio = picture.devicePixelRatio()
    row = int((rect.top() + rect.height() * 0.06) * ratio)
    columns = range(int(rect.left()) + 2, int(rect.right()) - 2)
    colours = {QColor(picture.pixel(int(x * ratio), row)).name() for x in columns}
    assert "#ffffff" in colours
    assert len(colours) > 3


def test_from_consent_to_aftercare_and_back(desk: Any) -> None:
    desk.consent()
    desk.click(desk.button("After-care, Transforaminal ESI"))
    assert desk.page.stage.heading.text().startswith("After-care")
    assert desk.button("After-care, Transforaminal ESI").isChecked()
    desk.click(desk.button("Consent, Transforaminal ESI"))
    assert desk.page.stage.heading.text().startswith("Consent")
    assert len(stored(desk)) == 2


def signed(desk: Any) -> int:
    """A procedure of today, signed by its physician."""
    actor = desk.clinic.seeded.actor("physician")
    form = complete(procedures.open_log(desk.clinic, actor, book(desk.clinic)).form)
    return int(procedures.sign(desk.clinic, actor, form, 0, PASSWORD).value)


def test_the_note_of_a_signed_log_is_shown_as_it_is_stored(desk_of: Any) -> None:
    desk = desk_of("physician")
    desk.open(kind="note", procedure_id=signed(desk))
    assert desk.page.stage.heading.text() == "Procedure note: Transforaminal ESI, L5 left"
    (row,) = stored(desk)
    assert desk.page.preview.pdf == sheets.open_document(desk.clinic, desk.actor, row.id)
    assert desk.button("Procedure note, Transforaminal ESI").isChecked()
    # It is in the language of the record, whatever the patient speaks.
    assert not desk.page.options.language.isEnabled()
    assert desk.page.options.notice.text() == ""
    desk.click(desk.button("Paper: A4"))
    assert len(stored(desk)) == 2
    desk.click(desk.button("After-care, Transforaminal ESI"))
    assert desk.page.options.language.isEnabled()


def test_a_note_is_offered_only_of_a_signed_log_and_to_who_may_read_it(desk_of: Any) -> None:
    def offered(desk: Any) -> bool:
        buttons = desk.page.findChildren(QPushButton)
        names = [b.accessibleName() for b in buttons if b.isVisible()]
        assert any(name.startswith("Consent, ") for name in names)
        return any(name.startswith("Procedure note, ") for name in names)

    physician, clerk = desk_of("physician"), desk_of("frontdesk")
    number = signed(physician)
    physician.consent(patient=physician.clinic.seeded.andrea, hour=8)
    assert not offered(physician)
    for desk in (physician, clerk):
        desk.open(procedure_id=number)
    assert offered(physician)
    assert not offered(clerk)
    # A stored one is on the clerk's list; what is in it is not for them.
    physician.click(physician.button("Procedure note, Transforaminal ESI"))
    clerk.open(patient_id=clerk.clinic.seeded.teresa)
    assert not clerk.button("Procedure note: Transforaminal ESI").isEnabled()
    assert not clerk.page.preview.ready


def test_paper_and_large_print_make_other_sheets(desk: Any) -> None:
    desk.consent()
    desk.click(desk.button("Paper: A4"))
    size = desk.page.preview.pages.page_rects()[0]
    assert size.height() / size.width() == pytest.approx(297 / 210, abs=0.01)
    desk.click(desk.page.options.large)
    assert [(row.paper, row.large) for row in stored(desk)] == [
        ("a4", True), ("a4", False), ("letter", False),
    ]  # fmt: skip
    assert "page" in desk.page.stage.pages.text()


def test_zoom_by_keys_and_buttons(desk: Any) -> None:
    desk.consent()
    before = desk.page.stage.zoom.text()
    desk.click(desk.page.stage.larger)
    larger = desk.page.stage.zoom.text()
    assert int(larger.rstrip("%")) > int(before.rstrip("%"))
    desk.page.preview.fit()
    desk.settle()
    assert desk.page.stage.zoom.text() == before


def test_a_sheet_takes_the_width_and_ctrl_0_shows_it_whole(desk: Any) -> None:
    desk.consent()
    preview = desk.page.preview
    desk.page.options.large.setFocus()
    view, page = preview.area.viewport(), preview.pages.page_rects()[0]
    assert view.width() - 60 < page.width() <= view.width()
    assert page.height() > view.height()
    desk.press(Qt.Key.Key_0, CTRL)
    page = preview.pages.page_rects()[0]
    assert page.height() < view.height()
    desk.press(Qt.Key.Key_0, CTRL)
    assert preview.pages.page_rects()[0].width() > view.width() - 60


def test_saving_writes_the_stored_bytes_under_a_name_that_tells_nothing(
    desk: Any, tmp_path: Path
) -> None:
    desk.consent()
    desk.click(desk.page.options.save)
    dialog = desk.page.findChild(QFileDialog)
    assert dialog is not None
    line = dialog.findChild(QLineEdit)
    proposed = Path(line.text()).name
    assert proposed.startswith("consent-CF-EPI-TF-EN-2-")
    assert "illalobos" not in proposed
    target = tmp_path / "sheet.pdf"
    line.selectAll()
    desk.qtbot.keyClicks(line, str(target))
    desk.qtbot.keyClick(line, Qt.Key.Key_Return)
    desk.settle()
    (row,) = stored(desk)
    assert target.read_bytes() == desk.page.preview.pdf
    assert row.saved == 1
    assert desk.said[-1].startswith("Saved as sheet.pdf")
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []


def test_a_file_that_cannot_be_written_is_said_in_words(desk: Any, tmp_path: Path) -> None:
    desk.consent()
    sheet = sheets.stored(desk.clinic, desk.actor, stored(desk)[0].id)
    desk.page.outlet.save_to(tmp_path / "no" / "such" / "sheet.pdf", sheet)
    desk.settle()
    assert "is not there. Make it first" in desk.page.options.trouble.text()
    assert desk.page.options.trouble.isVisible()
    assert stored(desk)[0].saved == 0


def test_without_a_printer_the_banner_offers_to_save(
    desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(output, "has_printer", bool)
    desk.consent()
    desk.click(desk.page.options.print)
    banner = desk.page.options.trouble
    assert "knows no printer" in banner.text()
    desk.click(banner.button)
    assert desk.page.findChild(QFileDialog) is not None


def test_printing_prints_every_page_and_notes_it(desk: Any, tmp_path: Path) -> None:
    desk.consent(patient=desk.clinic.seeded.teresa)
    (row,) = stored(desk)
    sheet = sheets.stored(desk.clinic, desk.actor, row.id)
    printer = output.printer_for("letter", "Consent")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    desk.page.outlet.print_on(printer, sheet)
    desk.settle()
    pages = PdfReader(BytesIO((tmp_path / "paper.pdf").read_bytes())).pages
    assert len(pages) == row.pages
    assert stored(desk)[0].printed == 1
    assert desk.said[-1] == "Sent to the printer: Consent."
    assert "Printed" in desk.button("Consent: Steroid").accessibleName()


def test_a_stored_version_is_shown_as_it_was(desk: Any) -> None:
    desk.consent()
    first = desk.page.preview.pdf
    desk.click(desk.button("Paper: A4"))
    assert desk.page.preview.pdf != first
    desk.click(desk.button("Show the version of", enabled=True))
    assert desk.page.preview.pdf == first
    assert desk.page.options.notice.text() == "A stored sheet, as it was made."
    assert not desk.page.paper.isEnabled()


def test_a_patient_alone_lists_and_makes_nothing(desk: Any) -> None:
    book(desk.clinic)
    desk.open(patient_id=desk.clinic.seeded.teresa)
    assert desk.page.shelf.name.text() == "Teresa Villalobos"
    assert desk.page.shelf.facts.text().endswith("MRN 004182")
    assert stored(desk) == ()
    assert not desk.page.options.print.isEnabled()
    desk.click(desk.button("Consent, Transforaminal ESI"))
    assert len(stored(desk)) == 1


def test_a_visit_without_procedure_says_so(desk: Any) -> None:
    visit = book(desk.clinic, procedure="")
    desk.open(kind="consent", appointment_id=visit, patient_id=desk.clinic.seeded.teresa)
    assert not desk.page.preview.ready
    assert "Nothing is planned" in words_in(desk.page.preview)


def test_nobody_chosen_leads_to_the_patients(desk: Any) -> None:
    desk.open()
    desk.click(desk.page.preview.empty.button)
    assert [page for page, _ in desk.went] == ["patients"]


def test_the_last_of_quick_choices_counts(desk: Any) -> None:
    desk.consent()
    for name in ("After-care, Transforaminal ESI", "Consent, Transforaminal ESI") * 3:
        desk.qtbot.mouseClick(desk.button(name), Qt.MouseButton.LeftButton)
    desk.settle()
    assert desk.page.stage.heading.text().startswith("Consent")
    assert desk.page.preview.ready


# -- dates that a clinician confirms ---------------------------------------------------------


def test_front_desk_is_warned_and_confirms_nothing(desk: Any) -> None:
    desk.open(kind="aftercare", appointment_id=book(desk.clinic))
    assert "No restart date" in desk.page.options.notice.text()
    assert not desk.page.options.dates.isVisible()


def test_a_nurse_puts_the_restart_date_on_the_sheet(desk_of: Any) -> None:
    desk = desk_of("nurse")
    desk.open(kind="aftercare", appointment_id=book(desk.clinic))
    dates = desk.page.options.dates
    desk.qtbot.keyClicks(dates.restart, "tomorrow")
    desk.click(dates.button)
    # A day alone says nothing of the hour.
    assert "Type a time such as 14:30" in dates.restart_field.error()
    dates.restart.selectAll()
    desk.qtbot.keyClicks(dates.restart, "tomorrow 11:00")
    words = [label.text() for label in dates.findChildren(QLabel)]
    assert "= Wed 25 November 2026, 11:00" in words
    desk.click(dates.button)
    words = desk.page.preview.pages.accessibleDescription()
    assert "Start again Wednesday 25 November at 11:00" in words
    assert desk.page.options.notice.text() == ""
    # Whoever makes it again is offered what was said, with who said it.
    desk.click(desk.button("Consent, Transforaminal ESI"))
    desk.click(desk.button("After-care, Transforaminal ESI"))
    assert dates.restart.text().endswith("11:00")
    name = desk.clinic.seeded.actor("nurse").name
    words = [label.text() for label in dates.findChildren(QLabel)]
    assert f"As {name} said. Empty it to follow the guideline again." in words
    words = desk.page.preview.pages.accessibleDescription()
    assert "Start again Wednesday 25 November at 11:00" in words
    dates.restart.clear()
    desk.click(dates.button)
    assert "Start again" not in desk.page.preview.pages.accessibleDescription()


def test_of_two_blood_thinners_the_time_is_said_of_the_chosen_one(desk_of: Any) -> None:
    desk = desk_of("nurse")
    clinic = desk.clinic
    with clinic.store.write(None, "test.drug") as tx:
        tx.add(PatientDrug(patient_id=clinic.seeded.teresa, drug="warfarin", kind="anticoagulant"))
    desk.open(kind="aftercare", appointment_id=book(clinic))
    dates = desk.page.options.dates
    assert dates.of_drug.isVisible()
    assert [dates.of_drug.itemText(n) for n in range(dates.of_drug.count())] == [
        "Choose the drug…", "apixaban", "warfarin",
    ]  # fmt: skip
    # None is chosen by the program.
    desk.qtbot.keyClicks(dates.restart, "tomorrow 11:00")
    desk.click(dates.button)
    assert "Say of which blood thinner: apixaban or warfarin" in dates.restart_field.error()
    assert "Start again" not in desk.page.preview.pages.accessibleDescription()
    desk.qtbot.keyClicks(dates.of_drug, "w")
    assert dates.restart.text() == "tomorrow 11:00"
    desk.click(dates.button)
    words = desk.page.preview.pages.accessibleDescription()
    assert words.count("Start again Wednesday 25 November at 11:00") == 1
    assert words.index("Blood thinner: warfarin") < words.index("25 November at 11:00")
    assert dates.of_drug.currentText() == "warfarin"


def test_a_restart_before_the_procedure_is_refused_at_the_field(desk_of: Any) -> None:
    desk = desk_of("nurse")
    desk.open(kind="aftercare", appointment_id=book(desk.clinic))
    dates = desk.page.options.dates
    desk.qtbot.keyClicks(dates.restart, "1/1/2020 12:00")
    desk.click(dates.button)
    assert "Choose a day after the procedure" in dates.restart_field.error()
    assert "Start again" not in desk.page.preview.pages.accessibleDescription()
    assert desk.page.preview.ready


def test_another_patient_shows_nothing_of_the_one_before(desk: Any) -> None:
    desk.consent()
    desk.open(patient_id=desk.clinic.seeded.andrea)
    assert desk.page.shelf.name.text() == "Andrea Soto"
    assert not desk.page.preview.ready
    assert "Villalobos" not in desk.page.preview.pages.accessibleDescription()
    assert not desk.page.options.print.isEnabled()


def test_the_print_dialog_goes_when_the_page_is_left(
    desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(output, "has_printer", lambda: True)
    desk.consent()
    desk.click(desk.page.options.print)
    dialog = desk.page.findChild(QPrintDialog)
    assert dialog is not None
    assert dialog.isVisible()
    desk.page.leave()
    desk.settle()
    assert desk.page.findChild(QPrintDialog) is None
    desk.click(desk.page.options.save)
    assert desk.page.findChild(QFileDialog) is not None

"""The import page, by its buttons and lists."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from clinicdesk.services import patients
from clinicdesk.ui.actions import Actions
from clinicdesk.ui.bus import Bus
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.importing.page import ImportPage
from clinicdesk.ui.importing.result import write_refused
from clinicdesk.ui.tasks import Tasks

FILES = Path(__file__).parents[2] / "files" / "synthea"


@pytest.fixture
def page(qtbot: Any, embedded_clinic: Any, frontdesk: Any) -> Any:
    bus = Bus()
    tasks = Tasks(bus)
    context = UiContext(embedded_clinic, frontdesk, tasks, bus, embedded_clinic.clock, Actions())
    made = ImportPage(context)
    qtbot.addWidget(made)
    made.resize(1200, 760)
    made.show()
    yield made
    tasks.close()


def rest(qtbot: Any, page: ImportPage) -> None:
    qtbot.waitUntil(lambda: page.context.tasks.idle, timeout=20000)
    qtbot.wait(20)


def some(folder: Path, count: int) -> str:
    lines = (FILES / "patients.csv").read_text(encoding="utf-8").splitlines()[: count + 1]
    path = folder / "some.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return str(path)


def test_the_file_is_shown_as_understood_before_anything_is_written(
    qtbot: Any, page: ImportPage, frontdesk: Any, tmp_path: Path
) -> None:
    page.open_file(some(tmp_path, 12))
    rest(qtbot, page)
    assert page.name.text() == "some.csv"
    assert "12 rows" in page.summary.text()
    heads = [page.table.horizontalHeaderItem(c).text() for c in range(page.table.columnCount())]
    first = page.table.cellWidget(0, heads.index("LAST"))
    assert first.currentText() == "Surname"  # type: ignore[attr-defined]
    assert page.go.text() == "Import 12 patients"
    assert patients.search(page.context.clinic, frontdesk, "gomez206") == ()


def test_import_says_what_it_did_and_the_people_are_found(
    qtbot: Any, page: ImportPage, frontdesk: Any, tmp_path: Path
) -> None:
    page.open_file(some(tmp_path, 12))
    page.join_allergies(str(FILES / "allergies.csv"))
    rest(qtbot, page)
    QTest.mouseClick(page.go, Qt.MouseButton.LeftButton)
    rest(qtbot, page)
    assert page.result.headline.text() == "12 added, 0 updated"
    assert page.result.table.rowCount() > 0
    assert "SSN" in page.result.banner.text()
    assert patients.search(page.context.clinic, frontdesk, "gomez jose")


def test_who_may_be_the_same_is_decided_in_the_window(
    qtbot: Any, page: ImportPage, frontdesk: Any, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    text = "Last,First,DOB,Phone\nMoss,Ada,1970-05-14,6175550101\nMoss,Ada,1970-05-14,6175550102\n"
    path.write_text(text, encoding="utf-8")
    page.open_file(str(path))
    rest(qtbot, page)
    QTest.mouseClick(page.go, Qt.MouseButton.LeftButton)
    rest(qtbot, page)
    assert "1 added + 0 updated + 0 unchanged + 1 refused" in page.result.counts.text()
    assert "every one accounted for" in page.result.counts.text()
    assert page.result.alike.isVisible()
    assert not page.result.take.isEnabled()
    choice = page.result.alike.cellWidget(0, 1)
    choice.setFocus()
    QTest.keyClicks(choice, "Another")
    choice.activated.emit(choice.currentIndex())  # type: ignore[attr-defined]
    QTest.mouseClick(page.result.take, Qt.MouseButton.LeftButton)
    rest(qtbot, page)
    assert "1 added + 0 updated + 1 unchanged + 0 refused" in page.result.counts.text()
    assert page.result.alike.isHidden()
    assert len(patients.search(page.context.clinic, frontdesk, "moss ada")) == 2


def test_what_is_said_of_a_whole_column_and_units_are_asked_for(
    qtbot: Any, page: ImportPage, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Last,First,DOB,Weight,Email\nMoss,Ada,1970-05-14,154,NULL\n", encoding="utf-8")
    page.open_file(str(path))
    rest(qtbot, page)
    assert "Weight: 1 × kg or lb?" in page.notes.text()
    assert "Email: 1 × a word for “empty”" in page.notes.text()
    page.options.weight_unit = "lb"
    page.options.changed.emit()
    rest(qtbot, page)
    assert "“154” was taken as 69.9 kg" in page.notes.text()


def test_an_open_order_of_dates_must_be_settled_first(
    qtbot: Any, page: ImportPage, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Last,First,DOB\nMoss,Ada,03/04/1970\n", encoding="utf-8")
    page.open_file(str(path))
    rest(qtbot, page)
    assert "month first or day first" in page.banner.text()
    assert not page.go.isEnabled()
    page.options.date_order = "dmy"
    page.options.changed.emit()
    rest(qtbot, page)
    assert page.go.isEnabled()


def test_a_column_is_given_its_field_by_hand(qtbot: Any, page: ImportPage, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("A,B,C\nMoss,Ada,1970-04-13\n", encoding="utf-8")
    page.open_file(str(path))
    rest(qtbot, page)
    assert "No column holds the names" in page.banner.text()
    for column, field in (("A", "family"), ("B", "given"), ("C", "birth_date")):
        page.table.mapped.emit(column, field)
        rest(qtbot, page)
    assert page.banner.text() == ""
    assert page.go.text() == "Import 1 patient"


def test_a_file_that_is_none_is_answered_in_words(
    qtbot: Any, page: ImportPage, tmp_path: Path
) -> None:
    path = tmp_path / "picture.csv"
    path.write_bytes(b"\x89PNG\0\0")
    page.open_file(str(path))
    rest(qtbot, page)
    assert "is not a text file" in page.banner.text()


def test_refused_rows_run_no_formula(tmp_path: Path) -> None:
    from clinicdesk.services.importing import Refusal

    path = tmp_path / "refused.csv"
    write_refused(path, [Refusal("a.csv", 3, "@x", "=1+1")])
    assert "'=1+1" in path.read_text(encoding="utf-8-sig")

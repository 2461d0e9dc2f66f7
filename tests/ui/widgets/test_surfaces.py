"""Chips, banners, empty and loading states, the patient's strip."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolTip, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from clinicdesk.domain.rows.people import AllergyRow
from clinicdesk.domain.rows.people import Banner as BannerRow
from clinicdesk.ui import theme
from clinicdesk.ui.widgets import (
    Banner,
    Chip,
    EmptyState,
    FlowRow,
    Label,
    MoreChips,
    PatientBanner,
    Skeleton,
    patient_chips,
)

OnShow = Callable[..., QWidget]

TERESA = BannerRow(
    id=1, version=1, mrn="004182", family="Villalobos", given="Teresa",
    birth_date=date(1958, 3, 14), age=68, sex="female", language="es", interpreter=True,
    phone="(617) 555-0143", deceased_on=None,
    allergies=(
        AllergyRow(1, "Latex", "latex", "anaphylaxis", "severe"),
        AllergyRow(2, "Penicillin", "drug", "rash", "mild"),
    ),
    anticoagulants=("apixaban",), alerts=("Difficult airway",), weight_kg=Decimal("71.5"),
    weight_on=date(2026, 11, 2), payer="Medicare",
)  # fmt: skip


def page(*widgets: QWidget) -> QWidget:
    made = QWidget()
    made.setObjectName("canvas")
    layout = QVBoxLayout(made)
    for widget in widgets:
        layout.addWidget(widget)
    layout.addStretch(1)
    return made


def fill_of(chip: Chip) -> QColor:
    return chip.grab().toImage().pixelColor(4, chip.height() // 2)


# -- chips and the patient's strip ----------------------------------------------------------


@pytest.mark.parametrize("look", ["light", "dark"])
def test_only_an_allergy_is_solid_red(look: str, on_show: OnShow, qapp: QApplication) -> None:
    theme.apply(qapp, look)
    chips = {tone: Chip("Latex", tone) for tone in
             ("allergy", "warn", "ok", "danger", "info", "accent", "neutral")}  # fmt: skip
    on_show(page(*chips.values()))
    red = theme.colour("solid")
    assert [tone for tone, chip in chips.items() if fill_of(chip) == red] == ["allergy"]


def test_an_allergy_that_is_cut_short_can_be_read_in_full(on_show: OnShow) -> None:
    words = "Iodinated contrast: anaphylaxis with airway swelling, 2019"
    chip = Chip(words, "allergy", "alert")
    holder = QWidget()
    on_show(holder, 160, 60)
    chip.setParent(holder)
    chip.setGeometry(QRect(4, 4, 120, 22))
    chip.show()
    centre = chip.rect().center()
    help_event = QHelpEvent(QEvent.Type.ToolTip, centre, chip.mapToGlobal(centre))
    QApplication.sendEvent(chip, help_event)
    assert QToolTip.text() == words
    QToolTip.hideText()
    assert QAccessible.queryAccessibleInterface(chip).text(QAccessible.Text.Name) == words


def test_the_strip_says_who_it_is_and_what_to_beware_of(on_show: OnShow) -> None:
    strip = PatientBanner(TERESA)
    on_show(page(strip), 1300, 160)
    shown = [label.text() for label in strip.findChildren(QLabel)]
    assert "Teresa Villalobos" in shown
    assert "Female · 68 y · born 14 Mar 1958 · MRN 004182" in shown
    chips = [chip.text() for chip in strip.findChildren(Chip)]
    assert chips == [
        "Latex: anaphylaxis", "Apixaban", "Penicillin: rash", "Difficult airway",
        "Spanish · interpreter", "71.5 kg",
    ]  # fmt: skip


def test_the_strip_is_read_out_with_its_dangers(qtbot: QtBot) -> None:
    strip = PatientBanner(TERESA)
    qtbot.addWidget(strip)
    spoken = strip.accessibleName()
    assert spoken.startswith("Teresa Villalobos, Female")
    assert "Latex: anaphylaxis" in spoken
    assert "Apixaban" in spoken


def _seen(strip: QWidget) -> list[str]:
    return [chip.text() for chip in strip.findChildren(Chip) if chip.isVisible()]


def test_the_most_dangerous_come_first_and_the_others_fold_away_and_none_is_lost(
    on_show: OnShow,
) -> None:
    contrast = AllergyRow(3, "IV dye", "contrast", "hives", "", contrast=True)
    many = replace(
        TERESA, pregnant=True, devices=("Pacemaker",), prostheses=("Knee replacement left",),
        allergies=(*TERESA.allergies, contrast),
    )  # fmt: skip
    strip = PatientBanner(many)
    on_show(page(strip), 1300, 200)
    rest = ["Spanish · interpreter", "71.5 kg"]
    first = ["Pregnant", "Latex: anaphylaxis", "IV dye: hives"]
    folded = ["Pacemaker", "Apixaban", "Penicillin: rash", "Difficult airway",
              "Knee replacement left"]  # fmt: skip
    assert _seen(strip) == [*first, *rest]
    (more,) = strip.findChildren(MoreChips)
    assert more.text() == "+5"
    assert more.toolTip() == ", ".join(folded)
    more.setFocus()
    QTest.keyClick(more, Qt.Key.Key_Return)
    assert _seen(strip) == [*first, *folded, *rest]
    assert not more.isVisible()


def test_what_matters_for_a_procedure_comes_first(qtbot: QtBot) -> None:
    chips = patient_chips(TERESA, order=lambda danger: danger.kind != "alert")
    for chip in chips:
        qtbot.addWidget(chip)
    words = [chip.text() for chip in chips if isinstance(chip, Chip)]
    assert words[:2] == ["Difficult airway", "Latex: anaphylaxis"]


def test_another_patients_chips_do_not_stay(on_show: OnShow, qtbot: QtBot) -> None:
    strip = PatientBanner(TERESA)
    on_show(page(strip), 1300, 160)
    strip.set_banner(
        replace(TERESA, given="Andrea", family="Soto", allergies=(), anticoagulants=(), alerts=())
    )
    seen = [chip.text() for chip in strip.findChildren(Chip) if chip.isVisible()]
    assert seen == ["Spanish · interpreter", "71.5 kg"]
    qtbot.waitUntil(lambda: len(strip.findChildren(Chip)) == 2)


def test_a_death_and_a_merged_record_come_first(qtbot: QtBot) -> None:
    chips = patient_chips(replace(TERESA, deceased_on=date(2026, 5, 1), merged_into=9))
    for chip in chips:
        qtbot.addWidget(chip)
    words = [chip.text() for chip in chips if isinstance(chip, Chip)]
    assert words[:2] == ["Merged into another record", "Died 1 May 2026"]


def test_chips_break_into_rows_instead_of_running_out(on_show: OnShow) -> None:
    flow = FlowRow()
    chips = [Chip(f"Allergy number {n}", "allergy", "alert") for n in range(8)]
    flow.set_widgets(chips)
    on_show(page(flow), 400, 300)
    assert len({chip.y() for chip in chips}) > 1
    assert all(chip.geometry().right() <= flow.width() for chip in chips)
    assert all(chip.width() >= chip.sizeHint().width() for chip in chips)


def test_words_are_never_taken_for_mark_up(qtbot: QtBot) -> None:
    label = Label("<b>O'Brien</b>")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText


# -- banners, empty, loading ----------------------------------------------------------------


def test_a_banner_shows_its_sentence_and_its_way_out(on_show: OnShow, qtbot: QtBot) -> None:
    banner = Banner("warn", "Printer offline. The sheet is saved as a PDF.", "Open PDF")
    on_show(page(banner))
    assert banner.isVisible()
    with qtbot.waitSignal(banner.acted):
        QTest.mouseClick(banner.button, Qt.MouseButton.LeftButton)
    banner.show_text("")
    assert not banner.isVisible()


def test_a_banner_without_an_action_has_no_button(on_show: OnShow) -> None:
    banner = Banner()
    on_show(page(banner))
    assert not banner.isVisible()
    banner.show_text("The disk is full. Nothing was lost.", "danger")
    assert banner.isVisible()
    assert not banner.button.isVisible()
    assert banner.accessibleName() == "The disk is full. Nothing was lost."


def test_a_banners_mark_follows_the_theme(on_show: OnShow, qapp: QApplication) -> None:
    banner = Banner("danger", "The disk is full.")
    on_show(page(banner))
    before = banner.grab().toImage()
    theme.apply(qapp, "dark")
    QApplication.processEvents()
    after = banner.grab().toImage()
    light = QColor(theme.load_tokens("light").colours["danger"])
    spots = [(x, y) for x in range(12, 32) for y in range(after.height())]
    assert any(before.pixelColor(x, y) == light for x, y in spots)
    assert not any(after.pixelColor(x, y) == light for x, y in spots)


def test_an_empty_list_says_what_to_do(on_show: OnShow, qtbot: QtBot) -> None:
    empty = EmptyState("people", "No patient matches “Vilalobos”", "Add a patient")
    on_show(page(empty))
    with qtbot.waitSignal(empty.acted):
        QTest.mouseClick(empty.button, Qt.MouseButton.LeftButton)
    empty.say("Nobody is booked today")
    assert not empty.button.isVisible()
    assert any(label.text() == "Nobody is booked today" for label in empty.findChildren(QLabel))


def test_bars_come_only_when_it_takes_long(on_show: OnShow, qtbot: QtBot) -> None:
    bars = Skeleton(rows=3)
    on_show(page(bars))
    ground = bars.grab().toImage().pixelColor(QPoint(30, 18))
    bars.begin()
    assert bars.grab().toImage().pixelColor(QPoint(30, 18)) == ground
    line = theme.colour("line")
    qtbot.waitUntil(lambda: bars.grab().toImage().pixelColor(QPoint(30, 18)) == line, timeout=1000)
    bars.end()
    assert not bars.isVisible()


def test_the_bars_stand_where_the_rows_will(qtbot: QtBot) -> None:
    bars = Skeleton(rows=4, height=37)
    qtbot.addWidget(bars)
    assert bars.minimumHeight() == 4 * 37

"""The verdict card as a person meets it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from clinicdesk.domain.rows.verdict import FindingRow, VerdictCard
from clinicdesk.ui import theme
from clinicdesk.ui.verdict.card import VerdictCardWidget
from clinicdesk.ui.verdict.finding import FindingLine
from clinicdesk.ui.verdict.strip import VerdictStrip
from clinicdesk.ui.verdict.words import headline

PARTIAL = "Only caps and gaps were checked."
FINDING = FindingRow(
    "esi.cap",
    "Epidurals per spinal region",
    "not-before",
    date(2027, 1, 12),
    (date(2026, 1, 12), date(2026, 4, 7), date(2026, 7, 21), date(2026, 11, 24)),
    "4 of 4 sessions fall in the 12 months before 22 Dec 2026.",
    "LCD L39240",
    True,
)
REFUSED = VerdictCard(
    "not-before", date(2026, 12, 22), date(2027, 1, 12), (FINDING,), "us-medicare", "2026.11",
    "US Medicare (LCD)", "", 4, 4, date(2025, 12, 22),
)  # fmt: skip
ALLOWED = replace(
    REFUSED,
    status="ok",
    on=date(2027, 1, 12),
    findings=(replace(FINDING, status="ok", earliest=None),),
    used=3,
)


@pytest.fixture(params=["light", "dark"])
def widget(request: pytest.FixtureRequest, qtbot: QtBot, qapp: QApplication) -> VerdictCardWidget:
    theme.apply(qapp, request.param)
    made = VerdictCardWidget(compact=True)
    qtbot.addWidget(made)
    made.resize(313, 400)
    made.show()
    return made


def greens(widget: VerdictCardWidget) -> int:
    """Pixels in one of the colours of consent."""
    QApplication.processEvents()
    picture = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    wanted = {QColor(theme.colour(name)).rgb() for name in ("ok", "oktint", "okline")}
    return sum(
        picture.pixel(x, y) in wanted
        for x in range(0, picture.width(), 3)
        for y in range(0, picture.height(), 3)
    )


def test_within_limits_is_green_and_only_when_everything_was_checked(
    widget: VerdictCardWidget,
) -> None:
    widget.set_card(ALLOWED)
    assert greens(widget) > 50
    for card in (ALLOWED, REFUSED):
        widget.set_card(replace(card, partial=PARTIAL))
        assert greens(widget) == 0
        assert PARTIAL in widget.accessibleDescription()
        widget.set_card(replace(card, assumed="UHC"))
        assert greens(widget) == 0
        said = widget.findChild(QLabel, "verdict-partial")
        assert said.isVisible()
        assert "“UHC” is not mapped to rules yet" in said.text()


def test_what_the_payer_also_asks_stands_under_its_heading(widget: VerdictCardWidget) -> None:
    asked = replace(
        FINDING, rule="esi.prolonged", status="needs-reason", earliest=None, verified=False,
        message="Tell the primary physician.",
    )  # fmt: skip
    heading = widget.findChild(QLabel, "verdict-beside")
    widget.set_card(ALLOWED)
    assert not heading.isVisible()
    widget.set_card(replace(ALLOWED, beside=(asked,)))
    assert greens(widget) == 0
    assert heading.isVisible()
    assert heading.text() == "The payer also asks"
    (line,) = [each for each in widget.findChildren(FindingLine) if each.isVisible()]
    assert line.y() > heading.y()
    assert "unverified number: verify" in [each.text() for each in line.findChildren(QLabel)]
    assert "esi.prolonged" in line.toolTip()
    assert line.accessibleName().startswith("The payer also asks: Tell the primary physician.")
    assert not widget.reason.isVisible()
    widget.set_card(None)
    assert not heading.isVisible()


def test_the_first_allowed_day_can_be_taken(widget: VerdictCardWidget, qtbot: QtBot) -> None:
    widget.set_card(REFUSED, today=date(2026, 11, 24))
    with qtbot.waitSignal(widget.book_on) as caught:
        qtbot.mouseClick(widget.jump, Qt.MouseButton.LeftButton)
    assert caught.args == [date(2027, 1, 12)]
    widget.set_card(ALLOWED)
    assert not widget.jump.isVisible()


def test_a_reason_survives_the_next_answer(widget: VerdictCardWidget, qtbot: QtBot) -> None:
    widget.set_card(REFUSED)
    field = widget.findChild(QLineEdit)
    assert field.isVisible()
    with qtbot.waitSignal(widget.reason_given) as caught:
        qtbot.keyClicks(field, "new trauma")
    assert caught.args is not None
    widget.set_card(replace(REFUSED, on=date(2026, 12, 23)))
    assert widget.reason_text() == "new trauma"
    widget.set_card(ALLOWED)
    assert widget.reason_text() == ""


def test_the_source_is_read_by_keyboard(widget: VerdictCardWidget, qtbot: QtBot) -> None:
    widget.set_card(REFUSED)
    line = widget.findChild(FindingLine)
    line.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert line.source.isVisible()
    assert "LCD L39240" in line.source.text()
    assert "esi.cap" in line.source.text()
    assert "version 2026.11" in line.source.text()
    assert line.source.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse
    assert line.toolTip() == line.source.text()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert not line.source.isVisible()
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    assert line.source.isVisible()
    assert line.accessibleName().startswith("Not before: 4 of 4 sessions")


def test_waiting_flickers_not(widget: VerdictCardWidget, qtbot: QtBot) -> None:
    widget.set_card(ALLOWED)
    widget.set_loading()
    assert "Within limits" in widget.accessibleName()
    qtbot.waitUntil(lambda: "Asking" in widget.accessibleName(), timeout=2000)
    widget.set_failed("The clinic server does not answer.")
    assert "Cannot be determined" in widget.accessibleName()
    assert greens(widget) == 0


def test_a_joint_is_no_greener_than_a_spine(widget: VerdictCardWidget) -> None:
    close = replace(FINDING, counted=(date(2026, 12, 1), date(2026, 12, 8), date(2026, 12, 15)))
    widget.set_card(replace(REFUSED, partial=PARTIAL, findings=(close,)))
    places = widget.timeline.session_xs()
    assert len(places) == 3
    assert all(right - left >= 12 for left, right in pairwise(places))
    assert greens(widget) == 0


def test_the_strip_repeats_the_headline(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    strip = VerdictStrip()
    qtbot.addWidget(strip)
    strip.show_headline(headline(REFUSED))
    assert "Not before 12 Jan 2027" in strip.accessibleName()
    strip.resize(300, 30)
    assert not strip.grab().isNull()
    strip.show_headline(None)
    assert not strip.isVisible()


def test_a_card_that_is_only_read_offers_nothing(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    card = VerdictCardWidget(compact=True, acts=False)
    qtbot.addWidget(card)
    card.show()
    card.set_card(REFUSED)
    assert not card.jump.isVisible()
    assert not card.reason.isVisible()
    assert "Not before 12 Jan 2027" in card.accessibleName()

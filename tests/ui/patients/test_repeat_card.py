"""The card of repeat intervals: what is read there, and booking from a line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from support.desk import words_in

from clinicdesk.domain.rows.due import SiteFacts
from clinicdesk.ui import theme
from clinicdesk.ui.actions import Actions
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.patients.side_cards import RepeatCard
from clinicdesk.ui.patients.site_lines import SiteLine

FACTS = SiteFacts(
    "esi.transforaminal", "EPI", "L5 left", "Transforaminal ESI", date(2026, 7, 21), 7, 60, 105,
    True, "NRS 3 on 3 Nov 2026", 3, 4, date(2026, 11, 24), "ok", date(2026, 11, 24), "", None,
)  # fmt: skip
LATE = replace(
    FACTS, family="TPI", name="Trigger points", site="trapezius both", used=None, allowed=None,
    status="not-before", allowed_from=date(2026, 12, 15), relief_percent=None,
    detail="6 weeks since the last.", booked_for=datetime(2026, 12, 20, 15, tzinfo=UTC),
)  # fmt: skip
LINES = (
    SiteLine(FACTS, "esi.transforaminal", ("L5 left",)),
    SiteLine(LATE, "tpi", ("trapezius bilateral",)),
)


@pytest.fixture(params=["light", "dark"])
def card(
    request: pytest.FixtureRequest, qtbot: QtBot, qapp: QApplication, embedded_clinic: Any,
    tasks: Any, bus: Any, on_show: Callable[..., QWidget],
) -> RepeatCard:  # fmt: skip
    theme.apply(qapp, request.param)
    clinic = embedded_clinic
    actor = clinic.seeded.actor("frontdesk")
    made = RepeatCard(UiContext(clinic, actor, tasks, bus, clinic.clock, Actions()))
    on_show(made, 300, 400)
    made.show_lines(LINES)
    return made


def test_a_line_says_what_one_needs_to_know(card: RepeatCard) -> None:
    first, second = (row.accessibleName() for row in card.rows)
    for words in ("L5 left", "Within limits now", "60 % relief still after 15 weeks",
                  "3 of 4 sessions used", "21 Jul 2026"):  # fmt: skip
        assert words in first
    for words in ("Not before 15 Dec 2026", "relief not scored", "booked for 20 Dec 2026"):
        assert words in second


def test_rules_that_are_assumed_are_said_once_above_the_lines(
    card: RepeatCard, qtbot: QtBot
) -> None:
    assumed = "Rules assumed: Clinic default; “UHC” is not mapped to rules yet."
    assert assumed not in words_in(card)
    card.show_lines(
        tuple(replace(line, facts=replace(line.facts, assumed=assumed)) for line in LINES)
    )
    qtbot.waitUntil(lambda: assumed in words_in(card))
    assert words_in(card).splitlines().count(assumed) == 1


def test_enter_and_book_both_book(card: RepeatCard, qtbot: QtBot) -> None:
    card.rows[0].setFocus(Qt.FocusReason.TabFocusReason)
    with qtbot.waitSignal(card.book_wanted) as by_key:
        qtbot.keyClick(card.rows[0], Qt.Key.Key_Return)
    with qtbot.waitSignal(card.book_wanted) as by_mouse:
        qtbot.mouseClick(card.rows[1].book, Qt.MouseButton.LeftButton)
    assert by_key.args == [LINES[0]]
    assert by_mouse.args == [LINES[1]]

"""The tray at the left: calendar and key."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from clinicdesk.domain.appointments import Status
from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.schedule.month import MonthPanel
from clinicdesk.ui.schedule.painting import GLYPHS
from clinicdesk.ui.verdict.glyph import FamilyGlyph
from clinicdesk.ui.widgets import Label, Line

_STATES = (
    Status.BOOKED,
    Status.CONFIRMED,
    Status.ARRIVED,
    Status.IN_ROOM,
    Status.RECOVERING,
    Status.LEFT,
    Status.NO_SHOW,
)


class Key(QWidget):
    """What colours, shapes and marks mean."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marks: list[tuple[QLabel, str, str, int]] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(5)
        families = theme.families()
        for i, family in enumerate(families):
            self._put(grid, i, FamilyGlyph(family.code), family.label)
        # The marks begin on a line of their own, below a gap.
        lines = -(-len(families) // 2)
        marks = [(GLYPHS[s][0], GLYPHS[s][1], 14, s.label) for s in _STATES]
        marks += [
            ("link", "text3", 14, _("Linked room")),
            ("drop", "warn", 14, _("Thinner")),
            ("alert", "danger", 14, _("Allergy")),
            ("shield", "warn", 14, _("For review")),
            ("info", "warn", 14, _("Not asked")),
            ("heart", "danger", 14, _("Pregnant")),
            ("battery", "warn", 14, _("Device")),
            ("clock", "warn", 14, _("With reason")),
        ]
        for i, (glyph, ink, size, words) in enumerate(marks, 2 * lines + 2):
            label = QLabel()
            self._marks.append((label, glyph, ink, size))
            self._put(grid, i, label, words)
        grid.setRowMinimumHeight(lines, 8)
        self._dress()
        theme.signals.changed.connect(self._dress)

    def _put(self, grid: QGridLayout, index: int, mark: QWidget, words: str) -> None:
        line, side = divmod(index, 2)
        grid.addWidget(mark, line, side * 2)
        grid.addWidget(Label(words, 12, 400, "muted", elide=24), line, side * 2 + 1)

    def _dress(self) -> None:
        for label, glyph, ink, size in self._marks:
            label.setPixmap(theme.pixmap(glyph, ink, size))


class Tray(QFrame):
    """Calendar over key."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "tray")
        self.setFixedWidth(theme.scaled(212))
        self.month = MonthPanel()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(10)
        layout.addWidget(self.month)
        layout.addStretch(1)
        layout.addWidget(Line())
        layout.addWidget(Label(_("Key"), 13, 600))
        layout.addWidget(Key())

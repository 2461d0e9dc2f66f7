"""The families as chips with their counts: which of them the list shows."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from clinicdesk.domain.rows.due import NO_FAMILY
from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.widgets import FlowRow

_GLYPH = 12
_TURN = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class FamilyChip(QAbstractButton):
    """A glyph, a name, a count; pressed while the list shows that family. An empty code: all."""

    turned = Signal(int)

    def __init__(self, code: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.code = code
        self._count = 0
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_count(0)
        theme.signals.changed.connect(self.updateGeometry)

    def show_count(self, count: int) -> None:
        """Another number of rows."""
        self._count = count
        short, name = self._names()
        self.setText(f"{short} {count:,}")
        self.setAccessibleName(f"{name}: {count}")
        self.updateGeometry()
        self.update()

    def _names(self) -> tuple[str, str]:
        if not self.code:
            return _("All"), _("All families")
        if self.code not in {family.code for family in theme.families()}:
            return _("Other"), _("Procedures that no file describes")
        family = theme.family(self.code)
        return family.chip, family.name

    def sizeHint(self) -> QSize:
        wide = QFontMetrics(theme.font(13, 600)).horizontalAdvance(self.text())
        dot = theme.scaled(16) if self.code else 0
        return QSize(wide + dot + theme.scaled(22), theme.scaled(30))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _TURN.get(Qt.Key(event.key()))
        if step is not None:
            self.turned.emit(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        edge = "accent" if on or self.hasFocus() else "input"
        painter.setPen(QPen(theme.colour(edge), 2 if self.hasFocus() else 1))
        painter.setBrush(theme.colour("atint" if on else "surface"))
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        if on and self.hasFocus():
            inner = box.adjusted(4, 4, -4, -4)
            painter.drawRoundedRect(inner, inner.height() / 2, inner.height() / 2)
        if on:
            # The tint alone can hardly be told from the ground.
            bar = QRectF(box.left() + box.height() / 2, box.bottom() - 3, 0, 3)
            bar.setRight(box.right() - box.height() / 2)
            painter.fillRect(bar, theme.colour("accent"))
        left = theme.scaled(11)
        if self.code:
            top = (self.height() - theme.scaled(_GLYPH)) // 2
            painter.drawPixmap(left - 1, top, theme.glyph(self.code, _GLYPH))
            left += theme.scaled(16)
        painter.setPen(theme.colour("aink" if on else "text"))
        painter.setFont(theme.font(13, 600 if on else 400))
        words = QRectF(left, 0, self.width() - left, self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.end()


class FamilyChips(QWidget):
    """Signals:
    changed(): other families are wanted.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Families"))
        self._all = FamilyChip("")
        self._all.setChecked(True)
        known = [family.code for family in theme.families() if not family.visits]
        self._chips = {code: FamilyChip(code) for code in (*known, NO_FAMILY)}
        row = FlowRow(spacing=7)
        row.set_widgets([self._all, *self._chips.values()])
        self._order = [self._all, *self._chips.values()]
        for chip in self._order:
            chip.clicked.connect(self._clicked)
            chip.turned.connect(self._turn)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(row)

    def chip(self, code: str) -> FamilyChip:
        """The chip of a family; of all with an empty code."""
        return self._chips.get(code, self._all)

    def shown(self) -> tuple[FamilyChip, ...]:
        """The chips that can be seen, in their order."""
        return tuple(chip for chip in self._order if chip.isVisible())

    def wanted(self) -> frozenset[str]:
        """The families that are pressed; empty: all."""
        return frozenset(code for code, chip in self._chips.items() if chip.isChecked())

    def clear(self) -> None:
        """All families again; tells nobody."""
        for chip in self._chips.values():
            chip.setChecked(False)
        self._all.setChecked(True)

    def show_counts(self, per_family: tuple[tuple[str, int], ...]) -> None:
        """The counts of an answer; families without a row are left out unless pressed."""
        counts = dict(per_family)
        self._all.show_count(sum(counts.values()))
        for code, chip in self._chips.items():
            chip.show_count(counts.get(code, 0))
            chip.setVisible(bool(counts.get(code)) or chip.isChecked() or chip.hasFocus())

    def _clicked(self) -> None:
        chip = self.sender()
        if chip is self._all:
            self.clear()
        else:
            self._all.setChecked(not self.wanted())
        self.changed.emit()

    def _turn(self, step: int) -> None:
        shown = self.shown()
        at = next((i for i, chip in enumerate(shown) if chip is self.sender()), 0)
        shown[max(0, min(len(shown) - 1, at + step))].setFocus(Qt.FocusReason.TabFocusReason)

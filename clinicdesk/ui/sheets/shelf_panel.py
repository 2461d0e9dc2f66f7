"""The left side: who it is, which sheets can be made, and what is stored."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from clinicdesk.domain.people import full_name
from clinicdesk.domain.rows.documents import DocumentRow, SheetShelf, SheetSubject
from clinicdesk.domain.sheets import NOTE
from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.access import speak_as
from clinicdesk.ui.sheets.words import (
    ICONS,
    STATES,
    kind_name,
    kinds_for,
    stored_words,
    subject_heading,
    use_words,
)
from clinicdesk.ui.widgets import Button, FlowRow, Label, Line, Name, patient_chips, scrolled
from clinicdesk.ui.widgets.patient_banner import facts_line

_FIRST = 8
_ALIGN = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class SheetButton(QPushButton):
    """A sheet in a list: icon, title, a line below, and a few words on the right."""

    def __init__(
        self, icon: str, title: str, below: str, mark: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon, self._title, self._below, self._mark = icon, title, below, mark
        self.setCheckable(True)
        speak_as(self, "radio")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(", ".join(part for part in (title, below, mark) if part))
        self.setFixedHeight(theme.scaled(52))
        self.setMinimumWidth(theme.scaled(160))
        theme.signals.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(260), theme.scaled(52))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen, focus = self.isChecked(), self.hasFocus()
        edge = "accent" if chosen or focus else "input" if self.underMouse() else "line"
        width = 2 if chosen or focus else 1
        painter.setPen(QPen(theme.colour(edge), width))
        painter.setBrush(theme.colour("surface"))
        inset = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 8, 8)
        if chosen and focus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(5, 5, -5, -5), 5, 5)
        size = theme.scaled(20)
        picture = theme.pixmap(self._icon, "aink" if chosen else "text2", 20)
        painter.drawPixmap(theme.scaled(12), (self.height() - size) // 2, picture)
        self._words(painter)
        painter.end()

    def _words(self, painter: QPainter) -> None:
        left, right = theme.scaled(42), theme.scaled(10)
        room = self.width() - left - right
        painter.setFont(theme.font(12, 500))
        mark = painter.fontMetrics().horizontalAdvance(self._mark)
        if self._mark:
            box = QRect(self.width() - right - mark, 0, mark, self.height())
            painter.setPen(theme.colour("text2"))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self._mark)
            room -= mark + theme.scaled(8)
        half = self.height() // 2
        rows = (
            (self._title, theme.font(13, 600), "text", 7),
            (self._below, theme.font(12), "text2", 0),
        )
        for number, (text, font, colour, drop) in enumerate(rows):
            painter.setFont(font)
            painter.setPen(theme.colour(colour if self.isEnabled() else "text3"))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
            top = theme.scaled(drop) if number == 0 else half
            painter.drawText(QRect(left, top, room, half - theme.scaled(6)), _ALIGN, shown)


class ShelfPanel(QFrame):
    """Lists what can be made and what was stored.

    Signals:
        wanted(object, str): a subject and a kind were chosen.
        opened(int): a stored document was chosen.
    """

    wanted = Signal(object, str)
    opened = Signal(int)

    def __init__(self, zone: ZoneInfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "tray")
        self.setFixedWidth(theme.scaled(312))
        self._zone = zone
        self._makers: list[tuple[SheetButton, SheetSubject, str]] = []
        self._stored: list[tuple[SheetButton, int]] = []
        self._documents: tuple[DocumentRow, ...] = ()
        self._all = False
        self._notes = False
        self.name = Name("", 17)
        self.facts = Label("", 12.5, 400, "muted", wrap=True)
        self.chips = FlowRow()
        self._lists = QWidget()
        self._rows = QVBoxLayout(self._lists)
        self._rows.setContentsMargins(14, 10, 14, 14)
        self._rows.setSpacing(7)
        self.more = Button("", kind="text", compact=True, parent=self)
        self.more.hide()
        self.more.clicked.connect(self._show_all)
        head = QVBoxLayout()
        head.setContentsMargins(16, 14, 16, 10)
        head.setSpacing(4)
        for widget in (self.name, self.facts, self.chips):
            head.addWidget(widget)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(head)
        outer.addWidget(Line())
        outer.addWidget(scrolled(self._lists), 1)

    def show_shelf(self, shelf: SheetShelf, now: datetime, *, notes: bool) -> None:
        """Another patient or appointment; ``notes``: procedure notes may be read."""
        banner, self._notes = shelf.banner, notes
        self.name.setText(full_name(banner.given, banner.family))
        self.facts.setText(facts_line(banner))
        self.chips.set_widgets(patient_chips(banner, short=True))
        self.setAccessibleName(_("Sheets of {text}").format(text=self.name.text()))
        self._empty()
        for subject in shelf.subjects:
            self._add_heading(subject_heading(subject, now))
            for kind in kinds_for(subject, notes=notes):
                title = f"{kind_name(kind)}, {subject.name}"
                button = SheetButton(ICONS[kind], title, STATES[subject.state])
                button.clicked.connect(self._maker_pressed)
                self._makers.append((button, subject, kind))
                self._rows.addWidget(button)
        if not shelf.subjects:
            words = _("No procedure is planned or logged. Book one to make a sheet.")
            self._rows.addWidget(Label(words, 13, 400, "muted", wrap=True))
        self._earlier = QVBoxLayout()
        self._earlier.setSpacing(7)
        self._rows.addLayout(self._earlier)
        self._rows.addStretch(1)
        self.show_documents(shelf.documents)

    def show_documents(self, documents: tuple[DocumentRow, ...]) -> None:
        """What is stored, newest first."""
        self._documents = documents
        _clear(self._earlier, keep=self.more)
        self._stored = []
        if not documents:
            return
        self._earlier.addSpacing(6)
        self._earlier.addWidget(Label(_("Stored sheets"), 14, 600))
        shown = documents if self._all else documents[:_FIRST]
        for row in shown:
            title = f"{kind_name(row.kind)}: {row.title}"
            button = SheetButton("doc", title, stored_words(row, self._zone), use_words(row))
            button.setToolTip(title)
            if row.kind == NOTE and not self._notes:
                button.setEnabled(False)
                button.setToolTip(
                    _("{title}: for those who may read the record").format(title=title)
                )
            button.clicked.connect(self._stored_pressed)
            self._stored.append((button, row.id))
            self._earlier.addWidget(button)
        self.more.setText(_("Show all {count}").format(count=len(documents)))
        self.more.setVisible(len(shown) < len(documents))
        self._earlier.addWidget(self.more)

    def mark(self, subject: SheetSubject | None, kind: str, document_id: int | None) -> None:
        """Marks what is on show: the sheet just made, or a stored one."""
        for button, whose, what in self._makers:
            button.setChecked(whose == subject and what == kind)
        for button, number in self._stored:
            button.setChecked(subject is None and number == document_id)

    def _add_heading(self, text: str) -> None:
        self._rows.addSpacing(4)
        self._rows.addWidget(Label(text, 13.5, 600, wrap=True))

    def _maker_pressed(self) -> None:
        pressed = self.sender()
        for button, subject, kind in self._makers:
            if button is pressed:
                self.wanted.emit(subject, kind)

    def _stored_pressed(self) -> None:
        pressed = self.sender()
        for button, number in self._stored:
            if button is pressed:
                self.opened.emit(number)

    def _show_all(self) -> None:
        self._all = True
        self.show_documents(self._documents)

    def _empty(self) -> None:
        self._all = False
        self._makers, self._stored = [], []
        self.more.setParent(self)
        self.more.hide()
        _clear(self._rows)


def _clear(layout: QVBoxLayout, keep: QWidget | None = None) -> None:
    """Takes everything out of a layout, inner layouts too."""
    while layout.count():
        item = layout.takeAt(0)
        inner = item.layout() if item is not None else None
        widget = item.widget() if item is not None else None
        if isinstance(inner, QVBoxLayout):
            _clear(inner, keep)
        if widget is not None and widget is not keep:
            widget.hide()
            widget.deleteLater()

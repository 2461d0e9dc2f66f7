"""The little calendar, with a bar under each day for how full it is."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinicdesk.domain.dates import month_words, week_start, weekday_heads, weekday_words
from clinicdesk.domain.rows.schedule import MonthLoad
from clinicdesk.domain.translation import _
from clinicdesk.ui import local, theme
from clinicdesk.ui.access import Part, announce, speak_as
from clinicdesk.ui.widgets import IconButton, Label, row

_CENTRE = Qt.AlignmentFlag.AlignCenter
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}


def weeks(year: int, month: int, first_weekday: int = 0) -> list[list[date]]:
    """Six weeks from a weekday (Monday 0), so that the calendar keeps its height."""
    first = date(year, month, 1)
    start = week_start(first, first_weekday)
    return [[start + timedelta(days=7 * w + d) for d in range(7)] for w in range(6)]


class MonthGrid(QWidget):
    """Signals:
    picked(object): a date.
    """

    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.day = date(2000, 1, 1)
        self.today = date(2000, 1, 1)
        self.shown = (2000, 1)
        self.load = MonthLoad()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(_("Calendar"))
        speak_as(self, "grid")

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(180), theme.scaled(24) * 7)

    def weeks(self) -> list[list[date]]:
        """The days on show, from the country's first weekday."""
        return weeks(*self.shown, local.customs().first_weekday)

    def heads(self) -> tuple[str, ...]:
        """``Mo`` to ``Su``, from the country's first weekday."""
        return weekday_heads(local.customs().first_weekday)

    def _cell(self) -> tuple[float, float]:
        return self.width() / 7, self.height() / 7

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width, height = self._cell()
        painter.setFont(theme.font(12))
        painter.setPen(theme.colour("text2"))
        for i, name in enumerate(self.heads()):
            painter.drawText(QRectF(i * width, 0, width, height), _CENTRE, name)
        busiest = max(self.load.per_day.values(), default=1)
        for line, days in enumerate(self.weeks(), 1):
            for i, day in enumerate(days):
                self._day(painter, QRectF(i * width, line * height, width, height), day, busiest)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    def _day(self, painter: QPainter, box: QRectF, day: date, busiest: int) -> None:
        chosen = day == self.day
        inside = day.month == self.shown[1]
        if chosen or day == self.today:
            painter.setPen(Qt.PenStyle.NoPen if chosen else QPen(theme.colour("accent"), 1))
            painter.setBrush(theme.colour("accent") if chosen else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6)
        booked = self.load.per_day.get(day, 0)
        painter.setFont(theme.font(12, 600 if booked else 400))
        ink = "onaccent" if chosen else "text" if inside else "text3"
        painter.setPen(theme.colour(ink))
        painter.drawText(box.adjusted(0, -2, 0, -2), _CENTRE, str(day.day))
        if booked:
            width = max(4.0, (box.width() - 10) * booked / busiest)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("onaccent" if chosen else "accent"))
            bar = QRectF(box.center().x() - width / 2, box.bottom() - 5, width, 2)
            painter.drawRoundedRect(bar, 1, 1)

    def spoken_value(self) -> str:
        """The day on show."""
        return self._spoken(self.day)

    def _spoken(self, day: date) -> str:
        booked = self.load.per_day.get(day, 0)
        words = weekday_words(day)
        if not booked:
            return words
        return _("{day}, {count} booked").format(day=words, count=booked)

    def spoken_parts(self) -> list[Part]:
        """The days of the six weeks."""
        width, height = self._cell()
        return [
            Part(
                self._spoken(day),
                QRectF(i * width, line * height, width, height).toRect(),
                day == self.day,
            )
            for line, days in enumerate(self.weeks(), 1)
            for i, day in enumerate(days)
        ]

    def press_part(self, number: int) -> None:
        """As a click on that day."""
        self.picked.emit(self.weeks()[number // 7][number % 7])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        width, height = self._cell()
        column, line = int(event.position().x() // width), int(event.position().y() // height) - 1
        if 0 <= line < 6 and 0 <= column < 7:
            self.picked.emit(self.weeks()[line][column])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            event.ignore()
        else:
            self.picked.emit(self.day + timedelta(days=step))


class MonthPanel(QWidget):
    """Month name, arrows, grid.

    Signals:
        picked(object): a date.
        month_wanted(int, int): another month is on show; its load is needed.
    """

    picked = Signal(object)
    month_wanted = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = MonthGrid()
        self.grid.picked.connect(self._picked)
        self._name = Label("", 13, 600)
        back, forth = IconButton("left", _("Previous month")), IconButton("right", _("Next month"))
        for button in (back, forth):
            button.setFixedSize(theme.scaled(26), theme.scaled(26))
        back.clicked.connect(self._back)
        forth.clicked.connect(self._forth)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(row(self._name, None, back, forth, spacing=4))
        layout.addWidget(self.grid)

    def show_day(self, day: date, today: date) -> None:
        """Marks the day on show and turns to its month."""
        self.grid.day, self.grid.today = day, today
        self._turn(day.year, day.month)

    def set_load(self, load: MonthLoad) -> None:
        """How full each day is."""
        self.grid.load = load
        self.grid.update()

    def _turn(self, year: int, month: int) -> None:
        changed = self.grid.shown != (year, month)
        self.grid.shown = (year, month)
        self._name.setText(month_words(year, month))
        self.grid.update()
        if changed:
            announce(self.grid, self._name.text())
            self.grid.load = MonthLoad()
            self.month_wanted.emit(year, month)

    def _picked(self, day: date) -> None:
        self.picked.emit(day)

    def _back(self) -> None:
        year, month = self.grid.shown
        self._turn(year - (month == 1), (month - 2) % 12 + 1)

    def _forth(self) -> None:
        year, month = self.grid.shown
        self._turn(year + (month == 12), month % 12 + 1)

"""Section 5 of the booking panel: day, time and length, typed as people say them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from clinicdesk.domain.dates import (
    far_words,
    read_minutes,
    read_time,
    split_when,
    understood,
    weekday_words,
)
from clinicdesk.domain.translation import _
from clinicdesk.ui.local import read_day, time_text, weekday_near
from clinicdesk.ui.verdict.glyph import IconLabel
from clinicdesk.ui.widgets import Button, FlowRow, Label, TextEdit, row
from clinicdesk.ui.widgets.fields import mark_error

_STEP_MINUTES = 15


class TimeSection(QWidget):
    """Date, time, minutes; one line below for whatever is wrong with them.

    Signals:
        changed(): one of them holds another value, or none.
        offered(datetime): a free time of the list was chosen.
        taken(): a person typed or chose day or time.
        day_said(date): another day is written out whole.
    """

    changed = Signal()
    offered = Signal(object)
    taken = Signal()
    day_said = Signal(object)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._told: tuple[date | None, time | None, int | None] = (None, None, None)
        self._clashes = ""
        self._own_length = False
        self._said: date | None = None
        self.date = TextEdit(_("12 jan, tomorrow, tue"), _("Date"), self)
        self.time = TextEdit("14:30", _("Time"), self)
        self.minutes = TextEdit("30", _("Minutes"), self)
        self._build()
        for edit in (self.date, self.time, self.minutes):
            edit.textEdited.connect(self._edited)
            edit.editingFinished.connect(self._settle)
            edit.installEventFilter(self)

    def _build(self) -> None:
        self._far = Label("", 12, 400, "muted")
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        named = (
            (self.date, _("Date"), 5),
            (self.time, _("Time"), 2),
            (self.minutes, _("Minutes"), 2),
        )
        for column, (edit, words, stretch) in enumerate(named):
            label = Label(words, 12, 600)
            label.setBuddy(edit)
            edit.setMinimumWidth(52)
            grid.addLayout(row(label, None, self._far) if column == 0 else row(label), 0, column)
            grid.addWidget(edit, 1, column)
            grid.setColumnStretch(column, stretch)
        self._mark = IconLabel("alert", "danger", 15, self)
        self._line = Label("", 12, 500, "danger", wrap=True)
        self._line.setObjectName("booking-time-line")
        below = QGridLayout()
        below.setHorizontalSpacing(5)
        below.addWidget(self._mark, 0, 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self._line, 0, 1)
        below.setColumnStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(grid)
        layout.addLayout(below)
        self._offers = FlowRow(self, 5)
        self._offers.hide()
        layout.addWidget(self._offers)
        self._mark.hide()
        self._line.hide()

    # -- values -------------------------------------------------------------------

    @property
    def day(self) -> date | None:
        """The day typed, if it is one."""
        try:
            return read_day(split_when(self.date.text())[0], self._today)
        except ValueError:
            return None

    @property
    def at(self) -> time | None:
        """The time typed, if it is one."""
        try:
            return read_time(split_when(self.date.text())[1] or self.time.text())
        except ValueError:
            return None

    @property
    def length(self) -> int | None:
        """The minutes typed, if they are a length."""
        try:
            return read_minutes(self.minutes.text())
        except ValueError:
            return None

    @property
    def texts(self) -> tuple[str, str, str]:
        """Date, time and minutes as they are typed."""
        return self.date.text(), self.time.text(), self.minutes.text()

    def put_texts(self, day: str, at: str, minutes: str) -> None:
        """Puts back what was typed; it is somebody's own."""
        self.date.setText(day)
        self.time.setText(at)
        self.minutes.setText(minutes)
        self._own_length = bool(minutes.strip())
        self._tell()
        self._say_day()

    def set_today(self, today: date) -> None:
        """The clinic's date, from which ``tomorrow`` is counted."""
        self._today = today

    def set_start(self, start: datetime | None) -> None:
        """Shows a beginning in the clinic's zone."""
        self.set_day(start.date() if start else None)
        self.time.setText(time_text(start.time()) if start else "")
        self._tell()

    def set_day(self, day: date | None) -> None:
        """Shows a day and tells."""
        self.date.setText(weekday_words(day) if day else "")
        self._tell()
        self._say_day()

    def _say_day(self) -> None:
        if (day := self.day) is not None and day != self._said:
            self._said = day
            self.day_said.emit(day)

    def set_length(self, minutes: int) -> None:
        """Shows a length that was chosen (a stretch drawn in the schedule) and tells."""
        self._own_length = True
        self.minutes.setText(str(minutes))
        self._tell()

    def set_usual_length(self, minutes: int) -> None:
        """Shows the usual length of what is booked, unless another one was chosen."""
        if not self._own_length:
            self.minutes.setText(str(minutes))
            self._tell()

    def clear(self) -> None:
        """Empty, telling nobody."""
        for edit in (self.date, self.time, self.minutes):
            edit.clear()
        self._told = (None, None, None)
        self._said = None
        self._own_length = False
        self._clashes = ""
        self.set_offers(())
        self._far.clear()
        self._show_line("")

    # -- what is wrong ------------------------------------------------------------

    def set_clash(self, sentence: str) -> None:
        """What stands in the way of this time; empty if nothing does."""
        self._clashes = sentence
        self._show()

    def set_offers(self, free: tuple[datetime, ...], now: datetime | None = None) -> None:
        """Free times, to be taken with a click or by keyboard; another day is named.

        ``now``: the time entered has passed: what is done at this moment is booked as now.
        """
        buttons: list[QWidget] = []
        if now is not None:
            buttons.append(self._offer(now, _("Now, {time}").format(time=time_text(now.time()))))
        if free:
            label = Label(_("Free:"), 12, 400, "muted")
            label.setContentsMargins(0, 6, 0, 6)
            buttons.append(label)
        for start in free:
            words = time_text(start.time())
            if start.date() != self.day:
                words = f"{weekday_near(start.date())} {words}"
            button = self._offer(start, words)
            button.setAccessibleName(_("Take {words}, which is free").format(words=words))
            buttons.append(button)
        self._offers.set_widgets(buttons)
        self._offers.setVisible(bool(buttons))

    def _offer(self, start: datetime, words: str) -> Button:
        button = Button(words, compact=True)
        button.setProperty("at", start.isoformat())
        button.clicked.connect(self._offer_taken)
        return button

    def _offer_taken(self) -> None:
        self.taken.emit()
        self.offered.emit(datetime.fromisoformat(str(self.sender().property("at"))))
        self.time.setFocus(Qt.FocusReason.OtherFocusReason)

    def clash(self) -> str:
        """The sentence that stands in the way of this time."""
        return self._clashes

    def line(self) -> str:
        """The line shown below the fields."""
        return self._line.text() if self._line.isVisibleTo(self) else ""

    def check(self) -> bool:
        """Marks what is missing or wrong, for Book; whether all three are sound."""
        wrong = self._wrong(empty_too=True)
        self._show(wrong)
        return not wrong

    def focus_here(self) -> None:
        """Puts the cursor into the date, all of it selected."""
        self.date.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.date.selectAll()

    def focus_wrong(self) -> None:
        """Puts the cursor into the first field that is wrong."""
        wrong = self._wrong(empty_too=True)
        (next(iter(wrong), self.time)).setFocus(Qt.FocusReason.OtherFocusReason)

    def _wrong(self, *, empty_too: bool) -> dict[TextEdit, str]:
        """The fields that cannot be read, with their sentences."""
        found: dict[TextEdit, str] = {}
        readers = (
            (self.date, lambda text: read_day(split_when(text)[0], self._today)),
            (self.time, read_time),
            (self.minutes, read_minutes),
        )
        for edit, reader in readers:
            if not edit.text().strip() and not empty_too:
                continue
            try:
                reader(edit.text())
            except ValueError as wrong:
                found[edit] = str(wrong)
        return found

    def _show(self, wrong: dict[TextEdit, str] | None = None) -> None:
        found = wrong if wrong is not None else self._wrong(empty_too=False)
        for edit in (self.date, self.time, self.minutes):
            late = bool(self._clashes) and edit is self.time
            mark_error(edit, edit in found or late)
            edit.setAccessibleDescription(found.get(edit, self._clashes if late else ""))
        day = self.day
        self._far.setText(self._meant(day) if day else "")
        if found or self._clashes:
            self._show_line(" ".join([*found.values(), self._clashes]).strip())
            return
        self._show_line("")

    def _meant(self, day: date) -> str:
        """While it is typed, which day that is; once it is written out, how far off it is."""
        if self.date.text().strip() == weekday_words(day):
            return far_words(day, self._today)
        return understood(day)

    def _show_line(self, sentence: str) -> None:
        self._mark.setVisible(bool(sentence))
        self._line.setText(sentence)
        self._line.setVisible(bool(sentence))

    # -- typing -------------------------------------------------------------------

    def _edited(self, text: str) -> None:
        self._clashes = ""
        if self.sender() is self.minutes:
            self._own_length = bool(text.strip())
        else:
            self.taken.emit()
        if self.line():
            self._show()
        self._tell()

    def _settle(self) -> None:
        """Leaving a field writes out what was understood: ``12 jan`` → ``Tue 12 Jan 2027``."""
        day_words, time_words = split_when(self.date.text())
        if time_words:
            self.date.setText(day_words)
            self.time.setText(time_words)
        if (day := self.day) is not None:
            self.date.setText(weekday_words(day))
        if (at := self.at) is not None:
            self.time.setText(time_text(at))
        if (length := self.length) is not None:
            self.minutes.setText(str(length))
        self._show()
        self._tell()
        self._say_day()

    def _tell(self) -> None:
        now = (self.day, self.at, self.length)
        if now != self._told:
            self._told = now
            self._show()
            self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
            if step is not None:
                return self._step(watched, step)
        return super().eventFilter(watched, event)

    def _step(self, watched: QObject, step: int) -> bool:
        """Arrow up and down: a day, a quarter of an hour, five minutes."""
        day, at, length = self.day, self.at, self.length
        if watched is self.date and day is not None:
            self.set_day(day + timedelta(days=step))
        elif watched is self.time and at is not None:
            moved = datetime.combine(date.min, at) + timedelta(days=1)
            moved += timedelta(minutes=_STEP_MINUTES * step)
            self.time.setText(time_text(moved.time()))
            self._tell()
        elif watched is self.minutes and length is not None:
            self.set_length(max(5, length + 5 * step))
        else:
            return False
        if watched is not self.minutes:
            self.taken.emit()
        return True

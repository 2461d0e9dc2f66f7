"""The lines of the check-in panel that ask for a figure or a last dose."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from clinicdesk.domain.dates import Sort, read_time
from clinicdesk.domain.medications import amount_text
from clinicdesk.domain.rows.holds import HoldTrack
from clinicdesk.domain.rows.safety_facts import Topic
from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.check_in.words import stated_words, told_words
from clinicdesk.ui.local import read_day, time_text, weekday_near
from clinicdesk.ui.safety.lines import QuestionLine
from clinicdesk.ui.safety.typed_again import TypedAgain
from clinicdesk.ui.verdict.glyph import IconLabel
from clinicdesk.ui.widgets import Button, Choice, Label, NumberEdit, TextEdit


class InfectionRow(QuestionLine):
    """Asked whatever is planned; a *yes* says what there is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        question = _("Unwell now: an infection, fever, antibiotics, an open wound?")
        super().__init__(Topic.CONDITIONS, question, parent)
        hint = _("What, for example “fever since Monday”")
        self.entry.setPlaceholderText(hint)
        self.entry.setAccessibleName(hint)


class _TypedRow(QWidget):
    """Words at the left, fields at the right, and below them what came of it.

    Signals:
        entered(): Enter, or the fields were left, with something new in them.
    """

    entered = Signal()

    def __init__(self, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sent = ""
        outer = QVBoxLayout(self)
        outer.setContentsMargins(10, 5, 8, 5)
        outer.setSpacing(3)
        self.line = QHBoxLayout()
        self.line.setSpacing(8)
        self.line.addWidget(IconLabel(icon, "warn", 16, self), 0, Qt.AlignmentFlag.AlignTop)
        self.words = QVBoxLayout()
        self.words.setSpacing(1)
        self.title = Label("", 12, 600, wrap=True, parent=self)
        self.note = Label("", 11, 400, "faint", wrap=True, parent=self)
        self.words.addWidget(self.title)
        self.words.addWidget(self.note)
        self.line.addLayout(self.words, 1)
        outer.addLayout(self.line)
        self.said = Label("", 12, 600, wrap=True, parent=self)
        self.said.setContentsMargins(theme.scaled(24), 0, 0, 0)
        self.said.hide()
        outer.addWidget(self.said)

    def take(self, *fields: QLineEdit) -> None:
        """The fields whose leaving is an answer."""
        for field in fields:
            field.editingFinished.connect(self._finished)

    def say(self, words: str, tone: str) -> None:
        """What came of it, in a tone of the design."""
        self.said.setText(words)
        self.said.set_tone(tone)
        self.said.setVisible(bool(words))

    def typed(self) -> str:
        """All that stands in the fields."""
        raise NotImplementedError

    def not_kept(self, sentence: str) -> None:
        """It is not on record, and why."""
        self._sent = ""
        self.say(sentence, "danger")

    @property
    def waiting(self) -> bool:
        """Whether something is typed that was not handed on yet."""
        return bool(self.typed()) and self.typed() != self._sent

    def mark_sent(self) -> None:
        """What is typed is on its way, or on record."""
        self._sent = self.typed()

    def _finished(self) -> None:
        focus = QApplication.focusWidget()
        inside = focus is not None and self.isAncestorOf(focus)
        sender = self.sender()
        if self.waiting and (not inside or sender is focus):
            self.entered.emit()


class DoseRow(_TypedRow):
    """When a held drug was taken last; D takes the day that the patient was told."""

    def __init__(self, track: HoldTrack, parent: QWidget | None = None) -> None:
        super().__init__("drop", parent)
        self.track = track
        name = track.hold.name
        self.told = Button(_("As told"), compact=True, key_hint="D", parent=self)
        self.told.clicked.connect(self.take_told)
        self.day = TextEdit(_("day"), _("{drug}: day of the last dose").format(drug=name))
        self.hour = TextEdit(_("hour"), _("{drug}: hour of the last dose").format(drug=name))
        self.day.setFixedWidth(theme.scaled(96))
        self.hour.setFixedWidth(theme.scaled(62))
        for widget in (self.told, self.day, self.hour):
            self.line.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        self.take(self.day, self.hour)
        self.again = TypedAgain(self.day)
        self.setFocusProxy(self.day)
        self.show_track(track, None)

    def show_track(self, track: HoldTrack, enough: bool | None) -> None:
        """What is on record of it now."""
        self.track = track
        self.title.setText(_("{drug}: last dose taken").format(drug=track.hold.name))
        self.note.setText(told_words(track))
        self.told.setVisible(track.told is not None and track.stated is None)
        if track.stated is not None:
            self.say(*stated_words(track, enough))

    def take_told(self) -> None:
        """Fills in what the patient was told, and hands it on."""
        told = self.track.told
        if told is None:
            return
        if told.last_dose_at is not None:
            self.day.setText(weekday_near(told.last_dose_at.date()))
            self.hour.setText(time_text(told.last_dose_at))
        elif told.last_dose_on is not None:
            self.day.setText(weekday_near(told.last_dose_on))
        self.entered.emit()

    def typed(self) -> str:
        day, hour = self.day.text().strip(), self.hour.text().strip()
        return f"{day} {hour}".strip() if day else ""

    def last_dose(self, today: date, zone: ZoneInfo) -> date | datetime:
        """What is typed; raises ValueError with the sentence."""
        day = read_day(self.day.text(), today, Sort.PAST)
        if not self.hour.text().strip():
            return day
        return datetime.combine(day, read_time(self.hour.text()), tzinfo=zone)


class FigureRow(_TypedRow):
    """A figure with its unit."""

    def __init__(
        self, name: str, units: Sequence[tuple[str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__("target", parent)
        self.title.setText(name)
        self.note.hide()
        self.figure = NumberEdit("", name)
        self.figure.setFixedWidth(theme.scaled(76))
        self.unit = Choice(list(units), _("Unit of {name}").format(name=name), self)
        self.unit.set_value(units[0][0])
        self.unit.setVisible(bool(units[0][1]))
        self.line.addWidget(self.figure, 0, Qt.AlignmentFlag.AlignTop)
        self.line.addWidget(self.unit, 0, Qt.AlignmentFlag.AlignTop)
        self.take(self.figure)
        self.again = TypedAgain(self.figure)
        self.unit.chosen.connect(self._unit_chosen)
        self.setFocusProxy(self.figure)

    def _unit_chosen(self) -> None:
        if self.waiting:
            self.entered.emit()

    def typed(self) -> str:
        text = self.figure.text().strip()
        return f"{text} {self.unit.value()}" if text else ""

    def value(self) -> Decimal | None:
        """The figure; None where it is no number."""
        return self.figure.value()

    def show_kept(self, key: str, value: Decimal, words: str, high: str) -> None:
        """What is on record of the day; ``high`` says that it does not settle what it was for."""
        if not self.waiting:
            self.unit.set_value(key)
            self.figure.setText(amount_text(value))
            self.mark_sent()
        self.say(
            _("{words}. {high}").format(words=words, high=high) if high else words,
            "warn" if high else "ok",
        )

"""The next step of a held drug: prescriber asked, answered, patient told, last dose stated."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinicdesk.domain.dates import Sort, read_time, split_when
from clinicdesk.domain.errors import ClinicError, Doubtful, Invalid
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.rows.holds import AGREED, REFUSED, HoldTrack
from clinicdesk.domain.states import HoldStepKind
from clinicdesk.domain.translation import _
from clinicdesk.services import holds
from clinicdesk.services.context import Done
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.local import read_day
from clinicdesk.ui.safety.follow_words import last_dose_words, step_words
from clinicdesk.ui.safety.typed_again import TypedAgain
from clinicdesk.ui.widgets import Button, Field, Label, Segmented, TextEdit, column

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_KIND = HoldStepKind


def step_of(track: HoldTrack, today: date) -> HoldStepKind | None:
    """The step to take now: on the day itself the last dose is asked for, whatever is missing."""
    if track.hold.action == "none" or track.stated is not None:
        return None
    if track.start.date() <= today:
        return _KIND.STATED
    return _KIND.ASKED if track.refused else track.next_step


class StepForm(QWidget):
    """One field or two, and the button of the step.

    Signals:
        kept(): the step is on record.
        outdated(str): it could not be taken any more, and why.
    """

    kept = Signal()
    outdated = Signal(str)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.track: HoldTrack | None = None
        self.step: HoldStepKind | None = None
        self._tell = Label("", 13, 600, wrap=True)
        self.way = Segmented(
            [(AGREED, _("Agreed")), (REFUSED, _("Refused"))], _("Did the prescriber agree?")
        )
        self.way_field = Field("", self.way)
        self.who = TextEdit(_("e.g. Dr. Hale, cardiology"), _("Who"))
        self.who_field = Field(_("Who"), self.who, required=True)
        self.last = TextEdit(_("e.g. 26 Nov, or 26 Nov 20:00"), _("Last dose taken"))
        self.last_field = Field(_("Last dose taken"), self.last, required=True)
        self._again = TypedAgain(self.last)
        self._given: date | datetime | None = None
        self.button = Button("", kind="primary", key_hint="↵")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(
            column(self._tell, self.way_field, self.who_field, self.last_field, self.button)
        )
        layout.addStretch(1)
        self.button.clicked.connect(self.submit)
        self.way.changed.connect(self._edited)
        for field in (self.who, self.last):
            field.textEdited.connect(self._edited)

    def show_track(self, track: HoldTrack) -> None:
        """Shows the step to take; what was typed for the same one stays."""
        step = step_of(track, self._context.clinic.today())
        key = (track.appointment_id, track.hold.drug, step)
        before = self.track
        fresh = before is None or key != (before.appointment_id, before.hold.drug, self.step)
        self.track, self.step = track, step
        self.setVisible(step is not None)
        self.way_field.setVisible(step is _KIND.ANSWERED)
        self.who_field.setVisible(step in (_KIND.ASKED, _KIND.ANSWERED))
        self.who_field.label.setText(
            _("Who was asked *") if step is _KIND.ASKED else _("Who answered *")
        )
        self.last_field.setVisible(step is _KIND.STATED)
        self._tell.setVisible(step is _KIND.TOLD)
        self._tell.setText(_("Tell the patient. {what}").format(what=last_dose_words(track)))
        self.button.setText(_("Last dose stated") if step is _KIND.STATED else step_words(track))
        may = self._may()
        self.button.setEnabled(may)
        self.button.setToolTip("" if may else _("Who books appointments takes this step."))
        if fresh:
            self._empty(track)

    def _empty(self, track: HoldTrack) -> None:
        self.way.set_value("")
        asked = track.asked.who if track.asked is not None else ""
        self.who.setText(asked if self.step is _KIND.ANSWERED else "")
        self.last.clear()
        self._again.forget()
        self._edited()

    def _may(self) -> bool:
        needed = Permission.CHECK_IN if self.step is _KIND.STATED else Permission.BOOK
        return self._context.actor.may(needed)

    def focus_here(self) -> None:
        """To the first thing to say."""
        first: QWidget = self.button
        if self.step is _KIND.ANSWERED:
            self.way.focus_here()
            return
        if self.step is _KIND.ASKED:
            first = self.who
        elif self.step is _KIND.STATED:
            first = self.last
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- taking it ----------------------------------------------------------------------------

    def submit(self) -> None:
        """Takes the step."""
        if self.track is None or self.step is None or not self._may():
            return
        try:
            work = self._work(self.track)
        except ValueError as error:
            self._say_at_field(self.last_field, str(error))
            return
        self.button.setEnabled(False)
        self._context.tasks.short.submit(work, self._kept, self._failed, owner=self)

    def _work(self, track: HoldTrack) -> Callable[[], Done[int]]:
        place = (
            self._context.clinic, self._context.actor, track.appointment_id, track.hold.drug,
        )  # fmt: skip
        if self.step is _KIND.ASKED:
            return partial(holds.asked, *place, self.who.text())
        if self.step is _KIND.ANSWERED:
            return partial(holds.answered, *place, self.way.value(), self.who.text())
        if self.step is _KIND.TOLD:
            return partial(holds.told, *place)
        self._given = self._last_dose()
        return partial(holds.stated, *place, self._given, sure=self._again.sure(self._given))

    def _last_dose(self) -> date | datetime:
        typed, hour = split_when(self.last.text())
        day = read_day(typed, self._context.clinic.today(), Sort.PAST)
        if not hour:
            return day
        return datetime.combine(day, read_time(hour), tzinfo=self._context.clinic.zone)

    def _kept(self, done: Done[int]) -> None:
        self.button.setEnabled(True)
        if self.track is not None:
            self._context.bus.say(
                _("{patient}, {drug}: kept").format(
                    patient=self.track.patient, drug=self.track.hold.name
                )
            )
        self.kept.emit()
        self._context.publish(done.changes)

    def _failed(self, error: Exception) -> None:
        self.button.setEnabled(True)
        if isinstance(error, Invalid):
            fields = {"answer": self.way_field, "last_dose": self.last_field}
            for name, sentence in error.fields.items():
                self._say_at_field(fields.get(name, self.who_field), sentence)
            if isinstance(error, Doubtful) and self._given is not None:
                self._again.doubt(self._given)
        elif isinstance(error, ClinicError):
            self.outdated.emit(str(error))
        else:
            self.outdated.emit(_("Nothing was kept. Please try again."))
            raise error

    def _say_at_field(self, field: Field, sentence: str) -> None:
        if field.isVisible():
            field.set_error(sentence)
            if field is self.way_field:
                self.way.focus_here()
            else:
                field.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.outdated.emit(sentence)

    def _edited(self) -> None:
        self.way_field.set_error("")
        self.who_field.set_error("")
        self.last_field.set_error("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.submit()
        else:
            super().keyPressEvent(event)

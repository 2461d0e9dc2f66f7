"""Who takes the patient home: asked where nobody may drive after what is planned."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from clinicdesk.domain.rows.check_in import DriverRow
from clinicdesk.domain.rows.safety_facts import Topic
from clinicdesk.domain.states import Known
from clinicdesk.domain.translation import _
from clinicdesk.ui.check_in.words import driver_words
from clinicdesk.ui.safety.lines import QuestionLine


class DriverLine(QuestionLine):
    """Y, N or ?; a *yes* may say who, and is kept with Enter or when the field is left.

    Signals:
        told(Known, str): the answer, and who.
    """

    told = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Topic.CONDITIONS, _("Driver to take the patient home"), parent)
        self._pending = False
        hint = _("Name and phone, if you like")
        self.entry.setPlaceholderText(hint)
        self.entry.setAccessibleName(hint)
        # Left empty, the field says nothing of it by itself.
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_moved)

    def _said(self, said: str) -> None:
        self.said.emit(said)
        answer = Known(said)
        self._pending = answer is Known.YES
        self.entry.setVisible(self._pending)
        if self._pending:
            self.entry.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.told.emit(answer, "")

    def _entered(self) -> None:
        self.hand_on()

    def _focus_moved(self, left: QWidget | None, entered: QWidget | None) -> None:
        if left is self.entry and (entered is None or not self.isAncestorOf(entered)):
            self.hand_on()

    def hand_on(self) -> None:
        """Keeps a *yes* whose words are still being typed."""
        if self._pending:
            self._pending = False
            self.told.emit(Known.YES, self.entry.text())

    def show_driver(self, kept: DriverRow) -> None:
        """What is on record; a *yes* that is being typed stays."""
        if self._pending:
            return
        self.choice.set_value(kept.said.value)
        self.entry.setText(kept.words)
        self.show_answer(driver_words(kept))

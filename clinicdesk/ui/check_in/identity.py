"""Who is here: name and birth date, each said by the patient and ticked."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from clinicdesk.domain.dates import day_words
from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.widgets import Button, Label, row


class Identity(QWidget):
    """Space ticks both; a click ticks one.

    Signals:
        changed(): another tick.
        stranger(): it is not this patient.
    """

    changed = Signal()
    stranger = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self.born = QCheckBox(self), QCheckBox(self)
        for box in (self.name, self.born):
            box.setFont(theme.font(13, 600))
            box.installEventFilter(self)
            box.toggled.connect(self._toggled)
        self.wrong = Label("", 12, 500, "danger", wrap=True, parent=self)
        self.other = Button(_("Not this patient: look for another"), kind="text", compact=True)
        self.other.clicked.connect(self._other)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(row(self.name, 12, self.born, None))
        layout.addWidget(self.wrong)
        layout.addLayout(row(self.other, None))
        self.wrong.hide()

    def show_person(self, name: str, born: date) -> None:
        """Whose name and birth date are asked for."""
        self.name.setText(name.replace("&", "&&"))
        self.born.setText(_("born {day}").format(day=day_words(born)))

    @property
    def sure(self) -> bool:
        """Whether the patient said both."""
        return self.name.isChecked() and self.born.isChecked()

    def set_ticks(self, *, name: bool, born: bool) -> None:
        """As it was ticked before."""
        self.name.setChecked(name)
        self.born.setChecked(born)

    def complain(self) -> None:
        """Nobody has asked yet."""
        self.wrong.setText(_("Ask for name and birth date first, then tick both."))
        self.wrong.show()
        box = self.born if self.name.isChecked() else self.name
        box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _toggled(self) -> None:
        self.wrong.hide()
        self.changed.emit()

    def _other(self) -> None:
        self.stranger.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        key = event.key() if isinstance(event, QKeyEvent) else None
        pressed = event.type() == QEvent.Type.KeyPress and key == Qt.Key.Key_Space
        if pressed and not self.sure:
            self.set_ticks(name=True, born=True)
            return True
        return super().eventFilter(watched, event)

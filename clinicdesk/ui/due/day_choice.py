"""A day as one types it, with the usual answers beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinicdesk.domain.dates import weekday_words
from clinicdesk.domain.translation import _
from clinicdesk.ui import local
from clinicdesk.ui.local import read_day
from clinicdesk.ui.widgets import Button, Field, FlowRow, TextEdit

FOR_GOOD = _("for good")


class DayChoice(QWidget):
    """A field for a day; ``quick`` are (words, the day) of the buttons below.

    Such a day is counted as ``+3d``, ``+1w``, ``+1m``, in every language; or it is ``FOR_GOOD``.

    Signals:
        edited(): a person typed or pressed something.
    """

    edited = Signal()

    def __init__(
        self, label: str, today: Callable[[], date], quick: Sequence[tuple[str, str]],
        *, required: bool = False, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._today = today
        self.edit = TextEdit(_("12 jan, tue, in 3 weeks"), label, self)
        self.field = Field(label, self.edit, required=required)
        self.buttons: list[Button] = []
        for words, typed in quick:
            button = Button(words, compact=True, parent=self)
            button.setProperty("typed", typed)
            button.setAccessibleName(f"{label}: {words}")
            button.clicked.connect(self._quick)
            self.buttons.append(button)
        flow = FlowRow(self, spacing=6)
        flow.set_widgets(list(self.buttons))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.field)
        column.addWidget(flow)
        self.setFocusProxy(self.edit)
        for before, after in pairwise((self.edit, *self.buttons)):
            QWidget.setTabOrder(before, after)
        self.edit.textEdited.connect(self._typed)

    def _typed(self) -> None:
        self.field.set_error("")
        self.field.set_helper(local.understood(self.edit.text(), self._today()))
        self.edited.emit()

    def _quick(self) -> None:
        self.suggest(str(self.sender().property("typed")))
        self.edited.emit()
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def suggest(self, typed: str) -> None:
        """Fills in the day ``typed`` (``+1w``), or the next one of work; empty clears the field."""
        self.field.set_error("")
        self.field.set_helper("")
        if not typed or typed == FOR_GOOD:
            self.edit.setText(typed)
            return
        day = read_day(typed, self._today())
        while day.weekday() > 4:
            day += timedelta(days=1)
        self.edit.setText(weekday_words(day))

    def set_day(self, day: date | None) -> None:
        """Shows a day."""
        self.edit.setText(weekday_words(day) if day else "")
        self.field.set_helper("")
        self.field.set_error("")

    @property
    def empty(self) -> bool:
        """Whether nothing stands in the field."""
        return not self.edit.text().strip()

    def read(self) -> tuple[bool, date | None]:
        """Whether it could be read, and the day; None: left empty, or for good."""
        typed = self.edit.text().strip()
        if not typed or typed.casefold() == FOR_GOOD.casefold():
            return True, None
        try:
            return True, read_day(typed, self._today())
        except ValueError as wrong:
            self.set_error(str(wrong))
            return False, None

    def set_error(self, sentence: str) -> None:
        """What is wrong with the day, and the cursor there."""
        self.field.set_error(sentence)
        if sentence:
            self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

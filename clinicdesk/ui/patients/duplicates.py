"""Who a new patient may already be: asked while typing, listed before a second record is made."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from clinicdesk.domain.rows.people import PatientForm, PatientHit
from clinicdesk.domain.translation import _, _n
from clinicdesk.services import patients
from clinicdesk.ui.booking.words import hit_facts, hit_name
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.widgets import Button, Label

_PAUSE_MS = 250
_SHOWN = 3


class Duplicates(QFrame):
    """Likely the same person; each line offers to take that record instead.

    Signals:
        taken(int): use this record.
        found(int): how many there are now.
    """

    taken = Signal(int)
    found = Signal(int)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._form: PatientForm | None = None
        self._besides: int | None = None
        self._hits: tuple[PatientHit, ...] = ()
        self._lines: list[QWidget] = []
        self.setProperty("band", "warn")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 8, 8, 8)
        self._column.setSpacing(4)
        self._title = Label("", 13, 600)
        self._column.addWidget(self._title)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._ask)
        self.hide()

    @property
    def hits(self) -> tuple[PatientHit, ...]:
        """Those who may be the same person."""
        return self._hits

    def watch(self, form: PatientForm, besides: int | None = None) -> None:
        """Asks about this form after a moment's pause."""
        self._form, self._besides = form, besides
        self._timer.start()

    def _ask(self) -> None:
        form, besides = self._form, self._besides
        if form is None:
            return
        clinic, actor = self._context.clinic, self._context.actor
        self._context.tasks.short.submit(
            lambda: patients.likely_duplicates(clinic, actor, form, besides),
            self.show_hits,
            owner=self,
            key="duplicates",
        )

    def show_hits(self, hits: tuple[PatientHit, ...]) -> None:
        """Lists them; none hides the frame."""
        if hits != self._hits:
            self._hits = hits
            self._fill()
        self.setVisible(bool(hits))
        self.found.emit(len(hits))

    def _fill(self) -> None:
        for line in self._lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = []
        count = len(self._hits)
        self._title.setText(
            _n("This may be the same person:", "One of these may be the same person:", count)
        )
        for hit in self._hits[:_SHOWN]:
            line = self._line(hit)
            self._column.addWidget(line)
            self._lines.append(line)
        self.setAccessibleName(
            " ".join([self._title.text(), *(f"{hit_name(h)}, {hit_facts(h)}." for h in self._hits)])
        )

    def _line(self, hit: PatientHit) -> QWidget:
        box = QWidget(self)
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(hit_name(hit), 13, 600, wrap=True))
        words.addWidget(Label(hit_facts(hit), 12, 400, "muted", wrap=True))
        row.addLayout(words, 1)
        use = Button(_("Use this record"), compact=True)
        use.setAccessibleName(_("Use the record of {hit_name}").format(hit_name=hit_name(hit)))
        use.setProperty("patient", hit.id)
        use.clicked.connect(self._take)
        row.addWidget(use)
        return box

    def _take(self) -> None:
        self.taken.emit(int(self.sender().property("patient")))

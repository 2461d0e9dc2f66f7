"""The lower half of the log: pain before and after, complications, the note."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from clinicdesk.domain.log_checks import NO_COMPLICATION
from clinicdesk.domain.log_warnings import AnaestheticLoad
from clinicdesk.domain.measures import Measured
from clinicdesk.domain.medications import amount_text
from clinicdesk.domain.readings import change_text, relief
from clinicdesk.domain.rows.log import LogForm
from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.actions import OWN_KEYS
from clinicdesk.ui.layouts import key_of
from clinicdesk.ui.local import time_text
from clinicdesk.ui.log.cells import lock
from clinicdesk.ui.log.pain_scale import PainScale
from clinicdesk.ui.widgets import Button, Field, Label, TextArea, ToggleRow

_COMPACT = """
QPushButton { min-height: 16px; padding: 4px 7px; font-size: 13px; }
QPushButton:focus { padding: 3px 6px; }
"""


class OutcomePart(QWidget):
    """Scores with their change in percent, complications, note."""

    changed = Signal()

    def __init__(
        self, complications: Mapping[str, str], good_percent: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._good = Fraction(good_percent, 100)
        self.before = PainScale(_("Pain before"))
        self.after = PainScale(_("Pain after"))
        self._change = Label("–", 19, 600)
        self.no_score = Label("", 12, 500, "danger", wrap=True)
        self.no_score.hide()
        self._arrival: Measured | None = None
        self.arrival = Button("", kind="text", compact=True, key_hint="C")
        self.arrival.setToolTip(_("Take it as the pain before"))
        self.arrival.clicked.connect(self._take_arrival)
        self.arrival.hide()
        self.before.setProperty(OWN_KEYS, "C")
        self.complications = ToggleRow(
            list(complications.items()), _("Complications"), exclusive=NO_COMPLICATION
        )
        self.note = TextArea(_("What matters beyond the fields above"), _("Note"), lines=2)
        self.note.setFixedHeight(theme.scaled(64))
        self.fields = {
            "complications": Field(_("Complications"), self.complications),
            "note": Field(_("Note"), self.note),
        }
        self.complications.setStyleSheet(_COMPACT)
        self._build()
        self.before.refused.connect(self._refused)
        self.after.refused.connect(self._refused)
        self.before.changed.connect(self._scored)
        self.after.changed.connect(self._scored)
        self.complications.changed.connect(self._tell)
        self.note.textChanged.connect(self._tell)

    def _build(self) -> None:
        change = QVBoxLayout()
        change.setSpacing(0)
        caption = Label(_("Change"), 12, 400, "muted")
        for label in (caption, self._change):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            change.addWidget(label)
        change.addStretch(1)
        self._change.setMinimumWidth(theme.scaled(74))
        scores = QHBoxLayout()
        scores.setSpacing(20)
        scores.addWidget(self.before, 1)
        scores.addWidget(self.after, 1)
        scores.addLayout(change)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(9)
        layout.addLayout(scores)
        layout.addWidget(self.no_score)
        layout.addWidget(self.arrival, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.fields["complications"])
        layout.addWidget(self.fields["note"])

    def values(self) -> dict[str, object]:
        """Fields of the form."""
        return {
            "pain_before": self.before.value(),
            "pain_after": self.after.value(),
            "complications": self.complications.values(),
            "note": self.note.toPlainText().strip(),
        }

    def show_form(self, form: LogForm) -> None:
        """Shows a form without telling anybody."""
        self.before.set_value(form.pain_before)
        self.after.set_value(form.pain_after)
        self.complications.set_values(form.complications)
        self.note.blockSignals(True)
        self.note.setPlainText(form.note)
        self.note.blockSignals(False)
        self._show_change()

    def show_arrival(self, asked: Measured | None) -> None:
        """The score asked at check-in, to be taken by hand; None where there is none."""
        self._arrival = asked
        self.arrival.setVisible(asked is not None)
        if asked is not None:
            score, at = amount_text(asked.value), time_text(asked.at)
            self.arrival.setText(_("{score} at check-in, {at}").format(score=score, at=at))

    def _take_arrival(self) -> None:
        if self._arrival is not None:
            self.before.set_value(self._arrival.value)
            self._scored()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if key_of(event) == Qt.Key.Key_C and self.before.hasFocus() and self.arrival.isVisible():
            self._take_arrival()
        else:
            super().keyPressEvent(event)

    def set_read_only(self, read_only: bool) -> None:
        """Only shows."""
        self.before.set_read_only(read_only)
        self.after.set_read_only(read_only)
        self.complications.setEnabled(not read_only)
        lock(self.note, read_only)

    def chain(self) -> list[QWidget]:
        """Everything that Tab reaches, in order."""
        toggles = self.complications.findChildren(QPushButton)
        return [self.before, self.after, self.arrival, *toggles, self.note]

    def _refused(self, sentence: str) -> None:
        self.no_score.setText(sentence)
        self.no_score.setVisible(bool(sentence))

    def _scored(self) -> None:
        self._show_change()
        self.changed.emit()

    def _show_change(self) -> None:
        before, after = self.before.value(), self.after.value()
        self._change.setText(change_text(before, after))
        found = None if before is None or after is None else relief(before, after)
        self._change.set_tone("" if found is None else "ok" if found >= self._good else "muted")
        self._change.setAccessibleName(_("Change {text}").format(text=self._change.text()))

    def _tell(self) -> None:
        self.changed.emit()


class AnaestheticMeter(QWidget):
    """How much of the local anaesthetic's maximum for this patient was given."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._load: AnaestheticLoad | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.signals.changed.connect(self.update)
        self.hide()

    def sizeHint(self) -> QSize:
        return QSize(200, theme.scaled(44))

    def set_load(self, load: AnaestheticLoad) -> None:
        """Shows a load; hides where no local anaesthetic was given."""
        self._load = load
        self.setVisible(bool(load.parts))
        self.setAccessibleName(f"{self._title()}, {self._words()}")
        self.update()

    def _title(self) -> str:
        if self._load is None:
            return ""
        given = " + ".join(
            _("{drug} {mg} of {most} mg").format(
                drug=drug.capitalize(), mg=amount_text(mg), most=amount_text(most)
            )
            for drug, mg, most in self._load.parts
        )
        if self._load.weighed:
            return given
        return _("{given} (no weight on record)").format(given=given)

    def _words(self) -> str:
        return f"{self._load.percent}%" if self._load else ""

    def _tone(self) -> str:
        if self._load is None or self._load.share * 10 < 8:
            return "accent"
        return "danger" if self._load.share > 1 else "warn"

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if self._load is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = QRectF(0, 0, self.width(), theme.scaled(22))
        painter.setFont(theme.font(12, 400))
        painter.setPen(theme.colour("text2"))
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        room = int(self.width() - theme.scaled(50))
        title = painter.fontMetrics().elidedText(self._title(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(line, left, title)
        tone = self._tone()
        painter.setFont(theme.font(12, 600))
        painter.setPen(theme.colour("text" if tone == "accent" else tone))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(line, right, self._words())
        bar = QRectF(0, theme.scaled(26), self.width(), theme.scaled(7))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("line"))
        painter.drawRoundedRect(bar, 3, 3)
        share = min(float(self._load.share), 1.0)
        painter.setBrush(theme.colour(tone))
        painter.drawRoundedRect(
            QRectF(bar.left(), bar.top(), bar.width() * share, bar.height()), 3, 3
        )
        painter.end()

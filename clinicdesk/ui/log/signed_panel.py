"""The right column of a signed log: signature, seal, addenda, what comes next."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from clinicdesk.domain.dates import day_words
from clinicdesk.domain.log_safety import answer_text
from clinicdesk.domain.rows.log import AddendumRow, LogRecord
from clinicdesk.domain.translation import _
from clinicdesk.domain.verdict_words import answer_words, was_assumed
from clinicdesk.ui import theme
from clinicdesk.ui.local import time_text
from clinicdesk.ui.widgets import Banner, Button, Label, Line, scrolled


class SignedPanel(QFrame):
    """Who signed when, whether the seal holds, addenda."""

    addendum_wanted = Signal()
    aftercare_wanted = Signal()
    note_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self.state = Banner()
        self._by = Label("", 14, 600, wrap=True)
        self._when = Label("", 13, 400, "muted", wrap=True)
        self._seal = Label("", 11, 400, "faint", wrap=True)
        self._answers = Label("", 13, 400, wrap=True)
        self._answers.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._interval = Label("", 13, 400, wrap=True)
        self._interval.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._addenda = QVBoxLayout()
        self._addenda.setSpacing(10)
        self.add = Button(_("Add addendum"), "note")
        self.aftercare = Button(_("Print after-care"), "print", "primary", key_hint="A")
        self.note = Button(_("Print note"), "print", key_hint="P")
        self.note.clicked.connect(self._note)
        self.add.clicked.connect(self._add)
        self.aftercare.clicked.connect(self._aftercare)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        for widget in (
            self.state,
            self._by,
            self._when,
            self._seal,
            self._interval,
            self._answers,
            Line(),
        ):
            column.addWidget(widget)
        column.addWidget(Label(_("Addenda"), 14, 600))
        column.addLayout(self._addenda)
        column.addStretch(1)
        foot = QFrame()
        foot.setProperty("surface", "status")
        buttons = QVBoxLayout(foot)
        buttons.setContentsMargins(16, 12, 16, 12)
        buttons.setSpacing(8)
        buttons.addWidget(self.aftercare)
        buttons.addWidget(self.note)
        buttons.addWidget(self.add)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(scrolled(inner), 1)
        layout.addWidget(foot)

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(322), 600)

    def show_record(self, record: LogRecord) -> None:
        """Shows a signed record."""
        if record.seal_ok:
            self.state.show_text(_("Signed and locked. Nothing in it can change."), "ok")
        else:
            self.state.show_text(
                _("This record no longer matches its signature. Tell the clinic manager."), "danger"
            )
        self._by.setText(_("Signed by {signed_by}").format(signed_by=record.signed_by))
        at = record.signed_at
        self._when.setText(f"{day_words(at.date())}, {time_text(at)}" if at else "")
        self._seal.setText(_("Seal {seal}… (SHA-256)").format(seal=record.seal[:16]))
        self._seal.setToolTip(record.seal)
        self._interval.setText(interval_text(record))
        self._interval.setVisible(bool(self._interval.text()))
        self._answers.setText(answers_text(record))
        self._answers.setVisible(bool(self._answers.text()))
        while self._addenda.count():
            item = self._addenda.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for entry in record.addenda:
            self._addenda.addWidget(_addendum(entry))
        if not record.addenda:
            self._addenda.addWidget(Label(_("None"), 13, 400, "faint"))

    def _add(self) -> None:
        self.addendum_wanted.emit()

    def _note(self) -> None:
        self.note_wanted.emit()

    def _aftercare(self) -> None:
        self.aftercare_wanted.emit()


def interval_text(record: LogRecord) -> str:
    """What the interval rules said at the signature, and the reason; empty where not asked."""
    kept = record.verdict
    if kept is None:
        return record.form.reason and _("Reason: {reason}").format(reason=record.form.reason)
    lines = [
        _("Interval: {answer_words} ({pack}, version {version})").format(
            answer_words=answer_words(kept), pack=kept.pack, version=kept.version
        )
    ]
    if kept.assumed:
        lines.append(was_assumed(kept.assumed))
    if kept.reason:
        by = f" ({kept.by})" if kept.by else ""
        lines.append(_("Reason: {reason}{by}").format(reason=kept.reason, by=by))
    return "\n".join(lines)


def answers_text(record: LogRecord) -> str:
    """What was asked before the signature and answered, a paragraph each."""
    return "\n\n".join(
        _("{asked} {answer} ({by})").format(
            asked=answer.asked, answer=answer_text(answer), by=answer.by
        )
        for answer in record.form.answers
    )


def _addendum(entry: AddendumRow) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(1)
    column.addWidget(Label(entry.text, 13, 400, wrap=True))
    who = f"{entry.by}, {day_words(entry.at.date())}, {time_text(entry.at)}"
    column.addWidget(Label(who, 12, 400, "faint"))
    return box

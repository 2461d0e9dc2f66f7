"""The right column: what is missing, what to look at, the interval, and signing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from clinicdesk.domain.log_warnings import LogWarning
from clinicdesk.domain.rows.log import LogForm
from clinicdesk.domain.rows.safety import SafetyCard
from clinicdesk.domain.rows.verdict import FindingRow, VerdictCard
from clinicdesk.domain.states import VerdictStatus
from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.access import speak_as
from clinicdesk.ui.local import time_text
from clinicdesk.ui.log.words import GROUPS, asks_words, done_text, grouped, is_wrong, open_words
from clinicdesk.ui.safety.card import SafetyCardWidget
from clinicdesk.ui.verdict.card import VerdictCardWidget
from clinicdesk.ui.widgets import Button, Chip, Field, FlowRow, Label, Line, TextEdit, scrolled


class CheckRow(QFrame):
    """One group of the list: ticked with what was given, or what is missing.

    A click, Enter or Space on what is missing leads to its field.
    """

    wanted = Signal(str)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = ""
        self._full, self._wraps = "", False
        speak_as(self, "link")
        self._mark = QLabel()
        self._mark.setFixedWidth(theme.scaled(20))
        self.title = Label(title, 13, 600)
        self.detail = Label("", 12, 400, "muted", wrap=True)
        self._words = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._words.setSpacing(0)
        self._words.addWidget(self.title)
        self._words.addWidget(self.detail)
        line = QHBoxLayout(self)
        line.setContentsMargins(8, 4, 8, 4)
        line.setSpacing(8)
        line.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(self._words, 1)

    def _lay_out(self, *, one_line: bool) -> None:
        """One line each, so that all are seen at a look; only what cannot stand says it whole."""
        ways = QBoxLayout.Direction
        self._words.setDirection(ways.LeftToRight if one_line else ways.TopToBottom)
        self._words.setStretch(1, 1 if one_line else 0)
        self._words.setSpacing(8 if one_line else 0)
        self.detail.setWordWrap(not one_line)
        self.detail.setSizePolicy(
            QSizePolicy.Policy.Ignored if one_line else QSizePolicy.Policy.Preferred,
            QSizePolicy.Policy.Preferred,
        )
        flags = Qt.AlignmentFlag
        self.detail.setAlignment(
            flags.AlignRight | flags.AlignVCenter if one_line else flags.AlignLeft | flags.AlignTop
        )

    def show_state(self, problems: list[tuple[str, str]], done: str, *, wrong: bool) -> None:
        """Shows the first problem, or what the group says when it is done.

        What does not fit in the line is in the tooltip, and said aloud.

        Args:
            wrong: something given cannot stand; else it is only still open.
        """
        self._field = problems[0][0] if problems else ""
        detail = problems[0][1] if problems else done
        if len(problems) > 1:
            detail = _("{first} (and {count} more)").format(first=detail, count=len(problems) - 1)
        glyph, ink = ("check", "ok")
        if problems:
            glyph, ink = ("alert", "danger") if wrong else ("status-booked", "text3")
        self._mark.setPixmap(theme.pixmap(glyph, ink, 15))
        self.title.set_tone("danger" if wrong else "")
        self.detail.set_tone("danger" if wrong else "muted")
        short = "" if wrong else open_words([field for field, _sentence in problems])
        self._full, self._wraps = short or detail, bool(problems) and not short
        self.setToolTip("\n".join(sentence for _field, sentence in problems))
        self._lay_out(one_line=not self._wraps)
        self._elide()
        self.setAccessibleName(f"{self.title.text()}: {detail}")
        self.setCursor(
            Qt.CursorShape.PointingHandCursor if problems else Qt.CursorShape.ArrowCursor
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        """One line, cut where the room ends; what cannot stand wraps."""
        metrics = self.detail.fontMetrics()
        text, height = self._full, metrics.height()
        if self._wraps:
            room = QRect(0, 0, max(self.width() - theme.scaled(44), 60), 1000)
            height = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, text).height()
        else:
            width = self.width() - self.title.sizeHint().width() - theme.scaled(56)
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(width, 0))
        if self.detail.text() != text:
            self.detail.setText(text)
        if self._wraps:
            # Letters that the typeface has not are taller: the label knows.
            height = max(height, self.detail.heightForWidth(room.width()))
        self.detail.setFixedHeight(height)

    def field(self) -> str:
        """The field that a click leads to; empty when nothing is missing."""
        return self._field

    def press(self) -> None:
        """To the field that is missing."""
        if self._field:
            self.wanted.emit(self._field)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._field and event.button() == Qt.MouseButton.LeftButton:
            self.wanted.emit(self._field)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._field and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Space):
            self.wanted.emit(self._field)
        else:
            super().keyPressEvent(event)


class WarningRow(QWidget):
    """One thing to look at, with its source on hover."""

    def __init__(self, warning: LogWarning, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark = QLabel()
        mark.setPixmap(theme.pixmap("info", "warn", 17))
        mark.setFixedWidth(theme.scaled(20))
        words = Label(warning.message, 12, 500, "warn", wrap=True)
        source = warning.source
        if warning.verify:
            source = _("{source} (to be confirmed by the clinic)").format(source=source)
        basis = Label(source, 11, 400, "faint", wrap=True)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(words)
        if source:
            column.addWidget(basis)
        line = QHBoxLayout(self)
        line.setContentsMargins(8, 3, 8, 3)
        line.setSpacing(8)
        line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(column, 1)
        self.setAccessibleName(_("Look at: {message}").format(message=warning.message))


class SidePanel(QFrame):
    """What is missing, warnings, the verdict, the draft's state, and the buttons."""

    field_wanted = Signal(str)
    reason_changed = Signal()
    sign_wanted = Signal()
    save_wanted = Signal()
    aftercare_wanted = Signal()

    def __init__(self, *, may_sign: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self._may_sign = may_sign
        self._rows = {key: CheckRow(title) for key, title in GROUPS}
        self._count = FlowRow()
        self._count.setFixedWidth(theme.scaled(92))
        self._counted = ""
        self._warned: tuple[LogWarning, ...] = ()
        self._warnings = QVBoxLayout()
        self._warnings.setSpacing(0)
        # The reasons are given in the sign dialog, all together; questions are answered here too.
        self.safety = SafetyCardWidget({}, may_answer=False)
        # Booking is not the matter here: it is being done, the log asks why.
        self.card = VerdictCardWidget(compact=True, acts=False)
        self.reason = TextEdit(_("Kept with the verdict"), _("Reason"))
        self.reason_field = Field(_("Why was it done now?"), self.reason)
        self.reason_field.hide()
        self._dot = QLabel()
        self._saved = Label(_("Nothing typed yet"), 13, 600)
        self._kept = Label(
            _("Saves every change, kept if the power fails"), 12, 400, "muted", elide=24
        )
        self.sign = Button(_("Sign and lock"), "pen", "primary", key_hint="Ctrl ↵")
        self.save = Button(self._save_words(), "save")
        self.why = Label("", 12, 500, "danger", wrap=True)
        self.aftercare = Button(_("After-care"), "print")
        self._build()
        for row in self._rows.values():
            row.wanted.connect(self._want)
        self.reason.textEdited.connect(self._reason_typed)
        self.sign.clicked.connect(self._sign)
        self.save.clicked.connect(self._save)
        self.aftercare.clicked.connect(self._aftercare)
        self.show_unsaved()

    def _build(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(10, 12, 10, 12)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setContentsMargins(8, 0, 0, 4)
        head.addWidget(Label(_("Before signing"), 14, 600))
        head.addStretch(1)
        head.addWidget(self._count)
        column.addLayout(head)
        for row in self._rows.values():
            column.addWidget(row)
        column.addWidget(self.safety)
        column.addLayout(self._warnings)
        column.addSpacing(8)
        column.addWidget(Line())
        column.addSpacing(8)
        interval = QVBoxLayout()
        interval.setContentsMargins(6, 0, 6, 0)
        interval.setSpacing(8)
        interval.addWidget(Label(_("Interval"), 14, 600))
        interval.addWidget(self.card)
        interval.addWidget(self.reason_field)
        column.addLayout(interval)
        column.addStretch(1)
        self._scroll = scrolled(inner)
        self._scroll.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(self._foot())

    def _foot(self) -> QWidget:
        foot = QFrame()
        foot.setProperty("surface", "status")
        column = QVBoxLayout(foot)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(8)
        state = QHBoxLayout()
        state.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._saved)
        words.addWidget(self._kept)
        self._dot.setFixedWidth(theme.scaled(14))
        state.addWidget(self._dot, 0, Qt.AlignmentFlag.AlignTop)
        state.addLayout(words, 1)
        column.addLayout(state)
        column.addWidget(self.sign)
        column.addWidget(self.why)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self.save, 1)
        below.addWidget(self.aftercare, 1)
        column.addLayout(below)
        self.sign.setVisible(self._may_sign)
        if not self._may_sign:
            self.save.set_kind("primary")
        self.aftercare.hide()
        return foot

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(322), 600)

    # what it shows

    def show_missing(
        self,
        missing: Mapping[str, str],
        form: LogForm,
        complications: Mapping[str, str],
        unreadable: Collection[str],
        *,
        open_asks: int | None = 0,
    ) -> None:
        """Ticks what is complete, names what is not; Sign works when nothing is missing.

        What is wrong stands before what is only still open. ``open_asks``: questions that the
        signing dialog asks, None while nobody knows how many; it is not ready with one of them.
        """
        wrong = [f for f in missing if f in unreadable or is_wrong(f, form)]
        still_open = [f for f in missing if f not in wrong]
        ordered = {field: missing[field] for field in (*wrong, *still_open)}
        problems = grouped(ordered)
        if open_asks != 0:
            problems.setdefault("sign", []).append(("safety", asks_words(open_asks)))
        for key, row in self._rows.items():
            found = problems.get(key, [])
            row.show_state(
                found,
                "" if found else done_text(key, form, complications),
                wrong=any(field in wrong for field, __ in found),
            )
        done = len(self._rows) - len(problems)
        tone = "ok" if not problems else "warn"
        words = _("{done} of {count} done").format(done=done, count=len(self._rows))
        if words != self._counted:
            self._counted = words
            self._count.set_widgets([Chip(words, tone)])
        first = next(iter(ordered.values()), "")
        self.sign.setEnabled(not missing)
        self.why.set_tone("danger" if wrong else "muted")
        self.sign.setToolTip(first)
        self.why.setText(first if self._may_sign else "")
        self.why.setVisible(bool(first) and self._may_sign)

    def show_warnings(self, warnings: tuple[LogWarning, ...]) -> None:
        """Safeguards that this log touches."""
        if warnings == self._warned:
            return
        self._warned = warnings
        while self._warnings.count():
            item = self._warnings.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for warning in warnings:
            self._warnings.addWidget(WarningRow(warning))

    def show_safety(
        self, card: SafetyCard | None, also: Mapping[str, FindingRow] | None = None
    ) -> None:
        """What the safety checks found in this log; ``also`` as of the card."""
        self.safety.set_card(card, also)

    def show_verdict(self, card: VerdictCard | None, form: LogForm) -> None:
        """The interval rules' answer; asks for a reason where they do."""
        self.card.set_card(
            card,
            today=form.performed_on,
            hint=_("Choose the site to see the verdict."),
        )
        asks = card is not None and card.status != VerdictStatus.OK
        self.reason_field.setVisible(asks or bool(self.reason.text()))

    def show_reason(self, reason: str, by: str = "") -> None:
        """The reason of the form; ``by``: who gave it at booking."""
        self.reason.setText(reason)
        self.reason_field.set_helper(_("Given at booking by {name}").format(name=by) if by else "")

    def show_unsaved(self) -> None:
        """Nothing was typed so far."""
        self._dot.clear()
        self._saved.setText(_("Nothing typed yet"))
        self._saved.set_tone("")

    def show_saving(self) -> None:
        """A change is on its way."""
        self._dot.setPixmap(theme.pixmap("status-booked", "text3", 13))
        self._saved.setText(_("Saving draft…"))
        self._saved.set_tone("")

    def show_saved(self, at: datetime) -> None:
        """The draft is kept."""
        self._dot.setPixmap(theme.pixmap("status-done", "ok", 13))
        self._saved.setText(_("Draft saved {at}").format(at=time_text(at, seconds=True)))
        self._saved.set_tone("")
        self._kept.setText(_("Saves every change, kept if the power fails"))

    def show_not_saved(self, sentence: str) -> None:
        """The draft could not be kept; it is tried again."""
        self._dot.setPixmap(theme.pixmap("alert", "danger", 13))
        self._saved.setText(_("Draft not saved, trying again"))
        self._saved.set_tone("danger")
        self._kept.setText(sentence)

    def set_busy(self, *, signing: bool = False, saving: bool = False) -> None:
        """A button says what is going on."""
        self.sign.setText(_("Signing…") if signing else _("Sign and lock"))
        self.save.setText(_("Saving…") if saving else self._save_words())
        self.save.setEnabled(not (signing or saving))
        if signing or saving:
            self.sign.setEnabled(False)

    def _save_words(self) -> str:
        return _("Save unsigned") if self._may_sign else _("Save for signing")

    # passing on

    def _want(self, field: str) -> None:
        self.field_wanted.emit(field)

    def _reason_typed(self) -> None:
        self.reason_field.set_helper("")
        self.reason_changed.emit()

    def _sign(self) -> None:
        self.sign_wanted.emit()

    def _save(self) -> None:
        self.save_wanted.emit()

    def _aftercare(self) -> None:
        self.aftercare_wanted.emit()

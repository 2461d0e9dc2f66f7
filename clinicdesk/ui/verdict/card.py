"""The verdict card: what the interval rules say about a day, with everything it rests on."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from clinicdesk.domain.dates import weekday_words
from clinicdesk.domain.rows.verdict import VerdictCard
from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.local import weekday_or_year
from clinicdesk.ui.verdict.findings import Findings
from clinicdesk.ui.verdict.glyph import IconLabel
from clinicdesk.ui.verdict.span import span_of
from clinicdesk.ui.verdict.timeline import Timeline
from clinicdesk.ui.verdict.words import (
    NOT_BEFORE,
    Tone,
    aside_words,
    closed_words,
    first_day,
    headline,
    may_jump,
    spoken,
    wants_reason,
)
from clinicdesk.ui.widgets.buttons import Button
from clinicdesk.ui.widgets.surfaces import Label

_LOADING_AFTER_MS = 150
_RADIUS = 9

# Fill and outline by token; ink by the icon's token and the label's tone.
_FILL: dict[Tone, tuple[str, str, str, str]] = {
    Tone.OK: ("oktint", "okline", "ok", "ok"),
    Tone.DANGER: ("dangertint", "dangerline", "danger", "danger"),
    Tone.WARN: ("warntint", "warnline", "warn", "warn"),
    Tone.NEUTRAL: ("sunken", "line2", "text", ""),
}


class VerdictCardWidget(QWidget):
    """Shows a verdict card; never in the tone of consent while a part was not checked.

    Signals:
        book_on(date): the first allowed day was chosen.
        reason_given(str): the reason field changed (stripped text).
        fact_wanted(MissingFact): the place to enter what a *cannot determine* lacks.
        booking_wanted(date): the later booking that a finding names.

    ``acts`` False leaves out what only makes sense while booking: the button and the reason.
    """

    book_on = Signal(object)
    reason_given = Signal(str)
    fact_wanted = Signal(object)
    booking_wanted = Signal(object)

    def __init__(
        self, parent: QWidget | None = None, compact: bool = False, *, acts: bool = True
    ) -> None:
        super().__init__(parent)
        self._compact = compact
        self._acts = acts
        self._card: VerdictCard | None = None
        self._tone = Tone.NEUTRAL
        self._wants_reason = False
        self._loading = QTimer(self)
        self._loading.setSingleShot(True)
        self._loading.setInterval(_LOADING_AFTER_MS)
        self._loading.timeout.connect(self._show_waiting)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._build()
        theme.signals.changed.connect(self.update)
        self.set_card(None)

    # -- building -----------------------------------------------------------------

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.setSpacing(0)
        outer.addWidget(self._build_head())
        self._body = QWidget(self)
        body = QVBoxLayout(self._body)
        body.setContentsMargins(10, 6, 10, 10)
        body.setSpacing(4)
        self._partial = Label("", 12, 400, "muted", wrap=True, parent=self)
        self._partial.setObjectName("verdict-partial")
        self.timeline = Timeline(self, compact=self._compact)
        self.findings = Findings(self)
        self.findings.fact_wanted.connect(self.fact_wanted)
        self.findings.booking_wanted.connect(self.booking_wanted)
        body.addWidget(self._partial)
        body.addWidget(self.timeline)
        body.addWidget(self.findings)
        body.addSpacing(2)
        body.addWidget(self._build_jump())
        self._only_physician = Label(
            _("Only a physician may book sooner, with a reason."), 12, 400, "muted", wrap=True
        )
        body.addWidget(self._only_physician)
        body.addWidget(self._build_reason())
        outer.addWidget(self._body)

    def _build_head(self) -> QWidget:
        self._head = QWidget(self)
        line = QHBoxLayout(self._head)
        line.setContentsMargins(12, 9, 12, 9)
        line.setSpacing(10)
        self._icon = IconLabel("info", "text2", 20, self._head)
        self._icon.setFixedWidth(theme.scaled(20))
        words = QVBoxLayout()
        words.setSpacing(1)
        self._title = Label("", 14 if self._compact else 15, 600, wrap=True, parent=self._head)
        self._title.setObjectName("verdict-headline")
        self._sub = Label("", 12, 400, "muted", wrap=True, parent=self._head)
        self._sub.setObjectName("verdict-sub")
        words.addWidget(self._title)
        words.addWidget(self._sub)
        line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addLayout(words, 1)
        return self._head

    def _build_jump(self) -> QWidget:
        self.jump = Button(_("Book on the first allowed day"), "calplus", compact=True, parent=self)
        self.jump.setObjectName("verdict-jump")
        self.jump.clicked.connect(self._on_jump)
        return self.jump

    def _build_reason(self) -> QWidget:
        self._reason_box = QWidget(self)
        column = QVBoxLayout(self._reason_box)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        self._reason_label = Label("", 12, 600, parent=self._reason_box)
        self.reason = QLineEdit(self._reason_box)
        self.reason.setPlaceholderText(_("Kept with the verdict, on the record"))
        self.reason.setAccessibleName(_("Reason for booking over the finding"))
        self.reason.textChanged.connect(self._on_reason)
        self._reason_label.setBuddy(self.reason)
        self._reason_error = Label("", 12, 400, "danger", wrap=True, parent=self._reason_box)
        column.addWidget(self._reason_label)
        column.addWidget(self.reason)
        column.addWidget(self._reason_error)
        return self._reason_box

    # -- what it shows ------------------------------------------------------------

    @property
    def card(self) -> VerdictCard | None:
        """The card shown."""
        return self._card

    def set_card(
        self,
        card: VerdictCard | None,
        *,
        today: date | None = None,
        overrides: bool = True,
        hint: str = _("Choose a patient, a procedure and a site to see the verdict."),
    ) -> None:
        """Shows ``card``; None shows ``hint`` (what is still to be chosen) in its place.

        Args:
            today: the clinic's date, so that the day asked for may read "Today".
            overrides: whether this person may go ahead of a *not before* with a reason.
        """
        self._loading.stop()
        self._card = card
        self.findings.show_card(card)
        if card is None:
            self._wants_reason = False
            self._show_plain(_("Interval rules"), hint, "info")
        else:
            self._show(card, today)
            self._show_reason(card, overrides=overrides)
        self.updateGeometry()
        self.update()
        self._announce()

    def set_loading(self) -> None:
        """The rules are being asked: after 150 ms the card says so; sooner nothing flickers."""
        if not self._loading.isActive():
            self._loading.start()

    def set_failed(self, sentence: str) -> None:
        """The rules could not be asked: says why; never looks like consent."""
        self.set_card(None, hint=sentence)
        self._show_plain(_("Cannot be determined"), sentence, "alert")
        self._announce()

    def ask_reason(self, sentence: str = "") -> None:
        """Opens the reason field, with ``sentence`` below it, and puts the cursor there."""
        self._wants_reason = True
        self._body.show()
        self._reason_box.show()
        self._reason_error.setText(sentence)
        self._reason_error.setVisible(bool(sentence))
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def reason_text(self) -> str:
        """The reason as typed, stripped; empty where the last verdict asked for none."""
        return self.reason.text().strip() if self._wants_reason else ""

    def clear_reason(self) -> None:
        """Empties the reason field."""
        self.reason.clear()
        self._reason_error.hide()

    def _show(self, card: VerdictCard, today: date | None) -> None:
        top = headline(card)
        self._tone = top.tone
        __, ___, ink, tone = _FILL[top.tone]
        self._title.setText(top.text)
        self._title.set_tone(tone)
        self._sub.setText(top.sub)
        self._icon.set_icon(top.icon, ink)
        self._body.show()
        aside = aside_words(card)
        self._partial.setText(aside)
        self._partial.set_tone("warn" if card.assumed else "muted")
        self._partial.setVisible(bool(aside))
        self.timeline.set_span(span_of(card), today)
        self.jump.setVisible(self._acts and may_jump(card))
        first = first_day(card)
        if first == card.earliest:
            words = _("Book on the first allowed day: {earliest}")
            self.jump.setToolTip(
                _("Looks for the first free time from {weekday_words} on").format(
                    weekday_words=weekday_words(first)
                )
            )
        else:
            words = _("Book on the first open day: {earliest}")
            self.jump.setToolTip(closed_words(card))
        self.jump.setText(words.format(earliest=weekday_or_year(first)))

    def _show_reason(self, card: VerdictCard, *, overrides: bool) -> None:
        self._wants_reason = self._acts and wants_reason(card, overrides=overrides)
        self._reason_box.setVisible(self._wants_reason)
        early = card.status == NOT_BEFORE
        self._reason_label.setText(
            _("Why sooner all the same, in a sentence") if early else _("The clinician's reason")
        )
        self._reason_error.hide()
        only = self._acts and card.status == NOT_BEFORE and not overrides
        self._only_physician.setVisible(only)

    def _show_plain(self, title: str, sentence: str, icon: str) -> None:
        self._tone = Tone.NEUTRAL
        self._title.setText(title)
        self._title.set_tone("")
        self._sub.setText(sentence)
        self._icon.set_icon(icon, "text2")
        self.timeline.set_span(None)
        self._reason_box.hide()
        self._body.hide()

    def _show_waiting(self) -> None:
        self.findings.show_card(None)
        self._card = None
        self._show_plain(_("Asking the rules…"), _("The verdict follows in a moment."), "clock")
        self.update()
        self._announce()

    def _announce(self) -> None:
        words = spoken(self._card) if self._card else f"{self._title.text()}. {self._sub.text()}"
        self.setAccessibleName(_("Verdict: {text}").format(text=self._title.text()))
        self.setAccessibleDescription(words)
        if self.isVisible():
            event = QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
            QAccessible.updateAccessibility(event)

    # -- acting -------------------------------------------------------------------

    def _on_jump(self) -> None:
        if self._card is not None:
            self.book_on.emit(self._card.earliest)

    def _on_reason(self, text: str) -> None:
        self._reason_error.hide()
        self.reason_given.emit(text.strip())

    # -- painting -----------------------------------------------------------------

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(240), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        fill, line, __, ___ = _FILL[self._tone]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        shape = QPainterPath()
        shape.addRoundedRect(whole, _RADIUS, _RADIUS)
        painter.fillPath(shape, theme.colour("surface"))
        painter.setClipPath(shape)
        head = QRectF(self._head.geometry())
        painter.fillRect(QRectF(0, 0, self.width(), head.bottom()), theme.colour(fill))
        painter.setClipping(False)
        painter.setPen(QPen(theme.colour(line), 1))
        if self._card is not None:
            painter.drawLine(1, int(head.bottom()), self.width() - 2, int(head.bottom()))
        painter.drawPath(shape)
        painter.end()

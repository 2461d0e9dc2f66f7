"""The panel at the right: one appointment and what can be done with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import shiboken6
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from clinicdesk.domain.appointments import NEVER_DONE, Status, may_follow
from clinicdesk.domain.people import full_name
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.rows.check_in import DriverRow
from clinicdesk.domain.rows.people import Banner as BannerRow
from clinicdesk.domain.rows.safety import SafetyCard
from clinicdesk.domain.rows.schedule import AppointmentRow, StatusStep
from clinicdesk.domain.rows.verdict import FindingRow, VerdictCard
from clinicdesk.domain.states import Known
from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.check_in.words import driver_line
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.local import day_near, span_text, time_text
from clinicdesk.ui.safety.order import ForThis
from clinicdesk.ui.safety.standing import Standing
from clinicdesk.ui.safety.standing_card import StandingCard
from clinicdesk.ui.schedule.drag import why_fixed
from clinicdesk.ui.schedule.painting import GLYPHS
from clinicdesk.ui.schedule.site_thumb import SiteThumb
from clinicdesk.ui.verdict.card import VerdictCardWidget
from clinicdesk.ui.verdict.ways import Ways
from clinicdesk.ui.widgets import (
    Button,
    Card,
    Choice,
    FlowRow,
    IconButton,
    Label,
    Line,
    Name,
    column,
    patient_chips,
    row,
    scrolled,
)
from clinicdesk.ui.widgets.patient_banner import facts_line


@dataclass(frozen=True)
class Detail:
    """What the panel shows of an appointment.

    ``card`` is None where nothing is planned or done; ``safety`` is empty then. ``standing``: what
    is still to be settled and what was answered; ``driver``: what was said of the way home.
    ``also``: by check, the finding of the interval rules that names the same fact; it stands with
    that danger, and not in ``card``.
    """

    row: AppointmentRow
    banner: BannerRow
    card: VerdictCard | None
    steps: tuple[StatusStep, ...]
    standing: Standing = field(default_factory=Standing)
    safety: tuple[SafetyCard, ...] = ()
    driver: DriverRow | None = None
    also: Mapping[str, FindingRow] = field(default_factory=dict)


class DetailPanel(QFrame):
    """Signals:
    status_wanted(object): a Status the appointment should take.
    check_in_wanted(): the patient is here.
    cancel_wanted(bool): cancel it (False) or mark it as no-show (True).
    move_wanted(): give it another day or time.
    log_wanted(), consent_wanted(), aftercare_wanted(), chart_wanted(), closed().
    """

    status_wanted = Signal(object)
    check_in_wanted = Signal()
    cancel_wanted = Signal(bool)
    move_wanted = Signal()
    log_wanted = Signal()
    consent_wanted = Signal()
    aftercare_wanted = Signal()
    chart_wanted = Signal()
    closed = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.detail: Detail | None = None
        self._low: QWidget | None = None
        self.setProperty("surface", "panel")
        self._name = Name()
        self._facts = Label("", 13, 400, "muted", wrap=True)
        self._chips = FlowRow()
        self._time = Label("", 15, 600)
        self._status = Choice((), _("Status"))
        # As wide as its words, also where it came on show before there were any.
        self._status.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToContents)
        self._thumb = SiteThumb()
        self._status.chosen.connect(self._chosen)
        self._what = Label("", 15, 600, wrap=True)
        self._where = Label("", 13, 400, wrap=True)
        self._with = Label("", 12.5, 400, "muted", wrap=True)
        self._note = Label("", 12.5, 400, "muted", wrap=True)
        self._driver = Label("", 12.5, 600, wrap=True)
        self.standing = StandingCard(context)
        self.card = VerdictCardWidget(compact=True, acts=False)
        self.ways = Ways(context, self.card, self)
        self.reschedule = Button(_("Move"), kind="text", compact=True)
        self.reschedule.setToolTip(_("Another day, time, physician or room (R)"))
        self._history = Card(_("History"))
        self._steps = Label("", 12, 400, "muted", wrap=True)
        self._history.body.addWidget(self._steps)
        self.check_in = Button(_("Check in"), "check", "primary", "I")
        self.log = Button(_("Log procedure"), "syringe", key_hint="L")
        self.consent = Button(_("Print consent"), "print", key_hint="P")
        self.aftercare = Button(_("Print after-care"), "print", key_hint="A")
        self.cancel = Button(_("Cancel appointment"), kind="text", compact=True)
        self.no_show = Button(_("No-show"), kind="text", compact=True)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        close = IconButton("x", _("Close this panel"))
        close.clicked.connect(self._close)
        chart = Button(_("Chart"), "user", "text", compact=True)
        chart.clicked.connect(self._chart)
        head = QWidget()
        top = QVBoxLayout(head)
        top.setContentsMargins(16, 12, 12, 10)
        top.setSpacing(6)
        line = row(self._name, chart, close)
        line.setStretch(0, 1)
        line.setAlignment(chart, Qt.AlignmentFlag.AlignTop)
        line.setAlignment(close, Qt.AlignmentFlag.AlignTop)
        top.addLayout(line)
        top.addWidget(self._facts)
        top.addWidget(self._chips)
        body = QWidget()
        middle = QVBoxLayout(body)
        middle.setContentsMargins(16, 12, 16, 12)
        middle.setSpacing(8)
        middle.addLayout(row(self._time, self._status, None))
        words = column(self._what, self._where, self._with, None, spacing=5)
        beside = QHBoxLayout()
        beside.addLayout(words, 1)
        beside.addWidget(self._thumb, 0, Qt.AlignmentFlag.AlignTop)
        middle.addLayout(beside)
        for widget in (self._note, self._driver, self.standing, self.card, self._history):
            middle.addWidget(widget)
        for button in (self.reschedule, self.cancel, self.no_show):
            button.let_shrink()
        middle.addLayout(row(self.reschedule, self.cancel, self.no_show, None))
        middle.addStretch(1)
        foot = QWidget()
        bottom = QVBoxLayout(foot)
        bottom.setContentsMargins(16, 10, 16, 12)
        bottom.setSpacing(8)
        for pair in ((self.check_in, self.log), (self.consent, self.aftercare)):
            both = row(*pair)
            both.setStretch(0, 1)
            both.setStretch(1, 1)
            bottom.addLayout(both)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(head)
        outer.addWidget(Line())
        self._scroll = scrolled(body)
        outer.addWidget(self._scroll, 1)
        outer.addWidget(Line())
        outer.addWidget(foot)

    def _reveal(self, widget: QWidget) -> None:
        # The form has no place yet where it has only just come.
        self._low = widget
        QTimer.singleShot(0, self._scroll_down)

    def _settled(self) -> None:
        """The last question is answered: on to what comes next, never to what lies beside it."""
        target = self.check_in if self.check_in.isEnabled() else self._status
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _scroll_down(self) -> None:
        if self._low is not None and shiboken6.isValid(self._low):
            self._scroll.ensureWidgetVisible(self._low, 0, theme.scaled(12))

    def _connect(self) -> None:
        self.standing.opened.connect(self._reveal)
        self.standing.settled.connect(self._settled)
        self.check_in.clicked.connect(self._check_in)
        self.log.clicked.connect(self._log)
        self.reschedule.clicked.connect(self._move)
        self.ways.plan_wanted.connect(self._log)
        self.consent.clicked.connect(self._consent)
        self.aftercare.clicked.connect(self._aftercare)
        self.cancel.clicked.connect(self._cancel)
        self.no_show.clicked.connect(self._no_show)

    def show_detail(self, detail: Detail) -> None:
        """Shows an appointment."""
        self.detail = detail
        row_, banner = detail.row, detail.banner
        self._name.setText(full_name(banner.given, banner.family))
        self._facts.setText(facts_line(banner) + (f"\n{banner.phone}" if banner.phone else ""))
        order = ForThis(detail.safety).rank
        self._chips.set_widgets(patient_chips(banner, short=True, order=order))
        self._time.setText(span_text(row_.start, row_.end))
        self._what.setText(row_.title)
        guidance = row_.planned[0].guidance if row_.planned else ""
        sites = ", ".join(row_.sites)
        self._where.setText(" · ".join(p for p in (sites, guidance) if p))
        self._where.setVisible(bool(sites or guidance))
        self._with.setText(" · ".join(p for p in (row_.physician, row_.room) if p))
        self._note.setText(row_.note)
        self._note.setVisible(bool(row_.note))
        self._show_driver(row_, detail.driver)
        options = [(s, s.label) for s in Status if s is row_.status or self._may(s)]
        self._status.set_options(options)
        self._status.set_value(row_.status)
        for index, (status, __) in enumerate(options):
            self._status.setItemIcon(index, theme.icon(*GLYPHS[status], 14))
        first = row_.planned[0] if row_.planned else None
        procedures = self._context.clinic.catalogue.procedures
        self._thumb.show_sites(procedures.get(first.procedure) if first else None, row_.sites)
        self.standing.show_standing(detail.standing, row_.patient_id, detail.also)
        self.card.setVisible(detail.card is not None)
        if detail.card is not None:
            self.card.set_card(detail.card)
        self._steps.setText("\n".join(self._step(step) for step in detail.steps))
        self._buttons(row_)

    def _show_driver(self, row_: AppointmentRow, kept: DriverRow | None) -> None:
        self._driver.setVisible(kept is not None)
        if kept is not None:
            self._driver.setText(driver_line(kept, row_.physician))
            self._driver.set_tone("danger" if kept.said is Known.NO else "muted")

    @staticmethod
    def _step(step: StatusStep) -> str:
        who = f", {step.by}" if step.by else ""
        note = f": {step.note}" if step.note else ""
        return f"{day_near(step.at)} {time_text(step.at)}  {step.status.label}{who}{note}"

    def _may(self, status: Status) -> bool:
        assert self.detail is not None
        row_ = self.detail.row
        if status in NEVER_DONE and row_.procedure_id is not None:
            return False
        if status is Status.NO_SHOW and row_.start.date() > self._context.clinic.today():
            return False
        # To cancel is a clerk's act that asks for a reason, not a step of the day.
        allowed = Permission.BOOK if status in NEVER_DONE else Permission.CHECK_IN
        return self._context.actor.may(allowed) and may_follow(row_.status, status)

    def _buttons(self, row_: AppointmentRow) -> None:
        actor = self._context.actor
        before = row_.status in (Status.BOOKED, Status.CONFIRMED)
        here = row_.status in (Status.ARRIVED, Status.PREPARING)
        self.check_in.setText(_("Open points") if here else _("Check in"))
        self.check_in.setEnabled((before or here) and actor.may(Permission.CHECK_IN))
        self.check_in.setToolTip(
            ""
            if before or here
            else _("The patient is already {status_label}.").format(
                status_label=row_.status.label.lower()
            )
        )
        planned = bool(row_.planned) or row_.procedure_id is not None
        self.log.setEnabled(
            planned and actor.may(Permission.LOG_PROCEDURE) and row_.status.holds_time
        )
        reason = (
            ""
            if actor.may(Permission.LOG_PROCEDURE)
            else _("Nurses and physicians log procedures.")
        )
        self.log.setToolTip(reason)
        for button in (self.consent, self.aftercare):
            button.setEnabled(planned)
            button.setToolTip("" if planned else _("Nothing to print: no procedure is planned."))
        self.reschedule.setVisible(actor.may(Permission.BOOK) and not why_fixed(row_))
        self.cancel.setVisible(self._may(Status.CANCELLED))
        self.no_show.setVisible(self._may(Status.NO_SHOW))

    def follow_theme(self) -> None:
        """Chips carry the theme's colours."""
        if self.detail is not None:
            self.show_detail(self.detail)

    def _chosen(self, status: object) -> None:
        if status in NEVER_DONE:
            # Shown as it is until the dialog's question is answered.
            self._status.set_value(self.detail.row.status if self.detail else None)
            self.cancel_wanted.emit(status is Status.NO_SHOW)
        else:
            self.status_wanted.emit(status)

    def _check_in(self) -> None:
        self.check_in_wanted.emit()

    def _move(self) -> None:
        self.move_wanted.emit()

    def _log(self) -> None:
        self.log_wanted.emit()

    def _consent(self) -> None:
        self.consent_wanted.emit()

    def _aftercare(self) -> None:
        self.aftercare_wanted.emit()

    def _cancel(self) -> None:
        self.cancel_wanted.emit(False)

    def _no_show(self) -> None:
        self.cancel_wanted.emit(True)

    def _chart(self) -> None:
        self.chart_wanted.emit()

    def _close(self) -> None:
        self.closed.emit()

"""The chart: procedures and relief over time, the list of them, what is booked, the facts."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from clinicdesk.domain.appointments import Status, may_follow
from clinicdesk.domain.dates import day_words
from clinicdesk.domain.rows.people import PatientChart
from clinicdesk.domain.translation import _, _n
from clinicdesk.ui import theme
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.patients.head import ChartHead
from clinicdesk.ui.patients.history import HistoryTable
from clinicdesk.ui.patients.relief_timeline import ReliefTimeline
from clinicdesk.ui.patients.safety_card import SafetyCard
from clinicdesk.ui.patients.side_cards import DetailsCard, RepeatCard, SteroidCard, UpcomingCard
from clinicdesk.ui.patients.timeline_rows import SPANS
from clinicdesk.ui.widgets import (
    Banner,
    Card,
    EmptyState,
    Label,
    Segmented,
    Skeleton,
    scrolled,
)

_SIDE = 320


class ChartView(QWidget):
    """One patient's page.

    Signals:
        procedure_wanted(int): open the log of this procedure.
        patient_wanted(int): open another chart (the record this one was merged into).
        book_wanted(): book for this patient.
        repeat_wanted(SiteLine): book a repeat, filled in.
        cancel_ahead_wanted(): the patient has died: cancel what is booked.
    """

    procedure_wanted = Signal(int)
    patient_wanted = Signal(int)
    book_wanted = Signal()
    repeat_wanted = Signal(object)
    cancel_ahead_wanted = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chart: PatientChart | None = None
        self.head = ChartHead(context.actor, self)
        self.notice = Banner("danger", parent=self)
        self.notice.acted.connect(self._act_on_notice)
        self.timeline = ReliefTimeline(self)
        self.timeline.opened.connect(self.procedure_wanted)
        self.table = HistoryTable(self)
        self.table.opened.connect(self.procedure_wanted)
        self.empty = EmptyState("syringe", _("No procedure yet."), _("Book"))
        self.empty.acted.connect(self.book_wanted)
        self.upcoming = UpcomingCard(self)
        self.repeat = RepeatCard(context, self)
        self.repeat.book_wanted.connect(self.repeat_wanted)
        self.safety = SafetyCard(context.clinic.catalogue.safety.limits.pregnancy_ages, self)
        self.steroid = SteroidCard(self)
        self.details = DetailsCard(self)
        self.opened = Label("", 12, 400, "faint", wrap=True)
        self.skeleton = Skeleton(9)
        self._build()

    def _build(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(12)
        self._timeline_card = self._build_timeline_card()
        left.addWidget(self._timeline_card)
        left.addWidget(self._build_list_card(), 1)
        side = QWidget(self)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.upcoming)
        column.addWidget(self.safety)
        column.addWidget(self.repeat)
        column.addWidget(self.steroid)
        column.addWidget(self.details)
        column.addWidget(self.opened)
        column.addStretch(1)
        area = scrolled(side)
        area.setFixedWidth(theme.scaled(_SIDE))
        body = QWidget(self)
        line = QHBoxLayout(body)
        line.setContentsMargins(16, 14, 12, 14)
        line.setSpacing(12)
        line.addLayout(left, 1)
        line.addWidget(area)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(body)
        self.stack.addWidget(self.skeleton)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.head)
        outer.addWidget(self.notice)
        outer.addWidget(self.stack, 1)

    def _build_timeline_card(self) -> Card:
        card = Card(_("Procedures and relief"), _("pie: % relief · bar: until the follow-up"))
        card.head.removeWidget(card.note)
        card.head.insertWidget(1, card.note)
        self.range = Segmented([(key, label) for key, label, __ in SPANS], _("Range"))
        self.range.set_value("2y")
        self.range.changed.connect(self.timeline.set_range)
        card.head.addWidget(self.range)
        card.body.addWidget(self.timeline)
        return card

    def _build_list_card(self) -> Card:
        self._list_card = Card(_("Procedures"), " ")
        self._list_card.layout().setContentsMargins(1, 12, 1, 1)  # type: ignore[union-attr]
        self._list_card.head.setContentsMargins(13, 0, 13, 0)
        self._lists = QStackedWidget()
        self._lists.addWidget(self.table)
        self._lists.addWidget(self.empty)
        self._list_card.body.addWidget(self._lists)
        return self._list_card

    # -- content ------------------------------------------------------------------

    def begin_loading(self) -> None:
        """The chart is on its way; another patient's is not shown meanwhile."""
        self.chart = None
        self.head.setVisible(False)
        self.notice.show_text("")
        self.stack.setCurrentWidget(self.skeleton)
        self.skeleton.begin()

    def show_chart(self, chart: PatientChart, today: date, opened_at: str = "") -> None:
        """Shows a patient; ``opened_at`` is when that look was taken."""
        kept = _("Each opening of a chart is kept in the audit.")
        if opened_at:
            kept = _("Opened {opened_at}. Each opening of a chart is kept in the audit.")
        self.opened.setText(kept.format(opened_at=opened_at))
        self.chart = chart
        self.skeleton.end()
        self.head.setVisible(True)
        self.head.show_banner(chart.banner)
        self._show_notice(chart)
        self.timeline.set_rows(chart.procedures, chart.upcoming, today)
        drawn = any(not row.struck for row in chart.procedures) or any(
            row.sites for row in chart.upcoming
        )
        self._timeline_card.setVisible(drawn)
        self.table.set_rows(chart.procedures)
        self._lists.setCurrentWidget(self.table if chart.procedures else self.empty)
        self.empty.say(_("No procedure yet."), "", _("Book") if self.head.book.isEnabled() else "")
        count = len(chart.procedures)
        self._list_card.note.setText(
            _("{count}, newest first").format(count=count) if count else ""
        )
        self.upcoming.show_rows(chart.upcoming, today)
        self.repeat.show_chart(chart, today)
        self.safety.show_facts(chart.safety, today, allowed=self.head.edit.isEnabled())
        self.steroid.show_year(chart.steroid_year)
        self.details.show_chart(chart)
        self.stack.setCurrentIndex(0)

    def _show_notice(self, chart: PatientChart) -> None:
        banner = chart.banner
        if banner.merged_into is not None:
            self.notice.show_text(
                _("This record was merged into another one and is kept for reference only."),
                "danger",
                _("Open the record that was kept"),
            )
        elif banner.deceased_on is not None and (ahead := still_ahead(chart)):
            self.notice.show_text(
                _n(
                    "Died on {day}. {n} appointment lies ahead.",
                    "Died on {day}. {n} appointments lie ahead.",
                    ahead,
                ).format(day=day_words(banner.deceased_on), n=ahead),
                "danger",
                _n(
                    "Cancel the appointment ahead", "Cancel the {count} appointments ahead", ahead
                ).format(count=ahead),
            )
        elif banner.deceased_on is not None:
            self.notice.show_text(
                _("Died on {deceased_on}.").format(deceased_on=day_words(banner.deceased_on)),
                "neutral",
            )
        else:
            self.notice.show_text("")

    def _act_on_notice(self) -> None:
        if self.chart is None:
            return
        if self.chart.banner.merged_into is not None:
            self.patient_wanted.emit(self.chart.banner.merged_into)
        else:
            self.cancel_ahead_wanted.emit()


def still_ahead(chart: PatientChart) -> int:
    """How many appointments are booked, and can be cancelled yet."""
    held = [status for row in chart.upcoming if (status := Status(row.status)).holds_time]
    return len([status for status in held if may_follow(status, Status.CANCELLED)])

"""The booking panel: keyboard first, the verdict and every clash shown before Book is pressed."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from clinicdesk.domain.changes import ChangeSet
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.procedures import Intent
from clinicdesk.domain.rows.people import StaffRow
from clinicdesk.domain.rows.schedule import ResourceRow
from clinicdesk.domain.rows.verdict import VerdictCard
from clinicdesk.services import schedule
from clinicdesk.ui import theme
from clinicdesk.ui.booking.asking import Asker, TimeAnswer, parted
from clinicdesk.ui.booking.booker import Booker
from clinicdesk.ui.booking.draft import Draft, missing, still_needed
from clinicdesk.ui.booking.first_free import FirstFree, FirstFreeFinder, sought_of
from clinicdesk.ui.booking.foot import BookFoot
from clinicdesk.ui.booking.head import BookHead
from clinicdesk.ui.booking.patient_section import PatientSection
from clinicdesk.ui.booking.place_section import PlaceSection
from clinicdesk.ui.booking.procedure_section import ProcedureSection
from clinicdesk.ui.booking.time_section import TimeSection
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.verdict.card import VerdictCardWidget
from clinicdesk.ui.verdict.ways import Ways
from clinicdesk.ui.verdict.words import NOT_BEFORE
from clinicdesk.ui.widgets import (
    Field,
    Line,
    TextArea,
    scrolled,
)

WIDTH = 345
_VISIT_MINUTES = 20


class BookingPanel(QFrame):
    """Books one appointment.

    Signals:
        booked(int): the id of the appointment made.
        closed(): Esc, Cancel or the cross.
    """

    booked = Signal(int)
    closed = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._open = False
        self.setProperty("surface", "panel")
        self.setAccessibleName("New appointment")
        self.setFixedWidth(theme.scaled(WIDTH))
        lane = context.tasks.short
        self.patient = PatientSection(context, self)
        self.procedure = ProcedureSection(context.clinic.catalogue, lane, self)
        self.place = PlaceSection(self)
        self.time = TimeSection(context.clinic.today(), self)
        self.note = TextArea("For whoever sees the patient", "Note", 2)
        self.card = VerdictCardWidget(self, compact=True)
        self.head, self.foot = BookHead(self), BookFoot(self)
        self.trouble, self.book, self.strip = self.foot.trouble, self.foot.book, self.foot.strip
        self._asker = Asker(context, self)
        self._booker = Booker(context, self)
        self._finder = FirstFreeFinder(context, self)
        self.ways = Ways(context, self.card, self)
        self._build()
        self._connect()
        self._refresh_choices()

    # -- building -----------------------------------------------------------------

    def _build(self) -> None:
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(16, 12, 14, 14)
        self._column.setSpacing(12)
        self.procedure.put_beside_site(self.place.guidance_field)
        for part in (self.patient, self.procedure, self.place, self.time):
            self._column.addWidget(part)
        self._column.addWidget(self.card)
        self._column.addWidget(Field("Note", self.note, parent=inner))
        self._column.addStretch(1)
        self.area = scrolled(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.head)
        outer.addWidget(Line())
        outer.addWidget(self.area, 1)
        outer.addWidget(Line())
        outer.addWidget(self.foot)

    def _connect(self) -> None:
        self.head.closed.connect(self.close_panel)
        self.foot.cancel.clicked.connect(self.close_panel)
        self.book.clicked.connect(self.submit)
        self.strip.clicked.connect(self._show_card)
        self.patient.changed.connect(self._changed)
        self.procedure.procedure_changed.connect(self._procedure_changed)
        self.procedure.changed.connect(self._changed)
        self.place.changed.connect(self._changed)
        self.time.changed.connect(self._changed)
        self.time.offered.connect(self._take_time)
        self.card.book_on.connect(self._seek_from)
        self._finder.found.connect(self._take_first)
        self._finder.failed.connect(self._say_trouble)
        self.ways.plan_wanted.connect(self._focus_plan)
        self.ways.kept.connect(self._ask_again)
        self.area.verticalScrollBar().valueChanged.connect(self._place_strip)
        self.area.verticalScrollBar().rangeChanged.connect(self._place_strip)
        self._asker.waiting.connect(self.card.set_loading)
        self._asker.verdict.connect(self._show_verdict)
        self._asker.verdict_failed.connect(self.card.set_failed)
        self._asker.time_checked.connect(self._show_time)
        self._booker.booked.connect(self._booked)
        self._booker.refused.connect(self._refused)
        self._booker.reason_needed.connect(self._ask_reason)
        self._booker.busy.connect(self._show_busy)
        self._context.bus.published.connect(self._published)
        sections = (
            self.patient.focus_here,
            self.procedure.focus_here,
            self.procedure.focus_site,
            self.place.focus_here,
            self.time.focus_here,
        )
        for number, jump in enumerate(sections, start=1):
            self._shortcut(f"Alt+{number}", jump)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            self._shortcut(key, self.submit)

    def _shortcut(self, key: str, slot: object) -> None:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(slot)

    def _refresh_choices(self) -> None:
        clinic, actor = self._context.clinic, self._context.actor
        self._context.tasks.short.submit(
            lambda: (schedule.physicians(clinic, actor), schedule.rooms(clinic, actor)),
            self._fill_choices,
            owner=self,
            key="choices",
        )

    def _fill_choices(self, found: tuple[tuple[StaffRow, ...], tuple[ResourceRow, ...]]) -> None:
        physicians, rooms = found
        self.place.fill(physicians, rooms)
        if self._open:
            self.place.prefer(self._context.actor.staff_id)
        self._changed()

    def _published(self, changes: ChangeSet) -> None:
        if changes.kinds & {"staff", "clinic", "resource"}:
            self._refresh_choices()

    # -- opening and closing --------------------------------------------------------

    def start(
        self,
        start: datetime | None = None,
        physician_id: int | None = None,
        room_id: int | None = None,
        patient_id: int | None = None,
    ) -> None:
        """Begins an appointment; while one is being entered only what is given changes.

        Args:
            start: aware; shown in the clinic's zone.
            physician_id, room_id: resource ids, as the columns of the schedule have them.
            patient_id: already chosen elsewhere, for example in the chart.
        """
        if not self._open:
            self._clear()
        self._open = True
        self.time.set_today(self._context.clinic.today())
        if start is not None:
            self.time.set_start(start.astimezone(self._context.clinic.zone))
        self.place.choose(physician_id, room_id)
        self.place.prefer(self._context.actor.staff_id)
        if patient_id is not None:
            self.patient.choose(patient_id)
            self.procedure.focus_here()
        else:
            self.patient.focus_here()
        self._changed()

    def copy(self, procedure: str, sites: tuple[str, ...], intent: Intent | None = None) -> None:
        """Takes over what is to be done, for a repeat of an earlier visit."""
        self.procedure.set_procedure(procedure, sites, intent)

    def close_panel(self) -> None:
        """Gives the booking up."""
        self._open = False
        self.closed.emit()

    def _clear(self) -> None:
        self.patient.clear()
        self.procedure.clear()
        self.place.clear()
        self.time.clear()
        self.note.clear()
        self.card.clear_reason()
        self.trouble.show_text("")
        self._asker.forget()
        self.area.verticalScrollBar().setValue(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
            return
        super().keyPressEvent(event)

    # -- content ------------------------------------------------------------------

    @property
    def draft(self) -> Draft:
        """What has been entered."""
        return Draft(
            patient=self.patient.hit,
            procedure=self.procedure.procedure,
            visit=self.procedure.visit,
            sites=self.procedure.sites,
            intent=self.procedure.intent,
            guidance=self.place.guidance_value if self.procedure.procedure else None,
            physician=self.place.physician_pair,
            room=self.place.room_pair,
            day=self.time.day,
            at=self.time.at,
            minutes=self.time.length,
            note=self.note.toPlainText(),
        )

    def _changed(self) -> None:
        draft = self.draft
        self.trouble.show_text("")
        self.foot.show_draft(draft)
        if self.card.card is None:
            self._show_verdict(None)
        self._asker.ask(draft)

    def _procedure_changed(self) -> None:
        procedure = self.procedure.procedure
        self.place.set_procedure(procedure, visit=bool(self.procedure.visit))
        self.time.set_usual_length(procedure.minutes if procedure else _VISIT_MINUTES)
        self._changed()

    def _show_verdict(self, card: VerdictCard | None) -> None:
        draft = self.draft
        today = self._context.clinic.today()
        self.card.set_card(
            card,
            today=today,
            hint=still_needed(draft),
            overrides=self._may_override,
        )
        self._place_strip()

    @property
    def _may_override(self) -> bool:
        # The service decides; here it only says whether a reason is worth typing.
        return self._context.actor.may(Permission.OVERRIDE_VERDICT)

    def _show_time(self, answer: TimeAnswer | None) -> None:
        found = parted(answer.hindrances, self.draft) if answer else {}
        self._show_clashes(found)
        self.time.set_offers(answer.free if answer else ())

    def _show_clashes(self, found: dict[str, str]) -> None:
        self.place.physician_field.set_error(found.get("physician", ""))
        self.place.room_field.set_error(found.get("room", ""))
        rest = [found[key] for key in ("time", "patient") if key in found]
        self.time.set_clash(" ".join(rest))

    def _show_card(self) -> None:
        self.area.ensureWidgetVisible(self.card, 0, theme.scaled(12))

    def _place_strip(self) -> None:
        """The headline stays in sight: over the button while the card is scrolled away."""
        port = self.area.viewport()
        top = self.card.mapTo(port, QPoint(0, 0)).y()
        seen = -theme.scaled(8) <= top <= port.height() - theme.scaled(44)
        self.strip.show_card(None if seen else self.card.card)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_strip()

    def _seek_from(self, day: date) -> None:
        """To the first allowed day on which physician and room are free; without them, the day."""
        if self.draft.physician is None or self.draft.room is None:
            self.time.set_day(day)
            self.time.focus_here()
            return
        self._finder.seek(sought_of(self.draft, day))

    def _take_first(self, answer: FirstFree) -> None:
        if answer.start is None:
            self.time.set_day(answer.allowed)
        else:
            self.time.set_start(answer.start)
        self.time.focus_here()
        self.trouble.show_text(answer.words, "info" if answer.start else "danger")

    def _say_trouble(self, sentence: str) -> None:
        self.trouble.show_text(sentence, "danger")

    def _focus_plan(self, what: str) -> None:
        """A fact of the plan is missing: to its field, or what to do where booking has none."""
        if what == "guidance":
            self.place.guidance.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.trouble.show_text("It is said in the procedure log, on the day itself.", "info")

    def _ask_again(self) -> None:
        """A score was added: the rules may say something else now. The reason stays."""
        # The line that led to the dialog is gone by then: Enter must not fall on Cancel.
        self.book.setFocus(Qt.FocusReason.OtherFocusReason)
        self._asker.forget()
        self._asker.ask(self.draft)

    def _take_time(self, start: datetime) -> None:
        self.time.set_start(start)

    # -- booking ------------------------------------------------------------------

    def submit(self) -> None:
        """Books, or shows at its field whatever hinders it."""
        draft = self.draft
        wrong = missing(draft)
        if blocked := self.patient.blocked():
            wrong["patient"] = blocked
        if wrong:
            self._show_missing(wrong)
            return
        self._booker.book(draft, self.card.reason_text())

    def _show_missing(self, wrong: dict[str, str]) -> None:
        if not self.patient.show_wrong(wrong.get("patient", "")):
            self.trouble.show_text(wrong["patient"], "danger")
        self.procedure.family_field.set_error(wrong.get("procedure", ""))
        if "sites" in wrong:
            self.procedure.check_site()
        self.place.physician_field.set_error(wrong.get("physician", ""))
        self.time.check()
        first = next(iter(wrong))
        jump = {
            "patient": self.patient.focus_here,
            "procedure": self.procedure.focus_here,
            "sites": self.procedure.focus_site,
            "physician": self.place.focus_here,
        }.get(first, self.time.focus_wrong)
        jump()

    def _ask_reason(self, sentence: str) -> None:
        if not self._may_override and self.card.card and self.card.card.status == NOT_BEFORE:
            self.trouble.show_text(sentence, "danger")
            return
        self.card.ask_reason(sentence)
        self.area.ensureWidgetVisible(self.card.reason, 0, theme.scaled(40))

    def _refused(self, fields: dict[str, str]) -> None:
        """Sentences by field; what belongs to none stands over the button."""
        left = dict(fields)
        clashes: dict[str, str] = {
            key: left.pop(key) for key in ("physician", "room", "patient", "time") if key in left
        }
        self._show_clashes(clashes)
        if site := left.pop("sites", ""):
            self.procedure.site_field.set_error(site)
        self.trouble.show_text(" ".join(left.values()), "danger")
        self._asker.forget()
        self._asker.ask(self.draft)
        if clashes:
            self.area.ensureWidgetVisible(self.time, 0, theme.scaled(40))

    def _show_busy(self, busy: bool) -> None:
        self.foot.show_busy(self.draft, busy=busy)

    def _booked(self, appointment_id: int) -> None:
        self._open = False
        self._clear()
        self.booked.emit(appointment_id)

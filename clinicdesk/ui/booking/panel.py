"""The booking panel: keyboard first, the verdict and every clash shown before Book is pressed."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from clinicdesk.domain.dates import weekday_words
from clinicdesk.domain.procedures import Intent
from clinicdesk.domain.rows.safety import SafetyCard
from clinicdesk.domain.rows.schedule import TimeAnswer
from clinicdesk.domain.rows.verdict import VerdictCard
from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.booking.asking import Question
from clinicdesk.ui.booking.booker import Booker
from clinicdesk.ui.booking.content import Body, Parts, content_of, put_back
from clinicdesk.ui.booking.draft import (
    MORNING,
    Draft,
    missing,
    plan_request,
    still_needed,
    time_request,
    time_wanted,
)
from clinicdesk.ui.booking.entry_panel import EntryPanel
from clinicdesk.ui.booking.faults import Faults
from clinicdesk.ui.booking.foot import book_words
from clinicdesk.ui.booking.headline import HeadlineKeeper
from clinicdesk.ui.booking.patient_section import PatientSection
from clinicdesk.ui.booking.procedure_section import ProcedureSection
from clinicdesk.ui.booking.proposal import Proposal
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.new_sites import NewSites
from clinicdesk.ui.verdict.words import NOT_BEFORE, READINGS, first_day
from clinicdesk.ui.widgets import Field, TextArea

WIDTH = 345
_VISIT_MINUTES = 20
_OTHER = Qt.FocusReason.OtherFocusReason


class BookingPanel(EntryPanel):
    """Books one appointment.

    Signals:
        booked(int): the id of the appointment made.
        day_said(date): another day is entered; the schedule shows it.
        touched(): something else is entered.
        given_up(): what is entered is wanted no more.
    """

    touched = Signal()
    given_up = Signal()

    booked = Signal(int)
    day_said = Signal(object)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(context, _("New appointment"), _("Book"), parent)
        self._open = False
        self.setFixedWidth(theme.scaled(WIDTH))
        self.patient = PatientSection(context, self)
        self.procedure = ProcedureSection(context.clinic.catalogue, context.tasks.short, self)
        NewSites(context, self.procedure.site)
        self.note = TextArea(_("For whoever sees the patient"), _("Note"), 2)
        self.book = self.accept
        self.procedure.put_beside_site(self.place.guidance_field)
        note = Field(_("Note"), self.note)
        parts = (self.patient, self.procedure, self.place, self.time, self.safety, self.card, note)
        self.put(parts)
        self._headline = HeadlineKeeper(self.area, self.card, self.safety, self.foot.strip)
        self._faults = Faults(self.patient, self.procedure, self.slot, self.trouble)
        self._booker = Booker(context, self)
        self._proposal = Proposal(self.slot, self)
        self._landing = False
        self._parts = Parts(
            context.clinic.catalogue, self.patient, self.procedure, self.place, self.time,
            self.note, self.card.reason,
        )  # fmt: skip
        self._connect()

    def _connect(self) -> None:
        self.patient.changed.connect(self._changed)
        self.procedure.procedure_changed.connect(self._procedure_changed)
        self.procedure.changed.connect(self._changed)
        self.slot.changed.connect(self._changed)
        self.slot.filled.connect(self._filled)
        self.time.day_said.connect(self.day_said)
        self.note.textChanged.connect(self.touched)
        self.card.reason.textEdited.connect(self.touched)
        self.patient.search.textEdited.connect(self.touched)
        self.card.book_on.connect(self._seek_from)
        self.safety.reasons_changed.connect(self._name_act)
        self.ways.plan_wanted.connect(self._focus_plan)
        self._booker.booked.connect(self._booked)
        self._booker.refused.connect(self._refused)
        self._booker.reason_needed.connect(self._answer_reason)
        self._booker.busy.connect(self._show_busy)
        sections = (
            self.patient.focus_here,
            self.procedure.focus_here,
            self.procedure.focus_site,
            self.place.focus_here,
            self.time.focus_here,
        )
        for number, jump in enumerate(sections, start=1):
            self.shortcut(f"Alt+{number}", jump)

    def _filled(self) -> None:
        if self._open:
            self.place.prefer(self._context.actor.staff_id)
        self._changed()

    # -- opening and closing --------------------------------------------------------

    def start(
        self,
        start: datetime | None = None,
        physician_id: int | None = None,
        room_id: int | None = None,
        patient_id: int | None = None,
        minutes: int | None = None,
        *,
        proposed: bool = False,
    ) -> None:
        """Begins an appointment; while one is being entered only what is given changes.

        Args:
            start: aware; shown in the clinic's zone.
            physician_id, room_id: resource ids, as the columns of the schedule have them.
            patient_id: already chosen elsewhere, for example in the chart.
            minutes: a length drawn in the schedule; None: as long as usual.
            proposed: nobody has said this start: where it is taken, the next free one stands there.
        """
        if not self._open:
            self._clear()
        self._open = True
        self.time.set_today(self._context.clinic.today())
        if start is not None:
            local = start.astimezone(self._context.clinic.zone)
            self._proposal.begin(local) if proposed else self._take_start(local)
        self.place.choose(physician_id, room_id)
        self.place.prefer(self._context.actor.staff_id)
        if patient_id is not None:
            self.patient.choose(patient_id)
            self.procedure.focus_here()
        else:
            self.patient.focus_here()
        if minutes is not None:
            self.time.set_length(minutes)
        self._changed()

    def _take_start(self, start: datetime) -> None:
        self._proposal.forget()
        self.time.set_start(start)

    def show_time(self, answer: TimeAnswer | None) -> None:
        if not self._proposal.moves(answer):
            super().show_time(answer)

    def copy(self, procedure: str, sites: tuple[str, ...], intent: Intent | None = None) -> None:
        """Takes over what is to be done, for a repeat of an earlier visit: the time is left."""
        self.procedure.set_procedure(procedure, sites, intent)
        self.time.focus_here()

    def content(self) -> Body | None:
        """What is entered, to be kept; None while nothing is, or nothing would be lost."""
        return content_of(self._parts) if self._open else None

    def restore(self, body: Body) -> None:
        """Goes on with what ``content`` gave, in place of what stands here."""
        self._clear()
        self._open = True
        self.time.set_today(self._context.clinic.today())
        self._proposal.forget()
        put_back(self._parts, body)
        self.time.focus_here()
        self._changed()

    def finish(self) -> None:
        """Nothing is entered here any more."""
        self._open = False
        self._clear()

    def close_panel(self) -> None:
        """Leaves the booking as it is."""
        self.closed.emit()

    def give_up(self) -> None:
        """Cancel: what is entered is forgotten."""
        self.given_up.emit()
        self.finish()
        self.closed.emit()

    def _clear(self) -> None:
        self.patient.clear()
        self.procedure.clear()
        self.place.clear()
        self.time.clear()
        self.note.clear()
        self.card.clear_reason()
        self.safety.set_card(None)
        self.trouble.show_text("")
        self.asker.forget()
        self.area.verticalScrollBar().setValue(0)

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

    def question(self) -> Question:
        draft = self.draft
        return Question(
            plan_request(draft),
            time_wanted(draft, self._context.clinic.zone),
            draft.physician[0] if draft.physician else None,
        )

    def _changed(self) -> None:
        self.touched.emit()
        self.trouble.show_text("")
        self._name_act()
        if self.card.card is None:
            self.show_verdict(None)
        self.asker.ask(self.question())

    def _procedure_changed(self) -> None:
        procedure = self.procedure.procedure
        self.place.set_procedure(procedure, visit=bool(self.procedure.visit))
        self._proposal.begin_again()
        self.time.set_usual_length(procedure.minutes if procedure else _VISIT_MINUTES)
        self._changed()

    def show_verdict(self, card: VerdictCard | None) -> None:
        today = self._context.clinic.today()
        hint = still_needed(self.draft)
        self.card.set_card(card, today=today, hint=hint, overrides=self.may_override)
        self._name_act()
        self._headline.place()
        self._ask_score(card)

    def show_safety(self, card: SafetyCard | None) -> None:
        super().show_safety(card)
        self.patient.put_first(card)
        self._name_act()
        self._headline.place()

    def _name_act(self) -> None:
        self.foot.name_act(book_words(self.draft, for_review=self.for_review))
        self.show_barred()

    def _seek_from(self, day: date) -> None:
        """To the first allowed day on which physician and room are free; without them, the day."""
        draft = self.draft
        if draft.physician is None or draft.room is None:
            self.time.set_day(first_day(self.card.card) if self.card.card else day)
            self.time.focus_here()
            return
        self._landing = True
        self._proposal.forget()
        start = datetime.combine(day, draft.at or MORNING, self._context.clinic.zone)
        self.slot.seek(time_request(draft, start), plan_request(draft))

    def _ask_score(self, card: VerdictCard | None) -> None:
        """The first allowed day may hang on a score that nobody has entered: asked for, once."""
        if card is None or not self._landing or card.on != self.time.day:
            return
        self._landing = False
        lacks = [lack for row in card.findings for lack in row.missing]
        lack = next((each for each in lacks if each.what in READINGS), None)
        if lack is not None and lack.procedure_ids:
            said = _("{day} is the first allowed day. A score is still missing for it.")
            self.trouble.show_text(said.format(day=weekday_words(card.on)), "info")
            self.ways.open_fact(lack)

    def _focus_plan(self, what: str) -> None:
        """A fact of the plan is missing: to its field, or what to do where booking has none."""
        if what == "guidance":
            self.place.guidance.setFocus(_OTHER)
        else:
            self.trouble.show_text(_("It is said in the procedure log, on the day itself."), "info")

    # -- booking ------------------------------------------------------------------

    def submit(self) -> None:
        """Books, or shows at its field whatever hinders it."""
        if self.unsettled() or self.say_barred():
            return
        draft = self.draft
        wrong = missing(draft)
        if blocked := self.patient.blocked():
            wrong["patient"] = blocked
        if wrong:
            self._faults.show_missing(wrong)
            self._say_refused(next(iter(wrong.values())))
            return
        self._booker.book(
            draft, self.card.reason_text(), self.safety.given(), for_review=self.for_review
        )

    def _answer_reason(self, sentence: str) -> None:
        """Who may not go ahead sooner is told so; anybody else is asked for the reason."""
        if not self.may_override and self.card.card and self.card.card.status == NOT_BEFORE:
            self.say_trouble(sentence)
        else:
            self.ask_reason(sentence)

    def _refused(self, fields: dict[str, str]) -> None:
        in_slot = self._faults.show_refused(fields)
        self._say_refused(next(iter(fields.values())))
        self.ask_again()
        if in_slot:
            self.area.ensureWidgetVisible(self.time, 0, theme.scaled(40))

    def _say_refused(self, sentence: str) -> None:
        self._context.bus.warn(_("Not booked: {sentence}").format(sentence=sentence))

    def _show_busy(self, busy: bool) -> None:
        """While the act is under way the button says so and cannot be pressed twice."""
        self.accept.setEnabled(not busy)
        if busy:
            self.accept.setText(_("Booking…"))
        else:
            self._name_act()

    def _booked(self, appointment_id: int) -> None:
        self._open = False
        self._clear()
        self.booked.emit(appointment_id)

"""The page of the procedure log: the list of what is to do, and one log at a time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from clinicdesk.domain.changes import ChangeSet
from clinicdesk.domain.errors import ClinicError, Invalid
from clinicdesk.domain.rows.log import LogListRow, LogRecord
from clinicdesk.domain.rows.log_safety import LogSafety
from clinicdesk.domain.rows.verdict import VerdictCard
from clinicdesk.domain.sheets import NOTE
from clinicdesk.domain.states import LogState
from clinicdesk.domain.translation import _
from clinicdesk.services import procedures, verdicts
from clinicdesk.services.context import Done
from clinicdesk.ui.actions import Action
from clinicdesk.ui.context import Page, UiContext
from clinicdesk.ui.log.dialogs import AddendumDialog
from clinicdesk.ui.log.form_view import LogView
from clinicdesk.ui.log.keeper import Content, DraftKeeper
from clinicdesk.ui.log.list_view import LogList
from clinicdesk.ui.log.signer import Signer, sentence_of
from clinicdesk.ui.new_sites import NewSites
from clinicdesk.ui.safety.answerer import Answerer
from clinicdesk.ui.stock import Stock
from clinicdesk.ui.verdict.ways import Ways
from clinicdesk.ui.widgets import Dialog, EmptyState, Skeleton

T = TypeVar("T")
_ASK_MS = 150


class LogPage(Page):
    """``activated(appointment_id=…)`` or ``(procedure_id=…)`` opens a log; without, the list.

    What is typed is kept as this person's draft; signing asks for the password in a
    dialog, and afterwards the page only shows.
    """

    title = _("Procedure log")

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._record: LogRecord | None = None
        self._dialog: AddendumDialog | None = None
        self._opening: dict[str, object] = {}
        self.view = LogView(context.clinic.catalogue, context.actor, context.tasks.short)
        self.list = LogList()
        self._wait = QWidget()
        self.skeleton = Skeleton(12, 44)
        QVBoxLayout(self._wait).addWidget(self.skeleton)
        self.failure = EmptyState("alert", "", _("Show the list"))
        self.stack = QStackedWidget()
        for widget in (self.list, self.view, self._wait, self.failure):
            self.stack.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)
        self.keeper = DraftKeeper(context, self._content, self)
        self.ways = Ways(context, self.view.side.card, self)
        self.signer = Signer(context, self.view, self.view.side, self.keeper, self)
        self.stock = Stock(context, self)
        NewSites(context, self.view.site.edit)
        self.answerer = Answerer(context, self.view.side.safety, self)
        self._ask = QTimer(self)
        self._ask.setSingleShot(True)
        self._ask.setInterval(_ASK_MS)
        self._connect()
        self._register()

    def _connect(self) -> None:
        self._ask.timeout.connect(self._ask_rules)
        self.view.edited.connect(self._edited)
        self.view.asked.connect(self._question)
        self.view.replaced.connect(self._replaced)
        self.answerer.kept.connect(self._question)
        self.answerer.refused.connect(self._not_answered)
        self.view.notice.acted.connect(self._reload)
        self.view.table.stock_wanted.connect(self.stock.choose)
        self.stock.changed.connect(self.view.table.set_not_stocked)
        self.ways.plan_wanted.connect(self.view.focus_field)
        self.ways.kept.connect(self._question)
        side, signed = self.view.side, self.view.signed
        self.keeper.saving.connect(side.show_saving)
        self.keeper.saved.connect(side.show_saved)
        self.keeper.failed.connect(side.show_not_saved)
        side.sign_wanted.connect(self.signer.sign)
        side.save_wanted.connect(self.signer.save_open)
        self.signer.saved.connect(self._open_saved)
        self.signer.reopened.connect(self._opened)
        signed.addendum_wanted.connect(self.addend)
        signed.aftercare_wanted.connect(self.print_aftercare)
        signed.note_wanted.connect(self.print_note)
        self.list.opened.connect(self._open_row)
        self.list.empty.acted.connect(self._to_schedule)
        self.failure.acted.connect(self._show_list)
        self.context.bus.published.connect(self._changed_elsewhere)

    def _register(self) -> None:
        self.context.actions.add(
            Action("log.drug", _("Add a drug to the log"), "Ctrl+M", self.add_drug, "log", "plus"),
            Action("log.sign", _("Sign and lock the log"), "Ctrl+Return", self._sign, "log", "pen"),
            Action("log.sign2", _("Sign and lock"), "Ctrl+Enter", self._sign, "log", "pen"),
            Action("log.list", _("Show the logs to do"), "", self._show_list, "log", "list"),
            Action(
                "log.aftercare", _("Print after-care"), "A", self.print_aftercare, "log", "print"
            ),
            Action("log.note", _("Print the procedure note"), "P", self.print_note, "log", "print"),
        )

    # -- opening ------------------------------------------------------------------

    def activated(self, **arguments: object) -> None:
        """Opens what was asked for; what was open before is kept as a draft first."""
        self.keeper.flush()
        appointment_id, procedure_id = (
            arguments.get("appointment_id"),
            arguments.get("procedure_id"),
        )
        if isinstance(procedure_id, int):
            self.open(procedure_id=procedure_id)
        elif isinstance(appointment_id, int):
            self.open(appointment_id=appointment_id)
        elif self._record is None or self._record.state == LogState.SIGNED:
            self._show_list()
        else:
            self.stack.setCurrentWidget(self.view)
            self._look_again()

    def _look_again(self) -> None:
        """Another desk may have signed the log on show: then its record is shown."""
        record = self._record
        if record is None or record.state == LogState.SIGNED:
            return
        clinic, actor = self.context.clinic, self.context.actor

        def work() -> LogRecord:
            if record.procedure_id is not None:
                return procedures.open_procedure(clinic, actor, record.procedure_id)
            return procedures.open_log(clinic, actor, record.form.appointment_id or 0)

        self._run(work, self._seen_again, self._not_seen, key="again")

    def _seen_again(self, found: LogRecord) -> None:
        record = self._record
        if record is None or record.state == LogState.SIGNED or found.state != LogState.SIGNED:
            return
        if found.form.appointment_id != record.form.appointment_id:
            return
        self.keeper.forget()
        self.signer.close_dialog()
        self._opened(found)
        said = _("{who} has signed this log meanwhile. This is the signed record.")
        self.view.show_notice(said.format(who=found.signed_by), "info")

    def _not_seen(self, error: Exception) -> None:
        """What is on show stays; saving it will say what is wrong."""
        if not isinstance(error, ClinicError):
            raise error

    def open(self, *, appointment_id: int | None = None, procedure_id: int | None = None) -> None:
        """Fetches a log and shows it."""
        self.keeper.forget()
        self._set_record(None)
        self.stack.setCurrentWidget(self._wait)
        self.skeleton.begin()
        clinic, actor = self.context.clinic, self.context.actor

        def work() -> LogRecord:
            if procedure_id is not None:
                return procedures.open_procedure(clinic, actor, procedure_id)
            return procedures.open_log(clinic, actor, appointment_id or 0)

        self._run(work, self._opened, self._not_opened, key="open")

    def _opened(self, record: LogRecord) -> None:
        self.skeleton.end()
        self._set_record(record)
        self.view.show_notice("")
        self.stack.setCurrentWidget(self.view)
        self.view.show_record(record, self.context.clinic.today())
        if record.state == LogState.SIGNED:
            self._question()
            self.view.signed.aftercare.setFocus()
        else:
            self.view.site.edit.setFocus()
        if record.state == LogState.OPEN and record.owner:
            self.view.show_notice(
                _("Saved by {owner}, not signed yet.").format(owner=record.owner), "info"
            )
        self.retitled.emit()

    def _set_record(self, record: LogRecord | None) -> None:
        self._record = self.signer.record = record
        self.answerer.patient_id = record.form.patient_id if record is not None else 0

    def _not_opened(self, error: Exception) -> None:
        self.skeleton.end()
        self.failure.say(sentence_of(error), "", _("Show the list"))
        self.stack.setCurrentWidget(self.failure)

    def _show_list(self) -> None:
        self.keeper.flush()
        self.stack.setCurrentWidget(self.list)
        self.list.begin()
        self._set_record(None)
        clinic, actor = self.context.clinic, self.context.actor

        def work() -> tuple[LogListRow, ...]:
            return procedures.to_do(clinic, actor)

        self._run(work, self.list.show_rows, self._not_opened, key="list")
        self.retitled.emit()

    def _open_row(self, row: LogListRow) -> None:
        if row.procedure_id is not None:
            self.open(procedure_id=row.procedure_id)
        else:
            self.open(appointment_id=row.appointment_id)

    def _reload(self) -> None:
        """Shows what is saved now; what was typed is this person's draft no more."""
        record = self._record
        if record is None:
            return
        self.keeper.forget()
        clinic, actor = self.context.clinic, self.context.actor

        def work() -> LogRecord:
            procedures.discard_draft(clinic, actor, record.form, procedure_id=record.procedure_id)
            if record.procedure_id is not None:
                return procedures.open_procedure(clinic, actor, record.procedure_id)
            return procedures.open_log(clinic, actor, record.form.appointment_id or 0)

        self._run(work, self._opened, self._not_opened, key="open")

    def subtitle(self) -> str:
        if self.stack.currentWidget() is self.list:
            return _("To do")
        state = self._record.state if self._record else ""
        return LogState(state).label if state else ""

    def day_turned(self, was: date) -> None:
        """The list is of another day; a log being typed stays, and asks the rules again."""
        del was
        if self.stack.currentWidget() is self.list:
            self._show_list()
        elif self._record is not None and self._record.state != LogState.SIGNED:
            self.view.set_today(self.context.clinic.today())
            self._question()

    # -- typing -------------------------------------------------------------------

    def _content(self) -> Content | None:
        record = self._record
        if record is None or record.state == LogState.SIGNED:
            return None
        return self.view.form(), record.procedure_id, record.version, self.view.typed()

    def _edited(self) -> None:
        self.keeper.touch()

    def _replaced(self, words: str) -> None:
        self.context.bus.say(words, self.view.take_back)

    def _question(self) -> None:
        self._ask.start()

    def _ask_rules(self) -> None:
        if self._record is None:
            return
        if self._record.state != LogState.SIGNED:
            self._ask_safety()
        request = procedures.plan_of(
            self.view.form(), self.context.clinic.catalogue.products, self._record.procedure_id
        )
        if request is None:
            self.view.show_verdict(None)
            return
        clinic, actor = self.context.clinic, self.context.actor

        def work() -> VerdictCard:
            return verdicts.assess(clinic, actor, request)

        self._run(work, self.view.show_verdict, self._no_verdict, key="verdict")

    def _ask_safety(self) -> None:
        """What must be settled before the signature, of the log as typed."""
        form = self.view.form()
        clinic, actor = self.context.clinic, self.context.actor

        def work() -> LogSafety:
            return procedures.safety_of(clinic, actor, form)

        self._run(work, self._show_safety, self._no_safety, key="safety")

    def _show_safety(self, safety: LogSafety) -> None:
        self.view.show_safety(safety)
        self.signer.show_safety(safety)

    def _no_safety(self, error: Exception) -> None:
        # Without an answer nothing is signed: the dialog goes on waiting for one.
        self.view.show_notice(sentence_of(error), "danger")

    def _not_answered(self, sentence: str) -> None:
        self.view.show_notice(sentence, "danger")

    def _no_verdict(self, error: Exception) -> None:
        if isinstance(error, Invalid):
            # The field itself says what is wrong with it.
            self.view.show_verdict(None)
        else:
            self.view.side.card.set_failed(sentence_of(error))

    def add_drug(self) -> None:
        """A new line in the table."""
        if self.stack.currentWidget() is self.view:
            self.view.table.add_line()

    def _sign(self) -> None:
        """Ctrl+Enter: accepts the dialog that lies over the page, else asks for the password."""
        for dialog in self.window().findChildren(Dialog):
            if dialog.isVisible():
                if dialog.accept.isVisible() and dialog.accept.isEnabled():
                    dialog.accepted.emit()
                return
        if self.stack.currentWidget() is self.view:
            self.signer.sign()

    def _open_saved(self, procedure_id: int) -> None:
        self.open(procedure_id=procedure_id)

    def leave(self) -> None:
        """Keeps what is typed; a dialog asking for a password does not stay open."""
        self.keeper.flush()
        self.signer.close_dialog()
        self.stock.close_dialog()
        if self._dialog is not None:
            self._dialog.close_dialog()

    def _changed_elsewhere(self, changes: ChangeSet) -> None:
        if self.stack.currentWidget() is self.list and changes.kinds & {"procedure", "appointment"}:
            self._show_list()
        record = self._record
        if record is not None and record.form.patient_id in changes.patients:
            self._look_again()
        if "product" in changes.kinds:
            self.stock.ask()

    def _dialog_closed(self) -> None:
        self._dialog = None

    # -- after signing ------------------------------------------------------------

    def addend(self) -> None:
        """Asks for a text to add to a signed log."""
        record = self._record
        if record is None or record.state != LogState.SIGNED or self._dialog is not None:
            return
        dialog = AddendumDialog(self)
        dialog.text_given.connect(self._addend_with)
        dialog.closed.connect(self._dialog_closed)
        self._dialog = dialog
        dialog.start()

    def _addend_with(self, text: str) -> None:
        assert self._record is not None
        number = self._record.procedure_id or 0
        clinic, actor = self.context.clinic, self.context.actor

        def work() -> Done[int]:
            return procedures.addend(clinic, actor, number, text)

        self._run(work, self._added, self._not_added, key="addend")

    def _added(self, done: Done[int]) -> None:
        if self._dialog is not None:
            self._dialog.close_dialog()
        self.context.bus.say(_("Addendum added."))
        self.context.publish(done.changes)
        if self._record is not None and self._record.procedure_id is not None:
            self.open(procedure_id=self._record.procedure_id)

    def _not_added(self, error: Exception) -> None:
        if self._dialog is not None:
            self._dialog.refuse(sentence_of(error))

    def print_aftercare(self) -> None:
        """To the after-care sheet of a signed log."""
        record = self._record
        if record is not None and record.state == LogState.SIGNED:
            self.context.navigate("documents", kind="aftercare", procedure_id=record.procedure_id)

    def print_note(self) -> None:
        """To the note of a signed log."""
        record = self._record
        if record is not None and record.state == LogState.SIGNED:
            self.context.navigate("documents", kind=NOTE, procedure_id=record.procedure_id)

    def _to_schedule(self) -> None:
        self.context.navigate("schedule")

    def _run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        *,
        key: str,
    ) -> None:
        self.context.tasks.short.submit(work, done, failed, owner=self, key=key)

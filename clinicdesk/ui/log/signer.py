"""Saving for signing, signing with the password, and two versions of the same log."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QObject, Signal

from clinicdesk.domain.errors import ClinicError, Doubtful, Invalid, Stale
from clinicdesk.domain.fact_entries import read_entries
from clinicdesk.domain.medications import amount_text, expiry_text, parse_amount
from clinicdesk.domain.people import full_name
from clinicdesk.domain.rows.log import LogForm, LogRecord
from clinicdesk.domain.rows.log_safety import LogSafety
from clinicdesk.domain.rows.safety_facts import Said, Topic
from clinicdesk.domain.states import LogState
from clinicdesk.domain.translation import _
from clinicdesk.services import procedures, safety_facts, weights
from clinicdesk.services.context import Done
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.log.dialogs import ClashDialog
from clinicdesk.ui.log.form_view import LogView
from clinicdesk.ui.log.keeper import DraftKeeper
from clinicdesk.ui.log.side_panel import SidePanel
from clinicdesk.ui.log.sign_dialog import GivenRow, SignDialog
from clinicdesk.ui.log.words import done_text
from clinicdesk.ui.widgets import Dialog


class Signer(QObject):
    """Acts upon the log on screen; ``record`` is what the page has opened.

    Signals:
        saved(int): saved or signed; the id to open again.
        reopened(LogRecord): the version that somebody else saved, to be shown.
    """

    saved = Signal(int)
    reopened = Signal(object)

    def __init__(
        self,
        context: UiContext,
        view: LogView,
        side: SidePanel,
        keeper: DraftKeeper,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._view, self._side = view, side
        self._keeper = keeper
        self._dialog: Dialog | None = None
        self._theirs: LogRecord | None = None
        self._weight = ("", Decimal(0))
        self._clock_sure = False
        self.record: LogRecord | None = None

    def close_dialog(self) -> None:
        """Takes away whatever is asking."""
        if self._dialog is not None:
            self._dialog.close_dialog()

    def _dialog_closed(self) -> None:
        self._dialog = None

    def _show(self, dialog: Dialog) -> None:
        dialog.closed.connect(self._dialog_closed)
        self._dialog = dialog

    # -- unsigned -----------------------------------------------------------------

    def save_open(self) -> None:
        """Saves the log unsigned, for whoever signs it."""
        record = self.record
        if record is None or record.state == LogState.SIGNED or self._lead_to(self._unread()):
            return
        form = self._view.form()
        self._keeper.forget()
        self._side.set_busy(saving=True)
        clinic, actor = self._context.clinic, self._context.actor

        def work() -> Done[int]:
            return procedures.record(clinic, actor, form, record.version, record.procedure_id)

        self._context.tasks.short.submit(
            work, self._saved_open, self._not_saved, owner=self, key="save"
        )

    def _saved_open(self, done: Done[int]) -> None:
        self._finish(done, _("Log saved for signing."))

    def _finish(self, done: Done[int], words: str) -> None:
        self._side.set_busy()
        self.close_dialog()
        self._context.bus.say(words)
        self._context.publish(done.changes)
        self.saved.emit(done.value)

    def _not_saved(self, error: Exception) -> None:
        self._side.set_busy()
        self._view.refresh()
        self._view.asked.emit()
        self._keeper.touch()
        if isinstance(error, Stale):
            self._fetch_theirs()
        elif isinstance(error, Invalid):
            self._lead_to(error.fields)
        else:
            self._view.show_notice(sentence_of(error), "danger")

    def _unread(self) -> dict[str, str]:
        return {field: why for field, (__, why) in self._view.unread().items()}

    def _lead_to(self, problems: dict[str, str]) -> bool:
        """Says the first problem and puts the cursor there; whether there was one."""
        for field, sentence in problems.items():
            self._view.show_notice(sentence, "danger")
            self._view.focus_field(field)
            return True
        self._view.show_notice("")
        return False

    # -- signing ------------------------------------------------------------------

    def sign(self) -> None:
        """Asks for the password, or says what is missing and leads there."""
        record = self.record
        if record is None or record.state == LogState.SIGNED or self._dialog is not None:
            return
        if self._side.sign.isHidden() or self._lead_to(self._view.missing()):
            return
        self._keeper.flush()
        self._clock_sure = False
        form, banner = self._view.form(), record.banner
        who = _("{full_name}, MRN {mrn}").format(
            full_name=full_name(banner.given, banner.family), mrn=banner.mrn
        )
        dialog = SignDialog(
            self._view,
            self._context.actor.name,
            self._facts(form),
            self._given(form),
            self._context.clinic.catalogue.safety_reasons,
            who,
        )
        dialog.set_safety(self._view.safety, form.answers, form.side_change_reason)
        dialog.password_given.connect(self._sign_with)
        dialog.answers_changed.connect(self._answered)
        dialog.fact_answered.connect(self._keep_fact)
        dialog.weighed.connect(self._keep_weight)
        self._show(dialog)
        dialog.start()

    def show_safety(self, safety: LogSafety | None) -> None:
        """What signing asks may be another now: the dialog over the page shows it."""
        if isinstance(self._dialog, SignDialog):
            form = self._view.form()
            self._dialog.set_safety(safety, form.answers, form.side_change_reason)

    def _answered(self) -> None:
        if isinstance(self._dialog, SignDialog):
            self._view.set_answers(self._dialog.answers())

    def _keep_fact(self, topic: Topic, said: Said, text: str) -> None:
        """An answer to a question goes on the patient's record, then the checks are asked again."""
        clinic, actor, record = self._context.clinic, self._context.actor, self.record
        assert record is not None
        words = clinic.catalogue.entry_words
        entries = read_entries(topic, text, words) if text else ()
        patient_id = record.form.patient_id

        def work() -> Done[bool]:
            return safety_facts.answer(clinic, actor, patient_id, topic, said, add=entries)

        self._context.tasks.short.submit(work, self._fact_kept, self._not_kept, owner=self)

    def _fact_kept(self, done: Done[bool]) -> None:
        self._context.publish(done.changes)
        self._view.asked.emit()

    def _keep_weight(self, text: str, sure: bool) -> None:
        clinic, actor, record = self._context.clinic, self._context.actor, self.record
        assert record is not None
        try:
            kg = parse_amount(text, _("weight"), "kg")
        except ValueError as error:
            self._refuse_answer(str(error))
            return
        patient_id = record.form.patient_id

        def work() -> Done[int]:
            return weights.weigh(clinic, actor, patient_id, kg, sure=sure)

        self._weight = (text, kg)
        self._context.tasks.short.submit(work, self._weighed, self._not_weighed, owner=self)

    def _weighed(self, done: Done[int]) -> None:
        __, kg = self._weight
        self._view.set_weight(kg)
        self._context.publish(done.changes)
        self._view.asked.emit()

    def _not_weighed(self, error: Exception) -> None:
        self._not_kept(error)
        if isinstance(error, Doubtful) and isinstance(self._dialog, SignDialog):
            text, __ = self._weight
            self._dialog.doubted(text)

    def _not_kept(self, error: Exception) -> None:
        self._refuse_answer(sentence_of(error))

    def _refuse_answer(self, sentence: str) -> None:
        if isinstance(self._dialog, SignDialog):
            self._dialog.not_kept(sentence)

    def _facts(self, form: LogForm) -> list[tuple[str, str]]:
        """What is signed, in a few lines."""
        assert self.record is not None
        catalogue = self._context.clinic.catalogue
        return [
            (_("Procedure"), catalogue.procedure(form.procedure).name),
            (_("Guidance"), done_text("guidance", form, catalogue.complications)),
            (_("Pain"), done_text("pain", form, catalogue.complications)),
            (_("Complications"), done_text("complications", form, catalogue.complications)),
        ]

    def _given(self, form: LogForm) -> list[GivenRow]:
        catalogue = self._context.clinic.catalogue
        return [
            GivenRow(
                drug=catalogue.product(entry.product).name,
                volume=_("{volume_ml} mL").format(volume_ml=amount_text(entry.volume_ml)),
                dose=f"{amount_text(entry.dose)} {entry.unit}",
                lot=" · ".join(
                    (
                        entry.lot or _("no lot"),
                        expiry_text(entry.expiry, month_only=entry.expiry_month_only)
                        if entry.expiry
                        else "",
                    )
                ).strip(" ·"),
            )
            for entry in form.medications
        ]

    def _sign_with(self, password: str) -> None:
        record = self.record
        assert record is not None
        form, shown = self._view.form(), self._view.verdict
        self._keeper.forget()
        self._side.set_busy(signing=True)
        clinic, actor, sure = self._context.clinic, self._context.actor, self._clock_sure

        def work() -> Done[int]:
            return procedures.sign(
                clinic, actor, form, record.version, password,
                procedure_id=record.procedure_id, shown=shown, clock_sure=sure,
            )  # fmt: skip

        self._context.tasks.short.submit(
            work, self._signed, self._not_signed, owner=self, key="sign"
        )

    def _signed(self, done: Done[int]) -> None:
        self._finish(done, _("Signed and locked."))

    def _not_signed(self, error: Exception) -> None:
        self._side.set_busy()
        self._view.refresh()
        # What stood in the way may be new on record: the dialog shows it with what it asks.
        self._view.asked.emit()
        self._keeper.touch()
        if isinstance(error, Stale):
            self.close_dialog()
            self._fetch_theirs()
        elif isinstance(self._dialog, SignDialog):
            # Asked back once: who signs again has looked at the clock.
            self._clock_sure = isinstance(error, Doubtful) and "clock" in error.fields
            self._dialog.refuse(sentence_of(error))
        else:
            self._view.show_notice(sentence_of(error), "danger")

    # -- two versions -------------------------------------------------------------

    def _fetch_theirs(self) -> None:
        """Somebody saved first: fetches that version, to show both."""
        record = self.record
        assert record is not None
        clinic, actor = self._context.clinic, self._context.actor

        def work() -> LogRecord:
            if record.procedure_id is not None:
                return procedures.open_procedure(clinic, actor, record.procedure_id, fresh=True)
            return procedures.open_log(clinic, actor, record.form.appointment_id or 0, fresh=True)

        self._context.tasks.short.submit(
            work, self._compare, self._not_fetched, owner=self, key="clash"
        )

    def _not_fetched(self, error: Exception) -> None:
        self._view.show_notice(sentence_of(error), "danger")

    def _compare(self, theirs: LogRecord) -> None:
        if theirs.state == LogState.SIGNED:
            self._take(theirs)
            self._view.show_notice(_("Somebody has signed this log in the meantime."), "warn")
            return
        self._theirs = theirs
        dialog = ClashDialog(self._view, self._view.form(), theirs.form)
        dialog.mine_chosen.connect(self._keep_mine)
        dialog.theirs_chosen.connect(self._take_theirs)
        self._show(dialog)
        dialog.open_dialog(dialog.accept)

    def _keep_mine(self) -> None:
        """My values stand on top of the saved version; saving them is then no clash."""
        assert self._theirs is not None
        mine = self._view.form()
        self._keeper.forget()
        self.reopened.emit(self._theirs)
        self._view.show_form(mine)
        self._keeper.touch()

    def _take_theirs(self) -> None:
        assert self._theirs is not None
        self._take(self._theirs)

    def _take(self, theirs: LogRecord) -> None:
        record = self.record
        assert record is not None
        self._keeper.forget()
        clinic, actor = self._context.clinic, self._context.actor
        form, procedure_id = record.form, record.procedure_id

        def work() -> None:
            procedures.discard_draft(clinic, actor, form, procedure_id=procedure_id)

        self._context.tasks.short.submit(work, self._discarded, owner=self, key="discard")
        self.reopened.emit(theirs)

    def _discarded(self, __: None) -> None:
        """The draft is gone; the saved version is on screen already."""


def sentence_of(error: Exception) -> str:
    """The sentence of a known error; anything else is our own mistake and is raised."""
    if isinstance(error, ClinicError):
        return str(error)
    raise error

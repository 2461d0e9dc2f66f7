"""A small dialog for the score without which nothing can be determined."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from clinicdesk.domain.dates import Sort, day_words, weekday_words
from clinicdesk.domain.errors import ClinicError, Invalid
from clinicdesk.domain.medications import amount_text
from clinicdesk.domain.rows.readings import ReadingForm, ScoredProcedure
from clinicdesk.domain.rows.verdict import MissingFact
from clinicdesk.domain.translation import _
from clinicdesk.services import readings
from clinicdesk.services.context import Done
from clinicdesk.ui import local
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.local import read_day
from clinicdesk.ui.widgets import Banner, Choice, Dialog, Field, Label, NumberEdit, Segmented
from clinicdesk.ui.widgets.fields import TextEdit

_TITLES = {
    "followup": _("Follow-up score"),
    "post": _("Score after the block"),
    "baseline": _("Score before the procedure"),
}


class ScoreDialog(Dialog):
    """Scale, value or relief in percent, day, and which procedure.

    Signals:
        kept(): the score is on record.
    """

    kept = Signal()

    def __init__(
        self,
        context: UiContext,
        host: QWidget,
        lack: MissingFact,
        procedures: tuple[ScoredProcedure, ...],
    ) -> None:
        title = _TITLES.get(lack.what, _("Score"))
        super().__init__(host, title, _("Keep the score"), width=480)
        self._context, self._lack, self._procedures = context, lack, procedures
        vocabulary = context.clinic.catalogue.vocabulary
        self._scales, self._usual = vocabulary.scales, vocabulary.pain[0]
        self.trouble = Banner("danger", parent=self)
        self.procedure = Choice([(row.id, _named(row)) for row in procedures], _("Procedure"), self)
        self.procedure.set_value(procedures[0].id)
        self.way = Segmented([("score", _("Score")), ("percent", _("% relief"))], _("Given as"))
        self.way.set_value("score")
        self.scale = Choice(
            [(key, scale.name) for key, scale in self._scales.items()], _("Scale"), self
        )
        self.value = NumberEdit("", _("Score"), self)
        self.day = TextEdit(_("today, 3 nov, mon"), _("Day"), self)
        self._before = Label("", 12, 400, "muted", wrap=True)
        self._build()
        self._connect()
        self._show_procedure()
        self._start_day()

    def _build(self) -> None:
        self.procedure_field = Field(_("About"), self.procedure)
        self.procedure_field.setVisible(len(self._procedures) > 1)
        self.scale_field = Field(_("Scale"), self.scale)
        self.value_field = Field(_("Score"), self.value, required=True)
        self.day_field = Field(_("Day of the score"), self.day, self._hint(), required=True)
        self.footer.setSpacing(8)
        self.body.addWidget(self.trouble)
        if len(self._procedures) == 1:
            self.body.addWidget(Label(_named(self._procedures[0]), 13, 600, wrap=True))
        self.body.addWidget(self.procedure_field)
        self.body.addWidget(self.way)
        self.way.setVisible(self._lack.what != "baseline")
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.addWidget(self.scale_field, 0, 0)
        grid.addWidget(self.value_field, 0, 1)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        self.body.addLayout(grid)
        self.body.addWidget(self._before)
        self.body.addWidget(self.day_field)
        self.body.addWidget(
            Label(_("It stands beside the record; what was signed stays."), 12, 400, "muted")
        )

    def _connect(self) -> None:
        self.procedure.chosen.connect(self._show_procedure)
        self.scale.chosen.connect(self._show_before)
        self.way.changed.connect(self._show_before)
        self.value.textEdited.connect(self._value_edited)
        self.day.textEdited.connect(self._day_edited)
        self.value.returnPressed.connect(self._submit)
        self.day.returnPressed.connect(self._submit)
        self.accepted.connect(self._submit)

    def start(self) -> None:
        """Shows the dialog with the cursor in the score."""
        self.open_dialog(self.value)

    def _hint(self) -> str:
        if self._lack.from_day is not None:
            return _("A score of {from_day} or later decides.").format(
                from_day=day_words(self._lack.from_day)
            )
        return ""

    def _start_day(self) -> None:
        """Right after a block it can only be that day; a follow-up is mostly taken now."""
        today = self._context.clinic.today()
        fixed = self._lack.what in ("post", "baseline") and self._lack.day is not None
        day = self._lack.day if fixed and self._lack.day is not None else today
        self.day.setText(weekday_words(day))
        self.day.setReadOnly(self._lack.what == "post")

    # -- what is shown ------------------------------------------------------------

    @property
    def _chosen(self) -> ScoredProcedure:
        return next(row for row in self._procedures if row.id == self.procedure.value())

    @property
    def _percent(self) -> bool:
        return self.way.value() == "percent"

    def _show_procedure(self) -> None:
        known = [scale for scale, __ in self._chosen.baselines if scale in self._scales]
        self.scale.set_value(known[0] if known else self._usual)
        self._show_before()

    def _show_before(self) -> None:
        """The score before it: what a relief is counted from."""
        scale = str(self.scale.value())
        start = dict(self._chosen.baselines).get(scale)
        self.value_field.label.setText(_("Relief, % *") if self._percent else _("Score *"))
        self.value.setAccessibleName(_("Relief in percent") if self._percent else _("Score"))
        self.value_field.set_error("")
        if self._lack.what == "baseline":
            self._before.setText("")
        elif start is None:
            self._before.setText(
                _(
                    "No {scale} score before it is on record: without one there is no relief."
                ).format(scale=scale)
            )
        else:
            self._before.setText(
                _("Before it: {scale} {start}").format(scale=scale, start=amount_text(start))
            )
        self._before.setVisible(bool(self._before.text()))

    def _value_edited(self) -> None:
        self.value_field.set_error("")

    def _day_edited(self) -> None:
        self.day_field.set_error("")
        meant = local.understood(self.day.text(), self._context.clinic.today(), Sort.PAST)
        self.day_field.set_helper(meant or self._hint())

    # -- keeping it ---------------------------------------------------------------

    def _submit(self) -> None:
        if not self.accept.isEnabled():
            return
        form = self._read()
        if form is None:
            return
        self.accept.setEnabled(False)
        clinic, actor = self._context.clinic, self._context.actor
        self._context.tasks.short.submit(
            lambda: readings.add_reading(clinic, actor, form), self._done, self._failed, owner=self
        )

    def _read(self) -> ReadingForm | None:
        """The form, or None with every wrong field marked and the cursor in the first."""
        value, day = self.value.value(), self._day()
        if value is None:
            what = (
                _("the relief in percent, such as 60")
                if self._percent
                else _("a number, such as 3")
            )
            self.value_field.set_error(_("Type {what}.").format(what=what))
            self.value.setFocus()
        if day is None and value is not None:
            self.day.setFocus()
        if value is None or day is None:
            return None
        form = ReadingForm((self._chosen.id,), self._lack.what, "", Decimal(0), day)
        return replace(form, scale=str(self.scale.value()), value=value, percent=self._percent)

    def _day(self) -> date | None:
        """The day typed; without a year the last such day, for a score is never of the future."""
        try:
            return read_day(self.day.text(), self._context.clinic.today(), Sort.PAST)
        except ValueError as wrong:
            self.day_field.set_error(str(wrong))
            return None

    def _done(self, done: Done[int]) -> None:
        self._context.publish(done.changes)
        self._context.bus.say(_("The score is kept."))
        self.kept.emit()
        self.close_dialog()

    def _failed(self, error: Exception) -> None:
        self.accept.setEnabled(True)
        if isinstance(error, Invalid):
            self._mark(error.fields)
        elif isinstance(error, ClinicError):
            self.trouble.show_text(str(error), "danger")
        else:
            self.trouble.show_text(
                _("The score was not kept. Nothing you typed is lost."), "danger"
            )
            raise error

    def _mark(self, fields: dict[str, str]) -> None:
        places = {"value": self.value_field, "on": self.day_field, "scale": self.scale_field}
        for name, sentence in fields.items():
            if name in places:
                places[name].set_error(sentence)
            else:
                self.trouble.show_text(sentence, "danger")
        first = next((places[name] for name in fields if name in places), None)
        if first is not None:
            first.setFocus()


def _named(row: ScoredProcedure) -> str:
    return f"{row.name}, {', '.join(row.sites)}, {day_words(row.day)}"

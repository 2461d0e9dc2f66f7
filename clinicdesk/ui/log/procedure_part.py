"""The upper half of the log: what was done, by whom, how it was guided."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clinicdesk.catalogue.model import Catalogue
from clinicdesk.domain.dates import Sort, day_words
from clinicdesk.domain.medications import KERMA_TOP_MGY, SECONDS_TOP, parse_amount
from clinicdesk.domain.procedures import Guidance, Intent, Procedure
from clinicdesk.domain.rows.log import LogForm
from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.local import read_day
from clinicdesk.ui.log.cells import lock
from clinicdesk.ui.log.one_stop import OneStop
from clinicdesk.ui.log.words import approach_label
from clinicdesk.ui.widgets import Choice, Field, NumberEdit, TextEdit

# As high as the fields beside them.
_SEGMENTS = """
QPushButton[segment="true"] { min-height: 20px; padding: 7px 8px; }
QPushButton[segment="true"]:checked { padding-bottom: 5px; }
QPushButton[segment="true"]:focus { padding: 6px 7px; }
QPushButton[segment="true"]:checked:focus { padding-bottom: 4px; }
"""
_GUIDES = [(guide.value, guide.label) for guide in Guidance]


class ProcedurePart(QWidget):
    """Family and approach, intent, guidance with exposure, contrast, who and when."""

    changed = Signal()
    procedure_chosen = Signal(str)

    def __init__(self, catalogue: Catalogue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._today = date.min
        self._day = date.min
        self._booked_on: date | None = None
        self._day_problem = ""
        self._numbers: dict[str, Decimal | None] = {}
        self._errors: dict[str, str] = {}
        families = [
            (code, entry.name)
            for code, entry in catalogue.families.items()
            if any(p.family == code for p in catalogue.procedures.values())
        ]
        self.family = Choice(families, _("Family"))
        self.approach = OneStop((), _("Approach"))
        self.intent = OneStop((), _("Intent"))
        self.guidance = OneStop(_GUIDES, _("Guidance"), icons={"fluoroscopy": "carm"})
        self.seconds = NumberEdit("s", _("Exposure time"))
        self.kerma = NumberEdit("mGy", _("Air kerma"))
        self.why = TextEdit(
            _("For example: the counter was broken"), _("Why is it not known, or so high?")
        )
        self.contrast = OneStop([("yes", _("Used")), ("no", _("Not used"))], _("Contrast"))
        self.physician = Choice((), _("Performed by"))
        self.day = TextEdit("24 Nov 2026", _("Performed on"))
        self.day_why = TextEdit(
            _("For example: machine broke down on the day"), _("Why on another day?")
        )
        self.fields = {
            "procedure": Field(_("Family"), self.family),
            "approach": Field(_("Approach"), self.approach),
            "intent": Field(_("Intent"), self.intent),
            "guidance": Field(_("Guidance"), self.guidance),
            "fluoroscopy_seconds": Field(_("Exposure"), self.seconds),
            "air_kerma_mgy": Field(_("Air kerma"), self.kerma),
            "radiation_reason": Field(_("Why is the exposure not known, or so high?"), self.why),
            "contrast": Field(_("Contrast"), self.contrast),
            "physician_id": Field(_("Performed by"), self.physician),
            "performed_on": Field(_("On"), self.day),
            "day_reason": Field(_("Why on another day than booked?"), self.day_why),
        }
        self.setStyleSheet(_SEGMENTS)
        self._build()
        self._connect()
        theme.signals.changed.connect(self._dress)
        self._dress()

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(9)
        for line in (
            (("procedure", 10), ("approach", 17)),
            (("intent", 10), ("contrast", 9), ("physician_id", 9), ("performed_on", 7)),
            (("day_reason", 1),),
            (("guidance", 18), ("fluoroscopy_seconds", 5), ("air_kerma_mgy", 6)),
            (("radiation_reason", 1),),
        ):
            row = QHBoxLayout()
            row.setSpacing(10)
            for key, stretch in line:
                row.addWidget(self.fields[key], stretch, Qt.AlignmentFlag.AlignTop)
            layout.addLayout(row)
        self.fields["radiation_reason"].hide()
        self.fields["day_reason"].hide()
        self.day.setMinimumWidth(theme.scaled(106))

    def _connect(self) -> None:
        self.family.chosen.connect(self._family_chosen)
        self.approach.changed.connect(self._approach_chosen)
        self.intent.changed.connect(self._tell)
        self.guidance.changed.connect(self._guided)
        self.contrast.changed.connect(self._tell)
        self.physician.chosen.connect(self._tell)
        self.seconds.textEdited.connect(self._exposure_typed)
        self.kerma.textEdited.connect(self._exposure_typed)
        self.seconds.editingFinished.connect(self._exposure_left)
        self.kerma.editingFinished.connect(self._exposure_left)
        self.why.textEdited.connect(self._tell)
        self.day_why.textEdited.connect(self._tell)
        self.day.textEdited.connect(self._day_typed)
        self.day.editingFinished.connect(self._day_left)

    def _dress(self) -> None:
        for index, code in enumerate(self.family.values()):
            self.family.setItemIcon(index, QIcon(theme.glyph(str(code), 12)))

    # what it holds

    def procedure(self) -> Procedure | None:
        """The procedure chosen."""
        return self._catalogue.procedures.get(self.approach.value())

    def values(self) -> dict[str, object]:
        """Fields of the form; numbers that cannot be read are None."""
        fluoroscopy = self.guidance.value() == Guidance.FLUOROSCOPY
        contrast = {"yes": True, "no": False}.get(self.contrast.value())
        return {
            "procedure": self.approach.value(),
            "intent": self.intent.value(),
            "guidance": self.guidance.value(),
            "fluoroscopy_seconds": self._numbers.get("seconds") if fluoroscopy else None,
            "air_kerma_mgy": self._numbers.get("kerma") if fluoroscopy else None,
            "radiation_reason": self.why.text().strip() if fluoroscopy else "",
            "contrast": contrast,
            "physician_id": self.physician.value() or 0,
            "performed_on": self._day,
            "day_reason": self.day_why.text().strip() if self._other_day() else "",
        }

    def unread(self) -> dict[str, tuple[str, str]]:
        """Field → (text as typed, why it cannot be read)."""
        editors = {
            "fluoroscopy_seconds": self.seconds,
            "air_kerma_mgy": self.kerma,
            "performed_on": self.day,
        }
        return {
            field: (editors[field].text(), sentence)
            for field, sentence in self._errors.items()
            if sentence
        }

    def set_today(self, today: date) -> None:
        """From which ``yesterday`` is counted."""
        self._today = today

    def show_form(
        self,
        form: LogForm,
        physicians: tuple[tuple[int, str], ...],
        today: date,
        typed: Mapping[str, str],
        booked_on: date | None = None,
    ) -> None:
        """Shows a form without telling anybody."""
        self._today, self._day, self._booked_on = today, form.performed_on, booked_on
        self.day_why.setText(form.day_reason)
        self.physician.set_options(physicians)
        self.physician.set_value(form.physician_id)
        self.show_procedure(form)
        self.seconds.set_value(form.fluoroscopy_seconds)
        self.kerma.set_value(form.air_kerma_mgy)
        self.why.setText(form.radiation_reason)
        self.day.setText(typed.get("performed_on", day_words(form.performed_on)))
        if "fluoroscopy_seconds" in typed:
            self.seconds.setText(typed["fluoroscopy_seconds"])
        if "air_kerma_mgy" in typed:
            self.kerma.setText(typed["air_kerma_mgy"])
        self._read_exposure()
        self._read_day()
        self._show_errors()
        self._show_exposure()

    def show_procedure(self, form: LogForm) -> None:
        """The part that changes with the procedure: approach, intent, guidance, contrast."""
        procedure = self._catalogue.procedures.get(form.procedure)
        self.family.set_value(procedure.family if procedure else None)
        self._offer(procedure.family if procedure else "")
        self.approach.set_value(form.procedure)
        intents = procedure.intents if procedure else tuple(Intent)
        self.intent.set_options([(i.value, i.label) for i in intents])
        self.intent.set_value(form.intent)
        self.guidance.set_value(form.guidance)
        self.contrast.set_value({True: "yes", False: "no"}.get(form.contrast, ""))  # type: ignore[arg-type]
        self._show_exposure()

    def set_read_only(self, read_only: bool) -> None:
        """Only shows."""
        for control in (
            self.family,
            self.approach,
            self.intent,
            self.guidance,
            self.contrast,
            self.physician,
        ):
            control.setEnabled(not read_only)
        for editor in (self.seconds, self.kerma, self.why, self.day, self.day_why):
            lock(editor, read_only)

    def chain(self) -> list[QWidget]:
        """Everything that Tab reaches, in order."""
        return [
            self.family,
            *self.approach.buttons(),
            *self.intent.buttons(),
            *self.contrast.buttons(),
            self.physician,
            self.day,
            self.day_why,
            *self.guidance.buttons(),
            self.seconds,
            self.kerma,
            self.why,
        ]

    def ask_why(self) -> None:
        """Shows the question why the exposure is not known, or is so high."""
        self.fields["radiation_reason"].show()

    # choosing

    def _offer(self, family: str) -> None:
        """The approaches of a family."""
        procedures = [p for p in self._catalogue.procedures.values() if p.family == family]
        self.approach.set_options([(p.id, approach_label(p)) for p in procedures])
        self.fields["approach"].setVisible(bool(procedures))

    def _family_chosen(self, family: object) -> None:
        first = next(p for p in self._catalogue.procedures.values() if p.family == family)
        self._offer(str(family))
        self.approach.set_value(first.id)
        self.procedure_chosen.emit(first.id)

    def _approach_chosen(self, procedure: str) -> None:
        self.procedure_chosen.emit(procedure)

    def _guided(self) -> None:
        self._show_exposure()
        self._tell()

    # exposure and day

    def _exposure_typed(self) -> None:
        self._read_exposure()
        self._tell()

    def _exposure_left(self) -> None:
        self._show_errors()
        self._show_exposure()

    def _read_exposure(self) -> None:
        for key, field, editor, what, unit, top in (
            ("seconds", "fluoroscopy_seconds", self.seconds, _("exposure time"), "s", SECONDS_TOP),
            ("kerma", "air_kerma_mgy", self.kerma, _("air kerma"), "mGy", KERMA_TOP_MGY),
        ):
            self._numbers[key], self._errors[field] = None, ""
            if not editor.text().strip():
                continue
            try:
                self._numbers[key] = parse_amount(editor.text(), what, unit, top=top, zero=True)
            except ValueError as error:
                self._errors[field] = str(error)
            else:
                self.fields[field].set_error("")

    def _show_exposure(self) -> None:
        fluoroscopy = self.guidance.value() == Guidance.FLUOROSCOPY
        self.fields["fluoroscopy_seconds"].setVisible(fluoroscopy)
        self.fields["air_kerma_mgy"].setVisible(fluoroscopy)
        touched = self.seconds.isModified() or self.kerma.isModified()
        known = all(self._numbers.get(key) is not None for key in ("seconds", "kerma"))
        limits = self._catalogue.safety.limits
        high = (self._numbers.get("seconds") or 0) > limits.most_seconds or (
            self._numbers.get("kerma") or 0
        ) > limits.most_mgy
        asks = bool(self.why.text()) or high
        asks = asks or (touched and not known and not any(self._errors.values()))
        self.fields["radiation_reason"].setVisible(fluoroscopy and asks)

    def _day_typed(self) -> None:
        self._read_day()
        self._tell()

    def _day_left(self) -> None:
        self._read_day()
        if not self._errors["performed_on"] and not self.day.isReadOnly():
            self.day.setText(day_words(self._day))
        self._show_errors()

    def _read_day(self) -> None:
        try:
            self._day = read_day(self.day.text(), self._today, Sort.PAST)
        except ValueError as error:
            self._errors["performed_on"] = str(error)
        else:
            self._errors["performed_on"] = ""
        self.fields["day_reason"].setVisible(self._other_day())

    def _other_day(self) -> bool:
        """Whether it was done on another day than it was booked for."""
        return self._booked_on is not None and self._day != self._booked_on

    def _show_errors(self) -> None:
        for field, sentence in self._errors.items():
            self.fields[field].set_error(sentence)
        if self._day_problem:
            self.fields["performed_on"].set_error(self._day_problem)

    def show_day_problem(self, sentence: str) -> None:
        """Why the day cannot be, though it can be read; empty if it can."""
        if sentence != self._day_problem:
            self._day_problem = sentence
            self.fields["performed_on"].set_error(sentence)

    def _tell(self) -> None:
        self.changed.emit()

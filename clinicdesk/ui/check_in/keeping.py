"""What is answered in the rows of check-in goes on record; what is refused is said at its row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import partial

from PySide6.QtCore import QObject, Signal

from clinicdesk.domain.errors import ClinicError, Doubtful, Invalid
from clinicdesk.domain.rows.people import Actor
from clinicdesk.domain.rows.safety_facts import Said, Topic
from clinicdesk.domain.states import Known
from clinicdesk.domain.translation import _
from clinicdesk.services import check_in, holds, weights
from clinicdesk.services.context import Clinic, Done
from clinicdesk.ui.check_in.asking import WEIGHT, Arrival
from clinicdesk.ui.check_in.driver import DriverLine
from clinicdesk.ui.check_in.pain import PainRow
from clinicdesk.ui.check_in.rows import DoseRow, FigureRow, InfectionRow
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.safety.lines import QuestionLine


class Keeping(QObject):
    """Keeps each answer by itself, as it is given. Its slots are called by the rows.

    Signals:
        sent(): an answer is on its way.
        stopped(): it was not kept: the cursor stays where it is.
        refused(str): why, where the row itself has no place to say it.
    """

    sent = Signal()
    stopped = Signal()
    refused = Signal(str)

    def __init__(self, context: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.found: Arrival | None = None

    def hand_on(self, rows: list[object]) -> bool:
        """Keeps what stands in the fields; whether nothing of it is wrong."""
        good = True
        for line in rows:
            if isinstance(line, DoseRow) and line.waiting:
                good = self._keep_dose(line) and good
            elif isinstance(line, FigureRow) and line.waiting:
                good = self._keep_figure(line) and good
            elif isinstance(line, PainRow) and line.waiting:
                self._keep_pain(line)
            elif isinstance(line, DriverLine):
                line.hand_on()
            elif isinstance(line, QuestionLine):
                # What is typed may be a danger: it is seen before the patient goes on.
                good = line.settle() and good
        return good

    # -- the day ----------------------------------------------------------------------------

    def infection(self, _topic: Topic, said: Said, text: str) -> None:
        """An infection, or none."""
        line = self.sender()
        words = text if said is Said.LIST else None
        if isinstance(line, InfectionRow):
            work = partial(check_in.infection, *self._who, words)
            self._submit(work, partial(self._line_failed, line))

    def driver(self, said: Known, words: str) -> None:
        """Who takes the patient home."""
        line = self.sender()
        if self.found is None or not isinstance(line, DriverLine):
            return
        clinic, actor, __ = self._who
        work = partial(check_in.driver, clinic, actor, self.found.row.id, said, words)
        self._submit(work, partial(self._line_failed, line))

    def pain(self) -> None:
        """A score was chosen."""
        line = self.sender()
        if isinstance(line, PainRow):
            self._keep_pain(line)

    def _keep_pain(self, line: PainRow) -> None:
        value = line.value()
        if value is not None:
            line.mark_sent()
            work = partial(check_in.measure, *self._who, line.measure.key, value)
            self._submit(work, partial(self._row_failed, line))

    # -- figures ----------------------------------------------------------------------------

    def figure(self) -> None:
        """A figure was typed."""
        line = self.sender()
        if isinstance(line, FigureRow):
            self._keep_figure(line)

    def _keep_figure(self, line: FigureRow) -> bool:
        value = line.value()
        if value is None:
            line.not_kept(_("A number is expected."))
            return False
        line.mark_sent()
        unit = str(line.unit.value())
        work = self._figure_work(unit, value, sure=line.again.sure(value))
        self._submit(work, partial(self._figure_failed, line, value))
        return True

    def _figure_work(self, unit: str, value: Decimal, *, sure: bool) -> Callable[[], Done[int]]:
        if unit == WEIGHT:
            return partial(weights.weigh, *self._who, value, sure=sure)
        return partial(check_in.measure, *self._who, unit, value)

    def _figure_failed(self, line: FigureRow, value: Decimal, error: Exception) -> None:
        self._row_failed(line, error)
        if isinstance(error, Doubtful):
            line.again.doubt(value)

    # -- last doses -------------------------------------------------------------------------

    def dose(self) -> None:
        """A last dose was typed, or taken as told."""
        line = self.sender()
        if isinstance(line, DoseRow):
            self._keep_dose(line)

    def _keep_dose(self, line: DoseRow) -> bool:
        clinic, found = self._context.clinic, self.found
        if found is None:
            return True
        try:
            last: date | datetime = line.last_dose(clinic.today(), clinic.zone)
        except ValueError as error:
            line.not_kept(str(error))
            return False
        line.mark_sent()
        place = (clinic, self._context.actor, found.row.id, line.track.hold.drug, last)
        work = partial(holds.stated, *place, sure=line.again.sure(last))
        self._submit(work, partial(self._dose_failed, line, last))
        return True

    def _dose_failed(self, line: DoseRow, last: date | datetime, error: Exception) -> None:
        self._row_failed(line, error)
        if isinstance(error, Doubtful):
            line.again.doubt(last)

    # -- the lane ---------------------------------------------------------------------------

    @property
    def _who(self) -> tuple[Clinic, Actor, int]:
        patient_id = self.found.row.patient_id if self.found else 0
        return (self._context.clinic, self._context.actor, patient_id)

    def _submit(self, work: Callable[[], Done[int]], failed: Callable[[Exception], None]) -> None:
        self.sent.emit()
        self._context.tasks.short.submit(work, self._kept, failed, owner=self)

    def _kept(self, done: Done[int]) -> None:
        self._context.publish(done.changes)

    def _row_failed(self, line: DoseRow | FigureRow | PainRow, error: Exception) -> None:
        self.stopped.emit()
        line.not_kept(_sentence(error))

    def _line_failed(self, line: InfectionRow | DriverLine, error: Exception) -> None:
        self.stopped.emit()
        line.take_back()
        self.refused.emit(_sentence(error))


def _sentence(error: Exception) -> str:
    if isinstance(error, Invalid):
        return " ".join(error.fields.values())
    if isinstance(error, ClinicError):
        return str(error)
    raise error

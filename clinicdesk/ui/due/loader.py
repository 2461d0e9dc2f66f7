"""Asks for the list, its rows, and for what is out of date; never waits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from clinicdesk.domain.changes import ChangeSet
from clinicdesk.domain.errors import ClinicError
from clinicdesk.domain.rows.due import DueFilter, DueList, DueRow, RebuildProgress
from clinicdesk.domain.rows.people import Actor, StaffRow
from clinicdesk.domain.translation import _
from clinicdesk.services import schedule
from clinicdesk.services.context import Clinic
from clinicdesk.ui.due.ground import Ground
from clinicdesk.ui.due.question import Question
from clinicdesk.ui.due.seam import DueService

_SOON_MS, _LOOK_MS, _WHILE_BUILDING_MS = 120, 5000, 1500
_LOOKS_TO_A_LIST = 12


def ask_list(
    due: DueService, clinic: Clinic, actor: Actor, wanted: DueFilter, on: date, *, whole: bool
) -> DueList:
    """The list as wanted; the weeks of the chart go around the filter of days. In the lane.

    Not ``whole``: its beginning, which takes no longer for a long list than for a short one.
    """
    answer = (due.overview if whole else due.opening)(clinic, actor, wanted, on)
    if wanted.since is None and wanted.until is None:
        return answer
    around = due.opening(clinic, actor, replace(wanted, since=None, until=None), on)
    return replace(answer, weeks=around.weeks)


class Loader(QObject):
    """Signals:
    listed(object, object): a ``DueList`` and the ``DueFilter`` it answers.
    progressed(object): how far bringing up to date is (``RebuildProgress``); from the lane.
    building(bool): kept results are being brought up to date, or that is over.
    failed(str): why nothing could be shown.
    staffed(object): the physicians.
    """

    listed = Signal(object, object)
    progressed = Signal(object)
    building = Signal(bool)
    failed = Signal(str)
    staffed = Signal(object)

    def __init__(self, ground: Ground, question: Question, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._model, self._question = ground.context, ground.model, question
        self._due = ground.seam.due
        self._short, self._long = self._context.tasks.short, self._context.tasks.long
        self.is_building = False
        self._looks = 0
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self.ask)
        self._now_and_then = QTimer(self)
        self._now_and_then.setSingleShot(True)
        self._now_and_then.setInterval(_WHILE_BUILDING_MS)
        self._now_and_then.timeout.connect(self._while_building)
        # Another desk may have taken a row: what is on show is asked again every few seconds, the
        # whole list every minute.
        self._watch = QTimer(self)
        self._watch.setInterval(_LOOK_MS)
        self._watch.timeout.connect(self.look_again)
        self._model.wanted.connect(self._ask_rows)
        self.progressed.connect(self._progressed, Qt.ConnectionType.QueuedConnection)

    # -- the list ---------------------------------------------------------------------------

    def begin(self) -> None:
        """The page is shown: the list as it is, and what has to be brought up to date."""
        self._watch.start()
        self.ask()
        context = self._context
        self._short.submit(
            partial(self._due.behind, context.clinic, context.actor, context.clinic.today()),
            self._behind, self._went_wrong, owner=self, key="behind",
        )  # fmt: skip
        self._short.submit(
            partial(schedule.physicians, context.clinic, context.actor),
            self._staff, self._went_wrong, owner=self, key="staff",
        )  # fmt: skip

    def end(self) -> None:
        """The page is hidden: nothing is asked any more."""
        self._watch.stop()
        self._soon.stop()

    @property
    def _on_show(self) -> bool:
        return self._watch.isActive()

    def ask(self) -> None:
        """Asks for the list that the filters want: its beginning first, where it is another."""
        self._soon.stop()
        wanted = self._question.wanted()
        self._ask(wanted, whole=not self._question.begins_anew(wanted))

    def _ask(self, wanted: DueFilter, *, whole: bool) -> None:
        context = self._context
        work = partial(
            ask_list, self._due, context.clinic, context.actor, wanted, context.clinic.today(),
            whole=whole,
        )  # fmt: skip
        listed = partial(self._listed, wanted)
        self._short.submit(work, listed, self._went_wrong, owner=self, key="list")

    def ask_soon(self) -> None:
        """Several changes in a row lead to one question."""
        if not self._soon.isActive():
            self._soon.start()

    def _listed(self, wanted: DueFilter, answer: DueList) -> None:
        self.listed.emit(answer, wanted)
        if not answer.whole:
            self._ask_the_rest(wanted)

    def _ask_the_rest(self, wanted: DueFilter) -> None:
        """The rows on show have been asked for by now, and come first."""
        self._ask(wanted, whole=True)

    def _staff(self, staff: tuple[StaffRow, ...]) -> None:
        self.staffed.emit(staff)

    def _went_wrong(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            self.failed.emit(_("The due list could not be read."))
            raise error
        self.failed.emit(str(error))

    # -- rows -------------------------------------------------------------------------------

    def _ask_rows(self, numbers: object) -> None:
        assert isinstance(numbers, tuple)
        context, on = self._context, self._model.on
        self._short.submit(
            partial(self._due.rows, context.clinic, context.actor, numbers, on),
            self._rows, self._no_rows, owner=self, key="rows",
        )  # fmt: skip

    def _rows(self, rows: tuple[DueRow, ...]) -> None:
        self._model.take_rows(rows)

    def _no_rows(self, error: Exception) -> None:
        self._model.not_brought()
        self._went_wrong(error)

    def look_again(self) -> None:
        """What is asked every few seconds while the page is on show."""
        if not self._short.idle or not self._on_show:
            return
        self._looks += 1
        if self._model.on != self._context.clinic.today():
            self.begin()
        elif self._looks % _LOOKS_TO_A_LIST == 0:
            self.ask()
        else:
            self._model.old()

    def heard(self, changes: ChangeSet) -> None:
        """Something was committed, here or at another desk."""
        if changes.kinds & {"due", "procedure", "appointment", "patient", "reading"}:
            self._model.old(changes.patients or None)
            if self._on_show:
                self.ask_soon()

    # -- bringing up to date ----------------------------------------------------------------

    def _behind(self, count: int) -> None:
        if count == 0 or self.is_building:
            return
        self.is_building = True
        self.building.emit(True)
        context = self._context
        self._long.submit(
            partial(self._due.refresh, context.clinic, context.actor, context.clinic.today(),
                    self.progressed.emit),
            self._built, self._not_built, owner=self, key="refresh",
        )  # fmt: skip

    def _progressed(self, progress: RebuildProgress) -> None:
        del progress
        if not self._now_and_then.isActive():
            self._now_and_then.start()

    def _while_building(self) -> None:
        """What is done already can be worked with."""
        if self.is_building:
            self.ask()

    def _built(self, count: int) -> None:
        del count
        self._over()

    def _not_built(self, error: Exception) -> None:
        self._over()
        self._went_wrong(error)

    def _over(self) -> None:
        self.is_building = False
        self.building.emit(False)
        self.ask()

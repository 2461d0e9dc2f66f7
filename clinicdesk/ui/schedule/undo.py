"""What takes a move or a step back, and what does it again: as deep as acts were done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject

from clinicdesk.domain.errors import ClinicError, Stale
from clinicdesk.domain.people import display_name
from clinicdesk.domain.rows.schedule import AppointmentRow
from clinicdesk.domain.translation import _
from clinicdesk.services import schedule
from clinicdesk.services.context import Done
from clinicdesk.ui.context import UiContext

MOVED_BACK = _("Moved back right after it was moved")
MOVED_AGAIN = _("Moved again after it was moved back")

Way = Callable[[int], Done[int]]
"""An act on the version of the appointment that is given; answers with the version it made."""


@dataclass(frozen=True)
class Deed:
    """One act that can be taken back.

    Attributes:
        row: the appointment before the act.
        made: the version that the act made.
        words: what was done, for the status bar.
        taken_back: what is said when it is taken back.
        back, again: how.
    """

    row: AppointmentRow
    made: int
    words: str
    taken_back: str
    back: Way
    again: Way


class Deeds(QObject):
    """Takes deeds back and does them again.

    To take one back makes a new version, with what stood there before: who goes on to take back
    the one before it means that. Only a version that somebody else has made stands in the way.
    """

    def __init__(self, context: UiContext, parent: QObject, refused: Callable[[], None]) -> None:
        super().__init__(parent)
        self._context, self._refused = context, refused
        self._same: dict[tuple[int, int], int] = {}

    def done(self, deed: Deed) -> None:
        """Says what was done, with the way back."""
        self._context.bus.say(deed.words, partial(self._take_back, deed))

    def _version(self, deed: Deed, version: int) -> int:
        return self._same.get((deed.row.id, version), version)

    def _take_back(self, deed: Deed) -> None:
        version = self._version(deed, deed.made)
        self._run(deed, partial(deed.back, version), partial(self._taken_back, deed))

    def _taken_back(self, deed: Deed, done: Done[int]) -> None:
        self._same[deed.row.id, deed.row.version] = done.value
        self._context.bus.say(deed.taken_back)
        self._context.bus.undone.emit(deed.words, partial(self._do_again, deed))
        self._context.publish(done.changes)

    def _do_again(self, deed: Deed) -> None:
        version = self._version(deed, deed.row.version)
        self._run(deed, partial(deed.again, version), partial(self._done_again, deed))

    def _done_again(self, deed: Deed, done: Done[int]) -> None:
        self._same[deed.row.id, deed.made] = done.value
        self._context.bus.redone.emit(deed.words, partial(self._take_back, deed))
        self._context.publish(done.changes)

    def _run(
        self, deed: Deed, work: Callable[[], Done[int]], told: Callable[[Done[int]], None]
    ) -> None:
        self._context.tasks.short.submit(work, told, partial(self._failed, deed), owner=self)

    def _failed(self, deed: Deed, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        self._refused()
        if not isinstance(error, Stale):
            self._context.bus.warn(_("Not undone: {error}").format(error=error))
            return
        clinic, actor = self._context.clinic, self._context.actor
        work = partial(schedule.last_hand, clinic, actor, deed.row.patient_id)
        self._context.tasks.short.submit(work, partial(self._say_whose, deed), owner=self)

    def _say_whose(self, deed: Deed, who: str) -> None:
        said = _("Not undone ({words}): {who} has changed this appointment since.")
        self._context.bus.warn(said.format(words=deed.words, who=who or _("somebody else")))


def who(row: AppointmentRow) -> str:
    """``Villalobos, Teresa``."""
    return display_name(row.family_name, row.given_name)

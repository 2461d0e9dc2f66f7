"""The state of a press on the schedule: nothing, moving or sizing a block, or drawing a new one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from PySide6.QtCore import QPointF

from clinicdesk.domain.appointments import Status
from clinicdesk.domain.rows.schedule import AppointmentRow
from clinicdesk.domain.translation import _
from clinicdesk.scheduling.slots import SNAP
from clinicdesk.ui.schedule.geometry import DayGeometry
from clinicdesk.ui.schedule.model import Block


class Hold(StrEnum):
    """What the press has become."""

    PRESSED = "pressed"
    EDGE = "edge"
    MOVING = "moving"
    SIZING = "sizing"
    DRAWING = "drawing"


@dataclass
class Drag:
    """What is under way.

    Attributes:
        hold: ``PRESSED`` and ``EDGE`` are not under way yet.
        origin: where the button went down, in content coordinates.
        block: the block that moves; None while drawing a new one.
        column, start, end: where it is now (minutes since midnight).
        grip: how many minutes below the block's start it is held.
        refusal: why it may not stay there; empty where it may.
        keyboard: moved with the arrow keys.
    """

    hold: Hold
    origin: QPointF
    block: Block | None
    column: int
    start: int
    end: int
    grip: float = 0.0
    refusal: str = ""
    keyboard: bool = False

    @property
    def under_way(self) -> bool:
        """Whether something follows the pointer or the arrow keys."""
        return self.hold not in (Hold.PRESSED, Hold.EDGE)

    @property
    def place(self) -> tuple[int, int, int]:
        """Column, start and end: what a refusal depends on."""
        return self.column, self.start, self.end

    @property
    def changed(self) -> bool:
        """Whether letting go here would change anything."""
        block = self.block
        return block is not None and self.place != (block.column, block.start, block.end)

    def begin(self) -> None:
        """The pointer went far enough: the press becomes a drag."""
        if self.block is None:
            self.hold = Hold.DRAWING
        else:
            self.hold = Hold.SIZING if self.hold is Hold.EDGE else Hold.MOVING

    def follow(self, g: DayGeometry, at: QPointF, kinds: tuple[str, ...]) -> None:
        """Goes where the pointer is, on the grid of five minutes.

        ``kinds`` are the kinds of the columns: a physician's block moves among physicians, a
        room's among rooms.
        """
        if self.hold in (Hold.DRAWING, Hold.SIZING):
            self.end = max(self.start + SNAP, g.snapped(at.y(), SNAP))
            return
        if self.block is None:
            return
        length = self.end - self.start
        wanted = g.snapped(at.y() - self.grip * g.per_minute, SNAP)
        self.start = max(g.first, min(g.last - length, wanted))
        self.end = self.start + length
        self.to_column(g.column(at.x()), kinds)

    def to_column(self, column: int, kinds: tuple[str, ...]) -> None:
        """Another column, if it is one of the same kind."""
        if (
            self.block is not None
            and 0 <= column < len(kinds)
            and kinds[column] == kinds[self.block.column]
        ):
            self.column = column

    def shift(self, g: DayGeometry, minutes: int) -> None:
        """Earlier or later, by the arrow keys."""
        length = self.end - self.start
        self.start = max(g.first, min(g.last - length, self.start + minutes))
        self.end = self.start + length

    def lengthen(self, g: DayGeometry, minutes: int) -> None:
        """Longer or shorter, by the arrow keys."""
        self.end = max(self.start + SNAP, min(g.last, self.end + minutes))


def fixed(block: Block) -> str:
    """Why a block cannot be moved at all; empty if it can."""
    return why_fixed(block.appointment)


def why_fixed(row: AppointmentRow) -> str:
    """As ``fixed``, of an appointment."""
    if row.procedure_id is not None:
        return _("This procedure is logged already. It stays where it was done.")
    if row.status is Status.LEFT:
        return _("This appointment is over and stays where it is.")
    if not row.status.holds_time:
        return _("The patient did not come. Book a new appointment.")
    return ""


@dataclass(frozen=True)
class Wish:
    """A move asked for: which appointment, to when, with whom, where."""

    appointment_id: int
    version: int
    start: datetime
    minutes: int
    physician_id: int
    room_id: int | None

"""The state of a press on the schedule: nothing, moving a block, or drawing a new one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QPointF

from clinicdesk.ui.schedule.model import Block


@dataclass
class Drag:
    """What is under way.

    Attributes:
        kind: ``pressed``, ``moving`` or ``drawing``.
        origin: where the button went down, in content coordinates.
        block: the block that moves; None while drawing a new one.
        column, start, end: where it is now (minutes since midnight).
        refusal: why it may not stay there; empty where it may.
        keyboard: moved with the arrow keys.
    """

    kind: str
    origin: QPointF
    block: Block | None
    column: int
    start: int
    end: int
    refusal: str = ""
    keyboard: bool = False


@dataclass(frozen=True)
class Wish:
    """A move asked for: which appointment, to when, with whom, where."""

    appointment_id: int
    version: int
    start: datetime
    minutes: int
    physician_id: int
    room_id: int | None

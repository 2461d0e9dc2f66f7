"""The day as rows of an item model: one row per appointment and column it stands in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from clinicdesk.domain.appointments import Status
from clinicdesk.domain.dates import day_words
from clinicdesk.domain.people import display_name
from clinicdesk.domain.rows.schedule import AppointmentRow, DayRows, ResourceRow
from clinicdesk.domain.states import LogState
from clinicdesk.domain.translation import _
from clinicdesk.scheduling.lanes import Lane, lay_out
from clinicdesk.scheduling.overlap import real_minutes
from clinicdesk.ui.local import time_text

BLOCK = Qt.ItemDataRole.UserRole
_DISPLAY = Qt.ItemDataRole.DisplayRole
_TOOLTIP = Qt.ItemDataRole.ToolTipRole
_ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole


@dataclass(frozen=True)
class Block:
    """An appointment in one column. ``linked``: the room's column shows it a second time."""

    appointment: AppointmentRow
    column: int
    lane: Lane
    linked: bool

    @property
    def start(self) -> int:
        """Minutes since midnight."""
        moment = self.appointment.start
        return moment.hour * 60 + moment.minute

    @property
    def end(self) -> int:
        """Minutes since midnight; past it for an appointment that runs into the next day.

        One that ends in the hour that comes twice is as high as it is long.
        """
        a = self.appointment
        days = (a.end.date() - a.start.date()).days
        end = days * 1440 + a.end.hour * 60 + a.end.minute
        return end if end > self.start else self.start + real_minutes(a.start, a.end)


_MARKS = {
    "died": _("the patient has died"),
    "review": _("for review"),
    "pregnant": _("pregnant"),
    "device": _("implanted device"),
    "anticoagulant": _("blood thinner"),
    "allergy": _("allergy"),
    "unasked": _("questions not asked"),
    "verdict": _("booked with a reason"),
    LogState.SIGNED: LogState.SIGNED.label.lower(),
}
"""What the marks mean, for the pointer and the screen reader."""


def marks(a: AppointmentRow) -> frozenset[str]:
    """The marks of an appointment: its flags, and that its log is signed."""
    return a.flags | {LogState.SIGNED} if a.procedure_state == LogState.SIGNED else a.flags


def spoken(a: AppointmentRow) -> str:
    """``10:30 to 11:15, Villalobos, Teresa, Transforaminal ESI, L5 left, confirmed``."""
    parts = [
        _("{start} to {end}").format(start=time_text(a.start), end=time_text(a.end)),
        display_name(a.family_name, a.given_name),
        a.title,
        *a.sites,
        a.status.label.lower(),
    ]
    here = marks(a)
    parts += [words for flag, words in _MARKS.items() if flag in here]
    return ", ".join(parts)


def columns_of(day: DayRows) -> tuple[ResourceRow, ...]:
    """The columns: physicians, then rooms. Machines follow their room and need none."""
    return tuple(r for r in day.resources if r.kind in ("staff", "room"))


def blocks_of(day: DayRows) -> tuple[Block, ...]:
    """Every appointment in every column it belongs to, with its lane."""
    columns = {r.id: i for i, r in enumerate(columns_of(day))}
    per_column: dict[int, list[tuple[AppointmentRow, bool]]] = defaultdict(list)
    for row in day.appointments:
        if row.status is Status.CANCELLED:
            continue
        if row.physician_id in columns:
            per_column[columns[row.physician_id]].append((row, False))
        # A patient who did not come leaves the room free: only the physician's column keeps it.
        if row.room_id in columns and row.status.holds_time:
            per_column[columns[row.room_id]].append((row, True))
    made: list[Block] = []
    for column, rows in per_column.items():
        placed = lay_out([_minutes(row) for row, __ in rows])
        made += [
            Block(row, column, lane, linked)
            for (row, linked), lane in zip(rows, placed, strict=True)
        ]
    return tuple(sorted(made, key=lambda b: (b.linked, b.appointment.start, b.column)))


def _minutes(row: AppointmentRow) -> tuple[int, int]:
    start = row.start.hour * 60 + row.start.minute
    return start, start + real_minutes(row.start, row.end)


class AppointmentModel(QAbstractListModel):
    """Blocks of a day; the view paints them, screen readers read them as rows.

    Attributes:
        day: the day on show, None before the first.
        blocks: its rows. ``columns``: the resources, left to right.
        pending: the appointment whose move is not answered yet; it stands where it was wished.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.day: DayRows | None = None
        self.blocks: tuple[Block, ...] = ()
        self.columns: tuple[ResourceRow, ...] = ()
        self.pending: int | None = None
        self._settled: DayRows | None = None

    def show(self, day: DayRows) -> None:
        """Another day, or the same one after a change; nothing is pending any more."""
        self.pending, self._settled = None, day
        self._put(day)

    def pend(self, row: AppointmentRow) -> None:
        """Shows an appointment as it was wished, until the answer is there."""
        if self.day is None:
            return
        self.pending = row.id
        others: Sequence[AppointmentRow] = self.day.appointments
        rows = tuple(row if other.id == row.id else other for other in others)
        self._put(replace(self.day, appointments=rows))

    def put_back(self) -> None:
        """The wish was refused: everything as it was."""
        self.pending = None
        if self._settled is not None:
            self._put(self._settled)

    def _put(self, day: DayRows) -> None:
        self.beginResetModel()
        self.day = day
        self.columns = columns_of(day)
        self.blocks = blocks_of(day)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.blocks)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = _DISPLAY) -> object:
        if not 0 <= index.row() < len(self.blocks):
            return None
        block = self.blocks[index.row()]
        if role == BLOCK:
            return block
        if role in (_DISPLAY, _ACCESSIBLE):
            words = spoken(block.appointment)
            return (
                _("{words}, in {room}").format(words=words, room=block.appointment.room)
                if block.linked
                else words
            )
        if role == _TOOLTIP:
            return self._tip(block.appointment)
        return None

    def _tip(self, a: AppointmentRow) -> str:
        born = _("born {birth_date}, MRN {mrn}").format(
            birth_date=day_words(a.birth_date), mrn=a.mrn
        )
        place = " · ".join(p for p in (a.physician, a.room) if p)
        return f"{spoken(a)}\n{born}\n{place}" + (f"\n{a.note}" if a.note else "")

    def appointment(self, appointment_id: int) -> AppointmentRow | None:
        """An appointment of the day by its id."""
        rows = self.day.appointments if self.day is not None else ()
        return next((row for row in rows if row.id == appointment_id), None)

    def row_of(self, appointment_id: int, *, linked: bool = False) -> int:
        """The row of an appointment, -1 where it is not on this day."""
        for row, block in enumerate(self.blocks):
            if block.appointment.id == appointment_id and block.linked == linked:
                return row
        return -1

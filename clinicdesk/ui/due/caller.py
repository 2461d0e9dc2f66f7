"""Calling one after the other: takes a patient in hand, keeps the outcome, goes on to the next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from clinicdesk.domain.errors import ClinicError, Invalid, NotFound
from clinicdesk.domain.rows.due import CALL_OUTCOMES, ContactForm, ContactRow, DueRow
from clinicdesk.domain.rows.people import Actor
from clinicdesk.domain.translation import _
from clinicdesk.services.context import Clinic, Done
from clinicdesk.ui.due import words
from clinicdesk.ui.due.ground import Ground
from clinicdesk.ui.due.seam import DueService, Hold
from clinicdesk.ui.due.undo import Undos

_RENEW_MS = 2 * 60 * 1000
_OUTCOMES = dict(CALL_OUTCOMES)
_OTHERS = 6


class Cursor(Protocol):
    """Where somebody stands on the list."""

    @property
    def line(self) -> int: ...


@dataclass(frozen=True)
class Opened:
    """A patient taken in hand (or not), and all that the panel shows."""

    hold: Hold
    row: DueRow | None
    contacts: tuple[ContactRow, ...] = ()
    others: tuple[DueRow, ...] = ()


def open_call(due: DueService, clinic: Clinic, actor: Actor, number: int, on: date) -> Opened:
    """Takes the patient of a row in hand and reads what is needed to call; runs in the lane."""
    hold = due.take(clinic, actor, number)
    rows = due.rows(clinic, actor, (number,), on)
    if not hold.mine or not rows:
        return Opened(hold, rows[0] if rows else None)
    row = rows[0]
    contacts = due.contacts(clinic, actor, number)
    others = tuple(
        other
        for other in due.of_patient(clinic, actor, row.patient_id, on)
        if other.id != number and other.booked_for is None and other.snooze is None
    )[:_OTHERS]
    return Opened(hold, row, contacts, others)


class Caller(QObject):
    """Signals:
    opened(object): a patient is in hand (an ``Opened``).
    changed(object): the row of whom is in hand (a ``DueRow``) is another now.
    ended(): nobody is in hand any more.
    logged(): the call is on record.
    refused(object): the service refused what was to be logged (an exception).
    stuck(): the next patient could not be taken; the one before is still on show.
    outdated(): the list shows a row that is not there any more.
    """

    opened = Signal(object)
    changed = Signal(object)
    ended = Signal()
    logged = Signal()
    refused = Signal(object)
    stuck = Signal()
    outdated = Signal()

    def __init__(self, ground: Ground, cursor: Cursor, undos: Undos, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._model, self._due = ground.context, ground.model, ground.seam.due
        self._cursor, self._undos = cursor, undos
        self._lane = self._context.tasks.short
        self._queue: tuple[int, ...] = ()
        self._walking = False
        self._stays = False
        self.number: int | None = None
        self.row: DueRow | None = None
        self._renew = QTimer(self)
        self._renew.setInterval(_RENEW_MS)
        self._renew.timeout.connect(self._take_again)

    # -- taking in hand ---------------------------------------------------------------------

    def start(self, number: int) -> None:
        """Begins with a row; goes on through the ticked rows, or else down the list."""
        chosen = self._model.chosen_in_order()
        self._queue = chosen if number in chosen else ()
        self._walking = False
        self._open(number)

    def _open(self, number: int) -> None:
        context = self._context
        work = partial(open_call, self._due, context.clinic, context.actor, number, self._model.on)
        self._lane.submit(
            work,
            partial(self._taken, number),
            partial(self._not_opened, number),
            owner=self,
            key="take",
        )

    def _taken(self, number: int, found: Opened) -> None:
        if found.row is None:
            self._gone(number)
        elif not found.hold.mine:
            self._held_by(number, found)
        else:
            self.number, self.row = number, found.row
            self._renew.start()
            self._model.old(frozenset({found.row.patient_id}))
            self.opened.emit(found)

    def _gone(self, number: int) -> None:
        if self._walking:
            self._on_from(number)
            return
        self._context.bus.say(_("This row has just left the list."))
        self.outdated.emit()

    def _held_by(self, number: int, found: Opened) -> None:
        self._model.old(frozenset({found.hold.patient_id}))
        if self._walking:
            self._on_from(number)
            return
        who = words.who(found.row) if found.row else _("this patient")
        self._context.bus.warn(
            _("{by} is calling {who}. Take another row.").format(by=found.hold.by, who=who)
        )

    def _not_opened(self, number: int, error: Exception) -> None:
        if isinstance(error, NotFound):
            self._gone(number)
        else:
            self.stuck.emit()
            self._not_taken(error)

    def _not_taken(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        self._context.bus.warn(str(error))

    def _take_again(self) -> None:
        """What is held lapses after a while: taken again for as long as the panel is open."""
        if self.number is None:
            return
        context = self._context
        work = partial(self._due.take, context.clinic, context.actor, self.number)
        self._lane.submit(work, self._still, self._not_taken, owner=self, key="renew")

    def _still(self, hold: Hold) -> None:
        if not hold.mine and self.number is not None:
            self._context.bus.warn(_("{by} has taken this patient meanwhile.").format(by=hold.by))

    # -- putting down -----------------------------------------------------------------------

    def stop(self) -> None:
        """Puts down who is in hand."""
        self._lane.forget(self, "take")
        if self.number is None:
            return
        row, self.number, self.row = self.row, None, None
        self._renew.stop()
        self._let_go()
        self._model.old(frozenset({row.patient_id}) if row else None)
        self.ended.emit()

    def _let_go(self) -> None:
        context = self._context
        work = partial(self._due.release, context.clinic, context.actor)
        self._lane.submit(work, self._released, self._not_taken, owner=self, key="renew")

    def _released(self, nothing: None) -> None:
        """Nothing more to do."""

    def keep_in_hand(self, number: int) -> None:
        """The page is left to book for this row: whoever is in hand stays so."""
        self._stays = number == self.number

    def leave(self) -> None:
        """The page is left, or the window locked: others may call, unless a booking is made."""
        self._renew.stop()
        if self.number is not None and not self._stays:
            self._let_go()

    def come_back(self) -> None:
        """The page is shown again with somebody still in the panel: takes them again."""
        self._stays = False
        if self.number is None:
            return
        self._walking = False
        self._renew.start()
        self._take_again()
        context, on = self._context, self._model.on
        work = partial(self._due.rows, context.clinic, context.actor, (self.number,), on)
        self._lane.submit(work, self._seen_again, self._not_taken, owner=self, key="again")

    def _seen_again(self, rows: tuple[DueRow, ...]) -> None:
        """The row as it is by now: a booking may have been made for it meanwhile."""
        if rows and rows[0].id == self.number:
            self.row = rows[0]
            self.changed.emit(rows[0])

    # -- logging, and on to the next --------------------------------------------------------

    def log(self, form: ContactForm, numbers: tuple[int, ...]) -> None:
        """Keeps how the call went, for these rows of the patient."""
        if self.row is None:
            return
        context = self._context
        work = partial(self._due.log_contact, context.clinic, context.actor, numbers, form)
        logged = partial(self._logged, self.row, form)
        self._lane.submit(work, logged, self._not_logged, owner=self)

    def _logged(self, row: DueRow, form: ContactForm, done: Done[tuple[int, ...]]) -> None:
        context = self._context
        take_back = partial(self._due.take_back, context.clinic, context.actor, done.value)
        told = f"{words.who(row)}: {_OUTCOMES[form.outcome].lower()}"
        if form.next_on is not None:
            again = words.near_day(form.next_on, self._model.on)
            told = _("{told}, try again {next_on}").format(told=told, next_on=again)
        withdrawn = _("{who}: the contact is withdrawn").format(who=words.who(row))
        self._undos.offer(told, take_back, withdrawn, row.id)
        self._model.choose((row.id,), chosen=False)
        self.logged.emit()
        self.go_on(row.id)
        context.publish(done.changes)

    def _not_logged(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        self.refused.emit(error)
        if not isinstance(error, Invalid):
            self._context.bus.warn(str(error))

    def go_on(self, number: int | None = None) -> None:
        """On to the next row that may be called; closes the panel after the last one."""
        at = number if number is not None else self.number
        if at is not None:
            self._walking = True
            self._on_from(at)

    def _on_from(self, number: int) -> None:
        following = next(self._after(number), None)
        if following is None:
            self._context.bus.say(_("That was the last row.")) if self.number is None else None
            self.stop()
            return
        self._open(following)

    def _after(self, number: int) -> Iterator[int]:
        """The rows after one: of those ticked when calling began, or else of the list."""
        patient = self.row.patient_id if self.row else None
        if self._queue:
            place = self._queue.index(number) + 1 if number in self._queue else 0
            candidates: Iterator[int] = iter(self._queue[place:])
        else:
            candidates = self._below(number)
        for candidate in candidates:
            row = self._model.row_of(candidate)
            if row is None or self._callable(row, patient):
                yield candidate

    def _below(self, number: int) -> Iterator[int]:
        sections = self._model.sections
        line = sections.line_of(number)
        start = self._cursor.line if line is None else line + 1
        for at in range(max(0, start), sections.lines):
            found = sections.at(at)
            if isinstance(found, int):
                yield found

    def _callable(self, row: DueRow, just_called: int | None) -> bool:
        held = bool(row.taken_by) and not row.taken_by_me
        waits = row.next_contact is not None and row.next_contact > self._model.on
        done = row.booked_for is not None or row.snooze is not None
        return not (held or waits or done or row.patient_id == just_called)

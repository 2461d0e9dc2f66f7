"""What the page asks of the services, in one place: it can be tried with made-up answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import Protocol, cast

from clinicdesk.domain.rows.due import (
    ContactForm,
    ContactRow,
    DueFilter,
    DueList,
    DueRow,
    RebuildProgress,
)
from clinicdesk.domain.rows.people import Actor
from clinicdesk.domain.states import SheetUse
from clinicdesk.services.context import Clinic, Done


class Hold(Protocol):
    """Whether a patient is in one's own hands now, and else in whose."""

    @property
    def mine(self) -> bool: ...
    @property
    def by(self) -> str: ...
    @property
    def patient_id(self) -> int: ...


class DueService(Protocol):
    """``clinicdesk.services.due``."""

    def opening(self, clinic: Clinic, actor: Actor, wanted: DueFilter, on: date, /) -> DueList: ...
    def overview(self, clinic: Clinic, actor: Actor, wanted: DueFilter, on: date, /) -> DueList: ...
    def rows(
        self, clinic: Clinic, actor: Actor, ids: tuple[int, ...], on: date, /
    ) -> tuple[DueRow, ...]: ...
    def of_patient(
        self, clinic: Clinic, actor: Actor, patient_id: int, on: date, /
    ) -> tuple[DueRow, ...]: ...
    def contacts(self, clinic: Clinic, actor: Actor, row_id: int, /) -> tuple[ContactRow, ...]: ...
    def log_contact(
        self, clinic: Clinic, actor: Actor, row_ids: tuple[int, ...], form: ContactForm, /
    ) -> Done[tuple[int, ...]]: ...
    def take_back(
        self, clinic: Clinic, actor: Actor, contact_ids: tuple[int, ...], /
    ) -> Done[None]: ...
    def snooze(
        self, clinic: Clinic, actor: Actor, row_ids: tuple[int, ...], until: date | None,
        reason: str, /,
    ) -> Done[None]: ...  # fmt: skip
    def wake(self, clinic: Clinic, actor: Actor, row_ids: tuple[int, ...], /) -> Done[None]: ...
    def set_date(
        self, clinic: Clinic, actor: Actor, row_id: int, day: date, reason: str, /
    ) -> Done[None]: ...
    def drop_date(self, clinic: Clinic, actor: Actor, row_id: int, /) -> Done[None]: ...
    def take(self, clinic: Clinic, actor: Actor, row_id: int, /) -> Hold: ...
    def release(self, clinic: Clinic, actor: Actor, /) -> None: ...
    def behind(self, clinic: Clinic, actor: Actor, on: date, /) -> int: ...
    def refresh(
        self, clinic: Clinic, actor: Actor, on: date,
        progress: Callable[[RebuildProgress], None] | None = None, /,
    ) -> int: ...  # fmt: skip
    def export_csv(self, clinic: Clinic, actor: Actor, wanted: DueFilter, on: date, /) -> str: ...


class Paper(Protocol):
    """Pages to be printed or saved; ``languages``: how many letters in which; ``notes``: who got
    none, and why."""

    @property
    def pdf(self) -> bytes: ...
    @property
    def pages(self) -> int: ...
    @property
    def languages(self) -> tuple[tuple[str, int], ...]: ...
    @property
    def title(self) -> str: ...
    @property
    def notes(self) -> tuple[str, ...]: ...
    @property
    def lacks(self) -> tuple[str, ...]: ...
    @property
    def documents(self) -> tuple[int, ...]: ...
    @property
    def contacts(self) -> tuple[int, ...]: ...


class PaperService(Protocol):
    """``clinicdesk.services.due_print``."""

    def letters(
        self, clinic: Clinic, actor: Actor, row_ids: tuple[int, ...], on: date, /
    ) -> Done[Paper]: ...
    def call_sheet(
        self, clinic: Clinic, actor: Actor, row_ids: tuple[int, ...], on: date, /
    ) -> Done[Paper]: ...
    def put_out(
        self, clinic: Clinic, actor: Actor, documents: tuple[int, ...],
        contacts: tuple[int, ...], use: SheetUse, /,
    ) -> Done[None]: ...  # fmt: skip


@dataclass(frozen=True)
class Seam:
    """The two services of the page."""

    due: DueService
    paper: PaperService


def shipped() -> Seam:
    """The services of the program."""
    due = import_module("clinicdesk.services.due")
    paper = import_module("clinicdesk.services.due_print")
    return Seam(cast("DueService", due), cast("PaperService", paper))

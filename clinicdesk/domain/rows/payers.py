"""Payers and the rules that go with them, as page and command line show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from clinicdesk.domain.payers import Basis


@dataclass(frozen=True)
class PayerRow:
    """A payer of the records, all spellings of it together.

    Attributes:
        key: what its spellings share (``payer_key``).
        payer: as it is written most often; ``spellings``: in every way.
        patients: living ones whom it covers today and whose coverage names no rules by itself.
        booked: their appointments to come.
        pack: whose rules are asked today, and ``basis`` why.
        since: from when it has been mapped; None where it is not.
        coming: pack and first day of a mapping that has not begun yet.
        nearest: pack to suggest; empty: none. ``sure`` where its very name is in the payer's.
        apart: why it has no nearest and is a choice of its own; empty where it has not.
    """

    key: str
    payer: str
    spellings: tuple[str, ...]
    patients: int
    booked: int
    pack: str
    basis: Basis
    since: date | None = None
    coming: tuple[str, date] | None = None
    nearest: str = ""
    sure: bool = False
    apart: str = ""

    @property
    def to_map(self) -> bool:
        """Whether nobody has said which rules go with it."""
        return self.basis is Basis.ASSUMED


@dataclass(frozen=True)
class PackLine:
    """What a pack says of one kind of session.

    Attributes:
        what: ``epidural``.
        family: of its procedures, for its mark.
        most: each cap in short words; ``asks``: each thing that the next one needs.
        verified: whether every number of the line was read in its source.
    """

    what: str
    family: str
    most: tuple[str, ...]
    asks: tuple[str, ...]
    verified: bool


@dataclass(frozen=True)
class PackSummary:
    """A pack in short: what a payer would get. ``unverified`` of its ``rules``."""

    id: str
    title: str
    version: str
    effective_from: date
    source: str
    partial: str
    lines: tuple[PackLine, ...]
    rules: int
    unverified: int


@dataclass(frozen=True)
class ChangedVisit:
    """A booked appointment whose verdict becomes another one; ``message``: what hinders then."""

    appointment_id: int
    patient_id: int
    patient: str
    day: date
    before: str
    after: str
    message: str


@dataclass(frozen=True)
class PayerEffect:
    """What another pack would change: appointments whose verdict stays, those that would meet
    more in the way or less, and how many could not be asked or were too many to be asked."""

    key: str
    pack: str
    stays: int
    stricter: tuple[ChangedVisit, ...]
    freer: tuple[ChangedVisit, ...]
    not_asked: int = 0

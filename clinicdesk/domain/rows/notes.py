"""Facts of a printed procedure note: plain text, in the order of the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from clinicdesk.domain.rows.documents import ClinicLetterhead
from clinicdesk.domain.rows.log import AddendumRow
from clinicdesk.domain.rows.staff import ClinicFacts


@dataclass(frozen=True)
class NotePart:
    """A stretch of the note: its heading, and lines of (label, text)."""

    heading: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class GivenLine:
    """One medication as text: product, volume, dose, lot with expiry, where."""

    product: str
    volume: str
    dose: str
    lot: str
    expiry: str
    site: str


@dataclass(frozen=True)
class NoteFacts:
    """Everything a procedure note says; only of a signed record.

    Attributes:
        title: the procedure with its sites.
        parts: in order; what was given stands after the first two.
        note: free text of the record, with its line breaks.
        signed_at: in the clinic's zone; ``seal`` is the SHA-256 of what was signed.
        country: the clinic's, for the hours.
    """

    clinic: ClinicLetterhead
    family_name: str
    given_name: str
    birth_date: date
    mrn: str
    title: str
    performed_on: date
    parts: tuple[NotePart, ...]
    given: tuple[GivenLine, ...]
    note: str
    signed_by: str
    signed_at: datetime | None
    seal: str
    addenda: tuple[AddendumRow, ...]
    country: str = ClinicFacts.country

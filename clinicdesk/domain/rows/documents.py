"""Rows and facts of printed sheets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from clinicdesk.domain.rows.people import Banner


@dataclass(frozen=True)
class ClinicLetterhead:
    """Who prints. ``phone_urgent`` is the number that answers day and night."""

    name: str
    address: str
    phone: str
    phone_urgent: str


@dataclass(frozen=True)
class SheetFacts:
    """Everything a consent or after-care sheet says about this patient and procedure.

    Text is plain text (never mark-up); the renderer escapes it.

    Attributes:
        sites: contract sites, e.g. ``("L5 left",)``.
        contrast, steroids: what is planned or was given; steroids as ``dexamethasone 10 mg``.
        restart: when the blood thinner starts again, if a clinician has confirmed it.
        repeat_from: next possible date, if known.
        has_diabetes: prints the blood-sugar lines.
        done: False on a consent or a plan; True once logged.
    """

    clinic: ClinicLetterhead
    family_name: str
    given_name: str
    birth_date: date
    mrn: str
    allergies: tuple[str, ...]
    anticoagulants: tuple[str, ...]
    procedure: str
    intent: str
    sites: tuple[str, ...]
    guidance: str
    contrast: bool
    steroids: tuple[str, ...]
    physician: str
    when: datetime
    done: bool
    has_diabetes: bool = False
    interpreter: bool = False
    restart: datetime | None = None
    repeat_from: date | None = None
    follow_up_call: date | None = None


@dataclass(frozen=True)
class RenderedSheet:
    """A finished sheet: the bytes are what is previewed, stored, saved and printed."""

    kind: str
    language: str
    paper: str
    title: str
    template_id: str
    template_version: str
    document_code: str
    pdf: bytes
    sha256: str
    pages: int


@dataclass(frozen=True)
class DocumentRow:
    """A stored sheet in the patient's documents. ``printed`` and ``saved`` count its uses."""

    id: int
    patient_id: int
    kind: str
    title: str
    language: str
    template_id: str
    template_version: str
    sha256: str
    created_at: datetime
    created_by: str
    pages: int
    appointment_id: int | None
    procedure_id: int | None
    paper: str = "letter"
    large: bool = False
    document_code: str = ""
    printed: int = 0
    saved: int = 0


@dataclass(frozen=True)
class StoredSheet:
    """A sheet with the very bytes that were stored."""

    row: DocumentRow
    pdf: bytes

    @property
    def document_id(self) -> int:
        return self.row.id

    @property
    def title(self) -> str:
        return self.row.title


@dataclass(frozen=True)
class SheetSubject:
    """What sheets can be made for: a planned procedure of an appointment, or a logged one.

    ``state`` is ``planned``, ``open`` (logged, unsigned) or ``signed``; ``sites`` as ``L5 left``.
    """

    patient_id: int
    appointment_id: int | None
    planned_id: int | None
    procedure_id: int | None
    procedure: str
    name: str
    sites: tuple[str, ...]
    when: datetime
    state: str


@dataclass(frozen=True)
class SheetShelf:
    """What the documents page shows beside the sheet.

    ``subjects`` newest first; ``documents`` everything stored for the patient, newest first;
    ``languages`` (code, own name) in which sheets exist.
    """

    banner: Banner
    subjects: tuple[SheetSubject, ...]
    documents: tuple[DocumentRow, ...]
    languages: tuple[tuple[str, str], ...]
    paper: str

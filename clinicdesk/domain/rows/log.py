"""Rows of the procedure log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from clinicdesk.domain.measures import Measured
from clinicdesk.domain.rows.people import Banner


@dataclass(frozen=True)
class MedicationEntry:
    """One line of what was given.

    ``product`` is a catalogue key; ``dose`` = concentration × volume, in ``unit``.
    ``expiry`` is the last valid day; ``expiry_month_only`` when the label gave a month.
    ``no_lot_reason`` stands in for a lot that cannot be read off the vial.
    """

    product: str = ""
    volume_ml: Decimal | None = None
    dose: Decimal | None = None
    unit: str = "mg"
    lot: str = ""
    expiry: date | None = None
    expiry_month_only: bool = True
    waste_ml: Decimal | None = None
    site: str = ""
    no_lot_reason: str = ""


@dataclass(frozen=True)
class LogAnswer:
    """What was answered to one thing that signing asks.

    Attributes:
        check: of a safety check, or of the log itself (``side``).
        because: what it was about, in the record's words: it answers nothing else.
        code: of the reason chosen; ``words`` beside it.
        asked: the question it was given to, with its drugs and sites.
        said, by: filled at the signature: the reason in words, who answered.
    """

    check: str
    because: tuple[str, ...] = ()
    code: str = ""
    words: str = ""
    asked: str = ""
    said: str = ""
    by: str = ""


@dataclass(frozen=True)
class LogForm:
    """Everything the procedure log holds.

    ``physician_id`` and ``room_id`` are resources. ``complications`` are catalogue keys,
    ``none`` alone means none.
    ``radiation_reason`` says why exposure time or air kerma could not be read, or are so high;
    ``day_reason`` why it was done on another day than booked; ``answers`` what was said to the
    safety checks and to sites that differ.
    """

    patient_id: int
    appointment_id: int | None
    planned_id: int | None
    procedure: str
    sites: tuple[str, ...]
    intent: str
    performed_on: date
    physician_id: int
    room_id: int | None
    guidance: str = ""
    contrast: bool | None = None
    fluoroscopy_seconds: Decimal | None = None
    air_kerma_mgy: Decimal | None = None
    kap_ugym2: Decimal | None = None
    medications: tuple[MedicationEntry, ...] = ()
    scale: str = ""
    pain_before: Decimal | None = None
    pain_after: Decimal | None = None
    complications: tuple[str, ...] = ()
    note: str = ""
    side_change_reason: str = ""
    reason: str = ""
    aborted: bool = False
    radiation_reason: str = ""
    day_reason: str = ""
    answers: tuple[LogAnswer, ...] = ()


@dataclass(frozen=True)
class AddendumRow:
    """A correction or addition after signing."""

    at: datetime
    by: str
    text: str


@dataclass(frozen=True)
class KeptVerdict:
    """The interval verdict that was acted upon at the signature, with the reason given.

    ``status`` as in the verdict contract; ``pack`` with its ``version`` are the rules asked;
    ``findings``: the sentences of the rules that stood in the way, or could not tell; ``ruled``:
    at least one rule applied; ``partial``: what those rules do not check (empty: all is checked);
    ``beside``: sentences of what the payer asked for besides; ``assumed``: the payer, as written,
    that was not mapped to rules, so that the clinic's own were asked.
    """

    status: str
    pack: str
    version: str
    reason: str
    by: str
    findings: tuple[str, ...] = ()
    ruled: bool = True
    partial: str = ""
    beside: tuple[str, ...] = ()
    assumed: str = ""


@dataclass(frozen=True)
class LogRecord:
    """A procedure log as opened.

    ``state`` is ``new``, ``draft``, ``open`` (saved, unsigned) or ``signed``;
    ``planned_sites`` what was booked, for comparison; ``lots`` the lots last used per product.
    ``typed`` holds texts of the draft that could not be read yet (field → text as typed);
    ``seal`` is the SHA-256 of what was signed, ``seal_ok`` whether record and seal still agree;
    ``physicians`` are (id, name) of those who may have done it; ``owner`` who saved it open;
    ``mine`` the resource that stands for whoever opened it; ``verdict`` what was signed over;
    ``signed_products`` what the medications were called then (key, name); ``booked_on`` the
    appointment's day; ``not_stocked`` the products that are not offered here; ``reason_by`` who
    gave the form's reason at booking; ``arrival_pain`` the score that was asked at check-in of that
    day, on the form's scale.
    """

    procedure_id: int | None
    version: int
    state: str
    form: LogForm
    banner: Banner
    planned_sites: tuple[str, ...]
    signed_by: str
    signed_at: datetime | None
    seal: str
    addenda: tuple[AddendumRow, ...]
    draft_saved_at: datetime | None
    lots: tuple[tuple[str, str, date, bool], ...] = ()
    typed: tuple[tuple[str, str], ...] = ()
    seal_ok: bool = True
    physicians: tuple[tuple[int, str], ...] = ()
    room: str = ""
    owner: str = ""
    mine: int | None = None
    verdict: KeptVerdict | None = None
    signed_products: tuple[tuple[str, str], ...] = ()
    booked_on: date | None = None
    not_stocked: frozenset[str] = frozenset()
    reason_by: str = ""
    arrival_pain: Measured | None = None


@dataclass(frozen=True)
class LogListRow:
    """One line of the list of logs to do.

    ``kind`` is ``draft`` (being typed by this person), ``open`` (saved, unsigned) or
    ``due`` (an appointment of today without a log); ``when`` is its start or when it was saved.
    """

    kind: str
    appointment_id: int | None
    procedure_id: int | None
    patient: str
    mrn: str
    procedure: str
    family: str
    sites: tuple[str, ...]
    physician: str
    when: datetime
    status: str = ""

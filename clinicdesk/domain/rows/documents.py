"""Rows and facts of printed sheets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from clinicdesk.domain.rows.people import Banner
from clinicdesk.domain.sheets import CONSENT, Approval, LocalHelp, TextFile


@dataclass(frozen=True)
class ClinicLetterhead:
    """Who prints. ``phone_urgent`` is the number that answers day and night."""

    name: str
    address: str
    phone: str
    phone_urgent: str


@dataclass(frozen=True)
class Thinner:
    """What a patient does with a blood thinner after the procedure.

    Attributes:
        drug: as the record has it.
        keep: it needs no stopping, so it is taken on.
        restart: the first moment at which it is taken again; None where nobody has said.
        by: who said when, where a person did.
        hours, counted_from: where ``restart`` is counted from the planned end, since nobody has
            said yet when it was over: the hours after it, and that planned end.
    """

    drug: str
    keep: bool = False
    restart: datetime | None = None
    by: str = ""
    hours: int | None = None
    counted_from: datetime | None = None


@dataclass(frozen=True)
class NoneSaid:
    """What it means that a list on a sheet is empty.

    Attributes:
        asked: whether anybody has asked.
        on: when the patient said "none", where that is kept.
        among: the list has other entries, but none of those that the sheet names.
    """

    asked: bool = False
    on: date | None = None
    among: bool = False


@dataclass(frozen=True)
class SheetFacts:
    """Everything a consent or after-care sheet says about this patient and procedure.

    Text is plain text (never mark-up); the renderer escapes it.

    Attributes:
        sites: contract sites, e.g. ``("L5 left",)``.
        contrast, steroids: what is planned or was given; steroids as ``dexamethasone 10 mg``.
        thinners: what becomes of each of ``anticoagulants``.
        repeat_from: next possible date as the due list has it, if known.
        has_diabetes: prints the blood-sugar lines to somebody who is known to have it.
        allergic_to: class (``contrast``, ``anaesthetic``, ``steroid``) to the record's words.
        help: whom the people of the clinic's country call.
        done: False on a consent or a plan; True once logged.
        no_allergies, no_thinner: what it means where ``allergies``, ``anticoagulants`` are empty.
        waits: a danger is known that no physician has let pass yet.
        agreed: what was let pass: classes of ``allergic_to``, ``pregnant`` and ``prosthesis``.
        steroid_logged: what was given is logged; False: after-care tells of no steroid as given.
        prosthesis: that the joint is artificial is on record, and a steroid is planned there.
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
    thinners: tuple[Thinner, ...] = ()
    repeat_from: date | None = None
    follow_up_call: date | None = None
    pregnant: bool = False
    allergic_to: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    help: LocalHelp = field(default_factory=LocalHelp)
    no_allergies: NoneSaid = NoneSaid()
    no_thinner: NoneSaid = NoneSaid()
    waits: bool = False
    agreed: tuple[str, ...] = ()
    steroid_logged: bool = True
    prosthesis: bool = False


@dataclass(frozen=True)
class OpenDays:
    """Weekdays (Monday 0) that are open at the same times; ``times`` as (from, to), ascending."""

    weekdays: tuple[int, ...]
    times: tuple[tuple[time, time], ...]


AFTER_TEST = "after_test"
"""A reason of letters only: a good test leads to the treatment, so nothing is repeated."""


@dataclass(frozen=True)
class RecallItem:
    """One treatment that a recall letter is about.

    Attributes:
        procedure: catalogue id of what was done; ``name`` stands in where the texts lack it.
        reason: why the patient is on the due list (``DueReason``), or ``AFTER_TEST``.
        repeat_from: first possible day, or None where it cannot be told.
    """

    procedure: str
    name: str
    sites: tuple[str, ...]
    done_on: date
    reason: str
    repeat_from: date | None


@dataclass(frozen=True)
class RecallFacts(SheetFacts):
    """What a recall letter says; the inherited fields are those of its first, main item.

    Attributes:
        items: the treatments, the most urgent first; never empty.
        sex: as recorded; some languages greet by it.
        recipient: the lines of the postal address below the name.
        hours: when somebody picks up the telephone.
    """

    items: tuple[RecallItem, ...] = ()
    sex: str = "unknown"
    recipient: tuple[str, ...] = ()
    hours: tuple[OpenDays, ...] = ()


@dataclass(frozen=True)
class CallLine:
    """One patient to call, with a first treatment and site, as text for paper.

    ``what`` names treatment and site, ``why`` the reason in one sentence; empty parts
    are not on record. ``promised``: nothing is to be planned, so that nobody has looked for days,
    scores and contacts. ``further``: other sites of the same patient, for the same call.
    """

    name: str
    birth_date: date
    mrn: str
    phone: str
    language: str
    what: str
    why: str
    allowed_from: str
    last_score: str
    thinner: str
    last_contact: str
    next_appointment: str
    promised: bool = False
    further: tuple[CallLine, ...] = ()


@dataclass(frozen=True)
class CallGroup:
    """One group of a call sheet: its heading and people in the order of the list."""

    heading: str
    rows: tuple[CallLine, ...]


@dataclass(frozen=True)
class CallFacts:
    """A call sheet; ``printed`` says when and by whom, for the foot of the page."""

    clinic: ClinicLetterhead
    on: date
    printed: str
    groups: tuple[CallGroup, ...]


@dataclass(frozen=True)
class Printed:
    """Something printed in one go.

    ``languages``: code and number of letters, most first; ``notes``: sentences for whoever
    printed it (a missing address, a language without a text). ``documents``, ``contacts``: of
    letters, the sheets stored and what was kept of them, until they are printed or saved.
    ``lacks``: the files of texts that are missing, for whoever looks after the texts.
    """

    pdf: bytes
    pages: int
    languages: tuple[tuple[str, int], ...]
    title: str
    notes: tuple[str, ...]
    lacks: tuple[str, ...] = ()
    documents: tuple[int, ...] = ()
    contacts: tuple[int, ...] = ()


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
class SaidRestart:
    """When a person said that one blood thinner starts again, and of what it was said.

    Attributes:
        drug: the blood thinner, as the record has it.
        restart: the moment; None: that it is left to the guideline again.
        by: who said so.
        over: when the procedure was over, as was known then; None: not known.
        drugs: the blood thinners on record then.
    """

    drug: str
    restart: datetime | None
    by: str
    over: datetime | None
    drugs: tuple[str, ...]

    def holds(self, over: datetime | None, drugs: tuple[str, ...]) -> bool:
        """Whether it was said of this time and these blood thinners."""
        return (self.over, self.drugs) == (over, drugs)


@dataclass(frozen=True)
class StoredSheet:
    """A sheet with the very bytes that were stored.

    ``lacks``: of a sheet just made, the file that is missing in the language that was wanted, so
    that it is in another; empty where it is there. ``untold``: the blood thinners of which it does
    not say when they start again. ``held``: those of which a person may say it. ``waits``: the
    dangers that wait for a physician, in words of staff. ``said``: the restarts that a person gave,
    of one drug each, and that are on it; ``lapsed``: those that are not, since the time of the
    procedure or the blood thinner has changed.
    """

    row: DocumentRow
    pdf: bytes
    lacks: str = field(default="", compare=False)
    untold: tuple[str, ...] = field(default=(), compare=False)
    waits: tuple[str, ...] = field(default=(), compare=False)
    held: tuple[str, ...] = field(default=(), compare=False)
    said: tuple[SaidRestart, ...] = field(default=(), compare=False)
    lapsed: tuple[SaidRestart, ...] = field(default=(), compare=False)

    @property
    def document_id(self) -> int:
        return self.row.id

    @property
    def unsettled(self) -> bool:
        """A sheet of a mere plan, while a danger waits for a physician; or any such consent."""
        of_plan = self.row.kind == CONSENT or self.row.procedure_id is None
        return bool(self.waits) and of_plan

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
    ``languages`` (code, own name) in which sheets exist; ``language``: the one to begin with.
    """

    banner: Banner
    subjects: tuple[SheetSubject, ...]
    documents: tuple[DocumentRow, ...]
    languages: tuple[tuple[str, str], ...]
    paper: str
    language: str


@dataclass(frozen=True)
class SheetForm:
    """How a sheet is to look. Left out: the patient's language, the clinic's paper.

    ``language``: English where there is no such text. ``paper``: ``letter`` or ``a4``.
    """

    language: str | None = None
    paper: str | None = None
    large: bool = False


@dataclass(frozen=True)
class ConfirmedDates:
    """What a clinician says instead of the guideline: when a blood thinner starts again.

    Nothing said: what was said before still holds. ``by_guideline`` takes that back. ``drug``: of
    which it is said, as the record has it; it may be left out where there is one alone.
    """

    restart: datetime | None = None
    by_guideline: bool = False
    drug: str = ""

    def __bool__(self) -> bool:
        return self.restart is not None or self.by_guideline


@dataclass(frozen=True)
class SheetRequest:
    """What sheet is asked for.

    Attributes:
        kind: ``consent`` or ``aftercare``.
        appointment_id: for its planned procedure (after-care prefers what was logged for it).
        procedure_id: for a logged procedure; it wins over the appointment.
        planned_id: which of several planned procedures; the first when left out.
    """

    kind: str
    appointment_id: int | None = None
    procedure_id: int | None = None
    planned_id: int | None = None
    form: SheetForm = SheetForm()
    dates: ConfirmedDates = ConfirmedDates()


@dataclass(frozen=True)
class SheetStanding:
    """Whether the clinic stands behind one sheet or letter.

    ``name``: as staff call it, ``Consent, Facet block``; ``language``: its own name. Either
    ``approvals``, or ``open``: the files it is made of that nobody approved as they are.
    ``own``: at least one of its files is the clinic's, words of the language aside.
    """

    name: str
    language: str
    approvals: tuple[Approval, ...]
    open: tuple[str, ...]
    own: bool


@dataclass(frozen=True)
class TextsStanding:
    """What is approved and what is not, and how the clinic's own texts stand.

    ``own``: the clinic's files by name.
    """

    sheets: tuple[SheetStanding, ...]
    own: tuple[TextFile, ...]

    @property
    def approved(self) -> tuple[SheetStanding, ...]:
        return tuple(sheet for sheet in self.sheets if sheet.approvals)

    @property
    def waiting(self) -> tuple[SheetStanding, ...]:
        return tuple(sheet for sheet in self.sheets if not sheet.approvals)

    @property
    def partly(self) -> tuple[SheetStanding, ...]:
        """Not approved, and made of texts of the clinic's at least in part."""
        return tuple(sheet for sheet in self.waiting if sheet.own)

    @property
    def ours(self) -> tuple[SheetStanding, ...]:
        """Not approved, as they came with the program."""
        return tuple(sheet for sheet in self.waiting if not sheet.own)

    @property
    def outdated(self) -> tuple[TextFile, ...]:
        """Own texts that lie over one of ours that has changed since."""
        return tuple(file for file in self.own if file.outdated)

"""What the due list prints: recall letters and the call sheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from clinicdesk.data.queries import documents as document_queries
from clinicdesk.data.queries import due_acts
from clinicdesk.data.queries import letters as queries
from clinicdesk.data.queries.documents import Subject
from clinicdesk.domain.dates import day_words
from clinicdesk.domain.errors import Invalid
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.places import country_of
from clinicdesk.domain.procedures import Intent
from clinicdesk.domain.rows.documents import (
    AFTER_TEST,
    OpenDays,
    Printed,
    RecallFacts,
    RecallItem,
    RenderedSheet,
)
from clinicdesk.domain.rows.due import (
    LETTER_MADE,
    ContactForm,
    DueGroup,
    DueReason,
    DueRow,
)
from clinicdesk.domain.rows.people import Actor
from clinicdesk.domain.states import LogState
from clinicdesk.domain.translation import _
from clinicdesk.services.clinics import letterhead
from clinicdesk.services.context import Clinic, Done, Work, act, ask, permitted
from clinicdesk.services.due import contacting
from clinicdesk.services.due import rows as due_rows
from clinicdesk.services.due.listing import rows_in
from clinicdesk.services.due_calls import (
    GONE,
    call_sheet,
    name_of,
)
from clinicdesk.services.due_out import put_out
from clinicdesk.services.letter_lacks import lacks_of
from clinicdesk.services.sheet_hours import in_hours_of
from clinicdesk.services.sheet_texts import library
from clinicdesk.services.sheets import paper_of

__all__ = ["call_sheet", "letters", "put_out", "row_of_procedure"]

MADE = ContactForm("letter", LETTER_MADE)
_URGENT = list(DueReason)
_NAMED = 5


# -- letters ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Letter:
    """One patient's letter: the rows it is about, the most urgent first."""

    rows: tuple[DueRow, ...]
    subject: Subject
    procedures: tuple[str, ...]
    sheet: RenderedSheet


@dataclass(frozen=True)
class _Kept:
    """Which of the letters made were kept, by place, the sheets stored and the contacts."""

    positions: tuple[int, ...]
    documents: tuple[int, ...]
    contacts: tuple[int, ...]


@dataclass(frozen=True)
class _Material:
    """What was read for the letters."""

    recipients: dict[int, queries.Recipient]
    procedures: dict[int, tuple[str, str]]
    hours: tuple[OpenDays, ...]


@permitted("due.letters", Permission.PRINT)
def letters(
    clinic: Clinic,
    actor: Actor,
    row_ids: tuple[int, ...],
    on: date,
    *,
    language: str | None = None,
    paper: str | None = None,
    large: bool = False,
) -> Done[Printed]:
    """One letter for each patient of the rows, all in one file, sorted as the post wants them.

    Each letter is stored for its patient and kept as made with each of its rows; ``put_out`` keeps
    that it went to the printer or into a file. Who has no postal address, is booked already or
    waits for a physician's word, gets none; the notes name them.

    Args:
        on: the date of the letters.
        language: None for each patient's own; English where there is no such text.
        paper: ``letter`` or ``a4``; None for the clinic's.

    Raises:
        Invalid: ``rows``: no letter could be made, with the reason; ``paper``.
        NotAllowed, Malformed (a damaged text file), Unavailable.
    """
    chosen = paper_of(clinic, paper)
    rows = due_rows(clinic, actor, tuple(dict.fromkeys(row_ids)), on)
    booked = [row for row in rows if row.group is DueGroup.BOOKED]
    undecided = [row for row in rows if row.reason is DueReason.REVIEW and row not in booked]
    open_rows = [row for row in rows if row not in booked and row not in undecided]
    material = _material(clinic, actor, open_rows, on)
    homeless = [row for row in open_rows if row.patient_id not in material.recipients]
    notes = [*_about(homeless, _("No letter without a postal address")),
             *_about(booked, _("No letter to those who are booked")),
             *_about(undecided, _("No letter before a physician has decided"))]  # fmt: skip
    made = [
        _made(clinic, _facts(clinic, mine, material, on), mine, (language, chosen, large))
        for mine in _by_patient(open_rows, material)
    ]
    if not made:
        why = " ".join(notes) or GONE
        raise Invalid({"rows": why})
    done = _keep(clinic, actor, tuple(made), on, large=large)
    return Done(_printed(clinic, made, done.value, on, notes, language), done.changes)


def _material(clinic: Clinic, actor: Actor, rows: Sequence[DueRow], on: date) -> _Material:
    with clinic.store.read(actor) as tx:
        return _Material(
            recipients=queries.recipients(tx, sorted({row.patient_id for row in rows}), on),
            procedures=queries.kinds_done(tx, [row.last_procedure_id for row in rows]),
            hours=_grouped(queries.clinic_hours(tx, on)),
        )


def _grouped(hours: dict[int, tuple[tuple[time, time], ...]]) -> tuple[OpenDays, ...]:
    """Weekdays that are open at the same times, together."""
    found: dict[tuple[tuple[time, time], ...], tuple[int, ...]] = {}
    for weekday, times in sorted(hours.items()):
        found[times] = (*found.get(times, ()), weekday)
    return tuple(OpenDays(days, times) for times, days in found.items())


def _by_patient(rows: Iterable[DueRow], material: _Material) -> list[tuple[DueRow, ...]]:
    """The rows of each patient who has an address, in the order of postal code and name."""
    found: dict[int, list[DueRow]] = {}
    for row in rows:
        if row.patient_id in material.recipients:
            found.setdefault(row.patient_id, []).append(row)
    groups = [tuple(sorted(mine, key=_urgency)) for mine in found.values()]

    def place(mine: tuple[DueRow, ...]) -> tuple[object, ...]:
        first = mine[0]
        code = material.recipients[first.patient_id].postal_code
        name = (first.family_name.casefold(), first.given_name.casefold())
        return (code.casefold(), *name, first.patient_id)

    return sorted(groups, key=place)


def _urgency(row: DueRow) -> tuple[int, date, int]:
    return (_URGENT.index(row.reason), row.due_on, row.id)


def _facts(clinic: Clinic, rows: tuple[DueRow, ...], material: _Material, on: date) -> RecallFacts:
    """Everything a letter says."""
    items = tuple(_item(row, material) for row in rows)
    first = rows[0]
    return RecallFacts(
        clinic=letterhead(clinic),
        family_name=first.family_name,
        given_name=first.given_name,
        birth_date=first.birth_date,
        mrn=first.mrn,
        allergies=(),
        anticoagulants=(),
        procedure=items[0].procedure,
        intent=first.intent,
        sites=first.last_sites,
        guidance="",
        contrast=False,
        steroids=(),
        physician=first.physician,
        when=datetime.combine(on, time(), clinic.zone),
        done=True,
        repeat_from=items[0].repeat_from,
        items=items,
        sex=first.sex,
        recipient=_posted(clinic, material.recipients[first.patient_id]),
        hours=material.hours,
    )


def _posted(clinic: Clinic, home: queries.Recipient) -> tuple[str, ...]:
    """The address as the post wants it: the country only where the letter goes abroad."""
    abroad = home.country and country_of(home.country) != clinic.settings.country
    return (*home.lines, home.country) if abroad else home.lines


def _item(row: DueRow, material: _Material) -> RecallItem:
    procedure, intent = material.procedures.get(row.last_procedure_id, (row.procedure, ""))
    # A good test that leads to the treatment: the patient would not have "it again".
    test = intent == Intent.DIAGNOSTIC and row.intent == Intent.THERAPEUTIC
    return RecallItem(
        procedure=procedure,
        name=row.last_name,
        sites=row.last_sites,
        done_on=row.last_done,
        reason=AFTER_TEST if test and row.reason is DueReason.REPEAT else row.reason.value,
        repeat_from=row.possible_from,
    )


def _made(
    clinic: Clinic,
    facts: RecallFacts,
    rows: tuple[DueRow, ...],
    wanted: tuple[str | None, str, bool],
) -> _Letter:
    """A letter drawn, before any transaction begins: no lock is held meanwhile."""
    from clinicdesk.documents.render import render

    language, paper, large = wanted
    first = rows[0]
    procedures = tuple(item.procedure for item in facts.items)
    texts = library(clinic).letter(language or first.language, procedures)
    texts = in_hours_of(texts, clinic.customs)
    subject = Subject(
        patient_id=first.patient_id,
        appointment_id=None,
        planned_id=None,
        procedure_id=first.last_procedure_id,
        procedure=facts.procedure,
        sites=first.last_sites,
        intent=first.intent,
        guidance=None,
        contrast=None,
        steroids=None,
        physician=first.physician,
        started_at=None,
        day=first.last_done,
        state=LogState.SIGNED.value,
    )
    return _Letter(rows, subject, procedures, render("recall", facts, texts, paper, large))


@act("due.letters", Permission.PRINT)
def _keep(work: Work, made: tuple[_Letter, ...], on: date, *, large: bool) -> _Kept:
    """Stores the letters and keeps with each of their rows that they were made.

    A row that was booked or done since it was read gets no contact, a patient without any row
    left no letter.
    """
    ids = tuple(row.id for letter in made for row in letter.rows)
    now = {row.id: row for row in rows_in(work, ids, on)}
    places = due_acts.places(work.tx, ids)
    kept, documents, contacts = [], [], []
    for position, letter in enumerate(made):
        found = [places[row.id] for row in letter.rows if _still(row, now.get(row.id))]
        if not found:
            continue
        kept.append(position)
        row = document_queries.add_document(work.tx, letter.sheet, letter.subject, large=large)
        documents.append(row.id)
        contacts += [due_acts.add_attempt(work.tx, place, MADE, work.today) for place in found]
        contacting.tell(work, found)
        work.tx.changed("document", letter.subject.patient_id)
    if not kept:
        raise Invalid({"rows": GONE})
    work.tx.note("due.letters", letters=len(kept))
    return _Kept(tuple(kept), tuple(documents), tuple(contacts))


def _still(before: DueRow, now: DueRow | None) -> bool:
    """Whether what the letter says of a row holds still."""
    return (
        now is not None
        and now.last_procedure_id == before.last_procedure_id
        and now.group is not DueGroup.BOOKED
    )


def _printed(
    clinic: Clinic,
    made: Sequence[_Letter],
    kept: _Kept,
    on: date,
    notes: list[str],
    language: str | None,
) -> Printed:
    """The kept letters as one file."""
    from clinicdesk.documents.bundle import bundle

    out = [made[position] for position in kept.positions]
    gone = [letter.rows[0] for n, letter in enumerate(made) if n not in set(kept.positions)]
    title = _("Recall letters, {on}").format(on=day_words(on))
    pdf = bundle(
        [letter.sheet.pdf for letter in out], title=title, author=clinic.settings.name,
        language=out[0].sheet.language, names=[name_of(letter.rows[0]) for letter in out],
    )  # fmt: skip
    missing = lacks_of(
        library(clinic),
        clinic.catalogue.procedures,
        [
            (language or letter.rows[0].language, letter.sheet.language, letter.procedures)
            for letter in out
        ],
    )
    spoken = Counter(letter.sheet.language for letter in out)
    return Printed(
        pdf=pdf,
        pages=sum(letter.sheet.pages for letter in out),
        languages=tuple(spoken.most_common()),
        title=title,
        notes=(*notes, *_about(gone, _("Off the list meanwhile, no letter")),
               *(each.sentence for each in missing)),
        lacks=tuple(dict.fromkeys(each.file for each in missing if each.file)),
        documents=kept.documents,
        contacts=kept.contacts,
    )  # fmt: skip


def _about(rows: Sequence[DueRow], what: str) -> list[str]:
    """``No letter without a postal address: Müller, Jürgen; and 3 more.``"""
    names = list(dict.fromkeys(f"{name_of(row)} ({row.mrn})" for row in rows))
    if not names:
        return []
    said = _("{what}: {names}.")
    if len(names) > _NAMED:
        said = _("{what}: {names}; and {count} more.")
    first, count = "; ".join(names[:_NAMED]), len(names) - _NAMED
    return [said.format(what=what, names=first, count=count)]


@ask(Permission.PRINT)
def row_of_procedure(work: Work, procedure_id: int) -> int:
    """The row of the due list whose last procedure this is; raises NotFound."""
    return queries.due_row_of(work.tx, procedure_id)

"""A due list without a database: the same functions as ``services.due``, on made-up rows."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from threading import Event
from typing import Any
from zoneinfo import ZoneInfo

from clinicdesk.domain.changes import ChangeSet
from clinicdesk.domain.errors import Invalid, NotFound
from clinicdesk.domain.rows.due import (
    ContactForm,
    ContactRow,
    DueFilter,
    DueGroup,
    DueList,
    DueReason,
    DueRow,
    HandDate,
    RebuildProgress,
    Snooze,
    WeekCount,
)
from clinicdesk.services.context import Done
from clinicdesk.ui.due.seam import Seam

TODAY, ZONE = date(2026, 11, 24), ZoneInfo("America/New_York")
ORDER = (DueGroup.OVERDUE, DueGroup.NOW, DueGroup.SOON, DueGroup.HOLDING, DueGroup.BOOKED,
         DueGroup.SNOOZED, DueGroup.LAPSED)  # fmt: skip
PDF = b"%PDF-1.4 made up"


def due_row(number: int, **changes: Any) -> DueRow:
    """A row that may be called today; change what matters."""
    made = DueRow(
        id=number, patient_id=number, family_name=f"Person{number}", given_name="Silvia",
        mrn=f"{number:06}", birth_date=date(1972, 3, 14), sex="female", phone="(617) 555-0117",
        language="en", group=DueGroup.NOW, reason=DueReason.REPEAT, family="EPI", track="esi",
        site="L5 left", procedure="esi.transforaminal", next_name="TFESI",
        intent="therapeutic", sites=("L5 left",),
        last_procedure_id=number, last_done=date(2026, 8, 21), last_name="TFESI",
        last_sites=("L5 left",), allowed_from=date(2026, 11, 21), due_on=TODAY,
        relief_ends=TODAY, relief_latest=date(2027, 2, 21), relief_basis="usual",
        relief_percent=70, relief_days=84, good_percent=50,
        last_score="NRS 3 on 14 Nov 2026", status="ok",
        detail="The epidural at L5 left may be repeated since 21 Nov 2026.", contacts=0,
        last_contact=None, last_contact_kind="", last_contact_outcome="",
        letter_until=None, next_contact=None,
        next_appointment=None, booked_for=None, anticoagulant="", physician_id=1,
        physician="Dr. Amara Osei", hand_date=None, snooze=None, taken_by="", taken_by_me=False,
    )  # fmt: skip
    return replace(made, **changes)


@dataclass(frozen=True)
class FakeHold:
    mine: bool
    by: str
    patient_id: int


@dataclass(frozen=True)
class FakePaper:
    pdf: bytes
    pages: int
    languages: tuple[tuple[str, int], ...]
    title: str
    notes: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    documents: tuple[int, ...] = ()
    contacts: tuple[int, ...] = ()


@dataclass
class FakeDue:
    """The service. ``calls`` notes what was asked; ``trouble`` is raised by the next act; as long
    as ``hold`` is not set, bringing up to date goes on."""

    listed: dict[int, DueRow] = field(default_factory=dict)
    kept: dict[int, list[ContactRow]] = field(default_factory=dict)
    attempts: dict[int, int] = field(default_factory=dict)
    calls: list[tuple[str, tuple[Any, ...]]] = field(default_factory=list)
    trouble: Exception | None = None
    behind_by: int = 0
    held: dict[int, str] = field(default_factory=dict)
    mine: int | None = None
    share: int | None = 64
    first: int = 100
    hold: Event | None = None

    def seam(self) -> Seam:
        return Seam(self, self)  # type: ignore[arg-type]

    def asked(self, name: str) -> list[tuple[Any, ...]]:
        """What a function was called with, in order."""
        return [what for said, what in list(self.calls) if said == name]

    def _note(self, name: str, *what: Any) -> None:
        self.calls.append((name, what))

    def _done(self, value: Any, numbers: Any = ()) -> Done[Any]:
        patients = frozenset(self.listed[n].patient_id for n in numbers if n in self.listed)
        return Done(value, ChangeSet(frozenset({"due"}), patients))

    def _refuse(self) -> None:
        trouble, self.trouble = self.trouble, None
        if trouble is not None:
            raise trouble

    def change(self, number: int, **changes: Any) -> None:
        """Another desk, or the database, changed a row."""
        self.listed[number] = replace(self.listed[number], **changes)

    # -- reading ----------------------------------------------------------------------------

    def _matches(self, row: DueRow, wanted: DueFilter) -> bool:
        text = f"{row.family_name} {row.given_name} {row.mrn} {row.site}".casefold()
        return (
            (not wanted.reasons or row.reason in wanted.reasons)
            and (not wanted.physicians or row.physician_id in wanted.physicians)
            and wanted.text.casefold() in text
            and (wanted.until is None or row.due_on <= wanted.until)
            and (wanted.since is None or row.due_on >= wanted.since)
        )

    def overview(self, clinic: Any, actor: Any, wanted: DueFilter, on: date) -> DueList:
        self._note("overview", wanted, on)
        self._refuse()
        base = [r for r in self.listed.values() if self._matches(r, wanted)]
        kind = [r for r in base if not wanted.families or r.family in wanted.families]
        grouped = [r for r in base if not wanted.groups or r.group in wanted.groups]
        found = [r for r in kind if not wanted.groups or r.group in wanted.groups]
        found.sort(key=lambda r: (ORDER.index(r.group), r.due_on, r.id))
        groups = Counter(r.group for r in kind)
        return DueList(
            on, tuple(r.id for r in found), tuple((g, groups[g]) for g in ORDER),
            tuple(sorted(Counter(r.family for r in grouped).items())), self._weeks(found, on),
            self.share,
        )  # fmt: skip

    def opening(self, clinic: Any, actor: Any, wanted: DueFilter, on: date) -> DueList:
        self.calls.append(("opening", (wanted, on)))
        whole = self.overview(clinic, actor, wanted, on)
        if wanted.text or all(number <= self.first for _, number in whole.groups):
            return whole
        here = [g for g in ORDER if not wanted.groups or g in wanted.groups]
        first = [(g, tuple(n for n in whole.ids if self.listed[n].group is g)[: self.first])
                 for g in here]  # fmt: skip
        return replace(whole, ids=(), first=tuple(first))

    def _weeks(self, found: list[DueRow], on: date) -> tuple[WeekCount, ...]:
        this = on - timedelta(days=on.weekday())
        weeks: dict[date, list[int]] = {}
        for row in found:
            monday = max(row.due_on - timedelta(days=row.due_on.weekday()),
                         this - timedelta(days=7))  # fmt: skip
            weeks.setdefault(monday, [0, 0])[0 if row.booked_for else 1] += 1
        return tuple(WeekCount(m, b, o, overdue=m < this) for m, (b, o) in sorted(weeks.items()))

    def rows(self, clinic: Any, actor: Any, ids: tuple[int, ...], on: date) -> tuple[DueRow, ...]:
        self._note("rows", ids)
        return tuple(self._as_seen(self.listed[n]) for n in ids if n in self.listed)

    def _as_seen(self, row: DueRow) -> DueRow:
        mine = self.mine == row.patient_id
        by = "Joelle Marsh" if mine else self.held.get(row.patient_id, row.taken_by)
        return replace(row, taken_by=by, taken_by_me=mine)

    def of_patient(self, clinic: Any, actor: Any, patient_id: int, on: date) -> tuple[DueRow, ...]:
        found = (r for r in self.listed.values() if r.patient_id == patient_id)
        return tuple(sorted(map(self._as_seen, found), key=lambda r: (r.due_on, r.id)))

    def contacts(self, clinic: Any, actor: Any, row_id: int) -> tuple[ContactRow, ...]:
        return tuple(self.kept.get(row_id, ()))

    # -- writing ----------------------------------------------------------------------------

    def log_contact(
        self, clinic: Any, actor: Any, row_ids: tuple[int, ...], form: ContactForm
    ) -> Done[tuple[int, ...]]:
        self._note("log_contact", row_ids, form)
        self._refuse()
        numbers = []
        for number in row_ids:
            at = datetime(2026, 11, 24, 10, 12, tzinfo=ZONE)
            self.kept.setdefault(number, []).insert(
                0, ContactRow(at, actor.name, form.kind, form.outcome, form.note, form.next_on)
            )
            attempt = len(self.attempts) + 1
            self.attempts[attempt] = number
            numbers.append(attempt)
            row = self.listed[number]
            self.change(number, contacts=row.contacts + 1, last_contact=TODAY,
                        last_contact_kind=form.kind, last_contact_outcome=form.outcome,
                        next_contact=form.next_on)  # fmt: skip
        return self._done(tuple(numbers), row_ids)

    def take_back(self, clinic: Any, actor: Any, contact_ids: tuple[int, ...]) -> Done[None]:
        self._note("take_back", contact_ids)
        self._refuse()
        numbers = [self.attempts[c] for c in contact_ids]
        for number in numbers:
            row = self.listed[number]
            self.change(number, contacts=row.contacts - 1, next_contact=None)
        return self._done(None, numbers)

    def snooze(
        self, clinic: Any, actor: Any, row_ids: tuple[int, ...], until: date | None, reason: str
    ) -> Done[None]:
        self._note("snooze", row_ids, until, reason)
        self._refuse()
        if until is not None and until <= TODAY:
            raise Invalid({"until": "Choose a day after today."})
        for number in row_ids:
            self.change(number, group=DueGroup.SNOOZED, snooze=Snooze(until, actor.name, reason))
        return self._done(None, row_ids)

    def wake(self, clinic: Any, actor: Any, row_ids: tuple[int, ...]) -> Done[None]:
        self._note("wake", row_ids)
        for number in row_ids:
            self.change(number, group=DueGroup.NOW, snooze=None)
        return self._done(None, row_ids)

    def set_date(self, clinic: Any, actor: Any, row_id: int, day: date, reason: str) -> Done[None]:
        self._note("set_date", row_id, day, reason)
        self._refuse()
        made = HandDate(day, actor.name, reason, TODAY, stale=False)
        self.change(row_id, due_on=day, hand_date=made)
        return self._done(None, (row_id,))

    def drop_date(self, clinic: Any, actor: Any, row_id: int) -> Done[None]:
        self._note("drop_date", row_id)
        self.change(row_id, hand_date=None, due_on=TODAY)
        return self._done(None, (row_id,))

    # -- holding ----------------------------------------------------------------------------

    def take(self, clinic: Any, actor: Any, row_id: int) -> FakeHold:
        self._note("take", row_id)
        if row_id not in self.listed:
            raise NotFound("This row has left the list.")
        patient = self.listed[row_id].patient_id
        if patient in self.held:
            return FakeHold(mine=False, by=self.held[patient], patient_id=patient)
        self.mine = patient
        return FakeHold(mine=True, by=actor.name, patient_id=patient)

    def release(self, clinic: Any, actor: Any) -> None:
        self._note("release")
        self.mine = None

    # -- the rest ---------------------------------------------------------------------------

    def behind(self, clinic: Any, actor: Any, on: date) -> int:
        return self.behind_by

    def refresh(self, clinic: Any, actor: Any, on: date, progress: Any = None) -> int:
        self._note("refresh", on)
        if self.hold is not None:
            self.hold.wait(10)
        if progress is not None:
            progress(RebuildProgress(1, 2))
        self.behind_by = 0
        return 2

    def export_csv(self, clinic: Any, actor: Any, wanted: DueFilter, on: date) -> str:
        self._note("export_csv", wanted)
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(["Name", "MRN"])
        writer.writerows([r.family_name, r.mrn] for r in self.listed.values())
        return text.getvalue()

    def letters(self, clinic: Any, actor: Any, row_ids: tuple[int, ...], on: date) -> Done[Any]:
        self._note("letters", row_ids)
        self._refuse()
        languages = Counter(self.listed[n].language for n in row_ids)
        paper = FakePaper(
            PDF, len(row_ids), tuple(sorted(languages.items())), "Letters", documents=row_ids,
            contacts=row_ids,
        )  # fmt: skip
        return self._done(paper, row_ids)

    def put_out(
        self, clinic: Any, actor: Any, documents: tuple[int, ...], contacts: tuple[int, ...],
        use: Any,
    ) -> Done[None]:  # fmt: skip
        self._note("put_out", documents, contacts, str(use))
        return self._done(None, contacts)

    def call_sheet(self, clinic: Any, actor: Any, row_ids: tuple[int, ...], on: date) -> Done[Any]:
        self._note("call_sheet", row_ids)
        self._refuse()
        return self._done(FakePaper(PDF, 1, (), "Call sheet"))


def sample() -> FakeDue:
    """The picture of the design: sixteen people of invented names."""
    spanish, thinner = {"language": "es"}, {"anticoagulant": "apixaban"}
    made = [
        _person(1, "Arredondo", "Silvia", -15, "RFA", "RFA", "L4-L5 left, L5-S1 left", 80, 189,
                group=DueGroup.OVERDUE, track="rfa", contacts=3, last_contact_kind="phone",
                last_contact=date(2026, 11, 20), last_contact_outcome="no_answer", **spanish),
        _person(2, "Blackwood", "Terence", -11, "EPI", "ILESI", "C7-T1", 70, 84,
                group=DueGroup.OVERDUE, sex="male", contacts=2, last_contact_kind="letter",
                last_contact=date(2026, 11, 17), letter_until=date(2026, 12, 1),
                last_contact_outcome="letter"),
        _person(3, "Cho", "Eun-ji", -7, "MBB", "MBB", "L4-L5 right", 85, 1,
                group=DueGroup.OVERDUE, reason=DueReason.SECOND_BLOCK, contacts=1,
                last_contact_kind="phone", last_contact=date(2026, 11, 19),
                last_contact_outcome="message"),
        _person(4, "Vandermeer", "Joost", -1, "EPI", "TFESI", "S1 right", 60, 77, sex="male"),
        _person(5, "Obi", "Chiamaka", 0, "TPI", "Trigger point", "levator scapulae left", 50, 42),
        _person(6, "Petrosyan", "Ani", 1, "JNT", "SI joint", "sacroiliac left", 75, 84,
                phone=""),
        _person(7, "Hargrove", "Linus", 2, "PNB", "Genicular", "knee right", 55, 63, sex="male",
                contacts=1, last_contact_kind="letter", last_contact=date(2026, 11, 23),
                letter_until=date(2026, 12, 7),
                last_contact_outcome="letter", **thinner),
        _person(8, "Mwangi", "Esther", 3, "EPI", "Caudal ESI", "midline", 40, 35,
                reason=DueReason.FAILED, status="needs-reason", **thinner),
        _person(9, "Lindgren", "Pernilla", 6, "RFA", "RFA", "knee left", 65, 168,
                group=DueGroup.SOON),
        _person(10, "Yilmaz", "Deniz", 7, "EPI", "ILESI", "L4-L5", 70, 70, group=DueGroup.SOON,
                hand_date=HandDate(TODAY + timedelta(days=7), "Joelle Marsh",
                                   "wants it before her holiday", TODAY, stale=False)),
        _person(11, "Rosario", "Emilio", 9, "JNT", "Hip", "hip right", 60, 63,
                group=DueGroup.SOON, sex="male", **spanish),
        _person(12, "Fairweather", "Joan", 13, "EPI", "TFESI", "L5 left", None, None,
                group=DueGroup.SOON, reason=DueReason.SCORE_MISSING, status="cannot-determine"),
        _person(13, "Okafor", "Ngozi", 20, "SYM", "Stellate", "C6 left", 55, 40,
                group=DueGroup.SOON),
        _person(14, "Brandt", "Ulrich", 40, "JNT", "Knee", "knee bilateral", 80, 90,
                group=DueGroup.HOLDING, sex="male"),
        _person(15, "Iversen", "Solveig", 2, "TPI", "Trigger point", "trapezius left", 66, 42,
                group=DueGroup.BOOKED, booked_for=datetime(2026, 12, 1, 9, 30, tzinfo=ZONE)),
        _person(16, "Delacroix", "Manon", -3, "EPI", "ILESI", "L3-L4", 72, 80,
                group=DueGroup.SNOOZED,
                snooze=Snooze(date(2027, 1, 5), "Joelle Marsh", "travelling until January")),
    ]  # fmt: skip
    return FakeDue({row.id: row for row in made})


def _person(
    number: int, family: str, given: str, in_days: int, code: str, name: str, site: str,
    percent: int | None, days: int | None, **changes: Any,
) -> DueRow:  # fmt: skip
    due = TODAY + timedelta(days=in_days)
    done = due - timedelta(days=95)
    first = {
        "family_name": family, "given_name": given, "due_on": due, "allowed_from": due,
        "relief_ends": due, "relief_latest": due + timedelta(days=28), "family": code,
        "last_name": name, "site": site, "sites": tuple(site.split(", ")), "last_done": done,
        "relief_percent": percent, "relief_days": days,
        "detail": f"{name} at {site} may be repeated from {due.day} {due:%b} on.",
        "birth_date": date(1950 + number * 2, 3, number),
    }  # fmt: skip
    if first["relief_latest"] < TODAY:
        changes.setdefault("group", DueGroup.OVERDUE)
    return due_row(number, **{**first, **changes})


def many(count: int) -> FakeDue:
    """A long list, half of it overdue."""
    rows = {
        n: due_row(n, group=DueGroup.OVERDUE if n <= count // 2 else DueGroup.NOW,
                   due_on=TODAY + timedelta(days=-30 if n <= count // 2 else 2))
        for n in range(1, count + 1)
    }  # fmt: skip
    return FakeDue(rows)

"""The demo's due list: built, and with some of it already worked through."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from clinicdesk.catalogue.loader import Catalogue
from clinicdesk.data import made_up
from clinicdesk.data.queries import due_acts, due_counts, due_items, due_opening
from clinicdesk.data.queries import settings as settings_queries
from clinicdesk.data.store import Store
from clinicdesk.data.tx import Tx
from clinicdesk.domain.permissions import Role
from clinicdesk.domain.rows.due import DueFilter, DueGroup
from clinicdesk.domain.rows.people import StaffRow
from clinicdesk.domain.vocabulary import DueTerms
from clinicdesk.services.due import keeping

Row = dict[str, Any]
_WORKED_AT = 500
_ALL, _NOT_WANTED = 1_000_000, 0.85
_BATCHES = 10
"""Batches of patients to a transaction."""
_NEAR = frozenset({DueGroup.OVERDUE, DueGroup.NOW, DueGroup.SOON})
_CALLS = (
    ("phone", "no_answer", "", 0),
    ("phone", "message", "Left a message on the answering machine.", 3),
    ("phone", "call_back", "Works in the mornings, call after two.", 2),
    ("letter", "letter", "", 14),
    ("phone", "still_good", "Doing well, walks every day.", 28),
    ("phone", "no_answer", "", 0),
)
"""Kind, outcome, note, and in how many days to try again (0: not said)."""
_LONG, _TOO_LONG = timedelta(days=120), timedelta(days=200)
_CLOSED = (
    "Doing well, calls when it comes back.",
    "Moved away, treated elsewhere now.",
    "Chose physical therapy instead.",
    "Wants no more injections.",
)
"""Why nobody calls any more: most of what is overdue for ``_LONG``, all of it for ``_TOO_LONG``."""
_SNOOZES = (
    ("Travels until the new year.", 45),
    ("Wants to finish physical therapy first.", 30),
    ("Moved away, treated elsewhere now.", None),
)
_DATES = (
    ("Physician wants to see the MRI before.", 21),
    ("Asked for a date after the holidays.", 49),
)


def make_due_list(
    store: Store,
    catalogue: Catalogue,
    zone: ZoneInfo,
    today: date,
    seed: int,
    tell: Callable[[float], None],
) -> None:
    """Builds the list, batch by batch; one row in three of the first was worked at already.

    What was not wanted long ago is put aside for good, as a desk does: the list begins with what
    can still be called about.
    """
    last = _build(store, catalogue, today, tell)
    terms = catalogue.vocabulary.due
    with store.unaudited() as tx:
        staff = {row.role: row for row in reversed(_people(tx))}
        closing = _Acts(tx, today, zone, staff, Random(f"{seed}:closed"))  # noqa: S311 (made up)
        long_ago = _old(tx, today, terms, DueFilter(until=today - _TOO_LONG))
        lately = DueFilter(since=today - _TOO_LONG + timedelta(days=1), until=today - _LONG)
        old = long_ago + closing.most_of(_old(tx, today, terms, lately))
        _write(tx, catalogue, closing, closing.closed(old), today)
    with store.unaudited() as tx:
        maker = _Acts(tx, today, zone, staff, Random(f"{seed}:due"))  # noqa: S311 (made-up people)
        _write(tx, catalogue, maker, maker.rows(_near(tx, today, terms)), today)
        print_of = keeping.fingerprint(catalogue, settings_queries.clinic_facts(tx).pack)
        due_items.write_build(tx, due_items.Build(print_of, last, finished=True))
    with store.unaudited() as tx:
        due_counts.recount(tx)


def _write(
    tx: Tx, catalogue: Catalogue, maker: _Acts, rows: dict[str, list[Row]], today: date
) -> None:
    made_up.write(tx, rows)
    made_up.advance_ids(tx, maker.used)
    for start in range(0, len(maker.patients), keeping.BATCH):
        keeping.keep(tx, catalogue, maker.patients[start : start + keeping.BATCH], today)


def _old(tx: Tx, today: date, terms: DueTerms, wanted: DueFilter) -> list[int]:
    """The overdue rows of those days, all of them."""
    wanted = replace(wanted, groups=frozenset({DueGroup.OVERDUE, DueGroup.LAPSED}))
    found = due_opening.opening(tx, wanted, today, terms, _ALL, (date.min, today))
    return [number for _, ids in found.first for number in ids]


def _build(store: Store, catalogue: Catalogue, today: date, tell: Callable[[float], None]) -> int:
    last, done, more = 0, 0, True
    with store.read() as tx:
        total = due_items.count_patients(tx)
    while more:
        with store.unaudited() as tx:
            for _ in range(_BATCHES):
                ids = due_items.next_patients(tx, last, keeping.BATCH)
                if more := bool(ids):
                    keeping.keep(tx, catalogue, ids, today)
                    last, done = ids[-1], done + len(ids)
        tell(done / max(total, 1))
    return last


def _near(tx: Tx, today: date, terms: DueTerms) -> tuple[int, ...]:
    """The first rows there are to call about."""
    wanted, span = DueFilter(groups=_NEAR), (today, today)
    found = due_opening.opening(tx, wanted, today, terms, _WORKED_AT, span)
    return tuple(number for _, ids in found.first for number in ids)[:_WORKED_AT]


def _people(tx: Tx) -> tuple[StaffRow, ...]:
    from clinicdesk.data.queries import staff

    return tuple(staff.staff(tx))


class _Acts:
    """Contacts, rows put aside and dates set by hand, among the people who are due."""

    def __init__(
        self, tx: Tx, today: date, zone: ZoneInfo, staff: Mapping[Role, StaffRow], rng: Random
    ) -> None:
        self._tx, self._today, self._zone, self._rng = tx, today, zone, rng
        self._staff = staff
        self._next = made_up.first_ids(tx)
        self._rows: dict[str, list[Row]] = {"contact_attempt": [], "due_snooze": [], "due_date": []}
        self.patients: list[int] = []

    @property
    def used(self) -> dict[str, int]:
        """The last id used of each table."""
        return {name: rows[-1]["id"] for name, rows in self._rows.items() if rows}

    def rows(self, near: Sequence[int]) -> dict[str, list[Row]]:
        places = due_acts.places(self._tx, near)
        chosen = [places[number] for number in near if number in places][1::3]
        for number, place in enumerate(chosen):
            if number < len(_SNOOZES):
                self._snooze(place, *_SNOOZES[number])
            elif number < len(_SNOOZES) + len(_DATES):
                self._date(place, *_DATES[number - len(_SNOOZES)])
            else:
                self._contacts(place)
        self.patients = sorted({place.patient_id for place in chosen})
        return self._rows

    def most_of(self, rows: list[int]) -> list[int]:
        """Those of the rows that nobody wants any more."""
        return [number for number in rows if self._rng.random() < _NOT_WANTED]

    def closed(self, old: Sequence[int]) -> dict[str, list[Row]]:
        """Rows put aside for good, with the reason."""
        chosen = []
        for start in range(0, len(old), keeping.BATCH):
            part = old[start : start + keeping.BATCH]
            places = due_acts.places(self._tx, part)
            chosen += [places[number] for number in part if number in places]
        for place in chosen:
            day = self._today - timedelta(days=self._rng.randint(10, 100))
            self._add("due_snooze", place, Role.FRONT_DESK, self._at(day),
                      last_done=place.last_done, until=None,
                      reason=self._rng.choice(_CLOSED))  # fmt: skip
        self.patients = sorted({place.patient_id for place in chosen})
        return self._rows

    def _add(
        self, table: str, place: due_acts.Place, role: Role, at: datetime, **values: object
    ) -> None:
        number = self._next[table]
        self._next[table] += 1
        self._rows[table].append(
            {
                "id": number,
                "patient_id": place.patient_id,
                "track": place.track,
                "site": place.site,
                "procedure_id": place.procedure_id,
                "at": at,
                "staff_id": self._staff[role].id,
                **values,
            }
        )

    def _at(self, day: date) -> datetime:
        clock = time(self._rng.randint(9, 16), self._rng.choice((5, 20, 35, 50)))
        return min(datetime.combine(day, clock, self._zone), self._tx.now)

    def _contacts(self, place: due_acts.Place) -> None:
        days = sorted(self._rng.sample(range(1, 22), self._rng.randint(1, 2)), reverse=True)
        for days_ago in days:
            day = self._today - timedelta(days=days_ago)
            kind, outcome, note, again = self._rng.choice(_CALLS)
            if day > place.last_done:
                self._add(
                    "contact_attempt", place, Role.FRONT_DESK, self._at(day), purpose=due_acts.DUE,
                    kind=kind, outcome=outcome, note=note, local_date=day,
                    next_on=day + timedelta(days=again) if again else None,
                )  # fmt: skip

    def _snooze(self, place: due_acts.Place, reason: str, days: int | None) -> None:
        until = self._today + timedelta(days=days) if days else None
        day = self._today - timedelta(days=4)
        self._add("due_snooze", place, Role.FRONT_DESK, self._at(day), last_done=place.last_done,
                  until=until, reason=reason)  # fmt: skip

    def _date(self, place: due_acts.Place, reason: str, days: int) -> None:
        set_on = self._today - timedelta(days=6)
        self._add("due_date", place, Role.NURSE, self._at(set_on), last_done=place.last_done,
                  day=self._today + timedelta(days=days), reason=reason, set_on=set_on)  # fmt: skip

"""What shows first is the beginning of the whole list, whatever time has moved since."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from support.due import dates_of, listed, pass_time, performed
from support.vocabulary import VOCABULARY

from clinicdesk.data.queries import due_counts, due_standing
from clinicdesk.domain.rows.due import DueFilter, DueGroup, DueList, DueReason
from clinicdesk.due.groups import ORDER, group_of
from clinicdesk.services import due
from clinicdesk.services.due import keeping, listing

from .test_list import DAYS, TODAY, item, put

pytestmark = pytest.mark.slow

FEW = 3
FAMILIES = ("EPI", "MSK", "RFA")
FILTERS = (
    DueFilter(),
    DueFilter(groups=frozenset({DueGroup.OVERDUE, DueGroup.BOOKED})),
    DueFilter(families=frozenset({"EPI", "RFA"})),
    DueFilter(families=frozenset({"MSK"}), groups=frozenset({DueGroup.NOW, DueGroup.LAPSED})),
    DueFilter(since=TODAY - timedelta(days=2), until=TODAY + timedelta(days=9)),
    DueFilter(until=TODAY, families=frozenset({"EPI"})),
    DueFilter(families=frozenset({"OTHER"})),
)
OTHER_DAYS = (-900, -8, -1, 0, 1, 8, 30, 900)


def rows_at_every_edge(patient: int) -> list[dict[str, Any]]:
    made = []
    for at, due_on in enumerate(DAYS):
        for latest in (-1, 0, 30):
            for booked, snoozed in ((None, None), (0, None), (-1, None), (None, 1), (5, 0)):
                days = {"allowed_from": due_on - 5, "due_on": due_on, "relief_latest": latest,
                        "booked_on": booked, "snoozed_until": snoozed,
                        "last_done": (-731, -400, -100)[at % 3]}  # fmt: skip
                values = {
                    name: None if n is None else TODAY + timedelta(days=n)
                    for name, n in days.items()
                }
                family = FAMILIES[len(made) % 3]
                made.append(item(patient, len(made) + 1, family=family, **values))
    return made


def beginning(whole: DueList, wanted: DueFilter) -> list[tuple[DueGroup, tuple[int, ...]]]:
    """The first ids of each group, cut off the whole list."""
    counts, ids, first = dict(whole.groups), list(whole.ids), []
    for group in (group for group in ORDER if not wanted.groups or group in wanted.groups):
        here, ids = ids[: counts[group]], ids[counts[group] :]
        first.append((group, tuple(here[:FEW])))
    return first


def agree(clinic: Any, actor: Any, wanted: DueFilter, on: date) -> None:
    whole, found = (ask(clinic, actor, wanted, on) for ask in (due.overview, due.opening))
    assert replace(found, first=None, ids=()) == replace(whole, ids=())
    assert found.count == whole.count == len(whole.ids)
    if found.first is None:
        assert found.ids == whole.ids
    else:
        assert list(found.first) == beginning(whole, wanted)


@pytest.mark.parametrize("wanted", FILTERS)
def test_it_is_the_beginning_of_the_list_on_any_day(
    clinic: Any, frontdesk: Any, wanted: DueFilter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "FIRST", FEW)
    put(clinic, rows_at_every_edge(clinic.seeded.teresa))
    for days in OTHER_DAYS:
        agree(clinic, frontdesk, wanted, TODAY + timedelta(days=days))


def test_once_brought_up_to_date_every_row_is_kept_where_it_stands(
    clinic: Any, frontdesk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "FIRST", FEW)
    due.refresh(clinic, frontdesk, TODAY)
    items = put(clinic, rows_at_every_edge(clinic.seeded.andrea))
    before = TODAY
    for days in (1, 7, 29, 400):
        pass_time(clinic, timedelta(days=days))
        on = clinic.today()
        moved = {
            row["id"] for row in items if stands(row, on) is not stands(row, before)
        }  # fmt: skip
        assert due.behind(clinic, frontdesk, on) == len(moved) > 0
        with clinic.store.unaudited() as tx:
            assert due_standing.moved(tx, on, VOCABULARY.due).keys() == moved
            due_standing.put_in_place(tx, due_standing.patients_moved(tx, on), on, VOCABULARY.due)
        assert due.behind(clinic, frontdesk, on) == 0
        agree(clinic, frontdesk, DueFilter(), on)
        before = on


def stands(row: dict[str, Any], on: date) -> DueGroup:
    return group_of(on, dates_of(row), VOCABULARY.due)


def test_the_day_alone_moves_a_row_and_nobody_is_told_that_it_changed(
    clinic: Any, frontdesk: Any
) -> None:
    # Relief usually begins to end after three months: on 3 Feb 2027 it is four weeks away.
    performed(clinic, date(2026, 11, 3), "joint.injection", "knee left")
    due.refresh(clinic, frontdesk, TODAY)
    (row,) = listed(clinic, frontdesk, TODAY)
    assert (row.group, row.due_on) == (DueGroup.HOLDING, date(2027, 2, 3))
    pass_time(clinic, date(2027, 1, 6) - TODAY)
    on = clinic.today()
    assert due.behind(clinic, frontdesk, on) == 1
    assert due.refresh(clinic, frontdesk, on) == 1
    assert due.behind(clinic, frontdesk, on) == 0
    assert dict(due.opening(clinic, frontdesk, DueFilter(), on).groups)[DueGroup.SOON] == 1


def test_a_short_list_is_whole_at_once(clinic: Any, frontdesk: Any) -> None:
    performed(clinic, date(2026, 2, 3))
    performed(clinic, date(2026, 3, 3), "joint.injection", "knee left")
    due.refresh(clinic, frontdesk, TODAY)
    found = due.opening(clinic, frontdesk, DueFilter(), TODAY)
    assert found.whole
    assert found == due.overview(clinic, frontdesk, DueFilter(), TODAY)
    assert len(found.ids) == found.count == 2


@pytest.mark.parametrize(
    "wanted",
    [
        DueFilter(text="villa"),
        DueFilter(reasons=frozenset({DueReason.REPEAT})),
        DueFilter(physicians=frozenset({1})),
    ],
)
def test_what_the_counts_do_not_know_is_answered_whole(
    clinic: Any, frontdesk: Any, wanted: DueFilter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "FIRST", FEW)
    put(clinic, rows_at_every_edge(clinic.seeded.teresa))
    found = due.opening(clinic, frontdesk, wanted, TODAY)
    assert found == due.overview(clinic, frontdesk, wanted, TODAY)
    assert found.whole


def test_counts_stay_right_while_desks_write_and_recount_at_once(
    clinic: Any, frontdesk: Any
) -> None:
    seeded = clinic.seeded
    people = (seeded.teresa, seeded.andrea, seeded.jurgen, seeded.obrien)
    for patient in people:
        performed(clinic, date(2026, 2, 3), patient=patient)
    due.refresh(clinic, frontdesk, TODAY)
    rows = {row.patient_id: row.id for row in listed(clinic, frontdesk, TODAY)}

    def aside(n: int) -> None:
        number = rows[people[n % 4]]
        due.snooze(clinic, frontdesk, (number,), TODAY + timedelta(days=n + 1), "Away.")
        due.wake(clinic, frontdesk, (number,))

    def recounted(_: int) -> None:
        with clinic.store.unaudited() as tx:
            due_counts.recount(tx)

    def kept(n: int) -> None:
        with clinic.store.unaudited() as tx:
            keeping.keep(tx, clinic.catalogue, [people[n % 4]], TODAY + timedelta(days=n))

    with ThreadPoolExecutor(6) as pool:
        acts = [(act, n) for n in range(6) for act in (aside, recounted, kept)]
        for task in [pool.submit(act, n) for act, n in acts]:
            task.result()
    assert sum(n for _, n in due.opening(clinic, frontdesk, DueFilter(), TODAY).groups) == 4


def test_it_is_of_one_moment_though_another_desk_brings_rows_up_to_date_meanwhile(
    clinic: Any, frontdesk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    due.refresh(clinic, frontdesk, TODAY)
    put(clinic, rows_at_every_edge(clinic.seeded.andrea))
    pass_time(clinic, timedelta(days=9))
    on = clinic.today()
    before = due.opening(clinic, frontdesk, DueFilter(), on)
    counted = due_counts.counted

    def meanwhile(*args: Any) -> Any:
        with clinic.store.unaudited() as tx:
            due_standing.put_in_place(tx, due_standing.patients_moved(tx, on), on, VOCABULARY.due)
        return counted(*args)

    with monkeypatch.context() as patched:
        patched.setattr(due_counts, "counted", meanwhile)
        assert due.opening(clinic, frontdesk, DueFilter(), on) == before
    assert due.behind(clinic, frontdesk, on) == 0
    assert due.opening(clinic, frontdesk, DueFilter(), on) == before


def test_a_slip_in_the_counts_does_not_outlive_the_next_morning(
    clinic: Any, frontdesk: Any
) -> None:
    performed(clinic, date(2026, 11, 3), "joint.injection", "knee left")
    due.refresh(clinic, frontdesk, TODAY)
    with clinic.store.unaudited() as tx:
        due_counts.note(tx, Counter({due_counts.Key("holding", "JNT", TODAY): 5}))
    assert due.opening(clinic, frontdesk, DueFilter(), TODAY).count == 6
    pass_time(clinic, date(2027, 1, 6) - TODAY)
    due.refresh(clinic, frontdesk, clinic.today())
    assert due.opening(clinic, frontdesk, DueFilter(), clinic.today()).count == 1

"""The list of a day: groups, filters, counts and order, the same on both databases."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from support.due import dates_of, listed, performed, put_rows
from support.vocabulary import VOCABULARY

from clinicdesk.data import tables as t
from clinicdesk.data.queries import due_list
from clinicdesk.data.tables.due import FOR_GOOD
from clinicdesk.domain.errors import Invalid
from clinicdesk.domain.rows.due import DueFilter, DueGroup, DueReason
from clinicdesk.due.groups import ORDER, group_of
from clinicdesk.services import due

TODAY = date(2026, 11, 24)
DAYS = (-800, -60, -1, 0, 1, 7, 8, 28, 29, 90)


def item(patient: int, number: int, **values: Any) -> dict[str, Any]:
    base = {
        "id": number, "patient_id": patient, "track": "esi", "site": f"L5 left {number}",
        "family": "EPI", "procedure": "esi.transforaminal", "intent": "therapeutic",
        "sites": ["L5 left"], "reason": "repeat", "status": "ok", "detail": "",
        "last_procedure": "esi.transforaminal", "last_sites": ["L5 left"], "relief_basis": "usual",
        "hand_stale": False, "as_of": TODAY, "stale_on": FOR_GOOD, "last_score": "",
        "allowed_from": TODAY, "due_on": TODAY, "relief_ends": TODAY, "relief_latest": TODAY,
        "last_done": TODAY,
    }  # fmt: skip
    return base | values


def put(clinic: Any, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Kept rows straight into the table, over one procedure."""
    done = performed(clinic, date(2024, 1, 8))
    put_rows(clinic, [{"last_procedure_id": done, **values} for values in items], TODAY)
    return items


def every_edge(patient: int) -> list[dict[str, Any]]:
    made = []
    for allowed in DAYS:
        for due_on in (allowed, allowed + 7, allowed + 40):
            for latest in (-1, 0, 30):
                for booked, snoozed in ((None, None), (0, None), (-1, None), (None, 1), (5, 0)):
                    days = {"allowed_from": allowed, "due_on": due_on, "relief_latest": latest,
                            "booked_on": booked, "snoozed_until": snoozed,
                            "last_done": -731 + 365 * (len(made) % 2)}  # fmt: skip
                    values = {
                        name: None if n is None else TODAY + timedelta(days=n)
                        for name, n in days.items()
                    }
                    made.append(item(patient, len(made) + 1, **values))
    return made


def test_the_database_groups_as_the_domain_does(clinic: Any, frontdesk: Any) -> None:
    items = put(clinic, every_edge(clinic.seeded.teresa))
    for on in (TODAY, TODAY + timedelta(days=1), TODAY + timedelta(days=30)):
        groups = {values["id"]: group_of(on, dates_of(values), VOCABULARY.due) for values in items}
        found = due.overview(clinic, frontdesk, DueFilter(), on)
        assert dict(found.groups) == dict.fromkeys(ORDER, 0) | Counter(groups.values())
        due_on = {values["id"]: values["due_on"] for values in items}
        assert list(found.ids) == sorted(
            groups, key=lambda number: (ORDER.index(groups[number]), due_on[number], number)
        )
        assert {group for group, count in found.groups if count} == set(groups.values())


@pytest.fixture
def desk(clinic: Any) -> Any:
    """Four real rows: two of Teresa's, one of Andrea's, one of Jürgen's by Dr. Lindqvist."""
    performed(clinic, date(2026, 2, 3), scores=((date(2026, 5, 10), 2), (date(2026, 11, 2), 7)))
    performed(clinic, date(2026, 11, 3), "joint.injection", "knee left")
    performed(clinic, date(2026, 6, 3), "tpi", "trapezius right", patient=clinic.seeded.andrea)
    other = performed(clinic, date(2026, 6, 10), patient=clinic.seeded.jurgen, site="L4 right")
    actor = clinic.seeded.actor("frontdesk")
    due.refresh(clinic, actor, TODAY)
    with clinic.store.unaudited() as tx:
        tx.session.query(t.DueItem).filter_by(last_procedure_id=other).update(
            {"physician_id": clinic.seeded.lindqvist}
        )
    return actor


def sites(clinic: Any, desk: Any, **wanted: Any) -> set[str]:
    return {row.site for row in listed(clinic, desk, TODAY, DueFilter(**wanted))}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({}, {"L5 left", "knee left", "trapezius right", "L4 right"}),
        ({"families": frozenset({"EPI"})}, {"L5 left", "L4 right"}),
        ({"families": frozenset({"EPI", "TPI"})}, {"L5 left", "L4 right", "trapezius right"}),
        ({"groups": frozenset({DueGroup.HOLDING})}, {"knee left"}),
        ({"reasons": frozenset({DueReason.WORN_OFF})}, {"L5 left"}),
        ({"until": date(2026, 11, 24)}, {"L5 left", "trapezius right", "L4 right"}),
        ({"text": "villa"}, {"L5 left", "knee left"}),
        ({"text": "teresa villalobos"}, {"L5 left", "knee left"}),
        ({"text": "lobos"}, {"L5 left", "knee left"}),
        ({"text": "l5"}, {"L5 left"}),
        ({"text": "left vill kn"}, {"knee left"}),
        ({"text": "1958"}, set()),
        ({"text": "aᦷb"}, set()),
        ({"text": "muller"}, {"L4 right"}),
        ({"text": "Müll"}, {"L4 right"}),
        ({"text": "004182"}, {"L5 left", "knee left"}),
        ({"text": "KNEE"}, {"knee left"}),
        ({"text": "villa knee"}, {"knee left"}),
        ({"text": "right"}, {"trapezius right", "L4 right"}),
        ({"text": "%"}, set()),
        ({"text": "_5"}, set()),
        ({"text": "o'neil"}, set()),
        ({"text": "  "}, {"L5 left", "knee left", "trapezius right", "L4 right"}),
        ({"text": "villa", "families": frozenset({"EPI"})}, {"L5 left"}),
    ],
)
def test_filters(clinic: Any, desk: Any, wanted: dict[str, Any], expected: set[str]) -> None:
    assert sites(clinic, desk, **wanted) == expected


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"text": "right"}, {"trapezius right", "L4 right"}),
        ({"text": "villa", "families": frozenset({"EPI"})}, {"L5 left"}),
        ({"text": "e", "until": date(2026, 11, 24)}, {"L5 left", "trapezius right", "L4 right"}),
    ],
)
def test_many_hits_are_picked_out_of_all_with_the_same_answer(
    clinic: Any,
    desk: Any,
    wanted: dict[str, Any],
    expected: set[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    by_id = due.overview(clinic, desk, DueFilter(**wanted), TODAY)
    monkeypatch.setattr(due_list, "_FEW", 0)
    assert due.overview(clinic, desk, DueFilter(**wanted), TODAY) == by_id
    assert sites(clinic, desk, **wanted) == expected


def test_by_physician(clinic: Any, desk: Any) -> None:
    seeded = clinic.seeded
    assert sites(clinic, desk, physicians=frozenset({seeded.lindqvist})) == {"L4 right"}
    assert len(sites(clinic, desk, physicians=frozenset({seeded.osei}))) == 3
    (row,) = listed(clinic, desk, TODAY, DueFilter(physicians=frozenset({seeded.lindqvist})))
    assert (row.physician_id, row.physician) == (seeded.lindqvist, "Dr. Tomas Lindqvist")


def test_counts_go_around_their_own_filter_alone(clinic: Any, desk: Any) -> None:
    wanted = DueFilter(families=frozenset({"EPI"}), groups=frozenset({DueGroup.OVERDUE}))
    found = due.overview(clinic, desk, wanted, TODAY)
    groups = dict(due.overview(clinic, desk, replace(wanted, groups=frozenset()), TODAY).groups)
    assert dict(found.groups) == groups
    families = dict(
        due.overview(clinic, desk, replace(wanted, families=frozenset()), TODAY).per_family
    )
    assert dict(found.per_family) == families
    assert len(found.ids) == groups[DueGroup.OVERDUE]


def test_the_chart_counts_by_week_and_lumps_what_is_older(clinic: Any, frontdesk: Any) -> None:
    monday = date(2026, 11, 23)
    days = [monday + timedelta(days=n) for n in (-1, -400, 0, 6, 7, 84)]
    patient = clinic.seeded.teresa
    items = [
        item(patient, n, due_on=day, allowed_from=day, relief_latest=day)
        for n, day in enumerate(days, 1)
    ]
    items.append(item(patient, 7, due_on=monday, booked_on=TODAY))
    items.append(item(patient, 8, due_on=monday, snoozed_until=FOR_GOOD))
    items.append(item(patient, 9, due_on=date(2024, 3, 1), allowed_from=date(2024, 3, 1),
                      relief_latest=date(2024, 3, 1), last_done=date(2024, 1, 1)))  # fmt: skip
    put(clinic, items)
    found = due.overview(clinic, frontdesk, DueFilter(), TODAY)
    bars = {bar.monday: (bar.booked, bar.open, bar.overdue) for bar in found.weeks}
    assert bars[monday - timedelta(weeks=1)] == (0, 2, True)
    assert bars[monday] == (1, 2, False)
    assert bars[monday + timedelta(weeks=1)] == (0, 1, False)
    assert len(bars) == 13
    assert sum(booked + rest for booked, rest, _ in bars.values()) == 6
    # One of six that are due by the end of the fourth week is booked.
    assert found.booked_share == 16


def test_an_empty_list(clinic: Any, frontdesk: Any) -> None:
    found = due.overview(clinic, frontdesk, DueFilter(), TODAY)
    assert found.ids == ()
    assert found.booked_share is None
    assert {count for _, count in found.groups} == {0}
    assert due.rows(clinic, frontdesk, (), TODAY) == ()


def test_a_row_says_all_that_one_needs_before_the_call(clinic: Any, desk: Any) -> None:
    row = next(r for r in listed(clinic, desk, TODAY) if r.site == "L5 left")
    assert (row.family_name, row.given_name, row.mrn) == ("Villalobos", "Teresa", "004182")
    assert (row.birth_date, row.sex, row.language) == (date(1958, 3, 14), "female", "en")
    assert (row.phone, row.anticoagulant) == ("(617) 555-0143", "apixaban")
    assert (row.last_name, row.last_sites) == ("Transforaminal ESI", ("L5 left",))
    assert (row.procedure, row.intent, row.sites) == (
        "esi.transforaminal", "therapeutic", ("L5 left",),
    )  # fmt: skip
    assert row.physician == "Dr. Amara Osei"


def test_pages_come_in_the_order_asked_and_without_what_is_gone(clinic: Any, desk: Any) -> None:
    ids = due.overview(clinic, desk, DueFilter(), TODAY).ids
    wanted = (ids[2], 999_999, ids[0])
    assert [r.id for r in due.rows(clinic, desk, wanted, TODAY)] == [ids[2], ids[0]]


def test_all_rows_of_a_patient(clinic: Any, desk: Any) -> None:
    rows = due.of_patient(clinic, desk, clinic.seeded.teresa, TODAY)
    assert [(r.site, r.group) for r in rows] == [
        ("L5 left", DueGroup.OVERDUE), ("knee left", DueGroup.HOLDING),
    ]  # fmt: skip
    assert due.of_patient(clinic, desk, clinic.seeded.obrien, TODAY) == ()


@pytest.mark.parametrize("on", [date(1, 1, 1), date(9999, 12, 31)])
def test_a_day_that_cannot_be_meant(clinic: Any, frontdesk: Any, on: date) -> None:
    for ask in (due.behind, due.refresh):
        with pytest.raises(Invalid, match="cannot be meant"):
            ask(clinic, frontdesk, on)
    with pytest.raises(Invalid, match="cannot be meant"):
        due.overview(clinic, frontdesk, DueFilter(), on)

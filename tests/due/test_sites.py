"""Tracks, sessions, and which spots of which session stand on the list."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.vocabulary import VOCABULARY

from clinicdesk.domain.procedures import Steroid
from clinicdesk.domain.rows.cases import BookedRow, DoneRow
from clinicdesk.due.sites import open_sites, sessions, site_texts, spots

ON = date(2026, 11, 24)
DEPO = (Steroid("methylprednisolone", Decimal(40)),)


def done(number, day, procedure, *sites, intent="therapeutic", steroids=DEPO):
    return DoneRow(number, day, procedure, intent, sites, steroids, ())


def booked(number, day, procedure, *sites, intent=None):
    return BookedRow(number, day, procedure, intent, sites, None)


def sites_of(rows, coming=(), on=ON):
    """(track, site, last id, booking id) of every open site."""
    return [
        (s.last.track, ", ".join(site_texts(s.spots)), s.last.id, s.booking and s.booking.id)
        for s in open_sites(sessions(rows, VOCABULARY), coming, VOCABULARY, on)
    ]


@pytest.mark.parametrize(
    ("procedure", "intent", "track"),
    [
        ("esi.interlaminar", "therapeutic", "esi"),
        ("esi.transforaminal", "diagnostic", "esi"),
        ("esi.caudal", "therapeutic", "esi"),
        ("facet.block", "diagnostic", "facet.diagnostic"),
        ("facet.block", "therapeutic", "facet.therapeutic"),
        ("facet.rfa", "therapeutic", "rfa"),
        ("sij.rfa", "therapeutic", "rfa"),
        ("sij.injection", "diagnostic", "sij"),
        ("soft_tissue.injection", "therapeutic", "joint"),
        ("tpi", "therapeutic", "tpi"),
        ("nerve.block", "diagnostic", "nerve"),
        ("sympathetic.block", "therapeutic", "sympathetic"),
        ("consultation", "therapeutic", "consultation"),
    ],
)
def test_tracks(procedure, intent, track):
    assert VOCABULARY.followed(procedure, intent).track == track


@pytest.mark.parametrize(
    ("sites", "found", "again"),
    [
        (("knee bilateral",), (("knee", "left"), ("knee", "right")), ("knee bilateral",)),
        (("knee right", "knee left"), (("knee", "right"), ("knee", "left")), ("knee bilateral",)),
        (
            ("L4-L5 left", "L5-S1 left"),
            (("L4-L5", "left"), ("L5-S1", "left")),
            ("L4-L5 left", "L5-S1 left"),
        ),
        (("si joint left",), (("si joint", "left"),), ("si joint left",)),
        (("caudal midline",), (("caudal", "midline"),), ("caudal midline",)),
        (("L5 left", "L5 left"), (("L5", "left"),), ("L5 left",)),
    ],
)
def test_spots_and_back(sites, found, again):
    assert spots(sites) == found
    assert site_texts(found) == again


NAMES = st.sampled_from(["L5", "S1", "knee", "si joint"])
SIDES = st.sampled_from(["left", "right", "bilateral", "midline"])
SITES = st.lists(st.builds("{} {}".format, NAMES, SIDES), max_size=6)


@given(SITES)
def test_no_spot_is_lost_or_won_on_the_way(sites):
    assert set(spots(site_texts(spots(sites)))) == set(spots(sites))


def test_the_latest_session_stands_for_the_site():
    rows = [
        done(1, date(2026, 1, 5), "esi.transforaminal", "L5 left"),
        done(2, date(2026, 6, 5), "esi.transforaminal", "L5 left"),
    ]
    assert sites_of(rows) == [("esi", "L5 left", 2, None)]
    (site,) = open_sites(sessions(rows, VOCABULARY), (), VOCABULARY, ON)
    assert [s.id for s in site.earlier] == [1]


def test_what_a_newer_session_does_not_cover_keeps_its_own_row():
    rows = [
        done(1, date(2026, 1, 5), "joint.injection", "knee bilateral"),
        done(2, date(2026, 6, 5), "joint.injection", "knee left"),
    ]
    assert sites_of(rows) == [("joint", "knee left", 2, None), ("joint", "knee right", 1, None)]


def test_two_entries_of_one_day_stand_together():
    rows = [
        done(1, date(2026, 6, 5), "facet.rfa", "L4-L5 left"),
        done(2, date(2026, 6, 5), "facet.rfa", "L5-S1 left"),
    ]
    assert sites_of(rows) == [("rfa", "L4-L5 left, L5-S1 left", 2, None)]


def test_another_approach_of_the_same_track_covers_only_the_same_spot():
    rows = [
        done(1, date(2026, 1, 5), "esi.transforaminal", "L5 left"),
        done(2, date(2026, 6, 5), "esi.interlaminar", "L4-L5 midline"),
    ]
    assert [row[1] for row in sites_of(rows)] == ["L4-L5 midline", "L5 left"]


def test_radiofrequency_takes_the_place_of_the_blocks_before_it_and_not_of_those_after():
    block = "facet.block", "L4-L5 left"
    rows = [
        done(1, date(2026, 1, 5), *block, intent="diagnostic", steroids=()),
        done(2, date(2026, 2, 5), "facet.rfa", "L4-L5 left", steroids=()),
    ]
    assert [row[0] for row in sites_of(rows)] == ["rfa"]
    rows.append(done(3, date(2026, 10, 5), *block, intent="diagnostic", steroids=()))
    assert [row[:3] for row in sites_of(rows)] == [
        ("facet.diagnostic", "L4-L5 left", 3),
        ("rfa", "L4-L5 left", 2),
    ]


@pytest.mark.parametrize(
    ("procedure", "steroids", "rows"),
    [
        ("joint.injection", (), 0),
        ("joint.injection", None, 1),
        ("joint.injection", DEPO, 1),
        ("soft_tissue.injection", (), 0),
        ("tpi", (), 1),
        ("nerve.block", (), 1),
    ],
)
def test_a_joint_known_to_be_without_steroid_has_no_interval(procedure, steroids, rows):
    row = done(1, date(2026, 6, 5), procedure, "knee left", steroids=steroids)
    assert len(sites_of([row])) == rows


@pytest.mark.parametrize(
    ("day", "counts"),
    [(ON - timedelta(days=1), None), (ON, 9), (ON + timedelta(days=1), 9)],
)
def test_booked_from_today_on(day, counts):
    rows = [done(1, date(2026, 6, 5), "esi.transforaminal", "L5 left")]
    coming = [booked(9, day, "esi.caudal", "caudal midline"),
              booked(9, day, "esi.transforaminal", "L5 left")]  # fmt: skip
    assert sites_of(rows, coming) == [("esi", "L5 left", 1, counts)]


def test_where_only_one_side_is_booked_the_other_stays():
    rows = [done(1, date(2026, 6, 5), "joint.injection", "knee bilateral")]
    coming = [booked(9, ON, "joint.injection", "knee right")]
    assert sites_of(rows, coming) == [
        ("joint", "knee left", 1, None),
        ("joint", "knee right", 1, 9),
    ]


def test_the_first_of_two_bookings_counts():
    rows = [done(1, date(2026, 6, 5), "joint.injection", "knee left")]
    coming = [booked(8, ON, "joint.injection", "knee left"),
              booked(9, date(2027, 3, 1), "joint.injection", "knee left")]  # fmt: skip
    assert sites_of(rows, coming) == [("joint", "knee left", 1, 8)]


@pytest.mark.parametrize(
    ("procedure", "intent", "counts"),
    [
        ("facet.rfa", None, 9),
        ("facet.block", None, 9),
        ("facet.block", "diagnostic", 9),
        ("facet.block", "therapeutic", None),
        ("esi.interlaminar", None, None),
    ],
)
def test_what_books_the_next_step_after_a_block(procedure, intent, counts):
    rows = [
        done(1, date(2026, 11, 2), "facet.block", "L4-L5 left", intent="diagnostic", steroids=())
    ]
    coming = [booked(9, ON, procedure, "L4-L5 left", intent=intent)]
    assert sites_of(rows, coming) == [("facet.diagnostic", "L4-L5 left", 1, counts)]

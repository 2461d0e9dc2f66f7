"""Minutes to pixels and back, and where the arrow keys may stop."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from clinicdesk.ui.schedule.geometry import DayGeometry
from clinicdesk.ui.schedule.navigation import nearest, stops

geometries = st.builds(
    DayGeometry,
    first=st.integers(0, 10).map(lambda h: h * 60),
    last=st.integers(12, 24).map(lambda h: h * 60),
    columns=st.integers(1, 12),
    width=st.integers(300, 3000),
    scale=st.sampled_from([1.0, 1.15, 1.3]),
)


def test_fifteen_minutes_are_twenty_pixels() -> None:
    g = DayGeometry(8 * 60, 17 * 60, 4, 900)
    assert g.y(8 * 60 + 15) - g.y(8 * 60) == 20
    assert g.content_height == 721
    assert g.gutter == 48


@given(geometries, st.integers(0, 1440))
def test_a_minute_goes_to_its_height_and_back(g: DayGeometry, minute: int) -> None:
    assert round(g.minute(g.y(minute))) == minute


@given(geometries, st.floats(-500, 5000))
def test_snapping_stays_on_the_grid_and_in_the_day(g: DayGeometry, y: float) -> None:
    snapped = g.snapped(y, 5)
    assert snapped % 5 == 0
    assert g.first <= snapped <= g.last
    if g.first <= g.minute(y) <= g.last:
        assert abs(snapped - g.minute(y)) <= 2.5 + 1e-6


@given(geometries, st.data())
def test_a_column_is_found_at_its_own_place(g: DayGeometry, data: st.DataObject) -> None:
    column = data.draw(st.integers(0, g.columns - 1))
    assert g.column(g.x(column) + g.column_width / 2) == column
    assert g.column(g.gutter - 1) == -1
    assert g.column(g.content_width + 10) == -1


spans = st.lists(
    st.tuples(st.integers(96, 200), st.integers(1, 20)).map(
        lambda p: (p[0] * 5, (p[0] + p[1]) * 5)
    ),
    max_size=10,
)


@given(spans)
def test_the_arrow_keys_reach_every_appointment_and_every_free_minute(
    taken: list[tuple[int, int]],
) -> None:
    blocks = [(row, a, b) for row, (a, b) in enumerate(taken)]
    found = stops(blocks, 480, 1020)
    assert sorted(s.row for s in found if s.row is not None) == list(range(len(taken)))
    assert list(found) == sorted(found, key=lambda s: s.start)
    free = {m for s in found if s.row is None for m in range(s.start, s.end)}
    busy = {m for a, b in taken for m in range(a, b)}
    assert free == set(range(480, 1020)) - busy
    for minute in range(480, 1020, 7):
        stop = found[nearest(found, minute)]
        assert stop.start <= minute < stop.end
        assert (stop.row is not None) == (minute in busy)

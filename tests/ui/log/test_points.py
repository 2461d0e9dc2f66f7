"""Every point of the figures means the site a clinician would read off it."""

from __future__ import annotations

import pytest
from support.vocabulary import CATALOGUE

from clinicdesk.domain.anatomy import Side, site_for
from clinicdesk.ui.log.layout import FigureLayout
from clinicdesk.ui.log.points import points_for


@pytest.fixture(scope="session")
def anchors():
    from clinicdesk.ui.log.figure import spine_anchors

    return spine_anchors()


def site_at(points, row, side):
    return next(point for point in points if point.row == row and point.side is side)


def test_cervical_nerves_leave_above_their_vertebra(catalogue, anchors):
    points = points_for(catalogue.procedure("esi.transforaminal"), anchors)
    spoken = {point.spoken for point in points}
    assert "C5-C6 foramen (C6 nerve)" in spoken
    assert "C7-T1 foramen (C8 nerve)" in spoken
    assert "T4-T5 foramen (T4 nerve)" in spoken
    assert "L5-S1 foramen (L5 nerve)" in spoken
    assert site_at(points, "L5", Side.LEFT).site == "L5 left"


def test_left_is_on_the_left_from_behind_and_on_the_right_from_the_front(catalogue, anchors):
    roots = points_for(catalogue.procedure("esi.transforaminal"), anchors)
    assert site_at(roots, "L5", Side.LEFT).x < site_at(roots, "L5", Side.RIGHT).x
    joints = points_for(catalogue.procedure("joint.injection"), anchors)
    left = next(p for p in joints if p.site == "knee left")
    right = next(p for p in joints if p.site == "knee right")
    assert left.figure == "front"
    assert left.x > right.x


def test_an_interlaminar_space_offers_middle_and_sides(catalogue, anchors):
    points = points_for(catalogue.procedure("esi.interlaminar"), anchors)
    assert {p.site for p in points if p.row == "L4-L5"} == {
        "L4-L5 left",
        "L4-L5 midline",
        "L4-L5 right",
    }


def test_every_procedure_has_points_and_each_fits(catalogue, anchors):
    for procedure in catalogue.procedures.values():
        points = points_for(procedure, anchors)
        assert points, procedure.id
        for point in points:
            assert str(site_for(point.site, procedure)) == point.site


def test_without_a_procedure_nothing_can_be_clicked(anchors):
    assert points_for(None, anchors) == ()


@pytest.mark.parametrize("size", [(200, 300), (320, 520), (345, 700), (460, 900)])
@pytest.mark.parametrize("key", sorted(CATALOGUE.procedures))
def test_every_place_of_every_procedure_stands_in_the_figure(key, size, anchors):
    points = points_for(CATALOGUE.procedures[key], anchors)
    layout = FigureLayout(*size, {point.figure for point in points})
    for point in points:
        spot = layout.place(point)
        assert layout.rects[point.figure].adjusted(-20, -20, 20, 20).contains(spot), point.site


def test_a_procedure_of_the_neck_and_of_the_spine_has_both_figures(anchors):
    points = points_for(CATALOGUE.procedure("sympathetic.block"), anchors)
    assert {point.figure for point in points} >= {"spine", "front"}
    layout = FigureLayout(345, 700, {point.figure for point in points})
    spine, front = layout.rects["spine"], layout.rects["front"]
    assert front.left() >= spine.right()
    assert front.right() <= 345

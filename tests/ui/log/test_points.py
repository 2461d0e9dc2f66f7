"""Every point of the figures means the site a clinician would read off it."""

from __future__ import annotations

import pytest

from clinicdesk.domain.anatomy import Side, site_for
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

"""Sites: their grammar, spots and regions, as the verdict contract writes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicdesk.domain.anatomy import ROOTS, SEGMENTS, Sort, fold, parse_site, region


@pytest.mark.parametrize(
    ("typed", "sort", "canonical"),
    [
        ("L5 left", Sort.ROOT, "L5 left"),
        ("  l5   LEFT ", Sort.ROOT, "L5 left"),
        ("c8 right", Sort.ROOT, "C8 right"),
        ("s4 bilateral", Sort.ROOT, "S4 bilateral"),
        ("c7-t1 midline", Sort.SEGMENT, "C7-T1 midline"),
        ("L5-S1 bilateral", Sort.SEGMENT, "L5-S1 bilateral"),
        ("c0-c1 left", Sort.SEGMENT, "C0-C1 left"),
        ("Caudal midline", Sort.CAUDAL, "caudal midline"),
        ("caudal left", Sort.CAUDAL, "caudal left"),
        ("SI  Joint left", Sort.SI_JOINT, "si joint left"),
        ("Shoulder  RIGHT", Sort.FREE, "shoulder right"),
        ("stellate ganglion left", Sort.FREE, "stellate ganglion left"),
        ("l3 right", Sort.FREE, "L3 right"),
        ("interspinous ligament midline", Sort.FREE, "interspinous ligament midline"),
    ],
)
def test_a_site_is_read_whatever_its_case_and_spaces(typed, sort, canonical):
    assert str(parse_site(typed, sort)) == canonical


@pytest.mark.parametrize(
    ("typed", "sort"),
    [
        ("", Sort.ROOT),
        ("L5", Sort.ROOT),
        ("left", Sort.ROOT),
        ("left L5", Sort.ROOT),
        ("L5 midline", Sort.ROOT),
        ("C9 left", Sort.ROOT),
        ("C0 left", Sort.ROOT),
        ("S5 left", Sort.ROOT),
        ("L6 left", Sort.ROOT),
        ("L4-L5 left", Sort.ROOT),
        ("L5-L4 left", Sort.SEGMENT),
        ("L3-L5 left", Sort.SEGMENT),
        ("S1-S2 left", Sort.SEGMENT),
        ("L5 left", Sort.SEGMENT),
        ("L4 - L5 left", Sort.SEGMENT),
        ("caudal", Sort.CAUDAL),
        ("sacral midline", Sort.CAUDAL),
        ("si joint midline", Sort.SI_JOINT),
        ("sij left", Sort.SI_JOINT),
        ("knee", Sort.FREE),
        ("left knee right", Sort.FREE),
        ("knee bilateral left", Sort.FREE),
        ("L4-L5 left", Sort.FREE),
        ("caudal left", Sort.FREE),
        ("si joint left", Sort.FREE),
    ],
)
def test_what_is_no_site_is_refused_in_words(typed, sort):
    with pytest.raises(ValueError, match=r"\.$"):
        parse_site(typed, sort)


def test_a_facet_segment_has_no_midline():
    assert str(parse_site("L4-L5 midline", Sort.SEGMENT)) == "L4-L5 midline"
    with pytest.raises(ValueError, match="midline"):
        parse_site("L4-L5 midline", Sort.SEGMENT, midline=False)


def test_there_are_as_many_names_as_bones_and_nerves():
    assert (len(SEGMENTS), SEGMENTS[0], SEGMENTS[-1]) == (25, "C0-C1", "L5-S1")
    assert (len(ROOTS), ROOTS[0], ROOTS[-1]) == (29, "C1", "S4")


def test_bilateral_covers_both_spots():
    both, left = parse_site("knee bilateral", Sort.FREE), parse_site("knee left", Sort.FREE)
    middle = parse_site("knee midline", Sort.FREE)
    assert {str(spot) for spot in both.spots} == {"knee left", "knee right"}
    assert both.spots & left.spots
    assert not both.spots & middle.spots


@pytest.mark.parametrize(
    ("typed", "sort", "expected"),
    [
        ("C7-T1 midline", Sort.SEGMENT, "cervical-thoracic"),
        ("T12-L1 midline", Sort.SEGMENT, "cervical-thoracic"),
        ("L1-L2 left", Sort.SEGMENT, "lumbar-sacral"),
        ("L5-S1 left", Sort.SEGMENT, "lumbar-sacral"),
        ("T12 left", Sort.ROOT, "cervical-thoracic"),
        ("S1 left", Sort.ROOT, "lumbar-sacral"),
        ("caudal midline", Sort.CAUDAL, "lumbar-sacral"),
        ("si joint left", Sort.SI_JOINT, None),
        ("L3 left", Sort.FREE, None),
    ],
)
def test_the_coverage_region_goes_by_the_first_vertebra(typed, sort, expected):
    assert region(parse_site(typed, sort)) == expected


@given(st.text(max_size=40), st.sampled_from(list(Sort)))
def test_any_text_is_read_or_refused_and_what_was_read_reads_the_same_again(text, sort):
    try:
        site = parse_site(text, sort)
    except ValueError:
        return
    assert parse_site(str(site), sort) == site
    assert fold(str(site)) == fold(text)

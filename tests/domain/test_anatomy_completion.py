"""Completion of sites and their words for patients."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.vocabulary import CATALOGUE

from clinicdesk.domain.anatomy import UnlistedSite, complete_site, entered_site, site_for

PROCEDURES = CATALOGUE.procedures


@pytest.mark.parametrize(
    ("typed", "procedure", "first"),
    [
        ("l5 l", "esi.transforaminal", "L5 left"),
        ("L5 left", "esi.transforaminal", "L5 left"),
        ("rt s1", "esi.transforaminal", "S1 right"),
        ("l45 r", "facet.block", "L4-L5 right"),
        ("l4-5 r", "facet.block", "L4-L5 right"),
        ("l4l5 bil", "facet.rfa", "L4-L5 bilateral"),
        ("l5s1 both", "facet.rfa", "L5-S1 bilateral"),
        ("c7t1 m", "esi.interlaminar", "C7-T1 midline"),
        ("t12l1 l", "facet.block", "T12-L1 left"),
        ("knee right", "joint.injection", "knee right"),
        ("right knee", "joint.injection", "knee right"),
        ("r knee", "joint.injection", "knee right"),
        ("kne l", "joint.injection", "knee left"),
        ("si r", "sij.injection", "si joint right"),
        ("r", "sij.injection", "si joint right"),
        ("", "esi.caudal", "caudal midline"),
        ("l3 l", "sympathetic.block", "L3 left"),
        ("capitis splenius r", "tpi", "splenius capitis right"),
        ("knee (R)", "joint.injection", "knee right"),
        ("knee R.", "joint.injection", "knee right"),
        ("rt knee", "joint.injection", "knee right"),
        ("Knee, (lt)", "joint.injection", "knee left"),
        ("L5 (left)", "esi.transforaminal", "L5 left"),
        ("biceps l", "soft_tissue.injection", "biceps tendon left"),
        ("trochanteric bursa l", "joint.injection", "trochanteric bursa left"),
        ("glenohumeral r", "joint.injection", "shoulder right"),
        ("temporomandibular joint r", "joint.injection", "temporomandibular joint right"),
    ],
)
def test_a_few_letters_find_the_site(typed, procedure, first):
    assert complete_site(typed, PROCEDURES[procedure])[0] == first


def test_a_whole_site_leaves_one_answer():
    assert complete_site("l5 l", PROCEDURES["esi.transforaminal"]) == ("L5 left",)
    assert complete_site("l45 r", PROCEDURES["facet.block"]) == ("L4-L5 right",)


def test_without_a_side_the_usual_sides_are_offered():
    assert complete_site("knee", PROCEDURES["joint.injection"]) == (
        "knee left",
        "knee right",
        "knee bilateral",
    )


def test_a_facet_is_never_offered_in_the_midline():
    assert complete_site("l45 mid", PROCEDURES["facet.block"]) == ()


@given(st.text(max_size=12), st.sampled_from(sorted(PROCEDURES)))
def test_every_offer_is_a_site_of_the_procedure_in_canonical_words(typed, procedure):
    offers = complete_site(typed, PROCEDURES[procedure])
    assert len(offers) <= 8
    for offer in offers:
        assert str(site_for(offer, PROCEDURES[procedure])) == offer


@pytest.mark.parametrize(
    ("typed", "procedure", "site"),
    [
        ("knee (R)", "joint.injection", "knee right"),
        ("knee R.", "joint.injection", "knee right"),
        ("rt knee", "joint.injection", "knee right"),
        ("right knee", "joint.injection", "knee right"),
        ("Knee Right", "joint.injection", "knee right"),
        ("L5 l", "esi.transforaminal", "L5 left"),
        ("l45 bil", "facet.block", "L4-L5 bilateral"),
    ],
)
def test_a_side_beside_one_name_is_read(typed, procedure, site):
    assert str(entered_site(typed, PROCEDURES[procedure])) == site


@pytest.mark.parametrize("typed", ["knee", "L5", "r", "left", "left knee right", "knee left right"])
@pytest.mark.parametrize("procedure", ["joint.injection", "esi.transforaminal"])
def test_no_side_is_supplied_and_two_are_none(typed, procedure):
    with pytest.raises(ValueError, match=r"side|not a site|place in the spine"):
        entered_site(typed, PROCEDURES[procedure])


def test_of_an_unlisted_name_the_name_is_asked_not_the_side():
    for typed in ("sholder (R)", "rt sholder"):
        with pytest.raises(UnlistedSite, match="shoulder right"):
            entered_site(typed, PROCEDURES["joint.injection"])

"""Completion of sites and their words for patients."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.vocabulary import CATALOGUE

from clinicdesk.domain.anatomy import complete_site, site_for

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

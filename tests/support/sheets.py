"""Facts for sheets, one believable set for each kind of procedure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from support.vocabulary import CATALOGUE

from clinicdesk.catalogue.sheet_library import SheetLibrary
from clinicdesk.catalogue.sheets import load_sheets
from clinicdesk.domain.anatomy import usual_plan
from clinicdesk.domain.rows.documents import ClinicLetterhead, NoneSaid, SheetFacts, Thinner

ZONE = ZoneInfo("America/New_York")
CASES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("esi.transforaminal", ("L5 left",), "therapeutic"),
    ("esi.transforaminal", ("C6 right",), "therapeutic"),
    ("esi.transforaminal", ("L4 right", "L5 right"), "diagnostic"),
    ("esi.interlaminar", ("L4-L5 midline",), "therapeutic"),
    ("esi.interlaminar", ("C7-T1 left",), "therapeutic"),
    ("esi.interlaminar", ("T8-T9 midline",), "therapeutic"),
    ("esi.caudal", ("caudal midline",), "therapeutic"),
    ("facet.block", ("L4-L5 bilateral", "L5-S1 bilateral"), "diagnostic"),
    ("facet.block", ("C5-C6 left",), "therapeutic"),
    ("facet.rfa", ("L4-L5 right", "L5-S1 right"), "therapeutic"),
    ("facet.rfa", ("C4-C5 left",), "therapeutic"),
    ("sij.injection", ("si joint left",), "therapeutic"),
    ("sij.injection", ("si joint bilateral",), "diagnostic"),
    ("sij.rfa", ("si joint right",), "therapeutic"),
    ("tpi", ("trapezius bilateral", "levator scapulae left"), "therapeutic"),
    ("joint.injection", ("knee right",), "therapeutic"),
    ("joint.injection", ("acromioclavicular joint left",), "therapeutic"),
    ("soft_tissue.injection", ("trochanteric bursa left",), "therapeutic"),
    ("nerve.block", ("greater occipital bilateral",), "therapeutic"),
    ("nerve.block", ("genicular left",), "diagnostic"),
    ("sympathetic.block", ("stellate ganglion left",), "therapeutic"),
    ("sympathetic.block", ("L2 right",), "therapeutic"),
)
IDS = [f"{procedure}-{sites[0]}-{intent}" for procedure, sites, intent in CASES]


@cache
def catalogue() -> Any:
    return CATALOGUE


@cache
def library() -> SheetLibrary:
    return load_sheets(catalogue().procedures)


def plain_facts(procedure: str, sites: tuple[str, ...], intent: str) -> SheetFacts:
    """A patient without allergies, blood thinner or diabetes, with the usual plan."""
    usual = usual_plan(catalogue().procedure(procedure), sites)
    steroids = () if intent == "diagnostic" else usual.steroids
    return SheetFacts(
        clinic=ClinicLetterhead(
            "Quillwater Pain Clinic", "14 Millrace Way\nBoston, MA", "555 0100", "555 0199"
        ),
        family_name="Villalobos",
        given_name="Teresa",
        birth_date=date(1958, 3, 14),
        mrn="004182",
        allergies=(),
        anticoagulants=(),
        procedure=procedure,
        intent=intent,
        sites=sites,
        guidance=usual.guidance.value if usual.guidance else "",
        contrast=bool(usual.contrast),
        steroids=tuple(s.drug if s.mg is None else f"{s.drug} {s.mg:f} mg" for s in steroids),
        physician="Dr. Amara Osei",
        when=datetime(2026, 11, 24, 10, 43, tzinfo=ZONE),
        done=False,
        help=library().help_in("US"),
        no_allergies=NoneSaid(asked=True),
        no_thinner=NoneSaid(asked=True),
    )


def full_facts(procedure: str, sites: tuple[str, ...], intent: str) -> SheetFacts:
    """The same patient with everything that adds lines."""
    return replace(
        plain_facts(procedure, sites, intent),
        allergies=("Latex", "Penicillin"),
        anticoagulants=("Apixaban",),
        has_diabetes=True,
        interpreter=True,
        done=True,
        thinners=(Thinner("Apixaban", restart=datetime(2026, 11, 25, 11, 0, tzinfo=ZONE)),),
        repeat_from=date(2027, 1, 12),
        follow_up_call=date(2026, 12, 8),
    )

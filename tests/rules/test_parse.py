"""A sound case is read whole; what is refused is refused in a sentence that says what is right."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from support.vocabulary import PROCEDURES, case_of, read_site

from clinicdesk.domain.anatomy import Sort, parse_site
from clinicdesk.domain.procedures import Guidance, Intent, Steroid
from clinicdesk.rules.case import Arthroplasty, Case, Entry, Patient, Phase, Plan, Reading, State
from clinicdesk.rules.parse import CaseError, load_json
from tests.rules.test_malformed import MISSING, SOUND, H, P, R, _changed, _read

LEFT_KNEE, RIGHT_KNEE = (parse_site(f"knee {side}", Sort.FREE) for side in ("left", "right"))
DAY = date(2026, 8, 30)


def test_a_case_is_read_whole():
    assert _read(SOUND) == Case(
        pack="us-medicare",
        on=date(2026, 11, 22),
        plan=Plan(
            procedure="esi.transforaminal",
            sites=(read_site("L5 left", "esi.transforaminal"),),
            intent=Intent.THERAPEUTIC,
            guidance=Guidance.FLUOROSCOPY,
            contrast=True,
            steroids=(Steroid("dexamethasone", Decimal(10)),),
        ),
        patient=Patient(
            contrast_allergy=False,
            pregnant=False,
            prostheses=(LEFT_KNEE,),
            arthroplasty_planned=(Arthroplasty(RIGHT_KNEE, date(2027, 1, 20)),),
        ),
        history=(
            Entry(
                id="a",
                date=DAY,
                state=State.DONE,
                procedure="esi.interlaminar",
                sites=(read_site("L4-L5 midline", "esi.interlaminar"),),
                intent=Intent.THERAPEUTIC,
                steroids=(Steroid("methylprednisolone", Decimal(80)),),
            ),
            Entry(
                id="b",
                date=date(2026, 12, 30),
                state=State.BOOKED,
                procedure="facet.block",
                sites=(read_site("L4-L5 left", "facet.block"),),
            ),
        ),
        readings=(
            Reading("a", DAY, Phase.BASELINE, "NRS", Decimal(8)),
            Reading("a", date(2026, 9, 14), Phase.FOLLOWUP, "NRS", Decimal(3)),
        ),
    )


def test_a_case_need_not_say_more_than_what_is_planned_and_when():
    plan = {"procedure": "facet.block", "sites": ["L4-L5 left"], "intent": "diagnostic"}
    case = case_of({"pack": "any", "on": "1900-01-01", "plan": plan})
    sites = (read_site("L4-L5 left", "facet.block"),)
    assert case == Case("any", date(1900, 1, 1), Plan("facet.block", sites, Intent.DIAGNOSTIC))


@pytest.mark.parametrize("fact", ["contrast_allergy", "pregnant"])
def test_a_fact_about_the_patient_is_that_fact(fact):
    patient = _read(_changed(("patient",), {fact: True})).patient
    assert patient == Patient(**{fact: True})


def test_drugs_are_the_same_whatever_their_letters_and_spaces():
    case = _read(_changed((*P, "steroids"), [{"drug": " Depo  MEDROL", "mg": 0.5}]))
    assert case.plan.steroids == (Steroid("depo medrol", Decimal("0.5")),)


@pytest.mark.parametrize(
    ("reading", "value"),
    [
        ({"phase": "baseline", "date": "2026-08-30", "value": 0}, "0"),
        ({"phase": "baseline", "date": "2025-01-01", "value": 10}, "10"),
        ({"phase": "post", "date": "2026-08-30", "value": 9.99}, "9.99"),
        ({"phase": "followup", "date": "2026-08-31", "value": 0.1}, "0.1"),
        ({"phase": "followup", "date": "2026-11-22", "value": 2}, "2"),
        ({"phase": "baseline", "date": "2026-08-30", "value": 24, "scale": "RMDQ"}, "24"),
    ],
)
def test_a_reading_at_the_edge_of_what_may_be(reading, value):
    case = _read(_changed(("readings",), [{"session": "a", "scale": "NRS", **reading}]))
    assert case.readings[0].value == Decimal(value)


PROCEDURE = f"expected one of {', '.join(PROCEDURES)}"
MISSING_FIELD = "expected this field; it is missing"
DAY_IN_WORDS = "expected a real day, YYYY-MM-DD, in the years 1900 to 2199"
NO_SITE = "expected a site, NAME SIDE, not empty"
MG = "expected a number of milligrams above 0"
OF_A_SIZE = ", of a size that can be meant"

SAID = [
    (("pack",), "elsewhere", "unknown pack; expected one of us-medicare, uk-nhs"),
    (("pack",), " ", "expected the id of a pack, not empty"),
    (("pack",), MISSING, MISSING_FIELD),
    (("on",), "2026-11-31", DAY_IN_WORDS),
    (("on",), "2026-1-2", DAY_IN_WORDS),
    (("on",), "2200-01-01", DAY_IN_WORDS),
    (("plan",), [], "expected an object {…}"),
    (("colour",), "red",
     "unknown field; expected one of pack, on, plan, patient, history, readings"),
    (("history",), {}, "expected a list […]"),
    (("patient", "pregnant"), "no", "expected true or false"),
    (("patient", "Pregnant"), True,
     ("unknown field; expected one of contrast_allergy, pregnant, prostheses, "
      "arthroplasty_planned")),
    (("patient", "prostheses", 0), "knee",
     ("expected a joint with its side (“knee” has no side: end it with left, right, bilateral or "
      "midline.)")),
    (("patient", "prostheses", 0), "", NO_SITE),
    (("patient", "arthroplasty_planned", 0, "note"), "x",
     "unknown field; expected one of site, date"),
    ((*P, "procedure"), "esi.magic", PROCEDURE),
    ((*P, "colour"), "red",
     "unknown field; expected one of procedure, sites, intent, guidance, contrast, steroids"),
    ((*P, "sites"), [], "expected at least one site"),
    ((*P, "sites", 0), 5, NO_SITE),
    ((*P, "sites", 0), "L5 midline",
     ("expected a site of esi.transforaminal (“L5 midline” cannot be midline: say left, right or "
      "bilateral.)")),
    (("plan",), {"procedure": "facet.block", "sites": ["L4-L5 midline"]},
     ("expected a site of facet.block (“L4-L5 midline” cannot be midline: say left, right or "
      "bilateral.)")),
    ((*P, "intent"), "curative", "expected one of diagnostic, therapeutic"),
    ((*P, "guidance"), "xray", "expected one of fluoroscopy, ct, ultrasound, landmark"),
    ((*P, "steroids", 0, "drug"), "", "expected a drug, not empty"),
    ((*P, "steroids", 0, "mg"), 0, MG),
    ((*P, "steroids", 0, "mg"), "10", MG),
    ((*P, "steroids", 0, "mg"), float("inf"), "expected JSON (Infinity is not JSON)"),
    ((*P, "steroids", 0, "mg"), 10**301, MG + OF_A_SIZE),
    ((*P, "steroids", 0, "unit"), "mg", "unknown field; expected one of drug, mg"),
    ((*H, "id"), "", "expected an id, not empty"),
    ((*H, "id"), "b", "expected an id of its own; this one is used twice"),
    ((*H, "date"), "2026-11-23",
     "expected a done entry on or before 2026-11-22, the day asked about"),
    ((*H, "state"), "cancelled", "expected one of done, booked"),
    ((*H, "procedure"), "epidural", PROCEDURE),
    ((*H, "guidance"), "ct",
     "unknown field; expected one of id, date, state, procedure, sites, intent, steroids"),
    ((*R, "session"), "", "expected the id of an entry, not empty"),
    ((*R, "session"), "z", "expected the id of an entry of the history"),
    ((*R, "phase"), "after", "expected one of baseline, post, followup"),
    ((*R, "scale"), "nrs", "expected one of NRS, VAS, PEG, ODI, NDI, RMDQ"),
    ((*R, "value"), 10.1, "expected 0 to 10 on NRS"),
    ((*R, "value"), "8", "expected a number from 0 to 10"),
    ((*R, "who"), "nurse", "unknown field; expected one of session, date, phase, scale, value"),
    ((*R, "date"), "2026-08-31", "expected a baseline on or before the session, 2026-08-30"),
    (("readings", 1, "date"), "2026-11-23",
     "expected a day on or before 2026-11-22, the day asked about"),
    (("readings", 1, "date"), "2026-08-30", "expected a day after the session, 2026-08-30"),
    (("readings", 1, "phase"), "post", "expected the day of the session, 2026-08-30"),
    (("readings", 1, "session"), "b", "expected baseline: the session is only booked"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "value", "says"), SAID, ids=[f"{path}={value!r:.20}" for path, value, _ in SAID]
)
def test_what_is_refused_is_told_in_a_sentence(path, value, says):

    with pytest.raises(CaseError) as caught:
        case_of(load_json(json.dumps(_changed(path, value))), ("us-medicare", "uk-nhs"))
    assert caught.value.expected == says
    assert str(caught.value) == f"{caught.value.path}: {says}"


@pytest.mark.parametrize("size", [300, -300])
def test_a_number_of_any_size_that_can_be_meant_is_taken(size):
    mg = Decimal(1).scaleb(size)
    assert _steroid_of(mg).plan.steroids[0].mg == mg


@pytest.mark.parametrize("number", ["1e301", "1e-301", "NaN", "Infinity"])
def test_a_number_that_cannot_be_meant_is_refused(number):
    with pytest.raises(CaseError, match=r"^\$\.plan\.steroids\[0\]\.mg: expected a number"):
        _steroid_of(Decimal(number))


def _steroid_of(mg: Decimal) -> Case:
    return case_of(_changed((*P, "steroids"), [{"drug": "x", "mg": mg}]))


def test_a_float_is_the_decimal_as_written():
    assert _steroid_of(0.1).plan.steroids[0].mg == Decimal("0.1")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "expected JSON (Expecting property name enclosed in double quotes"),
        ("[NaN]", "expected JSON (NaN is not JSON)"),
        ("[" * 100_000, "expected JSON (nested too deeply)"),
    ],
)
def test_what_is_no_json(text, says):
    with pytest.raises(CaseError) as caught:
        load_json(text)
    assert caught.value.path == "$"
    assert caught.value.expected.startswith(says)


def test_a_field_that_stands_twice_is_named():
    with pytest.raises(CaseError) as caught:
        case_of(load_json('{"pack": "a", "on b": 1, "on b": 2, "pack": "c", "x": 1, "x": 2}'))
    assert (caught.value.path, caught.value.expected) == ("$.pack", "expected each field once")

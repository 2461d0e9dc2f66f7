"""What is usual by site: a thumb base is no knee, and of an unknown joint nothing is guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from support.vocabulary import CATALOGUE

from clinicdesk.catalogue.strict import parse
from clinicdesk.catalogue.usual_plans import read_doses, read_usual
from clinicdesk.domain.anatomy import usual_plan
from clinicdesk.domain.errors import Malformed
from clinicdesk.domain.procedures import Steroid

JOINT = CATALOGUE.procedure("joint.injection")


@pytest.mark.parametrize(
    ("sites", "mg"),
    [
        (("knee left",), "40"),
        (("Knees  BILATERAL",), "40"),
        (("hip right", "shoulder left"), "40"),
        (("thumb base left",), "10"),
        (("wrist right",), "10"),
        (("acromioclavicular joint left", "wrist left"), "10"),
        (("elbow left",), None),
        (("great toe left",), None),
        (("knee left", "wrist left"), None),
        (("knee left", "great toe left"), None),
        ((), None),
        (("not a site",), None),
    ],
)
def test_the_usual_steroid_of_a_joint_goes_by_its_size(sites, mg):
    plan = usual_plan(JOINT, sites)
    assert plan.steroids == (Steroid("triamcinolone", Decimal(mg) if mg else None),)
    assert [key for key, __ in plan.medications] == ["triamcinolone-40", "lidocaine-1"]
    assert plan.dosed is (mg is not None)


def test_where_no_class_is_told_the_usual_plan_holds_everywhere():
    bursa = CATALOGUE.procedure("soft_tissue.injection")
    assert usual_plan(bursa, ("great trochanter left",)) == bursa.usual
    assert bursa.usual.dosed


def test_usual_doses_lie_in_their_range_and_below_the_ceiling_of_a_session():
    ceilings = CATALOGUE.safety.ceilings
    for kind in CATALOGUE.procedures.values():
        for doses in kind.doses:
            assert doses.source
            assert doses.verify
            assert all(doses.most_mg <= ceilings[drug].mg for drug in doses.drugs)
            assert all(s.drug in doses.drugs for s in doses.steroids)
        for plan in (kind.usual, *kind.doses):
            for steroid in plan.steroids:
                assert steroid.mg is None or steroid.mg <= ceilings[steroid.drug].mg


USUAL = """
intent = "therapeutic"
medications = [{ product = "triamcinolone-40" }]
[[at]]
class = "small"
sites = ["Wrist"]
medications = [{ product = "triamcinolone-40", ml = 0.25 }]
range_of = ["triamcinolone"]
least_mg = 5
most_mg = 20
source = "somewhere"
"""
TWICE = USUAL[USUAL.index("[[at]]") :].replace('"small"', '"large"').replace("Wrist", "wrist")


def _read(text):
    table = parse(text, "own.toml")
    doses = read_doses(table, CATALOGUE.products)
    return read_usual(table, CATALOGUE.products, by_site=bool(doses)), doses


def test_a_clinic_writes_its_own_classes():
    usual, (small,) = _read(USUAL)
    assert usual.steroids == (Steroid("triamcinolone", None),)
    assert small.sites == {"wrist"}
    assert small.steroids == (Steroid("triamcinolone", Decimal(10)),)
    assert (small.least_mg, small.most_mg, small.verify) == (5, 20, False)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (USUAL.replace('-40" }', '-40", ml = 1 }'), 3, "goes by class of site"),
        (USUAL.replace(", ml = 0.25", ""), 7, "is missing"),
        (USUAL.replace("0.25", "0.1"), 7, "outside its own range"),
        (USUAL.replace("0.25", "0.6"), 7, "outside its own range"),
        (USUAL.replace("= 5", "= 21"), 10, "less than"),
        (USUAL.replace('["triam', '["prednisone", "triam'), 8, "is unknown"),
        (USUAL.replace('source = "somewhere"', ""), 4, "is missing"),
        (USUAL + 'colour = "red"', 12, "is unknown"),
        (USUAL + TWICE, 14, "stands in two classes"),
        (USUAL[: USUAL.index("[[at]]")], 3, "is missing"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_line(text, line, says):
    with pytest.raises(Malformed) as refused:
        _read(text)
    assert f"own.toml, line {line}" in str(refused.value)
    assert says in str(refused.value)


def test_the_least_and_most_of_a_range_are_inside_it():
    for ml in ("0.125", "0.5"):
        assert _read(USUAL.replace("0.25", ml))[1][0].steroids[0].mg in (5, 20)

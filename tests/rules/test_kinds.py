"""Each kind of rule is made of its fields, is put into words, and refuses what cannot be meant."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from support.vocabulary import VOCABULARY, selector

from clinicdesk.domain.anatomy import Sort, parse_site
from clinicdesk.domain.procedures import Guidance, Steroid
from clinicdesk.domain.spans import Span
from clinicdesk.rules.case import Case, Entry, Plan, State
from clinicdesk.rules.kinds import REGISTRY
from clinicdesk.rules.kinds.base import Contradiction, Head
from clinicdesk.rules.kinds.block import Block
from clinicdesk.rules.kinds.cap import Cap
from clinicdesk.rules.kinds.dose import Dose
from clinicdesk.rules.kinds.drugs import Drugs
from clinicdesk.rules.kinds.early import Early
from clinicdesk.rules.kinds.gap import Gap
from clinicdesk.rules.kinds.guidance import Choice, GuidedBy
from clinicdesk.rules.kinds.joints import PlannedArthroplasty, Prosthesis
from clinicdesk.rules.kinds.later import LaterBooked
from clinicdesk.rules.kinds.limits import Limits
from clinicdesk.rules.kinds.mix import Mix
from clinicdesk.rules.kinds.prerequisite import Prerequisite
from clinicdesk.rules.kinds.prolonged import Prolonged
from clinicdesk.rules.kinds.reason import AlwaysReason
from clinicdesk.rules.kinds.response import SustainedResponse
from clinicdesk.rules.kinds.succeeded import Succeeded
from clinicdesk.rules.pack import Pack
from clinicdesk.rules.selector import SessionKind
from clinicdesk.rules.sessions import Past, Scope

PACK = Pack("x", "X", "1", date(2026, 1, 1), "LCD", "", {}, (), VOCABULARY)
HEAD = Head("x", "x", "X", "LCD", "2026", date(2026, 1, 1), None, None, verified=True)
PLANS = selector(groups=frozenset({"esi"}))
ESI = SessionKind("esi", "epidural", PLANS)
RFA = SessionKind("rfa", "radiofrequency", selector(groups=frozenset({"rfa"})))
YEAR, QUARTER, MONTH = Span(12, "month"), Span(3, "month"), Span(1, "month")
FORTNIGHT, HALF = Span(14, "day"), Fraction(1, 2)
SPOT = Scope.SPOT
PAST: dict[str, Any] = {"window": YEAR, "sessions": ESI, "scope": SPOT}
ELSE = Choice("", (Guidance.CT,), contrast=True)
PREGNANT = Choice("pregnant", (), contrast=None)

CAP = {**PAST, "limit": 4}
GAP = {**PAST, "wait": QUARTER, "failed_wait": None, "relief": None}
EARLY: dict[str, Any] = {
    "within": QUARTER, "sessions": ESI, "scope": SPOT, "because": "it is said to last.",
}  # fmt: skip
PROLONGED: dict[str, Any] = {**PAST, "after": YEAR, "says": "Say why."}
SUCCEEDED = {**PAST, "relief": HALF, "lasting": QUARTER}
BLOCK = {**PAST, "relief": HALF, "wait": None}
RESPONSE = {**PAST, "relief": HALF, "lasting": QUARTER, "retry": None, "repeats_only": None}
PREREQUISITE = {**PAST, "count": 2, "relief": HALF, "window": None, "unless": None,
                "unless_window": None, "in_a_row": None}  # fmt: skip
LIMITS = dict.fromkeys(
    ("regions", "one_procedure", "levels", "per_side", "one_sided", "contiguous")
)
DRUGS = {"reason": ("a",), "fine": ("b", "c"), "because": "it clots"}


def _built(kind: str, fields: dict[str, Any]) -> Any:
    assert set(fields) == set(REGISTRY[kind].fields)
    return REGISTRY[kind].build(HEAD, PLANS, fields)


@pytest.mark.parametrize(
    ("kind", "fields", "rule"),
    [
        ("cap", CAP, Cap(HEAD, PLANS, 4, YEAR, ESI, SPOT)),
        ("gap", GAP, Gap(HEAD, PLANS, QUARTER, YEAR, ESI, SPOT, None, None)),
        (
            "gap",
            {**GAP, "failed_wait": FORTNIGHT, "relief": HALF},
            Gap(HEAD, PLANS, QUARTER, YEAR, ESI, SPOT, FORTNIGHT, HALF),
        ),
        ("prolonged", PROLONGED, Prolonged(HEAD, PLANS, YEAR, YEAR, ESI, SPOT, "Say why")),
        ("succeeded", SUCCEEDED, Succeeded(HEAD, PLANS, HALF, QUARTER, YEAR, ESI, SPOT)),
        ("early", EARLY, Early(HEAD, PLANS, QUARTER, ESI, SPOT, "it is said to last")),
        ("block", BLOCK, Block(HEAD, PLANS, HALF, YEAR, ESI, SPOT, None)),
        (
            "block",
            {**BLOCK, "wait": FORTNIGHT},
            Block(HEAD, PLANS, HALF, YEAR, ESI, SPOT, FORTNIGHT),
        ),
        (
            "response",
            RESPONSE,
            SustainedResponse(
                HEAD, PLANS, HALF, QUARTER, YEAR, ESI, SPOT, None, repeats_only=False
            ),
        ),
        (
            "response",
            {**RESPONSE, "retry": FORTNIGHT, "repeats_only": True},
            SustainedResponse(
                HEAD, PLANS, HALF, QUARTER, YEAR, ESI, SPOT, FORTNIGHT, repeats_only=True
            ),
        ),
        ("prerequisite", PREREQUISITE, Prerequisite(HEAD, PLANS, 2, HALF, ESI, SPOT, *[None] * 3)),
        (
            "prerequisite",
            {**PREREQUISITE, "window": QUARTER, "unless": RFA, "unless_window": YEAR},
            Prerequisite(HEAD, PLANS, 2, HALF, ESI, SPOT, QUARTER, RFA, YEAR),
        ),
        (
            "limits",
            {**LIMITS, "regions": 1},
            Limits(HEAD, PLANS, 1, False, {}, False, frozenset(), False),
        ),
        (
            "limits",
            {
                "regions": None,
                "one_procedure": True,
                "levels": {"esi.caudal": 1},
                "per_side": True,
                "one_sided": ("esi.caudal",),
                "contiguous": True,
            },
            Limits(
                HEAD, PLANS, None, True, {"esi.caudal": 1}, True, frozenset({"esi.caudal"}), True
            ),
        ),
        ("guidance", {"choices": (PREGNANT, ELSE)}, GuidedBy(HEAD, PLANS, (PREGNANT, ELSE))),
        ("dose", {"ceilings": {"a": HALF}}, Dose(HEAD, PLANS, {"a": HALF})),
        (
            "drugs",
            DRUGS,
            Drugs(HEAD, PLANS, frozenset("a"), frozenset("bc"), "it clots"),
        ),
        ("prosthesis", {}, Prosthesis(HEAD, PLANS)),
        ("arthroplasty", {"within": QUARTER}, PlannedArthroplasty(HEAD, PLANS, QUARTER)),
        ("mix", {"groups": ("esi", "tpi")}, Mix(HEAD, PLANS, ("esi", "tpi"))),
        ("reason", {"says": "Say why."}, AlwaysReason(HEAD, PLANS, "Say why")),
        ("reason", {"says": "Say why: R.X"}, AlwaysReason(HEAD, PLANS, "Say why: R.X")),
        ("later", {}, LaterBooked(HEAD, PLANS)),
    ],
)
def test_a_rule_is_made_of_its_fields(kind, fields, rule):
    assert _built(kind, fields) == rule


TOGETHER = "“failed_wait” and “relief” go together: the shorter wait, and below which relief."
UNLESS = "“unless” and “unless_window” go together: after what, and for how long."
NEVER = "must be shorter than the window, else it is never met."


@pytest.mark.parametrize(
    ("kind", "fields", "key", "sentence"),
    [
        ("gap", {**GAP, "failed_wait": FORTNIGHT}, "failed_wait", TOGETHER),
        ("gap", {**GAP, "relief": HALF}, "relief", TOGETHER),
        ("gap", {**GAP, "wait": YEAR}, "wait", NEVER),
        (
            "gap",
            {**GAP, "failed_wait": QUARTER, "relief": HALF},
            "failed_wait",
            "must be shorter than “wait”.",
        ),
        ("block", {**BLOCK, "wait": YEAR}, "wait", NEVER),
        (
            "response",
            {**RESPONSE, "lasting": YEAR},
            "lasting",
            "must be shorter than the window, else it is never asked.",
        ),
        ("response", {**RESPONSE, "retry": YEAR}, "retry", NEVER),
        (
            "succeeded",
            {**SUCCEEDED, "lasting": YEAR},
            "lasting",
            "must be shorter than the window, else it is never asked.",
        ),
        ("prerequisite", {**PREREQUISITE, "unless": RFA}, "unless", UNLESS),
        ("prerequisite", {**PREREQUISITE, "unless_window": YEAR}, "unless_window", UNLESS),
        (
            "prerequisite",
            {**PREREQUISITE, "in_a_row": True, "count": 1},
            "in_a_row",
            "says nothing of a single one: “count” must be above 1.",
        ),
        (
            "limits",
            {**LIMITS, "levels": {"tpi": 1, "esi.caudal": 1, "facet.rfa": 2}},
            "levels",
            "the rule does not apply to facet.rfa, tpi.",
        ),
        (
            "limits",
            {**LIMITS, "one_sided": ("tpi",)},
            "one_sided",
            "the rule does not apply to tpi.",
        ),
        (
            "limits",
            {**LIMITS, "per_side": True},
            "levels",
            "this rule limits nothing: give at least one limit.",
        ),
        (
            "guidance",
            {"choices": (ELSE, ELSE)},
            "choices",
            "two of them are for the same patients.",
        ),
        (
            "guidance",
            {"choices": (ELSE, PREGNANT)},
            "choices",
            "the last one must be for everybody else (without “when”).",
        ),
        (
            "drugs",
            {**DRUGS, "reason": ("c", "b", "a")},
            "fine",
            "b, c stands under “reason” too.",
        ),
    ],
)
def test_fields_that_cannot_all_be_meant(kind, fields, key, sentence):
    with pytest.raises(Contradiction) as caught:
        _built(kind, fields)
    assert (caught.value.key, caught.value.sentence) == (key, sentence)
    assert str(caught.value) == f"{key}: {sentence}"


LEVELS = {"esi.transforaminal": 2, "esi.caudal": 1, "esi.interlaminar": 1}
WORDS = [
    ("cap", {**CAP, "limit": 1}, "at most 1 epidural session in any 12 months, this one included"),
    ("cap", {**CAP, "limit": 2}, "at most 2 epidural sessions in any 12 months, this one included"),
    ("gap", GAP, "not before 3 months after the last epidural session"),
    ("gap", {**GAP, "failed_wait": FORTNIGHT, "relief": HALF},
     ("not before 3 months after the last epidural session; 14 days where it brought less than "
      "50 % relief")),
    ("prolonged", PROLONGED,
     ("a reason beyond 12 months after the first of epidural sessions that follow one another "
      "within 12 months: Say why")),
    ("succeeded", SUCCEEDED,
     "a reason where the last epidural session brought 50 % relief for 3 months"),
    ("early", EARLY, "a reason within 3 months after the last epidural session"),
    ("block", BLOCK,
     "the last epidural session brought 50 % relief or more; otherwise a reason"),
    ("response", RESPONSE,
     "the last epidural session brought 50 % relief for 3 months; otherwise a reason"),
    ("prerequisite", {**PREREQUISITE, "window": QUARTER},
     ("2 epidural sessions, each with 50 % relief or more, within 3 months; otherwise a "
      "reason")),
    ("prerequisite", {**PREREQUISITE, "in_a_row": True},
     "the last 2 epidural sessions, each with 50 % relief or more; otherwise a reason"),
    ("limits", {**LIMITS, "regions": 2, "levels": LEVELS, "per_side": True, "contiguous": True},
     ("at most 2 spinal regions; 1 level of caudal epidurals and interlaminar epidurals on each "
      "side; 2 levels of transforaminal epidurals on each side; neighbouring levels")),
    ("dose", {"ceilings": {"a": HALF}},
     "at most a 0.5 mg; of several together their share of it"),
    ("drugs", DRUGS, "a reason for a; none for b and c; any other drug cannot be judged"),
    ("prosthesis", {}, "a reason where the joint is a prosthesis"),
    ("reason", {"says": "Say why."}, "always a reason: Say why"),
    ("guidance", {"choices": (PREGNANT, ELSE)},
     "in pregnancy: none without a reason; else: CT with contrast"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "fields", "words"), WORDS)
def test_a_rule_in_words(kind, fields, words):
    assert _built(kind, fields).terms() == words


@pytest.mark.parametrize(
    ("mg", "words"),
    [
        ("80", "80 mg"),
        ("7.50", "7.5 mg"),
        ("100", "100 mg"),
        ("0.125", "0.125 mg"),
        ("15.00001", "15.00001 mg"),
        ("0.1", "0.1 mg"),
    ],
)
def test_milligrams_without_needless_zeros(mg, words):
    assert f"at most a {words};" in _built("dose", {"ceilings": {"a": Fraction(mg)}}).terms()


@pytest.mark.parametrize(
    ("planned", "status", "says"),
    [
        (["b"], "ok", "B is fine here"),
        (["c", "b", "c"], "ok", "B and c are fine here"),
        (["b", "e"], "cannot-determine", "E is not classed here: it clots"),
        (["e", "b", "d", "f"], "cannot-determine", "D, e and f are not classed here: it clots"),
        (["e", "a"], "needs-reason", "A: it clots"),
    ],
)
def test_drugs_are_named_once_each_in_order(planned, status, says):
    steroids = tuple(Steroid(drug, Decimal(1)) for drug in planned)
    case = Case("x", date(2026, 1, 1), Plan("esi.caudal", (), steroids=steroids))
    outcome = _built("drugs", DRUGS).bind(Past(case, VOCABULARY, PACK.muscles)).outcome(case.on)
    assert (outcome.status, outcome.said) == (status, says)


CAUDAL = (parse_site("caudal midline", Sort.CAUDAL),)
ASKED = Case(
    "x",
    date(2026, 6, 1),
    Plan("esi.caudal", CAUDAL),
    history=(Entry("a", date(2026, 1, 31), State.DONE, "esi.caudal", CAUDAL),),
)


@pytest.mark.parametrize(
    ("kind", "fields", "says"),
    [
        ("cap", CAP, "1 of 4 epidural sessions falls in the 12 months before 1 Jun 2026"),
        (
            "gap",
            GAP,
            "The last epidural session was on 31 Jan 2026 and 3 months are over on 1 Jun 2026",
        ),
        (
            "block",
            BLOCK,
            "The epidural session of 31 Jan 2026 has no pain score before and right after it",
        ),
        (
            "response",
            RESPONSE,
            "The epidural session of 31 Jan 2026 has no score that shows 50 % relief for 3 months",
        ),
        (
            "prerequisite",
            PREREQUISITE,
            (
                "0 of 2 epidural sessions brought at least 50 % relief; no pain score before and "
                "right after that of 31 Jan 2026"
            ),
        ),
    ],
)
def test_of_the_whole_patient_no_place_is_named(kind, fields, says):
    bound = _built(kind, {**fields, "scope": Scope.PATIENT}).bind(
        Past(ASKED, VOCABULARY, PACK.muscles)
    )
    assert bound.outcome(ASKED.on).said == says

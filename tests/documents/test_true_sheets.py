"""What a sheet says is true of this patient, place and country: the printed words tell."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from support import pages
from support.reading import grade
from support.sheets import CASES, IDS, catalogue, full_facts, library, plain_facts

from clinicdesk.documents.render import render
from clinicdesk.documents.wording import Wording
from clinicdesk.domain.rows.documents import NoneSaid, SheetFacts
from clinicdesk.domain.rows.people import AllergyRow
from clinicdesk.safety.recorded import allergic_to

pytestmark = pytest.mark.slow

TF = ("esi.transforaminal", ("L5 left",), "therapeutic")
SPINE = ("esi.", "facet.", "sij.", "sympathetic.")
JOINTS = ("joint.", "soft_tissue.")
Case = tuple[str, tuple[str, ...], str]


def printed(kind: str, facts: SheetFacts) -> str:
    texts = library().pick(kind, facts.procedure, "en")
    return pages.words_of(render(kind, facts, texts, "letter").pdf)


def allergic(facts: SheetFacts, *substances: str) -> SheetFacts:
    return replace(facts, allergies=substances, allergic_to=known(facts, *substances))


def known(facts: SheetFacts, *substances: str) -> dict[str, tuple[str, ...]]:
    """Classes of allergy by the checks' words, as the service of the sheets asks for them."""
    rows = [AllergyRow(0, each, "drug", "", "") for each in substances]
    steroids = [text.partition(" ")[0] for text in facts.steroids]
    return allergic_to(rows, steroids, catalogue().safety)


# -- allergies -------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_who_is_allergic_is_promised_none_of_it(case: Case) -> None:
    facts = replace(plain_facts(*case), contrast=True)
    text = printed("consent", allergic(facts, "IV dye", "lidocaine", "Kenalog"))
    assert "A little dye" not in text
    assert "We numb the skin" not in text
    assert "inject numbing" not in text
    assert "inject a little numbing" not in text
    assert "inject a small amount of numbing" not in text
    assert "Numbing injection" not in text
    assert not any(steroid in text for steroid in facts.steroids)
    assert "The steroid calms" not in text
    assert "You told us you are allergic to IV dye." in text
    assert "You told us you are allergic to lidocaine." in text
    assert ("You told us you are allergic to Kenalog." in text) == bool(facts.steroids)


def test_who_is_not_allergic_hears_of_dye_and_numbing() -> None:
    text = printed("consent", plain_facts(*TF))
    for words in ("A little dye", "We numb the skin", "dexamethasone 10 mg"):
        assert words in text
    assert "allergic to" not in text


@pytest.mark.parametrize(
    ("substance", "classes"),
    [
        ("IV dye (anaphylaxis)", {"contrast"}), ("Iodinated contrast", {"contrast"}),
        ("OMNIPAQUE", {"contrast"}), ("x-ray dye", {"contrast"}),
        ("Povidone-iodine", set()), ("Shellfish", set()), ("Gadolinium contrast", set()),
        ("Novocain", {"anaesthetic"}), ("local anesthetics", {"anaesthetic"}),
        ("Kenalog-40", {"steroid"}), ("Depo-Medrol", {"steroid"}), ("Latex", set()),
        ("Penicillin", set()), ("Iodine", {"contrast"}), ("dye", {"contrast"}), ("Hair dye", set()),
        ("No allergy to lidocaine", set()), ("numbing medicine", {"anaesthetic"}),
        ("Macrogol", set()),
    ],
)  # fmt: skip
def test_allergies_are_known_by_their_names(substance: str, classes: set[str]) -> None:
    assert known(plain_facts(*TF), substance).keys() == classes


# -- steroid, test, region -------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES, ids=IDS)
@pytest.mark.parametrize("intent", ["therapeutic", "diagnostic"])
@pytest.mark.parametrize("kind", ["consent", "aftercare"])
def test_help_without_a_steroid_does_not_speak_of_one(kind: str, intent: str, case: Case) -> None:
    facts = replace(full_facts(*case), steroids=(), intent=intent)
    assert "teroid" not in printed(kind, facts)
    assert Wording(facts, library().pick("consent", facts.procedure, "en")).lines("help")


def test_only_if_it_helped_is_not_said_of_a_test() -> None:
    treated = full_facts("facet.block", ("L4-L5 left",), "therapeutic")
    assert "Only if it helped" in printed("aftercare", treated)
    tested = full_facts("facet.block", ("L4-L5 left",), "diagnostic")
    text = printed("aftercare", tested)
    assert "You may have this again from" in text
    assert "Only if it helped" not in text


@pytest.mark.parametrize(
    ("procedure", "lumbar", "others"),
    [
        ("esi.interlaminar", "L4-L5 midline", ("T8-T9 midline", "C7-T1 left")),
        ("esi.transforaminal", "L5 left", ("C6 left", "T8 left")),
        ("facet.block", "L4-L5 left", ("T6-T7 left", "C5-C6 left")),
        ("facet.rfa", "L4-L5 left", ("T6-T7 left", "C5-C6 left")),
    ],
)
def test_figures_of_the_lower_back_are_told_of_the_lower_back_only(
    procedure: str, lumbar: str, others: tuple[str, ...]
) -> None:
    def figures(site: str) -> set[tuple[int, int]]:
        facts = plain_facts(procedure, (site,), "therapeutic")
        wording = Wording(facts, library().pick("consent", procedure, "en"))
        return {(risk.count, risk.out_of) for risk in wording.risks() if risk.known}

    assert figures(lumbar)
    for site in others:
        neck = procedure == "esi.interlaminar" and site.startswith("C")
        assert figures(site) == ({(51, 10000)} if neck else set())
        text = printed("consent", plain_facts(procedure, (site,), "therapeutic"))
        assert "How often is not known" in text
        assert "6 to 12 months" not in text


@pytest.mark.parametrize(
    ("procedure", "site", "near"),
    [
        ("tpi", "scalenes left", True), ("tpi", "pectoralis major right", True),
        ("tpi", "thoracic paraspinal left", True), ("tpi", "gluteus medius left", False),
        ("nerve.block", "supraclavicular right", True), ("nerve.block", "intercostal left", True),
        ("nerve.block", "greater occipital left", False), ("nerve.block", "genicular left", False),
        ("facet.block", "T6-T7 left", True), ("facet.block", "L4-L5 left", False),
        ("sympathetic.block", "stellate ganglion left", True),
        ("sympathetic.block", "L2 right", False), ("sympathetic.block", "T4 left", True),
        ("joint.injection", "sternoclavicular joint left", True),
        ("joint.injection", "knee left", False),
        ("tpi", "a muscle nobody described left", True),
    ],
)  # fmt: skip
def test_air_around_the_lung_is_told_wherever_a_needle_may_reach_it(
    procedure: str, site: str, near: bool
) -> None:
    facts = plain_facts(procedure, (site,), "therapeutic")
    assert ("air in around the lung" in printed("consent", facts)) == near
    assert ("sharp pain when you breathe in" in printed("aftercare", facts)) == near


# -- X-rays, diabetes, infection, sleep ------------------------------------------------------


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_x_rays_are_told_where_they_are_used(case: Case) -> None:
    for guidance, words in (("fluoroscopy", "We use X-rays."), ("ct", "We use a CT scanner.")):
        text = printed("consent", replace(plain_facts(*case), guidance=guidance))
        assert words in text
        assert "risk of cancer" in text
    text = printed("consent", replace(plain_facts(*case), guidance="ultrasound"))
    assert "cancer" not in text


def test_who_is_pregnant_is_told_what_x_rays_mean() -> None:
    facts = replace(plain_facts(*TF), pregnant=True)
    assert "You told us that you are pregnant. X-rays can harm" in printed("consent", facts)
    assert "pregnant. X-rays" not in printed("consent", replace(facts, guidance="ultrasound"))


@pytest.mark.parametrize("case", CASES, ids=IDS)
@pytest.mark.parametrize("known", [True, False])
def test_every_steroid_has_a_line_on_diabetes(case: Case, known: bool) -> None:
    facts = replace(plain_facts(*case), steroids=("dexamethasone 4 mg",), has_diabetes=known)
    words = "ou have diabetes"
    assert words in printed("consent", facts)
    assert words in printed("aftercare", facts)
    without = replace(facts, steroids=())
    assert words not in printed("aftercare", without)


@pytest.mark.parametrize("case", CASES, ids=IDS)
@pytest.mark.parametrize("waits", [True, False])
def test_an_allergy_takes_no_line_on_diabetes_from_a_plan_with_a_steroid(
    case: Case, waits: bool
) -> None:
    facts = replace(
        plain_facts(*case), steroids=("dexamethasone 4 mg",), has_diabetes=True, waits=waits,
        allergic_to={"steroid": ("dexamethasone",)}, steroid_logged=False,
    )  # fmt: skip
    assert "You have diabetes" in printed("consent", facts)
    assert "You have diabetes: if you had a steroid" in printed("aftercare", facts)


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_an_infection_is_watched_for_six_weeks(case: Case) -> None:
    text = printed("aftercare", plain_facts(*case))
    watched = case[0].startswith((*SPINE, *JOINTS))
    assert ("Watch for these signs for 6 weeks." in text) == watched


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_sleepy_patients_wait_for_24_hours(case: Case) -> None:
    assert "24 hours" in printed("aftercare", plain_facts(*case))


# -- countries -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("country", "call"),
    [
        ("US", "Call 911 or"), ("GB", "Call 999 or"), ("IE", "Call 112 or"), ("DE", "Call 112 or"),
        ("AU", "Call 000 or"), ("", "Call the emergency number if"),
        ("TV", "Call the emergency number if"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("case", [TF, ("joint.injection", ("knee right",), "therapeutic")])
def test_the_number_to_call_is_the_countrys(country: str, call: str, case: Case) -> None:
    facts = replace(full_facts(*case), help=library().help_in(country))
    after, before = printed("aftercare", facts), printed("consent", facts)
    assert call in after
    assert ("call 111 for advice" in after) == (country == "GB")
    home = country == "US"
    assert ("°F" in after) == home
    if not home:
        # As words: the sheet's own number at its foot may hold any letters.
        assert not re.search(r"\b911\b", after)
        assert not re.search(r"\bFDA\b", before)
    if case is TF:
        assert ("No steroid has FDA approval" in before) == home
        assert "off-label" in before


def test_every_country_of_the_list_is_one_and_names_its_source() -> None:
    from clinicdesk.domain.places import countries

    known = library().countries
    assert known.keys() <= countries().keys()
    assert all(help_.emergency.isdigit() for help_ in known.values())
    # The whole European Union calls 112.
    assert sum(help_.emergency == "112" for help_ in known.values()) >= 27


# -- reading ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "most"), [("consent", 8.0), ("aftercare", 6.0)])
@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_what_is_said_to_the_few_is_easy_to_read_too(kind: str, most: float, case: Case) -> None:
    facts = allergic(full_facts(*case), "IV dye", "lidocaine", "Kenalog")
    for each in (
        replace(facts, pregnant=True, help=library().help_in("GB")),
        replace(facts, guidance="ct", help=library().help_in("")),
        replace(facts, pregnant=True, waits=True),
        replace(facts, pregnant=True, agreed=("anaesthetic", "contrast", "pregnant", "steroid")),
    ):
        wording = Wording(each, library().pick(kind, case[0], "en"))
        blocks = (
            "wait",
            "wait_sign",
            "plan",
            "help",
            "note",
            "step",
            "do",
            "dont",
            "call",
            "emergency",
            "thinner",
        )
        said = [wording.words(line.text) for name in blocks for line in wording.lines(name)]
        said += [wording.words(risk.text) for risk in wording.risks()]
        for name, none in (
            ("allergies", NoneSaid()),
            ("thinner", NoneSaid(asked=True, among=True)),
        ):
            said.append(wording.none_said(name, none))
        assert grade(said) <= most


def test_every_procedure_of_the_catalogue_is_tried() -> None:
    assert {case[0] for case in CASES} == set(catalogue().procedures)


# -- not settled, not asked ------------------------------------------------------------------


def test_while_a_physician_has_not_answered_the_consent_says_so_and_settles_nothing() -> None:
    facts = replace(plain_facts(*TF), contrast=True, pregnant=True, waits=True)
    text = printed("consent", allergic(facts, "IV dye", "Kenalog"))
    assert "Not settled yet. Your doctor still has to decide what is safe for you." in text
    assert "please sign only after your doctor has talked with you" in text
    assert text.count("Your doctor will decide what is safe for you, and talk with you") == 2
    assert "and then decide with you" in text
    assert "We do not plan to use dye" not in text
    assert "has decided" not in text


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_who_is_pregnant_is_promised_no_x_rays_before_a_physician_has_decided(case: Case) -> None:
    for guidance in ("fluoroscopy", "ct"):
        facts = replace(plain_facts(*case), guidance=guidance, pregnant=True)
        wording = Wording(facts, library().pick("consent", case[0], "en"))
        plan = [line.text for line in wording.lines("plan")]
        assert any("{where}" in text for text in plan)
        assert not any("X-ray" in text or "CT scanner" in text or "dye" in text for text in plan)
        assert not any("We use" in line.text[:10] for line in wording.lines("note"))
        agreed = Wording(replace(facts, agreed=("pregnant",)), wording.texts)
        assert any("We use" in line.text[:10] for line in agreed.lines("note"))


def test_what_a_physician_let_pass_is_not_told_as_open() -> None:
    agreed = ("contrast", "pregnant", "steroid")
    facts = replace(plain_facts(*TF), contrast=True, pregnant=True, agreed=agreed)
    text = printed("consent", allergic(facts, "IV dye", "Kenalog"))
    assert text.count("Your doctor knows this and has decided what to do.") == 3
    assert "Not settled yet" not in text
    assert "will decide" not in text


ASKED = date(2026, 11, 20)


@pytest.mark.parametrize("kind", ["consent", "aftercare"])
@pytest.mark.parametrize(
    ("said", "allergies", "thinner"),
    [
        (NoneSaid(), "Allergies Not asked yet: please tell us",
         "Blood thinner Not asked yet: please tell us"),
        (NoneSaid(asked=True), "Allergies You told us: none", "Blood thinner You told us: none"),
        (NoneSaid(asked=True, on=ASKED), "Allergies You told us: none (20 Nov 2026)",
         "Blood thinner You told us: none (20 Nov 2026)"),
        (NoneSaid(asked=True, among=True), "Allergies You told us: none",
         "Blood thinner None among your medicines"),
    ],
)  # fmt: skip
def test_an_empty_list_says_whether_anybody_has_asked(
    kind: str, said: NoneSaid, allergies: str, thinner: str
) -> None:
    text = printed(kind, replace(plain_facts(*TF), no_allergies=said, no_thinner=said))
    assert allergies in text
    assert thinner in text
    assert "None on record" not in text

"""What blocks signing, one field at a time, and what only warns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import pytest
from support.vocabulary import CATALOGUE, VOCABULARY

from clinicdesk.domain.log_checks import LogContext, missing, sites_differ
from clinicdesk.domain.log_warnings import anaesthetic_load, warnings
from clinicdesk.domain.procedures import Caution, Guidance, Intent, Procedure, Product, UsualPlan
from clinicdesk.domain.rows.log import LogForm, MedicationEntry
from clinicdesk.domain.rows.people import AllergyRow

TODAY = date(2026, 11, 24)
OSEI = 7


CAUTIONS = {
    "intrathecal_contrast": Caution("labels", verify=False),
    "particulate_cervical": Caution("FDA Safe Use", verify=True),
}


def _procedure(
    key: str, group: str, sort: str, *, contrast: bool | None, cautions: dict[str, Caution]
) -> Procedure:
    usual = UsualPlan(Intent.THERAPEUTIC, Guidance.FLUOROSCOPY, contrast, ())
    return Procedure(
        key, group, "EPI", key, key, key, sort, (), ("left", "right", "bilateral"),
        "intermediate", "", 30, (), (Intent.THERAPEUTIC,), usual,
        counted=key, midline=sort == "free", noun="place", mark="ring", cautions=cautions,
    )  # fmt: skip


TFESI = _procedure("esi.transforaminal", "esi", "root", contrast=True, cautions=CAUTIONS)
KNEE = _procedure("joint.injection", "joint", "free", contrast=None, cautions={})
PRODUCTS = {
    item.key: item
    for item in (
        Product("dexa", "dexamethasone", "Dexamethasone 10 mg/mL", "steroid", Decimal(10), "mg",
                particulate=False, intrathecal=None, source="label"),
        Product("depo", "methylprednisolone", "Methylprednisolone 80 mg/mL", "steroid", Decimal(80),
                "mg", particulate=True, intrathecal=None, source="label"),
        Product("lido", "lidocaine", "Lidocaine 1%", "local_anaesthetic", Decimal(10), "mg",
                particulate=None, intrathecal=None, source="label"),
        Product("bupi", "bupivacaine", "Bupivacaine 0.25%", "local_anaesthetic", Decimal("2.5"),
                "mg", particulate=None, intrathecal=None, source="label"),
        Product("iohexol", "iohexol", "Iohexol 300", "contrast", Decimal(300), "mgI",
                particulate=None, intrathecal=True, source="label"),
        Product("iodixanol", "iodixanol", "Iodixanol 320", "contrast", Decimal(320), "mgI",
                particulate=None, intrathecal=False, source="boxed warning"),
    )
}  # fmt: skip


@dataclass(frozen=True)
class Limit:
    mg_per_kg: Decimal
    cap_mg: Decimal
    source: str = "US label"
    verify: bool = False


LIMITS = {
    "lidocaine": Limit(Decimal("4.5"), Decimal(300)),
    "bupivacaine": Limit(Decimal("2.5"), Decimal(175)),
}


def line(product: str, volume: str, **more: object) -> MedicationEntry:
    amount = PRODUCTS[product].per_ml * Decimal(volume)
    base = MedicationEntry(
        product, Decimal(volume), amount, PRODUCTS[product].unit, "DX4471", date(2028, 4, 30)
    )
    return replace(base, **more)


COMPLETE = LogForm(
    patient_id=1, appointment_id=2, planned_id=3, procedure="esi.transforaminal",
    sites=("L5 left",), intent="therapeutic", performed_on=TODAY, physician_id=OSEI, room_id=4,
    guidance="fluoroscopy", contrast=True, fluoroscopy_seconds=Decimal(18),
    air_kerma_mgy=Decimal("2.4"),
    medications=(line("dexa", "1"), line("iohexol", "1.5")),
    pain_before=Decimal(7), pain_after=Decimal(2), complications=("none",),
    scale="NRS",
)  # fmt: skip
CONTEXT = LogContext(TODAY, VOCABULARY.scales, OSEI, "Dr. Osei", ("L5 left",))


def asked(form: LogForm, context: LogContext = CONTEXT, procedure: Procedure | None = TFESI):
    return missing(form, procedure, PRODUCTS, context)


def test_a_complete_log_may_be_signed():
    assert asked(COMPLETE) == {}


BLOCKED = [
    ({"sites": ()}, "sites", "Choose the site"),
    ({"sites": ("L4-L5 left",)}, "sites", "nerve root"),
    ({"sites": ("L5",)}, "sites", "no side"),
    ({"sites": ("L5 left", "L5 bilateral")}, "sites", "given twice"),
    ({"intent": "diagnostic"}, "intent", "diagnostic or therapeutic"),
    ({"guidance": ""}, "guidance", "guided"),
    ({"fluoroscopy_seconds": None}, "fluoroscopy_seconds", "exposure time"),
    ({"fluoroscopy_seconds": Decimal(72000)}, "fluoroscopy_seconds", "cannot be right"),
    ({"air_kerma_mgy": None}, "air_kerma_mgy", "air kerma"),
    ({"contrast": None}, "contrast", "whether contrast"),
    ({"contrast": False}, "contrast", "say Yes, or remove"),
    ({"medications": (line("dexa", "1"),)}, "contrast", "add it"),
    ({"medications": (), "contrast": False}, "medications", "what was given"),
    ({"pain_before": None}, "pain_before", "pain before"),
    ({"pain_after": Decimal(11)}, "pain_after", "between 0 and 10"),
    ({"complications": ()}, "complications", "or None"),
    ({"complications": ("none", "vasovagal")}, "complications", "beside"),
    ({"complications": ("other",)}, "note", "Describe"),
    ({"aborted": True}, "note", "given up"),
    ({"performed_on": date(2026, 11, 25)}, "performed_on", "later day"),
    ({"physician_id": 8}, "physician_id", "Only Dr. Osei can sign"),
    ({"sites": ("L5 right",)}, "side_change_reason", "Booked was L5 left"),
]


@pytest.mark.parametrize(("change", "field", "words"), BLOCKED)
def test_each_gap_is_named_at_its_field(change, field, words):
    found = asked(replace(COMPLETE, **change))
    assert list(found) == [field]
    assert words in found[field]


LINES = [
    ({"product": ""}, "product", "Choose the product"),
    ({"volume_ml": None}, "volume_ml", "Type the volume"),
    ({"volume_ml": Decimal(-1)}, "volume_ml", "cannot be right"),
    ({"volume_ml": Decimal(700)}, "volume_ml", "cannot be right"),
    ({"dose": Decimal(11)}, "dose", "does not match"),
    ({"lot": " "}, "lot", "Type the lot"),
    ({"expiry": None}, "expiry", "Type the expiry of lot DX4471"),
    ({"expiry": date(2026, 10, 31)}, "expiry", "expired in October 2026"),
]


@pytest.mark.parametrize(("change", "field", "words"), LINES)
def test_each_gap_of_a_line_is_named_at_its_cell(change, field, words):
    entries = (replace(line("dexa", "1"), **change), line("iohexol", "1.5"))
    found = asked(replace(COMPLETE, medications=entries))
    assert list(found) == [f"medications.0.{field}"]
    assert words in found[f"medications.0.{field}"]


def test_a_lot_valid_to_the_end_of_this_month_may_be_used():
    entries = (line("dexa", "1", expiry=date(2026, 11, 30)), line("iohexol", "1.5"))
    assert asked(replace(COMPLETE, medications=entries)) == {}


def test_expiry_is_judged_on_the_day_of_the_procedure():
    entries = (line("dexa", "1", expiry=date(2026, 10, 31)), line("iohexol", "1.5"))
    late = replace(COMPLETE, medications=entries, performed_on=date(2026, 10, 30))
    assert asked(late) == {}


def test_a_reason_stands_in_for_what_cannot_be_read():
    entries = (
        line("dexa", "1", lot="", expiry=None, no_lot_reason="Label torn off"),
        line("iohexol", "1.5"),
    )
    form = replace(
        COMPLETE,
        medications=entries,
        fluoroscopy_seconds=None,
        air_kerma_mgy=None,
        radiation_reason="Counter was broken",
    )
    assert asked(form) == {}


def test_a_different_side_needs_a_reason_and_then_signs():
    form = replace(COMPLETE, sites=("L5 right",), side_change_reason="Pain is on the right today")
    assert asked(form) == {}


def test_left_and_right_are_the_same_as_bilateral():
    form = replace(COMPLETE, sites=("L5 left", "L5 right"))
    assert not sites_differ(form, ("L5 bilateral",), TFESI)


def test_without_x_rays_no_exposure_is_asked():
    form = replace(
        COMPLETE, procedure="joint.injection", sites=("knee left",), guidance="landmark",
        fluoroscopy_seconds=None, air_kerma_mgy=None, contrast=None,
        medications=(line("dexa", "1"),),
    )  # fmt: skip
    assert asked(form, LogContext(TODAY, VOCABULARY.scales, OSEI), KNEE) == {}


@pytest.mark.parametrize("how", [{"aborted": True}, {"complications": ("aborted",)}])
def test_given_up_before_anything_was_injected(how):
    form = replace(COMPLETE, **how, note="Fainted on the table", medications=(), pain_after=None)
    assert asked(form) == {}


def test_the_interval_rules_ask_for_a_reason():
    context = replace(CONTEXT, verdict_status="not-before")
    assert list(asked(COMPLETE, context)) == ["reason"]
    assert asked(replace(COMPLETE, reason="Acute recurrence, no surgery"), context) == {}


def test_local_anaesthetics_add_up_exactly():
    entries = (line("lido", "10"), line("bupi", "20"))
    load = anaesthetic_load(entries, PRODUCTS, LIMITS, Decimal(70))
    assert load.parts == (
        ("lidocaine", Decimal(100), Decimal(300)),
        ("bupivacaine", Decimal(50), Decimal(175)),
    )
    assert round(float(load.share), 3) == 0.619


def test_an_allergy_to_what_no_safety_check_knows_is_named():
    saline = Product("gel", "hyaluronate", "Hyaluronate 10 mg/mL", "other", Decimal(10), "mg",
                     particulate=None, intrathecal=None, source="label")  # fmt: skip
    allergies = (
        AllergyRow(1, "Iodinated contrast", "contrast", "hives", "severe", contrast=True),
        AllergyRow(2, "Dexamethasone", "drug", "", ""),
        AllergyRow(3, "Hyaluronate", "drug", "rash", ""),
        # Part of a word is another word.
        AllergyRow(4, "Hyaluronatex", "drug", "", ""),
        AllergyRow(5, "ate", "drug", "", ""),
    )
    form = replace(COMPLETE, medications=(*COMPLETE.medications, MedicationEntry("gel")))
    found = warnings(
        form,
        PRODUCTS | {"gel": saline},
        names=CATALOGUE.entry_words.names,
        allergies=allergies,
    )
    # Contrast and steroid are the safety checks' own: one fact, one line.
    assert [(w.field, w.message) for w in found] == [
        ("medications.2.product", "Allergy on record: Hyaluronate (rash)."),
    ]


def test_a_procedure_before_birth_cannot_be():
    context = replace(CONTEXT, birth_date=TODAY)
    assert asked(COMPLETE, context) == {}
    early = replace(COMPLETE, performed_on=date(2026, 11, 23))
    assert "born on 24 Nov 2026" in asked(early, context)["performed_on"]


def test_another_day_than_booked_wants_a_sentence():
    context = replace(CONTEXT, booked_on=date(2026, 11, 23))
    assert "Booked was 23 Nov 2026" in asked(COMPLETE, context)["day_reason"]
    assert "day_reason" in asked(replace(COMPLETE, day_reason="later"), context)
    assert asked(replace(COMPLETE, day_reason="Fever the day before"), context) == {}
    assert asked(COMPLETE, replace(CONTEXT, booked_on=TODAY)) == {}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"fluoroscopy_seconds": Decimal(1800)}, ""),
        ({"fluoroscopy_seconds": Decimal(1801)}, "fluoroscopy_seconds"),
        ({"air_kerma_mgy": Decimal(5000)}, ""),
        ({"air_kerma_mgy": Decimal("5000.1")}, "air_kerma_mgy"),
    ],
)
def test_a_high_exposure_is_asked_back(change, field):
    context = replace(CONTEXT, plausible_seconds=Decimal(1800), plausible_mgy=Decimal(5000))
    form = replace(COMPLETE, **change)
    assert list(asked(form, context)) == ([field] if field else [])
    assert asked(replace(form, radiation_reason="Metal work in the way"), context) == {}


@pytest.mark.parametrize("words", ["", "abcde", "why not", "x y z"])
def test_a_few_letters_are_no_reason(words):
    context = replace(CONTEXT, verdict_status="needs-reason")
    assert list(asked(replace(COMPLETE, reason=words), context)) == ["reason"]

"""Where each safety check was seen: ``checks_seen.csv`` holds what this test finds, no more.

Blank: not seen there. Notes (latex, antiseptic) ask nothing at signing. What is drawn up is known
from the log on, and where it is named on the command line: before, only the usual plan is asked
about.
"""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from support.logs import PASSWORD, TODAY, book

from clinicdesk.__main__ import main
from clinicdesk.data import tables as t
from clinicdesk.domain.errors import Invalid, NotAllowed
from clinicdesk.domain.medications import dose
from clinicdesk.domain.procedures import Steroid
from clinicdesk.domain.rows.log import MedicationEntry
from clinicdesk.domain.rows.schedule import PlanRequest
from clinicdesk.services import check_in, holds, procedures, reviews
from clinicdesk.services.safety import safety_of, safety_of_appointment

pytestmark = pytest.mark.slow

TABLE = Path(__file__).with_name("checks_seen.csv")
PLACES = ("booking", "move", "check-in", "log", "sign", "command line")


@dataclass(frozen=True)
class Scene:
    """A procedure, and what is known of the patient; nothing else was asked.

    ``drawn``: products with mL, as they are typed in the log.
    """

    procedure: str
    site: tuple[str, str]
    known: tuple[tuple[Any, dict[str, Any]], ...] = ()
    steroid: tuple[str, int] | None = None
    drawn: tuple[tuple[str, int], ...] = ()
    born: int = 1992
    late: str = ""
    """A drug whose last dose the patient says at check-in was today, with an INR of 3.4."""


TF = ("esi.transforaminal", ("L5", "left"))
KNEE = ("joint.injection", ("knee", "left"))
_ALLERGIES = ("IV dye", "lidocaine", "dexamethasone", "latex", "chlorhexidine")
SCENES = (
    Scene(*TF),
    Scene(*TF, tuple((t.Allergy, {"substance": s, "category": "drug"}) for s in _ALLERGIES)),
    Scene(*TF, ((t.PatientDrug, {"drug": "apixaban", "kind": "anticoagulant"}),)),
    Scene(*TF, ((t.PatientDrug, {"drug": "apixiban", "kind": "other"}),)),
    Scene(*TF, ((t.PatientDrug, {"drug": "warfarin", "kind": "anticoagulant"}),), late="warfarin"),
    Scene("tpi", ("trapezius", "left"), (
        (t.PatientDrug, {"drug": "apixaban", "kind": "anticoagulant"}),
    )),
    Scene(*TF, (
        (t.Condition, {"name": "Type 2 diabetes"}),
        (t.Condition, {"name": "Infection: fever"}),
        (t.Condition, {"name": "Pregnancy"}),
    )),
    Scene(*KNEE),
    Scene(*KNEE, (
        (t.Implant, {"name": "Knee prosthesis", "site": "knee left", "prosthesis": True}),
    )),
    Scene("facet.rfa", ("L4-L5", "left"), ((t.Implant, {"name": "Pacemaker"}),)),
    Scene("esi.transforaminal", ("C6", "left"), steroid=("triamcinolone", 40)),
    Scene("joint.injection", ("wrist", "left"), steroid=("triamcinolone", 80)),
    Scene(*TF, steroid=("dexamethasone", 100)),
    Scene(*KNEE, steroid=("triamcinolone", 200)),
    Scene(*KNEE, ((t.PlannedSurgery, {"site": "knee left", "planned_on": date(2026, 12, 20)}),)),
    Scene("esi.interlaminar", ("C4-C5", "midline")),
    Scene("sympathetic.block", ("stellate ganglion", "bilateral")),
    Scene("soft_tissue.injection", ("trochanteric bursa", "left")),
    Scene(*KNEE, ((t.Implant, {"name": "awaiting TKR left"}),)),
    Scene(*KNEE, ((t.Implant, {"name": "Prosthesis"}),)),
    Scene("joint.injection", ("elbow", "left"), steroid=("triamcinolone", 40)),
    Scene(*TF, drawn=(("iohexol-350", 2), ("lidocaine-2", 40))),
    Scene(*TF, ((t.Condition, {"name": "pregnant", "valid_from": date(2020, 1, 1)}),), born=1950),
)  # fmt: skip


def test_the_table_says_where_each_check_was_seen(
    embedded_clinic: Any, frontdesk: Any, nurse: Any, physician: Any,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    clinic = embedded_clinic
    monkeypatch.setattr("sys.stdin", None)
    monkeypatch.setenv("CLINICDESK_PASSPHRASE", "demo")
    monkeypatch.setenv("CLINICDESK_PASSWORD", "demo")
    seen: dict[str, set[str]] = {check: set() for check in clinic.catalogue.safety.checks}

    def saw(place: str, checks: Any) -> None:
        for check in checks:
            seen.setdefault(check, set()).add(place)

    for number, scene in enumerate(SCENES):
        with clinic.store.write(None, "test.scene") as tx:
            patient = tx.add(
                t.Patient(
                    mrn=f"S{number}", family="Test", given="Ada", birth_date=date(scene.born, 6, 1),
                    sex="female", created_at=tx.now,
                )
            ).id  # fmt: skip
            tx.flush()
            for table, values in scene.known:
                tx.add(table(patient_id=patient, **values))
        site = " ".join(scene.site)
        appointment = book(clinic, procedure=scene.procedure, sites=(scene.site,), patient=patient)
        plan = PlanRequest(patient_id=patient, procedure=scene.procedure, sites=(site,), on=TODAY)
        words: list[str] = []
        if scene.steroid is not None:
            drug, mg = scene.steroid
            plan = replace(plan, steroids=(Steroid(drug, Decimal(mg)),))
            words = ["--steroid", f"{drug}:{mg}"]
            with clinic.store.write(None, "test.steroid") as tx:
                row = tx.session.query(t.PlannedProcedure).filter_by(appointment_id=appointment)
                row.one().steroids = [{"drug": drug, "mg": str(mg)}]
        saw("booking", _of(safety_of(clinic, frontdesk, plan)))
        for place, actor, on in (
            ("move", frontdesk, TODAY + timedelta(days=7)),
            ("check-in", nurse, TODAY),
        ):
            for card in safety_of_appointment(clinic, actor, appointment, on):
                saw(place, _of(card))
        if scene.late:
            holds.stated(clinic, nurse, appointment, scene.late, TODAY)
            check_in.measure(clinic, nurse, patient, "inr", Decimal("3.4"))
            saw(
                "check-in",
                {row.check for row in reviews.of_appointment(clinic, nurse, appointment)},
            )
        record = procedures.open_log(clinic, physician, appointment)
        form = record.form
        if scene.drawn:
            form = replace(form, medications=tuple(_drawn(clinic, *each) for each in scene.drawn))
            words = [word for key, ml in scene.drawn for word in ("--medication", f"{key}:{ml}")]
        asked = procedures.safety_of(clinic, physician, form)
        saw("log", _of(asked.card) if asked.card else ())
        # Not one of them is signed over: each stands among what is asked, and it is refused.
        with pytest.raises((Invalid, NotAllowed)):
            procedures.sign(clinic, physician, form, record.version, PASSWORD)
        saw("sign", {ask.check for ask in asked.asks})
        code = main([
            "--database", str(clinic.store.embedded), "--user", "frontdesk", "safety",
            "--patient", str(patient), "--procedure", scene.procedure, "--site", site,
            "--on", TODAY.isoformat(), *words,
        ])  # fmt: skip
        assert code == 0
        answer = json.loads(capsys.readouterr().out)
        found_there = (*answer["findings"], *answer.get("also", ()))
        saw("command line", {finding["check"] for finding in found_there})
    found = [
        (check, *("seen" if place in places else "" for place in PLACES))
        for check, places in sorted(seen.items())
    ]
    if not TABLE.exists():
        with TABLE.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows((("check", *PLACES), *found))
        pytest.fail(f"{TABLE.name} was made anew: look at it and run again")
    with TABLE.open(encoding="utf-8", newline="") as file:
        assert [tuple(row) for row in csv.reader(file)] == [("check", *PLACES), *found]


def _drawn(clinic: Any, key: str, ml: int) -> MedicationEntry:
    product, volume = clinic.catalogue.products[key], Decimal(ml)
    return MedicationEntry(key, volume, dose(product, volume), product.unit)


def _of(card: Any) -> set[str]:
    return {finding.check for finding in card.findings}

"""Facts for recall letters and call sheets."""

from __future__ import annotations

from datetime import date, datetime, time

from support.sheets import ZONE

from clinicdesk.domain.rows.documents import (
    AFTER_TEST,
    ClinicLetterhead,
    OpenDays,
    RecallFacts,
    RecallItem,
)
from clinicdesk.domain.rows.due import DueReason

ON = date(2026, 11, 25)
LATER = date(2027, 1, 12)
CLINIC = ClinicLetterhead(
    "Quillwater Pain Clinic", "14 Millrace Way\nBoston, MA 02110", "(617) 555-0100",
    "(617) 555-0199",
)  # fmt: skip
# What each reason is usually about.
DONE: dict[str, tuple[str, tuple[str, ...]]] = {
    DueReason.REPEAT: ("esi.transforaminal", ("L5 left",)),
    DueReason.WORN_OFF: ("joint.injection", ("knee right",)),
    DueReason.FAILED: ("esi.interlaminar", ("L4-L5 midline",)),
    DueReason.SCORE_MISSING: ("sij.injection", ("si joint bilateral",)),
    DueReason.SECOND_BLOCK: ("facet.block", ("L4-L5 left", "L5-S1 left")),
    DueReason.NEXT_STEP: ("facet.block", ("C5-C6 right",)),
    AFTER_TEST: ("nerve.block", ("genicular left",)),
}
REASONS = tuple(str(reason) for reason in DONE)


def item(reason: str, repeat_from: date | None = LATER) -> RecallItem:
    """A treatment as that reason has it."""
    procedure, sites = DONE[reason]
    return RecallItem(procedure, procedure, sites, date(2026, 8, 24), str(reason), repeat_from)


def recall_facts(*items: RecallItem, **more: object) -> RecallFacts:
    """A letter about these treatments."""
    first = items[0]
    given: dict[str, object] = {
        "clinic": CLINIC,
        "family_name": "Villalobos",
        "given_name": "Teresa",
        "birth_date": date(1958, 3, 14),
        "mrn": "004182",
        "allergies": (),
        "anticoagulants": (),
        "procedure": first.procedure,
        "intent": "therapeutic",
        "sites": first.sites,
        "guidance": "",
        "contrast": False,
        "steroids": (),
        "physician": "Dr. Amara Osei",
        "when": datetime.combine(ON, time(), ZONE),
        "done": True,
        "repeat_from": first.repeat_from,
        "items": items,
        "sex": "female",
        "recipient": ("12 Harbor Street", "Boston, MA 02110"),
        "hours": (OpenDays((0, 1, 2, 3, 4), ((time(8), time(17)),)),),
    }
    return RecallFacts(**(given | more))  # type: ignore[arg-type]

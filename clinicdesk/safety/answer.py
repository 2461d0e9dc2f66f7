"""What a check says, before it is put in order and given its source."""

from __future__ import annotations

from dataclasses import dataclass

from clinicdesk.domain.states import SafetyLevel
from clinicdesk.domain.translation import _

REASON, ASK, NOTE = SafetyLevel.REASON, SafetyLevel.ASK, SafetyLevel.NOTE

CHECKS = (
    *("allergies.not_asked", "allergy.anaesthetic", "allergy.antiseptic", "allergy.contrast"),
    *("allergy.latex", "allergy.steroid", "anaesthetic.session", "conditions.not_asked"),
    *("contrast.neuraxial", "device.radiofrequency", "diabetes.steroid"),
    *("epidural.level", "implants.not_asked", "infection.present", "joint.prosthesis"),
    *("joint.surgery", "pregnancy.not_asked", "pregnancy.present"),
    *("steroid.particulate", "steroid.session"),
    *("sympathetic.both_sides", "thinner.hold", "thinner.not_asked", "thinner.shared"),
    "weight.not_known",
)
"""The contract's checks."""
OWN = (
    *("dose.not_known", "implants.bursa", "joint.planned", "joint.unclear", "pregnancy.doubt"),
    *("steroid.joint", "thinner.inr", "thinner.late", "thinner.unclear"),
)
"""The house's own, beside the contract's: doses by site, operations without a day, questions
that the contract does not ask (implants before a bursa, an artificial joint that may be this one,
a record that contradicts itself, a drug that may be a misspelt blood thinner), and what the day
itself says against it: a last dose stated too late, an INR that is too high
(``services/day_dangers.py``)."""


@dataclass(frozen=True)
class Found:
    """One check that found something; ``verify`` where a figure it used is unverified."""

    check: str
    level: SafetyLevel
    because: tuple[str, ...]
    sentence: str
    verify: bool = False


def quoted(words: tuple[str, ...]) -> str:
    """The record's words, each once, for a sentence."""
    return ", ".join(_("“{word}”").format(word=word) for word in dict.fromkeys(words))

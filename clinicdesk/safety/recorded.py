"""What the records say, read with what the checks know.

The one reader for all that stands beside the checks: banner, flags of a day, interval rules,
sheets, entries as typed. What the tables know counts, however the record sorts it; what they do
not know counts as the record sorts it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from clinicdesk.domain.anatomy import Side
from clinicdesk.domain.rows.cases import (
    ANTICOAGULANT,
    CONTRAST,
    ConditionFact,
    ImplantFact,
    PatientFacts,
)
from clinicdesk.safety.joints import (
    ELSEWHERE,
    JOINT,
    PLANNED,
    PROSTHESIS,
    replaced_in,
    sides_in,
)
from clinicdesk.safety.knowledge import DIABETES, INFECTION, Knowledge
from clinicdesk.safety.pregnancy import Pregnancy, standing
from clinicdesk.safety.recognise import has_any

_IODINE, _STEROID, _EXCIPIENT = "iodine", "steroid", "excipient"
_OF_SHEETS = {CONTRAST: CONTRAST, _IODINE: CONTRAST, "anaesthetic": "anaesthetic",
              _STEROID: _STEROID}  # fmt: skip
"""Kinds of allergens to the classes that sheets know; an open question is promised nothing."""


class Sorted(Protocol):
    """An allergy of a record."""

    @property
    def substance(self) -> str: ...

    @property
    def category(self) -> str: ...


class Noted(Protocol):
    """A condition of a record, with its first day; None: not known."""

    @property
    def name(self) -> str: ...

    @property
    def valid_from(self) -> date | None: ...


# -- allergies, drugs, conditions ----------------------------------------------------------------


def is_contrast(allergy: Sorted, knowledge: Knowledge) -> bool:
    """Whether it is an allergy to iodinated contrast; iodine alone has to be asked back."""
    keys = knowledge.allergy_words.found(allergy.substance)
    if keys:
        return any(knowledge.allergens[key].kind == CONTRAST for key in keys)
    return allergy.category == CONTRAST


def allergic_to(
    allergies: Iterable[Sorted], steroids: Iterable[str], knowledge: Knowledge
) -> dict[str, tuple[str, ...]]:
    """``contrast``, ``anaesthetic``, ``steroid`` to the record's own words for it.

    ``steroids``: the drugs that are planned or were given; what is in one of them counts too.
    """
    given = set(steroids)
    found: dict[str, dict[str, None]] = {}
    for allergy in allergies:
        for key in knowledge.allergy_words.found(allergy.substance):
            allergen = knowledge.allergens[key]
            kind = _OF_SHEETS.get(allergen.kind, "")
            if allergen.kind == _EXCIPIENT and not given.isdisjoint(allergen.within):
                kind = _STEROID
            if kind:
                found.setdefault(kind, {})[allergy.substance] = None
        if is_contrast(allergy, knowledge):
            found.setdefault(CONTRAST, {})[allergy.substance] = None
    return {kind: tuple(words) for kind, words in found.items()}


def is_thinner(drug: str, kind: str, knowledge: Knowledge) -> bool:
    """Whether a drug thins the blood, by the tables or as the record sorts it."""
    keys = knowledge.thinner_words.found(drug)
    return kind == ANTICOAGULANT or any(knowledge.anticoagulants[key].thins for key in keys)


def condition_is(text: str, kind: str, knowledge: Knowledge) -> bool:
    """Whether a condition as written is of a kind; an infection that is over is none."""
    words = knowledge.infection_words if kind == INFECTION else knowledge.condition_words
    return any(knowledge.conditions[key].kind == kind for key in words.found(text))


def infection_may_be_over(text: str, knowledge: Knowledge) -> bool:
    """Whether every infection that it names is one of the past by its words: it is asked back."""
    found = knowledge.infection_words.found(text)
    return bool(found) and not any(
        knowledge.conditions[key].kind == INFECTION
        for key in knowledge.present_infection_words.found(text)
    )


def device_may_be_out(text: str, knowledge: Knowledge) -> bool:
    """Whether every device that it names was taken out by its words: it is asked back."""
    found = knowledge.device_words.found(text)
    return bool(found) and not knowledge.present_device_words.found(text)


def may_be_stopped(drug: str, knowledge: Knowledge) -> bool:
    """Whether a word beside a drug says that it is taken no more: it is asked back."""
    return bool(knowledge.stopped_words.found(drug))


def has_diabetes(texts: Iterable[str], knowledge: Knowledge) -> bool:
    """Whether one of the texts says so; a drug for it is taken for other things, too."""
    return any(condition_is(text, DIABETES, knowledge) for text in texts)


def is_pregnant(facts: PatientFacts, on: date, knowledge: Knowledge) -> bool:
    """Whether the patient is pregnant on that day, by the answer and by the conditions."""
    answer, day = facts.pregnant, facts.pregnant_asked_on
    return pregnancy(answer, day, facts.conditions or (), on, knowledge) is True


def pregnancy(
    answer: bool | None,
    asked_on: date | None,
    conditions: Iterable[Noted],
    on: date,
    knowledge: Knowledge,
) -> bool | None:
    """As ``is_pregnant``, of the answer and the conditions themselves; None: has to be asked."""
    noted = ((each.name, each.valid_from) for each in conditions)
    found = standing(answer, asked_on, noted, on, knowledge).state
    return {Pregnancy.YES: True, Pregnancy.NO: False}.get(found)


# -- implants ------------------------------------------------------------------------------------


def is_device(text: str, knowledge: Knowledge) -> bool:
    """Whether a text names an active implant."""
    return bool(knowledge.device_words.found(text))


def prostheses(
    implants: Iterable[ImplantFact] | None,
    conditions: Iterable[ConditionFact] | None,
    knowledge: Knowledge,
) -> tuple[ImplantFact, ...] | None:
    """Artificial joints, each with the site that is stored or that its words tell.

    Also those that stand among the conditions. None: nobody has asked about implants.
    """
    if implants is None:
        return None
    among = (ImplantFact(each.id, each.name, "", prosthesis=False) for each in conditions or ())
    found = []
    for item in (*implants, *among):
        replaced, site = implant(item.name, knowledge)
        if replaced or item.prosthesis:
            found.append(replace(item, site=item.site or site, prosthesis=True))
    return tuple(found)


def implant(text: str, knowledge: Knowledge) -> tuple[bool, str]:
    """Whether a text names an artificial joint, and its site: ``knee left``, ``knee``, empty.

    Empty where no joint is said, or more than one.
    """
    joints = replaced_in(text, knowledge, ())
    if joints:
        sides = {joint.side for joint in joints}
        return True, _site({joint.name for joint in joints}, sides, knowledge)
    keys = set(knowledge.joint_words.found(text))
    alone = {PROSTHESIS, JOINT} <= keys and keys.isdisjoint({PLANNED, ELSEWHERE})
    return alone and keys.isdisjoint(knowledge.joints), ""


def joint_site(text: str, knowledge: Knowledge) -> str:
    """Joint and side in a text, as ``implant``; whether it was replaced plays no part."""
    keys = knowledge.joint_words.found(text)
    return _site({key for key in keys if key in knowledge.joints}, sides_in(keys), knowledge)


def _site(joints: set[str], sides: set[Side | None], knowledge: Knowledge) -> str:
    if len(joints) != 1:
        return ""
    name = knowledge.joints[next(iter(joints))].names[0]
    if None in sides:
        return name
    side = Side.BILATERAL if len(sides) > 1 else next(iter(sides))
    return f"{name} {side}"


@dataclass(frozen=True)
class EntryWords:
    """What the words of an entry as typed tell (``domain.fact_entries.Words``)."""

    knowledge: Knowledge

    def names(self, text: str, drug: str) -> bool:
        """Whether a text names a drug, by whole words."""
        return has_any(text, (drug,))

    def category_of(self, substance: str) -> str:
        """The category of an allergy."""
        return self.knowledge.category_of(substance)

    def is_thinner(self, drug: str) -> bool:
        """Whether a drug thins the blood."""
        return is_thinner(drug, "", self.knowledge)

    def implant(self, text: str) -> tuple[bool, str]:
        """Whether it is an artificial joint, and its site."""
        return implant(text, self.knowledge)

    def joint_site(self, text: str) -> str:
        """Joint and side; empty where no one joint is named."""
        return joint_site(text, self.knowledge)

"""What invented patients were asked, and what they answered: some of all, some of nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from clinicdesk.domain.rows.safety_facts import LISTS, Said, Topic
from clinicdesk.services.demo.names import words
from clinicdesk.services.demo.people import Person

ALL, SOME = 0.6, 0.25
"""Shares of those who were asked everything, and of those who were asked this and that."""
_OFTEN = 0.6
_DIABETES, _DEVICE, _PROSTHESIS, _SURGERY, _PREGNANT = 0.2, 0.055, 0.16, 0.06, 0.03
"""Shares among those who were asked; of all patients they are three quarters of it."""
_SIDES = ("left", "right")


@dataclass
class Known:
    """Entries by list, and the answer of each topic with its day; what is missing was not asked."""

    drugs: list[tuple[str, str]] = field(default_factory=list)
    conditions: list[str] = field(default_factory=list)
    implants: list[tuple[str, str, bool]] = field(default_factory=list)
    surgeries: list[tuple[str, date]] = field(default_factory=list)
    answers: dict[Topic, tuple[Said, date]] = field(default_factory=dict)


def known(rng: Random, person: Person, today: date) -> Known:
    """What is known of a patient; the same seed makes the same.

    Args:
        rng: of its own, so that nothing else about the patient depends on it.
    """
    luck = rng.random()
    share = 1.0 if luck < ALL else _OFTEN if luck < ALL + SOME else 0.0
    asked = {topic for topic in Topic if rng.random() < share}
    age = (today - person.birth).days // 365
    found = Known()
    diabetic = rng.random() < _DIABETES
    if Topic.DRUGS in asked:
        found.drugs += rng.sample(words("drugs"), rng.choice((0, 0, 1, 1, 2, 3)))
        if diabetic:
            found.drugs.append(rng.choice(words("diabetes_drugs")))
    if Topic.CONDITIONS in asked:
        found.conditions += rng.sample(words("conditions"), rng.choice((0, 1, 1, 2)))
        if diabetic:
            found.conditions.append(rng.choice(words("diabetes")))
    if Topic.IMPLANTS in asked:
        _implants(rng, age, found)
    if Topic.SURGERIES in asked and rng.random() < _SURGERY:
        joint = f"{rng.choice(('knee', 'hip'))} {rng.choice(_SIDES)}"
        found.surgeries.append((joint, today + timedelta(days=rng.randint(-240, 150))))
    _answers(rng, person, found, asked, today)
    fertile = person.sex == "female" and 12 <= age <= 55
    if fertile and Topic.PREGNANCY in asked:
        said = Said.YES if rng.random() < _PREGNANT else Said.NO
        found.answers[Topic.PREGNANCY] = (said, today - timedelta(days=rng.randint(1, 60)))
    return found


def _implants(rng: Random, age: int, found: Known) -> None:
    if rng.random() < _DEVICE:
        found.implants.append((rng.choice(words("devices")), "", False))
    if age > 50 and rng.random() < _PROSTHESIS * 1.35:
        name, joint = rng.choice(words("prostheses"))
        side = rng.choice(_SIDES)
        found.implants.append((f"{name} {side}", f"{joint} {side}", True))


def _answers(rng: Random, person: Person, found: Known, asked: set[Topic], today: date) -> None:
    """An entry was asked, whoever asked; the day is mostly that of the first visit."""
    day = today - timedelta(days=rng.randint(20, 700))
    filled = {
        Topic.ALLERGIES: bool(person.allergies),
        Topic.DRUGS: bool(person.thinner or found.drugs),
        Topic.CONDITIONS: bool(found.conditions),
        Topic.IMPLANTS: bool(found.implants),
        Topic.SURGERIES: bool(found.surgeries),
    }
    for topic in LISTS:
        if filled[topic]:
            found.answers[topic] = (Said.LIST, day)
        elif topic in asked:
            found.answers[topic] = (Said.NONE, day)


def teresas(today: date) -> Known:
    """Of the patient of the pictures: implants were never asked about."""
    day = today - timedelta(days=108)
    return Known(
        drugs=[("Duloxetine", "30 mg mornings")],
        conditions=["Atrial fibrillation"],
        answers={
            Topic.ALLERGIES: (Said.LIST, day),
            Topic.DRUGS: (Said.LIST, day),
            Topic.CONDITIONS: (Said.LIST, day),
            Topic.SURGERIES: (Said.NONE, day),
        },
    )

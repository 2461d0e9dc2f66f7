"""What is measured or asked on the day of a procedure: glucose, INR, pain, infection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from clinicdesk.domain.medications import amount_text
from clinicdesk.domain.translation import _

GLUCOSE, INR, PAIN = "glucose", "inr", "pain"
"""Questions that are answered by a figure."""
INFECTION = "infection"
"""Kept as a reading, too: 0 no, 1 yes."""


@dataclass(frozen=True)
class Measure:
    """A figure with its unit (empty: none). ``low`` and ``high``: what can be meant, both included.

    ``key`` is what a reading is kept under, ``what`` the question that it answers; ``scale`` the
    scale on which it is scored in whole steps, empty where it is none.
    """

    key: str
    what: str
    name: str
    unit: str
    low: Decimal
    high: Decimal
    scale: str = ""


@dataclass(frozen=True)
class Measured:
    """The newest reading of a day; ``at`` in the clinic's zone, ``by`` a name."""

    key: str
    value: Decimal
    at: datetime
    by: str


Measures = Mapping[str, Measure]
"""By key, in the order of the file."""


def measure_problem(value: Decimal, measure: Measure) -> str:
    """Why a figure cannot be meant; empty where it can."""
    whole = not measure.scale or value == value.to_integral_value()
    if measure.low <= value <= measure.high and whole:
        return ""
    sentence = (
        _("{name} between {low} and {high} {unit} is expected, not {value}.")
        if measure.unit
        else _("{name} between {low} and {high} is expected, not {value}.")
    )
    return sentence.format(
        name=measure.name,
        low=amount_text(measure.low),
        high=amount_text(measure.high),
        unit=measure.unit,
        value=amount_text(value),
    )


def measured_words(said: Measured, measure: Measure) -> str:
    """``Glucose 142 mg/dL``."""
    return " ".join(filter(None, (measure.name, amount_text(said.value), measure.unit)))

"""What is measured or asked on the day of a procedure: glucose, INR, pain, infection."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from clinicdesk.domain.lists import either
from clinicdesk.domain.medications import amount_text
from clinicdesk.domain.text import fold
from clinicdesk.domain.translation import _

GLUCOSE, INR, PAIN = "glucose", "inr", "pain"
"""Questions that are answered by a figure."""
INFECTION = "infection"
"""Kept as a reading, too: 0 no, 1 yes."""
_FIGURE = r"(?<![\d.,])(\d+(?:[.,]\d+)?)\s*"


@dataclass(frozen=True)
class Measure:
    """A figure with its unit (empty: none). ``low`` and ``high``: what can be meant, both included.

    ``key`` is what a reading is kept under, ``what`` the question that it answers; ``scale`` the
    scale on which it is scored in whole steps, empty where it is none. Above ``normal`` a figure
    does not settle what it was measured for; None where the clinic sets none.
    """

    key: str
    what: str
    name: str
    unit: str
    low: Decimal
    high: Decimal
    scale: str = ""
    normal: Decimal | None = None


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


def above_normal(value: Decimal, measure: Measure) -> str:
    """Says that a figure does not settle what it was measured for; empty where it does."""
    if measure.normal is None or value <= measure.normal:
        return ""
    said = _("{name} {value} is above {normal}, the most that the clinic counts as normal.")
    return said.format(
        name=measure.name, value=amount_text(value), normal=amount_text(measure.normal)
    )


def figure_problem(words: str, measures: Iterable[Measure]) -> str:
    """Why words are no figure of one of the measures, each with its unit; empty where they are."""
    units = [each for each in measures if each.unit]
    found = [
        (Decimal(said[1].replace(",", ".")), each)
        for each in units
        if (said := re.search(_FIGURE + re.escape(fold(each.unit)), fold(words)))
    ]
    if found:
        return measure_problem(*found[0])
    if not units:
        return "" if any(sign.isdigit() for sign in words) else _("Type the figure.")
    return _("{name}: type it with its unit, {units}.").format(
        name=units[0].name, units=either(each.unit for each in units)
    )


def measured_words(said: Measured, measure: Measure) -> str:
    """``Glucose 142 mg/dL``."""
    return " ".join(filter(None, (measure.name, amount_text(said.value), measure.unit)))

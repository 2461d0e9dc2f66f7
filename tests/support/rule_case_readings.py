"""The readings of one entry for ``rule_cases``: around the rules' percentages and days."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from support.choosing import Chooser
from support.reference_facts import plus

SCALES = {"NRS": 10, "VAS": 100, "PEG": 10, "ODI": 100, "NDI": 100, "RMDQ": 24}
SETS = [["NRS"], ["NRS"], ["NRS"], ["VAS"], ["NRS", "PEG"], ["VAS", "ODI"], ["NRS", "VAS"],
        ["NRS", "NRS"], ["NDI"], ["RMDQ"]]  # fmt: skip
STARTS = ["8", "5", "6", "9", "10", "4.5", "7.5", "4", "7", "3.5", "0"]  # out of ten
# A session goes well, just so, or badly; exactly at a rule's percentage or a hair beside it.
COURSES = [
    ["0.8", "0.8", "0.801", "0.9", "1"],
    ["0.75", "0.75", "0.749", "0.8", "0.799"],
    ["0.5", "0.5", "0.499", "0.501", "0.6"],
    ["0", "0.3", "0.25", "0.45", "-0.1"],
]
WAITS = ["3 months", "3 months", "6 months", "6 months", "6 weeks", "14 days"]


def readings_of(
    choose: Chooser, entry: dict[str, Any], on: date, usual: list[str] | None
) -> list[dict[str, Any]]:
    """None, or those of one or two scales; a booked entry has a baseline at most.

    ``usual`` is one of ``COURSES`` where the patient's sessions mostly go alike and are read.
    """
    if not choose.number(0, 7 if usual else 1):
        return []
    course = usual if usual and choose.number(0, 3) else choose.among(COURSES)
    scales = choose.among(SETS)
    return [row for scale in scales for row in _on_scale(choose, entry, on, scale, course)]


def _on_scale(
    choose: Chooser, entry: dict[str, Any], on: date, scale: str, course: list[str]
) -> list[dict[str, Any]]:
    day = date.fromisoformat(entry["date"])
    start = Decimal(choose.among(STARTS)) * SCALES[scale] / 10
    found: list[tuple[date, str, Decimal]] = []
    for back in choose.among([[0], [0], [0], [3], [0, 3], [3, 0], [0, 0], [3, 3], []]):
        # A second value of the day, or one of an earlier day, is a little higher or lower.
        other = start + (choose.among([1, -1, 2]) if found else 0)
        found.append((min(day, on) - timedelta(days=back), "baseline", other))
    if entry["state"] == "done":
        days = [(day, "post")] * choose.among([1, 1, 1, 1, 0, 2])
        for when, phase in days + _followups(choose, day, on):
            figures = course if choose.number(0, 4) else choose.among(COURSES)
            found.append((when, phase, start * (1 - Decimal(choose.among(figures)))))
    return [
        {"session": entry["id"], "date": when.isoformat(), "phase": phase, "scale": scale,
         "value": _number(min(max(value, Decimal(0)), Decimal(SCALES[scale])))}
        for when, phase, value in found
    ]  # fmt: skip


def _followups(choose: Chooser, day: date, on: date) -> list[tuple[date, str]]:
    """After the session and not after ``on``: about the ends of the waits, some on one day."""
    found: list[date] = []
    for _ in range(choose.among([0, 1, 2, 3, 4]) if day < on else 0):
        when = plus(day, choose.among(WAITS)) + timedelta(days=choose.number(-1, 1))
        again = bool(found) and choose.number(0, 4) == 4
        found.append(found[-1] if again else min(when, on))
    return [(when, "followup") for when in found]


def _number(value: Decimal) -> int | float:
    """As JSON would give it; the shortest float is the decimal as written."""
    return int(value) if value == value.to_integral_value() else float(value)

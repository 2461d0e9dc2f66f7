"""Calendar, sites, sessions and relief for ``reference_verdict``: the contract's first half.

Written from the contract's text alone and without a look at the program. Slow and literal on
purpose: it is the judge of the engine, so it must be easy to hold against the page.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import Any

GROUPS = {
    "esi.interlaminar": "esi",
    "esi.transforaminal": "esi",
    "esi.caudal": "esi",
    "facet.block": "facet",
    "facet.rfa": "rfa",
    "sij.injection": "sij",
    "sij.rfa": "sij",
    "tpi": "tpi",
    "joint.injection": "joint",
    "soft_tissue.injection": "joint",
    "nerve.block": "nerve",
    "sympathetic.block": "sympathetic",
}
PAIN_SCALES = {"NRS", "VAS"}

Spot = tuple[str, str]  # a name with one side, neither of them bilateral
Scope = tuple[str, object]  # ("patient", None), ("region", its name) or ("spot", a spot)
WHOLE_PATIENT: Scope = ("patient", None)


# Months: calendar arithmetic


@lru_cache(maxsize=100_000)
def plus(day: date, wait: str) -> date:
    """``day`` and ``14 days``, ``6 weeks`` or ``3 months`` later; ``-12 months`` for earlier."""
    count, unit = wait.split()
    if unit == "days":
        return day + timedelta(days=int(count))
    if unit == "weeks":
        return day + timedelta(days=7 * int(count))
    assert unit == "months"
    year, month = divmod(day.year * 12 + (day.month - 1) + int(count), 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


# Sites and spots


def tidy(text: str) -> str:
    """Case and extra spaces do not matter."""
    return " ".join(text.casefold().split())


def name_of(site: str) -> str:
    """``L4-L5 left`` -> ``l4-l5``."""
    return tidy(site).rpartition(" ")[0]


def spots_of(sites: list[str]) -> frozenset[Spot]:
    """All (name, side) that the sites cover; ``bilateral`` stands for left and right."""
    found = set()
    for site in sites:
        side = tidy(site).rpartition(" ")[2]
        for one in ("left", "right") if side == "bilateral" else (side,):
            found.add((name_of(site), one))
    return frozenset(found)


def regions_of(group: str, sites: list[str]) -> frozenset[str]:
    """The coverage regions of segments, roots and the caudal canal; other groups have none."""
    if group not in {"esi", "facet", "rfa"}:
        return frozenset()
    return frozenset(
        "cervical-thoracic"
        if name_of(site) != "caudal" and name_of(site)[0] in "ct"
        else "lumbar-sacral"
        for site in sites
    )


# Entries and their sessions


@dataclass(frozen=True)
class Reading:
    date: date
    phase: str
    scale: str
    value: Fraction


@dataclass(frozen=True)
class Act:
    """The plan as of ``on``, or one entry; ``steroids`` is None where they are not known."""

    date: date
    procedure: str
    intent: str
    names: frozenset[str]
    spots: frozenset[Spot]
    regions: frozenset[str]
    steroids: tuple[tuple[str, Fraction | None], ...] | None
    readings: tuple[Reading, ...] = ()

    @property
    def group(self) -> str:
        return GROUPS[self.procedure]

    @property
    def kind(self) -> str | None:
        """What it counts as in the rules; None where no rule counts it."""
        if self.procedure in {"facet.block", "sij.injection"}:
            return f"{self.intent} {self.group}"
        if self.group in {"esi", "rfa", "tpi"}:
            return self.group
        if self.group == "joint" and self.steroids != ():
            return "joint"
        return None

    def within(self, scope: Scope) -> bool:
        sort, what = scope
        if sort == "patient":
            return True
        return what in (self.regions if sort == "region" else self.spots)


@dataclass(frozen=True)
class Session:
    """All entries of one kind and scope on one day, with their readings."""

    date: date
    readings: tuple[Reading, ...]


class Case:
    """A well-formed case as ``json.loads`` gives it, in facts the rules can ask for."""

    def __init__(self, case: dict[str, Any]) -> None:
        patient = case.get("patient", {})
        self.on = date.fromisoformat(case["on"])
        self.pregnant = patient.get("pregnant", False)
        self.contrast_allergy = patient.get("contrast_allergy", False)
        self.prostheses = spots_of(patient.get("prostheses", []))
        self.arthroplasties = [
            (spots_of([row["site"]]), date.fromisoformat(row["date"]))
            for row in patient.get("arthroplasty_planned", [])
        ]
        self.guidance = case["plan"].get("guidance")
        self.contrast = case["plan"].get("contrast")
        self.plan = _act({"date": case["on"], "steroids": [], **case["plan"]}, [])
        readings = case.get("readings", [])
        self.entries = [
            _act(row, [r for r in readings if r["session"] == row["id"]])
            for row in case.get("history", [])
        ]
        self._sessions: dict[tuple[str, Scope], tuple[Session, ...]] = {}

    def sessions(self, kind: str, scope: Scope) -> tuple[Session, ...]:
        """Every session of the kind in the scope, done or booked alike, oldest first."""
        if (kind, scope) not in self._sessions:
            days: dict[date, list[Reading]] = {}
            for entry in self.entries:
                if entry.kind == kind and entry.within(scope):
                    days.setdefault(entry.date, []).extend(entry.readings)
            self._sessions[kind, scope] = tuple(Session(d, tuple(days[d])) for d in sorted(days))
        return self._sessions[kind, scope]


def _amount(mg: object) -> Fraction | None:
    # A planned dose that nobody knows is null: a steroid all the same.
    return None if mg is None else Fraction(str(mg))


def _act(row: dict[str, Any], readings: list[dict[str, Any]]) -> Act:
    steroids = row.get("steroids")
    return Act(
        date=date.fromisoformat(row["date"]),
        procedure=row["procedure"],
        intent=row.get("intent", "therapeutic"),
        names=frozenset(map(name_of, row["sites"])),
        spots=spots_of(row["sites"]),
        regions=regions_of(GROUPS[row["procedure"]], row["sites"]),
        steroids=None
        if steroids is None
        else tuple((tidy(one["drug"]), _amount(one["mg"])) for one in steroids),
        readings=tuple(map(_reading, readings)),
    )


def _reading(row: dict[str, Any]) -> Reading:
    day = date.fromisoformat(row["date"])
    return Reading(day, row["phase"], row["scale"], Fraction(str(row["value"])))


# Readings -> relief


def baseline(session: Session, scale: str) -> Fraction | None:
    """The latest baseline reading; of several on that day the lowest value."""
    found = [r for r in session.readings if r.phase == "baseline" and r.scale == scale]
    latest = max((r.date for r in found), default=None)
    return min((r.value for r in found if r.date == latest), default=None)


def relief(session: Session, reading: Reading) -> Fraction | None:
    """(baseline - value) / baseline; None without a baseline or with one of 0."""
    start = baseline(session, reading.scale)
    if start is None or start == 0:
        return None
    return (start - reading.value) / start


@lru_cache(maxsize=10_000)
def block_relief(session: Session) -> Fraction | None:
    """The largest relief among the post readings on a pain scale; None is *unknown*."""
    figures = [
        relief(session, r) for r in session.readings if r.phase == "post" and r.scale in PAIN_SCALES
    ]
    return max((f for f in figures if f is not None), default=None)


@lru_cache(maxsize=10_000)
def sustained_relief(session: Session, threshold: Fraction, wait: str) -> str:
    """``met``, ``failed`` or ``unknown``, over all scales that speak."""
    scales = {r.scale for r in session.readings}
    said = [_sustained_on(session, scale, threshold, wait) for scale in sorted(scales)]
    if "met" in said:
        return "met"
    if "unknown" in said or "failed" not in said:
        return "unknown"
    return "failed"


def _sustained_on(session: Session, scale: str, threshold: Fraction, wait: str) -> str | None:
    """One scale's word; None where it has no relief figure from a follow-up."""
    worst: dict[date, Fraction] = {}
    for reading in session.readings:
        if reading.phase == "followup" and reading.scale == scale:
            figure = relief(session, reading)
            if figure is not None:
                worst[reading.date] = min(figure, worst.get(reading.date, figure))
    if not worst:
        return None
    end = plus(session.date, wait)
    before = [day for day in worst if day < end]
    after = [day for day in worst if day >= end]
    if before and worst[max(before)] < threshold:
        return "failed"
    if after and worst[min(after)] >= threshold:
        return "met"
    return "unknown"

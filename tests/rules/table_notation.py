"""Reads the tables in ``tables/``: cases of the verdict contract in a short notation.

A ``[[table]]`` has a ``name``, a ``why`` and ``rows``. What a row does not say (``rule``, ``on``,
``plan``, ``patient``) it takes from its table; its ``history`` is added to the table's, its
``with`` to the plan. A row's ``is`` answers for the rule, ``also`` for other rules, ``overall``
for the verdict; ``rules`` lists every rule that applies, in order. ``pack`` is another pack than
``us-medicare``; ``says``, ``facts`` and ``lacks`` are for ``test_messages.py``.

=========  =====================================================================================
plan       ``esi.caudal: caudal midline | fluoroscopy | no contrast | steroids dexamethasone 10``
entry      ``a 2026-03-31 facet.block: L4-L5 left; L5-S1 left | diagnostic | booked``, id first;
           done unless ``booked``; ``steroids none`` is an empty list, left out is "not known"
readings   a further part of the entry: ``NRS 8, before 2026-03-01 10, post 2, 2026-06-30 4``,
           i.e. the baseline of the day (``-`` for none), an older one, one right after, a follow-up
answer     ``STATUS``, a ``not-before`` with its earliest day, then the counted entries ``[a b]``
           (nothing: none is counted); ``absent`` where the rule must not apply
overall    ``STATUS``, and the earliest day unless it is the day of the case
=========  =====================================================================================
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

TABLES = Path(__file__).with_name("tables")
PACK = "us-medicare"
SCALES = {"NRS", "VAS", "PEG", "ODI", "NDI", "RMDQ"}
STATUSES = {"ok", "needs-reason", "not-before", "cannot-determine"}
KEYS = {"name", "why", "pack", "rule", "rules", "on", "plan", "with", "patient", "history"}
ANSWERS = {"is", "also", "overall"}
SAID = {"says", "facts", "lacks"}
DAY = r"\d{4}-\d{2}-\d{2}"


@dataclass(frozen=True, slots=True)
class Row:
    """One case: the contract's JSON object and what must be answered, per rule and overall.

    ``expected`` maps a rule to its finding without message and source, None where it is absent;
    ``rules``, where given, names all findings in order; ``said``: what else the finding says.
    """

    name: str
    why: str
    case: dict[str, Any]
    expected: dict[str, dict[str, Any] | None]
    overall: dict[str, str] | None
    rules: list[str] | None
    said: dict[str, Any]


def read_tables(folder: Path = TABLES) -> list[Row]:
    """Every row of every file of ``folder``; a word the notation does not know is a ValueError."""
    rows = []
    for path in sorted(folder.glob("*.toml")):
        for table in tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)["table"]:
            shared = {key: value for key, value in table.items() if key != "rows"}
            rows += [_row(path.stem, shared, row) for row in table["rows"]]
    return rows


def _row(family: str, shared: dict[str, Any], row: dict[str, Any]) -> Row:
    if unknown := (set(shared) | set(row)) - KEYS - ANSWERS - SAID:
        raise ValueError(f"{row['name']}: {unknown}")
    both = shared | row
    history = [*shared.get("history", []), *row.get("history", [])]
    plan = " | ".join([both["plan"], *([both["with"]] if "with" in both else [])])
    asked = case(both["on"], plan, history, both.get("patient", {}), both.get("pack", PACK))
    days = {entry["id"]: entry["date"] for entry in asked["history"]}
    answers = both.get("also", {}) | ({both["rule"]: both["is"]} if "is" in both else {})
    if not answers and "rules" not in both:
        raise ValueError(f"{row['name']}: nothing is expected")
    return Row(
        name=f"{family}: {shared['name']}: {row['name']}",
        why=both["why"],
        case=asked,
        expected={rule: _answer(rule, text, days) for rule, text in answers.items()},
        overall=_overall(both["overall"], both["on"]) if "overall" in both else None,
        rules=both["rules"].split() if "rules" in both else None,
        said={key: both[key] for key in SAID & set(both)},
    )


def case(
    on: str, plan: str, history: list[str], patient: Any = None, pack: str = PACK
) -> dict[str, Any]:
    """The contract's JSON object of a case."""
    return {
        "pack": pack,
        "on": on,
        "patient": patient or {},
        "plan": _act(plan),
        "history": [_entry(text) for text in history],
        "readings": [reading for text in history for reading in _readings(text)],
    }


def _act(text: str) -> dict[str, Any]:
    """The plan; of an entry, the part after its id and day."""
    head, *options = [part.strip() for part in text.split("|")]
    procedure, sites = head.split(": ", 1)
    act: dict[str, Any] = {"procedure": procedure, "sites": sites.split("; ")}
    for option in options:
        key, value = _option(option)
        if key in act:
            raise ValueError(f"twice: {option}")
        act[key] = value
    return act


def _option(text: str) -> tuple[str, Any]:
    if text in {"fluoroscopy", "ct", "ultrasound", "landmark"}:
        return "guidance", text
    if text in {"contrast", "no contrast"}:
        return "contrast", text == "contrast"
    if text in {"diagnostic", "therapeutic"}:
        return "intent", text
    if text == "booked":
        return "state", "booked"
    if text.startswith("steroids "):
        return "steroids", _steroids(text.removeprefix("steroids "))
    raise ValueError(f"unknown: {text!r}")


def _steroids(text: str) -> list[dict[str, Any]]:
    if text == "none":
        return []
    pairs = [part.rsplit(" ", 1) for part in text.split(" + ")]
    return [{"drug": drug, "mg": Decimal(mg)} for drug, mg in pairs]


def _is_scale(part: str) -> bool:
    return part.strip().partition(" ")[0] in SCALES


def _entry(text: str) -> dict[str, Any]:
    ident, day, rest = text.split(" ", 2)
    act = _act("|".join(part for part in rest.split("|") if not _is_scale(part)))
    return {"id": ident, "date": day, "state": "done", **act}


def _readings(text: str) -> list[dict[str, Any]]:
    ident, day, rest = text.split(" ", 2)
    found = []
    for part in rest.split("|"):
        if not _is_scale(part):
            continue
        scale, values = part.strip().split(" ", 1)
        first, *others = values.split(", ")
        spelled = [] if first == "-" else [("baseline", day, first)]
        for phase, when, value in spelled + [_value(other, day) for other in others]:
            reading = {"session": ident, "date": when, "phase": phase, "scale": scale}
            found.append({**reading, "value": Decimal(value)})
    return found


def _value(text: str, day: str) -> tuple[str, str, str]:
    if match := re.fullmatch(rf"before ({DAY}) (\S+)", text):
        return "baseline", match[1], match[2]
    if match := re.fullmatch(r"post (\S+)", text):
        return "post", day, match[1]
    if match := re.fullmatch(rf"({DAY}) (\S+)", text):
        return "followup", match[1], match[2]
    raise ValueError(f"no reading: {text!r}")


def _answer(rule: str, text: str, days: dict[str, str]) -> dict[str, Any] | None:
    if text == "absent":
        return None
    match = re.fullmatch(rf"(\S+)(?: ({DAY}))?(?: \[([^\]]+)\])?", text)
    if match is None or match[1] not in STATUSES or (match[1] == "not-before") != bool(match[2]):
        raise ValueError(f"no answer: {text!r}")
    earliest = {"earliest": match[2]} if match[2] else {}
    counted = [days[ident] for ident in (match[3] or "").split()]
    return {"rule": rule, "status": match[1], **earliest, "counted": counted}


def _overall(text: str, on: str) -> dict[str, str]:
    status, _, earliest = text.partition(" ")
    if status not in STATUSES or (status == "not-before") != (bool(earliest) and earliest != on):
        raise ValueError(f"no verdict: {text!r}")
    return {"status": status, "earliest": earliest or on}

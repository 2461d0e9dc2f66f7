"""From records to a case of the rules: what counts, and what the usual plan fills in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from clinicdesk.catalogue.model import Catalogue
from clinicdesk.domain.anatomy import Sort, fold, parse_site, site_for
from clinicdesk.domain.errors import Invalid, NotFound
from clinicdesk.domain.procedures import Guidance, Intent, Procedure, Steroid
from clinicdesk.domain.readings import SCALES
from clinicdesk.domain.rows.cases import BookedRow, CaseRecords, DoneRow, ReadingRow
from clinicdesk.domain.rows.schedule import PlanRequest
from clinicdesk.rules.pack import Pack

CLINIC_DEFAULT = "clinic-default"
"""The pack where neither a payer nor the clinic says which."""
_FIRST_YEAR, _LAST_YEAR = 1900, 2199


def case_json(records: CaseRecords, plan: PlanRequest, catalogue: Catalogue) -> dict[str, Any]:
    """The case as the verdict contract writes it, with decimals for amounts and scores.

    Raises:
        Invalid: on ``procedure``, ``sites``, ``on`` or ``pack`` of the plan.
    """
    return {
        "pack": _pack(records, plan, catalogue),
        "on": _day(plan.on).isoformat(),
        "patient": {
            "contrast_allergy": records.contrast_allergy,
            "pregnant": records.pregnant,
            "prostheses": [site for site in records.prostheses if _is_free(site)],
            "arthroplasty_planned": [
                {"site": site, "date": day.isoformat()}
                for site, day in records.arthroplasties
                if _is_free(site)
            ],
        },
        "plan": _plan(plan, catalogue),
        "history": [
            *(_done(row, plan.on) for row in records.done),
            *(_booked(row, catalogue) for row in records.booked),
        ],
        "readings": [
            entry
            for row in records.done
            for reading in row.readings
            if (entry := _reading(row, reading, plan.on)) is not None
        ],
    }


def _pack(records: CaseRecords, plan: PlanRequest, catalogue: Catalogue) -> str:
    """The pack asked for; else that of the coverage; else the payer's; else the clinic's.

    A pack that was chosen and is not installed is said, never replaced by another.
    """
    packs = catalogue.packs
    said = plan.pack or records.pack
    if not said:
        said = _payers_pack(records.payer, packs) or records.clinic_pack or CLINIC_DEFAULT
    if said not in packs:
        known = ", ".join(packs)
        raise Invalid({"pack": f"There is no rule pack “{said}”. Known are: {known}."})
    return said


def _payers_pack(payer: str, packs: Mapping[str, Pack]) -> str:
    """The first pack that names this payer; empty where none does."""
    name = fold(payer)
    return next((pack.id for pack in packs.values() if name and name in pack.payers), "")


def _day(day: date) -> date:
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise Invalid({"on": f"The year {day.year} cannot be meant."})
    return day


def _plan(plan: PlanRequest, catalogue: Catalogue) -> dict[str, Any]:
    """What was said; where nothing was said, the usual plan."""
    procedure = _procedure(plan.procedure, catalogue)
    usual = procedure.usual
    guidance = plan.guidance or usual.guidance
    contrast = plan.contrast if plan.contrast is not None else usual.contrast
    steroids = plan.steroids if plan.steroids is not None else usual.steroids
    return {
        "procedure": procedure.id,
        "sites": _sites(plan.sites, procedure),
        "intent": Intent(plan.intent or usual.intent).value,
        "guidance": Guidance(guidance).value if guidance else None,
        "contrast": contrast,
        "steroids": _steroids(steroids),
    }


def _procedure(procedure_id: str, catalogue: Catalogue) -> Procedure:
    try:
        return catalogue.procedure(procedure_id)
    except NotFound as error:
        raise Invalid({"procedure": str(error)}) from error


def _sites(sites: tuple[str, ...], procedure: Procedure) -> list[str]:
    if not sites:
        raise Invalid({"sites": "Choose a site."})
    try:
        return [str(site_for(text, procedure)) for text in sites]
    except ValueError as error:
        raise Invalid({"sites": str(error)}) from error


def _done(row: DoneRow, on: date) -> dict[str, Any]:
    """A performed entry; one after the day asked about stands there like a booking."""
    return {
        "id": f"p{row.id}",
        "date": row.day.isoformat(),
        "state": "done" if row.day <= on else "booked",
        "procedure": row.procedure,
        "sites": list(row.sites),
        "intent": row.intent,
        "steroids": None if row.steroids is None else _steroids(row.steroids),
    }


def _booked(row: BookedRow, catalogue: Catalogue) -> dict[str, Any]:
    usual = catalogue.procedure(row.procedure).usual
    return {
        "id": f"b{row.id}",
        "date": row.day.isoformat(),
        "state": "booked",
        "procedure": row.procedure,
        "sites": list(row.sites),
        "intent": row.intent or usual.intent.value,
        "steroids": _steroids(usual.steroids if row.steroids is None else row.steroids),
    }


def _reading(row: DoneRow, reading: ReadingRow, on: date) -> dict[str, Any] | None:
    """A reading the rules can use; None for one after the day, or of another scale."""
    if row.day > on or reading.day > on or reading.scale not in SCALES:
        return None
    fits = {
        "baseline": reading.day <= row.day,
        "post": reading.day == row.day,
        "followup": reading.day > row.day,
    }
    if not fits.get(reading.phase, False) or not SCALES[reading.scale].holds(reading.value):
        return None
    return {
        "session": f"p{row.id}",
        "date": reading.day.isoformat(),
        "phase": reading.phase,
        "scale": reading.scale,
        "value": reading.value,
    }


def _steroids(steroids: Iterable[Steroid]) -> list[dict[str, Any]]:
    return [{"drug": steroid.drug, "mg": steroid.mg} for steroid in steroids]


def _is_free(site: str) -> bool:
    """Whether a stored site of an implant or operation is one that the rules can compare."""
    try:
        parse_site(site, Sort.FREE)
    except ValueError:
        return False
    return True

"""From JSON to a case: the complete validation of the verdict contract."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from clinicdesk.domain.anatomy import Site, Sort, fold, parse_site
from clinicdesk.domain.json_reading import CaseError, Fields, JsonObject, Node, load_json
from clinicdesk.domain.json_sites import read_sites
from clinicdesk.domain.procedures import Guidance, Intent, Steroid
from clinicdesk.domain.readings import Scales
from clinicdesk.domain.translation import _
from clinicdesk.domain.vocabulary import Vocabulary
from clinicdesk.rules.case import (
    Arthroplasty,
    Case,
    Entry,
    Patient,
    Phase,
    Plan,
    Reading,
    State,
)

__all__ = ["CaseError", "JsonObject", "load_json", "parse_case"]

_INTENTS = tuple(item.value for item in Intent)
_GUIDANCE = tuple(item.value for item in Guidance)


def parse_case(
    obj: object, vocabulary: Vocabulary, packs: Collection[str] | None = None, path: str = "$"
) -> Case:
    """Check ``obj`` completely and build the case.

    Args:
        obj: what ``load_json`` returned (it keeps decimals exact and sees repeated keys).
        vocabulary: of the procedures that it may name.
        packs: the packs there are; None leaves the pack's name unchecked.
        path: the JSON path of ``obj`` itself, ``$[3]`` in a list of cases.

    Raises:
        CaseError: with the path of the first offending value.
    """
    fields = Node(obj, path).fields(("pack", "on", "plan"), ("patient", "history", "readings"))
    pack = fields["pack"].text(_("the id of a pack"))
    if packs is not None and pack not in packs:
        raise fields["pack"].fail(
            _("unknown pack; expected one of {packs}").format(packs=", ".join(packs))
        )
    on = fields["on"].day()
    plan = _plan(fields["plan"], vocabulary)
    patient = fields.get("patient")
    history = _history(fields.get("history"), on, vocabulary)
    return Case(
        pack=pack,
        on=on,
        plan=plan,
        patient=_patient(patient) if patient else Patient(),
        history=history,
        readings=_readings(fields.get("readings"), history, on, vocabulary.scales),
    )


def _patient(node: Node) -> Patient:
    fields = node.fields((), ("contrast_allergy", "pregnant", "prostheses", "arthroplasty_planned"))
    allergy, pregnant = fields.get("contrast_allergy"), fields.get("pregnant")
    return Patient(
        contrast_allergy=allergy.flag() if allergy else False,
        pregnant=pregnant.flag() if pregnant else False,
        prostheses=tuple(_free(item) for item in _items(fields, "prostheses"))
        if fields.get("prostheses")
        else None,
        arthroplasty_planned=tuple(
            _arthroplasty(item) for item in _items(fields, "arthroplasty_planned")
        )
        if fields.get("arthroplasty_planned")
        else None,
    )


def _arthroplasty(node: Node) -> Arthroplasty:
    fields = node.fields(("site", "date"))
    return Arthroplasty(_free(fields["site"]), fields["date"].day())


def _free(node: Node) -> Site:
    text = node.text(_("a site, NAME SIDE"))
    try:
        return parse_site(text, Sort.FREE)
    except ValueError as error:
        raise node.fail(
            _("expected a joint with its side ({error})").format(error=error)
        ) from error


def _plan(node: Node, vocabulary: Vocabulary) -> Plan:
    fields = node.fields(("procedure", "sites"), ("intent", "guidance", "contrast", "steroids"))
    procedure = vocabulary.procedures[fields["procedure"].word(vocabulary.procedures)]
    guidance, contrast = fields.known("guidance"), fields.known("contrast")
    return Plan(
        procedure=procedure.id,
        sites=read_sites(fields["sites"], procedure),
        intent=_intent(fields),
        guidance=Guidance(guidance.word(_GUIDANCE)) if guidance else None,
        contrast=contrast.flag() if contrast else None,
        steroids=tuple(_steroid(item) for item in _items(fields, "steroids")),
    )


def _history(node: Node | None, on: date, vocabulary: Vocabulary) -> tuple[Entry, ...]:
    entries: list[Entry] = []
    ids: set[str] = set()
    for item in node.items() if node else []:
        entry = _entry(item, on, ids, vocabulary)
        ids.add(entry.id)
        entries.append(entry)
    return tuple(entries)


def _entry(node: Node, on: date, ids: set[str], vocabulary: Vocabulary) -> Entry:
    fields = node.fields(("id", "date", "state", "procedure", "sites"), ("intent", "steroids"))
    entry_id = fields["id"].text(_("an id"))
    if entry_id in ids:
        raise fields["id"].fail(_("expected an id of its own; this one is used twice"))
    day = fields["date"].day()
    state = State(fields["state"].word(tuple(State)))
    if state is State.DONE and day > on:
        raise fields["date"].fail(
            _("expected a done entry on or before {on}, the day asked about").format(on=on)
        )
    procedure = vocabulary.procedures[fields["procedure"].word(vocabulary.procedures)]
    steroids = fields.known("steroids")
    return Entry(
        id=entry_id,
        date=day,
        state=state,
        procedure=procedure.id,
        sites=read_sites(fields["sites"], procedure),
        intent=_intent(fields),
        steroids=tuple(_steroid(item) for item in steroids.items()) if steroids else None,
    )


def _readings(
    node: Node | None, history: tuple[Entry, ...], on: date, scales: Scales
) -> tuple[Reading, ...]:
    entries = {entry.id: entry for entry in history}
    return tuple(_reading(item, entries, on, scales) for item in (node.items() if node else []))


def _reading(node: Node, entries: dict[str, Entry], on: date, scales: Scales) -> Reading:
    fields = node.fields(("session", "date", "phase", "scale", "value"))
    session = fields["session"].text(_("the id of an entry"))
    if session not in entries:
        raise fields["session"].fail(_("expected the id of an entry of the history"))
    entry = entries[session]
    day = fields["date"].day()
    phase = Phase(fields["phase"].word(tuple(Phase)))
    _check_phase(fields, day, phase, entry, on)
    scale = fields["scale"].word(scales)
    highest = scales[scale].high
    value = fields["value"].number(_("a number from 0 to {highest}").format(highest=highest))
    if not 0 <= value <= highest:
        raise fields["value"].fail(
            _("expected 0 to {highest} on {scale}").format(highest=highest, scale=scale)
        )
    return Reading(session, day, phase, scale, value)


def _check_phase(fields: Fields, day: date, phase: Phase, entry: Entry, on: date) -> None:
    """A reading lies on the right side of its session and not in the future."""
    if phase is not Phase.BASELINE and entry.state is State.BOOKED:
        raise fields["phase"].fail(_("expected baseline: the session is only booked"))
    if day > on:
        raise fields["date"].fail(
            _("expected a day on or before {on}, the day asked about").format(on=on)
        )
    if phase is Phase.BASELINE and day > entry.date:
        raise fields["date"].fail(
            _("expected a baseline on or before the session, {date}").format(date=entry.date)
        )
    if phase is Phase.POST and day != entry.date:
        raise fields["date"].fail(
            _("expected the day of the session, {date}").format(date=entry.date)
        )
    if phase is Phase.FOLLOWUP and day <= entry.date:
        raise fields["date"].fail(
            _("expected a day after the session, {date}").format(date=entry.date)
        )


def _intent(fields: Fields) -> Intent:
    node = fields.get("intent")
    return Intent(node.word(_INTENTS)) if node else Intent.THERAPEUTIC


def _steroid(node: Node) -> Steroid:
    fields = node.fields(("drug", "mg"))
    drug = fold(fields["drug"].text(_("a drug")))
    mg = fields["mg"].number(_("a number of milligrams above 0"))
    if mg <= 0:
        raise fields["mg"].fail(_("expected a number of milligrams above 0"))
    return Steroid(drug, mg)


def _items(fields: Fields, key: str) -> list[Node]:
    node = fields.get(key)
    return node.items() if node else []

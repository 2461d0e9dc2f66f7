"""Reads blood thinners, ``safety/anticoagulants.toml``."""

from __future__ import annotations

import re
from collections.abc import Mapping

from clinicdesk.catalogue.strict import Table
from clinicdesk.domain.translation import _
from clinicdesk.safety.knowledge import Anticoagulant, Guideline, Hold
from clinicdesk.safety.recognise import Terms

_TIME = re.compile(r"([1-9][0-9]*)(?:-([1-9][0-9]*))? (h|d)", re.ASCII)
_CLASSES = ("low", "intermediate", "high")
_DRUG_CLASSES = (
    *("antiplatelet", "anticoagulant", "nsaid"),
    *("fibrinolytic", "antidepressant", "herbal"),
)


def read_anticoagulants(table: Table) -> dict[str, Anticoagulant]:
    """``[drugs]`` by key; raises Malformed, also for a name that two drugs bear."""
    drugs: dict[str, Anticoagulant] = {}
    taken: set[str] = set()
    for key, part in table.each():
        drug = _drug(key, part)
        # A name with further words to stand beside it tells itself from the plain one.
        plain = () if drug.terms.together else drug.names
        if double := taken.intersection(plain):
            part.fail(
                "aliases", _("“{double}” names another drug already.").format(double=min(double))
            )
        taken.update(plain)
        drugs[key] = drug
    return drugs


def read_combined(table: Table) -> dict[str, tuple[str, ...]]:
    """``[combined]``: the name of a product to the keys of the drugs in it."""
    return {name: table.texts(name) for name in table.keys()}  # noqa: SIM118 - no mapping


def check_combined(table: Table, drugs: Mapping[str, Anticoagulant]) -> None:
    """Each is made of drugs that are known."""
    for name in table.keys():  # noqa: SIM118 - no mapping
        table.choices(name, tuple(drugs))


def read_guideline(table: Table) -> Guideline | None:
    """What the holds follow; None where the file (a clinic's own) says nothing of it."""
    named = table.text("guideline", "")
    short, name = table.text("guideline_short", ""), table.text("guideline_name", "")
    if not named and not short and not name:
        return None
    for key, said in (("guideline", named), ("guideline_short", short), ("guideline_name", name)):
        if not said:
            table.fail(key, _("a guideline has a key, a short name and a name."))
    return Guideline(named, short, name)


def _drug(key: str, table: Table) -> Anticoagulant:
    name = table.text("name")
    aliases = table.texts("aliases", ())
    names = dict.fromkeys([name.casefold(), *(n.casefold() for n in aliases)])
    drug = Anticoagulant(
        key=key,
        name=name,
        names=tuple(names),
        drug_class=table.choice("class", _DRUG_CLASSES),
        hold={risk: _hold(table, risk) for risk in _CLASSES},
        restart=_restart(table),
        note=table.text("note", ""),
        source=table.text("source"),
        verify=table.flag("verify", default=False),
        inr=table.flag("inr", default=False),
        terms=Terms(
            names=tuple(names),
            together=table.texts("with", ()),
            unless=table.texts("unless", ()),
        ),
    )
    table.done()
    return drug


def _restart(table: Table) -> dict[str, Hold]:
    """One time for all classes, or a table with one for each."""
    if not table.holds_table("restart"):
        return dict.fromkeys(_CLASSES, _hold(table, "restart"))
    part = table.table("restart")
    restart = {risk: _hold(part, risk) for risk in _CLASSES}
    part.done()
    return restart


def _hold(table: Table, key: str) -> Hold:
    text = table.text(key)
    if text in {"none", "shared"}:
        return Hold(text, text=text)
    match = _TIME.fullmatch(text)
    if not match:
        table.fail(
            key,
            _("“{text}” is not a time like “5 d”, “7-10 d”, “12 h”, nor none or shared.").format(
                text=text
            ),
        )
    in_days = match.group(3) == "d"
    hours = 24 if in_days else 1
    least = int(match.group(1)) * hours
    most = int(match.group(2)) * hours if match.group(2) else least
    if most < least:
        table.fail(key, _("expected the smaller figure first."))
    return Hold("time", least, most, text, in_days)

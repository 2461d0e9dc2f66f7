"""Reads blood thinners, ``catalogue/anticoagulants.toml``."""

from __future__ import annotations

import re

from clinicdesk.catalogue.model import Anticoagulant, Hold
from clinicdesk.catalogue.strict import Table
from clinicdesk.domain.translation import _

_TIME = re.compile(r"([1-9][0-9]*)(?:-([1-9][0-9]*))? (h|d)", re.ASCII)
_CLASSES = ("low", "intermediate", "high")
_DRUG_CLASSES = ("antiplatelet", "anticoagulant", "nsaid")


def read_anticoagulants(table: Table) -> dict[str, Anticoagulant]:
    """``[drugs]`` by key; raises Malformed, also for a name that two drugs bear."""
    drugs: dict[str, Anticoagulant] = {}
    taken: set[str] = set()
    for key, part in table.each():
        drug = _drug(key, part)
        if double := taken.intersection(drug.names):
            part.fail(
                "aliases", _("“{double}” names another drug already.").format(double=min(double))
            )
        taken.update(drug.names)
        drugs[key] = drug
    return drugs


def _drug(key: str, table: Table) -> Anticoagulant:
    name = table.text("name")
    names = dict.fromkeys([name.casefold(), *(n.casefold() for n in table.texts("aliases", ()))])
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
    hours = 24 if match.group(3) == "d" else 1
    least = int(match.group(1)) * hours
    most = int(match.group(2)) * hours if match.group(2) else least
    if most < least:
        table.fail(key, _("expected the smaller figure first."))
    return Hold("time", least, most, text)

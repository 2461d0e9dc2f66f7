"""Reads procedures and their groups, ``procedures.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from clinicdesk.catalogue.procedure_parts import (
    read_cautions,
    read_driver,
    read_follow_ups,
    read_following,
)
from clinicdesk.catalogue.strict import Table
from clinicdesk.catalogue.usual_plans import read_doses, read_usual
from clinicdesk.domain.anatomy import Side, Sort, site_for
from clinicdesk.domain.procedures import (
    Family,
    FigurePlace,
    Group,
    Intent,
    Procedure,
    Product,
)
from clinicdesk.domain.translation import _

_SIDES = tuple(side.value for side in Side)
_INTENTS = tuple(intent.value for intent in Intent)
_SORTS = tuple(sort.value for sort in Sort)
_BLEEDING = ("low", "intermediate", "high")
_SAFETY = (
    *("radiofrequency", "joint", "bursa", "foramen", "interlaminar", "neuraxial"),
    "ganglion",
)
_NEEDS = ("fluoroscopy", "ultrasound", "ct")
_MARKS = ("ring", "diamond", "cross")
_ANCHORS = {
    Sort.SEGMENT: ("facet", "interlaminar"),
    Sort.ROOT: ("foramen",),
    Sort.CAUDAL: ("hiatus",),
    Sort.SI_JOINT: ("si joint",),
}
"""Where sites of a sort may stand on the figure of the spine; free sites stand on the body."""


def read_groups(table: Table) -> dict[str, Group]:
    """``[groups]`` by id."""
    groups = {}
    for key, part in table.each():
        groups[key] = Group(key, part.text("counted"))
        part.done()
    return groups


def read_procedures(
    table: Table,
    groups: Mapping[str, Group],
    families: Mapping[str, Family],
    products: Mapping[str, Product],
) -> dict[str, Procedure]:
    """``[procedures]`` by id."""
    return {key: _procedure(key, part, groups, families, products) for key, part in table.each()}


def check_aims(table: Table, procedures: Mapping[str, Procedure]) -> None:
    """What a procedure leads to is another one that may be done as therapy."""
    for key, part in table.each():
        for following in part.tables("due", optional=True):
            goal = following.text("leads_to", "")
            if not goal:
                continue
            following.choice("leads_to", tuple(procedures))
            if Intent.THERAPEUTIC not in procedures[goal].intents:
                following.fail("leads_to", _("“{goal}” is not done as therapy.").format(goal=goal))
            if procedures[goal].site_sort != procedures[key].site_sort:
                following.fail(
                    "leads_to", _("“{goal}” has sites of another sort.").format(goal=goal)
                )


def placed(
    procedures: Mapping[str, Procedure], places: Mapping[str, FigurePlace]
) -> dict[str, Procedure]:
    """The procedures with the places of their free sites on the body."""
    return {
        key: replace(kind, places={name: places[name] for name in kind.sites if name in places})
        if kind.site_sort == Sort.FREE
        else kind
        for key, kind in procedures.items()
    }


def _procedure(
    key: str,
    table: Table,
    groups: Mapping[str, Group],
    families: Mapping[str, Family],
    products: Mapping[str, Product],
) -> Procedure:
    intents = tuple(Intent(word) for word in table.choices("intents", _INTENTS))
    sort = Sort(table.choice("site_sort", _SORTS))
    usual = table.table("usual")
    doses = read_doses(usual, products)
    procedure = Procedure(
        id=key,
        group=table.choice("group", tuple(groups)),
        family=table.choice("family", tuple(families)),
        name=table.text("name"),
        short=table.text("short"),
        plain=table.text("plain"),
        site_sort=sort.value,
        sites=table.texts("sites"),
        sides=table.choices("sides", _SIDES),
        bleeding=table.choice("bleeding", _BLEEDING),
        bleeding_source=table.text("bleeding_source"),
        minutes=table.whole("minutes"),
        needs=table.choices("needs", _NEEDS),
        intents=intents,
        usual=read_usual(usual, products, by_site=bool(doses)),
        counted=table.text("counted"),
        midline=table.flag("midline"),
        noun=table.text("noun"),
        mark=table.choice("mark", _MARKS),
        anchor=_anchor(table, sort),
        apart_by_intent=table.flag("apart_by_intent", default=False),
        following=read_following(table, intents),
        follow_ups=read_follow_ups(table, intents),
        cautions=read_cautions(table),
        verify=table.flag("verify", default=False),
        words=table.texts("words", ()),
        bleeding_cervical=table.choice("bleeding_cervical", _BLEEDING, ""),
        safety=table.choices("safety", _SAFETY, ()),
        doses=doses,
        driver=read_driver(table),
    )
    _check(procedure, table)
    table.done()
    return procedure


def _anchor(table: Table, sort: Sort) -> str:
    known = _ANCHORS.get(sort)
    if known is None:
        if table.holds("anchor"):
            table.fail("anchor", _("free sites stand on the body, not on the spine."))
        return ""
    return table.choice("anchor", known)


def _check(procedure: Procedure, table: Table) -> None:
    if not 5 <= procedure.minutes <= 480:
        table.fail("minutes", _("expected 5 to 480."))
    if procedure.usual.intent not in procedure.intents:
        table.fail("intents", _("must hold the usual plan's intent."))
    if not procedure.sides:
        table.fail("sides", _("must offer at least one side."))
    if procedure.apart_by_intent and len(procedure.intents) < 2:
        table.fail("apart_by_intent", _("makes no difference with one intent."))
    for name in procedure.sites:
        for side in procedure.sides:
            try:
                site_for(f"{name} {side}", procedure)
            except ValueError as error:
                table.fail("sites", str(error))

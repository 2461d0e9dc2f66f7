"""Reads the names that sites go by, ``sites.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from clinicdesk.catalogue.strict import Table
from clinicdesk.domain.anatomy import FIXED_NAMES, ROOTS, Side, Sort, parse_site
from clinicdesk.domain.procedures import Procedure
from clinicdesk.domain.site_names import SiteNames, name_key
from clinicdesk.domain.translation import _


@dataclass(frozen=True)
class SiteEntry:
    """A site's other names, and the procedures that it is offered for."""

    others: tuple[str, ...]
    procedures: tuple[str, ...]


def read_sites(table: Table) -> dict[str, SiteEntry]:
    """``[sites]`` by canonical name."""
    return {name: _entry(name, part) for name, part in table.each()}


def _entry(name: str, table: Table) -> SiteEntry:
    others = (*table.texts("plurals", ()), *table.texts("names", ()))
    if name not in FIXED_NAMES:
        for each in (name, *others):
            try:
                parse_site(f"{each} {Side.LEFT}", Sort.FREE)
            except ValueError as error:
                table.fail(None, str(error))
        if name != " ".join(name.casefold().split()):
            table.fail(None, _("a site's name is written in small letters."))
    entry = SiteEntry(others, table.texts("procedures", ()))
    table.flag("verify", default=False)
    table.done()
    return entry


def check_names(
    table: Table, entries: Mapping[str, SiteEntry], procedures: Mapping[str, Procedure]
) -> None:
    """No name means two sites, and a site is offered for what takes free names, or Malformed."""
    meant: dict[str, str] = {}
    for name, entry in entries.items():
        for each in (name, *entry.others):
            known = meant.setdefault(name_key(each), name)
            if known != name:
                at = name if table.holds(name) else known
                table.table(at).fail(
                    None,
                    _("“{name}” is a name of “{one}” and of “{other}”.").format(
                        name=each, one=known, other=name
                    ),
                )
    for name, part in table.each():
        free = [key for key, kind in procedures.items() if kind.site_sort == Sort.FREE]
        part.choices("procedures", free, ())
        if len({name_key(each) for each in (name, *entries[name].others)}) <= len(
            entries[name].others
        ):
            part.fail(None, _("gives a name twice."))


def with_names(
    procedures: Mapping[str, Procedure], entries: Mapping[str, SiteEntry]
) -> tuple[dict[str, Procedure], SiteNames]:
    """The procedures with their sites by canonical names, and all names.

    A site that a procedure lists and no file describes is a name by itself.
    """
    free = {key: kind for key, kind in procedures.items() if kind.site_sort == Sort.FREE}
    listed = {name: entry.others for name, entry in entries.items() if name not in FIXED_NAMES}
    known = SiteNames(listed)
    for kind in free.values():
        for name in kind.sites:
            if not known.listed(name) and name not in ROOTS:
                listed.setdefault(name, ())
    known = SiteNames(listed)
    own = {
        key: tuple(dict.fromkeys(known.read(name) for name in kind.sites))
        for key, kind in free.items()
    }
    names = SiteNames(
        listed,
        {name: entry.others for name, entry in entries.items() if name in FIXED_NAMES},
        {
            key: dict.fromkeys(
                (*sites, *(name for name, entry in entries.items() if key in entry.procedures))
            )
            for key, sites in own.items()
        },
    )
    named = {
        key: replace(kind, sites=own.get(key, kind.sites), names=names)
        for key, kind in procedures.items()
    }
    return named, names

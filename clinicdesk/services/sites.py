"""Names of sites: a new one of this clinic, and what the names of old records mean.

Records keep what was written, signed ones above all: the list is applied when they are read.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace

from clinicdesk.data.queries import site_names as queries
from clinicdesk.domain.anatomy import FIXED_NAMES, ROOTS, Side, Sort, fold, parse_site
from clinicdesk.domain.errors import Invalid
from clinicdesk.domain.lists import either
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.rows.sites import SiteLists, UnlistedName
from clinicdesk.domain.site_names import name_key
from clinicdesk.domain.translation import _
from clinicdesk.services.context import Work, act, ask
from clinicdesk.services.due.keeping import refresh_patients


@act("site.add", Permission.NAME_SITE)
def add(work: Work, name: str, *, sure: bool = False) -> str:
    """Takes a name in as a new site of this clinic; the name as it is kept.

    Args:
        work: of an act.
        name: as written, with or without a side.
        sure: it was seen that a listed name is spelt nearly so, and it is another site.

    Raises:
        Invalid: on ``name``: it is none, it is known already, or nearly a listed one.
    """
    name = _readable(name)
    if work.names.lists(name):
        meant = work.names.read(name)
        raise Invalid({"name": _("“{name}” is on the list, as {meant}.").format(
            name=name, meant=meant)})  # fmt: skip
    if not sure and (near := work.names.near(name)):
        raise Invalid({"name": _("“{name}” may be {near}, which is on the list.").format(
            name=name, near=either(near))})  # fmt: skip
    queries.add(work.tx, name, name)
    work.clinic.learn_names(work.tx)
    return name


@act("site.match", Permission.MATCH_SITES)
def match(work: Work, name: str, meant: str) -> int:
    """Says what a name in the records means; the number of patients it concerns.

    From now on it is read so everywhere. What it means may be the name itself: it is a site of
    its own then.

    Raises:
        Invalid: on ``name`` or ``meant``.
    """
    return _match(work, ((name, meant),))


@act("site.match", Permission.MATCH_SITES)
def match_all(work: Work, said: tuple[tuple[str, str], ...]) -> int:
    """As ``match``, for several names at once."""
    return _match(work, said)


def _match(work: Work, said: tuple[tuple[str, str], ...]) -> int:
    keys = set()
    for name, meant in said:
        read = _read_match(work, name, meant)
        queries.add(work.tx, *read)
        keys.add(name_key(read[0]))
    concerned = {
        patient_id
        for written, patient_id in queries.written(work.tx, _free(work))
        if name_key(written) in keys
    }
    with work.clinic.naming(work.tx):
        refresh_patients(work, concerned)
    for patient_id in concerned:
        work.tx.changed("procedure", patient_id)
    return len(concerned)


def _read_match(work: Work, name: str, meant: str) -> tuple[str, str]:
    """A name and the canonical name it means; raises Invalid."""
    if _side(name) != _side(meant) and _side(name) and _side(meant):
        raise Invalid({"meant": _("A match is of names: the side stays as it was written.")})
    name, meant = _readable(name), _readable(meant, "meant")
    if work.names.listed(name):
        raise Invalid(
            {
                "name": _("“{name}” is a name of the list, for {meant}, and stays so.").format(
                    name=name, meant=work.names.listed(name)
                )
            }
        )
    if name_key(name) != name_key(meant):
        meant = _listed(work, meant)
    return name, meant


@ask(Permission.SEE_SCHEDULE)
def lists(work: Work) -> SiteLists:
    """What stands in the records on no list, and what the clinic has said of names."""
    names = work.newest_names()
    times: Counter[str] = Counter()
    patients: defaultdict[str, set[int]] = defaultdict(set)
    for name, patient_id in queries.written(work.tx, _free(work)):
        if name not in ROOTS and name not in FIXED_NAMES and not names.lists(name):
            times[fold(name)] += 1
            patients[fold(name)].add(patient_id)
    found = [
        UnlistedName(name, number, len(patients[name]), names.near(name))
        for name, number in times.items()
    ]
    own = (replace(row, at=row.at.astimezone(work.zone)) for row in queries.own_rows(work.tx))
    return SiteLists(tuple(sorted(found, key=_often)), tuple(own), names.canonical())


def _often(row: UnlistedName) -> tuple[int, str]:
    return -row.times, row.name


def _free(work: Work) -> tuple[str, ...]:
    kinds = work.catalogue.procedures.items()
    return tuple(key for key, kind in kinds if kind.site_sort == Sort.FREE)


def _side(text: str) -> str:
    *name, last = fold(text).split() or [""]
    return last if name and last in {side.value for side in Side} else ""


def _readable(text: str, field: str = "name") -> str:
    """A free name in small letters, its side taken off; raises Invalid on ``field``."""
    side = _side(text)
    name = fold(text).removesuffix(side).strip()
    if not name_key(name):
        raise Invalid({field: _("Type the name of a site, for example “great toe joint”.")})
    try:
        parse_site(f"{name} {Side.LEFT}", Sort.FREE)
    except ValueError as error:
        raise Invalid({field: str(error)}) from error
    if any(name_key(name) == name_key(root) for root in ROOTS):
        raise Invalid({field: _("“{name}” is a level of the spine.").format(name=name)})
    return name


def _listed(work: Work, name: str) -> str:
    """The canonical name of one that is listed; raises Invalid on ``meant``."""
    names = work.names
    if names.lists(name):
        return names.read(name)
    said = _("“{name}” is not on the list of sites.")
    if near := names.near(name):
        said = _("“{name}” is not on the list of sites. Did you mean {near}?")
        raise Invalid({"meant": said.format(name=name, near=", ".join(near))})
    raise Invalid({"meant": said.format(name=name)})

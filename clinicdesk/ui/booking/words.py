"""Labels of the booking panel: pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from clinicdesk.domain.anatomy import usual_plan
from clinicdesk.domain.dates import day_words
from clinicdesk.domain.headings import begun
from clinicdesk.domain.medications import amount_text, dose
from clinicdesk.domain.people import age, display_name, sex_words
from clinicdesk.domain.procedures import Guidance, Procedure, Product
from clinicdesk.domain.rows.people import PatientHit
from clinicdesk.domain.rows.schedule import ResourceRow
from clinicdesk.domain.translation import _

_DRUGS = ("steroid", "local_anaesthetic")
"""The kinds of product of which a dose is asked about."""
_ROOM = 40
"""Letters for which there is room on the buttons of the kinds, side by side."""


def kind_labels(procedures: Sequence[Procedure]) -> tuple[tuple[str, str], ...]:
    """(id, label) of the kinds of one family; words that all of them share are left out.

    Where that is still too long to stand side by side, they go by their short names.
    """
    names = [procedure.name.replace(",", "").split() for procedure in procedures]
    start, end = _shared(names, 1), _shared(names, -1)
    pairs = []
    for procedure, words in zip(procedures, names, strict=True):
        rest = words[start : len(words) - end] if len(names) > 1 else []
        label = " ".join(rest) or procedure.name
        pairs.append((procedure.id, begun(label)))
    if sum(len(label) for _id, label in pairs) > _ROOM:
        return tuple((procedure.id, procedure.short) for procedure in procedures)
    return tuple(pairs)


def _shared(names: Sequence[Sequence[str]], step: int) -> int:
    """How many words all names have in common at the start (1) or the end (-1)."""
    shortest = min(len(words) for words in names)
    count = 0
    while count < shortest - 1 and len({tuple(words[::step])[count] for words in names}) == 1:
        count += 1
    return count


def _equipped(room: ResourceRow) -> int:
    return len(room.has)


def usual_words(
    procedure: Procedure, sites: tuple[str, ...], products: Mapping[str, Product]
) -> str:
    """``As usual: triamcinolone 40 mg, lidocaine 40 mg``: what the checks assume is injected."""
    plan = usual_plan(procedure, sites)
    given = [(products[key], ml) for key, ml in plan.medications if products[key].kind in _DRUGS]
    if not given:
        return ""
    if any(ml is None for __, ml in given):
        return _("No dose is usual for this site: the log will ask.")
    drugs = [
        _("{drug} {mg} {unit}").format(
            drug=product.drug, mg=amount_text(dose(product, ml)), unit=product.unit
        )
        for product, ml in given
        if ml is not None
    ]
    return _("As usual: {drugs}").format(drugs=", ".join(drugs))


def hit_facts(hit: PatientHit) -> str:
    """``14 Mar 1958 · MRN 004182 · 555 0142``."""
    parts = (
        day_words(hit.birth_date),
        _("MRN {mrn}").format(mrn=hit.mrn) if hit.mrn else "",
        hit.phone,
    )
    return " · ".join(part for part in parts if part)


def hit_name(hit: PatientHit) -> str:
    """``Villalobos, Teresa``."""
    return display_name(hit.family, hit.given)


def needed(guidance: Guidance | None) -> str:
    """What a room must have for a guidance: the word rooms and machines are marked with."""
    if guidance in (None, Guidance.LANDMARK):
        return ""
    return str(guidance)


def fitting_rooms(
    rooms: Sequence[ResourceRow], need: str, *, visit: bool = False
) -> tuple[tuple[int | None, str], ...]:
    """Rooms to choose from: those that have what is needed first, the others marked."""
    # Where nothing is needed, the C-arm is left to those who need it.
    order = rooms if need else sorted(rooms, key=_equipped)
    fit = [(room.id, room.name) for room in order if not need or need in room.has]
    rest = [
        (room.id, _("{room_name} · no {need}").format(room_name=room.name, need=need))
        for room in rooms
        if need and need not in room.has
    ]
    none: list[tuple[int | None, str]] = [(None, _("No room"))] if visit else []
    return (*none, *fit, *rest)


def hit_line(hit: PatientHit, today: date) -> str:
    """``Female · 68 y · 14 Mar 1958 · MRN 004182``."""
    parts = (
        sex_words(hit.sex),
        _("{age} y").format(age=age(hit.birth_date, today)),
        day_words(hit.birth_date),
        _("MRN {mrn}").format(mrn=hit.mrn) if hit.mrn else "",
    )
    return " · ".join(part for part in parts if part)

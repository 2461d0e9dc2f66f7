"""Payers and their rules: which are not mapped yet, what a pack would mean, mapping them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from clinicdesk.data.queries import facts, payers, sessions
from clinicdesk.domain.errors import ClinicError, Invalid
from clinicdesk.domain.payers import Basis, PayerPack, pack_on, payer_key
from clinicdesk.domain.people import display_name
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.rows.due import RebuildProgress
from clinicdesk.domain.rows.payers import ChangedVisit, PackSummary, PayerEffect, PayerRow
from clinicdesk.domain.rows.people import Actor
from clinicdesk.domain.rows.verdict import VerdictCard
from clinicdesk.domain.states import VerdictStatus
from clinicdesk.domain.translation import _
from clinicdesk.rules.payer_hints import nearest
from clinicdesk.rules.payers import CLINIC_DEFAULT, naming_pack
from clinicdesk.rules.summary import summary
from clinicdesk.services.case_building import meant_day
from clinicdesk.services.context import Clinic, Work, act, ask, permitted
from clinicdesk.services.due import refreshing
from clinicdesk.services.verdicts import assess_records

MOST_ASKED = 300
"""Appointments that are asked about, the soonest first: a verdict takes some milliseconds."""
_RANK = {
    VerdictStatus.NOT_BEFORE.value: 0,
    VerdictStatus.NEEDS_REASON.value: 1,
    VerdictStatus.CANNOT_DETERMINE.value: 2,
    VerdictStatus.OK.value: 3,
}


# -- looking -------------------------------------------------------------------------------------


@ask(Permission.MAP_PAYERS)
def listed(work: Work) -> tuple[PayerRow, ...]:
    """Every payer of the records and every one that was mapped: those to map first, by name."""
    written: defaultdict[str, list[tuple[str, int, int]]] = defaultdict(list)
    for payer, people, booked in payers.written(work.tx, work.today):
        written[payer_key(payer)].append((payer, people, booked))
    mapped = payers.mapped(work.tx)
    for key, payer in payers.names_mapped(work.tx).items():
        if key not in written:
            written[key].append((payer, 0, 0))
    rows = [_row(work, key, found, mapped.get(key, ())) for key, found in written.items()]
    return tuple(sorted(rows, key=_to_map_first))


def _to_map_first(row: PayerRow) -> tuple[bool, str]:
    return (not row.to_map, row.key)


def _row(
    work: Work, key: str, found: list[tuple[str, int, int]], mapped: tuple[PayerPack, ...]
) -> PayerRow:
    found = sorted(found, key=lambda each: (-each[1], each[0]))
    row = PayerRow(
        key=key,
        payer=found[0][0],
        spellings=tuple(payer for payer, __, ___ in found),
        patients=sum(people for __, people, ___ in found),
        booked=sum(booked for __, ___, booked in found),
        pack=work.clinic.settings.pack or CLINIC_DEFAULT,
        basis=Basis.ASSUMED,
        coming=_coming(mapped, work.today),
    )
    now = pack_on(mapped, key, work.today)
    if now is not None:
        return replace(row, pack=now.pack, basis=Basis.MAPPED, since=now.begins_on)
    named = naming_pack(key, work.catalogue.packs)
    if named:
        return replace(row, pack=named, basis=Basis.EXACT)
    close = nearest(row.payer, work.catalogue.payer_hints)
    return replace(row, nearest=close.pack, sure=close.sure, apart=close.apart)


def _coming(mapped: tuple[PayerPack, ...], today: date) -> tuple[str, date] | None:
    """The next mapping that has not begun."""
    days = sorted({each.begins_on for each in mapped if each.begins_on > today})
    if not days:
        return None
    last = pack_on(mapped, mapped[0].key, days[0])
    return (last.pack, days[0]) if last else None


@ask(Permission.MAP_PAYERS)
def packs(work: Work) -> tuple[PackSummary, ...]:
    """Every installed pack in short, the clinic's default last."""
    found = [summary(pack, work.today) for pack in work.catalogue.packs.values()]
    return tuple(sorted(found, key=lambda pack: (pack.id == CLINIC_DEFAULT, pack.title)))


@ask(Permission.MAP_PAYERS)
def effect(
    work: Work,
    row: PayerRow,
    pack: str,
    begins_on: date,
    stopped: Callable[[], bool] = bool,
) -> PayerEffect:
    """What ``pack`` would change for the appointments to come of a payer's patients.

    Each is asked twice, by the same rules as when it was booked: as things are, and with the pack
    (from the day it begins). ``stopped``: nobody waits for the answer any more.

    Raises:
        Invalid: on ``pack``, ``begins_on``.
    """
    _check(work, pack, begins_on)
    visits = payers.visits_of(work.tx, row.spellings, work.today)
    stays = 0
    stricter: list[ChangedVisit] = []
    freer: list[ChangedVisit] = []
    not_asked = max(0, len(visits) - MOST_ASKED)
    for number, patient_id, day, family, given in visits[:MOST_ASKED]:
        if stopped():
            break
        if day < begins_on:
            stays += 1
            continue
        try:
            before, after = _twice(work, number, day, pack)
        except ClinicError:
            # Its records cannot be read by the rules: the appointment itself says so.
            not_asked += 1
            continue
        if before.status == after.status:
            stays += 1
            continue
        changed = ChangedVisit(
            number, patient_id, display_name(family, given), day, before.status, after.status,
            _why(after),
        )  # fmt: skip
        worse = _RANK[after.status] < _RANK[before.status]
        (stricter if worse else freer).append(changed)
    return PayerEffect(row.key, pack, stays, tuple(stricter), tuple(freer), not_asked)


def _twice(
    work: Work, appointment_id: int, day: date, pack: str
) -> tuple[VerdictCard, VerdictCard]:
    """The verdict that hinders most, now and with the pack."""
    plans = sessions.planned_requests(work.tx, appointment_id, day)
    records = facts.facts_of(work.tx, plans[0].patient_id, day, work.names)
    now = [assess_records(records, plan, work.catalogue) for plan in plans]
    then = [assess_records(records, replace(plan, pack=pack), work.catalogue) for plan in plans]
    return min(now, key=_rank), min(then, key=_rank)


def _rank(card: VerdictCard) -> int:
    return _RANK[card.status]


def _why(card: VerdictCard) -> str:
    """The first sentence that hinders; nothing hinders what is within limits."""
    if card.status == VerdictStatus.OK:
        return ""
    return next((row.message for row in card.findings if row.status == card.status), "")


# -- mapping -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Mapped:
    """The payers that were mapped, by their keys."""

    keys: tuple[str, ...]


@act("payer.map", Permission.MAP_PAYERS)
def map_payers(work: Work, chosen: Mapping[str, str], begins_on: date) -> Mapped:
    """Maps payers, as written, to packs from a day on. What was mapped before holds until then.

    The due list of their patients is noted to be out of date; ``catch_up`` brings it up to date.

    Raises:
        Invalid: on ``payer`` (none, or one that no record has), ``pack``, ``begins_on``.
    """
    if not chosen:
        raise Invalid({"payer": _("Choose a rule pack for a payer first.")})
    known = {payer_key(payer) for payer, __, ___ in payers.written(work.tx, work.today)}
    keys = [payer_key(payer) for payer in chosen]
    known |= {payer_key(payer) for payer in payers.spelled(work.tx, keys)}
    known |= set(payers.mapped(work.tx))
    for payer, pack in chosen.items():
        if payer_key(payer) not in known:
            raise Invalid({"payer": _("No patient has the payer “{payer}”.").format(payer=payer)})
        _check(work, pack, begins_on)
        payers.add(work.tx, " ".join(payer.split()), pack, begins_on)
    payers.due_again(work.tx, keys, work.today)
    work.tx.changed("payer")
    return Mapped(tuple(keys))


def _check(work: Work, pack: str, begins_on: date) -> None:
    if pack not in work.catalogue.packs:
        known = ", ".join(work.catalogue.packs)
        raise Invalid(
            {
                "pack": _("There is no rule pack “{said}”. Known are: {known}.").format(
                    said=pack, known=known
                )
            }
        )
    try:
        meant_day(begins_on)
    except Invalid as error:
        raise Invalid({"begins_on": " ".join(error.fields.values())}) from error


@permitted("payer.catch_up", Permission.MAP_PAYERS)
def catch_up(
    clinic: Clinic,
    actor: Actor,
    keys: tuple[str, ...],
    progress: Callable[[RebuildProgress], None] | None = None,
) -> int:
    """Brings the due list of these payers' patients up to date, batch by batch, each committed.

    Returns how many patients were looked at. Nothing that anybody entered changes, so nothing is
    audited; what was not reached is brought up to date when the list is asked for next.
    """
    with clinic.store.read(actor) as tx:
        ids = payers.patients_of(tx, keys)
    return refreshing.refresh_these(clinic, actor, ids, progress)

"""The due list for a day, its rows in pages, and what was done about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

from clinicdesk.data.queries import due_acts, due_list, due_opening, due_page
from clinicdesk.domain.dates import week_start
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.rows.due import (
    LETTER_MADE,
    ContactRow,
    DueFilter,
    DueGroup,
    DueList,
    DueReason,
    DueRow,
    WeekCount,
)
from clinicdesk.domain.vocabulary import DueTerms
from clinicdesk.due.groups import ORDER, Dates, group_of
from clinicdesk.due.hand import same_site
from clinicdesk.services.context import Work, ask
from clinicdesk.services.due.assumed import assumed_in
from clinicdesk.services.due.refreshing import check_day

FIRST = 100
"""Ids of each group that come first: more than a screen holds."""
WEEKS = 12
"""Bars of the chart from this week on; one more before them holds all that is older."""
_FOLDED = (DueGroup.LAPSED, DueGroup.SNOOZED)


@ask(Permission.WORK_DUE_LIST)
def overview(work: Work, wanted: DueFilter, on: date) -> DueList:
    """The ids in order and the counts for the day ``on``."""
    return overview_in(work, wanted, on)


def overview_in(work: Work, wanted: DueFilter, on: date) -> DueList:
    """As ``overview``, inside a transaction that is already open."""
    check_day(on)
    found = due_list.overview(work.tx, wanted, on, _terms(work))
    return _list(work, found.counts, on, found.ids)


@ask(Permission.WORK_DUE_LIST, one_moment=True)
def opening(work: Work, wanted: DueFilter, on: date) -> DueList:
    """The list as far as it shows at first: every count, and the first ids of each group.

    Where the kept counts cannot answer, or nothing is left to bring, it is whole at once.
    """
    check_day(on)
    if not due_opening.answers(wanted):
        return overview_in(work, wanted, on)
    monday = week_start(on, work.clinic.customs.first_weekday)
    chart = (monday - timedelta(days=1), monday + timedelta(weeks=WEEKS))
    found = due_opening.opening(work.tx, wanted, on, _terms(work), FIRST, chart)
    if all(len(ids) == found.counts.groups[group] for group, ids in found.first):
        ids = tuple(chain.from_iterable(ids for _, ids in found.first))
        return _list(work, found.counts, on, ids)
    return replace(_list(work, found.counts, on, ()), first=found.first)


def _terms(work: Work) -> DueTerms:
    return work.catalogue.vocabulary.due


def _list(work: Work, counts: due_list.Counted, on: date, ids: tuple[int, ...]) -> DueList:
    this_week = week_start(on, work.clinic.customs.first_weekday)
    weeks = _by_week(counts.days, this_week)
    return DueList(
        on=on,
        ids=ids,
        groups=tuple((group, counts.groups[group]) for group in ORDER),
        per_family=tuple(sorted(counts.families.items())),
        weeks=tuple(_bar(weeks, this_week, week) for week in range(-1, WEEKS)),
        booked_share=_booked_share(weeks, _terms(work).soon_days // 7),
    )


Weeks = Counter[tuple[int, bool]]
"""Rows by (weeks after the day this week begins, -1 for all before; whether booked)."""


def _by_week(days: Iterable[tuple[date, DueGroup, int]], this_week: date) -> Weeks:
    """What is folded away, lapsed or put aside, is not counted."""
    found: Weeks = Counter()
    for day, group, number in days:
        if group not in _FOLDED:
            found[max((day - this_week).days // 7, -1), group is DueGroup.BOOKED] += number
    return found


def _bar(weeks: Weeks, this_week: date, week: int) -> WeekCount:
    """A bar of the chart; the first holds all before this week and is marked overdue."""
    return WeekCount(
        this_week + timedelta(weeks=week),
        weeks[week, True],
        weeks[week, False],
        overdue=week < 0,
    )


def _booked_share(weeks: Weeks, coming: int) -> int | None:
    """Percent booked of what is due by now and within the ``coming`` weeks."""
    near = {key: number for key, number in weeks.items() if key[0] < coming}
    total = sum(near.values())
    booked = sum(number for (_, is_booked), number in near.items() if is_booked)
    return 100 * booked // total if total else None


@ask(Permission.WORK_DUE_LIST)
def rows(work: Work, ids: tuple[int, ...], on: date) -> tuple[DueRow, ...]:
    """The rows of ``ids`` in that order; those that have left the list meanwhile are left out."""
    return rows_in(work, ids, on)


def rows_in(work: Work, ids: tuple[int, ...], on: date) -> tuple[DueRow, ...]:
    """As ``rows``, inside a transaction that is already open."""
    found = due_page.kept_rows(work.tx, ids, work.today, work.catalogue.safety, work.names)
    assumed = assumed_in(work, sorted({kept.item.patient_id for kept in found}))
    return tuple(
        replace(_row(work, kept, on), assumed=assumed.get(kept.item.patient_id, ""))
        for kept in found
    )


@ask(Permission.WORK_DUE_LIST)
def of_patient(work: Work, patient_id: int, on: date) -> tuple[DueRow, ...]:
    """All rows of a patient, whatever their group, the one due first at the front."""
    return rows_in(work, due_list.ids_of_patient(work.tx, patient_id), on)


@ask(Permission.WORK_DUE_LIST)
def contacts(work: Work, row_id: int) -> tuple[ContactRow, ...]:
    """Every attempt about this patient and site that was not taken back, newest first."""
    place = due_acts.places(work.tx, (row_id,)).get(row_id)
    if place is None:
        return ()
    return tuple(
        ContactRow(_local(a.at, work.zone), a.author, a.kind, a.outcome, a.note, a.next_on, a.id)
        for a in due_acts.attempts(work.tx, (place.patient_id,))[place.patient_id]
        if same_site(a.track, a.site, place.track, place.site, work.names)
    )


def _row(work: Work, kept: due_page.Kept, on: date) -> DueRow:
    item, last = kept.item, kept.contacts[0] if kept.contacts else None
    kinds, terms = work.catalogue.procedures, _terms(work)
    kind, coming = kinds.get(item.last_procedure), kinds.get(item.procedure)
    out = last is not None and last.kind == "letter" and last.outcome != LETTER_MADE
    letter = last.local_date if last and out else None
    zone = work.zone
    return DueRow(
        id=item.id,
        patient_id=item.patient_id,
        family_name=item.family_name,
        given_name=item.given_name,
        mrn=item.mrn,
        birth_date=item.birth_date,
        sex=item.sex,
        phone=kept.phone,
        language=item.language,
        group=_group(item, on, terms),
        reason=DueReason(item.reason),
        family=item.family,
        track=item.track,
        site=item.site,
        procedure=item.procedure,
        next_name=coming.short if coming else item.procedure,
        intent=item.intent,
        sites=tuple(item.sites),
        last_procedure_id=item.last_procedure_id,
        last_done=item.last_done,
        last_name=kind.name if kind else item.last_procedure,
        last_sites=tuple(item.last_sites),
        allowed_from=item.allowed_from,
        due_on=item.due_on,
        relief_ends=item.relief_ends,
        relief_latest=item.relief_latest,
        relief_basis=item.relief_basis,
        relief_percent=item.relief_percent,
        relief_days=item.relief_days,
        good_percent=terms.good_percent,
        last_score=item.last_score,
        status=item.status,
        detail=item.detail,
        contacts=sum(each.outcome != LETTER_MADE for each in kept.contacts),
        last_contact=last.local_date if last else None,
        last_contact_kind=last.kind if last else "",
        last_contact_outcome=last.outcome if last else "",
        letter_until=letter + timedelta(days=terms.letter_days) if letter else None,
        next_contact=last.next_on if last else None,
        next_appointment=_maybe_local(kept.next_appointment, zone),
        booked_for=_maybe_local(kept.booked_for, zone),
        anticoagulant=kept.anticoagulant,
        physician_id=item.physician_id,
        physician=item.physician or "",
        hand_date=kept.hand,
        snooze=kept.snooze,
        taken_by=kept.taken_by[1] if kept.taken_by else "",
        taken_by_me=kept.taken_by is not None and kept.taken_by[0] == work.actor.staff_id,
    )


def _group(item: due_page.Item, on: date, terms: DueTerms) -> DueGroup:
    dates = Dates(
        booked_on=item.booked_on,
        snoozed_until=item.snoozed_until,
        allowed_from=item.allowed_from,
        relief_latest=item.relief_latest,
        due_on=item.due_on,
        last_done=item.last_done,
    )
    return group_of(on, dates, terms)


def _local(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone)


def _maybe_local(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    return moment.astimezone(zone) if moment else None

"""Entries whose site stands on no list and may be a planned one: nothing counts them as it."""

from __future__ import annotations

from collections.abc import Iterator

from clinicdesk.catalogue.model import Catalogue
from clinicdesk.domain.anatomy import ROOTS, Site, Sort, site_for
from clinicdesk.domain.dates import day_words
from clinicdesk.domain.rows.cases import BookedRow, DoneRow, PatientFacts
from clinicdesk.domain.translation import _
from clinicdesk.rules.case import Case
from clinicdesk.services.case_building import free_site


def unmatched(facts: PatientFacts, case: Case, catalogue: Catalogue) -> str:
    """What may be at a planned site under a name of no list, as a sentence; empty where nothing.

    ``facts`` without the session that is asked about.
    """
    names, planned = catalogue.vocabulary.names, case.plan.sites
    for site, when in _entries(facts, case, catalogue):
        if site.name in ROOTS or names.lists(site.name):
            continue
        near = set(names.near(site.name, case.plan.procedure))
        sides = {spot.side for spot in site.spots}
        for other in planned:
            if other.name in near and sides & {spot.side for spot in other.spots}:
                return _(
                    "“{site}” ({when}) stands on no list and was not counted: it may be {planned}. "
                    "A physician or the manager matches it."
                ).format(site=site, when=when, planned=other)
    return ""


def _entries(facts: PatientFacts, case: Case, catalogue: Catalogue) -> Iterator[tuple[Site, str]]:
    """The free sites of what counts together with the plan, and of artificial joints."""
    kinds = catalogue.procedures
    group = kinds[case.plan.procedure].group
    rows: tuple[DoneRow | BookedRow, ...] = (*facts.done, *facts.booked)
    for row in rows:
        kind = kinds.get(row.procedure)
        if kind is None or kind.group != group or kind.site_sort != Sort.FREE:
            continue
        for text in row.sites:
            try:
                yield site_for(text, kind), day_words(row.day)
            except ValueError:
                continue
    names = catalogue.vocabulary.names
    for item in facts.implants or ():
        if (site := free_site(item.site, names)) is not None:
            yield site, item.name
    for surgery in facts.surgeries or ():
        if (site := free_site(surgery.site, names)) is not None:
            yield site, day_words(surgery.day)

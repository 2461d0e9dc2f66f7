"""What letters need for many patients at once: where they live, what was done, when we are open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from sqlalchemy import select

from clinicdesk.data.current import current_on, latest_begun
from clinicdesk.data.queries.settings import clinic_facts
from clinicdesk.data.tables import Address, DueItem, OpeningHours, ProcedureRecord
from clinicdesk.data.tx import Tx
from clinicdesk.domain.errors import NotFound
from clinicdesk.domain.places import address_form, country_of
from clinicdesk.domain.translation import _


@dataclass(frozen=True)
class Recipient:
    """A postal address: its lines below the name, and the code that the post sorts by."""

    lines: tuple[str, ...]
    country: str
    postal_code: str


def recipients(tx: Tx, patients: Sequence[int], on: date) -> dict[int, Recipient]:
    """The address on a day, by patient; those without a street or place are left out."""
    query = (
        select(Address)
        .where(Address.patient_id.in_(patients), current_on(Address, on))
        .order_by(Address.id)
    )
    home = clinic_facts(tx).country
    homes: defaultdict[int, list[Address]] = defaultdict(list)
    for row in tx.session.scalars(query):
        homes[row.patient_id].append(row)
    found = {}
    for row in filter(None, map(latest_begun, homes.values())):
        if row.line.strip() and (row.city.strip() or row.postal_code.strip()):
            found[row.patient_id] = Recipient(
                _lines(row, home), row.country.strip(), row.postal_code.strip()
            )
    return found


def _lines(row: Address, home: str) -> tuple[str, ...]:
    """The street (on as many lines as it was typed) and the place, as its country writes it."""
    form = address_form(country_of(row.country) or home)
    place = form.written(row.city, row.state, row.postal_code)
    return tuple(part.strip() for part in (*row.line.splitlines(), *place) if part.strip())


def kinds_done(tx: Tx, procedures: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Number of a logged procedure to its catalogue id and intent (empty: not said)."""
    columns = (ProcedureRecord.id, ProcedureRecord.procedure, ProcedureRecord.intent)
    query = select(*columns).where(ProcedureRecord.id.in_(procedures))
    return {number: (kind, intent or "") for number, kind, intent in tx.session.execute(query)}


def clinic_hours(tx: Tx, on: date) -> dict[int, tuple[tuple[time, time], ...]]:
    """Weekday (Monday 0) to the clinic's opening hours that hold on a day, ascending."""
    query = (
        select(OpeningHours.weekday, OpeningHours.starts, OpeningHours.ends)
        .where(
            OpeningHours.resource_id.is_(None),
            current_on(OpeningHours, on),
        )
        .order_by(OpeningHours.weekday, OpeningHours.starts)
    )
    found: dict[int, tuple[tuple[time, time], ...]] = {}
    for weekday, starts, ends in tx.session.execute(query):
        found[weekday] = (*found.get(weekday, ()), (starts, ends))
    return found


def due_rows_of(tx: Tx, procedure_id: int) -> tuple[int, ...]:
    """The rows of the due list whose last procedure this is, one for each place."""
    query = select(DueItem.id).where(DueItem.last_procedure_id == procedure_id).order_by(DueItem.id)
    return tuple(tx.session.scalars(query))


def due_row_of(tx: Tx, procedure_id: int) -> int:
    """The row of the due list whose last procedure this is; raises NotFound."""
    found = next(iter(due_rows_of(tx, procedure_id)), None)
    if found is None:
        raise NotFound(
            _(
                "No row of the due list has procedure {procedure_id} as its last one. "
                "A newer one may stand there, or nothing is to be repeated."
            ).format(procedure_id=procedure_id)
        )
    return found

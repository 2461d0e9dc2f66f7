"""Entries straight into the tables, for tests of the due list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from support.vocabulary import VOCABULARY

from clinicdesk.data import tables as t
from clinicdesk.data.queries import due_counts, due_standing
from clinicdesk.domain.clock import FixedClock
from clinicdesk.domain.rows.due import DueFilter, DueRow
from clinicdesk.due.groups import Dates
from clinicdesk.services import due


def performed(
    clinic: Any,
    day: date,
    procedure: str = "esi.transforaminal",
    site: str = "L5 left",
    *,
    intent: str = "therapeutic",
    before: int | None = 8,
    scores: tuple[tuple[date, int], ...] = (),
    after: int | None = None,
    steroid: bool = True,
    patient: int | None = None,
    outcome: str = "done",
) -> int:
    """A signed procedure with its scores; ``after`` is the one right after it."""
    patient = patient or clinic.seeded.teresa
    with clinic.store.write(None, "test.add") as tx:
        row = tx.add(
            t.ProcedureRecord(
                patient_id=patient, procedure=procedure, intent=intent, performed_on=day,
                physician_id=clinic.seeded.osei, created_at=tx.now, outcome=outcome,
            )
        )  # fmt: skip
        for position, text in enumerate(site.split(", ")):
            name, _, side = text.rpartition(" ")
            tx.add(t.ProcedureSite(procedure_id=row.id, position=position, name=name, side=side))
        if steroid:
            tx.add(
                t.Administration(
                    procedure_id=row.id, product="dexamethasone-10", drug="dexamethasone",
                    kind="steroid", per_ml=Decimal(10), volume_ml=Decimal(1), dose=Decimal(10),
                )
            )  # fmt: skip
        said = [("baseline", day, before)] if before is not None else []
        said += [("post", day, after)] if after is not None else []
        said += [("followup", on, value) for on, value in scores]
        for phase, on, value in said:
            score = tx.add(
                t.Reading(patient_id=patient, scale="NRS", value=Decimal(value or 0), local_date=on)
            )
            tx.add(t.ReadingLink(reading_id=score.id, procedure_id=row.id, phase=phase))
        tx.flush()
        row.state = "signed"
        return int(row.id)


def pass_time(clinic: Any, delta: timedelta) -> None:
    """Lets the clinic's clock go on."""
    clinic.clock = clinic.store.clock = FixedClock(clinic.clock.now() + delta)


def listed(clinic: Any, actor: Any, on: date, wanted: DueFilter = DueFilter()) -> list[DueRow]:  # noqa: B008
    """The whole list as it is kept, without bringing anything up to date."""
    ids = due.overview(clinic, actor, wanted, on).ids
    return list(due.rows(clinic, actor, ids, on))


def dates_of(values: Mapping[str, Any]) -> Dates:
    """The dates of a row that decide about its group; those it has not are None."""
    return Dates(**{field.name: values.get(field.name) for field in fields(Dates)})


def put_rows(clinic: Any, items: list[dict[str, Any]], on: date) -> None:
    """Kept rows straight into the table, in their groups of the day ``on``, and counted."""
    with clinic.store.unaudited() as tx:
        for values in items:
            where = due_standing.standing(asdict(dates_of(values)), on, VOCABULARY.due)
            tx.session.add(t.DueItem(**values, **where))
        tx.flush()
        due_counts.recount(tx)


def kept_counts(clinic: Any) -> tuple[dict[Any, int], dict[Any, int]]:
    """The counts as they are kept, and the rows counted one by one."""
    with clinic.store.read() as tx:
        rows = tx.session.query(t.DueItem.stands, t.DueItem.family, t.DueItem.due_on)
        counts = due_counts.counted(tx, (date.min, date.max))
        kept = {tuple(key): number for key, number in counts.items() if number}
        return kept, dict(Counter(tuple(row) for row in rows))

"""The number to call: which of a patient's phones is shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any, Protocol

from sqlalchemy import Select, bindparam, select

from clinicdesk.data.current import current_on
from clinicdesk.data.tables import Phone
from clinicdesk.data.tx import Tx


class Numbered(Protocol):
    """What of a phone tells whether it is the one to call."""

    @property
    def kind(self) -> str: ...
    @property
    def number(self) -> str: ...


def shown_phone(phones: Iterable[Numbered]) -> str:
    """The number to call: mobile before others; empty without any."""
    numbers = [(phone.kind != "mobile", phone.number) for phone in phones]
    return min(numbers, key=_other_than_mobile)[1] if numbers else ""


def _other_than_mobile(number: tuple[bool, str]) -> bool:
    return number[0]


def shown_phones(tx: Tx, ids: Sequence[int], on: date) -> dict[int, str]:
    """The number to call on a day, by patient; no key for those without one."""
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in tx.session.execute(_query(), {"patients": ids, "on": on}):
        found[row.patient_id].append(row)
    return {patient_id: shown_phone(rows) for patient_id, rows in found.items()}


@cache
def _query() -> Select[*tuple[Any, ...]]:
    # Put together once: with every page of a list, that took longer than asking.
    return (
        select(Phone.patient_id, Phone.kind, Phone.number)
        .where(
            Phone.patient_id.in_(bindparam("patients", expanding=True)),
            current_on(Phone, bindparam("on")),
        )
        .order_by(Phone.kind.desc(), Phone.id)
    )

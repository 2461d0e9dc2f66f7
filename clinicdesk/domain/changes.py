"""What a committed act changed, so that open windows know what to ask again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class ChangeSet:
    """Kinds and ids touched by one transaction.

    Attributes:
        kinds: e.g. ``patient``, ``appointment``, ``procedure``, ``document``, ``product``.
        patients: ids of the patients concerned.
        days: clinic-local dates whose schedule changed.
    """

    kinds: frozenset[str] = frozenset()
    patients: frozenset[int] = frozenset()
    days: frozenset[date] = field(default_factory=frozenset)

    def __or__(self, other: ChangeSet) -> ChangeSet:
        return ChangeSet(
            self.kinds | other.kinds, self.patients | other.patients, self.days | other.days
        )

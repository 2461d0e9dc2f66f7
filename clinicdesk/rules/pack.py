"""A pack: rules as data, with their sources. Files are read by the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from clinicdesk.domain.vocabulary import Vocabulary
from clinicdesk.rules.kinds.base import Rule
from clinicdesk.rules.selector import SessionKind


@dataclass(frozen=True)
class Pack:
    """All rules of one payer or clinic.

    Attributes:
        version: of the file's content.
        effective_from: first day for which the text is known to hold. Rules as old as this speak
            for earlier days too (nothing older is known); newer ones begin on their own day.
        partial: sentence that says what is not checked; empty for a whole pack.
        payers: names of payers, folded, whose patients it is for.
        vocabulary: of the procedures that its rules and its cases may name.
        muscles: name of a muscle, folded, to the part of the body it is counted under.
        rules: in the order in which findings are shown.
        beside: what the payer asks for besides; never part of a verdict's status or first day.
    """

    id: str
    title: str
    version: str
    effective_from: date
    source: str
    partial: str
    kinds: Mapping[str, SessionKind]
    rules: tuple[Rule, ...]
    vocabulary: Vocabulary
    payers: tuple[str, ...] = ()
    muscles: Mapping[str, str] = field(default_factory=dict)
    beside: tuple[Rule, ...] = ()

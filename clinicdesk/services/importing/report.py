"""What an import did."""

from __future__ import annotations

from dataclasses import dataclass, field

from clinicdesk.services.importing.rows import Oddity, Refusal


@dataclass
class ImportReport:
    """What an import did. ``read`` counts patients; refused rows name file, line and column.

    ``none`` counts the lists that were answered with "none". ``not_taken`` are columns of which
    nothing was taken over, ``withheld`` those that hold identity documents.
    """

    read: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    allergies: int = 0
    conditions: int = 0
    drugs: int = 0
    implants: int = 0
    pregnancy: int = 0
    none: int = 0
    refused: list[Refusal] = field(default_factory=list)
    oddities: list[Oddity] = field(default_factory=list)
    withheld: tuple[str, ...] = ()
    not_taken: tuple[str, ...] = ()

"""Which pack is asked about a patient on a day: the one place that chooses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from clinicdesk.domain.payers import Basis, pack_on, payer_key
from clinicdesk.domain.rows.cases import PatientFacts
from clinicdesk.rules.pack import Pack

CLINIC_DEFAULT = "clinic-default"
"""The pack where neither a payer nor the clinic says which."""


@dataclass(frozen=True)
class Chosen:
    """The id of a pack (installed or not), why it is this one, and the payer as written."""

    pack: str
    basis: Basis
    payer: str = ""


def choose_pack(facts: PatientFacts, packs: Mapping[str, Pack], said: str = "") -> Chosen:
    """The pack asked for; else that of the coverage; else the payer's; else the clinic's own.

    A payer's is what the clinic mapped it to, else the pack that names it letter by letter (but
    for case, spaces and punctuation). Nothing is guessed from a part of its name.

    Args:
        facts: of the day that is asked about.
        said: the pack asked for; empty: none.
    """
    payer = facts.coverage.payer if facts.coverage else ""
    said = said or (facts.coverage.pack if facts.coverage else "")
    if said:
        return Chosen(said, Basis.SAID, payer)
    key = payer_key(payer)
    own = facts.clinic_pack or CLINIC_DEFAULT
    if not key:
        return Chosen(own, Basis.NO_PAYER)
    mapped = pack_on(facts.payer_packs, key, facts.on)
    if mapped is not None:
        return Chosen(mapped.pack, Basis.MAPPED, payer)
    exact = naming_pack(key, packs)
    if exact:
        return Chosen(exact, Basis.EXACT, payer)
    return Chosen(own, Basis.ASSUMED, payer)


def naming_pack(key: str, packs: Mapping[str, Pack]) -> str:
    """The first pack that names this payer (``payer_key``); empty where none does."""
    return next(
        (pack.id for pack in packs.values() if any(payer_key(name) == key for name in pack.payers)),
        "",
    )

"""The loaded catalogue and those of its parts that are not domain types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from clinicdesk.domain.errors import NotFound
from clinicdesk.domain.procedures import Family, Procedure, Product
from clinicdesk.domain.translation import _
from clinicdesk.domain.vocabulary import Vocabulary
from clinicdesk.rules.pack import Pack


@dataclass(frozen=True)
class AnaestheticLimit:
    """Greatest single dose of a local anaesthetic: the smaller of mg/kg × weight and the cap."""

    drug: str
    mg_per_kg: Decimal
    cap_mg: Decimal
    mg_per_kg_with_epinephrine: Decimal
    cap_mg_with_epinephrine: Decimal
    source: str
    verify: bool


@dataclass(frozen=True)
class Hold:
    """How long before (or after) a block: ``kind`` is ``time``, ``none`` or ``shared``.

    ``shared`` is a shared decision with the prescriber without a routine hold.
    ``least`` and ``most`` are hours, equal for one figure; None without a time.
    """

    kind: str
    least: int | None = None
    most: int | None = None
    text: str = ""


@dataclass(frozen=True)
class Anticoagulant:
    """A blood thinner: its names, and its holds by the block's bleeding class.

    ``names`` are all names folded to lower case, for recognising it in a drug list.
    """

    key: str
    name: str
    names: tuple[str, ...]
    drug_class: str
    hold: Mapping[str, Hold]
    restart: Mapping[str, Hold]
    note: str
    source: str
    verify: bool


@dataclass(frozen=True)
class Catalogue:
    """Everything the clinic's files say; mappings keep the files' order.

    Attributes:
        vocabulary: procedures, their groups and families.
        products: by key.
        packs: rule packs by id.
        anticoagulants: by key.
        complications: key to label; ``none`` first.
        limits: local anaesthetic maxima by drug.
        guideline: what the holds of blood thinners follow.
    """

    version: str
    vocabulary: Vocabulary
    products: Mapping[str, Product]
    packs: Mapping[str, Pack]
    anticoagulants: Mapping[str, Anticoagulant]
    complications: Mapping[str, str]
    limits: Mapping[str, AnaestheticLimit]
    guideline: str

    @property
    def procedures(self) -> Mapping[str, Procedure]:
        return self.vocabulary.procedures

    @property
    def families(self) -> Mapping[str, Family]:
        return self.vocabulary.families

    def procedure(self, procedure_id: str) -> Procedure:
        """The procedure, or NotFound with a sentence."""
        return self.vocabulary.procedure(procedure_id)

    def product(self, key: str) -> Product:
        """The product, or NotFound with a sentence."""
        if key not in self.products:
            raise NotFound(_("There is no medication “{key}” in the catalogue.").format(key=key))
        return self.products[key]

    def anticoagulant(self, written: str) -> Anticoagulant | None:
        """The blood thinner that an entry of a drug list names, strength and form ignored.

        ``Apixaban 5 MG Oral Tablet`` is apixaban; the longest name found wins.
        """
        words = f" {' '.join(written.casefold().replace(',', ' ').split())} "
        hits = [
            (len(name), drug)
            for drug in self.anticoagulants.values()
            for name in drug.names
            if f" {name} " in words
        ]
        return max(hits, key=_length)[1] if hits else None


def _length(hit: tuple[int, Anticoagulant]) -> int:
    return hit[0]

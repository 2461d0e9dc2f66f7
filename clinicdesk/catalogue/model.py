"""The loaded catalogue and those of its parts that are not domain types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from clinicdesk.domain.errors import NotFound
from clinicdesk.domain.measures import Measures
from clinicdesk.domain.procedures import Family, Procedure, Product
from clinicdesk.domain.rows.holds import HoldTerms
from clinicdesk.domain.rows.reviews import SafetyReason
from clinicdesk.domain.rows.safety_facts import Entry, ReadAs
from clinicdesk.domain.translation import _
from clinicdesk.domain.vocabulary import Vocabulary
from clinicdesk.rules.pack import Pack
from clinicdesk.rules.payer_hints import PayerHints
from clinicdesk.safety.knowledge import Anticoagulant, Knowledge
from clinicdesk.safety.read_as import read_as
from clinicdesk.safety.recorded import EntryWords


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
class Catalogue:
    """Everything the clinic's files say; mappings keep the files' order.

    Attributes:
        vocabulary: procedures, their groups and families.
        products: by key.
        packs: rule packs by id.
        payer_hints: what is suggested for a payer that nobody mapped yet.
        complications: key to label; ``none`` first.
        limits: local anaesthetic maxima by drug.
        safety: what the checks of a patient know, blood thinners among it.
        safety_reasons: what a physician chooses from, going ahead past a danger; by id.
        hold_terms: when the steps of a held drug are due.
        measures: what is measured on the day of a procedure, by key.
    """

    version: str
    vocabulary: Vocabulary
    products: Mapping[str, Product]
    packs: Mapping[str, Pack]
    payer_hints: PayerHints
    complications: Mapping[str, str]
    limits: Mapping[str, AnaestheticLimit]
    safety: Knowledge
    safety_reasons: Mapping[str, SafetyReason]
    hold_terms: HoldTerms
    measures: Measures

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

    @property
    def anticoagulants(self) -> Mapping[str, Anticoagulant]:
        """Blood thinners by key."""
        return self.safety.anticoagulants

    @property
    def entry_words(self) -> EntryWords:
        """What the words of an entry as typed tell."""
        return EntryWords(self.safety)

    def read_as(self, entry: Entry) -> ReadAs:
        """What the checks make of an entry."""
        return read_as(entry, self.safety)

    @property
    def guideline(self) -> str:
        """The name of what the holds of blood thinners follow."""
        return self.safety.guideline.name

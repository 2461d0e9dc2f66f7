"""Which rows of the due list rest on rules that nobody chose for the patient's payer."""

from __future__ import annotations

from collections.abc import Sequence

from clinicdesk.data.queries.facts import payer_facts
from clinicdesk.domain.payers import Basis, assumed_words
from clinicdesk.rules.payers import choose_pack
from clinicdesk.services.context import Work


def assumed_in(work: Work, patient_ids: Sequence[int]) -> dict[int, str]:
    """By patient the sentence that says so; those whose rules are known are left out."""
    packs, found = work.catalogue.packs, {}
    for patient_id, facts in payer_facts(work.tx, patient_ids, work.today).items():
        chosen = choose_pack(facts, packs)
        if chosen.basis is Basis.ASSUMED:
            pack = packs.get(chosen.pack)
            title = pack.title if pack else chosen.pack
            found[patient_id] = assumed_words(chosen.payer, title)
    return found

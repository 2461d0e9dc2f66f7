"""Who pays: how names of payers are compared, and which rule pack a clinic mapped one to."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from clinicdesk.domain.translation import _


class Basis(StrEnum):
    """Why a pack is the one that is asked."""

    SAID = "said"
    """Somebody asked for it, or it stands on the patient's coverage."""
    MAPPED = "mapped"
    """The clinic mapped the payer to it."""
    EXACT = "exact"
    """The pack itself names the payer."""
    ASSUMED = "assumed"
    """The payer is known to nobody: the clinic's own rules are asked in place of its own."""
    NO_PAYER = "no-payer"
    """No payer is recorded: the clinic's own rules."""


@dataclass(frozen=True)
class PayerPack:
    """A payer's rules from a day on; ``key`` as of ``payer_key``."""

    key: str
    pack: str
    begins_on: date


@lru_cache(maxsize=4096)
def payer_key(name: str) -> str:
    """What two spellings of one payer share: no case, no spaces, no punctuation.

    Signs that mean something (``+``) stay, and nothing is left out or shortened: ``Medicare`` and
    ``Medicare Advantage HMO`` are two payers. Empty where nothing is said.
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    key = "".join(sign for sign in folded if unicodedata.category(sign)[0] not in "PZC")
    return key or "".join(folded.split())


def pack_on(mapped: Iterable[PayerPack], key: str, day: date) -> PayerPack | None:
    """What a payer is mapped to on ``day``: the latest begun, of one day the last entered.

    Args:
        mapped: in the order in which they were entered.
    """
    found: PayerPack | None = None
    for each in mapped:
        if each.key != key or each.begins_on > day:
            continue
        if found is None or each.begins_on >= found.begins_on:
            found = each
    return found


def assumed_words(payer: str, pack_title: str) -> str:
    """What is said wherever rules are asked that nobody chose for this payer."""
    return _("Rules assumed: {pack}; “{payer}” is not mapped to rules yet.").format(
        pack=short_title(pack_title), payer=payer
    )


def short_title(pack_title: str) -> str:
    """``Clinic default`` of ``Clinic default (no payer)``: a title without what explains it."""
    return pack_title.partition(" (")[0]

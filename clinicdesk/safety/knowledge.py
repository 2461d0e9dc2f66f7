"""What the checks know, as one value that is read from files and handed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from clinicdesk.domain.log_warnings import Limit
from clinicdesk.domain.procedures import Product
from clinicdesk.domain.spans import Span
from clinicdesk.domain.vocabulary import Vocabulary
from clinicdesk.safety.recognise import Recogniser, Terms

DIABETES, PREDIABETES, INFECTION = "diabetes", "prediabetes", "infection"
PREGNANCY, MAY_BE_PREGNANT = "pregnancy", "may_be_pregnant"
"""The kinds of a condition that checks ask for."""
_THINNERS = ("anticoagulant", "antiplatelet", "fibrinolytic")
UNSORTED = "drug"
"""How an allergy is sorted that no table knows."""
ANY_CLASS = "any"
"""The class of an allergy to local anaesthetics as such."""


@dataclass(frozen=True)
class Hold:
    """How long before (or after) a block: ``kind`` is ``time``, ``none`` or ``shared``.

    ``shared`` is a shared decision with the prescriber without a routine hold.
    ``least`` and ``most`` are hours, equal for one figure; None without a time. ``in_days``:
    written in days, which are whole days without the drug.
    """

    kind: str
    least: int | None = None
    most: int | None = None
    text: str = ""
    in_days: bool = False


@dataclass(frozen=True)
class Anticoagulant:
    """A blood thinner, or another drug that matters for bleeding.

    Attributes:
        names: all names folded to lower case, for recognising it in a drug list.
        hold, restart: by the block's bleeding class.
        inr: whether a normal INR is asked for as well.
        terms: the names with what must stand beside them.
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
    inr: bool
    terms: Terms

    @property
    def thins(self) -> bool:
        """Whether people call it a blood thinner; a painkiller or a herb is none."""
        return self.drug_class in _THINNERS


@dataclass(frozen=True)
class Allergen:
    """Something that an allergy may be to.

    Attributes:
        kind: ``contrast``, ``iodine``, ``anaesthetic``, ``steroid``, ``excipient``, ``latex``,
            ``antiseptic`` or ``other``.
        drug_class: of an anaesthetic: ``amide``, ``ester`` or ``any``.
        within: of an excipient, the drugs whose products hold it.
        category: as the record sorts it: ``drug``, ``latex``, ``contrast``, ``food``, …
    """

    key: str
    kind: str
    category: str
    drug_class: str
    within: tuple[str, ...]
    terms: Terms


@dataclass(frozen=True)
class Condition:
    """A condition, or a drug that says so: ``diabetes``, ``prediabetes``, ``infection``, …"""

    key: str
    kind: str
    terms: Terms


@dataclass(frozen=True)
class Device:
    """An active implant, and how grave radiofrequency near it is: ``reason`` or ``note``."""

    key: str
    level: str
    terms: Terms


@dataclass(frozen=True)
class Joint:
    """A joint and its bursae: as sites are named, and words that say that it was replaced.

    ``replaced`` by side (``left``, ``right``, ``both``; empty: the word tells no side).
    """

    key: str
    names: tuple[str, ...]
    bursae: tuple[str, ...]
    replaced: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Ceiling:
    """The most of a steroid in one session, in mg."""

    drug: str
    mg: Decimal
    source: str
    verify: bool


@dataclass(frozen=True)
class Equivalent:
    """``mg`` of a steroid do about what ``reference_mg`` of prednisone do, as tablets."""

    drug: str
    mg: Decimal
    reference_mg: Decimal
    source: str
    verify: bool


@dataclass(frozen=True)
class Basis:
    """Where a check comes from; ``verify``: not read in its primary text yet."""

    source: str
    verify: bool


@dataclass(frozen=True)
class WeightLimits:
    """From which age on somebody is an adult here, and the least (of adults) and most kg."""

    adult_from: int
    least_kg: Decimal
    most_kg: Decimal


@dataclass(frozen=True)
class Limits:
    """The ages, spans and places that checks ask for.

    Attributes:
        pregnancy_ages: first and last age at which pregnancy is asked, both included.
        pregnancy_lasts: what is on record is asked again after that long.
        pregnancy_denied: how long a “no” to the question counts.
        before_surgery, after_surgery: how far a joint's operation lies ahead, or back.
        highest_interlaminar: the uppermost segment at which an interlaminar epidural is advised.
        weight: plausible weights; beyond, it is asked back.
        most_seconds, most_mgy: plausible fluoroscopy time and air kerma; above, it is asked back.
    """

    pregnancy_ages: tuple[int, int]
    pregnancy_lasts: Span
    pregnancy_denied: Span
    before_surgery: Span
    after_surgery: Span
    highest_interlaminar: str
    weight: WeightLimits
    most_seconds: Decimal
    most_mgy: Decimal


@dataclass(frozen=True)
class Guideline:
    """What the holds follow: key (``asra-2018``), short name and whole name."""

    key: str
    short: str
    name: str


@dataclass(frozen=True)
class Knowledge:
    """Everything the checks know; by key, in the order of the files.

    Attributes:
        vocabulary, products, anaesthetics: the catalogue's procedures, products, greatest doses.
        allergy_words, drug_words, …: what recognises the entries of the tables in texts.
        present_infection_words, present_device_words: only what no word of the text puts into the
            past; what the plain ones find beyond them has to be asked.
        stopped_words: that a drug is not taken any more.
    """

    vocabulary: Vocabulary
    products: Mapping[str, Product]
    anaesthetics: Mapping[str, Limit]
    anticoagulants: Mapping[str, Anticoagulant]
    allergens: Mapping[str, Allergen]
    conditions: Mapping[str, Condition]
    devices: Mapping[str, Device]
    joints: Mapping[str, Joint]
    ceilings: Mapping[str, Ceiling]
    equivalents: Mapping[str, Equivalent]
    limits: Limits
    checks: Mapping[str, Basis]
    guideline: Guideline
    allergy_words: Recogniser
    thinner_words: Recogniser
    condition_words: Recogniser
    infection_words: Recogniser
    present_infection_words: Recogniser
    pregnancy_words: Recogniser
    diabetes_drug_words: Recogniser
    device_words: Recogniser
    present_device_words: Recogniser
    stopped_words: Recogniser
    joint_words: Recogniser
    bursa_words: Recogniser
    bleeding_words: Recogniser
    one_side_words: Recogniser

    def category_of(self, substance: str) -> str:
        """How the record sorts an allergy as typed; what no table knows is a drug."""
        found = self.allergy_words.found(substance)
        return self.allergens[found[0]].category if found else UNSORTED

"""What a patient was asked before a needle: the lists, their entries, who asked and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from clinicdesk.domain.translation import _


class Topic(StrEnum):
    """What is asked of a patient. All but pregnancy are lists."""

    ALLERGIES = "allergies"
    DRUGS = "drugs"
    CONDITIONS = "conditions"
    IMPLANTS = "implants"
    SURGERIES = "surgeries"
    PREGNANCY = "pregnancy"

    @property
    def label(self) -> str:
        """The words staff use for it."""
        return _LABELS[self]


_LABELS = {
    Topic.ALLERGIES: _("Allergies"),
    Topic.DRUGS: _("Drugs"),
    Topic.CONDITIONS: _("Conditions"),
    Topic.IMPLANTS: _("Implants"),
    Topic.SURGERIES: _("Joint surgery"),
    Topic.PREGNANCY: _("Pregnancy"),
}
LISTS = tuple(topic for topic in Topic if topic is not Topic.PREGNANCY)


class Said(StrEnum):
    """How a question was answered: a list with ``none`` or ``list``, pregnancy ``yes`` or ``no``.

    ``not_asked`` takes an answer back.
    """

    NOT_ASKED = "not_asked"
    NONE = "none"
    LIST = "list"
    YES = "yes"
    NO = "no"


@dataclass(frozen=True)
class AllergyEntry:
    """An allergy. ``category`` empty: by the words; ``severity`` mild, moderate, severe or empty.

    ``category`` else as of the record: drug, latex, contrast, food, environment, other.
    """

    substance: str
    reaction: str = ""
    severity: str = ""
    category: str = ""
    code_system: str = ""
    code: str = ""


@dataclass(frozen=True)
class DrugEntry:
    """A drug taken at home, its dose as said. ``kind`` empty: by the catalogue's blood thinners."""

    drug: str
    dose: str = ""
    kind: str = ""


@dataclass(frozen=True)
class ConditionEntry:
    """A problem or diagnosis; ``since`` where it is known."""

    name: str
    since: date | None = None
    code_system: str = ""
    code: str = ""


@dataclass(frozen=True)
class ImplantEntry:
    """A device, or an artificial joint with its ``site`` (``knee left``).

    ``prosthesis`` None: by the words of the name.
    """

    name: str
    site: str = ""
    prosthesis: bool | None = None


@dataclass(frozen=True)
class SurgeryEntry:
    """An operation of a joint, planned or past; ``kind`` is ``arthroplasty`` or another word."""

    site: str
    day: date
    kind: str = "arthroplasty"


Entry = AllergyEntry | DrugEntry | ConditionEntry | ImplantEntry | SurgeryEntry
KINDS: dict[Topic, type[Entry]] = {
    Topic.ALLERGIES: AllergyEntry,
    Topic.DRUGS: DrugEntry,
    Topic.CONDITIONS: ConditionEntry,
    Topic.IMPLANTS: ImplantEntry,
    Topic.SURGERIES: SurgeryEntry,
}


@dataclass(frozen=True)
class KeptEntry:
    """An entry on record: its id, since when it is known to hold (None: not said)."""

    id: int
    entry: Entry
    since: date | None = None


@dataclass(frozen=True)
class TopicState:
    """Where a question stands. ``asked_on`` and ``asked_by`` (a name) of the newest answer.

    ``said`` of a list is ``list`` wherever there are entries, asked by name or not. ``entered_on``:
    nobody was asked here, ``asked_by`` took it over from a file on that day.
    """

    topic: Topic
    said: Said = Said.NOT_ASKED
    asked_on: date | None = None
    asked_by: str = ""
    entries: tuple[KeptEntry, ...] = ()
    entered_on: date | None = None


@dataclass(frozen=True)
class SafetyFacts:
    """All that was asked of a patient, by topic, each topic once."""

    patient_id: int
    sex: str
    birth_date: date
    states: tuple[TopicState, ...]

    def of(self, topic: Topic) -> TopicState:
        """Where one question stands."""
        return next(state for state in self.states if state.topic is topic)


@dataclass(frozen=True)
class FactsAnswer:
    """One question's answer.

    Attributes:
        said: None leaves the answer to the entries: one that is added was asked.
        add: joined with what is on record; one that is there already is not doubled.
        end: ids of entries that hold no longer; they stay on record with their last day.
    """

    topic: Topic
    said: Said | None = None
    add: tuple[Entry, ...] = ()
    end: tuple[int, ...] = ()


@dataclass(frozen=True)
class ReadAs:
    """What the checks make of an entry.

    ``used``: a warning can come from it; ``known``: False where nobody can tell what it is.
    """

    words: str
    used: bool = True
    known: bool = True

"""Entries of the safety lists as typed: read from a line, written as one, checked, compared."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Protocol

from clinicdesk.domain.anatomy import Sort, parse_site
from clinicdesk.domain.dates import day_words
from clinicdesk.domain.rows.cases import ANTICOAGULANT
from clinicdesk.domain.rows.safety_facts import (
    AllergyEntry,
    ConditionEntry,
    DrugEntry,
    Entry,
    ImplantEntry,
    SurgeryEntry,
    Topic,
)
from clinicdesk.domain.text import fold
from clinicdesk.domain.translation import _

SEVERITIES = ("mild", "moderate", "severe")
_OTHER = "other"
_PARTING, _ALWAYS = re.compile(r"(\s*[;+&,/]\s*|\s+and\s+)"), (";", "+", "&")
_NOTHING = frozenset(
    {
        "none", "nil", "no", "nka", "nkda", "nkfa", "none known", "nothing", "no known allergies",
        "no known allergy", "no known drug allergies", "no known drug allergy", "no allergies",
        "no drugs", "no medications", "no medication", "no conditions", "no implants",
        "none reported", "negative",
    }
)  # fmt: skip


def says_none(text: str) -> bool:
    """Whether a line as typed or imported says that there is nothing: ``none``, ``NKDA``."""
    return fold(text).strip(" .") in _NOTHING


class Words(Protocol):
    """What the words of an entry tell, by the clinic's tables (``Catalogue.entry_words``)."""

    def category_of(self, substance: str) -> str:
        """The category of an allergy."""

    def is_thinner(self, drug: str) -> bool:
        """Whether a drug thins the blood."""

    def implant(self, text: str) -> tuple[bool, str]:
        """Whether it is an artificial joint, and its site: ``knee left``, ``knee`` or empty."""

    def joint_site(self, text: str) -> str:
        """Joint and side in a text; empty where no one joint is named."""


def read_allergy(text: str) -> AllergyEntry:
    """``IV dye (hives, moderate)``: substance, reaction, severity; its category is left open."""
    substance, __, rest = text.partition("(")
    inside = rest.rpartition(")")[0] if ")" in rest else rest
    reaction, severity = inside.strip(), ""
    head, __, last = reaction.rpartition(",")
    if last.strip().casefold() in SEVERITIES:
        reaction, severity = head.strip(), last.strip().casefold()
    substance = substance.strip()
    return AllergyEntry(substance, reaction, severity)


def read_drug(text: str) -> DrugEntry:
    """``Apixaban 5 mg twice a day``: the dose begins at the first word with a number in front."""
    words = text.split()
    cut = next((n for n, word in enumerate(words) if n and word[0].isdigit()), len(words))
    return DrugEntry(" ".join(words[:cut]), " ".join(words[cut:]))


def read_implant(text: str) -> ImplantEntry:
    """``Pacemaker``, ``Total knee replacement left``, ``Prosthesis (thumb base right)``.

    A site that stands in brackets is read; what the words tell besides is left open.
    """
    text = text.strip()
    name, __, rest = text.partition("(")
    inside = fold(rest.rpartition(")")[0].strip())
    if name.strip() and readable(inside):
        return ImplantEntry(name.strip(), inside)
    return ImplantEntry(text)


def read_entry(topic: Topic, text: str) -> Entry:
    """A line as typed, of the list that was asked about; not for joint surgery, which has a day.

    What its words tell is left open (``completed``).
    """
    if topic is Topic.ALLERGIES:
        return read_allergy(text)
    if topic is Topic.DRUGS:
        return read_drug(text)
    if topic is Topic.IMPLANTS:
        return read_implant(text)
    return ConditionEntry(text.strip())


def read_entries(topic: Topic, text: str, words: Words) -> tuple[Entry, ...]:
    """What a line as typed names; of drugs each for itself: ``Eliquis 5 mg, clopidogrel``.

    A semicolon, ``+`` or ``&`` always parts drugs; a comma, a slash or ``and`` only before a known
    blood thinner, since what stands behind may be the dose: ``5 mg, twice a day``.
    """
    if topic is not Topic.DRUGS:
        return (read_entry(topic, text),)
    first, *rest = _PARTING.split(text)
    parts = [first]
    for between, piece in zip(rest[::2], rest[1::2], strict=True):
        if between.strip() in _ALWAYS or words.is_thinner(piece):
            parts.append(piece)
        else:
            parts[-1] += between + piece
    return tuple(read_drug(part) for part in parts if part.strip())


def entry_text(entry: Entry) -> str:
    """An entry on one line, as it is typed."""
    if isinstance(entry, AllergyEntry):
        inside = ", ".join(part for part in (entry.reaction, entry.severity) if part)
        return f"{entry.substance} ({inside})" if inside else entry.substance
    if isinstance(entry, DrugEntry):
        return f"{entry.drug} {entry.dose}".strip()
    if isinstance(entry, ConditionEntry):
        return entry.name
    if isinstance(entry, ImplantEntry):
        told = set(fold(entry.site).split()) <= set(fold(entry.name).split())
        return entry.name if told else f"{entry.name} ({entry.site})"
    return f"{entry.site}, {day_words(entry.day)}"


def completed(entry: Entry, words: Words) -> Entry:
    """With what the words tell where nothing was said: category, kind, prosthesis, site."""
    if isinstance(entry, AllergyEntry) and not entry.category:
        return replace(entry, category=words.category_of(entry.substance))
    if isinstance(entry, DrugEntry) and not entry.kind:
        return replace(entry, kind=ANTICOAGULANT if words.is_thinner(entry.drug) else _OTHER)
    if isinstance(entry, ImplantEntry) and entry.prosthesis is None:
        replaced, site = words.implant(f"{entry.name} {entry.site}".strip())
        if not replaced:
            return _whole(replace(entry, prosthesis=False))
        return replace(entry, prosthesis=True, site=entry.site or site)
    return entry


def _whole(entry: ImplantEntry) -> ImplantEntry:
    """Only a joint has a site: of anything else it is a part of the name."""
    name = f"{entry.name} ({entry.site})" if entry.site else entry.name
    return replace(entry, name=name, site="")


def problem(entry: Entry) -> str:
    """Why an entry cannot be kept, as a sentence; empty where it can."""
    if isinstance(entry, AllergyEntry):
        if not entry.substance:
            return _("Enter what the patient is allergic to.")
        if entry.severity not in ("", *SEVERITIES):
            return _("Choose mild, moderate or severe.")
    elif isinstance(entry, DrugEntry) and not entry.drug:
        return _("Enter the name of the drug.")
    elif isinstance(entry, ConditionEntry | ImplantEntry) and not entry.name:
        return _("Enter a name.")
    elif isinstance(entry, SurgeryEntry) and not readable(entry.site):
        return _("Enter the joint and its side, for example knee left.")
    return ""


def readable(site: str) -> bool:
    """Whether the rules can compare this joint: a name and a side."""
    try:
        parse_site(site, Sort.FREE)
    except ValueError:
        return False
    return True


def key(entry: Entry) -> tuple[str, ...]:
    """What makes two entries about the same thing: whatever is said about it aside."""
    if isinstance(entry, AllergyEntry):
        return (fold(entry.substance),)
    if isinstance(entry, DrugEntry):
        return (fold(entry.drug),)
    if isinstance(entry, ConditionEntry):
        return (fold(entry.name),)
    if isinstance(entry, ImplantEntry):
        return (fold(entry.name), fold(entry.site))
    return (fold(entry.site), entry.day.isoformat(), fold(entry.kind))


def adds_to(new: Entry, old: Entry) -> bool:
    """Whether a new entry says all that an old one about the same thing says, and more.

    Only then may it stand in the old one's place: of two that differ, both stand.
    """
    return new != old and _says_all_of(new, old)


def repeats(new: Entry, old: Entry) -> bool:
    """Whether a new entry about the same thing says nothing that the old one does not."""
    return _says_all_of(old, new)


def _says_all_of(one: Entry, other: Entry) -> bool:
    return all(fold(mine) == fold(his) or not his for mine, his in _details(one, other))


def _details(one: Entry, other: Entry) -> list[tuple[str, str]]:
    if isinstance(one, AllergyEntry) and isinstance(other, AllergyEntry):
        return [(one.reaction, other.reaction), (one.severity, other.severity)]
    if isinstance(one, DrugEntry) and isinstance(other, DrugEntry):
        return [(one.dose, other.dose)]
    return []

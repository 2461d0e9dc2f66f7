"""Entries of the safety lists as typed: read from a line, written as one, checked, compared."""

from __future__ import annotations

import re
from dataclasses import replace

from clinicdesk.domain.anatomy import Sort, parse_site
from clinicdesk.domain.dates import day_words
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
_CATEGORIES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("latex", ("latex",)),
    ("contrast", ("contrast", "iodin", "iodixanol", "iohexol", "gadolin", "iopamidol",
                  "ioversol", "iopromide", "diatrizoate", "omnipaque", "isovue", "visipaque",
                  "optiray", "ultravist", "dye")),
    ("food", ("peanut", "nut", "egg", "shellfish", "fish", "seafood", "milk", "dairy", "wheat",
              "soy")),
    ("environment", ("pollen", "mold", "mould", "dust", "mite", "bee", "wasp", "grass", "dander")),
)  # fmt: skip
_NO_CONTRAST = ("povidone", "betadine")
"""Antiseptics that bear iodine in their name; they say nothing about contrast."""
_PROSTHESIS = re.compile(
    r"\b(prosthes[ie]s|prosthetic|arthroplasty|artificial joint|joint replacement"
    r"|t[khs]r|[tr]sa|tka|tha|uka)\b"
)
_NO_JOINT = re.compile(r"\b(valve|lens|dental|tooth|breast|hormone|dis[ck]|eye|vascular)\b")
"""What is replaced or a prosthesis and no joint."""
_JOINTS = ("knee", "hip", "shoulder", "ankle", "elbow", "wrist")
_SIDES = {"left": "left", "lt": "left", "l": "left", "right": "right", "rt": "right", "r": "right",
          "bilateral": "bilateral", "both": "bilateral"}  # fmt: skip
_SHORT = {"tkr": "knee", "tka": "knee", "uka": "knee", "thr": "hip", "tha": "hip",
          "tsr": "shoulder", "tsa": "shoulder", "rsa": "shoulder"}  # fmt: skip
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


def category_of(substance: str) -> str:
    """The class of an allergy by the words of its name; a drug where no word tells."""
    lowered = substance.casefold()
    if any(part in lowered for part in _NO_CONTRAST):
        return "drug"
    return next(
        (kind for kind, parts in _CATEGORIES if any(part in lowered for part in parts)), "drug"
    )


def read_allergy(text: str) -> AllergyEntry:
    """``IV dye (hives, moderate)``: substance, reaction, severity."""
    substance, __, rest = text.partition("(")
    inside = rest.rpartition(")")[0] if ")" in rest else rest
    reaction, severity = inside.strip(), ""
    head, __, last = reaction.rpartition(",")
    if last.strip().casefold() in SEVERITIES:
        reaction, severity = head.strip(), last.strip().casefold()
    substance = substance.strip()
    return AllergyEntry(substance, reaction, severity, category_of(substance))


def read_drug(text: str) -> DrugEntry:
    """``Apixaban 5 mg twice a day``: the dose begins at the first word with a number in front."""
    words = text.split()
    cut = next((n for n, word in enumerate(words) if n and word[0].isdigit()), len(words))
    return DrugEntry(" ".join(words[:cut]), " ".join(words[cut:]))


def read_implant(text: str) -> ImplantEntry:
    """``Pacemaker``, ``Total knee replacement left``, ``Prosthesis (thumb base right)``.

    A joint's site is read from the words; a side that is not said stays unsaid.
    """
    text = text.strip()
    if not _is_prosthesis(text):
        return ImplantEntry(text, "", prosthesis=False)
    name, __, rest = text.partition("(")
    inside = fold(rest.rpartition(")")[0].strip())
    if name.strip() and readable(inside):
        return ImplantEntry(name.strip(), inside, prosthesis=True)
    return ImplantEntry(text, joint_site(text), prosthesis=True)


def read_entry(topic: Topic, text: str) -> Entry:
    """A line as typed, of the list that was asked about; not for joint surgery, which has a day."""
    if topic is Topic.ALLERGIES:
        return read_allergy(text)
    if topic is Topic.DRUGS:
        return read_drug(text)
    if topic is Topic.IMPLANTS:
        return read_implant(text)
    return ConditionEntry(text.strip())


def _is_prosthesis(text: str) -> bool:
    lowered = text.casefold()
    if _NO_JOINT.search(lowered):
        return False
    replaced = "replacement" in lowered and bool(joint_site(text))
    return replaced or bool(_PROSTHESIS.search(lowered))


def joint_site(text: str) -> str:
    """Joint and side in a line: ``knee left``; without a side ``knee``; else empty."""
    words = re.findall(r"[a-z]+", text.casefold())
    joint = next((w.removesuffix("s") for w in words if w.removesuffix("s") in _JOINTS), "")
    joint = joint or next((_SHORT[w] for w in words if w in _SHORT), "")
    sides = {_SIDES[w] for w in words if w in _SIDES}
    if sides == {"left", "right"}:
        sides = {"bilateral"}
    side = sides.pop() if len(sides) == 1 else ""
    return " ".join(part for part in (joint, side) if part) if joint else ""


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
        told = not entry.site or joint_site(entry.name) == entry.site
        return entry.name if told else f"{entry.name} ({entry.site})"
    return f"{entry.site}, {day_words(entry.day)}"


def completed(entry: Entry) -> Entry:
    """With what the words tell where nothing was said: category, prosthesis, site."""
    if isinstance(entry, AllergyEntry) and not entry.category:
        return replace(entry, category=category_of(entry.substance))
    if isinstance(entry, ImplantEntry) and entry.prosthesis is None:
        read = read_implant(entry.name)
        return replace(entry, prosthesis=read.prosthesis, site=entry.site or read.site)
    return entry


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

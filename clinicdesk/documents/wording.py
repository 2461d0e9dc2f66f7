"""What a sheet says for these facts: which lines hold, and with which values."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import cached_property

from babel import Locale
from babel.dates import format_datetime

from clinicdesk.documents.places import part_of, phrases, read_sites
from clinicdesk.documents.text import clean, fill, plain, unmarked
from clinicdesk.domain.anatomy import Site, Sort
from clinicdesk.domain.people import spoken_name
from clinicdesk.domain.rows.documents import NoneSaid, SheetFacts, Thinner
from clinicdesk.domain.sheets import AFTERCARE, Condition, Line, Meanings, Risk, SheetTexts

# Where the clinic has no number on record, one can be written in by hand.
BLANK = "_" * 16
_RAYS = ("fluoroscopy", "ct")
_REGIONS = {"C": "cervical", "T": "thoracic", "L": "lumbar", "S": "sacral"}


class Wording:
    """The texts of one sheet, resolved for one patient.

    Attributes:
        sites: parsed sites, or their text where they could not be read.
    """

    def __init__(self, facts: SheetFacts, texts: SheetTexts) -> None:
        self.facts = facts
        self.texts = texts
        self.sites = read_sites(facts.sites, texts)

    # -- which lines ------------------------------------------------------------------------

    @cached_property
    def true(self) -> frozenset[str]:
        """The condition words that hold."""
        facts = self.facts
        words = {facts.intent.casefold(), facts.guidance.casefold()}
        words |= {_region(site) for site in self.sites if isinstance(site, Site)}
        words |= {f"site:{site.name}" for site in self.sites if isinstance(site, Site)}
        words |= {_chest(site, self.texts.meanings) for site in self.sites}
        words |= {f"{name}_allergy" for name in facts.allergic_to}
        words |= {f"{name}_agreed" for name in facts.agreed}
        words |= {f"regulator:{facts.help.regulator}"} if facts.help.regulator else set()
        thinners = self.thinners
        # After-care does not tell of a steroid before one is logged.
        planned = self.texts.kind == AFTERCARE and not facts.steroid_logged
        flags = {
            "steroid": bool(facts.steroids) and not planned,
            "steroid_planned": bool(facts.steroids) and planned,
            "steroid_open": bool(facts.steroids)
            and planned
            and not facts.waits
            and "steroid" not in facts.allergic_to,
            "prosthesis": facts.prosthesis,
            "contrast": facts.contrast,
            "diabetes": facts.has_diabetes,
            "anticoagulant": bool(facts.anticoagulants),
            "interpreter": facts.interpreter,
            "restart": any(one.restart for one in thinners),
            "keep": any(one.keep for one in thinners),
            "about": any(one.counted_from for one in thinners),
            "said_by": any(one.by for one in thinners),
            "pregnant": facts.pregnant,
            "waits": facts.waits,
            "rays_open": facts.pregnant
            and "pregnant" not in facts.agreed
            and facts.guidance in _RAYS,
            "emergency": bool(facts.help.emergency),
            "advice": bool(facts.help.advice),
            "fahrenheit": facts.help.fahrenheit,
            "repeat": facts.repeat_from is not None,
            "follow": facts.follow_up_call is not None,
            "several": len(facts.sites) > 1,
        }
        return frozenset(words - {""} | {name for name, holds in flags.items() if holds})

    def holds(self, when: Condition) -> bool:
        """Whether a condition holds: every group, by at least one of its words."""
        return all(any(self._word(word) for word in group) for group in when)

    def _word(self, word: str) -> bool:
        if word.startswith("not "):
            return word[4:] not in self.true
        return word in self.true

    def lines(self, block: str) -> tuple[Line, ...]:
        """The lines of a block that hold here."""
        return tuple(line for line in self.texts.blocks.get(block, ()) if self.holds(line.when))

    def first(self, block: str) -> Line | None:
        """The first line of a block that holds (titles, leads)."""
        return next(iter(self.lines(block)), None)

    def risks(self) -> tuple[Risk, ...]:
        """Risks that hold: commonest first, then of unknown frequency, mild before serious."""
        found = [risk for risk in self.texts.risks if self.holds(risk.when)]
        return tuple(sorted(found, key=_risk_order))

    @property
    def thinners(self) -> tuple[Thinner, ...]:
        """What becomes of each blood thinner; of one that nobody decided on, nothing is said."""
        facts = self.facts
        return facts.thinners or tuple(Thinner(drug) for drug in facts.anticoagulants)

    def of_thinner(self, thinners: tuple[Thinner, ...]) -> Wording:
        """The same sheet as if these were all blood thinners of the patient."""
        drugs = tuple(one.drug for one in thinners)
        return Wording(replace(self.facts, anticoagulants=drugs, thinners=thinners), self.texts)

    # -- with which values ------------------------------------------------------------------

    @cached_property
    def values(self) -> dict[str, str]:
        """Placeholder to plain text."""
        facts, marks = self.facts, self.texts.words.marks
        places = [clean(words) for words in phrases(self.sites, self.texts)]
        return {
            "where": self.listed(places) or marks["nowhere"],
            "part": part_of(self.sites[0], self.texts) if self.sites else marks["your_back"],
            "physician": facts.physician,
            "clinic": facts.clinic.name,
            "phone": facts.clinic.phone_urgent or facts.clinic.phone or BLANK,
            "day": self.date(facts.when, "day"),
            "time": self.date(facts.when, "time"),
            "steroid": self.listed(list(facts.steroids)),
            "drug": self.listed(list(facts.anticoagulants)),
            "restart": self.date(next((t.restart for t in self.thinners if t.restart), None), "at"),
            "hours": str(next((t.hours for t in self.thinners if t.hours), "")),
            "ended": self.date(
                next((t.counted_from for t in self.thinners if t.counted_from), None), "at"
            ),
            "by": next((t.by for t in self.thinners if t.by), ""),
            "emergency": facts.help.emergency,
            "advice": facts.help.advice,
            **{f"{key}_allergy": self.listed(list(its)) for key, its in facts.allergic_to.items()},
            "repeat": self.date(facts.repeat_from, "long"),
            "follow": self.date(facts.follow_up_call, "day"),
        }

    def listed(self, items: list[str]) -> str:
        """``a, b and c``."""
        marks = self.texts.words.marks
        if len(items) < 2:
            return "".join(items)
        return f"{marks['joined'].join(items[:-1])} {marks['and']} {items[-1]}"

    @property
    def locale(self) -> Locale:
        """The language for dates and names of days."""
        return Locale.parse(self.texts.words.language, sep="-")

    def date(self, moment: date | None, use: str) -> str:
        """A date or moment in the sheet's language; empty for None."""
        if moment is None:
            return ""
        words = self.texts.words
        at = moment if isinstance(moment, datetime) else datetime.combine(moment, time())
        # Without its zone: babel would turn an aware moment into UTC.
        return format_datetime(at.replace(tzinfo=None), words.dates[use], locale=self.locale)

    def days(self, count: int) -> list[str]:
        """Short labels of ``count`` days from the day of the procedure on."""
        start = self.facts.when.date()
        labels = []
        for offset in range(count):
            day = start + timedelta(days=offset)
            full = offset == 0 or day.day == 1
            labels.append(self.date(day, "tiny") if full else str(day.day))
        return labels

    # -- mark-up ----------------------------------------------------------------------------

    def markup(self, template: str) -> str:
        """A template as mark-up with this patient's values."""
        return fill(template, self.values)

    def words(self, template: str) -> str:
        """A template as plain words."""
        return unmarked(template, self.values)

    def label(self, name: str) -> str:
        """A heading or fixed word as mark-up."""
        return fill(self.texts.labels[name], self.values)

    def label_words(self, name: str, **values: object) -> str:
        """A heading or fixed word as plain words."""
        texts = {key: str(value) for key, value in values.items()}
        return unmarked(self.texts.labels[name], {**self.values, **texts})

    def none_said(self, name: str, said: NoneSaid) -> str:
        """What stands in the place of an empty list; a blank to write on where no word does."""
        if not said.asked:
            return self._label_or(f"{name}_not_asked", BLANK)
        none = self.label_words(f"no_{name}")
        if said.among:
            return self._label_or(f"no_{name}_among", none)
        if said.on is None:
            return none
        return self._label_or(f"no_{name}_on", none, asked=self.date(said.on, "short"))

    def _label_or(self, name: str, other: str, **values: object) -> str:
        """A fixed word that a clinic's own text may lack."""
        return self.label_words(name, **values) if name in self.texts.labels else other

    def approved(self) -> str:
        """Who approved all of this text, and when at last; empty unless all of it is approved."""
        found = self.texts.approvals
        if not found:
            return ""
        people = list(dict.fromkeys(clean(approval.by) for approval in found))
        last = max(approval.on for approval in found)
        return self.label_words("approved", by=self.listed(people), on=self.date(last, "short"))

    def patient(self) -> str:
        """The patient's name in speaking order, as mark-up."""
        return plain(self.name)

    @property
    def name(self) -> str:
        """The patient's name in speaking order."""
        return spoken_name(self.facts.given_name, self.facts.family_name)

    @property
    def title(self) -> str:
        """The sheet's heading in plain words."""
        line = self.first("title")
        return self.words(line.text) if line else self.label_words("kind")


def _region(site: Site) -> str:
    if site.sort in (Sort.CAUDAL, Sort.SI_JOINT):
        return "sacral"
    if site.sort is Sort.FREE and not site.name[1:].isdigit():
        return ""
    return _REGIONS.get(site.name[0], "")


def _chest(site: Site | str, meanings: Meanings) -> str:
    """``near_chest``, ``chest_unknown`` where nobody has said, or nothing."""
    if isinstance(site, Site) and (site.sort is not Sort.FREE or _region(site)):
        # A level by its letter and number, ``T4`` of a free site too.
        return "near_chest" if _region(site) == "thoracic" else ""
    name = site.name if isinstance(site, Site) else site
    return {True: "near_chest", False: "", None: "chest_unknown"}[meanings.near_chest_at(name)]


def _risk_order(risk: Risk) -> tuple[bool, float, bool]:
    return (not risk.known, -risk.rate, risk.grade == "serious")

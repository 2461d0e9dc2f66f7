"""Procedure kinds as the catalogue describes them (``resources/catalogue/procedures.toml``).

Which there are is data: nothing in the program knows one by its name. Families are the
colours of the schedule (``families.toml``), groups what the interval rules count together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum

from clinicdesk.domain.site_names import NO_NAMES, SiteNames
from clinicdesk.domain.spans import Span
from clinicdesk.domain.translation import _


class Intent(StrEnum):
    """Why it is done."""

    DIAGNOSTIC = "diagnostic"
    THERAPEUTIC = "therapeutic"

    @property
    def label(self) -> str:
        """The word on screen."""
        return _INTENTS[self]


class Guidance(StrEnum):
    """How the needle is seen."""

    FLUOROSCOPY = "fluoroscopy"
    CT = "ct"
    ULTRASOUND = "ultrasound"
    LANDMARK = "landmark"

    @property
    def label(self) -> str:
        """The words on screen."""
        return _GUIDANCE[self]


_INTENTS = {Intent.DIAGNOSTIC: _("Diagnostic"), Intent.THERAPEUTIC: _("Therapeutic")}
_GUIDANCE = {
    Guidance.FLUOROSCOPY: _("Fluoroscopy"),
    Guidance.CT: _("CT"),
    Guidance.ULTRASOUND: _("Ultrasound"),
    Guidance.LANDMARK: _("Landmark"),
}


@dataclass(frozen=True)
class Steroid:
    """A steroid and its amount in milligrams; None: the dose is not known (yet)."""

    drug: str
    mg: Decimal | None


@dataclass(frozen=True)
class UsualPlan:
    """What is meant when the planner says no more than the procedure.

    Attributes:
        contrast: None where contrast plays no part.
        medications: product keys of ``medications.toml`` with the usual volume in mL; None where
            none is usual for these sites: it is asked, not guessed.
    """

    intent: Intent
    guidance: Guidance | None
    contrast: bool | None
    steroids: tuple[Steroid, ...]
    medications: tuple[tuple[str, Decimal | None], ...] = ()

    @property
    def dosed(self) -> bool:
        """Whether every volume is known."""
        return all(volume is not None for __, volume in self.medications)


@dataclass(frozen=True)
class SiteDoses:
    """What is usually given at the sites of one class, ``small joint``.

    Attributes:
        sites: their names and other words for them, in lower case.
        least_mg, most_mg: the usual range of each of ``drugs`` in one session, in mg.
        drugs: the steroids that the range is about.
    """

    name: str
    sites: frozenset[str]
    medications: tuple[tuple[str, Decimal | None], ...]
    steroids: tuple[Steroid, ...]
    least_mg: Decimal
    most_mg: Decimal
    drugs: tuple[str, ...]
    source: str
    verify: bool = False


@dataclass(frozen=True)
class FigurePlace:
    """Where a free site stands: figure ``back``, ``front`` or ``spine``, offset from the middle."""

    figure: str
    dx: float
    y: float


class Purpose(StrEnum):
    """Why a patient is asked again after a procedure."""

    SAFETY = "safety"
    SCORE = "score"


@dataclass(frozen=True)
class FollowUp:
    """A call that is due ``after`` a procedure; of a safety call no later than ``until``."""

    purpose: Purpose
    after: Span
    until: Span


@dataclass(frozen=True)
class Following:
    """How the due list follows a procedure that was done with ``intent`` (None: with any).

    Attributes:
        track: sessions of one track at one place follow one another: the newest stands for it.
        leads_to: id of what comes after good ones, done as therapy; empty: it is repeated itself.
        steroids_only: one that is known to be without steroid is not followed.
        retried_in_region: one that failed is over once a later one of the track in its coverage
            region helped: it was tried again there, by another way or at another level.
    """

    track: str
    intent: Intent | None = None
    leads_to: str = ""
    steroids_only: bool = False
    retried_in_region: bool = False


@dataclass(frozen=True)
class Caution:
    """Something to look at before a log is signed, and where it comes from."""

    source: str
    verify: bool


@dataclass(frozen=True)
class Group:
    """Procedures that the rules may count together; ``counted``: how they speak of them."""

    id: str
    counted: str


@dataclass(frozen=True)
class FamilyColours:
    """Colours of a family in one theme, as CSS colour text.

    ``strong`` for bars and marks, ``tint`` and ``border`` for its block, ``done`` for the block
    once it is over.
    """

    strong: str
    tint: str
    border: str
    done: str


@dataclass(frozen=True)
class Family:
    """A colour family of the schedule: ``EPI``, ``Epidural``.

    Attributes:
        name, label, chip: as it is called where there is room, on a button, on a small chip.
        glyph: name of the drawing that stands for it beside its colour.
        colours: by theme, ``light`` and ``dark``.
        visits: whether appointments without a procedure are shown as this family; one is.
        relief_months: how long its relief usually lasts, least and most, with
            ``relief_source``; None where it brings none.
    """

    code: str
    name: str
    label: str
    chip: str
    glyph: str
    colours: Mapping[str, FamilyColours]
    visits: bool = False
    relief_months: tuple[int, int] | None = None
    relief_source: str = ""


@dataclass(frozen=True)
class Procedure:
    """One kind of procedure.

    Attributes:
        id: as stored, for the twelve of the verdict contract e.g. ``facet.block``.
        group: the rules' group, e.g. ``esi``.
        family: colour code, e.g. ``EPI``.
        counted: as rules speak of several, e.g. ``facet blocks``.
        midline: whether the midline is a side of its sites.
        noun: what one of its sites is: ``facet joint``, ``muscle``.
        anchor: where its sites stand on the figure of the spine; empty for free sites.
        mark: shape of its sites on the figure: ``ring``, ``diamond`` or ``cross``.
        places: where its free sites stand on the body, by name; one without stands nowhere.
        apart_by_intent: whether diagnostic and therapeutic ones are counted apart.
        following: how the due list follows it, by intent; empty: not at all.
        follow_ups: when the patient is asked again, by intent.
        cautions: by the names that the program knows, see ``log_warnings``.
        name: as staff say it, e.g. ``Transforaminal ESI``.
        short: for a narrow block, e.g. ``TFESI``.
        plain: for the patient, e.g. ``Steroid injection beside a nerve in your spine``.
        site_sort: ``segment``, ``root``, ``caudal``, ``si joint`` or ``free``.
        sites: site names offered first by completion.
        sides: sides offered, e.g. ``("left", "right", "bilateral")``.
        bleeding: ``low``, ``intermediate`` or ``high``; with ``bleeding_source``.
        minutes: usual length of the appointment.
        needs: what the room must have: ``fluoroscopy``, ``ultrasound`` or nothing.
        intents: the intents one may choose from.
        words: further words by which it is found.
        bleeding_cervical: the bleeding class at cervical sites, where it differs.
        doses: what is usual by class of site; empty: ``usual`` holds at every site.
        safety: what the safety checks ask about it: ``radiofrequency``, ``joint``, ``bursa``,
            ``foramen``, ``interlaminar``, ``neuraxial``, ``ganglion``.
        driver: whether somebody else must drive the patient home.
        names: what names of sites mean, those of every procedure and the clinic's own.
    """

    id: str
    group: str
    family: str
    name: str
    short: str
    plain: str
    site_sort: str
    sites: tuple[str, ...]
    sides: tuple[str, ...]
    bleeding: str
    bleeding_source: str
    minutes: int
    needs: tuple[str, ...]
    intents: tuple[Intent, ...]
    usual: UsualPlan
    counted: str
    midline: bool
    noun: str
    mark: str
    anchor: str = ""
    places: Mapping[str, FigurePlace] = field(default_factory=dict)
    apart_by_intent: bool = False
    following: tuple[Following, ...] = ()
    follow_ups: Mapping[Intent, tuple[FollowUp, ...]] = field(default_factory=dict)
    cautions: Mapping[str, Caution] = field(default_factory=dict)
    verify: bool = False
    words: tuple[str, ...] = field(default=())
    bleeding_cervical: str = ""
    safety: tuple[str, ...] = ()
    doses: tuple[SiteDoses, ...] = ()
    driver: bool = False
    names: SiteNames = field(default=NO_NAMES, repr=False, compare=False)

    def doses_at(self, names: Iterable[str]) -> SiteDoses | None:
        """The class of these site names (without sides); None: of one unknown, or they differ."""
        found = {self._class_of(name) for name in names}
        return found.pop() if len(found) == 1 else None

    def _class_of(self, name: str) -> SiteDoses | None:
        said = " ".join(name.casefold().split())
        return next((each for each in self.doses if said in each.sites), None)

    def usual_at(self, names: Iterable[str]) -> UsualPlan:
        """The usual plan at sites of these names (without sides).

        Where doses go by class of site and theirs is not known, the products without a dose.
        """
        found = self.doses_at(names)
        if found is None:
            return self.usual
        return replace(self.usual, medications=found.medications, steroids=found.steroids)

    def followed(self, intent: str) -> Following | None:
        """How the due list follows one that was done with ``intent``; None: not at all."""
        return next((f for f in self.following if f.intent in (None, intent)), None)


@dataclass(frozen=True)
class Product:
    """A product as it stands on the tray (``resources/catalogue/medications.toml``).

    Attributes:
        key: e.g. ``dexamethasone-10``.
        drug: generic name as the rules know it, e.g. ``dexamethasone``.
        name: on screen, e.g. ``Dexamethasone 10 mg/mL``.
        kind: ``steroid``, ``local_anaesthetic``, ``contrast``, ``diluent`` or ``other``.
        per_ml: amount per mL, in ``unit``.
        unit: ``mg`` (or ``mgI`` for contrast, ``mL`` for a diluent counted by volume).
        particulate: of a steroid, by product (a source is cited in the file).
        intrathecal: of contrast, whether labelled for intrathecal use.
    """

    key: str
    drug: str
    name: str
    kind: str
    per_ml: Decimal
    unit: str
    particulate: bool | None
    intrathecal: bool | None
    source: str
    verify: bool = False

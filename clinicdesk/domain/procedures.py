"""Procedure kinds as the catalogue describes them (``resources/catalogue/procedures.toml``).

The ids are those of the verdict contract (``esi.transforaminal``); families are
the colour codes of the schedule (``EPI``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Intent(StrEnum):
    """Why it is done."""

    DIAGNOSTIC = "diagnostic"
    THERAPEUTIC = "therapeutic"


class Guidance(StrEnum):
    """How the needle is seen."""

    FLUOROSCOPY = "fluoroscopy"
    CT = "ct"
    ULTRASOUND = "ultrasound"
    LANDMARK = "landmark"

    @property
    def label(self) -> str:
        return "CT" if self is Guidance.CT else self.value.capitalize()


@dataclass(frozen=True)
class Steroid:
    """A steroid and its amount in milligrams."""

    drug: str
    mg: Decimal


@dataclass(frozen=True)
class UsualPlan:
    """What is meant when the planner says no more than the procedure.

    Attributes:
        contrast: None where contrast plays no part.
        medications: product keys of ``medications.toml`` with the usual volume in mL.
    """

    intent: Intent
    guidance: Guidance | None
    contrast: bool | None
    steroids: tuple[Steroid, ...]
    medications: tuple[tuple[str, Decimal], ...] = ()


@dataclass(frozen=True)
class Procedure:
    """One kind of procedure.

    Attributes:
        id: contract id, e.g. ``facet.block``.
        group: the rules' group, e.g. ``esi``.
        family: colour code, e.g. ``EPI``.
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
    verify: bool = False
    words: tuple[str, ...] = field(default=())
    bleeding_cervical: str = ""


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

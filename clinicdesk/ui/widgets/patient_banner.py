"""The strip that stands over everything about a patient."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from clinicdesk.domain.dates import day_words
from clinicdesk.domain.languages import language_name
from clinicdesk.domain.people import full_name, sex_words
from clinicdesk.domain.rows.people import AllergyRow
from clinicdesk.domain.rows.people import Banner as BannerRow
from clinicdesk.domain.translation import _
from clinicdesk.ui.widgets.chips import Chip, FlowRow
from clinicdesk.ui.widgets.more_chips import MoreChips
from clinicdesk.ui.widgets.surfaces import Label, Name

SHOWN = 3
"""Dangers shown before the others fold away behind their count."""
_SEVERE = "severe"
_ANAPHYLAXIS = "anaphyl"


@dataclass(frozen=True)
class Danger:
    """Something about the patient that must be settled before a needle.

    Attributes:
        kind: ``pregnant``, ``allergy``, ``device``, ``thinner``, ``alert``,
            ``prosthesis`` or ``implant``.
        name: in the record's own words, as the findings of an engine name it.
        words: as they stand on the chip.
        rank: the more dangerous, the smaller.
    """

    kind: str
    name: str
    words: str
    tone: str
    icon: str | None
    rank: int


def dangers(banner: BannerRow) -> list[Danger]:
    """All of them, most dangerous first, whatever is planned."""
    found = [_allergy(allergy) for allergy in banner.allergies]
    if banner.pregnant:
        words = _("Pregnant")
        found.append(Danger("pregnant", words, words, "allergy", "heart", 0))
    found += [Danger("device", name, name, "warn", "battery", 2) for name in banner.devices]
    found += [
        Danger("thinner", drug, drug.capitalize(), "warn", "drop", 3)
        for drug in banner.anticoagulants
    ]
    found += [Danger("alert", text, text, "warn", "info", 5) for text in banner.alerts]
    found += [
        Danger("prosthesis", name, name, "neutral", "target", 6) for name in banner.prostheses
    ]
    found += [Danger("implant", name, name, "neutral", "info", 7) for name in banner.implants]
    return sorted(found, key=_rank)


def _allergy(allergy: AllergyRow) -> Danger:
    name, reaction = allergy.substance, allergy.reaction
    bad = allergy.severity == _SEVERE or _ANAPHYLAXIS in reaction.casefold()
    rank = 1 if bad or allergy.contrast else 4
    words = f"{name}: {reaction}" if reaction else name
    return Danger("allergy", name, words, "allergy", "alert", rank)


def _rank(danger: Danger) -> int:
    return danger.rank


def patient_chips(
    banner: BannerRow,
    *,
    short: bool = False,
    order: Callable[[Danger], int] | None = None,
) -> list[QWidget]:
    """What must not be overlooked, as chips: dangers, then language and weight.

    Of more than three dangers the others fold away behind a count; Enter or a click on it shows
    them all.

    Args:
        banner: the patient.
        short: without the weight.
        order: what comes first for the procedure at hand, the smaller the earlier; of equals the
            more dangerous comes first. None: only how dangerous it is.
    """
    found = dangers(banner)
    if order is not None:
        found.sort(key=order)
    marks: list[QWidget] = [Chip(each.words, each.tone, each.icon) for each in found]
    folded = marks[SHOWN:]
    chips = [*_closed(banner), *marks]
    if folded:
        chips.append(MoreChips(folded))
    if banner.language != "en" or banner.interpreter:
        words = language_name(banner.language)
        if banner.interpreter:
            words = _("{language} · interpreter").format(language=words)
        chips.append(Chip(words, "neutral", "globe"))
    if banner.weight_kg is not None and not short:
        chips.append(Chip(_("{weight_kg:f} kg").format(weight_kg=banner.weight_kg), "neutral"))
    return chips


def _closed(banner: BannerRow) -> list[QWidget]:
    """Why nothing is done for this record any more; this never folds away."""
    chips: list[QWidget] = []
    if banner.merged_into is not None:
        chips.append(Chip(_("Merged into another record"), "danger", "link"))
    if banner.deceased_on is not None:
        died = _("Died {deceased_on}").format(deceased_on=day_words(banner.deceased_on))
        chips.append(Chip(died, "danger", "flag"))
    return chips


def facts_line(banner: BannerRow) -> str:
    """``Female · 68 y · born 14 Mar 1958 · MRN 004182``."""
    born = day_words(banner.birth_date)
    return " · ".join(
        p
        for p in (
            sex_words(banner.sex),
            _("{age} y").format(age=banner.age),
            _("born {born}").format(born=born),
            _("MRN {mrn}").format(mrn=banner.mrn),
        )
        if p
    )


class PatientBanner(QFrame):
    """Name, facts and chips in one strip."""

    def __init__(self, banner: BannerRow | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "bar")
        self._name = Name()
        self._facts = Label("", 13, 400, "muted", elide=150)
        self._chips = FlowRow()
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self._name)
        words.addWidget(self._facts)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(16, 8, 16, 8)
        self.row.setSpacing(24)
        self.row.addLayout(words)
        self.row.addWidget(self._chips, 1)
        if banner is not None:
            self.set_banner(banner)

    def set_banner(self, banner: BannerRow, order: Callable[[Danger], int] | None = None) -> None:
        """Shows a patient; ``order`` as of ``patient_chips``."""
        self._name.setText(full_name(banner.given, banner.family))
        self._facts.setText(facts_line(banner))
        chips = patient_chips(banner, order=order)
        self._chips.set_widgets(chips)
        spoken = [self._name.text(), self._facts.text(), *(c.accessibleName() for c in chips)]
        self.setAccessibleName(", ".join(spoken))

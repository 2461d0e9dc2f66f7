"""The strip that stands over everything about a patient."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from clinicdesk.domain.dates import day_words
from clinicdesk.domain.languages import language_name
from clinicdesk.domain.people import full_name, sex_words
from clinicdesk.domain.rows.people import Banner as BannerRow
from clinicdesk.domain.translation import _
from clinicdesk.ui.widgets.chips import Chip, FlowRow
from clinicdesk.ui.widgets.surfaces import Label


def patient_chips(banner: BannerRow, *, short: bool = False) -> list[QWidget]:
    """Allergies (red), blood thinners (amber), alerts, language and weight as chips."""
    chips: list[QWidget] = []
    for allergy in banner.allergies:
        words = (
            allergy.substance
            if short or not allergy.reaction
            else f"{allergy.substance}: {allergy.reaction}"
        )
        chips.append(Chip(words, "allergy", "alert"))
    chips += [Chip(drug.capitalize(), "warn", "drop") for drug in banner.anticoagulants]
    chips += [Chip(alert, "warn", "info") for alert in banner.alerts]
    if banner.deceased_on is not None:
        chips.insert(
            0,
            Chip(
                _("Died {deceased_on}").format(deceased_on=day_words(banner.deceased_on)),
                "danger",
                "flag",
            ),
        )
    if banner.merged_into is not None:
        chips.insert(0, Chip(_("Merged into another record"), "danger", "link"))
    if banner.language != "en" or banner.interpreter:
        words = language_name(banner.language)
        if banner.interpreter:
            words = _("{language} · interpreter").format(language=words)
        chips.append(Chip(words, "neutral", "globe"))
    if banner.weight_kg is not None and not short:
        chips.append(Chip(_("{weight_kg:f} kg").format(weight_kg=banner.weight_kg), "neutral"))
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
        self._name = Label("", 18, 600)
        self._facts = Label("", 13, 400, "muted")
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

    def set_banner(self, banner: BannerRow) -> None:
        """Shows another patient."""
        self._name.setText(full_name(banner.given, banner.family))
        self._facts.setText(facts_line(banner))
        chips = patient_chips(banner)
        self._chips.set_widgets(chips)
        spoken = [self._name.text(), self._facts.text(), *(c.accessibleName() for c in chips)]
        self.setAccessibleName(", ".join(spoken))

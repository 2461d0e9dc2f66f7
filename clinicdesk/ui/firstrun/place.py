"""Where the clinic is: its country, which is never guessed, and what follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from zoneinfo import available_timezones

from PySide6.QtCore import QLocale, QStringListModel, Qt, QTimeZone, Signal
from PySide6.QtWidgets import QCompleter, QGridLayout, QWidget

from clinicdesk.domain.customs import Customs, customs_of
from clinicdesk.domain.dates import day_digits, time_words, weekday_name
from clinicdesk.domain.places import countries, country_of, zones_of
from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.widgets import Choice, Field, TextEdit

_SHOWN = 9
_ASK = _("It says how dates, hours and telephone numbers are written.")


class PlacePart(QWidget):
    """Country, time zone and paper.

    Signals:
        country_changed(str): its code; empty while what is typed is no country.
    """

    country_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.country = Field(
            _("Country"), TextEdit(_("Start typing its name"), _("Country")), _ASK, required=True
        )
        self.zone = Field(_("Time zone"), TextEdit("", _("Time zone")), required=True)
        self.choice = Choice([("letter", _("Letter")), ("a4", "A4")], _("Paper"))
        self.paper = Field(_("Paper"), self.choice)
        self._code, self._own_paper = "", False
        self._countries = _offer(self.country, likely_first(*_system()))
        self._zones = _offer(self.zone, sorted(available_timezones()))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(self.country, 0, 0, 1, 2)
        grid.addWidget(self.zone, 1, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.paper, 1, 1, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        _edit(self.country).textChanged.connect(self._typed)
        self.choice.chosen.connect(self._paper_chosen)

    @property
    def code(self) -> str:
        """The country's code; what was typed where it is none, so that it is refused in words."""
        return self._code or _edit(self.country).text().strip()

    def _typed(self, text: str) -> None:
        code = country_of(text) or ""
        self.country.set_error("")
        if code == self._code:
            return
        self._code = code
        self.country.set_helper(_words(customs_of(code)) if code else _ASK)
        if code:
            self._follow(code)
        self.country_changed.emit(code)

    def _follow(self, code: str) -> None:
        """What the country settles by itself; of several time zones none is taken."""
        if not self._own_paper:
            self.choice.set_value(customs_of(code).paper)
        zones = zones_of(code)
        edit = _edit(self.zone)
        self._zones.setStringList([*zones, *sorted(available_timezones() - set(zones))])
        if len(zones) == 1:
            edit.setText(zones[0])
        elif zones and edit.text() not in zones:
            edit.clear()
        edit.setPlaceholderText(
            _("such as {zones}").format(zones=zones[0]) if len(zones) > 1 else ""
        )

    def _paper_chosen(self, paper: object) -> None:
        self._own_paper = paper is not None


def likely_first(*likely: str) -> list[str]:
    """All countries by name; those that this computer's own settings speak for lead the list."""
    names = countries()
    first = list(dict.fromkeys(names[code] for code in likely if code in names))
    return [*first, *(name for name in names.values() if name not in first)]


def _system() -> tuple[str, str]:
    here = QTimeZone.systemTimeZone().territory()
    locale = QLocale.system().territory()
    return QLocale.territoryToCode(here), QLocale.territoryToCode(locale)


def _words(customs: Customs) -> str:
    paper = _("Letter") if customs.paper == "letter" else _("A4")
    return _(
        "Dates as {day_digits}, hours as "
        "{time_words}, weeks from "
        "{first_weekday}, sheets on {paper}."
    ).format(
        day_digits=day_digits(date(1958, 3, 14), customs),
        time_words=time_words(time(14, 30), customs),
        first_weekday=weekday_name(customs.first_weekday),
        paper=paper,
    )


def _edit(field: Field) -> TextEdit:
    assert isinstance(field.editor, TextEdit)
    return field.editor


def _offer(field: Field, names: Sequence[str]) -> QStringListModel:
    """Lets one search a list while typing; returns the list."""
    edit = _edit(field)
    model = QStringListModel(list(names), edit)
    completer = QCompleter(model, edit)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setMaxVisibleItems(_SHOWN)
    if (popup := completer.popup()) is not None:
        popup.setFont(theme.font(13))
    edit.setCompleter(completer)
    return model

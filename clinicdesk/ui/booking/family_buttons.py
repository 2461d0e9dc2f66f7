"""The families of procedures as a grid of buttons, each with its glyph; one is chosen."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QPushButton, QSizePolicy, QWidget

from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.access import speak_as

_COLUMNS = 4
_GLYPH = 12
# The bar under the chosen one is two pixels higher than the border of the others.
_PADDING = """
QPushButton { padding: 5px 0 5px 3px; text-align: left; }
QPushButton:checked { padding-bottom: 3px; }
"""


class FamilyButtons(QWidget):
    """One of the colour families; arrow keys move along the buttons.

    Signals:
        chosen(str): a person chose this family code.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Procedure family"))
        speak_as(self, "group")
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[str, QPushButton] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        for index, family in enumerate(theme.families()):
            button = self._make(family)
            grid.addWidget(button, index // _COLUMNS, index % _COLUMNS)
        for column in range(_COLUMNS):
            grid.setColumnStretch(column, 1)
        self._dress()
        theme.signals.changed.connect(self._dress)

    def _make(self, family: theme.Family) -> QPushButton:
        button = QPushButton(family.label.replace("&", "&&"), self)
        button.setCheckable(True)
        button.setProperty("toggle", True)
        speak_as(button, "radio")
        button.setProperty("code", family.code)
        button.setStyleSheet(_PADDING)
        button.setAccessibleName(
            _("Procedure family: {family_name}").format(family_name=family.name)
        )
        button.setToolTip(family.name)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.clicked.connect(self._clicked)
        button.toggled.connect(self._toggled)
        self._group.addButton(button)
        self._buttons[family.code] = button
        return button

    def _dress(self) -> None:
        for code, button in self._buttons.items():
            button.setFont(theme.font(11, 600 if button.isChecked() else 400))
            button.setIcon(QIcon(theme.glyph(code, _GLYPH)))
            button.setIconSize(QSize(theme.scaled(_GLYPH), theme.scaled(_GLYPH)))

    def _clicked(self) -> None:
        self.chosen.emit(str(self.sender().property("code")))

    def _toggled(self, on: bool) -> None:
        # Arrow keys check the neighbour without a click.
        self._dress()
        button = self.sender()
        if on and isinstance(button, QPushButton) and button.hasFocus():
            self.chosen.emit(str(button.property("code")))

    def value(self) -> str:
        """The chosen code; empty where none is."""
        return next((code for code, b in self._buttons.items() if b.isChecked()), "")

    def set_value(self, code: str) -> None:
        """Chooses without telling anybody; an unknown code chooses none."""
        self._group.setExclusive(False)
        for key, button in self._buttons.items():
            button.blockSignals(True)
            button.setChecked(key == code)
            button.blockSignals(False)
        self._group.setExclusive(True)
        self._dress()

    def focus_here(self) -> None:
        """Puts the focus on the chosen button, or the first."""
        first = next(iter(self._buttons.values()))
        self._buttons.get(self.value(), first).setFocus(Qt.FocusReason.ShortcutFocusReason)

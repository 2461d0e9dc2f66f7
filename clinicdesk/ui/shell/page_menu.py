"""The menu of a page: what can be done there, at the pointer or where the keys are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.actions import Action


class PageMenu(QMenu):
    """One line for each action, with its key."""

    def __init__(self, actions: Sequence[Action], parent: QWidget) -> None:
        super().__init__(parent)
        self._actions = tuple(actions)
        self.setAccessibleName(_("What can be done here"))
        for number, action in enumerate(self._actions):
            line = self.addAction(action.text + (f"\t{action.key}" if action.key else ""))
            if action.icon:
                line.setIcon(theme.icon(action.icon, "text2", 18))
            line.setData(number)
        self.triggered.connect(self._chosen)
        self.aboutToHide.connect(self.deleteLater)

    def show_at(self, spot: QPoint) -> None:
        """Opens it at a point of the screen, its first line chosen."""
        self.popup(spot)
        if self.actions():
            self.setActiveAction(self.actions()[0])

    def _chosen(self, line: QAction) -> None:
        self._actions[line.data()].handler()

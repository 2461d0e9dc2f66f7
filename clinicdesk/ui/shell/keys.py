"""Help (F1): the keys that work here, the words of this page, and how a day begins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from clinicdesk.domain.permissions import Role
from clinicdesk.domain.translation import _
from clinicdesk.ui.actions import Action
from clinicdesk.ui.shell.help_words import FIRST_DAY, MORE_KEYS, Line
from clinicdesk.ui.widgets import Chip, Dialog, Label, scrolled


def show_keys(
    host: QWidget, actions: Sequence[Action], page: str, role: Role, words: Sequence[Line]
) -> Dialog:
    """Opens it over the window: of the page on show and its words, for somebody of that role."""
    dialog = Dialog(host, _("Keys"), note=_("Letters alone work outside text fields."), width=640)
    inner = QWidget()
    grid = QGridLayout(inner)
    grid.setContentsMargins(0, 0, 8, 0)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(0, 1)
    with_key = [action for action in actions if action.key]
    _keys(
        grid,
        _("On this page"),
        (
            *((a.key, a.text) for a in with_key if a.where),
            *MORE_KEYS.get(page, ()),
        ),
    )
    _keys(grid, _("Everywhere"), ((a.key, a.text) for a in with_key if not a.where))
    _words(grid, _("Short words of this page"), words)
    _lines(grid, _("Your first day: {role}").format(role=role.label), FIRST_DAY[role])
    area = scrolled(inner)
    area.setMinimumHeight(380)
    dialog.body.addWidget(area)
    dialog.cancel.setText(_("Close"))
    dialog.open_dialog(dialog.cancel)
    return dialog


def _heading(grid: QGridLayout, text: str) -> None:
    grid.addWidget(Label(text, 14, 600), grid.rowCount(), 0, 1, 2)


def _keys(grid: QGridLayout, heading: str, lines: Iterable[Line]) -> None:
    lines = tuple(lines)
    if lines:
        _heading(grid, heading)
    for key, text in lines:
        line = grid.rowCount()
        grid.addWidget(Label(text, wrap=True), line, 0)
        grid.addWidget(Chip(key), line, 1, Qt.AlignmentFlag.AlignRight)


def _words(grid: QGridLayout, heading: str, lines: Sequence[Line]) -> None:
    _lines(grid, heading, [_("{word}: {meaning}").format(word=w, meaning=m) for w, m in lines])


def _lines(grid: QGridLayout, heading: str, lines: Sequence[str]) -> None:
    if lines:
        _heading(grid, heading)
    for text in lines:
        grid.addWidget(Label(text, wrap=True), grid.rowCount(), 0, 1, 2)

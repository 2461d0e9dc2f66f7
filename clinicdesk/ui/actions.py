"""Actions are data: menus, shortcuts, the key list and the palette are one list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from clinicdesk.ui.following import following
from clinicdesk.ui.layouts import key_of, modifiers_of

_OVER_DIALOGS = frozenset({"lock"})


@dataclass(frozen=True)
class Action:
    """One thing that can be done.

    Attributes:
        id: ``schedule.today``.
        text: as the palette shows it.
        key: as Qt writes it (``Ctrl+L``, ``N``); single letters work only outside text fields.
        handler: a bound method.
        where: page key the action belongs to; empty means everywhere.
        icon: name of an icon.
    """

    id: str
    text: str
    key: str
    handler: Callable[[], None]
    where: str = ""
    icon: str = ""


def typing(widget: QWidget | None) -> bool:
    """Whether letters go into the widget: a text field, or a list one searches by typing."""
    kinds = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox)
    return isinstance(widget, kinds)


OWN_KEYS = "ownKeys"
"""The property of a widget that answers to letters itself, such as ``YN``."""


def keeps(widget: QWidget | None, key: str) -> bool:
    """Whether a letter means something to the widget or to what it stands in."""
    while widget is not None:
        if key in str(widget.property(OWN_KEYS) or ""):
            return True
        widget = widget.parentWidget()
    return False


def has_typing_to_undo(widget: QWidget) -> bool:
    """Whether Undo means what was typed in this field, not the last act."""
    if isinstance(widget, QLineEdit):
        return widget.isUndoAvailable()
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        return widget.document().isUndoAvailable()
    return False


class Actions(QObject):
    """The list of actions, and the filter that hands key presses to them."""

    # Of the class: Python may clear a dropped window's fields while Qt still sends it events.
    _asleep = True
    _window: QWidget | None = None

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._actions: dict[str, Action] = {}
        self._where = ""
        self._window: QWidget | None = None

    def add(self, *actions: Action) -> None:
        """Registers actions; a later one of the same id takes the place of the earlier."""
        for action in actions:
            self._actions[action.id] = action

    def here(self) -> list[Action]:
        """The actions that work now: everywhere's and this page's."""
        # A copy: the palette asks from its lane while a page may be adding its own.
        return [a for a in tuple(self._actions.values()) if a.where in ("", self._where)]

    def go(self, where: str) -> None:
        """Another page is shown."""
        self._where = where

    def sleep(self, asleep: bool) -> None:
        """No action works while the window is locked."""
        self._asleep = asleep

    def watch(self, window: QWidget) -> None:
        """Listens to the key presses of a window.

        Not to every event of the program: a filter in Python costs more than most of what it would
        see. Keys go to the widget with the focus, or to the window where none has it.
        """
        self._window = window
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        window.installEventFilter(self)
        self.follow(None, app.focusWidget())
        following(app).widgets.add(self)

    def unwatch(self) -> None:
        """Listens no more: the window is closing."""
        window, self._asleep, self._window = self._window, True, None
        app = QApplication.instance()
        if not isinstance(app, QApplication) or window is None:
            return
        following(app).widgets.discard(self)
        for listened in (window, app.focusWidget()):
            if listened is not None:
                listened.removeEventFilter(self)

    def follow(self, left: QWidget | None, entered: QWidget | None) -> None:
        """Listens where the focus went."""
        if left is not None and left is not self._window:
            left.removeEventFilter(self)
        if entered is not None:
            entered.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Its class is asked faster than its type.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._pressed(watched, event)
        return False

    def _pressed(self, watched: QObject, event: QKeyEvent) -> bool:
        if self._asleep or self._window is None or not isinstance(watched, QWidget):
            return False
        receiver = QApplication.focusWidget() or self._window
        if watched.window() is not self._window or watched is not receiver:
            return False
        modifiers = modifiers_of(event)
        pressed = QKeySequence(QKeyCombination(modifiers, key_of(event)))
        plain = modifiers == Qt.KeyboardModifier.NoModifier
        for action in self.here():
            if not action.key or QKeySequence(action.key) != pressed:
                continue
            if self._covered() and action.id not in _OVER_DIALOGS:
                return False
            letter = plain and len(action.key) == 1
            if letter and (typing(watched) or keeps(watched, action.key)):
                return False
            if event.matches(QKeySequence.StandardKey.Undo) and has_typing_to_undo(watched):
                return False
            action.handler()
            return True
        return False

    def _covered(self) -> bool:
        # A dialog lies over the page: its keys are not the page's commands.
        from clinicdesk.ui.widgets.dialog import Dialog

        assert self._window is not None
        return any(dialog.isVisible() for dialog in self._window.findChildren(Dialog))

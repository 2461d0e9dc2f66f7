"""What a widget is for a screen reader, where Qt's own answer is wrong or empty.

A widget says it with ``speak_as``. A widget with a method ``spoken_value()`` has a value; for parts
see ``parts``. Interfaces are made by Qt when a screen reader asks, and die with their widget.
"""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractButton, QAccessibleWidget, QStackedWidget, QWidget

from clinicdesk.ui.access.parts import PartWidget, fit_parts

_AS = "spokenAs"
_ROLES = {
    "chart": QAccessible.Role.Chart,
    "dialog": QAccessible.Role.Dialog,
    "graphic": QAccessible.Role.Graphic,
    "grid": QAccessible.Role.Table,
    "group": QAccessible.Role.Grouping,
    "link": QAccessible.Role.Button,
    "pages": QAccessible.Role.LayeredPane,
    "part": QAccessible.Role.ListItem,
    "points": QAccessible.Role.List,
    "radio": QAccessible.Role.RadioButton,
    "slider": QAccessible.Role.Slider,
    "tab": QAccessible.Role.PageTab,
    "tabs": QAccessible.Role.PageTabList,
}


def speak_as(widget: QWidget, what: str) -> None:
    """Gives a widget its role: ``dialog``, ``radio``, ``slider`` and the like.

    Raises:
        KeyError: there is no role of that name.
    """
    _ROLES[what]
    widget.setProperty(_AS, what)
    _install()


def _covered(pages: QWidget) -> bool:
    """Whether a dialog lies over the pages: what is beneath is not there for now."""
    return any(
        isinstance(child, QWidget) and child.property(_AS) == "dialog" and child.isVisible()
        for child in pages.window().children()
    )


class Spoken(QAccessibleWidget):
    """The interface of a widget that was given a role."""

    def __init__(self, widget: QWidget, what: str) -> None:
        super().__init__(widget, _ROLES[what])
        self._what = what
        self._busy = False

    def text(self, kind: QAccessible.Text) -> str:
        value = getattr(self.widget(), "spoken_value", None)
        if kind == QAccessible.Text.Value and value is not None:
            return str(value())
        said, widget = super().text(kind), self.widget()
        if kind == QAccessible.Text.Name and not said and isinstance(widget, QAbstractButton):
            return widget.text().replace("&&", "&")
        return said

    def state(self) -> QAccessible.State:
        state, widget = super().state(), self.widget()
        if isinstance(widget, QAbstractButton) and widget.isCheckable():
            state.checkable = True
            state.checked = widget.isChecked()
            state.selectable = self._what == "tab"
            state.selected = self._what == "tab" and widget.isChecked()
        elif isinstance(widget, PartWidget) and widget.part.chosen is not None:
            state.selectable = True
            state.selected = widget.part.chosen
        if self._what == "dialog":
            state.modal = True
        return state

    def _parts(self) -> list[PartWidget]:
        widget = self.widget()
        if self._busy or not hasattr(widget, "spoken_parts"):
            return []
        # Making a child has Qt ask about this one again.
        self._busy = True
        try:
            return fit_parts(widget)
        finally:
            self._busy = False

    def childCount(self) -> int:
        if self._what == "pages":
            return 0 if _covered(self.widget()) else 1
        if hasattr(self.widget(), "spoken_parts"):
            return len(self._parts())
        return super().childCount()

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        widget = self.widget()
        if isinstance(widget, QStackedWidget):
            page = widget.currentWidget()
            if index != 0 or page is None or _covered(widget):
                return None
            return QAccessible.queryAccessibleInterface(page)
        if hasattr(widget, "spoken_parts"):
            parts = self._parts()
            inside = 0 <= index < len(parts)
            return QAccessible.queryAccessibleInterface(parts[index]) if inside else None
        return super().child(index)

    def actionNames(self) -> list[str]:
        if hasattr(self.widget(), "press") or isinstance(self.widget(), QAbstractButton):
            return [self.pressAction(), *super().actionNames()]
        return list(super().actionNames())

    def doAction(self, name: str) -> None:
        widget = self.widget()
        if name != self.pressAction():
            super().doAction(name)
        elif isinstance(widget, QAbstractButton):
            widget.click()
        elif hasattr(widget, "press"):
            widget.press()


def _make(key: str, thing: QObject | None) -> QAccessibleInterface | None:  # noqa: ARG001
    if not isinstance(thing, QWidget):
        return None
    what = thing.property(_AS)
    return Spoken(thing, what) if what in _ROLES else None


class _State:
    installed = False


def _install() -> None:
    if not _State.installed:
        _State.installed = True
        QAccessible.installFactory(_make)

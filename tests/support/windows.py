"""Windows that a test left behind: they grow dearer with every test that comes after."""

from __future__ import annotations

import gc
import sys
from typing import Any

# What Qt itself keeps: the tool tip on show.
_OF_QT = {"QTipLabel"}


def left_behind() -> list[str]:
    """Names the top-level widgets that outlive the test, and destroys them."""
    library = sys.modules.get("PySide6.QtWidgets")
    if library is None or not isinstance(library.QApplication.instance(), library.QApplication):
        return []
    found = _alive(library.QApplication)
    if found:
        # A widget without a parent belongs to Python, which may not have noticed yet.
        del found
        gc.collect()
        found = _alive(library.QApplication)
    names = [_name(widget) for widget in found]
    for widget in found:
        widget.close()
        widget.deleteLater()
    _alive(library.QApplication)
    return names


def _name(widget: Any) -> str:
    words = widget.windowTitle() or widget.objectName() or widget.accessibleName()
    return f"{type(widget).__name__} {words or getattr(widget, 'text', str)()!r}"


def _alive(application: Any) -> list[Any]:
    from PySide6.QtCore import QEvent

    # Outside an event loop nothing else carries out what deleteLater() asked for.
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return [
        widget
        for widget in application.topLevelWidgets()
        if widget.parent() is None and widget.metaObject().className() not in _OF_QT
    ]

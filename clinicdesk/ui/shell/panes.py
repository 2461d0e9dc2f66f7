"""F6: from pane to pane, always to something that can be seen and used."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QScrollArea, QWidget


def reachable(widget: QWidget) -> bool:
    """Whether Tab would stop there now."""
    return (
        bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and widget.isEnabled()
        and widget.isVisible()
        and widget.focusProxy() is None
        and not isinstance(widget, QScrollArea)
    )


def first_in(pane: QWidget, others: Sequence[QWidget]) -> QWidget | None:
    """Where a pane is entered: at what is chosen of its own, else at its first stop in Tab order.

    What lies in one of the ``others`` inside this pane is not its own.
    """
    inner = [other for other in others if pane.isAncestorOf(other)]
    found: list[QWidget] = []
    widget: QWidget | None = pane
    seen: set[QWidget] = set()
    while widget is not None and widget not in seen:
        seen.add(widget)
        own = not any(other is widget or other.isAncestorOf(widget) for other in inner)
        if own and reachable(widget) and (pane is widget or pane.isAncestorOf(widget)):
            found.append(widget)
        widget = widget.nextInFocusChain()
    chosen = (w for w in found if isinstance(w, QAbstractButton) and w.isChecked())
    # A rail is entered at its page; elsewhere a chosen button is not where work begins.
    return next(chosen, None) if pane.property("surface") == "rail" else next(iter(found), None)


def go_on(panes: Sequence[QWidget], focused: QWidget | None, step: int = 1) -> None:
    """Puts the focus into the next pane (``step`` −1: the one before) that can take it."""
    shown = [pane for pane in panes if pane.isVisible()]
    holding = [
        p for p in shown if focused is not None and (p is focused or p.isAncestorOf(focused))
    ]
    # Of a pane in a pane the inner one is meant.
    at = shown.index(holding[-1]) if holding else -1 if step > 0 else 0
    for turn in range(1, len(shown) + 1):
        pane = shown[(at + step * turn) % len(shown)]
        target = first_in(pane, [other for other in shown if other is not pane])
        if target is not None:
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)
            _bring_into_sight(target)
            return


def _bring_into_sight(widget: QWidget) -> None:
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(widget)
        around = around.parentWidget()

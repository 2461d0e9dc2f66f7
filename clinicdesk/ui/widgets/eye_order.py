"""The Tab key goes in the order of the eye: as things stand in their layouts, whatever was made
first. Qt's own chain is in the order of making, and what comes later stands at its end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QLayout, QScrollArea, QWidget

_BACKWARDS = (QBoxLayout.Direction.RightToLeft, QBoxLayout.Direction.BottomToTop)


def stops(root: QWidget) -> list[QWidget]:
    """Every control below ``root`` that Tab can reach now, in the order of the eye."""
    return [widget for widget in _walk(root) if _takes_tab(widget)]


def step(root: QWidget, now: QWidget | None, *, forward: bool) -> bool:
    """Moves the focus from ``now`` to the neighbour, round at the ends; False: there is none.

    What was hidden or folded away with the focus still has its place.
    """
    order = [widget for widget in _walk(root, now) if widget is now or _takes_tab(widget)]
    others = [widget for widget in order if widget is not now]
    if not others:
        return False
    if now in order:
        place = order.index(now)
        target = order[(place + (1 if forward else -1)) % len(order)]
    else:
        target = order[0 if forward else -1]
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    target.setFocus(reason)
    _bring_into_sight(target)
    return True


def _takes_tab(widget: QWidget) -> bool:
    return (
        bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and widget.isEnabled()
        and widget.focusProxy() is None
    )


def _walk(widget: QWidget, now: QWidget | None = None) -> Iterator[QWidget]:
    if widget.isVisible() or (now is not None and (widget is now or widget.isAncestorOf(now))):
        yield widget
        for child in _children(widget):
            yield from _walk(child, now)


def _children(widget: QWidget) -> list[QWidget]:
    """Those in the layout as laid out, then the others from top to bottom."""
    layout = widget.layout()
    laid = list(_laid_out(layout)) if layout is not None else []
    placed = set(laid)
    others = [
        child
        for child in widget.children()
        if isinstance(child, QWidget) and not child.isWindow() and child not in placed
    ]
    return [*laid, *sorted(others, key=lambda child: (child.y(), child.x()))]


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    places = list(range(layout.count()))
    if isinstance(layout, QGridLayout):
        grid = layout
        places.sort(key=lambda place: cast("tuple[int, ...]", grid.getItemPosition(place)))
    elif isinstance(layout, QBoxLayout) and layout.direction() in _BACKWARDS:
        places.reverse()
    for place in places:
        item = layout.itemAt(place)
        inside = item.layout() if item is not None else None
        found = item.widget() if item is not None else None
        if inside is not None:
            yield from _laid_out(inside)
        elif found is not None:
            yield found


def _bring_into_sight(widget: QWidget) -> None:
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget)
        above = above.parentWidget()

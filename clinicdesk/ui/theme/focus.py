"""The ring around the button that has the focus: outside it, with a gap, so it is never mistaken
for the button's own border."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QFocusFrame, QPushButton, QWidget

from clinicdesk.ui.theme.style import RingStyle


def wants_ring(widget: QWidget | None) -> bool:
    """Whether the ring goes around it; joined segments and toggles have no room for one."""
    return (
        isinstance(widget, QPushButton)
        and not widget.property("segment")
        and not widget.property("toggle")
    )


class FocusRing(QObject):
    """Moves one frame to the button that has the focus; ``RingStyle`` draws it."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        # A widget does not own its style.
        self._style = RingStyle()
        self._frame: QFocusFrame | None = None
        app.focusChanged.connect(self._moved)

    def _moved(self, _: QWidget | None, now: QWidget | None) -> None:
        frame = self._frame
        if frame is None or not shiboken6.isValid(frame):
            if not wants_ring(now):
                return
            # The frame lives in the window of its button and goes with that window.
            frame = self._frame = QFocusFrame()
            frame.setStyle(self._style)
        frame.setWidget(now if wants_ring(now) else None)  # type: ignore[arg-type]

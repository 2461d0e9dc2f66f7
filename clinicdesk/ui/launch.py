"""Starts Qt, shows the first window, and only then loads what is heavy."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from clinicdesk import memory
from clinicdesk.domain.clock import Clock
from clinicdesk.ui import preferences, theme
from clinicdesk.ui.crash import CrashHandler
from clinicdesk.ui.screen import fit_to_screen
from clinicdesk.ui.splash import Splash

if TYPE_CHECKING:
    from clinicdesk.ui.window import MainWindow


def application(view_scale: float = 1.0) -> QApplication:
    """The one application object; ``view_scale`` holds for all it will ever show."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    if view_scale != 1.0:
        # Qt multiplies it with the screen's own scale: all lengths, also those nobody scales.
        os.environ.setdefault("QT_SCALE_FACTOR", f"{view_scale:g}")
    app = QApplication(sys.argv[:1])
    app.setApplicationName("ClinicDesk")
    app.setDesktopFileName("clinicdesk")
    return app


def preferred_theme(app: QApplication, wanted: str) -> str:
    """The theme chosen, else the system's."""
    if wanted in ("light", "dark"):
        return wanted
    dark = app.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return "dark" if dark else "light"


class Launched(QObject):
    """The running program: first a splash, then, once what is heavy is loaded, the window.

    Attributes:
        window: the main window; None while the splash is on show.
    """

    def __init__(
        self, app: QApplication, where: str | None, user: str | None, *, demo: bool, clock: Clock,
        wanted: preferences.Preferences | None = None,
    ) -> None:  # fmt: skip
        super().__init__()
        self._app, self._where, self._user, self._demo = app, where, user, demo
        self._clock = clock
        self._preferences = wanted or preferences.load()
        chosen = preferred_theme(app, self._preferences.theme)
        theme.apply(app, chosen)
        self.crashes = CrashHandler()
        self.crashes.install()
        self.splash = Splash()
        self.window: MainWindow | None = None

    def begin(self) -> None:
        """Shows the splash at once; the rest comes with the first turn of the event loop."""
        self.splash.show()
        QTimer.singleShot(0, self._build)

    def _build(self) -> None:
        # SQLAlchemy and all the pages come with these imports: half a second nobody should
        # wait for before anything is on show.
        self.splash.repaint()
        from clinicdesk.ui.firstrun.flow import Flow
        from clinicdesk.ui.window import MainWindow

        window = MainWindow(self._clock, self._preferences)
        self.crashes.show_on(window, self._crashed)
        self.flow = Flow(window, self._clock)
        self.flow.opened.connect(self._opened)
        window.show_front(self.flow.opening)
        fit_to_screen(window)
        window.setGeometry(self.splash.geometry())
        window.show()
        self.splash.close()
        self.window = window
        if self._demo:
            self.flow.open_demo()
        else:
            self.flow.begin(self._where, self._user)

    def _opened(self) -> None:
        memory.settle()

    def execute(self) -> int:
        """Runs until the window is closed."""
        return self._app.exec()

    def _crashed(self, report: str) -> None:
        from clinicdesk.ui.crash_dialog import CrashDialog

        assert self.window is not None
        dialog = CrashDialog(self.window, report)
        dialog.open_dialog(dialog.cancel)


def launch(where: str | None, user: str | None, *, demo: bool, clock: Clock) -> Launched:
    """Opens the window; the caller runs ``execute()``."""
    wanted = preferences.load()
    app = application(wanted.scale)
    launched = Launched(app, where, user, demo=demo, clock=clock, wanted=wanted)
    launched.begin()
    return launched

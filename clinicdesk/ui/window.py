"""The main window: sign-in, one workspace per person, lock."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from clinicdesk.domain.clock import Clock
from clinicdesk.domain.rows.people import Actor
from clinicdesk.domain.translation import _
from clinicdesk.services.context import Clinic
from clinicdesk.ui import local, panel_width, theme
from clinicdesk.ui.access import speak_as
from clinicdesk.ui.ahead import Ahead
from clinicdesk.ui.bus import Bus
from clinicdesk.ui.firstrun.frame import FrontPage
from clinicdesk.ui.pages import PAGES
from clinicdesk.ui.preferences import Preferences
from clinicdesk.ui.screen import LEAST, WANTED
from clinicdesk.ui.shell.clock_watch import ClockWatch
from clinicdesk.ui.shell.idle import IdleWatch
from clinicdesk.ui.shell.workspace import Workspace
from clinicdesk.ui.signin.page import SignInPage
from clinicdesk.ui.tasks import Tasks
from clinicdesk.ui.widgets import Banner
from clinicdesk.ui.widgets.eye_order import step

_PASSING = frozenset({Qt.WindowType.Popup, Qt.WindowType.ToolTip})


def _close_popups(window: QWidget) -> None:
    # Menus, tooltips and dialogs are windows of their own: they would stay, with names on them.
    for other in QApplication.topLevelWidgets():
        if other is window or not other.isVisible():
            continue
        if isinstance(other, QDialog):
            other.reject()
        elif other.windowType() in _PASSING:
            other.close()


class MainWindow(QMainWindow):
    """The one window of the program.

    Signals:
        closing(): the window is about to close; drafts are saved by then.
    """

    closing = Signal()

    def __init__(self, clock: Clock, preferences: Preferences) -> None:
        super().__init__()
        self.setWindowTitle("ClinicDesk")
        # Where it is opened by the program it is fitted to the screen, see ``launch``.
        self.setMinimumSize(LEAST)
        self.resize(WANTED)
        self.clock = clock
        self.preferences = preferences
        panel_width.use(preferences)
        self.bus = Bus(self)
        self.tasks = Tasks(self.bus, self)
        self.clinic: Clinic | None = None
        self.workspace: Workspace | None = None
        self._kept: dict[int, Workspace] = {}
        self._stack = QStackedWidget()
        self.clock_banner = Banner("danger")
        self._stand()
        speak_as(self._stack, "pages")
        self.sign_in = SignInPage(self.tasks.short, clock)
        self.sign_in.signed_in.connect(self.enter)
        self.sign_in.theme_wanted.connect(self.switch_theme)
        self._stack.addWidget(self.sign_in)
        self.ahead = Ahead(tuple(entry.module for entry in PAGES), self)
        self.idle = IdleWatch(10, self)
        self.idle.idle.connect(self._idle)
        self.clock_watch = ClockWatch(self.tasks.short, self)
        self.clock_watch.looked.connect(self._see_day)
        self.clock_watch.judged.connect(self._warn_of_clock)

    def _stand(self) -> None:
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.clock_banner)
        layout.addWidget(self._stack, 1)
        self.setCentralWidget(whole)

    # -- what is on show --------------------------------------------------------------------

    def show_front(self, page: QWidget) -> None:
        """Shows a page that needs nobody signed in (first start, passphrase)."""
        if self._stack.indexOf(page) < 0:
            self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)

    def open_clinic(self, clinic: Clinic) -> None:
        """A clinic's database is open: ask who works."""
        self.clinic = clinic
        theme.use_families(clinic.catalogue.vocabulary.shown_families)
        local.use(clinic.customs, clinic.today)
        self.sign_in.open_clinic(clinic)
        self.sign_in.say_welcome(clinic.notice())
        self.show_front(self.sign_in)
        self.sign_in.prepare()
        self.clock_watch.open_clinic(clinic)
        self.ahead.begin()

    def enter(self, actor: Actor) -> None:
        """Shows the person's own pages: as they left them, or new."""
        assert self.clinic is not None
        workspace = self._kept.get(actor.staff_id)
        if workspace is None:
            workspace = Workspace(self.clinic, actor, self.tasks, self.bus)
            workspace.lock_wanted.connect(self.lock)
            workspace.theme_wanted.connect(self.switch_theme)
            workspace.view_wanted.connect(self.choose_view)
            workspace.actions_list.watch(self)
            self._kept[actor.staff_id] = workspace
        self.workspace = workspace
        self._stack.addWidget(workspace)
        self._stack.setCurrentWidget(workspace)
        workspace.show()
        workspace.bring_back()
        for dialog in workspace.dialogs:
            dialog.setParent(self)
            dialog.setGeometry(self.rect())
            dialog.show()
            dialog.raise_()
            (dialog.focusWidget() or dialog).setFocus(Qt.FocusReason.OtherFocusReason)
        workspace.dialogs.clear()
        self.idle.watch(True)
        self.clock_watch.look()
        self.clock_watch.compare()

    def _warn_of_clock(self, fault: str) -> None:
        self.clock_banner.show_text(fault, "danger")

    def _see_day(self) -> None:
        if self.workspace is not None:
            self.workspace.see_day()

    # -- locking ----------------------------------------------------------------------------

    @property
    def locked(self) -> bool:
        """Whether nobody's pages are on show."""
        return self.workspace is None

    def lock(self) -> None:
        """Takes the pages out of the window and asks for a password."""
        self._lock(None)

    def _idle(self) -> None:
        self._lock(self.idle.minutes)

    def _lock(self, away: float | None) -> None:
        workspace = self.workspace
        if workspace is None or self.clinic is None:
            return
        _close_popups(self)
        workspace.put_aside()
        for dialog in self._dialogs():
            # A dialog belongs to the page under it: it is put aside with the page.
            dialog.setParent(workspace)
            dialog.hide()
            workspace.dialogs.append(dialog)
        self.workspace = None
        self.idle.watch(False)
        # Taken out of the window altogether: nothing of it can be seen, read out or reached.
        self._stack.removeWidget(workspace)
        workspace.setParent(None)
        workspace.hide()
        now = self.clock.now().astimezone(self.clinic.zone)
        self.sign_in.open_clinic(self.clinic)
        self.sign_in.say_locked(
            now, away, _("What you were typing is kept and reopens as you left it.")
        )
        self.show_front(self.sign_in)
        self.sign_in.choose_login(workspace.actor.login)
        self.sign_in.prepare()

    def _dialogs(self) -> list[QWidget]:
        from clinicdesk.ui.widgets.dialog import Dialog

        return [s for s in self.findChildren(Dialog) if s.parent() is self]

    def focusNextPrevChild(self, forward: bool) -> bool:
        return step(self, QApplication.focusWidget(), forward=forward)

    # -- the rest ---------------------------------------------------------------------------

    def switch_theme(self) -> None:
        """Light to dark and back; remembered."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self.preferences.theme = "light" if theme.is_dark() else "dark"
        self.preferences.save()
        theme.apply(app, self.preferences.theme, theme.scale())

    def choose_view(self) -> None:
        """Asks how large everything is to be shown."""
        from clinicdesk.ui.shell.view_size import ViewSizeDialog

        dialog = ViewSizeDialog(self, self.preferences)
        dialog.open_dialog(dialog.choice)

    def closeEvent(self, event: QCloseEvent) -> None:
        page = self._stack.currentWidget()
        if isinstance(page, FrontPage) and not page.may_close():
            event.ignore()
            return
        if self.workspace is not None:
            self.workspace.put_aside()
        self.closing.emit()
        self.idle.watch(False)
        self.tasks.close()
        for kept in self._kept.values():
            kept.actions_list.unwatch()
            # The ones put aside belong to no window that would take them along.
            if kept is not self.workspace:
                kept.deleteLater()
        self._kept.clear()
        if self.clinic is not None:
            self.clinic.close()
        event.accept()

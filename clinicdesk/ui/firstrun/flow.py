"""From the start of the program to somebody's pages: which page when."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog

from clinicdesk.domain.clock import Clock
from clinicdesk.domain.errors import ClinicError, Malformed, Unavailable
from clinicdesk.domain.rows.people import Actor
from clinicdesk.domain.server_address import without_password
from clinicdesk.domain.translation import _
from clinicdesk.services import clinics
from clinicdesk.services.context import Clinic
from clinicdesk.ui import preferences
from clinicdesk.ui.firstrun.passphrase import PassphrasePage
from clinicdesk.ui.firstrun.setup import RecoveryPage, SetupPage
from clinicdesk.ui.firstrun.welcome import OpeningPage, WelcomePage
from clinicdesk.ui.signin.page import workstation
from clinicdesk.ui.window import MainWindow

_ENDINGS = ("", ".key", "-wal", "-shm", "-wal.of")
DEMO_PASSPHRASE = "demo"  # noqa: S105 (a demo clinic holds nobody's secrets)


def demo_path() -> Path:
    """Where this account's demo clinic is."""
    return preferences.data_folder() / "demo" / "clinic.db"


def own_path() -> Path:
    """Where a clinic that is set up here is kept."""
    return preferences.data_folder() / "clinic.db"


class Flow(QObject):
    """Leads from the first page to sign-in.

    Signals:
        progressed(float, str): how far the demo clinic is.
        opened(): a clinic is open and asks who works, or somebody is signed in already.
    """

    progressed = Signal(float, str)
    opened = Signal()

    def __init__(self, window: MainWindow, clock: Clock, *, keyring: bool = True) -> None:
        super().__init__(window)
        self._window, self._clock, self._keyring = window, clock, keyring
        self._lane = window.tasks.long
        self._where = ""
        self._login = ""
        self._new_clinic: Clinic | None = None
        self.demo_patients = 5000
        self.welcome = WelcomePage()
        self.opening = OpeningPage()
        self.passphrase = PassphrasePage()
        self.setup = SetupPage(own_path().parent)
        self.welcome.demo_wanted.connect(self.open_demo)
        self.welcome.setup_wanted.connect(self._show_setup)
        self.welcome.file_wanted.connect(self._choose_file)
        self.passphrase.given.connect(self._with_passphrase)
        self.passphrase.back_wanted.connect(self.show_welcome)
        self.setup.wanted.connect(self._set_up)
        self.setup.back_wanted.connect(self.show_welcome)
        self.progressed.connect(self._progress, Qt.ConnectionType.QueuedConnection)
        window.closing.connect(self._closing)

    def begin(self, where: str | None, login: str | None) -> None:
        """The start: the clinic asked for, else the one last opened, else the first page."""
        self._login = login or ""
        chosen = where or self._window.preferences.last_clinic
        if not chosen and own_path().exists():
            # Set up on this computer, and forgotten with the preferences (or never remembered).
            chosen = str(own_path())
        if not chosen:
            self.show_welcome()
        else:
            self.open(chosen)

    def _closing(self) -> None:
        # A page never shown belongs to no window that would take it along.
        for page in (self.welcome, self.opening, self.passphrase, self.setup):
            if page.parent() is None:
                page.deleteLater()
        if self._new_clinic is not None:
            self._new_clinic.close()

    def show_welcome(self) -> None:
        """The three ways in."""
        self.welcome.show_progress(None, "")
        self.welcome.tell_found(own_path().exists())
        self._window.show_front(self.welcome)

    # -- opening ----------------------------------------------------------------------------

    def open(self, where: str) -> None:
        """Opens a clinic; asks for the passphrase if nobody else knows it."""
        self._where = where
        self._window.show_front(self.opening)
        passphrase = os.environ.get("CLINICDESK_PASSPHRASE")
        if Path(where) == demo_path():
            passphrase = DEMO_PASSPHRASE
        self._try(passphrase, self._not_opened)

    def _try(self, passphrase: str | None, failed: object) -> None:
        work = partial(self._opened_clinic, self._where, passphrase)
        self._lane.submit(work, self._go_on, failed, owner=self, key="open")  # type: ignore[arg-type]

    def _opened_clinic(self, where: str, passphrase: str | None) -> tuple[Clinic, str]:
        """The clinic, and a recovery code where setting it up was left before one was safe."""
        clinic = clinics.open_clinic(where, passphrase, clock=self._clock, keyring=self._keyring)
        return clinic, clinics.waiting_recovery(clinic)

    def _go_on(self, opened: tuple[Clinic, str]) -> None:
        clinic, code = opened
        if code:
            self._remember(self._where)
            self._show_code(clinic, code)
        else:
            self._open(clinic)

    def _not_opened(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        if isinstance(error, Unavailable) and error.kind == "wrong-key":
            self._window.show_front(self.passphrase)
            self.passphrase.ask(self._where)
            return
        self._say(error)

    def _say(self, error: ClinicError) -> None:
        """The first page, with what stands in the way."""
        self.show_welcome()
        text = str(error)
        if isinstance(error, Malformed):
            text = _(
                "ClinicDesk does not open with files of this clinic that it cannot read. {text} "
                "Mend that file, then open the clinic again."
            ).format(text=text)
        self.welcome.trouble.show_text(text, "danger")

    def _with_passphrase(self, text: str) -> None:
        self._try(text, self._refused)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, Malformed):
            self._say(error)
            return
        if not isinstance(error, Unavailable):
            raise error
        self.passphrase.refuse(error)

    def _open(self, clinic: Clinic) -> None:
        self.passphrase.edit.clear()
        self._remember(self._where)
        self._window.open_clinic(clinic)
        if self._login:
            self._window.sign_in.choose_login(self._login)
        self.opened.emit()

    def _remember(self, where: str) -> None:
        self._window.preferences.last_clinic = without_password(where)
        self._window.preferences.save()

    def _choose_file(self) -> None:
        folder = str(preferences.data_folder())
        name, __ = QFileDialog.getOpenFileName(
            self._window, _("Open a clinic file"), folder, _("Clinic (*.db);;All files (*)")
        )
        if name:
            self.open(name)

    # -- the demo ---------------------------------------------------------------------------

    def open_demo(self) -> None:
        """Opens the demo clinic (makes it first where there is none), signed in as front desk."""
        self.welcome.show_progress(0.0, _("Making the demo clinic…"))
        self._window.show_front(self.welcome)
        self._lane.submit(
            self._make_demo, self._demo_open, self._demo_failed, owner=self, key="open"
        )

    def _make_demo(self) -> tuple[Clinic, Actor]:
        from clinicdesk.services import demo
        from clinicdesk.services.signin import sign_in

        path = demo_path()
        if not path.exists():
            # Made beside its place and put there whole: a power cut leaves no half clinic.
            making = path.with_name("making.db")
            for ending in _ENDINGS:
                Path(f"{making}{ending}").unlink(missing_ok=True)
            demo.create_demo(
                making, patients=self.demo_patients, clock=self._clock,
                progress=self.progressed.emit,
            )  # fmt: skip
            for ending in (".key", ""):
                Path(f"{making}{ending}").replace(f"{path}{ending}")
        clinic = clinics.open_clinic(path, DEMO_PASSPHRASE, clock=self._clock, keyring=False)
        return clinic, sign_in(clinic, "frontdesk", "demo", workstation())

    def _progress(self, share: float, sentence: str) -> None:
        self.welcome.show_progress(share, sentence)

    def _demo_open(self, made: tuple[Clinic, Actor]) -> None:
        clinic, actor = made
        self.welcome.show_progress(None, "")
        self._remember(str(demo_path()))
        self._window.open_clinic(clinic)
        self._window.enter(actor)
        self.opened.emit()

    def _demo_failed(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        self._say(error)

    # -- setting up -------------------------------------------------------------------------

    def _show_setup(self) -> None:
        if own_path().exists():
            self.open(str(own_path()))
            return
        self._window.show_front(self.setup)
        self._lane.submit(
            clinics.rule_packs, self.setup.offer_packs, self._setup_failed, owner=self, key="packs"
        )

    def _set_up(self, setup: clinics.ClinicSetup, passphrase: str) -> None:
        work = partial(
            clinics.create_clinic, own_path(), passphrase, setup, clock=self._clock,
            keyring=self._keyring, code_waits=True,
        )  # fmt: skip
        self._lane.submit(work, self._made, self._setup_failed, owner=self, key="open")

    def _setup_failed(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        self.setup.refuse(error)

    def _made(self, made: tuple[Clinic, str]) -> None:
        clinic, code = made
        self.setup.forget_secrets()
        self._where = str(own_path())
        # From now on each start finds it.
        self._remember(self._where)
        self._show_code(clinic, code)

    def _show_code(self, clinic: Clinic, code: str) -> None:
        self._new_clinic = clinic
        self.passphrase.edit.clear()
        self.recovery = RecoveryPage(code, clinic.settings.name, clinic.settings.paper)
        self.recovery.confirmed.connect(self._confirmed)
        self._window.show_front(self.recovery)

    def _confirmed(self) -> None:
        clinic = self._new_clinic
        assert clinic is not None
        self._new_clinic = None
        self._lane.submit(
            partial(clinics.recovery_is_safe, clinic), partial(self._safe, clinic),
            self._setup_failed, owner=self,
        )  # fmt: skip

    def _safe(self, clinic: Clinic, __: object) -> None:
        self._open(clinic)
        self.recovery.deleteLater()

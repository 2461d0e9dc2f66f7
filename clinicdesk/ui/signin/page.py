"""The sign-in page, which is the lock screen too."""

from __future__ import annotations

import socket
from datetime import datetime
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from clinicdesk import __version__
from clinicdesk.domain.clock import Clock
from clinicdesk.domain.errors import ClinicError, FirstPassword, Invalid
from clinicdesk.domain.rows.people import Actor, StaffRow
from clinicdesk.domain.translation import _
from clinicdesk.services import signin
from clinicdesk.services.context import Clinic
from clinicdesk.ui import theme
from clinicdesk.ui.layouts import key_of, modifiers_of
from clinicdesk.ui.local import time_text
from clinicdesk.ui.signin.cards import StaffCard
from clinicdesk.ui.signin.side import SidePanel
from clinicdesk.ui.tasks import Lane
from clinicdesk.ui.widgets import Button, Field, Label, PasswordEdit, TextEdit, row, scrolled

_ANY_WIDTH = 16777215


def workstation() -> str:
    """This computer's name, as the audit keeps it."""
    return socket.gethostname() or "unknown"


class SignInPage(QWidget):
    """Choose a person, type the password.

    Signals:
        signed_in(Actor): the password was right.
        theme_wanted(): the other theme was asked for.
    """

    signed_in = Signal(object)
    theme_wanted = Signal()

    def __init__(self, lane: Lane, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("canvas")
        self._lane, self._clock = lane, clock
        self._clinic: Clinic | None = None
        self._cards: list[StaffCard] = []
        self._wanted = ""
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._side = SidePanel(clock)
        self._locked = False
        self._in_sight = QTimer(self)
        self._in_sight.setSingleShot(True)
        self._in_sight.timeout.connect(self._show_button)
        self._title = Label(_("Welcome"), 28, 600)
        self._line = Label("", 14, 400, "muted")
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self._login = TextEdit(_("User name"), _("User name"))
        self._login_field = Field(_("User name"), self._login)
        self._password = PasswordEdit(_("Password"))
        self._password_field = Field(_("Password"), self._password)
        self._own, self._again_own = PasswordEdit(_("New password")), PasswordEdit(_("Once more"))
        self._own_field = Field(
            _("A password of your own"), self._own,
            _("The one you typed was given to you. From now on you sign in with this one."),
        )  # fmt: skip
        self._again_field = Field(_("Once more"), self._again_own)
        self._choosing = False
        self._again_own.submitted.connect(self._try)
        self._own.submitted.connect(self._again_own.edit.setFocus)
        self._password.submitted.connect(self._try)
        self._login.returnPressed.connect(self._password.edit.setFocus)
        for editor in (self._login, self._password.edit):
            editor.installEventFilter(self)
        self._go = Button(_("Sign in"), "lock", "primary")
        for control in (self._go, self._password.edit):
            control.setProperty("tall", True)
        self._go.clicked.connect(self._try)
        self._else = Button(_("Someone else"), kind="text", compact=True)
        self._else.clicked.connect(self._someone_else)
        self._theme = Button("", kind="text", compact=True)
        self._theme.clicked.connect(self._ask_theme)
        self._lay_out()

    def _lay_out(self) -> None:
        form = QWidget()
        form.setObjectName("canvas")
        form.setFixedWidth(theme.scaled(420))
        inner = QVBoxLayout(form)
        inner.setContentsMargins(8, 24, 8, 24)
        inner.setSpacing(6)
        for item in (self._title, self._line):
            inner.addWidget(item)
        inner.addSpacing(12)
        inner.addLayout(self._list)
        self._list.addWidget(self._login_field)
        self._list.addWidget(self._password_part())
        inner.addSpacing(6)
        inner.addLayout(row(self._else, None, self._theme))
        right = QVBoxLayout()
        right.setContentsMargins(24, 0, 24, 20)
        right.addStretch(1)
        holder = QWidget()
        holder.setObjectName("canvas")
        centred = QHBoxLayout(holder)
        centred.addStretch(1)
        centred.addWidget(form, 0, Qt.AlignmentFlag.AlignVCenter)
        centred.addStretch(1)
        self._area = area = scrolled(holder)
        right.addWidget(area, 40)
        right.addStretch(1)
        right.addLayout(
            row(
                Label(_("Signing in is recorded in the audit trail."), 12, 400, "faint"),
                None,
                Label(
                    _("ClinicDesk {version} · this computer: {workstation}").format(
                        version=__version__, workstation=workstation()
                    ),
                    12,
                    400,
                    "faint",
                ),
            )
        )
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._side, 4)
        outer.addLayout(right, 5)

    def _password_part(self) -> QWidget:
        """The password and its button, to stand right under who is chosen."""
        self._beside = QWidget()
        self._beside.setObjectName("canvas")
        inside = QVBoxLayout(self._beside)
        inside.setContentsMargins(0, 0, 0, 8)
        inside.setSpacing(10)
        inside.addWidget(self._password_field)
        for field in (self._own_field, self._again_field):
            inside.addWidget(field)
            field.hide()
        inside.addWidget(self._go)
        return self._beside

    def _place_password(self, card: StaffCard | None) -> None:
        """Under the chosen person; under the user name where nobody is."""
        self._list.removeWidget(self._beside)
        place = self._list.indexOf(card) + 1 if card else self._list.count()
        self._list.insertWidget(place, self._beside)
        self._order(self._cards.index(card) + 1 if card in self._cards else len(self._cards))

    def _order(self, before: int) -> None:
        """Tab goes as the eye does: so many cards, the fields, the other cards."""
        fields: list[QWidget] = [self._login]
        for secret in (self._password, self._own, self._again_own):
            fields += [secret.edit, *secret.findChildren(QAbstractButton)]
        chain = [*self._cards[:before], *fields, self._go, *self._cards[before:]]
        for first, second in pairwise([*chain, self._else, self._theme]):
            QWidget.setTabOrder(first, second)

    def open_clinic(self, clinic: Clinic) -> None:
        """Shows who may sign in to this clinic."""
        self._clinic = clinic
        self._lane.submit(partial(self._ask_staff, clinic), self._fill, owner=self, key="staff")

    @staticmethod
    def _ask_staff(clinic: Clinic) -> tuple[str, object, tuple[StaffRow, ...]]:
        return clinic.settings.name, clinic.zone, signin.staff_for_sign_in(clinic)

    def _fill(self, answer: tuple[str, object, tuple[StaffRow, ...]]) -> None:
        name, zone, staff = answer
        self._side.set_clinic(name, zone)
        for card in self._cards:
            self._group.removeButton(card)
            card.deleteLater()
        people = [person for person in staff if person.active]
        # A large clinic types the user name: a long list is slower than three letters.
        self._cards = [StaffCard(p, n) for n, p in enumerate(people[:6], 1)]
        for card in self._cards:
            self._group.addButton(card)
            self._list.insertWidget(self._list.indexOf(self._login_field), card)
            card.clicked.connect(self._chosen)
        # The one who locked the screen, or who was chosen meanwhile, stays chosen.
        wanted = next((c for c in self._cards if c.staff.login == self._wanted), None)
        if wanted is not None or not self._wanted:
            first = self._cards[0] if self._cards else None
            self._choose(wanted or first)

    def choose_login(self, login: str) -> None:
        """Chooses a person by user name (the one who locked the screen)."""
        self._wanted = login
        card = next((c for c in self._cards if c.staff.login == login), None)
        self._choose(card)
        if card is None:
            self._login.setText(login)

    def say_locked(self, at: datetime, away: float | None, drafts: str = "") -> None:
        """Welcome back: when it was locked, and after how many minutes of nobody there."""
        self._locked = True
        self._title.setText(_("Welcome back"))
        line = _("Locked at {at}.").format(at=time_text(at))
        if away is not None:
            line = _("Locked at {at} after {minutes:g} minutes away.").format(
                at=time_text(at), minutes=away
            )
        self._line.setText(line)
        self._side.set_note(drafts)
        self._go.setText(_("Unlock"))

    def say_welcome(self, notice: str = "") -> None:
        """The first sign-in of this start; ``notice``: what everybody should know."""
        self._locked = False
        self._side.set_note(notice)
        self._title.setText(_("Welcome"))
        self._line.setText(_("Choose your name and type your password."))
        self._go.setText(_("Sign in"))

    def prepare(self) -> None:
        """Empties the password and puts the cursor there."""
        self._password.clear()
        self._password_field.set_error("")
        self._theme.setText(_("Switch to light") if theme.is_dark() else _("Switch to dark"))
        self._password.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._in_sight.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # In a narrow window the clock gives way to the names.
        narrow = self.width() < theme.scaled(900)
        self._side.setMaximumWidth(theme.scaled(270) if narrow else _ANY_WIDTH)
        self._in_sight.start()

    def _show_button(self) -> None:
        """In a low window the list is scrolled to the password and the button below it."""
        self._area.ensureWidgetVisible(self._go)

    def _ask_own(self, *, asked: bool) -> None:
        """Whether a password of one's own is asked for, instead of one that was given."""
        self._choosing = asked
        for editor in (self._own, self._again_own):
            editor.clear()
        for field in (self._own_field, self._again_field):
            field.set_error("")
            field.setVisible(asked)
        self._again()

    def _choose(self, card: StaffCard | None) -> None:
        if self._choosing:
            self._ask_own(asked=False)
        self._login_field.setVisible(card is None)
        self._place_password(card)
        self._password_field.label.setText(
            _("Password for {staff_name}").format(staff_name=card.staff.name)
            if card
            else _("Password")
        )
        if card is None:
            self._group.setExclusive(False)
            for other in self._cards:
                other.setChecked(False)
            self._group.setExclusive(True)
            self._login.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            card.setChecked(True)
            self._password.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self) -> None:
        card = self._group.checkedButton()
        if isinstance(card, StaffCard):
            self._wanted = card.staff.login
            self._password.clear()
            self._choose(card)

    def _someone_else(self) -> None:
        self._login.clear()
        self._password.clear()
        self._choose(None)

    def _ask_theme(self) -> None:
        self.theme_wanted.emit()
        self._theme.setText(_("Switch to light") if theme.is_dark() else _("Switch to dark"))

    def _who(self) -> str:
        card = self._group.checkedButton()
        return card.staff.login if isinstance(card, StaffCard) else self._login.text().strip()

    def _try(self) -> None:
        clinic, who, password = self._clinic, self._who(), self._password.text()
        self._login_field.set_error("" if who else _("Type your user name."))
        self._password_field.set_error("" if password else _("Type your password."))
        if clinic is None or not who or not password or not self._own_agrees():
            return
        self._go.setEnabled(False)
        self._go.setText(_("Checking…"))
        work = partial(signin.sign_in, clinic, who, password, workstation())
        if self._choosing:
            own = self._own.text()
            work = partial(signin.choose_password, clinic, who, password, own, workstation())
        self._lane.submit(work, self._right, self._wrong, owner=self, key="try")

    def _own_agrees(self) -> bool:
        if not self._choosing:
            return True
        same = self._own.text() == self._again_own.text()
        self._own_field.set_error("" if self._own.text() else _("Choose a password."))
        self._again_field.set_error("" if same else _("The two differ. Type it again."))
        return bool(self._own.text()) and same

    def _again(self) -> None:
        self._go.setEnabled(True)
        words = _("Unlock") if self._locked else _("Sign in")
        self._go.setText(_("Keep it and sign in") if self._choosing else words)

    def _right(self, actor: Actor) -> None:
        self._ask_own(asked=False)
        self._password.clear()
        self._password_field.set_error("")
        self.signed_in.emit(actor)

    def _wrong(self, error: Exception) -> None:
        self._again()
        if not isinstance(error, ClinicError):
            raise error
        if isinstance(error, FirstPassword):
            self._ask_own(asked=True)
            self._own.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if isinstance(error, Invalid):
            self._own_field.set_error(str(error))
            self._own.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._password_field.set_error(str(error))
        self._password.edit.selectAll()
        self._password.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A field would take Alt and a digit for a letter of the password.
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            alt = modifiers_of(event) == Qt.KeyboardModifier.AltModifier
            number = Qt.Key.Key_0 <= key_of(event) <= Qt.Key.Key_9
            # A number that is nobody's is no letter of a password either.
            return alt and number and (self._choose_number(event) or True)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if isinstance(self.focusWidget(), QLineEdit) or not self._choose_number(event):
            super().keyPressEvent(event)

    def _choose_number(self, event: QKeyEvent) -> bool:
        number = key_of(event).value - Qt.Key.Key_0.value
        if not 1 <= number <= len(self._cards):
            return False
        self._wanted = self._cards[number - 1].staff.login
        self._password.clear()
        self._choose(self._cards[number - 1])
        return True

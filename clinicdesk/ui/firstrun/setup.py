"""Setting up a clinic: who we are, the first account, the passphrase, the recovery code."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QTextDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QCheckBox, QGridLayout

from clinicdesk.domain.errors import ClinicError, Invalid
from clinicdesk.domain.permissions import Role
from clinicdesk.domain.rows.staff import NewResource, NewStaff
from clinicdesk.domain.translation import _
from clinicdesk.services.case_building import CLINIC_DEFAULT
from clinicdesk.services.clinics import ClinicSetup
from clinicdesk.ui import theme
from clinicdesk.ui.firstrun.frame import FrontPage
from clinicdesk.ui.firstrun.place import PlacePart
from clinicdesk.ui.sheets import output
from clinicdesk.ui.sheets.dialogs import OutputDialogs
from clinicdesk.ui.widgets import Button, Card, Choice, Field, Label, PasswordEdit, TextEdit, row

ROOMS = (
    NewResource(_("C-arm room"), "room", ("fluoroscopy",)),
    NewResource(_("Ultrasound room"), "room", ("ultrasound",)),
    NewResource(_("C-arm"), "equipment", ("fluoroscopy",)),
)


class SetupPage(FrontPage):
    """Signals:
    wanted(object, str): a ClinicSetup and the passphrase, both checked here as far as they can be.
    back_wanted(): not now.
    """

    wanted = Signal(object, str)
    back_wanted = Signal()

    def __init__(self, folder: Path) -> None:
        super().__init__(
            _("Set up my clinic"),
            _(
                "Four steps: the clinic, the people, the passphrase, and then the recovery code. "
                "It is kept encrypted in {folder}."
            ).format(folder=folder),
            640,
        )
        self._fields: dict[str, Field] = {}
        self._clinic_card()
        self._people_card()
        self._secret_card()
        self.go = Button(_("Set up the clinic"), "check", "primary")
        self.go.clicked.connect(self._submit)
        back = Button(_("Back"), kind="text")
        back.clicked.connect(self._back)
        self.body.addLayout(row(self.go, None, back))

    def _text(self, key: str, label: str, example: str = "", *, required: bool = False) -> Field:
        field = Field(label, TextEdit(example, label), required=required)
        self._fields[key] = field
        return field

    def _clinic_card(self) -> None:
        card = Card(_("Step 1 of 4: the clinic"))
        grid = QGridLayout()
        grid.addWidget(
            self._text("name", _("Name"), _("Quillwater Pain Clinic"), required=True), 0, 0, 1, 2
        )
        grid.addWidget(
            self._text("address", _("Address"), _("14 Millrace Way, Boston, MA")), 1, 0, 1, 2
        )
        self.place = PlacePart()
        self._fields |= {"country": self.place.country, "timezone": self.place.zone}
        self._fields["paper"] = self.place.paper
        grid.addWidget(self.place, 2, 0, 1, 2)
        grid.addWidget(self._text("phone", _("Telephone")), 3, 0)
        grid.addWidget(self._text("phone_urgent", _("Telephone, day and night")), 3, 1)
        self.pack = Choice([(CLINIC_DEFAULT, _("Clinic default (no payer)"))], _("Interval rules"))
        self.pack.set_value(CLINIC_DEFAULT)
        self._fields["pack"] = Field(
            _("Interval rules where a patient's payer names none"), self.pack
        )
        grid.addWidget(self._fields["pack"], 4, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        card.body.addLayout(grid)
        self.body.addWidget(card)

    def offer_packs(self, packs: Sequence[tuple[str, str]]) -> None:
        """The rule packs there are (id and title); the choice is kept."""
        self.pack.set_options(packs)

    def _people_card(self) -> None:
        card = Card(_("Step 2 of 4: you, and the first physician"))
        grid = QGridLayout()
        grid.addWidget(
            self._text("manager_name", _("Your name"), _("Priya Raman"), required=True), 0, 0
        )
        grid.addWidget(
            self._text("manager_login", _("Your user name"), "priya", required=True), 0, 1
        )
        self._password("manager_password", _("Your password"), grid, 1, 0)
        grid.addWidget(
            self._text("physician_name", _("Physician"), _("Dr. Amara Osei"), required=True), 2, 0
        )
        grid.addWidget(
            self._text("physician_login", _("Physician’s user name"), "osei", required=True), 2, 1
        )
        self._password("physician_password", _("Physician’s first password"), grid, 3, 0)
        card.body.addLayout(grid)
        given = _("The physician chooses a password of his or her own at the first sign-in.")
        card.body.addWidget(Label(given, 12, 400, "faint", wrap=True))
        note = _(
            "A C-arm room and an ultrasound room, Monday to Friday 08:00–17:00, are made for you."
        )
        card.body.addWidget(Label(note, 12, 400, "faint", wrap=True))
        self.body.addWidget(card)

    def _password(self, key: str, label: str, grid: QGridLayout, line: int, column: int) -> None:
        field = Field(label, PasswordEdit(label))
        self._fields[key] = field
        grid.addWidget(field, line, column, 1, 2)

    def _secret_card(self) -> None:
        card = Card(_("Step 3 of 4: the passphrase of the database"))
        words = _(
            "It encrypts everything. Without it, or the recovery code shown next, nobody can open "
            "the clinic: not even its makers."
        )
        card.body.addWidget(Label(words, 12.5, 400, "muted", wrap=True))
        for key, label in (("passphrase", _("Passphrase")), ("again", _("Passphrase again"))):
            self._fields[key] = Field(label, PasswordEdit(label), required=True)
            card.body.addWidget(self._fields[key])
        self.body.addWidget(card)

    def _value(self, key: str) -> str:
        editor = self._fields[key].editor
        assert isinstance(editor, TextEdit | PasswordEdit)
        text = editor.text()
        return text if isinstance(editor, PasswordEdit) else text.strip()

    def _submit(self) -> None:
        for field in self._fields.values():
            field.set_error("")
        self.trouble.show_text("")
        if wrong := self._missing():
            self.refuse(Invalid(wrong))
            return
        self.working(True)
        self.wanted.emit(self._setup(), self._value("passphrase"))

    def _missing(self) -> dict[str, str]:
        """What only this page asks: nothing that was typed is left out of the clinic."""
        wrong: dict[str, str] = {}
        if not self._value("physician_name"):
            wrong["physician_name"] = _(
                "Enter the physician's name: without a physician nothing can be booked."
            )
        if self._value("passphrase") != self._value("again"):
            wrong["again"] = _("The two passphrases differ. Type them again.")
        return wrong

    def _setup(self) -> ClinicSetup:
        staff = (
            NewStaff(
                self._value("physician_login"), self._value("physician_name"),
                Role.PHYSICIAN, self._value("physician_password"),
            ),
        )  # fmt: skip
        return ClinicSetup(
            name=self._value("name"),
            address=self._value("address"),
            phone=self._value("phone"),
            phone_urgent=self._value("phone_urgent"),
            timezone=self._value("timezone"),
            country=self.place.code,
            paper=str(self.place.choice.value() or ""),
            pack=str(self.pack.value()),
            manager_name=self._value("manager_name"),
            manager_login=self._value("manager_login"),
            manager_password=self._value("manager_password"),
            staff=staff,
            resources=ROOMS,
        )

    def refuse(self, error: ClinicError) -> None:
        """Shows what cannot be taken, at the fields; nothing typed is lost."""
        self.working(False)
        if not isinstance(error, Invalid):
            self.trouble.show_text(str(error), "danger")
            return
        first: Field | None = None
        for name, sentence in error.fields.items():
            key = name.replace("staff.0.", "physician_")
            field = self._fields.get(key)
            if field is None:
                self.trouble.show_text(sentence, "danger")
                continue
            field.set_error(sentence)
            first = first or field
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget_secrets(self) -> None:
        """Empties every password field once the clinic is made."""
        for field in self._fields.values():
            if isinstance(field.editor, PasswordEdit):
                field.editor.clear()

    def working(self, busy: bool) -> None:
        """While the clinic is being made."""
        self.go.setEnabled(not busy)
        self.go.setText(_("Setting up…") if busy else _("Set up the clinic"))

    def _back(self) -> None:
        self.back_wanted.emit()


class RecoveryPage(FrontPage):
    """Shows the recovery code, once.

    Signals:
        confirmed(): it is written down.
    """

    confirmed = Signal()

    def __init__(self, code: str, clinic: str = "", paper: str = "letter") -> None:
        super().__init__(
            _("Step 4 of 4: the recovery code"),
            _(
                "It opens the clinic if the passphrase is forgotten. It is shown only now: print "
                "it or "
                "write it down, and keep it in a safe, not in this computer."
            ),
        )
        self._warned, self._clinic, self._paper = False, clinic, paper
        self._dialogs = OutputDialogs(self)
        self._dialogs.printer_chosen.connect(self.print_on)
        # A field, so that Tab stops there, it is read out sign by sign, and Ctrl+C copies it.
        shown = TextEdit("", _("Recovery code"))
        shown.setText(code)
        shown.setReadOnly(True)
        shown.setFont(theme.font(16, 600))
        shown.setCursorPosition(0)
        shown.setAccessibleDescription(" ".join(code))
        self.code = shown
        card = Card()
        card.body.addWidget(shown)
        copy = Button(_("Copy"), "copy", compact=True)
        copy.clicked.connect(self._copy)
        self.paper = Button(_("Print"), "print", compact=True)
        self.paper.clicked.connect(self._print)
        card.body.addLayout(row(self.paper, copy, None))
        self.body.addWidget(card)
        self.tick = QCheckBox(_("The code is on paper, and the paper is in a safe place."))
        self.tick.setFont(theme.font(13))
        self.tick.toggled.connect(self._ticked)
        self.go = Button(_("Go on to sign in"), "arrow", "primary")
        self.go.setEnabled(False)
        self.go.clicked.connect(self._go)
        self.body.addWidget(self.tick)
        self.body.addLayout(row(self.go, None))

    def may_close(self) -> bool:
        """Whether the window may close; the first time it is said what that means."""
        if self.go.isEnabled() or self._warned:
            return True
        self._warned = True
        self.trouble.show_text(
            _(
                "The code is not in a safe place yet. Close once more to leave all the same: the "
                "next start shows a new code, and this one opens nothing any more."
            ),
            "warn",
        )
        return False

    def _print(self) -> None:
        if not output.has_printer():
            self.trouble.show_text(
                _("No printer is known here. Write the code down by hand."), "warn"
            )
        elif not self._dialogs.busy:
            self._dialogs.ask_printer(
                "recovery", self._paper, _("Recovery code"), _("Print the recovery code")
            )

    def print_on(self, printer: QPrinter) -> None:
        """Prints the code with what it is for."""
        sheet = QTextDocument()
        sheet.setDefaultFont(theme.font(13))
        sheet.setPlainText(
            _(
                "ClinicDesk: recovery code of {clinic}\n\n{code}\n\n"
                "It opens the clinic's database if the passphrase is forgotten. Keep it in a safe."
            ).format(clinic=self._clinic, code=self.code.text())
        )
        sheet.print_(printer)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.code.text())

    def _ticked(self, on: bool) -> None:
        self.go.setEnabled(on)

    def _go(self) -> None:
        self.confirmed.emit()

"""The first start: three ways in."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QLabel, QProgressBar

from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.firstrun.frame import FrontPage
from clinicdesk.ui.widgets import Label


class WayIn(QAbstractButton):
    """A large button: icon, what it does, one sentence."""

    def __init__(self, icon: str, title: str, sentence: str) -> None:
        super().__init__()
        self._icon, self._title, self._sentence = icon, title, sentence
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedHeight(theme.scaled(84))

    def say(self, title: str, sentence: str) -> None:
        """Other words for the same way."""
        self._title, self._sentence = title, sentence
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(540), theme.scaled(84))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isEnabled()
        edge = "accent" if self.hasFocus() else "input" if self.underMouse() and on else "line2"
        painter.setPen(QPen(theme.colour(edge), 2 if self.hasFocus() else 1))
        painter.setBrush(theme.colour("surface" if on else "sunken"))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 9, 9)
        ink = "accent" if on else "text3"
        painter.drawPixmap(
            24, (self.height() - theme.scaled(28)) // 2, theme.pixmap(self._icon, ink, 28)
        )
        left, half = 24 + theme.scaled(46), self.height() // 2
        painter.setFont(theme.font(16, 600))
        painter.setPen(theme.colour("text" if on else "text3"))
        painter.drawText(
            left,
            10,
            self.width() - left - 16,
            half - 10,
            Qt.AlignmentFlag.AlignVCenter,
            self._title,
        )
        painter.setFont(theme.font(13))
        painter.setPen(theme.colour("text2" if on else "text3"))
        painter.drawText(
            left,
            half,
            self.width() - left - 16,
            half - 12,
            Qt.AlignmentFlag.AlignVCenter,
            self._sentence,
        )
        painter.end()


class WelcomePage(FrontPage):
    """Signals:
    demo_wanted(), setup_wanted(): a way was chosen.
    file_wanted(): open a clinic's file that is on this computer already.
    """

    demo_wanted = Signal()
    setup_wanted = Signal()
    file_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(_("Welcome to ClinicDesk"), _("How would you like to begin?"))
        self.demo = WayIn(
            "heart",
            _("Try the demo clinic"),
            _("A clinic of invented people, to look around in and break."),
        )
        self.setup = WayIn(
            "home",
            _("Set up my clinic"),
            _("An encrypted clinic on this computer. Takes two minutes."),
        )
        self.server = WayIn(
            "link",
            _("Connect to a clinic server"),
            _("For several desks on one database. Comes with a later version."),
        )
        self.server.setEnabled(False)
        self.file = WayIn(
            "doc",
            _("Open a clinic file"),
            _("A clinic that is already on this computer or a backup disk."),
        )
        for way in (self.demo, self.setup, self.server, self.file):
            self.body.addWidget(way)
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.line = Label("", 13, 400, "muted")
        self.body.addWidget(self.bar)
        self.body.addWidget(self.line)
        self.show_progress(None, "")
        self.demo.clicked.connect(self._demo)
        self.setup.clicked.connect(self._setup)
        self.file.clicked.connect(self._file)

    def tell_found(self, found: bool) -> None:
        """Whether a clinic was set up on this computer already: then that way opens it."""
        if found:
            self.setup.say(
                _("Open my clinic"), _("It is set up on this computer. Type its passphrase.")
            )
        else:
            self.setup.say(
                _("Set up my clinic"), _("An encrypted clinic on this computer. Takes two minutes.")
            )

    def show_progress(self, share: float | None, sentence: str) -> None:
        """How far the demo clinic is; None: nothing is being made."""
        busy = share is not None
        self.bar.setVisible(busy)
        self.line.setVisible(busy)
        for way in (self.demo, self.setup, self.file):
            way.setEnabled(not busy)
        self.bar.setValue(round((share or 0) * 1000))
        self.line.setText(sentence)

    def _demo(self) -> None:
        self.demo_wanted.emit()

    def _setup(self) -> None:
        self.setup_wanted.emit()

    def _file(self) -> None:
        self.file_wanted.emit()


class OpeningPage(FrontPage):
    """On show while a clinic is being opened."""

    def __init__(self) -> None:
        super().__init__("ClinicDesk", _("Opening the clinic…"))
        self.body.addWidget(QLabel())

"""The strip over the chart: who it is, what must not be overlooked, what can be done."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from clinicdesk.domain.dates import day_words
from clinicdesk.domain.people import full_name, sex_words
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.rows.people import Actor
from clinicdesk.domain.rows.people import Banner as BannerRow
from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.widgets import Button, FlowRow, IconButton, Label, Name, patient_chips


class Initials(QWidget):
    """The patient's initials on a tint."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self.setFixedSize(self.sizeHint())
        theme.signals.changed.connect(self.update)

    def set_name(self, given: str, family: str) -> None:
        """The first letters of both names."""
        letters = (next((c for c in part if c.isalpha()), "") for part in (given, family))
        self._text = "".join(letters).upper()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(44), theme.scaled(44))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("atint2"))
        painter.drawRoundedRect(QRectF(self.rect()), 9, 9)
        painter.setPen(theme.colour("aink"))
        painter.setFont(theme.font(15, 600))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)
        painter.end()


def facts(banner: BannerRow, *, phone: bool = True) -> str:
    """``Female, 68 y · Born 14 Mar 1958 · MRN 004182 · (617) 555-0143``."""
    aged = _("{age} y") if banner.deceased_on is None else _("died at {age}")
    aged = aged.format(age=banner.age)
    if sex := sex_words(banner.sex):
        aged = f"{sex}, {aged}"
    parts: tuple[str, ...] = (
        aged,
        _("Born {birth_date}").format(birth_date=day_words(banner.birth_date)),
        _("MRN {mrn}").format(mrn=banner.mrn),
    )
    if phone:
        parts = (*parts, banner.phone)
    return "   ".join(part for part in parts if part)


class ChartHead(QFrame):
    """Name, facts, chips, and the buttons of the chart."""

    def __init__(self, actor: Actor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "bar")
        self._actor = actor
        self._banner: BannerRow | None = None
        self.back = IconButton("left", _("Find another patient (Esc)"), self)
        self._initials = Initials(self)
        self.name = Name()
        self.name.setObjectName("chart-name")
        self.facts = Label("", 13, 400, "muted", elide=400)
        self.chips = FlowRow()
        self.edit = Button(_("Edit"), "pen", key_hint="E", parent=self)
        self.documents = Button(_("Documents"), "doc", parent=self)
        self.log = Button(_("Log procedure"), "syringe", key_hint="L", parent=self)
        self.book = Button(_("Book"), "calplus", "primary", "B", parent=self)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self.name)
        words.addWidget(self.facts)
        words.addStretch(1)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 10, 16, 10)
        line.setSpacing(10)
        line.addWidget(self.back)
        line.addWidget(self._initials)
        line.addLayout(words)
        line.addSpacing(8)
        line.addWidget(self.chips, 1, Qt.AlignmentFlag.AlignVCenter)
        for button in (self.edit, self.documents, self.log, self.book):
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_banner(self, banner: BannerRow) -> None:
        """Another patient; buttons that make no sense for this one are off and say why."""
        self._initials.set_name(banner.given, banner.family)
        self.name.setText(full_name(banner.given, banner.family))
        self._banner = banner
        self._fit()
        chips = patient_chips(banner)
        self.chips.set_widgets(chips)
        spoken = [self.name.text(), facts(banner), *(chip.accessibleName() for chip in chips)]
        self.setAccessibleName(", ".join(spoken))
        closed = self._closed(banner)
        self._allow(self.book, Permission.BOOK, closed)
        self._allow(self.log, Permission.LOG_PROCEDURE, closed)
        self._allow(self.edit, Permission.EDIT_PATIENT, self._merged(banner))
        self._allow(self.documents, Permission.PRINT, "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where it is narrow the phone (it is in the details too) and a label give way to chips."""
        narrow = self.width() < theme.scaled(1280)
        self.documents.setText("" if self.width() < theme.scaled(1380) else _("Documents"))
        self.documents.setToolTip(_("Documents"))
        self.documents.setAccessibleName(_("Documents"))
        if self._banner is not None:
            self.facts.setText(facts(self._banner, phone=not narrow))

    def _merged(self, banner: BannerRow) -> str:
        return _("This record was merged into another one.") if banner.merged_into else ""

    def _closed(self, banner: BannerRow) -> str:
        if banner.deceased_on is not None:
            return _("This patient died on {deceased_on}.").format(
                deceased_on=day_words(banner.deceased_on)
            )
        return self._merged(banner)

    def _allow(self, button: Button, permission: Permission, hindrance: str) -> None:
        allowed = self._actor.may(permission)
        button.setVisible(allowed)
        button.setEnabled(not hindrance)
        button.setToolTip(hindrance or ("" if button.text() else button.accessibleName()))

"""The right side of the chart: what is booked, what may be repeated, the facts of the person."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from clinicdesk.domain.appointments import Status
from clinicdesk.domain.dates import day_words, month_short
from clinicdesk.domain.headings import begun
from clinicdesk.domain.languages import language_name
from clinicdesk.domain.rows.people import PatientChart, UpcomingAppointment
from clinicdesk.domain.steroid_year import SteroidYear, uncounted_text, year_words
from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.local import time_text
from clinicdesk.ui.patients.repeat_row import RepeatRow
from clinicdesk.ui.patients.site_lines import SiteLine, ask_lines
from clinicdesk.ui.patients.words import kind_label, upcoming_title
from clinicdesk.ui.widgets import Card, Chip, Label, Line

_SHOWN = 6


class DayLeaf(QWidget):
    """A day as a leaf of a calendar: number over month."""

    def __init__(self, day: date, *, today: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._day, self._today = day, today
        self.setFixedSize(self.sizeHint())
        theme.signals.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(40), theme.scaled(40))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent" if self._today else "sunken"))
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        number, month = str(self._day.day), month_short(self._day)
        painter.setPen(theme.colour("onaccent" if self._today else "text"))
        painter.setFont(theme.font(15, 600))
        half = self.height() // 2
        centre = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(0, 2, self.width(), half + 2), centre, number)
        painter.setPen(theme.colour("onaccent" if self._today else "text2"))
        painter.setFont(theme.font(11, 400))
        painter.drawText(QRectF(0, half, self.width(), half - 1), centre, month)
        painter.end()


class SideCard(Card):
    """A card whose whole content is replaced when something else is to be shown."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, " ", parent)
        self._inner: QWidget | None = None

    def fill(self, content: QLayout) -> None:
        """Shows this and nothing else."""
        if self._inner is not None:
            self.body.removeWidget(self._inner)
            self._inner.hide()
            self._inner.deleteLater()
        content.setContentsMargins(0, 0, 0, 0)
        self._inner = QWidget(self)
        self._inner.setLayout(content)
        self.body.addWidget(self._inner)


class UpcomingCard(SideCard):
    """Appointments from today on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Upcoming"), parent)

    def show_rows(self, rows: tuple[UpcomingAppointment, ...], today: date) -> None:
        """Replaces the list."""
        column = QVBoxLayout()
        column.setSpacing(8)
        if not rows:
            column.addWidget(Label(_("Nothing is booked."), 13, 400, "muted"))
        for number, row in enumerate(rows[:_SHOWN]):
            if number:
                column.addWidget(Line())
            column.addLayout(self._line(row, today))
        more = len(rows) - _SHOWN
        self.note.setText(_("and {more} more").format(more=more) if more > 0 else "")
        self.fill(column)

    def _line(self, row: UpcomingAppointment, today: date) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(DayLeaf(row.start.date(), today=row.start.date() == today))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(upcoming_title(row), 13, 600, wrap=True))
        when = (
            _("Today {start}").format(start=time_text(row.start))
            if row.start.date() == today
            else time_text(row.start)
        )
        place = ", ".join(part for part in (when, row.physician, row.room) if part)
        words.addWidget(Label(place, 12, 400, "muted", wrap=True))
        words.addWidget(Label(Status(row.status).label, 12, 400, "faint"))
        line.addLayout(words, 1)
        if row.review:
            mark = Chip(_("For review"), "warn", "shield")
            line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        return line


class RepeatCard(SideCard):
    """One line per procedure and site, with the same words and shapes as in booking.

    Signals:
        book_wanted(SiteLine): the booking of a repeat was asked for.
    """

    book_wanted = Signal(object)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(_("Repeat intervals"), parent)
        self._context = context
        self._today = context.clinic.today()
        self.rows: list[RepeatRow] = []
        self.hide()

    def show_chart(self, chart: PatientChart, today: date) -> None:
        """Asks about a patient; the card stays hidden without procedures."""
        closed = chart.banner.deceased_on is not None or chart.banner.merged_into is not None
        if closed or not any(row.sites and not row.struck for row in chart.procedures):
            self._context.tasks.short.forget(self, "repeat")
            self.hide()
            return
        self._today = today
        self.note.setText(_("on {today}").format(today=day_words(today)))
        clinic, actor = self._context.clinic, self._context.actor
        self._context.tasks.short.submit(
            lambda: ask_lines(clinic, actor, chart, today),
            self.show_lines,
            owner=self,
            key="repeat",
        )

    def show_lines(self, lines: tuple[SiteLine, ...]) -> None:
        """Replaces the lines."""
        column = QVBoxLayout()
        column.setSpacing(6)
        assumed = next((line.facts.assumed for line in lines if line.facts.assumed), "")
        if assumed:
            column.addWidget(Label(assumed, 12, 500, "warn", wrap=True))
        self.rows = [RepeatRow(line, self._today) for line in lines[:_SHOWN]]
        for number, row in enumerate(self.rows):
            if number:
                column.addWidget(Line())
            row.book_wanted.connect(self.book_wanted)
            column.addWidget(row)
        if len(lines) > _SHOWN:
            more = _("and {count} older ones").format(count=len(lines) - _SHOWN)
            column.addWidget(Label(more, 12, 400, "faint"))
        self.fill(column)
        self.show()


class SteroidCard(SideCard):
    """How much steroid went in within a year: a figure without a limit; hidden without any."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Steroid in the last 12 months"), parent)
        self.hide()

    def show_year(self, year: SteroidYear | None) -> None:
        """Replaces the figure."""
        self.setVisible(year is not None and bool(year.injections or year.unknown))
        if year is None:
            return
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(Label(_first_large(year_words(year)), 13, 400, wrap=True))
        if left_out := uncounted_text(year):
            column.addWidget(Label(left_out, 12, 400, "muted", wrap=True))
        self.fill(column)


class DetailsCard(SideCard):
    """Address, phones, names, payer, language."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Details"), parent)

    def show_chart(self, chart: PatientChart) -> None:
        """Replaces the facts."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(5)
        for line, (name, value) in enumerate(details(chart)):
            head = Label(name, 12, 400, "muted")
            grid.addWidget(head, line, 0, Qt.AlignmentFlag.AlignTop)
            text = Label(value, 13, 400, wrap=True)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(text, line, 1)
        grid.setColumnStretch(1, 1)
        self.fill(grid)


def _first_large(words: str) -> str:
    return begun(words)


def details(chart: PatientChart) -> list[tuple[str, str]]:
    """(name, value) of what is known about the person, nothing invented for what is not."""
    form, banner = chart.record.form, chart.banner
    rows = [(kind_label(kind), number) for kind, number in chart.phones]
    rows.append((_("E-mail"), form.email))
    rows.append((_("Address"), chart.address))
    rows += [(kind_label(kind), name) for kind, name in chart.other_names]
    language = language_name(banner.language)
    if banner.interpreter:
        language = _("{language}, interpreter").format(language=language)
    rows.append((_("Language"), language))
    rows.append((_("Payer"), banner.payer or form.payer))
    if banner.weight_kg is not None:
        weight = _("{weight_kg:f} kg").format(weight_kg=banner.weight_kg.normalize())
        if banner.weight_on:
            weight = _("{weight} on {day}").format(weight=weight, day=day_words(banner.weight_on))
        rows.append((_("Weight"), weight))
    if form.pregnant is not None:
        rows.append((_("Pregnant"), _("Yes") if form.pregnant else _("No")))
    return [(name, value) for name, value in rows if value]

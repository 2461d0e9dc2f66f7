"""The right side: language, large print, confirmed dates, print, save, and stored versions."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from clinicdesk.domain.dates import read_time, split_when
from clinicdesk.domain.rows.documents import DocumentRow, SaidRestart
from clinicdesk.domain.translation import _
from clinicdesk.ui import local, theme
from clinicdesk.ui.sheets.words import hash_words, stored_words, use_words
from clinicdesk.ui.widgets import (
    Banner,
    Button,
    Choice,
    Field,
    IconButton,
    Label,
    Line,
    Segmented,
    TextEdit,
    row,
    scrolled,
)

_SHOWN = 12


class DatesPart(QWidget):
    """What a nurse or physician says instead of the guideline: when the blood thinner starts again.

    Signals:
        confirmed(object): restart (datetime or None).
    """

    confirmed = Signal(object)

    def __init__(self, zone: ZoneInfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zone = zone
        self._today = date.min
        self._said: dict[str, SaidRestart] = {}
        self._of = ""
        self.of_drug = Choice((), _("Which blood thinner"))
        self.of_drug.chosen.connect(self._drug_chosen)
        self.drug_field = Field(_("Which blood thinner"), self.of_drug)
        self.drug_field.hide()
        self.restart = TextEdit("", _("Blood thinner starts again"))
        self.restart_field = Field(_("Blood thinner starts again"), self.restart)
        self.button = Button(_("Put on the sheet"), "check", compact=True)
        self.restart.textEdited.connect(self._moment_typed)
        self.button.clicked.connect(self._confirm)
        self.restart.returnPressed.connect(self._confirm)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(Label(_("Dates you confirm"), 14, 600))
        layout.addWidget(self.drug_field)
        layout.addWidget(self.restart_field)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)

    def set_today(self, today: date) -> None:
        """From which ``tomorrow`` is counted."""
        self._today = today

    def clear(self, today: date) -> None:
        """Another sheet: nothing is confirmed."""
        self._said = {}
        self.of_drug.set_options(())
        self.drug_field.hide()
        self.restart.clear()
        self.restart_field.set_error("")
        self.restart_field.set_helper("")
        self._today = today
        # No day stands here as if it were the sheet's.
        self.restart.setPlaceholderText(_("as the guideline says"))

    def drug(self) -> str:
        """The blood thinner of which the time is said; empty where there is one alone."""
        return str(self.of_drug.value() or "")

    def offer(self, said: tuple[SaidRestart, ...], held: tuple[str, ...]) -> None:
        """What a person said before and is on the sheet, to be kept, changed or emptied.

        Args: ``held``: the blood thinners of which it may be said; which of several, a person says.
        """
        self._said = {each.drug: each for each in said}
        chosen, several = self.drug(), len(held) > 1
        first = [("", _("Choose the drug…"))] if several else []
        self.of_drug.set_options([*first, *((drug, drug) for drug in held)])
        alone = "" if several else "".join(held)
        self.of_drug.set_value(chosen if chosen in held else alone)
        self._of = self.drug()
        self.drug_field.setVisible(several)
        self._offer_said()

    def _drug_chosen(self, drug: object) -> None:
        """What was typed for another drug is not said of this one; typed for none yet, it stays."""
        before, self._of = self._of, str(drug or "")
        if not before:
            self._judge(self.restart_field, "")
            return
        self.restart.clear()
        self.restart_field.set_helper("")
        self._judge(self.restart_field, "")
        self._offer_said()

    def _offer_said(self) -> None:
        said = self._said.get(self.drug())
        if said is None or said.restart is None:
            return
        at = said.restart.astimezone(self._zone)
        if not self.restart.text():
            self.restart.setText(f"{local.day_digits(at.date())} {local.time_text(at.timetz())}")
        self.restart_field.set_helper(
            _("As {by} said. Empty it to follow the guideline again.").format(by=said.by)
        )

    def refuse(self, sentence: str) -> None:
        """What was typed cannot be taken."""
        self._judge(self.restart_field, sentence)
        self.restart.setFocus()

    def _confirm(self) -> None:
        restart = self._moment()
        if self.restart_field.property("wrong"):
            self.restart.setFocus()
            return
        self.confirmed.emit(restart)

    def _moment_typed(self, text: str) -> None:
        self._judge(self.restart_field, "")
        day, at = split_when(text)
        meant = local.understood(day, self._today)
        self.restart_field.set_helper(meant)
        with suppress(ValueError):
            if meant and at:
                self.restart_field.set_helper(f"{meant}, {local.time_text(read_time(at))}")

    def _moment(self) -> datetime | None:
        """The moment typed; a day alone is none, for it says nothing of the hour."""
        day, at = split_when(self.restart.text())
        found, sentence = None, ""
        if day or at:
            try:
                on = local.read_day(day, self._today)
                found = datetime.combine(on, read_time(at), self._zone)
            except ValueError as wrong:
                sentence = str(wrong)
        self._judge(self.restart_field, sentence)
        return found

    @staticmethod
    def _judge(field: Field, sentence: str) -> None:
        field.setProperty("wrong", bool(sentence))
        field.set_error(sentence)


class OptionsPanel(QFrame):
    """What can be chosen for the sheet on show, and what may be done with it.

    Signals:
        language_chosen(str), large_chosen(bool): make the sheet anew.
        dates_confirmed(object): the blood thinner's restart for the sheet.
        print_wanted(), save_wanted(): for the bytes on show.
        version_opened(int): show a stored version.
        texts_wanted(): show which texts are approved.
    """

    language_chosen = Signal(str)
    large_chosen = Signal(bool)
    dates_confirmed = Signal(object)
    print_wanted = Signal()
    save_wanted = Signal()
    version_opened = Signal(int)
    texts_wanted = Signal()

    def __init__(self, zone: ZoneInfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self.setFixedWidth(theme.scaled(320))
        self._zone = zone
        self._versions: list[tuple[IconButton, int]] = []
        self.language = Segmented((), _("Language"))
        self.language.changed.connect(self.language_chosen)
        self.preferred = Label("", 12, 400, "muted", elide=24)
        self.large = QCheckBox(_("Large print"))
        self.large.setFont(theme.font(13))
        self.large.toggled.connect(self._large)
        self.notice = Banner()
        self.dates = DatesPart(zone)
        self.dates.confirmed.connect(self.dates_confirmed)
        self.dates_line = Line()
        self.print = Button(_("Print"), "print", "primary", "Ctrl P")
        self.save = Button(_("Save PDF"), "save", key_hint="Ctrl S")
        self.print.clicked.connect(self.print_wanted)
        self.save.clicked.connect(self.save_wanted)
        self.texts = Button(_("What is approved"), kind="text", compact=True)
        for button in (self.print, self.save, self.texts):
            button.let_shrink()
        self.texts.setAccessibleName(_("What is approved: the wording of all sheets"))
        self.texts.clicked.connect(self.texts_wanted)
        self.trouble = Banner()
        self.trouble.acted.connect(self.save_wanted)
        self._lay_out()
        self.allow(ready=False, fresh=False, translated=True)

    def _lay_out(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        head = QHBoxLayout()
        head.addWidget(Label(_("Language"), 14, 600))
        head.addStretch(1)
        head.addWidget(self.preferred)
        column.addLayout(head)
        column.addWidget(self.language)
        column.addWidget(self.large, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.notice)
        column.addWidget(self.dates_line)
        column.addWidget(self.dates)
        column.addWidget(Line())
        column.addLayout(row(self.print, self.save))
        column.addWidget(self.trouble)
        column.addWidget(Line())
        titles = QHBoxLayout()
        titles.addWidget(Label(_("Stored versions"), 14, 600))
        titles.addStretch(1)
        titles.addWidget(Label(_("kept for the record"), 12, 400, "muted", elide=24))
        column.addLayout(titles)
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        column.addLayout(self._list)
        column.addStretch(1)
        wording = QHBoxLayout()
        wording.addWidget(Label(_("Wording of sheets"), 13, 500))
        wording.addStretch(1)
        wording.addWidget(self.texts)
        column.addWidget(Line())
        column.addLayout(wording)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inner, sideways=True))

    def allow(self, *, ready: bool, fresh: bool, translated: bool) -> None:
        """``ready``: a sheet is on show; ``fresh``: it can be made otherwise (not a stored one),
        and in another language if it is ``translated``."""
        self.print.setEnabled(ready)
        self.save.setEnabled(ready)
        self.language.setEnabled(fresh and translated)
        self.large.setEnabled(fresh)

    def set_large(self, large: bool) -> None:
        """Shows the choice without asking for another sheet."""
        self.large.blockSignals(True)
        self.large.setChecked(large)
        self.large.blockSignals(False)

    def show_dates(self, *, shown: bool) -> None:
        """For the after-care of who takes a blood thinner, and for those who may confirm dates."""
        self.dates.setVisible(shown)
        self.dates_line.setVisible(shown)

    def show_versions(self, rows: tuple[DocumentRow, ...], current: int | None) -> None:
        """Every stored version of this sheet, newest first, with the beginning of its hash."""
        _clear(self._list)
        self._versions = []
        if not rows:
            self._list.addWidget(Label(_("Nothing is stored yet."), 13, 400, "muted"))
        for version in rows[:_SHOWN]:
            self._list.addWidget(self._version(version, current=version.id == current))
        if len(rows) > _SHOWN:
            more = _("and {count} more in the list on the left").format(count=len(rows) - _SHOWN)
            self._list.addWidget(Label(more, 12, 400, "muted"))

    def _version(self, version: DocumentRow, *, current: bool) -> QWidget:
        holder = QWidget()
        paper = _("A4") if version.paper == "a4" else _("Letter")
        uses = use_words(version) or _("not printed yet")
        words = QVBoxLayout()
        words.setSpacing(1)
        when = stored_words(version, self._zone)
        words.addWidget(Label(when, 13, 600 if current else 500, wrap=True))
        line = (
            _("Version {template_version}, {paper}, large").format(
                template_version=version.template_version, paper=paper
            )
            if version.large
            else _("Version {template_version}, {paper}").format(
                template_version=version.template_version, paper=paper
            )
        )
        words.addWidget(Label(f"{line}, {uses}", 12, 400, "muted", wrap=True))
        seal = Label(
            _("SHA-256 {hash_words} …").format(hash_words=hash_words(version.sha256)),
            11.5,
            400,
            "faint",
        )
        seal.setToolTip(version.sha256)
        words.addWidget(seal)
        eye = IconButton("eye", _("Show the version of {when}").format(when=when))
        eye.setEnabled(not current)
        eye.clicked.connect(self._eye_pressed)
        self._versions.append((eye, version.id))
        box = QHBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(words, 1)
        box.addWidget(eye, 0, Qt.AlignmentFlag.AlignTop)
        return holder

    def _eye_pressed(self) -> None:
        pressed = self.sender()
        for button, number in self._versions:
            if button is pressed:
                self.version_opened.emit(number)

    def _large(self, checked: bool) -> None:
        self.large_chosen.emit(checked)


def _clear(layout: QVBoxLayout) -> None:
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()

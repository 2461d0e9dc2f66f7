"""The documents page: make a sheet, look at the stored bytes, print or save exactly those."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import TypeVar

from PySide6.QtWidgets import QHBoxLayout, QWidget

from clinicdesk.domain.changes import ChangeSet
from clinicdesk.domain.errors import ClinicError, Invalid
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.rows.documents import (
    ConfirmedDates,
    SheetForm,
    SheetShelf,
    SheetSubject,
    StoredSheet,
    TextsStanding,
)
from clinicdesk.domain.sheet_standing import lacking_file
from clinicdesk.domain.sheets import NOTE
from clinicdesk.domain.translation import _
from clinicdesk.services import sheet_texts, sheets
from clinicdesk.services.context import Done
from clinicdesk.ui.actions import Action
from clinicdesk.ui.context import Page, UiContext
from clinicdesk.ui.sheets.making import Choice, making
from clinicdesk.ui.sheets.notices import notice
from clinicdesk.ui.sheets.options_panel import OptionsPanel
from clinicdesk.ui.sheets.outlet import Outlet
from clinicdesk.ui.sheets.shelf_panel import ShelfPanel
from clinicdesk.ui.sheets.stage import Stage
from clinicdesk.ui.sheets.words import kind_name, related

T = TypeVar("T")
_NOBODY = _("Choose a patient to see or make sheets.")


class DocumentsPage(Page):
    """``activated(kind=…, appointment_id=…)`` makes a sheet at once; ``(patient_id=…)`` lists.

    What is previewed, printed and saved are the bytes that were stored.
    """

    title = _("Documents")
    least = (990, 420)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._shelf: SheetShelf | None = None
        self._target: dict[str, int] = {}
        self._subject: SheetSubject | None = None
        self._kind = ""
        self._sheet: StoredSheet | None = None
        self._dates = ConfirmedDates()
        zone = context.clinic.zone
        self.shelf = ShelfPanel(zone)
        self.options = OptionsPanel(zone)
        self.stage = Stage(context.tasks.long)
        self.preview, self.paper = self.stage.preview, self.stage.paper
        self.outlet = Outlet(context, self)
        self._lay_out()
        self._connect()
        self._register()
        self._show_nobody()

    # -- building ---------------------------------------------------------------------------

    def _lay_out(self) -> None:
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.shelf)
        outer.addWidget(self.stage, 1)
        outer.addWidget(self.options)

    def _connect(self) -> None:
        self.shelf.wanted.connect(self._choose)
        self.shelf.opened.connect(self.open_stored)
        self.preview.empty.acted.connect(self._to_patients)
        self.paper.changed.connect(self._remake_with)
        options = self.options
        options.language_chosen.connect(self._remake_with)
        options.large_chosen.connect(self._remake)
        options.dates_confirmed.connect(self._take_dates)
        options.print_wanted.connect(self.print_sheet)
        options.save_wanted.connect(self.save_sheet)
        options.version_opened.connect(self.open_stored)
        options.texts_wanted.connect(self.show_texts)
        self.outlet.put_out.connect(self._put_out)
        self.outlet.failed.connect(self._trouble)
        self.context.bus.published.connect(self._changed)

    def _register(self) -> None:
        larger, smaller = self.preview.zoom_in, self.preview.zoom_out
        for name, text, key, handler, icon in (
            ("print", _("Print this sheet"), "Ctrl+P", self.print_sheet, "print"),
            ("save", _("Save this sheet as PDF"), "Ctrl+S", self.save_sheet, "save"),
            ("larger", _("Larger preview"), "Ctrl++", larger, "plus"),
            ("larger2", _("Larger preview"), "Ctrl+=", larger, "plus"),
            ("smaller", _("Smaller preview"), "Ctrl+-", smaller, "minus"),
            ("fit", _("Fit the page: its width, or all of it"), "Ctrl+0", self.preview.fit, "zoom"),
        ):
            action = Action(f"documents.{name}", text, key, handler, "documents", icon)
            self.context.actions.add(action)

    # -- opening ----------------------------------------------------------------------------

    def activated(self, **arguments: object) -> None:
        """Opens a patient's, appointment's or procedure's sheets; ``kind`` makes one at once."""
        keys = ("procedure_id", "appointment_id", "patient_id")
        target = {k: v for k in keys if isinstance(v := arguments.get(k), int)}
        if not target:
            if self._target:
                self._fetch("")
            return
        self._target = target
        kind = arguments.get("kind")
        document_id = arguments.get("document_id")
        self._forget()
        self._fetch(kind if isinstance(kind, str) else "")
        if isinstance(document_id, int):
            self.open_stored(document_id)

    def _fetch(self, kind: str) -> None:
        clinic, actor, target = self.context.clinic, self.context.actor, dict(self._target)
        work = partial(sheets.shelf, clinic, actor, **target)
        self._kind = kind or self._kind
        if self._sheet is None:
            self.preview.wait()
        done = self._shelf_came_and_make if kind else self._shelf_came
        self._run(work, done, self._shelf_failed, key="shelf")

    def _shelf_came(self, shelf: SheetShelf) -> None:
        self._shelf = shelf
        now = self.context.clock.now().astimezone(self.context.clinic.zone)
        self.shelf.show_shelf(shelf, now, notes=self.context.actor.may(Permission.READ_NOTES))
        self.shelf.setVisible(True)
        self.options.language.set_options(shelf.languages)
        if not self.options.language.value():
            self.options.language.set_value(shelf.language)
        if not self.paper.value():
            self.paper.set_value(shelf.paper)
        self._mark()
        if self._sheet is None:
            self.preview.clear(_("Choose a sheet on the left."))

    def _shelf_came_and_make(self, shelf: SheetShelf) -> None:
        self._shelf_came(shelf)
        if shelf.subjects:
            self._choose(shelf.subjects[0], self._kind)
        else:
            self.preview.clear(
                _("Nothing is planned in this appointment."), _("Add a procedure to it first.")
            )

    def _shelf_failed(self, error: Exception) -> None:
        self._said(error)
        self.preview.clear(
            str(error) if isinstance(error, ClinicError) else _("This did not work.")
        )

    def _show_nobody(self) -> None:
        self.shelf.setVisible(False)
        self.options.show_dates(shown=False)
        self.options.show_versions((), None)
        self.preview.clear(_NOBODY, "", _("Find a patient"))

    def _forget(self) -> None:
        """Another target: nothing of the one before is on show."""
        self.context.tasks.short.forget(self, "sheet")
        self._sheet = self._subject = self._shelf = None
        self._kind = ""
        self.stage.show_sheet()
        self._dates = ConfirmedDates()
        self.options.language.set_value("")
        self.options.set_large(large=False)
        self.options.trouble.show_text("")
        self._show_facts()

    def day_turned(self, was: date) -> None:
        """``tomorrow`` is another day now."""
        del was
        self.options.dates.set_today(self.context.clinic.today())

    # -- making -----------------------------------------------------------------------------

    def _choose(self, subject: SheetSubject, kind: str) -> None:
        if (subject, kind) != (self._subject, self._kind):
            self._dates = ConfirmedDates()
            self.options.dates.clear(self.context.clinic.today())
        self._subject, self._kind = subject, kind
        self.stage.show_sheet()
        self._remake()

    def _remake_with(self, choice: str) -> None:
        del choice
        self._remake()

    def _remake(self, choice: bool = False) -> None:
        """Makes the sheet for what is chosen now."""
        del choice
        subject = self._subject
        if subject is None:
            return
        self.options.trouble.show_text("")
        self.preview.wait()
        language, paper = self.options.language.value(), self.paper.value()
        form = SheetForm(language or None, paper or None, self.options.large.isChecked())
        chosen = Choice(self._kind, form, self._dates)
        work = making(self.context.clinic, self.context.actor, subject, chosen)
        self._run(work, self._made, self._not_made, key="sheet")

    def _made(self, done: Done[StoredSheet]) -> None:
        self._show_sheet(done.value)
        self.options.dates.offer(done.value.said, done.value.held)
        # What was said is kept with the sheet: it is not said again with the next one.
        self._dates = ConfirmedDates()
        self.context.publish(done.changes)

    def _not_made(self, error: Exception) -> None:
        wrong = error.fields.get("restart", "") if isinstance(error, Invalid) else ""
        if wrong:
            # The sheet on show stays as it is; what was typed is not on it.
            self._dates = ConfirmedDates()
            self.options.dates.refuse(wrong)
            self._show_stored_again()
            return
        self._sheet = None
        self._show_facts()
        self._said(error)
        sentence = (
            str(error) if isinstance(error, ClinicError) else _("The sheet could not be made.")
        )
        self.preview.clear(sentence)

    def _take_dates(self, restart: datetime | None) -> None:
        """A restart, or (nothing typed) the guideline again."""
        drug = self.options.dates.drug()
        self._dates = ConfirmedDates(restart, by_guideline=restart is None, drug=drug)
        self._remake()

    def _show_stored_again(self) -> None:
        if self._sheet is not None:
            self._show_sheet(self._sheet)

    def open_stored(self, document_id: int) -> None:
        """Shows a stored sheet as it was printed."""
        self._subject = None
        self.stage.show_sheet()
        work = partial(sheets.stored, self.context.clinic, self.context.actor, document_id)
        self.preview.wait()
        self._run(work, self._show_sheet, self._not_made, key="sheet")

    def _show_sheet(self, sheet: StoredSheet) -> None:
        self._sheet = sheet
        row = sheet.row
        self.options.set_large(large=row.large)
        self.paper.set_value(row.paper)
        if row.kind != NOTE:
            self.options.language.set_value(row.language)
        self.preview.show_pdf(sheet.pdf, f"{kind_name(row.kind)}: {row.title}")
        self._show_facts()

    # -- showing ----------------------------------------------------------------------------

    def _show_facts(self) -> None:
        """Heading, buttons, notices and versions for the sheet on show."""
        sheet, options = self._sheet, self.options
        row = sheet.row if sheet else None
        fresh = row is not None and self._subject is not None
        self.stage.name(row, fresh=fresh)
        translated = self._kind != NOTE
        options.allow(ready=row is not None, fresh=fresh, translated=translated)
        may_confirm = self.context.actor.may(Permission.LOG_PROCEDURE)
        held = sheet is not None and bool(sheet.held)
        shown = fresh and self._kind == "aftercare" and may_confirm and held
        options.show_dates(shown=shown)
        self._show_notice()
        self._show_versions()
        self._mark()

    def _show_notice(self) -> None:
        banner = self._shelf.banner if self._shelf else None
        self.options.preferred.setText(
            _("Interpreter needed") if banner is not None and banner.interpreter else ""
        )
        fresh = self._subject is not None
        words, tone = notice(self._sheet, self._kind, fresh=fresh, zone=self.context.clinic.zone)
        self.options.notice.show_text(words, tone)
        lacks = self._sheet.lacks if self._sheet is not None and fresh else ""
        self.options.notice.setToolTip(lacking_file(lacks) if lacks else "")

    def _show_versions(self) -> None:
        rows = self._shelf.documents if self._shelf else ()
        current = self._sheet.row if self._sheet else None
        same = tuple(row for row in rows if current is not None and related(row, current))
        self.options.show_versions(same, current.id if current else None)

    def _mark(self) -> None:
        number = self._sheet.row.id if self._sheet else None
        self.shelf.mark(self._subject, self._kind, number)

    def subtitle(self) -> str:
        return _("Consent, after-care and notes")

    def _changed(self, changes: ChangeSet) -> None:
        """Somebody made, printed or changed something of this patient."""
        if self._shelf is None or self._shelf.banner.id not in changes.patients:
            return
        clinic, actor, target = self.context.clinic, self.context.actor, dict(self._target)
        self._run(
            partial(sheets.shelf, clinic, actor, **target),
            self._shelf_renewed, self._said, key="shelf",
        )  # fmt: skip

    def _shelf_renewed(self, shelf: SheetShelf) -> None:
        old, self._shelf = self._shelf, shelf
        if old is not None and (old.subjects, old.banner) == (shelf.subjects, shelf.banner):
            self.shelf.show_documents(shelf.documents)
            self._show_versions()
            self._mark()
        else:
            self._shelf_came(shelf)

    # -- the texts themselves ---------------------------------------------------------------

    def show_texts(self) -> None:
        """Asks how the texts stand, and shows it in the place of the sheet."""
        work = partial(sheet_texts.standing, self.context.clinic, self.context.actor)
        self._run(work, self._standing_came, self._said, key="texts")

    def _standing_came(self, standing: TextsStanding) -> None:
        self.stage.texts.show_standing(standing)
        self.stage.show_texts()

    # -- printing and saving ----------------------------------------------------------------

    def print_sheet(self) -> None:
        """Prints the bytes on show; without a printer, offers to save them."""
        if self._sheet is not None and not self.outlet.ask_printer(self._sheet):
            self.options.trouble.show_text(
                _("This computer knows no printer. The sheet is stored; save it as PDF instead."),
                "warn",
                _("Save PDF"),
            )

    def save_sheet(self) -> None:
        """Asks where to, and writes the bytes on show there."""
        if self._sheet is not None:
            self.outlet.ask_file(self._sheet)

    def _put_out(self, said: str, changes: ChangeSet) -> None:
        self.options.trouble.show_text("")
        self.context.bus.say(said)
        self.context.publish(changes)

    def _trouble(self, sentence: str) -> None:
        self.options.trouble.show_text(sentence, "danger", _("Save PDF"))

    def leave(self) -> None:
        """A dialog of this page does not stay over another page or the lock."""
        self.outlet.close_dialog()

    # -- small ------------------------------------------------------------------------------

    def _to_patients(self) -> None:
        self.context.navigate("patients")

    def _said(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        self.context.bus.warn(str(error))

    def _run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        *,
        key: str,
    ) -> None:
        self.context.tasks.short.submit(work, done, failed, owner=self, key=key)

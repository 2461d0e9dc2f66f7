"""What leaves the list on paper or as a file: letters, the call sheet, the list as CSV."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from clinicdesk.domain.errors import ClinicError
from clinicdesk.domain.states import SheetUse
from clinicdesk.domain.translation import _, _n
from clinicdesk.services.context import Done
from clinicdesk.services.files_out import write_whole
from clinicdesk.ui.due.ground import Ground
from clinicdesk.ui.due.question import Question
from clinicdesk.ui.due.seam import Paper
from clinicdesk.ui.due.strips import PaperStrip
from clinicdesk.ui.due.target import Target
from clinicdesk.ui.due.words import STILL_READING
from clinicdesk.ui.sheets import output
from clinicdesk.ui.sheets.dialogs import OutputDialogs

_PAPER, _LIST = "paper", "list"


def write_text(path: Path, text: str) -> Path:
    """Writes the list as spreadsheets read it; raises Unavailable in words."""
    if path.suffix.lower() != ".csv":
        path = path.with_name(path.name + ".csv")
    # The mark at the start tells a spreadsheet that names may have accents.
    write_whole(path, text.encode("utf-8-sig"))
    return path


def kind_of(paper: Paper) -> str:
    """``Recall letters``: the title without its day."""
    return re.split(r"[,:]", paper.title)[0].strip()


class PaperDesk(QObject):
    """Makes paper in the long lane, shows it on the strip, and puts it out. One dialog at a time,
    over ``host``."""

    def __init__(
        self, ground: Ground, target: Target, question: Question, strip: PaperStrip, host: QWidget
    ) -> None:
        super().__init__(host)
        self._context, self._seam, self._model = ground.context, ground.seam, ground.model
        self._target, self._question, self._strip = target, question, strip
        self._letters_to: tuple[int, ...] = ()
        self._lane = self._context.tasks.long
        self._dialogs = OutputDialogs(host)
        self._dialogs.printer_chosen.connect(self._printer_chosen)
        self._dialogs.file_chosen.connect(self._file_chosen)
        strip.print_wanted.connect(self.ask_printer)
        strip.save_wanted.connect(self.ask_file)

    # -- making -----------------------------------------------------------------------------

    def letters(self) -> None:
        """Letters to the ticked rows, or to the one under the cursor."""
        numbers = self._target.numbers()
        if not numbers:
            return
        if self._strip.paper is not None and numbers == self._letters_to:
            # Made already: the same key once more prints them.
            self.ask_printer()
            return
        self._letters_to = numbers
        make = self._seam.paper.letters
        count = _n("a letter", "{count:,} letters", len(numbers)).format(count=len(numbers))
        self._context.bus.say(_("Making {count}…").format(count=count))
        self._submit(partial(make, self._context.clinic, self._context.actor, numbers,
                             self._model.on))  # fmt: skip

    def call_sheet(self) -> None:
        """A list of the ticked rows, or of all that are on show, to call from."""
        numbers, sections = self._model.chosen_in_order(), self._model.sections
        if not numbers and not sections.whole:
            self._context.bus.say(STILL_READING)
            return
        numbers = numbers or sections.shown()
        if not numbers:
            self._context.bus.say(_("There is nobody on the list to call."))
            return
        self._letters_to = ()
        make = self._seam.paper.call_sheet
        self._context.bus.say(_("Making the call sheet…"))
        self._submit(partial(make, self._context.clinic, self._context.actor, numbers,
                             self._model.on))  # fmt: skip

    def _submit(self, work: partial[Done[Paper]]) -> None:
        self._lane.submit(work, self._made, self._failed, owner=self, key="paper")

    def _made(self, done: Done[Paper]) -> None:
        self._strip.show_paper(done.value)
        self._context.bus.say(
            _("{kind_of} ready: print or save.").format(kind_of=kind_of(done.value))
        )
        self._context.publish(done.changes)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        self._context.bus.warn(str(error))

    # -- printer ----------------------------------------------------------------------------

    def ask_printer(self) -> None:
        """Asks which printer; without one, where to save it."""
        paper = self._strip.paper
        if paper is None or self._dialogs.busy:
            return
        if not output.has_printer():
            self._context.bus.warn(_("No printer is known here. The pages can be saved as a PDF."))
            self.ask_file()
            return
        heading = _("Print: {paper_title}").format(paper_title=paper.title)
        kind = "recall" if paper.documents else "call"
        self._dialogs.ask_printer(kind, self._context.clinic.settings.paper, paper.title, heading)

    def _printer_chosen(self, printer: QPrinter) -> None:
        paper = self._strip.paper
        if paper is not None:
            self.print_on(printer, paper)

    def print_on(self, printer: QPrinter, paper: Paper) -> None:
        """Prints in the lane."""

        def work() -> tuple[bool, Done[None] | None]:
            exact = output.print_pdf(paper.pdf, printer)
            return exact, self._kept(paper, SheetUse.PRINTED)

        self._lane.submit(work, partial(self._printed, paper), self._failed, owner=self)

    def _kept(self, paper: Paper, use: SheetUse) -> Done[None] | None:
        """Keeps that letters went out; of a call sheet nothing is kept with the patients."""
        if not paper.documents:
            return None
        clinic, actor = self._context.clinic, self._context.actor
        return self._seam.paper.put_out(clinic, actor, paper.documents, paper.contacts, use)

    def _printed(self, paper: Paper, answer: tuple[bool, Done[None] | None]) -> None:
        exact, done = answer
        self._context.bus.say(output.sent_words(paper.title, exact=exact))
        self._strip.put_away()
        if done is not None:
            self._context.publish(done.changes)

    # -- files ------------------------------------------------------------------------------

    def ask_file(self) -> None:
        """Asks where the PDF goes."""
        paper = self._strip.paper
        if paper is not None and not self._dialogs.busy:
            name = f"{kind_of(paper).lower().replace(' ', '-')}-{self._model.on}.pdf"
            self._dialogs.ask_file(_PAPER, _("Save as PDF"), name, _("PDF (*.pdf)"), "pdf")

    def export(self) -> None:
        """Asks where the list goes as CSV; all that the filters want, folded away or not."""
        if not self._dialogs.busy:
            name = f"due-list-{self._model.on}.csv"
            self._dialogs.ask_file(_LIST, _("Export the due list"), name, _("CSV (*.csv)"), "csv")

    def _file_chosen(self, purpose: str, path: Path) -> None:
        paper = self._strip.paper
        if purpose == _LIST:
            self._export_to(path)
        elif paper is not None:
            self._save(path, paper)

    def _save(self, path: Path, paper: Paper) -> None:
        def work() -> tuple[Path, Done[None] | None]:
            saved = output.write_file(path, paper.pdf)
            return saved, self._kept(paper, SheetUse.SAVED)

        self._lane.submit(work, self._paper_saved, self._failed, owner=self)

    def _paper_saved(self, answer: tuple[Path, Done[None] | None]) -> None:
        path, done = answer
        self._saved(path)
        if done is not None:
            self._context.publish(done.changes)

    def _export_to(self, path: Path) -> None:
        context, wanted, on = self._context, self._question.wanted(), self._model.on
        make = partial(self._seam.due.export_csv, context.clinic, context.actor, wanted, on)

        def work() -> Path:
            return write_text(path, make())

        self._lane.submit(work, self._saved, self._failed, owner=self)

    def _saved(self, path: Path) -> None:
        where = path.parent.name or str(path.parent)
        self._context.bus.say(
            _("Saved as {path_name} in {where}.").format(path_name=path.name, where=where)
        )

    def close_dialog(self) -> None:
        """Takes an open dialog away as if it had been cancelled."""
        self._dialogs.close_dialog()

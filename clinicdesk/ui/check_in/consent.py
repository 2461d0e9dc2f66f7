"""The line of the consent: printed, signed here by key S, taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinicdesk.domain.errors import ClinicError
from clinicdesk.domain.people import display_name
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.translation import _
from clinicdesk.services import consents
from clinicdesk.services.context import Done
from clinicdesk.ui.check_in.asking import Arrival
from clinicdesk.ui.check_in.words import consent_words, signed_by_words
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.verdict.glyph import IconLabel
from clinicdesk.ui.widgets import Button, Label, column, row

Kept = Done[tuple[int, ...]]


class ConsentLine(QWidget):
    """Signing is on paper; here it is kept that it was, and by whom.

    Signals:
        refused(str): it was not kept.
    """

    refused = Signal(str)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._found: Arrival | None = None
        self._title = Label("", 12.5, 400, wrap=True)
        self._state = Label("", 12, 600, wrap=True)
        self.sign = Button(_("Sign here"), "pen", key_hint="S", compact=True)
        self.sign.clicked.connect(self.sign_here)
        self.back = Button(_("Take back"), kind="text", compact=True)
        self.back.clicked.connect(self._take_back)
        words = column(self._title, self._state, spacing=1)
        line = row(IconLabel("doc", "text2", 16))
        line.addLayout(words, 1)
        line.addWidget(self.sign)
        line.addWidget(self.back)
        self.setLayout(line)

    def show_arrival(self, found: Arrival, today: date) -> None:
        """What is printed, and what is signed."""
        self._found = found
        facts = found.facts
        sites = ", ".join(facts.booked)
        self._title.setText(_("Consent, {sites}").format(sites=sites) if sites else _("Consent"))
        self._state.setText(consent_words(found, today))
        self._state.setToolTip(signed_by_words(facts))
        self._state.set_tone("warn" if found.consent_open else "ok")
        may = self._context.actor.may(Permission.CHECK_IN)
        self.sign.setVisible(bool(facts.to_sign) and may)
        self.back.setVisible(bool(facts.signed) and not facts.to_sign and may)

    def sign_here(self) -> None:
        """The patient signs the paper now."""
        if self._found is None or not self._found.facts.to_sign:
            return
        found, context = self._found, self._context
        papers = tuple(paper.document_id for paper in found.facts.to_sign)
        work = partial(consents.sign, context.clinic, context.actor, found.row.id, papers)
        self._submit(work, partial(self._signed, found, papers))

    def _signed(self, found: Arrival, papers: tuple[int, ...], done: Kept) -> None:
        who = display_name(found.row.family_name, found.row.given_name)
        undo = partial(self._unsign, found.row.id, papers)
        self._context.bus.say(_("{who}: consent signed").format(who=who), undo)
        self._context.publish(done.changes)

    def _take_back(self) -> None:
        if self._found is not None:
            papers = tuple(paper.document_id for paper in self._found.facts.signed)
            self._unsign(self._found.row.id, papers)

    def _unsign(self, appointment_id: int, papers: tuple[int, ...]) -> None:
        context = self._context
        work = partial(consents.take_back, context.clinic, context.actor, appointment_id, papers)
        self._submit(work, self._unsigned)

    def _unsigned(self, done: Kept) -> None:
        self._context.bus.say(_("The consent is not signed any more."))
        self._context.publish(done.changes)

    def _submit(self, work: Callable[[], Kept], then: Callable[[Kept], None]) -> None:
        self._context.tasks.short.submit(work, then, self._failed, owner=self)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            self.refused.emit(_("It was not kept. Nothing you typed is lost."))
            raise error
        self.refused.emit(str(error))

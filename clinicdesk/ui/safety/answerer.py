"""Keeps what was answered on the card: one act in the lane, then the checks are asked again."""

from __future__ import annotations

from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from clinicdesk.domain.errors import ClinicError, Invalid
from clinicdesk.domain.fact_entries import read_entries
from clinicdesk.domain.rows.safety_facts import Said, Topic
from clinicdesk.domain.translation import _
from clinicdesk.services import safety_facts
from clinicdesk.services.context import Done
from clinicdesk.ui.context import UiContext


class Asks(Protocol):
    """What asks the questions: says what was answered, and is told where that was not kept."""

    @property
    def answered(self) -> Any:  # noqa: ANN401 (a signal of three)
        """Topic, Said, and what there is."""

    def not_kept(self) -> None:
        """The answer is not on record."""


class Answerer(QObject):
    """Writes the answers of a card about ``patient_id``.

    Signals:
        kept(): an answer is on record.
        refused(str): it is not, and why.
    """

    kept = Signal()
    refused = Signal(str)

    def __init__(self, context: UiContext, card: Asks, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._card = context, card
        self.patient_id = 0
        card.answered.connect(self._answer)

    def _answer(self, topic: Topic, said: Said, text: str) -> None:
        if not self.patient_id:
            return
        clinic, actor, patient_id = self._context.clinic, self._context.actor, self.patient_id
        words = clinic.catalogue.entry_words
        entries = read_entries(topic, text, words) if text else ()
        self._context.tasks.short.submit(
            lambda: safety_facts.answer(clinic, actor, patient_id, topic, said, add=entries),
            self._kept,
            self._failed,
            owner=self,
        )

    def _kept(self, done: Done[bool]) -> None:
        self._context.publish(done.changes)
        self.kept.emit()

    def _failed(self, error: Exception) -> None:
        self._card.not_kept()
        if isinstance(error, Invalid):
            self.refused.emit(" ".join(error.fields.values()))
        elif isinstance(error, ClinicError):
            self.refused.emit(str(error))
        else:
            self.refused.emit(_("The answer was not kept. Please say it again."))
            raise error

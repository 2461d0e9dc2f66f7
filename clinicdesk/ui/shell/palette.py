"""The search box at the top: patients and commands in one list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from clinicdesk.domain.dates import day_words
from clinicdesk.domain.people import display_name
from clinicdesk.domain.translation import _
from clinicdesk.services import patients
from clinicdesk.ui.actions import Action
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.widgets import TypeAhead, TypeAheadItem


def matching_actions(actions: Sequence[Action], typed: str) -> list[Action]:
    """Actions whose text holds every word typed, best first."""
    words = typed.lower().split()
    found = [a for a in actions if all(w in a.text.lower() for w in words)]
    return sorted(found, key=lambda a: (not a.text.lower().startswith(typed.lower()), a.text))


class SearchBox(TypeAhead):
    """Esc takes away what is typed; in the empty box it leaves.

    Signals:
        left(): the cursor wants to go back to the page.
    """

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.text():
            self.clear()
            self.hide_list()
        else:
            self.left.emit()


class Palette(QObject):
    """Feeds a TypeAhead and acts on what is picked."""

    def __init__(self, context: UiContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.box = SearchBox(
            _("Find a patient, MRN, phone, or type a command"),
            context.tasks.short,
            self._find,
            key_hint="Ctrl K",
            empty=_("No patient and no command matches. Press Ctrl+2 to add a patient."),
        )
        self.box.setAccessibleName(_("Find a patient or a command"))
        self.box.picked.connect(self._picked)

    def _find(self, typed: str) -> list[TypeAheadItem]:
        hits = patients.search(self._context.clinic, self._context.actor, typed, limit=8)
        items = [
            TypeAheadItem(
                hit.id,
                display_name(hit.family, hit.given),
                _("born {birth_date} · MRN {mrn}").format(
                    birth_date=day_words(hit.birth_date), mrn=hit.mrn
                )
                + (f" · {hit.phone}" if hit.phone else ""),
                _("similar name") if hit.guess else "",
                "user",
            )
            for hit in hits
        ]
        commands = matching_actions(self._context.actions.here(), typed)[:4]
        items += [TypeAheadItem(a, a.text, "", a.key, a.icon or "keyboard") for a in commands]
        return items

    def _picked(self, value: object) -> None:
        self.box.clear()
        if isinstance(value, Action):
            value.handler()
        elif isinstance(value, int):
            self._context.navigate("patients", patient_id=value)

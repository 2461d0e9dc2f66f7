"""Section 1 of the booking panel: who. A type-ahead, then the chosen patient with chips."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from clinicdesk.domain.rows.people import Banner as BannerRow
from clinicdesk.domain.rows.people import PatientHit
from clinicdesk.domain.rows.safety import SafetyCard
from clinicdesk.domain.translation import _
from clinicdesk.services import patients
from clinicdesk.ui.booking.words import hit_facts, hit_line, hit_name
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.patients.quick_add import QuickAddDialog
from clinicdesk.ui.safety.order import ForThis
from clinicdesk.ui.widgets import (
    Button,
    Field,
    FlowRow,
    Label,
    Name,
    TypeAhead,
    TypeAheadItem,
    patient_chips,
)

_SHOWN = 8


@dataclass(frozen=True)
class _Newcomer:
    """The last line of the list: make a new record of what was typed."""

    typed: str


class PatientSection(QWidget):
    """Finds or adds the patient.

    Signals:
        changed(): another patient, or none.
    """

    changed = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._hit: PatientHit | None = None
        self._banner: BannerRow | None = None
        self._first: SafetyCard | None = None
        self._order = ForThis(())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(self._build_head())
        self.search = TypeAhead(
            _("Name, birth date, MRN or phone"), context.tasks.short, self._find, parent=self
        )
        self.search.setAccessibleName(_("Patient"))
        self.search.picked.connect(self._picked)
        self.field = Field("", self.search, parent=self)
        layout.addWidget(self.field)
        layout.addWidget(self._build_chosen())
        self._show()

    def _build_head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.addWidget(Label(_("Patient"), 13, 600))
        head.addStretch(1)
        self.change = Button(_("Change"), kind="text", compact=True, parent=self)
        self.change.setAccessibleName(_("Change the patient"))
        self.change.clicked.connect(self.reset)
        head.addWidget(self.change)
        return head

    def _build_chosen(self) -> QWidget:
        self._card = QFrame(self)
        self._card.setProperty("surface", "card")
        column = QVBoxLayout(self._card)
        column.setContentsMargins(12, 9, 12, 10)
        column.setSpacing(3)
        self._name = Name("", 15)
        self._name.setObjectName("booking-patient-name")
        self._facts = Label("", 12, 400, "muted", wrap=True)
        self._chips = FlowRow()
        column.addWidget(self._name)
        column.addWidget(self._facts)
        column.addWidget(self._chips)
        return self._card

    # -- choosing -----------------------------------------------------------------

    @property
    def hit(self) -> PatientHit | None:
        """The patient chosen."""
        return self._hit

    def reset(self) -> None:
        """No patient; the search box gets the cursor."""
        self._hit = self._banner = None
        self.search.clear()
        self._show()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def clear(self) -> None:
        """No patient, and nothing typed; tells nobody."""
        self._hit = self._banner = None
        self.search.clear()
        self.field.set_error("")
        self._show()

    def choose(self, patient_id: int) -> None:
        """Takes a patient by id (from the chart, or just added)."""
        clinic, actor = self._context.clinic, self._context.actor
        self._context.tasks.short.submit(
            lambda: patients.banner(clinic, actor, patient_id),
            self._chosen_by_id,
            owner=self,
            key="banner",
        )

    def put_first(self, card: SafetyCard | None) -> None:
        """Shows first what the checks name for the procedure that is being chosen."""
        if card == self._first:
            return
        self._first, self._order = card, ForThis((card,) if card else ())
        if self._hit is not None:
            self._show_chips(self._hit)

    def focus_here(self) -> None:
        """Puts the cursor where the section begins."""
        (self.change if self._hit else self.search).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _find(self, text: str) -> list[TypeAheadItem]:
        hits = patients.search(self._context.clinic, self._context.actor, text, _SHOWN)
        items = [
            TypeAheadItem(hit, hit_name(hit), hit_facts(hit), "similar" if hit.guess else "")
            for hit in hits
        ]
        note = _("No match so far") if not hits else _("None of these")
        items.append(
            TypeAheadItem(_Newcomer(text), _("New patient"), f"{note}: “{text}”", "", "plus")
        )
        return items

    def _picked(self, value: object) -> None:
        if isinstance(value, _Newcomer):
            dialog = QuickAddDialog(self._context, self, value.typed)
            dialog.saved.connect(self.choose)
            dialog.open_dialog(dialog.first)
            return
        assert isinstance(value, PatientHit)
        self._hit, self._banner = value, None
        self._show()
        self.choose(value.id)
        self.changed.emit()

    def _chosen_by_id(self, banner: BannerRow) -> None:
        fresh = self._hit is None or self._hit.id != banner.id
        self._banner = banner
        self._hit = PatientHit(
            banner.id,
            banner.mrn,
            banner.family,
            banner.given,
            banner.birth_date,
            banner.phone,
            banner.sex,
        )
        self._show()
        if fresh:
            self.changed.emit()

    def _show(self) -> None:
        hit = self._hit
        self.field.setVisible(hit is None)
        self._card.setVisible(hit is not None)
        self.change.setVisible(hit is not None)
        if hit is None:
            return
        self.field.set_error("")
        self._name.setText(hit_name(hit))
        self._facts.setText(hit_line(hit, self._context.clinic.today()))
        self._show_chips(hit)

    def _show_chips(self, hit: PatientHit) -> None:
        chips = (
            patient_chips(self._banner, short=True, order=self._order.rank) if self._banner else []
        )
        self._chips.set_widgets(chips)
        self._chips.setVisible(bool(chips))
        self._card.setAccessibleName(
            ", ".join([hit_name(hit), self._facts.text(), *(c.accessibleName() for c in chips)])
        )

    def show_wrong(self, sentence: str) -> bool:
        """Shows a sentence at the search box; False if the box is not on screen to show it."""
        self.field.set_error(sentence)
        return not sentence or self._hit is None

    def blocked(self) -> str:
        """Why this patient cannot be booked; empty if nothing stands against it."""
        banner = self._banner
        if banner is not None and banner.deceased_on is not None:
            return _("This patient has died. Choose another patient.")
        if banner is not None and banner.merged_into is not None:
            return _("This record was merged into another one. Choose that one.")
        return ""

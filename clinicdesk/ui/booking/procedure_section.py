"""Sections 2 and 3 of the booking panel: what, and where on the body."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clinicdesk.catalogue.model import Catalogue
from clinicdesk.domain.procedures import Intent, Procedure
from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.booking.draft import VISITS, example, read_sites
from clinicdesk.ui.booking.family_buttons import FamilyButtons
from clinicdesk.ui.booking.site_box import SiteBox
from clinicdesk.ui.booking.words import kind_labels, usual_words
from clinicdesk.ui.tasks import Lane
from clinicdesk.ui.widgets import Field, Label, Segmented

_INTENTS = {Intent.THERAPEUTIC: _("Therapeutic"), Intent.DIAGNOSTIC: _("Diagnostic")}


class ProcedureSection(QWidget):
    """Family, kind, intent and site.

    Signals:
        procedure_changed(): another procedure or visit: defaults may follow.
        changed(): intent or site changed.
    """

    procedure_changed = Signal()
    changed = Signal()

    def __init__(self, catalogue: Catalogue, lane: Lane, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._procedure: Procedure | None = None
        self._visit = ""
        self._families = FamilyButtons(self)
        self._families.chosen.connect(self._family_chosen)
        self.family_field = Field("", self._families, parent=self)
        self._kinds = Segmented((), _("Kind"), parent=self)
        self._kinds.changed.connect(self._kind_chosen)
        # Three long names side by side have to fit into a narrow panel.
        self._kinds.setStyleSheet("QPushButton { padding: 6px 4px; }")
        self._intent = Segmented((), _("Intent"), parent=self)
        self._intent.changed.connect(self._part_changed)
        self.site = SiteBox(lane, self)
        self.site.settled.connect(self._site_settled)
        self.site.textEdited.connect(self._site_edited)
        self.site_field = Field(_("Site"), self.site, parent=self)
        self._usual = Label("", 12, 400, "muted", wrap=True)
        self._build()
        self._show()

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(Label(_("Procedure"), 13, 600))
        layout.addWidget(self.family_field)
        layout.addWidget(self._kinds)
        layout.addWidget(self._intent)
        layout.addSpacing(4)
        self._where = QHBoxLayout()
        self._where.setSpacing(8)
        self._where.addWidget(self.site_field, 3, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(self._where)
        layout.addWidget(self._usual)

    def put_beside_site(self, field: QWidget) -> None:
        """A field that stands at the right of the site."""
        self._where.addWidget(field, 2, Qt.AlignmentFlag.AlignTop)

    # -- what is chosen -----------------------------------------------------------

    @property
    def procedure(self) -> Procedure | None:
        """The procedure chosen; None for a visit or nothing."""
        return self._procedure

    @property
    def visit(self) -> str:
        """The title of the visit chosen."""
        return self._visit

    @property
    def intent(self) -> Intent | None:
        """The intent chosen; None for a visit or nothing."""
        if self._procedure is None:
            return None
        return Intent(self._intent.value() or self._procedure.usual.intent)

    @property
    def sites(self) -> str:
        """The site field as it stands."""
        return self.site.text()

    def set_procedure(
        self, procedure_id: str, sites: tuple[str, ...] = (), intent: Intent | None = None
    ) -> None:
        """Chooses a procedure by its id; without an intent, its usual one."""
        procedure = self._catalogue.procedure(procedure_id)
        self._families.set_value(procedure.family)
        self._offer_kinds(procedure.family)
        self._kinds.set_value(procedure.id)
        self.site.setText(", ".join(sites))
        self._take(procedure)
        if intent is not None and intent in procedure.intents:
            self._intent.set_value(intent.value)
            self._part_changed(intent.value)

    def set_visit(self, title: str) -> None:
        """Chooses a visit by its title."""
        self._families.set_value(self._visits())
        self._offer_kinds(self._visits())
        self._kinds.set_value(title)
        self._take_visit(title)

    def clear(self) -> None:
        """Nothing chosen, nothing typed; tells nobody."""
        self._procedure, self._visit = None, ""
        self._families.set_value("")
        self.site.clear()
        self.site_field.set_error("")
        self.family_field.set_error("")
        self._show()

    def focus_here(self) -> None:
        """Puts the focus on the families."""
        self._families.focus_here()

    def focus_site(self) -> None:
        """Puts the cursor into the site field, or on the families while there is none."""
        if self.site_field.isVisibleTo(self):
            self.site.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.focus_here()

    @staticmethod
    def _visits() -> str:
        return next(family.code for family in theme.families() if family.visits)

    # -- choosing -----------------------------------------------------------------

    def _of_family(self, code: str) -> list[Procedure]:
        return [p for p in self._catalogue.procedures.values() if p.family == code]

    def _offer_kinds(self, family: str) -> None:
        if theme.family(family).visits:
            self._kinds.set_options([(title, title) for title in VISITS])
        else:
            kinds = self._of_family(family)
            self._kinds.set_options(kind_labels(kinds))
            self._kinds.explain({kind.id: kind.name for kind in kinds})

    def _family_chosen(self, code: str) -> None:
        self._offer_kinds(code)
        if theme.family(code).visits:
            self._kinds.set_value(VISITS[1])
            self._take_visit(VISITS[1])
            return
        first = self._of_family(code)[0]
        self._kinds.set_value(first.id)
        self._take(first)

    def _kind_chosen(self, value: str) -> None:
        if value in VISITS:
            self._take_visit(value)
        else:
            self._take(self._catalogue.procedure(value))

    def _take(self, procedure: Procedure) -> None:
        changed = procedure != self._procedure
        self._procedure, self._visit = procedure, ""
        self.family_field.set_error("")
        if changed:
            self._intent.set_options([(i.value, _INTENTS[i]) for i in procedure.intents])
            self._intent.set_value(procedure.usual.intent.value)
            self._keep_site(procedure)
        self._show()
        if changed:
            self.procedure_changed.emit()

    def _take_visit(self, title: str) -> None:
        self._procedure, self._visit = None, title
        self.family_field.set_error("")
        self._show()
        self.procedure_changed.emit()

    def _keep_site(self, procedure: Procedure) -> None:
        """A site that suits the new procedure stays; one that does not is kept for the eye too."""
        self.site.set_procedure(procedure)
        self.site.setPlaceholderText(example(procedure))
        if not self.site.text() and len(procedure.sites) == 1 and len(procedure.sides) == 1:
            self.site.setText(example(procedure))
        self.check_site(quiet_when_empty=True)

    def check_site(self, *, quiet_when_empty: bool = False) -> bool:
        """Shows what is wrong with the site at its field; whether it is sound."""
        if self._procedure is None or (quiet_when_empty and not self.sites.strip()):
            self.site_field.set_error("")
            self._assume(())
            return self._procedure is None
        try:
            sites = read_sites(self.sites, self._procedure)
        except ValueError as wrong:
            self.site_field.set_error(str(wrong))
            self._assume(())
            return False
        self.site_field.set_error("")
        self._assume(sites)
        return True

    def _assume(self, sites: tuple[str, ...]) -> None:
        """Says what is taken as injected, where the site tells it."""
        procedure, said = self._procedure, ""
        if procedure is not None and sites:
            said = usual_words(procedure, sites, self._catalogue.products)
        self._usual.setText(said)
        self._usual.setVisible(bool(said))

    def _site_edited(self, text: str) -> None:  # noqa: ARG002
        # While typing, an error is taken back but none is raised: the site is not finished.
        if self._procedure is not None and self.site_field.error():
            self.check_site(quiet_when_empty=True)
        self.changed.emit()

    def _site_settled(self) -> None:
        self.check_site(quiet_when_empty=True)
        self.changed.emit()

    def _part_changed(self, value: str) -> None:  # noqa: ARG002
        self.changed.emit()

    def _show(self) -> None:
        procedure = self._procedure
        family = procedure.family if procedure else (self._visits() if self._visit else "")
        several = self._visit or (family and len(self._of_family(family)) > 1)
        self._kinds.setVisible(bool(several))
        self._intent.setVisible(procedure is not None and len(procedure.intents) > 1)
        self.site_field.setVisible(procedure is not None)
        self._usual.setVisible(procedure is not None and bool(self._usual.text()))

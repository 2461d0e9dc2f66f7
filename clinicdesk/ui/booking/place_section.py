"""Section 4 of the booking panel: who does it, in which room, guided by what."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from clinicdesk.domain.procedures import Guidance, Procedure
from clinicdesk.domain.rows.people import StaffRow
from clinicdesk.domain.rows.schedule import ResourceRow
from clinicdesk.domain.translation import _
from clinicdesk.ui.booking.words import fitting_rooms, needed
from clinicdesk.ui.widgets import Choice, Field


class PlaceSection(QWidget):
    """Physician, room, guidance.

    Signals:
        changed(): one of them changed.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._physicians: tuple[StaffRow, ...] = ()
        self._rooms: tuple[ResourceRow, ...] = ()
        self._wanted: tuple[int | None, int | None] = (None, None)
        self._visit = False
        self.physician = Choice((), _("Physician"), self)
        self.room = Choice((), _("Room"), self)
        self.guidance = Choice([(g, g.label) for g in Guidance], _("Guidance"), self)
        for box in (self.physician, self.room, self.guidance):
            box.setMinimumContentsLength(6)
            box.setSizeAdjustPolicy(box.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.physician.chosen.connect(self._chosen)
        self.room.chosen.connect(self._chosen)
        self.guidance.chosen.connect(self._guidance_chosen)
        self.physician_field = Field(_("Physician"), self.physician, parent=self)
        self.room_field = Field(_("Room"), self.room, parent=self)
        # The panel shows guidance beside the site: it belongs to the procedure for the eye.
        self.guidance_field = Field(_("Guidance"), self.guidance)
        pair = QHBoxLayout(self)
        pair.setContentsMargins(0, 0, 0, 0)
        pair.setSpacing(8)
        pair.addWidget(self.physician_field, 1, Qt.AlignmentFlag.AlignTop)
        pair.addWidget(self.room_field, 1, Qt.AlignmentFlag.AlignTop)

    def prefer(self, staff_id: int) -> None:
        """A physician who books means himself, unless another one is chosen."""
        own = [row.resource_id for row in self._physicians if row.id == staff_id]
        if own and self.physician_id is None and self._wanted[0] is None:
            self.physician.set_value(own[0])

    def fill(self, physicians: Sequence[StaffRow], rooms: Sequence[ResourceRow]) -> None:
        """Who and what there is; a choice made before they were known is taken now."""
        self._physicians, self._rooms = tuple(physicians), tuple(rooms)
        self.physician.set_options([(row.resource_id, row.name) for row in physicians])
        self._offer_rooms()
        if self._wanted[0] is not None:
            self.physician.set_value(self._wanted[0])

    def set_procedure(
        self,
        procedure: Procedure | None,
        guidance: Guidance | None = None,
        *,
        visit: bool = False,
    ) -> None:
        """Guidance as given, else as usual for the procedure, and the rooms that fit it."""
        self._visit = visit
        self.guidance_field.setVisible(procedure is not None)
        usual = procedure.usual.guidance if procedure else None
        self.guidance.set_value(guidance or usual)
        self._offer_rooms()

    def set_guidance(self, guidance: Guidance) -> None:
        """Chooses it, and the rooms that fit."""
        self.guidance.set_value(guidance)
        self._offer_rooms()

    def _offer_rooms(self) -> None:
        """Rooms that fit first; one that does not fit is given up for one that does."""
        before = self.room_id if self.room_id is not None else self._wanted[1]
        need = needed(self.guidance_value)
        self.room.set_options(fitting_rooms(self._rooms, need, visit=self._visit))
        fits = [
            row_id for row_id, __ in fitting_rooms(self._rooms, need) if self._has(row_id, need)
        ]
        if before in fits:
            self.room.set_value(before)
        elif self.guidance_value is not None and fits:
            self.room.set_value(fits[0])
        else:
            self.room.set_value(None)

    def _has(self, room_id: int | None, need: str) -> bool:
        return any(row.id == room_id and (not need or need in row.has) for row in self._rooms)

    def choose(self, physician_id: int | None, room_id: int | None) -> None:
        """Takes physician and room by their resource ids, now or once they are known."""
        self._wanted = (physician_id, room_id)
        if physician_id is not None:
            self.physician.set_value(physician_id)
        if room_id is not None:
            self.room.set_value(room_id)

    def clear(self) -> None:
        """Nothing chosen; tells nobody."""
        self._wanted = (None, None)
        self.physician.set_value(None)
        self.set_procedure(None)
        for field in (self.physician_field, self.room_field, self.guidance_field):
            field.set_error("")

    @property
    def physician_id(self) -> int | None:
        """The resource id of the physician chosen."""
        value = self.physician.value()
        return value if isinstance(value, int) else None

    @property
    def room_id(self) -> int | None:
        """The resource id of the room chosen."""
        value = self.room.value()
        return value if isinstance(value, int) else None

    @property
    def physician_pair(self) -> tuple[int, str] | None:
        """(id, name) of the physician chosen."""
        found = [row for row in self._physicians if row.resource_id == self.physician_id]
        return (found[0].resource_id, found[0].name) if found else None

    @property
    def room_pair(self) -> tuple[int, str] | None:
        """(id, name) of the room chosen."""
        found = [row for row in self._rooms if row.id == self.room_id]
        return (found[0].id, found[0].name) if found else None

    @property
    def guidance_value(self) -> Guidance | None:
        """The guidance chosen; None for a visit."""
        value = self.guidance.value()
        return value if isinstance(value, Guidance) else None

    def focus_here(self) -> None:
        """Puts the focus on the physician."""
        self.physician.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_room(self) -> None:
        """Puts the focus on the room."""
        self.room.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _guidance_chosen(self, value: object) -> None:
        self._offer_rooms()
        self._chosen(value)

    def _chosen(self, value: object) -> None:  # noqa: ARG002
        self._wanted = (self.physician_id, self.room_id)
        self.changed.emit()

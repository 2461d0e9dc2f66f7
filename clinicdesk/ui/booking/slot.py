"""When and where: the two sections that booking and moving share, and what stands in the way."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from clinicdesk.domain.changes import ChangeSet
from clinicdesk.domain.errors import Hindrance
from clinicdesk.domain.rows.people import StaffRow
from clinicdesk.domain.rows.schedule import PlanRequest, ResourceRow, TimeAnswer, TimeRequest
from clinicdesk.services import schedule
from clinicdesk.ui.booking.first_free import FirstFree, FirstFreeFinder
from clinicdesk.ui.booking.place_section import PlaceSection
from clinicdesk.ui.booking.time_section import TimeSection
from clinicdesk.ui.context import UiContext


class Slot(QObject):
    """Time and place of one appointment.

    Signals:
        changed(): something else is entered.
        filled(): physicians and rooms are there to choose from.
        told(str, str): a sentence about the search for a free time (empty: nothing to say), and
            its tone, ``info`` or ``danger``.
    """

    changed = Signal()
    filled = Signal()
    told = Signal(str, str)

    def __init__(self, context: UiContext, host: QWidget) -> None:
        super().__init__(host)
        self._context = context
        self.time = TimeSection(context.clinic.today(), host)
        self.place = PlaceSection(host)
        self._finder = FirstFreeFinder(context, self)
        self.time.changed.connect(self.changed)
        self.time.offered.connect(self.time.set_start)
        self.place.changed.connect(self.changed)
        self._finder.found.connect(self._take_first)
        self._finder.failed.connect(self._not_found)
        context.bus.published.connect(self._published)
        self._load()

    # -- who and what there is to choose from -------------------------------------

    def _published(self, changes: ChangeSet) -> None:
        if changes.kinds & {"staff", "clinic", "resource"}:
            self._load()

    def _load(self) -> None:
        clinic, actor = self._context.clinic, self._context.actor
        self._context.tasks.short.submit(
            lambda: (schedule.physicians(clinic, actor), schedule.rooms(clinic, actor)),
            self._fill,
            owner=self,
            key="choices",
        )

    def _fill(self, found: tuple[tuple[StaffRow, ...], tuple[ResourceRow, ...]]) -> None:
        self.place.fill(*found)
        self.filled.emit()

    # -- what stands in the way ---------------------------------------------------

    def show_answer(self, answer: TimeAnswer | None) -> None:
        """Shows at the fields what stands in the way, and the free times beside it."""
        found = answer.hindrances if answer else ()
        self.show_hindrances(found)
        passed = any(each.kind == "past" for each in found)
        now = self._context.clock.now().astimezone(self._context.clinic.zone)
        self.time.set_offers(
            answer.free if answer else (), now.replace(second=0, microsecond=0) if passed else None
        )

    def show_hindrances(self, found: Iterable[Hindrance]) -> None:
        """Each at the field it concerns; none clears them."""
        self.show_wrong(parted(found, self.place.physician_pair, self.place.room_pair))

    def show_wrong(self, found: dict[str, str]) -> None:
        """Sentences by field: ``physician``, ``room``, ``time``, ``patient``."""
        self.place.physician_field.set_error(found.get("physician", ""))
        self.place.room_field.set_error(found.get("room", ""))
        self.time.set_clash(" ".join(found[key] for key in ("time", "patient") if key in found))

    # -- the first free time ------------------------------------------------------

    def seek(self, request: TimeRequest, plan: PlanRequest | None = None) -> None:
        """Goes to the first free time from the day of ``request.start`` on that is allowed."""
        self._finder.seek(request, plan)

    def _take_first(self, answer: FirstFree) -> None:
        if answer.start is None:
            self.time.set_day(answer.allowed)
        else:
            self.time.set_start(answer.start)
        self.time.focus_here()
        self.told.emit(answer.words, "info" if answer.start else "danger")

    def _not_found(self, sentence: str) -> None:
        self.told.emit(sentence, "danger")


Named = tuple[int, str] | None


def parted(found: Iterable[Hindrance], physician: Named, room: Named) -> dict[str, str]:
    """The sentences by field: ``physician``, ``room``, ``patient`` or ``time``."""
    fields: dict[str, list[str]] = {}
    chosen = (("physician", physician), ("room", room))
    names = {pair[1]: field for field, pair in chosen if pair is not None}
    said: set[str] = set()
    for hindrance in found:
        field = names.get(hindrance.who, hindrance.kind)
        known = field if field in ("physician", "room", "patient") else "time"
        # One sentence stands once, at the first field that it concerns.
        if hindrance.message not in said:
            said.add(hindrance.message)
            fields.setdefault(known, []).append(hindrance.message)
    return {field: " ".join(sentences) for field, sentences in fields.items()}

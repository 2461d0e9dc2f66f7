"""The pages of the window, in the order of the rail."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.translation import _
from clinicdesk.ui.context import Page, UiContext


@dataclass(frozen=True)
class PageEntry:
    """A page: its name, what the rail shows, where its class is, who may see it."""

    key: str
    title: str
    icon: str
    factory: str
    permission: Permission

    @property
    def module(self) -> str:
        """The module of the class."""
        return self.factory.partition(":")[0]

    def make(self, context: UiContext) -> Page:
        """Builds the page.

        Raises:
            ImportError: the class is not there (a mistake of ours).
        """
        name = self.factory.partition(":")[2]
        page: Page = getattr(import_module(self.module), name)(context)
        page.key = self.key
        return page


PAGES: tuple[PageEntry, ...] = (
    PageEntry(
        "schedule", _("Schedule"), "cal", "clinicdesk.ui.schedule.page:SchedulePage",
        Permission.SEE_SCHEDULE,
    ),
    PageEntry(
        "patients", _("Patients"), "people", "clinicdesk.ui.patients.page:PatientsPage",
        Permission.FIND_PATIENT,
    ),
    PageEntry(
        "log", _("Procedures"), "syringe", "clinicdesk.ui.log.page:LogPage",
        Permission.LOG_PROCEDURE,
    ),
    PageEntry(
        "due", _("Due list"), "due", "clinicdesk.ui.due.page:DuePage",
        Permission.WORK_DUE_LIST,
    ),
    PageEntry(
        "settle", _("To settle"), "shield", "clinicdesk.ui.settle.page:SettlePage",
        Permission.SEE_SCHEDULE,
    ),
    PageEntry(
        "documents", _("Documents"), "doc", "clinicdesk.ui.sheets.page:DocumentsPage",
        Permission.PRINT,
    ),
    PageEntry(
        "import", _("Import"), "save", "clinicdesk.ui.importing.page:ImportPage",
        Permission.IMPORT_PATIENTS,
    ),
    PageEntry(
        "payers", _("Payers"), "sliders", "clinicdesk.ui.payers.page:PayersPage",
        Permission.MAP_PAYERS,
    ),
)  # fmt: skip


def number_of(entry: PageEntry) -> int:
    """The digit that opens a page: the same for every role, also where it lacks others."""
    return PAGES.index(entry) + 1

"""The documents page on a real small clinic."""

from __future__ import annotations

from typing import Any

import pytest
from support.desk import Desk
from support.logs import book

from clinicdesk.ui.context import UiContext
from clinicdesk.ui.sheets.page import DocumentsPage


class DocumentsDesk(Desk):
    """A window with the documents page."""

    size = (1364, 822)
    key_of_page = "documents"

    def make(self, context: UiContext) -> DocumentsPage:
        return DocumentsPage(context)

    def consent(self, **more: Any) -> int:
        """Books an appointment and opens its consent; returns the appointment."""
        appointment = book(self.clinic, **more)
        self.open(kind="consent", appointment_id=appointment)
        return appointment


@pytest.fixture
def desk_of(sit: Any) -> Any:
    """Opens the page for a login."""

    def make(login: str = "frontdesk") -> DocumentsDesk:
        made: DocumentsDesk = sit(DocumentsDesk, login)
        return made

    return make


@pytest.fixture
def desk(desk_of: Any) -> DocumentsDesk:
    """The page for the front desk."""
    made: DocumentsDesk = desk_of()
    return made

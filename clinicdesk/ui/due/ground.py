"""What every helper of the page stands on."""

from __future__ import annotations

from dataclasses import dataclass

from clinicdesk.ui.context import UiContext
from clinicdesk.ui.due.model import DueModel
from clinicdesk.ui.due.seam import Seam


@dataclass(frozen=True)
class Ground:
    """Who is signed in at which clinic, the services that are asked, and the rows that are here."""

    context: UiContext
    seam: Seam
    model: DueModel

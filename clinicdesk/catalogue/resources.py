"""Where the files are that are not code: ours, and the clinic's own."""

from __future__ import annotations

import os
from pathlib import Path

from clinicdesk.installed import root

__all__ = ["data_folder", "own_folder", "root"]


def data_folder() -> Path:
    """Where this account's data are kept; ``CLINICDESK_DATA`` overrides the system's place."""
    from platformdirs import user_data_path

    override = os.environ.get("CLINICDESK_DATA")
    return Path(override) if override else user_data_path("ClinicDesk", appauthor=False)


def own_folder() -> Path:
    """Where the clinic's own rules and catalogue lie, if it has any (see ``catalogue/own.py``)."""
    return data_folder() / "clinic"

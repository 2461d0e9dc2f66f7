"""What this account prefers on this computer: the last clinic, theme and scale. No patient data."""

from __future__ import annotations

import json
import logging
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from clinicdesk.catalogue import resources

log = logging.getLogger(__name__)


def config_folder() -> Path:
    """Where preferences are kept; ``CLINICDESK_CONFIG`` overrides the system's place."""
    from platformdirs import user_config_path

    override = os.environ.get("CLINICDESK_CONFIG")
    return Path(override) if override else user_config_path("ClinicDesk", appauthor=False)


def data_folder() -> Path:
    """Where clinics are kept if nobody chose a place; ``CLINICDESK_DATA`` overrides it."""
    return resources.data_folder()


@dataclass
class Preferences:
    """The preferences; ``theme`` is ``light``, ``dark`` or empty for the system's.

    ``language`` is the code of the window's words (``es``), empty for English; it holds from the
    next start. So does ``scale``. ``panel``: by how many pixels the panels at the right are wider
    than drawn.
    """

    last_clinic: str = ""
    theme: str = ""
    scale: float = 1.0
    language: str = ""
    panel: int = 0

    def save(self) -> None:
        """Writes them; a folder that cannot be written is only logged, nothing depends on it.

        The password in the address of a server stays out of the file.
        """
        # Read before the language is chosen: what holds a sentence is imported where it is needed.
        from clinicdesk.domain.errors import Unavailable
        from clinicdesk.domain.server_address import without_password
        from clinicdesk.services.files_out import write_whole

        folder = config_folder()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            kept = replace(self, last_clinic=without_password(self.last_clinic))
            text = json.dumps(asdict(kept), indent=1)
            write_whole(folder / "preferences.json", text.encode())
        except (OSError, Unavailable) as error:
            facts = {"by": type(error).__name__}
            log.warning("preferences were not saved", extra={"facts": facts})


SCALES = (0.8, 0.9, 1.0, 1.1, 1.15, 1.25, 1.3, 1.5, 1.75, 2.0)
"""The sizes of the view that can be chosen, 80 to 200 %; one holds from the next start."""
_ADDRESS = ":/"
"""Stands in every address of a server."""
THEMES = ("", "light", "dark")


def _checked(found: dict[str, object]) -> Preferences:
    # A file edited by hand must not keep the program from starting: what is wrong is left out.
    taken = Preferences()
    if isinstance(clinic := found.get("last_clinic"), str):
        taken.last_clinic = clinic
    if (theme := found.get("theme")) in THEMES:
        taken.theme = str(theme)
    if isinstance(scale := found.get("scale"), float | int) and scale in SCALES:
        taken.scale = float(scale)
    if type(panel := found.get("panel")) is int and 0 <= panel <= 300:
        taken.panel = panel
    if isinstance(language := found.get("language"), str):
        taken.language = language
    return taken


def _password_in(where: str) -> str:
    from clinicdesk.domain.server_address import password_in

    return password_in(where)


def load() -> Preferences:
    """The saved preferences; defaults where there are none or the file is damaged."""
    path = config_folder() / "preferences.json"
    try:
        found = _checked(json.loads(path.read_text(encoding="utf-8")))
        if _ADDRESS in found.last_clinic and _password_in(found.last_clinic):
            # An earlier version kept it: it is used once more, and goes out of the file.
            found.save()
    except FileNotFoundError:
        return Preferences()
    except (OSError, ValueError, TypeError, AttributeError) as error:
        facts = {"by": type(error).__name__}
        log.warning("preferences were not read", extra={"facts": facts})
        return Preferences()
    return found

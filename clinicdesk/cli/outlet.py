"""Where a command puts the bytes it made: a file, or the standard output (``-``)."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from clinicdesk.domain.errors import Invalid
from clinicdesk.domain.translation import _


@dataclass(frozen=True)
class Outlet:
    """One file, or the standard output where ``path`` is None."""

    path: Path | None

    def __str__(self) -> str:
        return _("standard output") if self.path is None else str(self.path)

    def check(self) -> None:
        """Refuses what cannot be written to, before anything is stored.

        Raises:
            Invalid: bytes would go to a terminal.
            Unavailable: a folder that is not there; a folder or a device instead of a file.
        """
        if self.path is not None:
            from clinicdesk.services.files_out import place_for

            place_for(self.path)
        elif sys.stdout is None or sys.stdout.isatty():
            raise Invalid(
                {"output": _("A PDF is not for a terminal: -o FILE, or send it on with a pipe.")}
            )

    def write(self, content: bytes) -> None:
        """All of it or nothing, where it is a file; raises Unavailable in words."""
        if self.path is None:
            sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()
            return
        from clinicdesk.services.files_out import write_whole

        write_whole(self.path, content)


def outlet(text: str) -> Outlet:
    """As it is typed after ``-o``."""
    return Outlet(None if text == "-" else Path(text).expanduser())

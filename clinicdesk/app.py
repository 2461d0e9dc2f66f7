"""Wires everything together and opens the window."""

from __future__ import annotations

import logging
import os
import sys
from typing import TYPE_CHECKING

from clinicdesk.domain.clock import Clock, SystemClock
from clinicdesk.domain.translation import _
from clinicdesk.services import logfile

if TYPE_CHECKING:
    from clinicdesk.ui.launch import Launched


def has_screen() -> bool:
    """Whether a window can be shown here."""
    if sys.platform != "linux":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def run_window(
    where: str | None,
    user: str | None,
    *,
    demo: bool = False,
    clock: Clock | None = None,
) -> int:
    """Opens the window and returns when it is closed.

    Args:
        where: a file or URL; the clinic last opened if None.
        user: whose name is chosen on the sign-in page.
        demo: straight into the demo clinic, signed in as the front desk.
        clock: the system's if None.

    Without a screen the demo works its day in an offscreen window and leaves pictures and sheets
    in the folder ``demo-day`` of the data folder; anything else says what to do and returns 4.
    """
    with logfile.kept("window"):
        return _run_window(where, user, demo=demo, clock=clock or SystemClock())


def _run_window(where: str | None, user: str | None, *, demo: bool, clock: Clock) -> int:
    _warn_on_the_terminal()
    offscreen = os.environ.get("QT_QPA_PLATFORM") == "offscreen"
    if not has_screen() and not offscreen:
        if not demo:
            print(  # noqa: T201
                _(
                    "There is no screen here, so no window can open. Start ClinicDesk on a "
                    "desktop, "
                    "or add --demo to work a demo day into pictures."
                ),
                file=sys.stderr,
            )
            return 4
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        return _demo_day(clock)
    launched = _launch(where, user, demo=demo, clock=clock)
    return launched.execute()


def _warn_on_the_terminal() -> None:
    handler = logging.StreamHandler()
    handler.setLevel(logging.WARNING)
    handler.setFormatter(logfile.ForTerminal())
    logging.getLogger().addHandler(handler)


def _launch(where: str | None, user: str | None, *, demo: bool, clock: Clock) -> Launched:
    from clinicdesk.ui.launch import launch

    return launch(where, user, demo=demo, clock=clock)


def _demo_day(clock: Clock) -> int:
    from clinicdesk.ui.preferences import data_folder
    from clinicdesk.ui.tour.run import tour

    print(  # noqa: T201
        _("There is no screen here: the demo day is worked in a window nobody sees."),
        file=sys.stderr,
    )
    return tour(data_folder() / "demo-day", clock)

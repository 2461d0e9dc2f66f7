"""What is read once and kept as long as the program runs: the collector need not look at it again.

Catalogue, texts of sheets and the tables of dates are many objects. Each full collection goes
through all of them, and one of them fell just into the first page that was asked for.
"""

from __future__ import annotations

import gc


class _State:
    own = False


def begin() -> None:
    """This process is the program's own, not one that calls it: ``settle`` may take effect."""
    _State.own = True


def settle() -> None:
    """A clinic is open: all that is there by now stays, and no collection looks at it any more.

    Once in a process; what is made later is collected as ever. In a process that is not the
    program's own (tests, tools) nothing happens: there, others' objects would stay, too.
    """
    if _State.own:
        _State.own = False
        gc.freeze()

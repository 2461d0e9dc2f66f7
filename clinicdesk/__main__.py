"""``clinicdesk`` and ``python -m clinicdesk``."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line (without a command: the window); the exit code."""
    from clinicdesk import language, memory

    if argv is None:
        memory.begin()
    # Before any module that holds a sentence: their tables of words are made at import.
    language.begin()
    from clinicdesk.cli.run import run

    return run(argv)


if __name__ == "__main__":
    sys.exit(main())

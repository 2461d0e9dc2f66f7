"""``clinicdesk audit verify``: checks the whole chain of entries."""

from __future__ import annotations

import argparse

from clinicdesk.cli.exits import Exit
from clinicdesk.cli.output import Progress, say
from clinicdesk.cli.session import open_clinic, signed_in


def run(args: argparse.Namespace) -> Exit:
    """Exit 1 and the first broken entry if the chain is broken.

    With ``--user`` it acts as that person; without, whoever holds the database's key may
    check it, as a scheduled job does: the answer names no patient.
    """
    counted = _Count()
    try:
        checked, broken, message = _verify(args, counted)
    finally:
        counted.end()
    if broken is None:
        say(message)
        return Exit.DONE
    say(f"{checked} entries checked, all in order up to there. First broken: {broken}. {message}")
    return Exit.LOOK


def _verify(args: argparse.Namespace, counted: _Count) -> tuple[int, int | None, str]:
    """Entries that fit, the first that does not, and a sentence."""
    if args.user:
        from clinicdesk.services import auditing

        with signed_in(args) as (clinic, actor):
            report = auditing.verify(clinic, actor, counted)
        return report.checked, report.broken, report.message
    from clinicdesk.data import audit

    with open_clinic(args) as clinic, clinic.store.read() as tx:
        checked, broken = audit.verify(tx.session, counted)
    if broken is None:
        return checked, None, f"{checked} entries checked, all in order."
    return checked, broken.entry, broken.message


class _Count:
    """Entries checked so far, shown on a terminal."""

    def __init__(self) -> None:
        self._progress = Progress("Checking entries")

    def __call__(self, done: int) -> None:
        self._progress(done, 0)

    def end(self) -> None:
        self._progress.end()

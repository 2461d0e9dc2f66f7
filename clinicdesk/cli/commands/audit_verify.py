"""``clinicdesk audit verify``: checks the whole chain of entries."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from clinicdesk.cli.exits import Exit
from clinicdesk.cli.output import Progress, say
from clinicdesk.cli.session import open_clinic, signed_in
from clinicdesk.domain.translation import _

if TYPE_CHECKING:
    from clinicdesk.services.auditing import AuditReport

NAME, PLACE = "audit verify", 120
HELP = _("check the whole chain of entries")
GROUP = _("the audit trail")


def arguments(_parser: argparse.ArgumentParser) -> None:
    """It takes nothing."""


def run(args: argparse.Namespace) -> Exit:
    """Exit 1 and the first broken entry if the chain is broken.

    With ``--user`` it acts as that person; without, whoever holds the database's key may
    check it, as a scheduled job does: the answer names no patient.
    """
    counted = _Count()
    try:
        report = _verify(args, counted)
    finally:
        counted.end()
    if report.sound:
        say(report.message)
        _say_clock(report)
        return Exit.DONE
    say(
        _(
            "{checked} entries checked, all in order up to there. First broken: {broken}. {message}"
        ).format(checked=report.checked, broken=report.broken, message=report.message)
    )
    _say_clock(report)
    return Exit.LOOK


def _say_clock(report: AuditReport) -> None:
    """A clock that was set back breaks no chain, and is named all the same."""
    if report.clock:
        say(report.clock)


def _verify(args: argparse.Namespace, counted: _Count) -> AuditReport:
    from clinicdesk.services import auditing

    if args.user:
        with signed_in(args) as (clinic, actor):
            return auditing.verify(clinic, actor, counted)
    with open_clinic(args) as clinic:
        return auditing.verify_with_key(clinic, counted)


class _Count:
    """Entries checked so far, shown on a terminal."""

    def __init__(self) -> None:
        self._progress = Progress(_("Checking entries"))

    def __call__(self, done: int) -> None:
        self._progress(done, 0)

    def end(self) -> None:
        self._progress.end()

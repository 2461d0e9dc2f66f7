"""Whether this computer's clock can be right: nothing is recorded later than now."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from clinicdesk.data.queries import moments
from clinicdesk.data.queries.settings import clinic_facts
from clinicdesk.data.tx import Tx
from clinicdesk.domain.clock import TOLERANCE, is_behind
from clinicdesk.domain.customs import Customs, customs_of
from clinicdesk.domain.dates import time_words, weekday_words
from clinicdesk.domain.errors import Doubtful, Unavailable
from clinicdesk.domain.translation import _, _n
from clinicdesk.services.context import Clinic, Work, everybody


@everybody(_("a clock that is wrong concerns whoever looks at it, and the answer names no patient"))
def clock_fault(clinic: Clinic) -> str:
    """What is wrong with this computer's clock, in a sentence; empty if nothing is known to be."""
    with clinic.store.read() as tx:
        return fault_in(tx)


def fault_in(tx: Tx) -> str:
    """As ``clock_fault``, where a transaction is open; it needs no clinic in the database."""
    last = moments.latest_moment(tx)
    if last is None or not is_behind(tx.now, last):
        return ""
    now, last_words = _both(tx, tx.now, last)
    return _(
        "This computer's clock says {now}, but an entry was made at {last} already: "
        "set the clock right."
    ).format(now=now, last=last_words)


def require_clock(work: Work) -> None:
    """Raises Doubtful on ``clock`` where what would be signed now bears a time that passed."""
    last = moments.latest_moment(work.tx)
    if last is None or not is_behind(work.now, last):
        return
    now, last_words = _both(work.tx, work.now, last)
    raise Doubtful(
        {
            "clock": _(
                "This computer's clock says {now}, but an entry was made at {last} already. "
                "If the clock is right, sign once more."
            ).format(now=now, last=last_words)
        }
    )


def set_back(tx: Tx) -> str:
    """Where in the audit a clock was set back, in a sentence; empty if nowhere."""
    steps = list(moments.steps_back(tx, TOLERANCE))
    if not steps:
        return ""
    first = steps[0]
    at, before = _both(tx, first.at, first.before)
    return _n(
        "A computer's clock was set back {count} time, at entry {entry}: {at} after {before}.",
        "A computer's clock was set back {count} times, first at entry {entry}: "
        "{at} after {before}.",
        len(steps),
    ).format(count=len(steps), entry=first.entry, at=at, before=before)


def _both(tx: Tx, *times: datetime) -> tuple[str, str]:
    try:
        facts = clinic_facts(tx)
        zone, customs = ZoneInfo(facts.timezone), customs_of(facts.country)
    except Unavailable:  # nobody has set the clinic up yet
        zone, customs = ZoneInfo("UTC"), customs_of("US")
    one, other = (_moment(at.astimezone(zone), customs) for at in times)
    return one, other


def _moment(at: datetime, customs: Customs) -> str:
    return f"{weekday_words(at.date())} {time_words(at, customs)}"

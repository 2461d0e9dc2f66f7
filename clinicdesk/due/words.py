"""The sentences of the due list: short, plain, with what to do."""

from __future__ import annotations

from datetime import date

from clinicdesk.domain.dates import day_words
from clinicdesk.domain.medications import amount_text
from clinicdesk.domain.readings import scored_words
from clinicdesk.domain.relief import Score
from clinicdesk.domain.translation import _, _n
from clinicdesk.due.relief import Scored
from clinicdesk.due.sites import Session


def score_words(reading: Score | None) -> str:
    """``NRS 3 on 14 Sep 2026``; empty without a score."""
    if reading is None:
        return ""
    return scored_words(f"{reading.scale} {amount_text(reading.value)}", reading.day)


def repeat_words(session: Session, about: Scored, allowed: date, on: date) -> str:
    """Relief so far, and from when it may be repeated."""
    again = _again(allowed, on)
    if about.percent is None:
        return _("Not scored since {day}; {again}.").format(day=day_words(session.day), again=again)
    if about.last is None or about.good_until is None:
        return f"{again[0].upper()}{again[1:]}."
    held = span_words((about.last.day - session.day).days)
    return _("Relief of {percent} % after {held}; {again}.").format(
        percent=about.percent, held=held, again=again
    )


def worn_words(about: Scored, allowed: date, on: date, *, unsure: bool) -> str:
    """Relief is over; ``unsure``: the rules need to know for how long it held."""
    over = "" if about.below_on is None else day_words(about.below_on)
    if about.good_until is None:
        return _("Relief was over by {over}; {again}.").format(over=over, again=_again(allowed, on))
    good = day_words(about.good_until)
    if unsure:
        return _(
            "Relief was good on {good} and over by {over}: the next verdict cannot be determined "
            "without a score from between. Ask how long it held."
        ).format(good=good, over=over)
    return _("Relief was good on {good} and over by {over}; {again}.").format(
        good=good, over=over, again=_again(allowed, on)
    )


def failed_words(session: Session, about: Scored, wanted: int, allowed: date, on: date) -> str:
    """It never helped by the ``wanted`` percent."""
    said = about.last.day if about.last else session.day
    relief = (
        _("relief {percent} %").format(percent=about.percent)
        if (about.percent or 0) >= 0
        else _("worse than before")
    )
    return _("Did not help by {wanted} % ({relief} on {said}); {again}.").format(
        wanted=wanted, relief=relief, said=day_words(said), again=_again(allowed, on)
    )


def missing_words(since: date) -> str:
    """A score without which the rules cannot answer."""
    return _(
        "No score since {since}: the next verdict cannot be determined without it. Ask for one."
    ).format(since=day_words(since))


def missing_other_words(other: date) -> str:
    """As ``missing_words``, of another session that the rules look at."""
    return _(
        "No score shows how much the session of {other} helped: the next verdict cannot be "
        "determined without it. Ask for one."
    ).format(other=day_words(other))


def missing_early_words(over: date) -> str:
    """The only scores are from when it was over: nobody knows whether it helped."""
    return _(
        "Relief was over by {over}, and no score shows whether it helped before: the next verdict "
        "cannot be determined without it. Ask for one."
    ).format(over=day_words(over))


def second_words(good: int, wanted: int, last: date, allowed: date, on: date) -> str:
    """One more block is outstanding."""
    count = _n("One good block", "{count} good blocks", good).format(count=_count(good))
    which = _("the second") if good + 1 == 2 else _("block {good}").format(good=good + 1)
    if wanted != 2:
        which = _("{block} of {wanted}").format(block=which, wanted=wanted)
    when = (
        _("is possible")
        if allowed <= on
        else _("is possible from {allowed}").format(allowed=day_words(allowed))
    )
    return _("{count}, the last of {last}; {which} {when}.").format(
        count=count, last=day_words(last), which=which, when=when
    )


def next_words(good: int, called: str, allowed: date, on: date) -> str:
    """Enough good blocks for what they lead to."""
    blocks = _n("One good block", "{count} good blocks", good).format(count=_count(good))
    when = (
        _("is possible")
        if allowed <= on
        else _("is possible from {allowed}").format(allowed=day_words(allowed))
    )
    return f"{blocks}: {inside(called)} {when}."


def inside(name: str) -> str:
    """A name as it stands inside a sentence; one that begins with capitals keeps them."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def review_words(last: date, percent: int) -> str:
    """A block was scored, and the rules in use do not say what follows."""
    return _(
        "The block of {last} brought {percent} % relief. The rules in use do not say "
        "what follows: the physician decides."
    ).format(last=day_words(last), percent=percent)


def poor_words(last: date, percent: int, wanted: int, good: int) -> str:
    """The newest block did not help enough; ``good``: earlier ones that did."""
    relief = _("{percent} % relief").format(percent=percent) if percent > 0 else _("no relief")
    if good == 0:
        return _(
            "The block of {last} brought {relief}, less than the {wanted} % asked: "
            "the physician decides."
        ).format(last=day_words(last), relief=relief, wanted=wanted)
    count = _n("One good block", "{count} good blocks", good).format(count=_count(good))
    return _(
        "{count}, but the newest, of {last}, brought {relief}, less than the {wanted} % asked: "
        "the physician decides."
    ).format(count=count, last=day_words(last), relief=relief, wanted=wanted)


def unmeasured_words(last: date) -> str:
    """A block that was scored after it only."""
    return _(
        "No score from before the block of {last} tells how much it helped: the physician decides."
    ).format(last=day_words(last))


def unscored_words(last: date) -> str:
    """Nobody knows whether a block helped."""
    return _("No score right after the block of {last}: ask how much it helped.").format(
        last=day_words(last)
    )


def treat_words(last: date, allowed: date, on: date) -> str:
    """A diagnostic injection that leads to the treatment itself."""
    when = (
        _("is possible")
        if allowed <= on
        else _("is possible from {allowed}").format(allowed=day_words(allowed))
    )
    return _("The diagnostic injection of {last} helped; a therapeutic one {when}.").format(
        last=day_words(last), when=when
    )


def unreadable_words(problem: str) -> str:
    """The rules cannot read the record."""
    return _("The interval rules cannot read an entry of this patient: {problem}").format(
        problem=problem
    )


def span_words(days: int) -> str:
    """``12 weeks`` from two weeks on, else ``9 days``."""
    if days >= 14:
        weeks = days // 7
        return _n("{weeks} week", "{weeks} weeks", weeks).format(weeks=weeks)
    return _n("1 day", "{days} days", days).format(days=days)


def _again(allowed: date, on: date) -> str:
    return (
        _("may be repeated")
        if allowed <= on
        else _("may be repeated from {allowed}").format(allowed=day_words(allowed))
    )


def _count(number: int) -> str:
    return {2: _("Two"), 3: _("Three"), 4: _("Four")}.get(number, str(number))

"""Parts of a procedure's entry: what the due list makes of it, when to ask again, cautions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from clinicdesk.catalogue.strict import Table
from clinicdesk.domain.procedures import Caution, Following, FollowUp, Intent, Purpose
from clinicdesk.domain.spans import Span, parse_span
from clinicdesk.domain.translation import _

CAUTIONS = ("intrathecal_contrast", "particulate_cervical")
"""What the log may warn of before it is signed."""
_INTENTS = tuple(intent.value for intent in Intent)
_PURPOSES = tuple(purpose.value for purpose in Purpose)


def read_following(table: Table, intents: Iterable[Intent]) -> tuple[Following, ...]:
    """``due``: an empty list keeps a procedure off the list, and has to be said."""
    found: list[Following] = []
    for part in table.tables("due"):
        intent = part.choice("intent", _INTENTS, "")
        following = Following(
            track=part.text("track"),
            intent=Intent(intent) if intent else None,
            leads_to=part.text("leads_to", ""),
            steroids_only=part.flag("steroids_only", default=False),
            retried_in_region=part.flag("retried_in_region", default=False),
        )
        if any(other.intent in (None, following.intent) for other in found):
            part.fail("intent" if intent else None, _("this intent is followed twice."))
        found.append(following)
        part.done()
    said = {following.intent for following in found}
    missing = [intent for intent in intents if said and None not in said and intent not in said]
    if missing:
        table.fail(
            "due", _("does not say how a {missing} one is followed.").format(missing=missing[0])
        )
    return tuple(found)


def read_follow_ups(
    table: Table, intents: Iterable[Intent]
) -> Mapping[Intent, tuple[FollowUp, ...]]:
    """``follow_ups``: by intent, ascending; those without an intent hold for each."""
    found: dict[Intent, list[FollowUp]] = {intent: [] for intent in intents}
    for part in table.tables("follow_ups"):
        intent = part.choice("intent", tuple(found), "")
        after = span(part, "after")
        until = span(part, "until") if part.holds("until") else after
        part.skip("until")
        if until.shorter_than(after):
            part.fail("until", _("lies before “after”."))
        call = FollowUp(Purpose(part.choice("for", _PURPOSES)), after, until)
        for each in [Intent(intent)] if intent else found:
            if found[each] and not found[each][-1].after.shorter_than(after):
                part.fail("after", _("must be later than the one before it."))
            found[each].append(call)
        part.text("source")
        part.flag("verify", default=False)
        part.done()
    return {intent: tuple(calls) for intent, calls in found.items()}


def read_cautions(table: Table) -> Mapping[str, Caution]:
    """``cautions`` by name; none where the table is left out."""
    part = table.maybe_table("cautions")
    table.skip("cautions")
    found = {}
    for name in part.keys() if part else ():
        assert part is not None
        if name not in CAUTIONS:
            part.fail(
                name,
                _("is unknown; expected one of {cautions}.").format(cautions=", ".join(CAUTIONS)),
            )
        about = part.table(name)
        found[name] = Caution(about.text("source"), about.flag("verify", default=False))
        about.done()
    return found


def read_driver(table: Table) -> bool:
    """Whether ``driver`` stands in the entry; with its source."""
    part = table.maybe_table("driver")
    table.skip("driver")
    if part is None:
        return False
    part.text("source")
    part.flag("verify", default=False)
    part.done()
    return True


def span(table: Table, key: str) -> Span:
    """A duration like ``6 weeks``."""
    try:
        return parse_span(table.text(key))
    except ValueError as error:
        table.fail(key, f"{error}.")

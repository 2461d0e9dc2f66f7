"""Reads lines, risks and labels, and checks conditions and placeholders."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from clinicdesk.catalogue.strict import Table
from clinicdesk.domain.sheets import Condition, Line, Risk
from clinicdesk.domain.translation import _

BLOCKS: Mapping[str, Mapping[str, bool]] = {
    "consent": {
        "title": True, "wait": False, "plan": True, "help": True, "choice": True, "note": False,
        "tick": True, "wait_sign": False, "signer": True,
    },
    "aftercare": {
        "title": True, "lead": True, "step": True, "do": True, "dont": True,
        "thinner": True, "thinner_keep": False, "call": True, "emergency": True,
        "emergency_call": False, "score": False, "note": False,
    },
}  # fmt: skip
"""Blocks of each kind of sheet; True: at least one line is needed."""

_BOTH = (
    "kind", "name", "born", "record", "allergies", "no_allergies", "thinner", "no_thinner",
    "site_heading", "document", "page", "sample", "approved", "seen_behind", "seen_front",
    "continued",
)  # fmt: skip
LABELS: Mapping[str, tuple[str, ...]] = {
    "consent": (
        *_BOTH, "plan", "help", "choice", "risk", "tick", "sign_date", "numbers",
        "about", "about_range", "up_to", "fewer_than", "unknown", "common", "uncommon",
        "rare", "very_rare", "mild", "serious",
    ),
    "aftercare": (
        *_BOTH, "do", "dont", "thinner_box", "thinner_at", "call_heading", "call_hours",
        "call", "emergency", "score", "score_hint", "score_before", "follow_heading", "follow_on",
        "follow_hint", "repeat_heading", "repeat_on", "repeat_hint", "told_later",
    ),
}  # fmt: skip
"""Headings and fixed words of each kind; a common.toml must have all of these."""

MAY_LACK = (
    "no_allergies_on", "allergies_not_asked", "no_thinner_on", "no_thinner_among",
    "thinner_not_asked", "thinner_about",
)  # fmt: skip
"""Those of a later day, which a common.toml of a clinic need not have."""

_ALWAYS = frozenset({"where", "part", "physician", "day", "time", "clinic", "phone"})
_NEEDS = {
    "steroid": "steroid",
    "drug": "anticoagulant",
    "restart": "restart",
    "follow": "follow",
    "repeat": "repeat",
    "by": "said_by",
    "hours": "about",
    "ended": "about",
    "emergency": "emergency",
    "advice": "advice",
    "contrast_allergy": "contrast_allergy",
    "anaesthetic_allergy": "anaesthetic_allergy",
    "steroid_allergy": "steroid_allergy",
}
_OWN: Mapping[str, frozenset[str]] = {
    "thinner_at": frozenset({"restart"}),
    "thinner_about": frozenset({"restart", "hours", "ended"}),
    "thinner_box": frozenset({"drug"}),
    "follow_on": frozenset({"follow"}),
    "repeat_on": frozenset({"repeat"}),
    "call_heading": frozenset({"phone"}),
    "about": frozenset({"count", "out_of"}),
    "about_range": frozenset({"count", "count_to", "out_of"}),
    "up_to": frozenset({"count", "out_of"}),
    "fewer_than": frozenset({"count", "out_of"}),
    "document": frozenset({"code"}),
    "page": frozenset({"number", "total"}),
    "approved": frozenset({"by", "on"}),
    "no_allergies_on": frozenset({"asked"}),
    "no_thinner_on": frozenset({"asked"}),
}
CONDITIONS = frozenset(
    {
        "cervical", "thoracic", "lumbar", "sacral", "diagnostic", "therapeutic",
        "steroid", "contrast", "fluoroscopy", "ct", "ultrasound", "landmark",
        "diabetes", "anticoagulant", "interpreter", "restart", "keep", "said_by", "about", "repeat",
        "follow", "several", "pregnant", "near_chest", "chest_unknown", "emergency", "advice",
        "fahrenheit", "contrast_allergy", "anaesthetic_allergy", "steroid_allergy",
        "contrast_agreed", "anaesthetic_agreed", "steroid_agreed", "pregnant_agreed", "waits",
        "rays_open", "steroid_open", "steroid_planned", "prosthesis", "prosthesis_agreed",
    }
)  # fmt: skip
_NAMED = frozenset({"site", "regulator"})
"""What conditions name before a colon."""
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_BOUNDS = ("about", "up to", "fewer than")
_OUT_OF = (10, 50, 100, 200, 1000, 10000)


def read_condition(table: Table, known: frozenset[str] = CONDITIONS) -> Condition:
    """``when``: a list; ``|`` between words means or, ``not x`` means not."""
    groups = table.texts("when", ())
    found = []
    for group in groups:
        words = tuple(word.strip() for word in group.split("|"))
        for word in words:
            bare = word.removeprefix("not ")
            named = ":" in bare and bare.partition(":")[0] in _NAMED
            if bare not in known and not named:
                table.fail(
                    "when",
                    _("“{bare}” is unknown; known are {list}, site:NAME, regulator:NAME.").format(
                        bare=bare, list=_list(known)
                    ),
                )
        found.append(words)
    return tuple(found)


def read_line(table: Table) -> Line:
    """One ``[[block]]`` entry."""
    when = read_condition(table)
    line = Line(
        text=checked_text(table, "text", _allowed(when)),
        label=checked_text(table, "label", _ALWAYS, default=""),
        icon=table.text("icon", ""),
        when=when,
        source=table.text("source", ""),
        verify=table.flag("verify", default=False),
    )
    table.done()
    return line


def read_risk(table: Table) -> Risk:
    """One ``[[risk]]``; with figures it must name its source."""
    when = read_condition(table)
    out_of = table.whole("out_of", 0)
    risk = Risk(
        text=checked_text(table, "text", _allowed(when)),
        grade=table.choice("grade", ("mild", "serious")),
        bound=table.choice("bound", _BOUNDS, ""),
        count=table.whole("count", 0),
        count_to=table.whole("count_to", 0),
        out_of=out_of,
        when=when,
        source=table.text("source"),
        verify=table.flag("verify", default=False),
    )
    if out_of and out_of not in _OUT_OF:
        table.fail("out_of", _("expected one of {map}.").format(map=", ".join(map(str, _OUT_OF))))
    if bool(out_of) != bool(risk.count) or bool(out_of) != bool(risk.bound):
        table.fail(None, _("a figure needs bound, count and out_of together."))
    if max(risk.count, risk.count_to) > max(out_of, 0):
        table.fail("count", _("is more than out_of."))
    table.done()
    return risk


def read_label(table: Table, name: str) -> str:
    """One heading or fixed word."""
    return checked_text(table, name, _OWN.get(name, frozenset()))


def _allowed(when: Condition) -> frozenset[str]:
    certain = {group[0] for group in when if len(group) == 1}
    return _ALWAYS | {name for name, need in _NEEDS.items() if need in certain}


def checked_text(
    table: Table,
    key: str,
    allowed: frozenset[str],
    default: str | None = None,
    needs: Mapping[str, str] = _NEEDS,
) -> str:
    """A text whose placeholders are all allowed and whose emphasis is closed.

    ``needs``: placeholder to the condition under which alone it has a value.
    """
    text = table.text(key) if default is None else table.text(key, default)
    for name in _PLACEHOLDER.findall(text):
        if name in needs and name not in allowed:
            table.fail(
                key, _('{{{name}}} needs when = ["{needs}"].').format(name=name, needs=needs[name])
            )
        if name not in allowed:
            table.fail(
                key,
                _("the placeholder {{{name}}} is unknown here; known: {list}.").format(
                    name=name, list=_list(allowed)
                ),
            )
    if _PLACEHOLDER.sub("", text).strip("{}") != _PLACEHOLDER.sub("", text):
        table.fail(key, _("a brace is not closed."))
    if text.count("**") % 2:
        table.fail(key, _("the emphasis ** is not closed."))
    return text


def _list(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "none"

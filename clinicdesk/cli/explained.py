"""A rule pack as text, JSON or CSV: what ``rules explain`` says.

Apart from its command, which is loaded for every help: the rules take a while.
"""

from __future__ import annotations

import shutil
import sys

from clinicdesk.cli.output import one_line, say, say_rows
from clinicdesk.cli.wrapped import cells, paragraph
from clinicdesk.domain.spans import in_words
from clinicdesk.domain.translation import _
from clinicdesk.rules import words
from clinicdesk.rules.kinds.base import Head, Rule
from clinicdesk.rules.pack import Pack

_COLUMNS = (
    *("pack", "version", "rule", "kind", "title", "applies_to", "scope", "asks", "source"),
    *("source_date", "effective_from", "effective_to", "verified", "verify_why"),
    "beside",
)
_WIDTH, _NARROWEST = 100, 80
_GAP = 2
_LEAST = (18, 14, 8, 18, 14)
"""Columns of the narrowest table: their longest words fit."""
_SHARES = (0, 15, 0, 50, 35)
"""Of what is wider than that, in percent."""
_BESIDE = _("The payer also asks: shown with the verdict, never part of it")
_TO_VERIFY = _("verify: this has still to be checked in its source.")


def explain(pack: Pack, style: str) -> None:
    """Text for people; JSON and CSV have one row a rule."""
    if style == "text":
        _say(pack, _width())
    else:
        say_rows(_rows(pack), _COLUMNS, style)


def _width() -> int:
    if not sys.stdout.isatty():
        return _WIDTH
    return max(_NARROWEST, shutil.get_terminal_size((_WIDTH, 24)).columns)


def _rows(pack: Pack) -> list[dict[str, object]]:
    return [
        *(_row(pack, rule, beside=False) for rule in pack.rules),
        *(_row(pack, rule, beside=True) for rule in pack.beside),
    ]


def _row(pack: Pack, rule: Rule, *, beside: bool) -> dict[str, object]:
    head = rule.head
    return {
        "pack": pack.id,
        "version": pack.version,
        "rule": head.id,
        "kind": head.kind,
        "title": head.title,
        "applies_to": words.plans(rule.applies),
        "scope": words.scope(rule),
        "asks": rule.terms(),
        "source": head.source,
        "source_date": head.source_date,
        "effective_from": head.effective_from.isoformat(),
        "effective_to": head.effective_to.isoformat() if head.effective_to else None,
        "verified": head.verified,
        "verify_why": head.verify_why,
        "beside": beside,
    }


def _say(pack: Pack, width: int) -> None:
    _say_head(pack, width)
    say("")
    say(_("Sessions that are counted"))
    for kind in pack.kinds.values():
        said = _("{kind_name} session: {entries}").format(
            kind_name=kind.name, entries=words.entries(kind.selector)
        )
        _say_cells((kind.id, said), (_LEAST[0], width - _LEAST[0] - _GAP))
    more = width - _NARROWEST
    widths = tuple(
        least + more * share // 100 for least, share in zip(_LEAST, _SHARES, strict=True)
    )
    say("")
    _say_cells((_("Rule"), _("Applies to"), _("Looks at"), _("Asks"), _("Source")), widths)
    say("-" * width)
    _say_rules(pack.rules, widths)
    if pack.beside:
        say("")
        for part in paragraph(_BESIDE, width):
            say(part)
        say("-" * width)
        _say_rules(pack.beside, widths)
    if not all(rule.head.verified for rule in (*pack.rules, *pack.beside)):
        say("")
        _say_unverified(pack, width)


def _say_rules(rules: tuple[Rule, ...], widths: tuple[int, ...]) -> None:
    for position, rule in enumerate(rules):
        if position:
            say("")
        _say_cells(
            (rule.head.id, words.plans(rule.applies), words.scope(rule), rule.terms(),
             _source(rule.head)),
            widths,
        )  # fmt: skip


def _say_unverified(pack: Pack, width: int) -> None:
    """What the mark means, and each reason for it once with its rules."""
    reasons: dict[str, list[str]] = {}
    for rule in (*pack.rules, *pack.beside):
        if not rule.head.verified:
            reasons.setdefault(rule.head.verify_why, []).append(rule.head.id)
    lines = [_TO_VERIFY]
    for why, ids in reasons.items():
        if why:
            lines.append(_("{rules}: {why}").format(rules=", ".join(ids), why=why))
    for line in lines:
        for part in paragraph(one_line(line), width):
            say(part)


def _say_head(pack: Pack, width: int) -> None:
    lines = [
        pack.title,
        _("{pack_id}, version {version}, effective from {effective_from}").format(
            pack_id=pack.id, version=pack.version, effective_from=in_words(pack.effective_from)
        ),
        _("Source: {source}").format(source=pack.source),
    ]
    if pack.payers:
        lines.append(_("Payers: {payers}").format(payers=", ".join(pack.payers)))
    if pack.partial:
        lines.append(pack.partial)
    if pack.muscles:
        lines.append(_("Muscles: {muscles}").format(muscles=_muscles(pack)))
    for line in lines:
        for part in paragraph(one_line(line), width):
            say(part)


def _muscles(pack: Pack) -> str:
    parts: dict[str, list[str]] = {}
    for muscle, part in pack.muscles.items():
        parts.setdefault(part, []).append(muscle)
    return "; ".join(f"{part} ({', '.join(muscles)})" for part, muscles in parts.items())


def _source(head: Head) -> str:
    """The source with its date, and the days on which the rule speaks where they are limited."""
    text = f"{head.source}; {head.source_date}"
    if head.begins is not None:
        text = _("{text}; in force from {begins}").format(text=text, begins=in_words(head.begins))
    if head.effective_to is not None:
        text = _("{text}; in force until {effective_to}").format(
            text=text, effective_to=in_words(head.effective_to)
        )
    return text if head.verified else _("{text} [verify]").format(text=text)


def _say_cells(texts: tuple[str, ...], widths: tuple[int, ...]) -> None:
    for line in cells([one_line(text) for text in texts], widths, _GAP):
        say(line)

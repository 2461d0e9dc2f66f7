"""Numbers that identify people: which are taken, with their check digit, and which never."""

from __future__ import annotations

import re

from clinicdesk.domain.customs import Identifier
from clinicdesk.domain.translation import _

NEVER_SSN = _("This looks like a Social Security number. It is never kept here: leave it out.")
# Bare nine digits may be a record number: only what is written as such is taken for one.
_SSN = re.compile(r"(?<![\w-])(\d{3})([- ])(\d{2})\2(\d{4})(?![\w-])")


def holds_ssn(text: str) -> bool:
    """Whether a Social Security number stands in ``text``, written with its dashes or blanks."""
    from stdnum.us import ssn

    return any(
        found[2] == "-" or ssn.is_valid("-".join(found.group(1, 3, 4)))
        for found in _SSN.finditer(text)
    )


def ssn_in(**texts: str) -> dict[str, str]:
    """The sentence by field, for every text in which such a number stands."""
    return {name: NEVER_SSN for name, text in texts.items() if holds_ssn(text)}


def check_national(typed: str, kind: Identifier | None) -> str:
    """The sentence for what is no such number; empty if it is one."""
    if kind is None:
        return _("No national number of patients is kept in this country.")
    if tidy_national(typed, kind):
        return ""
    return _(
        "This is not an {kind_label}: its check digit is wrong. One reads like {example}."
    ).format(kind_label=kind.label, example=kind.example)


def tidy_national(typed: str, kind: Identifier) -> str:
    """As it is written, ``943 476 5919``; empty where it is none."""
    if kind.system != "nhs":
        return ""
    from stdnum.gb import nhs

    return nhs.format(typed) if nhs.is_valid(typed) else ""

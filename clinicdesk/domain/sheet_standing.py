"""How the texts of sheets stand, in sentences: approved or not, changed since, missing."""

from __future__ import annotations

from collections.abc import Iterable

from clinicdesk.domain.dates import day_words
from clinicdesk.domain.languages import language_name
from clinicdesk.domain.sheets import Approval, TextFile


def approval_words(approvals: Iterable[Approval]) -> str:
    """``Dr A. Okafor, 20 Nov 2026``; several parted by semicolons."""
    return "; ".join(f"{approval.by}, {day_words(approval.on)}" for approval in approvals)


def lacking_words(file: str, instead: str) -> str:
    """That a text is not there in the language wanted, and which file would be it.

    ``file`` as ``consent/fr/tpi.toml``; ``instead``: the code of the language taken.
    """
    wanted = language_name(file.split("/")[1])
    return f"There is no text in {wanted} yet ({file}). The sheet is in {language_name(instead)}."


def outdated_words(file: TextFile) -> str:
    """What to do with a text whose original has changed."""
    return (
        "lies over a text of ours that has changed since. Compare the two, then write "
        f'made_from = "{file.ours}"'
    )


def own_words(file: TextFile) -> str:
    """How one of the clinic's own texts stands, and what to write into it."""
    said = [_approved_words(file)]
    if file.outdated:
        said.insert(0, outdated_words(file))
    elif file.unmarked:
        said.append(f'does not say which of ours it was made from (made_from = "{file.ours}")')
    return "; ".join(said)


def _approved_words(file: TextFile) -> str:
    if file.approval is None:
        return "not approved"
    who = approval_words((file.approval,))
    if file.lapsed:
        return f'changed since it was approved by {who} (its seal now: "{file.seal}")'
    if not file.sealed:
        return f'approved by {who}, without a seal (seal = "{file.seal}")'
    return f"approved by {who}"

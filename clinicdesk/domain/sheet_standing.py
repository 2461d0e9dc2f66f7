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
    if file.outdated:
        return outdated_words(file)
    if file.lapsed and file.approval is not None:
        return (
            f"says something else since it was approved ({approval_words((file.approval,))}). "
            f'Approved anew, it says seal = "{file.seal}"'
        )
    if file.unmarked:
        return f'does not say which text of ours it was made from: made_from = "{file.ours}"'
    if file.approval is None:
        return "not approved"
    if not file.sealed:
        return (
            f"approved by {approval_words((file.approval,))}. So that a later change is noticed, "
            f'write seal = "{file.seal}" under [approved]'
        )
    return f"approved by {approval_words((file.approval,))}"

"""How the texts of sheets stand, in sentences: approved or not, changed since, missing."""

from __future__ import annotations

from collections.abc import Iterable

from clinicdesk.domain.dates import day_words
from clinicdesk.domain.languages import language_name
from clinicdesk.domain.sheets import AFTERCARE, CONSENT, Approval, TextFile
from clinicdesk.domain.translation import _


def approval_words(approvals: Iterable[Approval]) -> str:
    """``Dr A. Okafor, 20 Nov 2026``; several parted by semicolons."""
    return "; ".join(f"{approval.by}, {day_words(approval.on)}" for approval in approvals)


def lacking_words(file: str, instead: str) -> str:
    """That a text is not there in the language wanted, as whoever hands out the sheet says it.

    ``file`` as ``consent/fr/tpi.toml``; ``instead``: the code of the language taken.
    """
    return _("This sheet is not written in {wanted} yet: it is in {taken}.").format(
        wanted=language_name(file.split("/")[1]), taken=language_name(instead)
    )


def waits_words(dangers: Iterable[str], kind: str = CONSENT) -> str:
    """That a sheet is printed before a physician has answered, as the desk is told.

    ``dangers``: the sentences of the checks; ``kind``: ``consent`` or ``aftercare``.
    """
    if kind == AFTERCARE:
        return _(
            "Waits for the physician's answer: {dangers} Nothing is logged yet, so the sheet "
            "tells of no steroid: print it again once the procedure is logged."
        ).format(dangers=" ".join(dangers))
    return _(
        "Waits for the physician's answer: {dangers} The sheet says that it is not settled yet: "
        "print it again once it is answered."
    ).format(dangers=" ".join(dangers))


def lacking_file(file: str) -> str:
    """Which file would be the text that is missing, for whoever looks after the texts."""
    return _("Missing text: {file}").format(file=file)


def outdated_words(file: TextFile) -> str:
    """What to do with a text whose original has changed."""
    return _(
        "lies over a text of ours that has changed since. Compare the two, then write "
        'made_from = "{ours}"'
    ).format(ours=file.ours)


def own_words(file: TextFile) -> str:
    """How one of the clinic's own texts stands, and what to write into it."""
    said = [_approved_words(file)]
    if file.outdated:
        said.insert(0, outdated_words(file))
    elif file.unmarked:
        said.append(
            _('does not say which of ours it was made from (made_from = "{ours}")').format(
                ours=file.ours
            )
        )
    return "; ".join(said)


def _approved_words(file: TextFile) -> str:
    if file.approval is None:
        return _("not approved")
    who = approval_words((file.approval,))
    if file.lapsed:
        return _('changed since it was approved by {who} (its seal now: "{seal}")').format(
            who=who, seal=file.seal
        )
    if not file.sealed:
        return _('approved by {who}, without a seal (seal = "{seal}")').format(
            who=who, seal=file.seal
        )
    return _("approved by {who}").format(who=who)

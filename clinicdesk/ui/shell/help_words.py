"""What F1 tells beside the keys: words that stand on a page, and the first day of a role."""

from __future__ import annotations

from collections.abc import Iterable

from clinicdesk.domain.permissions import Role
from clinicdesk.domain.procedures import Procedure
from clinicdesk.domain.readings import Scale
from clinicdesk.domain.translation import _

Line = tuple[str, str]
"""A key or word, and what it does or means."""

MORE_KEYS: dict[str, tuple[Line, ...]] = {
    "schedule": (
        ("← ↑ → ↓", _("Go through the day; on free time, through its slots")),
        (_("Enter"), _("Open what is under the cursor, or book there")),
        ("M", _("Move the appointment with the arrows; Enter drops it, Esc puts it back")),
    ),
    "due": (
        ("↑ ↓", _("Go through the rows")),
        (_("Space"), _("Tick the row")),
        ("Ctrl+A", _("Tick all that are on show")),
        (_("Enter"), _("Start calling")),
        ("1 … 9", _("While calling: how the call ended")),
    ),
    "settle": ((_("Enter"), _("Take the next step of the row")),),
    "payers": (
        (_("Enter"), _("Choose a pack for the payer")),
        (_("Del"), _("Take the chosen pack back")),
    ),
}
"""By page: keys that its list answers to itself."""

_RECORD = (("MRN", _("The number of a patient's record in this clinic (medical record number)")),)
_PROCEDURES = (
    ("ESI", _("Epidural steroid injection: beside the nerves within the spine")),
    (_("C-arm"), _("The X-ray machine that shows the needle; it is booked like a room")),
)
"""Beside the names of the catalogue's procedures."""
_RULES = (
    (_("Pack"), _("A file of rules: how soon which injection may be repeated, and who says so")),
    (_("Payer"), _("Who pays: an insurance, Medicare, the NHS, or the patient")),
    ("LCD", _("Local coverage determination: what Medicare pays for in a region")),
)
_BLEEDING = (
    ("INR", _("How long blood takes to clot, against normal 1; asked of warfarin")),
    (_("Hold"), _("To leave a blood thinner out before a needle; restart: to take it again")),
)
WORDS: dict[str, tuple[Line, ...]] = {
    "schedule": (*_RECORD, *_PROCEDURES, *_BLEEDING),
    "patients": (*_RECORD, *_PROCEDURES),
    "log": (*_PROCEDURES, *_BLEEDING),
    "due": (*_RECORD, *_PROCEDURES),
    "settle": (*_BLEEDING, *_PROCEDURES),
    "documents": (*_RECORD, *_PROCEDURES),
    "import": _RECORD,
    "payers": _RULES,
}
"""By page: its short words, but for those of the catalogue."""
_NAMING_NONE = ("import", "payers")
_SCORING = ("patients", "log", "due")


def words_of(
    page: str, procedures: Iterable[Procedure], scales: Iterable[Scale]
) -> tuple[Line, ...]:
    """The short words of a page; those of procedures and scales as the catalogue tells them."""
    named: tuple[Line, ...] = ()
    if page in WORDS and page not in _NAMING_NONE:
        named = tuple((each.short, f"{each.name}. {each.plain}.") for each in procedures)
    scored = tuple((scale.key, scale.name) for scale in scales) if page in _SCORING else ()
    return (*WORDS.get(page, ()), *named, *scored)


FIRST_DAY: dict[Role, tuple[str, ...]] = {
    Role.FRONT_DESK: (
        _("The schedule opens on today. Ctrl+K finds a patient: type a part of the name."),
        _("Somebody calls for an appointment: N, the patient, the procedure, the site. What stands "
          "under it says whether it may be repeated yet, and from when. Ctrl+Enter books."),
        _("Somebody arrives: click the block, I checks in and asks what has to be asked."),
        _("P prints the consent sheet, A the after-care sheet."),
        _("In a quiet hour: Ctrl+4, the due list. Enter starts calling, a digit says how a call "
          "ended."),
        _("You go for lunch: Ctrl+L. What you were typing is there when you come back."),
    ),
    Role.NURSE: (
        _("The schedule opens on today. I checks a patient in and asks about allergies, blood "
          "thinners, glucose and pain."),
        _("Ctrl+5, To settle: blood thinners that wait for the prescriber or the patient. Enter "
          "takes the next step."),
        _("A prints the after-care sheet, in the patient's language where there is a text."),
    ),
    Role.PHYSICIAN: (
        _("The schedule opens on today. Click a block: it shows the patient and what is not "
          "settled."),
        _("Ctrl+5, To settle: dangers that wait for your answer before the day begins."),
        _("After the procedure: L on the block. The log comes filled in with what was planned; "
          "change what was different, then Ctrl+Enter signs it with your password."),
        _("What is signed stays as it was. A correction is an addendum, on the same page."),
        _("Drafts save themselves: Ctrl+3 lists what is not signed yet."),
    ),
    Role.MANAGER: (
        _("Ctrl+7, Import: the patients of the program you had before, from a CSV file. Nothing "
          "is written before you have seen what would be."),
        _("Ctrl+8, Payers: which rules go with which payer. Those that nobody has mapped stand "
          "first."),
        _("Ctrl+K and “products”: hide the drugs you do not stock."),
        _("First passwords that you give are changed by their owners at the first sign-in."),
        _("Who did what: on the command line, clinicdesk --user NAME audit verify."),
        _("Looking after the computers: where the data is, how it is backed up and what the "
          "command line does stands in README.md, under For IT. clinicdesk doctor says what is "
          "amiss, and names the log file."),
    ),
}  # fmt: skip
"""By role, in the order of a day."""

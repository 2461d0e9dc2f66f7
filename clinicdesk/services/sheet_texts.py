"""The texts of sheets, ours with the clinic's own over them, and what of them is approved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.procedures import Procedure
from clinicdesk.domain.rows.documents import SheetStanding, TextsStanding
from clinicdesk.domain.sheets import SheetTexts
from clinicdesk.domain.translation import _
from clinicdesk.services.context import Clinic, Work, ask, everybody

if TYPE_CHECKING:
    from clinicdesk.catalogue.sheet_library import SheetLibrary

_libraries: WeakKeyDictionary[Clinic, SheetLibrary] = WeakKeyDictionary()
_KINDS = {"consent": _("Consent"), "aftercare": _("After-care")}


def read_library(procedures: Mapping[str, Procedure]) -> SheetLibrary:
    """The texts on this computer; raises Malformed with file and line."""
    from clinicdesk.catalogue.sheets import installed_sheets

    return installed_sheets(procedures)


def remember(clinic: Clinic, read: SheetLibrary) -> None:
    """The texts that were read for a clinic before it was opened."""
    _libraries[clinic] = read


@everybody(_("the texts of the sheets; nothing of a patient"))
def library(clinic: Clinic) -> SheetLibrary:
    """The clinic's sheet texts, read once; raises Malformed with file and line."""
    if clinic not in _libraries:
        remember(clinic, read_library(clinic.catalogue.procedures))
    return _libraries[clinic]


@everybody(_("the languages of the texts; nothing of a patient"))
def languages(clinic: Clinic) -> tuple[str, ...]:
    """The languages that the text files give, by code."""
    return tuple(library(clinic).words)


@ask(Permission.PRINT)
def standing(work: Work) -> TextsStanding:
    """What is approved and what is not, for the documents page."""
    return standing_of(library(work.clinic), work.catalogue.procedures)


def installed_standing() -> TextsStanding:
    """The same for this computer, without a clinic; raises Malformed with file and line."""
    from clinicdesk.catalogue.loader import installed_catalogue

    procedures = installed_catalogue().procedures
    return standing_of(read_library(procedures), procedures)


def standing_of(texts: SheetLibrary, procedures: Mapping[str, Procedure]) -> TextsStanding:
    """How every sheet and letter stands, in the catalogue's order."""
    sheets = [
        _of(f"{name}, {procedure.name}", found, texts)
        for kind, name in _KINDS.items()
        for key, procedure in procedures.items()
        for code in texts.words
        if (found := texts.texts.get((kind, code, key))) is not None
    ]
    letters = [_of(_("Recall letter"), letter, texts) for letter in texts.letters.values()]
    own = tuple(file for file in texts.files() if file.own)
    return TextsStanding((*sheets, *letters), own)


def _of(name: str, found: SheetTexts, texts: SheetLibrary) -> SheetStanding:
    return SheetStanding(
        name=name,
        language=texts.words[found.language],
        approvals=found.approvals,
        open=tuple(file.name for file in found.files if not file.approved),
        own=any(file.own and not file.name.startswith("words/") for file in found.files),
    )

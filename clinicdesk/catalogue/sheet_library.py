"""All texts of sheets, ready to be picked by kind, procedure and language."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from clinicdesk.catalogue.sheet_files import RECALL
from clinicdesk.domain.errors import NotFound
from clinicdesk.domain.sheets import LetterTexts, LocalHelp, Meanings, SheetTexts, TextFile
from clinicdesk.domain.translation import _

_FALLBACK = "en"


@dataclass(frozen=True)
class SheetLibrary:
    """All texts, ready to be picked.

    Attributes:
        texts: by kind, language and procedure id.
        languages: code to its own name, in the order of the files, where there is any sheet.
        letters: recall letters by language.
        words: every language that has words, with its own name.
        fallback: the language that is taken where there is no other.
        meanings: what words of a record mean for a sheet.
        countries: whom people call, by ISO code.
    """

    texts: Mapping[tuple[str, str, str], SheetTexts]
    languages: Mapping[str, str]
    letters: Mapping[str, LetterTexts] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    fallback: str = _FALLBACK
    meanings: Meanings = field(default_factory=Meanings)
    countries: Mapping[str, LocalHelp] = field(default_factory=dict)

    def help_in(self, country: str) -> LocalHelp:
        """Whom people call in a country; of one that nobody described, no number is made up."""
        return self.countries.get(country, LocalHelp())

    def letter(self, language: str, procedures: Collection[str] = ()) -> LetterTexts:
        """The recall letter in ``language``, else in English (``.language`` says which).

        A letter that has no words for one of ``procedures`` is passed over while another has.
        """
        for code in _codes(language):
            found = self.letters.get(code)
            if found and (code == _FALLBACK or found.treatments.keys() >= set(procedures)):
                return found
        raise NotFound(
            _(
                "There is no text for this letter yet ({recall}/{code}.toml). Write it by hand."
            ).format(recall=RECALL, code=self._code(language))
        )

    def letter_lacks(self, language: str, procedures: Collection[str] = ()) -> str:
        """What is missing for this letter in ``language``: a file, or a table in it; empty: none"""
        code = self._code(language)
        if code not in self.letters:
            return f"{RECALL}/{code}.toml"
        known = self.letters[code].treatments
        missing = [f'[treatment."{name}"]' for name in procedures if name not in known]
        return (
            _("{recall}/{code}.toml, {missing}").format(
                recall=RECALL, code=code, missing=", ".join(missing)
            )
            if missing
            else ""
        )

    def pick(self, kind: str, procedure: str, language: str) -> SheetTexts:
        """The texts in ``language``, else in English (``.language`` says which).

        Raises NotFound when there are none for the procedure.
        """
        for code in _codes(language):
            found = self.texts.get((kind, code, procedure))
            if found:
                return found
        raise NotFound(
            _(
                "There is no text for this sheet and procedure yet "
                "({kind}/{code}/{procedure}.toml). Print it from paper."
            ).format(kind=kind, code=self._code(language), procedure=procedure)
        )

    def lacks(self, kind: str, procedure: str, language: str) -> str:
        """The file that is missing for this sheet in ``language``; empty where it is there."""
        found = any((kind, code, procedure) in self.texts for code in _own_codes(language))
        return "" if found else f"{kind}/{self._code(language)}/{procedure}.toml"

    def nearest(self, language: str) -> str:
        """The language of sheets in which to begin for somebody who speaks ``language``."""
        return next((code for code in _codes(language) if code in self.languages), _FALLBACK)

    def speaks(self, kind: str, procedure: str) -> tuple[str, ...]:
        """Languages in which the sheet exists for the procedure."""
        return tuple(code for code in self.languages if (kind, code, procedure) in self.texts)

    def files(self) -> tuple[TextFile, ...]:
        """Every file that a sheet or letter is made of, by name."""
        made = (*self.texts.values(), *self.letters.values())
        found = {file.name: file for texts in made for file in texts.files}
        return tuple(found[name] for name in sorted(found))

    def _code(self, language: str) -> str:
        """The language as its files are called: as asked where it has words, else in short."""
        return next((c for c in _own_codes(language) if c in self.words), _own_codes(language)[-1])


def _own_codes(language: str) -> tuple[str, ...]:
    """``es-MX``, ``es``."""
    return (language, language.split("-", maxsplit=1)[0])


def _codes(language: str) -> tuple[str, ...]:
    """Where to look, in this order: ``es-MX``, ``es``, and English at last."""
    return (*_own_codes(language), _FALLBACK)

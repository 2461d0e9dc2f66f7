"""Every sentence a person sees passes through here.

English is the source: without ``install`` a sentence comes back as it stands, and nothing is
loaded. The language is chosen once, before the modules that hold sentences are imported
(``clinicdesk.language``), since their tables are made at import: another language needs a restart.

Write ``_("Save {name}.").format(name=name)``, never an f-string inside ``_()``: translators find
the sentence, not its pieces. Where the words follow a number:
``_n("{n} row", "{n} rows", n).format(n=n)``. Where one English word means two things:
``_p("side of the body", "left")``.
"""

from __future__ import annotations

from typing import Protocol


class Translations(Protocol):
    """What ``gettext.GNUTranslations`` and the pseudo-language have in common."""

    def gettext(self, message: str, /) -> str:
        """The sentence in the language."""

    def ngettext(self, msgid1: str, msgid2: str, n: int, /) -> str:
        """The form of the sentence that ``n`` takes."""

    def pgettext(self, context: str, message: str, /) -> str:
        """The sentence where ``context`` tells two meanings apart."""


SOURCE = "en"
_installed: Translations | None = None
_language = SOURCE


def install(translations: Translations | None, code: str = SOURCE) -> None:
    """Takes the sentences of a language, ``es`` or ``es_MX``; English with None."""
    global _installed, _language  # noqa: PLW0603 - one language for the whole program
    _installed = translations
    _language = code


def language() -> str:
    """The code of the language in force."""
    return _language


def _(message: str) -> str:
    """The sentence in the person's language."""
    return message if _installed is None else _installed.gettext(message)


def _n(one: str, many: str, n: int) -> str:
    """The sentence that fits the number ``n``."""
    if _installed is None:
        return one if n == 1 else many
    return _installed.ngettext(one, many, n)


def _p(context: str, message: str) -> str:
    """The sentence, told apart by ``context`` (never shown) from one that reads the same."""
    return message if _installed is None else _installed.pgettext(context, message)


def made_name(context: str, name: str) -> str:
    """A name that no template lists: only a language made by rule, the pseudo-language, has it."""
    return name if _installed is None else _installed.pgettext(context, name)

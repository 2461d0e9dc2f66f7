"""Which language the program speaks, chosen before anything that holds a sentence is imported.

English is the source and stands in the code: nothing is read for it. Another language is one text
file, ``resources/i18n/<language>/LC_MESSAGES/clinicdesk.po``, read as it is: no build step. Tables
of words are made when their modules are imported, so a change of language needs a restart.
"""

from __future__ import annotations

import logging
import os
import re
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

from clinicdesk.catalogue import resources
from clinicdesk.domain.translation import SOURCE, Translations, install
from clinicdesk.ui import preferences

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

VARIABLE = "CLINICDESK_LANGUAGE"
DOMAIN = "clinicdesk"

log = logging.getLogger(__name__)


def begin() -> str:
    """Takes the language wanted into use; the code of the one that is, ``en`` if there is none."""
    wanted = os.environ.get(VARIABLE) or preferences.load().language
    for code in _candidates(wanted):
        if code == SOURCE:
            break
        translations = find(code, resources.root() / "i18n")
        if translations is not None:
            install(translations, code)
            return code
    else:
        if wanted:
            log.warning("there is no language %r here: English it is", wanted)
    install(None)
    return SOURCE


def find(code: str, folder: Path) -> Translations | None:
    """The sentences of a language; None if there is no file of it, or it cannot be read."""
    from clinicdesk import pseudo

    if code == pseudo.CODE:
        return pseudo.PseudoTranslations()
    path = folder / code / "LC_MESSAGES" / f"{DOMAIN}.po"
    if not path.is_file():
        return None
    from babel.messages.pofile import PoFileError, read_po

    try:
        with path.open("rb") as file:
            catalog = read_po(file, locale=code, domain=DOMAIN, abort_invalid=True)
    except (OSError, ValueError, PoFileError) as error:
        log.warning("the language %s was not read: %s", code, error)
        return None
    return compiled(catalog)


def compiled(catalog: Catalog) -> GNUTranslations:
    """A catalogue as gettext takes it; what would break a sentence stays English."""
    from babel.messages.mofile import write_mo

    for message in catalog:
        if message.id and not fits(message):
            log.warning("not translated, its placeholders differ: %r", message.id)
            message.string = ("", "") if message.pluralizable else ""
    made = BytesIO()
    write_mo(made, catalog)
    made.seek(0)
    return GNUTranslations(made)


def fits(message: Message) -> bool:
    """Whether a translation asks for nothing that the English does not give it."""
    sources = message.id if isinstance(message.id, tuple | list) else (message.id,)
    targets = message.string if isinstance(message.string, tuple | list) else (message.string,)
    try:
        given = set().union(*map(_placeholders, sources))
        return all(_placeholders(target) <= given for target in targets if target)
    except ValueError:
        return False


def _placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def _candidates(wanted: str) -> tuple[str, ...]:
    """``es_MX`` and then ``es``; nothing for what is no language code (it becomes a path)."""
    code = wanted.strip().replace("-", "_")
    if not re.fullmatch(r"[A-Za-z]{2,3}(_[A-Za-z0-9]{2,8})*", code):
        return ()
    return (code, code.split("_")[0]) if "_" in code else (code,)

"""The sentences of ClinicDesk for translators; run it with the Python of the environment.

    python packaging/words.py extract        writes resources/i18n/clinicdesk.pot from the code
    python packaging/words.py update es      brings a language's .po up to it (new ones are begun)

What changed a little is marked fuzzy in the .po and stays English until somebody has looked.
"""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "i18n"
TEMPLATE = FOLDER / "clinicdesk.pot"
KEYWORDS = {"_": None, "_n": (1, 2), "_p": ((1, "c"), 2)}


def catalogue() -> Catalog:
    """Every sentence of the code, with the files it stands in (no lines: they would only churn)."""
    made = Catalog(domain="clinicdesk", project="ClinicDesk", charset="utf-8")
    found = extract_from_dir(
        ROOT / "clinicdesk",
        [("**.py", "python")],
        keywords=KEYWORDS,
        comment_tags=("Translators:",),
    )
    for name, _, message, comments, context in found:
        made.add(
            message, None, [(f"clinicdesk/{name}", 1)], auto_comments=comments, context=context
        )
    return made


def extract() -> None:
    """Writes the template."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with TEMPLATE.open("wb") as file:
        write_po(
            file, catalogue(), width=100, include_lineno=False, omit_header=True, sort_by_file=True
        )


def update(language: str) -> None:
    """Brings one language up to the code; what is translated stays."""
    path = FOLDER / language / "LC_MESSAGES" / "clinicdesk.po"
    if path.is_file():
        with path.open("rb") as file:
            own = read_po(file, locale=language, domain="clinicdesk")
    else:
        own = Catalog(locale=language, domain="clinicdesk", project="ClinicDesk")
    own.update(catalogue(), update_header_comment=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, own, width=100, include_lineno=False, sort_by_file=True)


def main(arguments: list[str]) -> int:
    """0 when done, 2 for what it does not know."""
    match arguments:
        case ["extract"]:
            extract()
        case ["update", language]:
            extract()
            update(language)
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""A rule pack and JSON files as a command names them."""

from __future__ import annotations

from pathlib import Path

from clinicdesk.catalogue.loader import installed_packs, installed_vocabulary
from clinicdesk.catalogue.packs import read_pack
from clinicdesk.catalogue.strict import read
from clinicdesk.domain.errors import Malformed, NotFound
from clinicdesk.domain.json_reading import CaseError, load_json
from clinicdesk.domain.sizes import JSON_BYTES, read_up_to
from clinicdesk.domain.translation import _
from clinicdesk.rules.pack import Pack


def named_pack(text: str) -> Pack:
    """The pack of a ``.toml`` file, else the one of that id, shipped or the clinic's own.

    A file stands for itself, so that a pack can be tried before it is installed.

    Raises:
        Malformed: a pack that cannot be read, with file and line.
        NotFound: no such pack.
    """
    path, vocabulary = Path(text), installed_vocabulary()
    if path.suffix.casefold() == ".toml" or len(path.parts) > 1:
        return read_pack(read(path), vocabulary)
    packs = installed_packs(vocabulary)
    if text not in packs:
        raise NotFound(
            _(
                "There is no rule pack “{text}”. Known are: {packs}. "
                "Or name a file that ends in .toml."
            ).format(text=text, packs=", ".join(packs))
        )
    return packs[text]


def json_file(path: Path) -> object:
    """What a JSON file holds, with exact decimals; raises CaseError at ``$``."""
    try:
        text = read_up_to(path, JSON_BYTES).decode("utf-8-sig")
    except OSError as error:
        raise CaseError(
            "$", _("cannot be read ({strerror})").format(strerror=error.strerror or error)
        ) from error
    except Malformed as error:
        most = JSON_BYTES // 1024
        raise CaseError(
            "$", _("expected at most {most} KB. Split it.").format(most=most)
        ) from error
    except UnicodeDecodeError as error:
        raise CaseError("$", _("expected JSON in UTF-8")) from error
    return load_json(text)

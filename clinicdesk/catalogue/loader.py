"""Loads the whole catalogue: ``catalogue/*.toml`` and ``rules/*.toml``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from clinicdesk.catalogue import own, resources
from clinicdesk.catalogue.anticoagulants import read_anticoagulants
from clinicdesk.catalogue.due_terms import due_terms, read_terms
from clinicdesk.catalogue.families import check_visits, read_families
from clinicdesk.catalogue.model import Catalogue
from clinicdesk.catalogue.packs import load_packs
from clinicdesk.catalogue.places import load_places
from clinicdesk.catalogue.procedures import check_aims, placed, read_groups, read_procedures
from clinicdesk.catalogue.products import read_limits, read_products
from clinicdesk.catalogue.scales import read_scales
from clinicdesk.catalogue.strict import Table, read
from clinicdesk.domain.errors import Malformed
from clinicdesk.domain.procedures import Product
from clinicdesk.domain.translation import _
from clinicdesk.domain.vocabulary import Vocabulary
from clinicdesk.rules.pack import Pack

__all__ = [
    "Catalogue",
    "installed_catalogue",
    "installed_packs",
    "installed_vocabulary",
    "load_catalogue",
]

T = TypeVar("T")


def installed_catalogue() -> Catalogue:
    """What the program works with: ours with the clinic's own laid over it; raises Malformed."""
    return load_catalogue(overlay=own.overlay())


def installed_vocabulary() -> Vocabulary:
    """Procedures, groups and families alone, ours and the clinic's own; raises Malformed."""
    return _vocabulary(_Files(_folders()))


def installed_packs(vocabulary: Vocabulary) -> dict[str, Pack]:
    """The rule packs alone, ours and the clinic's own, by id; raises Malformed."""
    return load_packs(vocabulary, *(each / "rules" for each in _folders()))


def _folders() -> list[Path]:
    folder = own.overlay()
    return [resources.root()] if folder is None else [resources.root(), folder]


def load_catalogue(root: Path | None = None, overlay: Path | None = None) -> Catalogue:
    """Read everything, strictly.

    Args:
        root: the folder of resources; None for those that came with the program.
        overlay: a clinic's own folder of the same shape; its entries replace ours by
            key and may be added, file by file; files left out stay ours.

    Raises:
        Malformed: with file, line and what was expected.
    """
    folders = [root or resources.root()]
    if overlay is not None:
        if not overlay.is_dir():
            raise Malformed(
                _("{overlay}: the clinic's own catalogue folder is not there.").format(
                    overlay=overlay
                )
            )
        folders.append(overlay)
    files = _Files(folders)
    products = files.merged("medications", "products", read_products)
    vocabulary = _vocabulary(files, products)
    packs = load_packs(vocabulary, *(folder / "rules" for folder in folders))
    catalogue = Catalogue(
        version="+".join(files.versions("procedures")),
        vocabulary=vocabulary,
        products=MappingProxyType(products),
        packs=MappingProxyType(packs),
        anticoagulants=MappingProxyType(
            files.merged("anticoagulants", "drugs", read_anticoagulants)
        ),
        complications=MappingProxyType(
            files.merged("complications", "complications", _complications)
        ),
        limits=MappingProxyType(files.merged("medications", "limits", read_limits)),
        guideline=files.guideline(),
    )
    files.done()
    return catalogue


def _vocabulary(files: _Files, products: Mapping[str, Product] | None = None) -> Vocabulary:
    """Families, groups and procedures; what one entry says of another is checked at the end."""
    known = files.merged("medications", "products", read_products) if products is None else products
    families = files.merged("families", "families", read_families)
    files.each("families", "families", lambda part: check_visits(part, families))
    groups = files.merged("procedures", "groups", read_groups)
    procedures = files.merged(
        "procedures", "procedures", lambda part: read_procedures(part, groups, families, known)
    )
    files.each("procedures", "procedures", lambda part: check_aims(part, procedures))
    procedures = placed(procedures, load_places(files.folders))
    return Vocabulary(
        groups=MappingProxyType(groups),
        families=MappingProxyType(families),
        procedures=MappingProxyType(procedures),
        scales=MappingProxyType(files.merged("scales", "scales", read_scales)),
        due=due_terms(files.merged("due", "terms", read_terms)),
    )


def _complications(table: Table) -> dict[str, str]:
    labels = {}
    for key, part in table.each():
        labels[key] = part.text("label")
        part.done()
    return labels


class _Files:
    """The catalogue's files of all folders, each read once."""

    _NAMES = (
        *(
            "families",
            "medications",
            "procedures",
            "anticoagulants",
            "complications",
            "due",
            "scales",
        ),
    )

    def __init__(self, folders: list[Path]) -> None:
        self.folders = folders
        self._tables: dict[str, list[Table]] = {name: [] for name in self._NAMES}
        self._versions: dict[str, list[str]] = {name: [] for name in self._NAMES}
        for position, folder in enumerate(folders):
            own.toml_files(folder / "catalogue", self._NAMES)
            for name in self._NAMES:
                path = folder / "catalogue" / f"{name}.toml"
                if position == 0 or path.exists():
                    table = read(path)
                    self._tables[name].append(table)
                    self._versions[name].append(table.text("version"))

    def merged(self, name: str, part: str, reader: Callable[[Table], dict[str, T]]) -> dict[str, T]:
        """One table of a file, later folders' entries laid over earlier ones."""
        result: dict[str, T] = {}
        self.each(name, part, lambda below: result.update(reader(below)))
        return result

    def each(self, name: str, part: str, act: Callable[[Table], None]) -> None:
        """One table of a file, folder by folder; only the first folder must have it."""
        for position, table in enumerate(self._tables[name]):
            below = table.table(part) if position == 0 else table.maybe_table(part)
            if below is not None:
                act(below)

    def versions(self, name: str) -> list[str]:
        return self._versions[name]

    def guideline(self) -> str:
        """The name of the guideline that the holds follow; the last folder's word counts."""
        words = [table.text("guideline", "") for table in self._tables["anticoagulants"]]
        return next((word for word in reversed(words) if word), "")

    def done(self) -> None:
        for tables in self._tables.values():
            for table in tables:
                table.done()

"""Loads the whole catalogue: ``catalogue/*.toml`` and ``rules/*.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from clinicdesk.catalogue import own, resources
from clinicdesk.catalogue.due_terms import due_terms, read_terms
from clinicdesk.catalogue.families import check_visits, read_families
from clinicdesk.catalogue.files import Files
from clinicdesk.catalogue.measures import read_measures
from clinicdesk.catalogue.model import Catalogue
from clinicdesk.catalogue.packs import load_packs
from clinicdesk.catalogue.payers import load_hints
from clinicdesk.catalogue.places import load_places
from clinicdesk.catalogue.procedures import check_aims, placed, read_groups, read_procedures
from clinicdesk.catalogue.products import read_limits, read_products
from clinicdesk.catalogue.safety import load_knowledge
from clinicdesk.catalogue.safety_reasons import check_other, hold_terms, read_reasons, read_waits
from clinicdesk.catalogue.scales import read_scales
from clinicdesk.catalogue.site_names import check_names, read_sites, with_names
from clinicdesk.catalogue.strict import Table
from clinicdesk.domain.errors import Malformed
from clinicdesk.domain.procedures import Product
from clinicdesk.domain.translation import _
from clinicdesk.domain.vocabulary import Vocabulary
from clinicdesk.rules.pack import Pack
from clinicdesk.safety.knowledge import Knowledge

__all__ = [
    "Catalogue",
    "installed_catalogue",
    "installed_packs",
    "installed_safety",
    "installed_vocabulary",
    "load_catalogue",
]


def installed_catalogue() -> Catalogue:
    """What the program works with: ours with the clinic's own laid over it; raises Malformed."""
    return load_catalogue(overlay=own.overlay())


def installed_vocabulary() -> Vocabulary:
    """Procedures, groups and families alone, ours and the clinic's own; raises Malformed."""
    return _vocabulary(Files(_folders()))


def installed_packs(vocabulary: Vocabulary) -> dict[str, Pack]:
    """The rule packs alone, ours and the clinic's own, by id; raises Malformed."""
    return load_packs(vocabulary, *(each / "rules" for each in _folders()))


def installed_safety() -> Knowledge:
    """What the safety checks know, without the rule packs; raises Malformed."""
    files = Files(_folders())
    products = files.merged("medications", "products", read_products)
    limits = files.merged("medications", "limits", read_limits)
    return load_knowledge(files, _vocabulary(files, products), products, limits)


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
    if root is None and overlay is None:
        return _shipped(resources.root())
    return _load(root or resources.root(), overlay)


@cache
def _shipped(root: Path) -> Catalogue:
    # What came with the program does not change while it runs; a clinic's own files may.
    return _load(root, None)


def _load(root: Path, overlay: Path | None) -> Catalogue:
    folders = [root]
    if overlay is not None:
        if not overlay.is_dir():
            raise Malformed(
                _("{overlay}: the clinic's own catalogue folder is not there.").format(
                    overlay=overlay
                )
            )
        folders.append(overlay)
    files = Files(folders)
    products = files.merged("medications", "products", read_products)
    vocabulary = _vocabulary(files, products)
    limits = files.merged("medications", "limits", read_limits)
    packs = load_packs(vocabulary, *(folder / "rules" for folder in folders))
    reasons = files.merged("reasons", "reasons", read_reasons)
    files.each("reasons", "reasons", lambda part: check_other(part, reasons))
    catalogue = Catalogue(
        version="+".join(files.versions("procedures")),
        vocabulary=vocabulary,
        products=MappingProxyType(products),
        packs=MappingProxyType(packs),
        payer_hints=load_hints(files, packs),
        complications=MappingProxyType(
            files.merged("complications", "complications", _complications)
        ),
        limits=MappingProxyType(limits),
        safety=load_knowledge(files, vocabulary, products, limits),
        safety_reasons=MappingProxyType(reasons),
        hold_terms=hold_terms(files.merged("reasons", "tracking", read_waits)),
        measures=MappingProxyType(
            files.merged(
                "measures", "measures", lambda part: read_measures(part, vocabulary.scales)
            )
        ),
    )
    files.done()
    return catalogue


def _vocabulary(files: Files, products: Mapping[str, Product] | None = None) -> Vocabulary:
    """Families, groups and procedures; what one entry says of another is checked at the end."""
    known = files.merged("medications", "products", read_products) if products is None else products
    families = files.merged("families", "families", read_families)
    files.each("families", "families", lambda part: check_visits(part, families))
    groups = files.merged("procedures", "groups", read_groups)
    procedures = files.merged(
        "procedures", "procedures", lambda part: read_procedures(part, groups, families, known)
    )
    files.each("procedures", "procedures", lambda part: check_aims(part, procedures))
    sites = files.merged("sites", "sites", read_sites)
    files.each("sites", "sites", lambda part: check_names(part, sites, procedures))
    procedures, names = with_names(procedures, sites)
    procedures = placed(procedures, load_places(files.folders))
    return Vocabulary(
        groups=MappingProxyType(groups),
        families=MappingProxyType(families),
        procedures=MappingProxyType(procedures),
        scales=MappingProxyType(files.merged("scales", "scales", read_scales)),
        due=due_terms(files.merged("due", "terms", read_terms)),
        names=names,
    )


def _complications(table: Table) -> dict[str, str]:
    labels = {}
    for key, part in table.each():
        labels[key] = part.text("label")
        part.done()
    return labels

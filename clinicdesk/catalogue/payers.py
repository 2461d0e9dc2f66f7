"""Reads ``payers.toml``: what is suggested for a payer that nobody mapped yet."""

from __future__ import annotations

from collections.abc import Mapping

from clinicdesk.catalogue.files import Files
from clinicdesk.catalogue.strict import Table
from clinicdesk.domain.payers import payer_key
from clinicdesk.domain.translation import _
from clinicdesk.rules.pack import Pack
from clinicdesk.rules.payer_hints import Apart, PayerHints


def load_hints(files: Files, packs: Mapping[str, Pack]) -> PayerHints:
    """The hints of all folders, those of packs that are not installed left out."""
    names = files.merged("payers", "packs", _names)
    apart = files.merged("payers", "apart", _apart)
    return PayerHints(
        names={pack: known for pack, known in names.items() if pack in packs},
        apart=tuple(apart.values()),
    )


def _names(table: Table) -> dict[str, tuple[str, ...]]:
    found = {}
    for pack, part in table.each():
        found[pack] = _said(part, "names")
        _sourced(part)
    return found


def _apart(table: Table) -> dict[str, Apart]:
    found = {}
    for key, part in table.each():
        found[key] = Apart(key, _said(part, "parts"), part.text("because"))
        _sourced(part)
    return found


def _said(part: Table, key: str) -> tuple[str, ...]:
    texts = part.texts(key)
    if not all(payer_key(text) for text in texts):
        part.fail(key, _("expected names, none of them empty."))
    return texts


def _sourced(part: Table) -> None:
    part.text("source")
    part.flag("verify", default=False)
    part.done()

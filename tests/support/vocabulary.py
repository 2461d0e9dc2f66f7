"""The vocabulary as it is shipped, for tests that need no whole catalogue."""

from __future__ import annotations

from typing import Any

from clinicdesk.catalogue.loader import load_catalogue
from clinicdesk.domain.anatomy import Site, site_for
from clinicdesk.rules.case import Case
from clinicdesk.rules.parse import parse_case
from clinicdesk.rules.selector import Selector

CATALOGUE = load_catalogue()
VOCABULARY = CATALOGUE.vocabulary
PROCEDURES, GROUPS = VOCABULARY.procedures, VOCABULARY.groups


def case_of(value: object, packs: Any = None, path: str = "$") -> Case:
    """``parse_case`` in the shipped vocabulary."""
    return parse_case(value, VOCABULARY, packs, path)


def selector(**parts: Any) -> Selector:
    """A selector over the shipped procedures."""
    return Selector(VOCABULARY, **parts)


def read_site(text: str, procedure: str) -> Site:
    """A site of a shipped procedure."""
    return site_for(text, PROCEDURES[procedure])

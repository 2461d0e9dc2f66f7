"""Sites of the body: their grammar, their spots, their words, their completion.

The grammar is that of the verdict contract: text ``NAME SIDE``; which names are
allowed depends on the sort of site that the procedure takes.
"""

from clinicdesk.domain.anatomy.completion import complete_site
from clinicdesk.domain.anatomy.sites import (
    CERVICAL_THORACIC,
    LUMBAR_SACRAL,
    ROOTS,
    SEGMENTS,
    Side,
    Site,
    Sort,
    Spot,
    fold,
    parse_site,
    region,
    site_for,
)
from clinicdesk.domain.anatomy.words import plain_words

__all__ = [
    "CERVICAL_THORACIC",
    "LUMBAR_SACRAL",
    "ROOTS",
    "SEGMENTS",
    "Side",
    "Site",
    "Sort",
    "Spot",
    "complete_site",
    "fold",
    "parse_site",
    "plain_words",
    "region",
    "site_for",
]

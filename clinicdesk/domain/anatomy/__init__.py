"""Sites of the body: their grammar, their spots, their completion.

The grammar is that of the verdict contract: text ``NAME SIDE``; which names are
allowed depends on the sort of site that the procedure takes.
"""

from clinicdesk.domain.anatomy.completion import (
    complete_site,
    entered_site,
    names_side,
    near_sites,
    new_name,
)
from clinicdesk.domain.anatomy.sites import (
    CERVICAL_THORACIC,
    FIXED_NAMES,
    LUMBAR_SACRAL,
    ROOTS,
    SEGMENTS,
    Side,
    Site,
    Sort,
    Spot,
    UnlistedSite,
    fold,
    listed_site,
    parse_site,
    region,
    site_doses,
    site_for,
    usual_plan,
)

__all__ = [
    "CERVICAL_THORACIC",
    "FIXED_NAMES",
    "LUMBAR_SACRAL",
    "ROOTS",
    "SEGMENTS",
    "Side",
    "Site",
    "Sort",
    "Spot",
    "UnlistedSite",
    "complete_site",
    "entered_site",
    "fold",
    "listed_site",
    "names_side",
    "near_sites",
    "new_name",
    "parse_site",
    "region",
    "site_doses",
    "site_for",
    "usual_plan",
]

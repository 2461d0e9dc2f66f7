"""Sites in the JSON of a case, as both engines read them."""

from __future__ import annotations

from clinicdesk.domain.anatomy import Site, parse_site
from clinicdesk.domain.json_reading import Node
from clinicdesk.domain.procedures import Procedure
from clinicdesk.domain.translation import _


def read_sites(node: Node, procedure: Procedure) -> tuple[Site, ...]:
    """A list of at least one site of the procedure; raises CaseError at the wrong one.

    To the letter: a case is what the contracts say, where a name means itself alone.
    """
    items = node.items()
    if not items:
        raise node.fail(_("expected at least one site"))
    return tuple(_site(item, procedure) for item in items)


def _site(node: Node, procedure: Procedure) -> Site:
    text = node.text(_("a site, NAME SIDE"))
    try:
        return parse_site(text, procedure.site_sort, midline=procedure.midline)
    except ValueError as error:
        raise node.fail(
            _("expected a site of {procedure_id} ({error})").format(
                procedure_id=procedure.id, error=error
            )
        ) from error

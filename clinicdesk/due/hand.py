"""What staff set by hand over a computed row: a date, a row put aside. Which of it counts: pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from clinicdesk.domain.site_names import SiteNames
from clinicdesk.due.facts import DueFacts
from clinicdesk.due.sites import Spot, spots


@dataclass(frozen=True)
class Said:
    """A date set by hand, or until when a site was put aside, for one patient.

    Attributes:
        procedure_id, last_done: the site's last procedure when it was said.
        day: None: the date was dropped; put aside for good.
    """

    id: int
    track: str
    site: str
    procedure_id: int
    last_done: date
    day: date | None

    def older_than(self, facts: DueFacts) -> bool:
        """Whether a newer procedure of the site exists since."""
        return (facts.last_done, facts.last_id) > (self.last_done, self.procedure_id) and (
            facts.last_id != self.procedure_id
        )


def same_site(track: str, site: str, other_track: str, other_site: str, names: SiteNames) -> bool:
    """Whether two rows speak of one place: a track, and a spot they share, by whatever name."""
    return track == other_track and not _spots(site, names).isdisjoint(_spots(other_site, names))


def _spots(sites: str, names: SiteNames) -> set[Spot]:
    return set(spots(map(names.read_site, sites.split(", "))))


def newest(said: Iterable[Said], facts: DueFacts, names: SiteNames) -> Said | None:
    """The newest of what was said about the place of a row."""
    found = [s for s in said if same_site(s.track, s.site, facts.track, facts.site, names)]
    return max(found, key=_id, default=None)


def _id(said: Said) -> int:
    return said.id

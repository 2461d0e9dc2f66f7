"""Names of sites: the clinic's own, and those of the records that stand on no list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class OwnName:
    """A name of the clinic's own list; ``meant`` is itself where it is a new site."""

    name: str
    meant: str
    by: str
    at: datetime


@dataclass(frozen=True)
class UnlistedName:
    """A name in the records that stands on no list: each is a site of its own, until matched.

    Attributes:
        name: as written.
        times: procedures, plans, implants and operations that have it.
        patients: how many have it.
        near: canonical names that it may mean, likeliest first.
    """

    name: str
    times: int
    patients: int
    near: tuple[str, ...]


@dataclass(frozen=True)
class SiteLists:
    """What is to be matched, most frequent first; what was, newest first; all canonical names."""

    unlisted: tuple[UnlistedName, ...]
    own: tuple[OwnName, ...]
    canonical: tuple[str, ...]

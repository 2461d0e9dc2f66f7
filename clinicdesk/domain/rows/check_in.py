"""What is on record of the day itself when a patient is checked in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from clinicdesk.domain.measures import Measured
from clinicdesk.domain.rows.consents import ConsentPaper
from clinicdesk.domain.states import Known


@dataclass(frozen=True)
class DriverRow:
    """Whether somebody takes the patient home; ``words`` who, ``at`` in the clinic's zone."""

    said: Known
    words: str
    at: datetime
    by: str


@dataclass(frozen=True)
class Contacts:
    """How the patient is reached and who pays, as texts; empty: none is on record."""

    phone: str = ""
    payer: str = ""
    address: str = ""


@dataclass(frozen=True)
class ContactsConfirmed:
    """That they were said to be still right; ``at`` in the clinic's zone, ``by`` a name."""

    contacts: Contacts
    at: datetime
    by: str


@dataclass(frozen=True)
class DayFacts:
    """Of one appointment, on its day.

    Attributes:
        measured: by key of the measure (``infection`` among them) the newest of the day.
        booked: the sites as booked.
        consents: of each planned procedure the consent that counts, where one was printed.
        to_sign: those of which the newest print is still to be signed.
        asks_driver: whether something is planned after which the patient must not drive.
        driver: what was answered of the way home on that day; None: nobody asked.
        contacts: as they stand on record now.
        confirmed: what was confirmed last, on whatever day; None: nobody ever asked.
    """

    measured: Mapping[str, Measured] = field(default_factory=dict)
    booked: tuple[str, ...] = ()
    consents: tuple[ConsentPaper, ...] = ()
    to_sign: tuple[ConsentPaper, ...] = ()
    asks_driver: bool = False
    driver: DriverRow | None = None
    contacts: Contacts = field(default_factory=Contacts)
    confirmed: ContactsConfirmed | None = None

    @property
    def consented(self) -> tuple[str, ...]:
        """The sites on the consents that count; where nothing was printed empty."""
        return tuple(site for paper in self.consents for site in paper.sites)

    @property
    def signed(self) -> tuple[ConsentPaper, ...]:
        """The consents that the patient signed."""
        return tuple(paper for paper in self.consents if paper.signed_at is not None)

    @property
    def differs(self) -> bool:
        """Whether the consent was printed or signed for another site than is booked."""
        return bool(self.consented) and set(self.consented) != set(self.booked)

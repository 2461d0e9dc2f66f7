"""A small clinic for tests: few people, all of them awkward."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from support.vocabulary import CATALOGUE

from clinicdesk.data.queries import patient_writes
from clinicdesk.data.queries import settings as settings_queries
from clinicdesk.data.queries import staff as staff_queries
from clinicdesk.data.store import Store
from clinicdesk.domain.clock import Clock
from clinicdesk.domain.permissions import Role
from clinicdesk.domain.rows.people import Actor, PatientForm, StaffRow
from clinicdesk.domain.rows.staff import NewResource, NewStaff
from clinicdesk.services import passwords
from clinicdesk.services.clinics import ClinicSetup, write_setup

PASSWORD = "demo"
SINCE = date(2020, 1, 1)
WORKSTATION = "test-desk"


@dataclass(frozen=True)
class SeededIds:
    """Ids of what the seed made. Staff ids by login; ``*_resource`` are what claims name."""

    staff: dict[str, StaffRow]
    osei: int
    lindqvist: int
    carm_room: int
    ultrasound_room: int
    carm: int
    teresa: int
    andrea: int
    jurgen: int
    sean: int
    willem: int
    obrien: int

    def actor(self, login: str) -> Actor:
        """The signed-in person of that login."""
        row = self.staff[login]
        return Actor(row.id, row.login, row.name, row.role, WORKSTATION)


PATIENTS = (
    PatientForm(
        family="Villalobos",
        given="Teresa",
        birth_date=date(1958, 3, 14),
        sex="female",
        mrn="004182",
        phone_mobile="(617) 555-0143",
        address_line="12 Harbor Street",
        city="Boston",
        state="MA",
        postal_code="02110",
        payer="Medicare",
        weight_kg=Decimal("71.5"),
        allergies=("Latex", "Penicillin (rash)"),
        anticoagulants=("apixaban",),
    ),
    PatientForm(
        family="Soto", given="Andrea", birth_date=date(1971, 8, 2), sex="female",
        phone_mobile="617-555-0177",
    ),
    PatientForm(family="Müller", given="Jürgen", birth_date=date(1949, 12, 31), sex="male"),
    PatientForm(family="O'Neil", given="Sean", birth_date=date(1983, 1, 9), sex="male"),
    PatientForm(family="van den Berg", given="Willem", birth_date=date(1958, 6, 30), sex="male"),
    PatientForm(
        family="<b>O'Brien", given="& Søn</b>", birth_date=date(1990, 2, 28), sex="other"
    ),
)  # fmt: skip


def setup_small() -> ClinicSetup:
    """The clinic's people and rooms."""
    return ClinicSetup(
        name="Quillwater Pain Clinic",
        address="40 Quillwater Lane, Boston, MA 02110",
        phone="(617) 555-0100",
        phone_urgent="(617) 555-0199",
        timezone="America/New_York",
        country="US",
        manager_name="Priya Raman",
        manager_login="manager",
        manager_password=PASSWORD,
        staff=(
            NewStaff("physician", "Dr. Amara Osei", Role.PHYSICIAN, PASSWORD),
            NewStaff("lindqvist", "Dr. Tomas Lindqvist", Role.PHYSICIAN, PASSWORD),
            NewStaff("nurse", "Marisol Castellano", Role.NURSE, PASSWORD),
            NewStaff("frontdesk", "Joelle Marsh", Role.FRONT_DESK, PASSWORD),
        ),
        resources=(
            NewResource("C-arm room", "room", ("fluoroscopy",)),
            NewResource("Ultrasound room", "room", ("ultrasound",)),
            NewResource("C-arm", "equipment", ("fluoroscopy",)),
        ),
        demo=True,
    )


def seed_small(store: Store, clock: Clock) -> SeededIds:
    """Fills an empty store with the small clinic."""
    store.clock = clock
    with store.write(None, "test.seed") as tx:
        write_setup(tx, setup_small(), passwords.CHEAP, SINCE)
        people = {row.login: row for row in staff_queries.staff(tx)}
        rooms = settings_queries.resource_ids(tx)
        today = tx.now.date()
        ids = [
            patient_writes.add_patient(tx, form, today, "US", CATALOGUE.entry_words)
            for form in PATIENTS
        ]
    return SeededIds(
        staff=people,
        osei=people["physician"].resource_id,
        lindqvist=people["lindqvist"].resource_id,
        carm_room=rooms["C-arm room"],
        ultrasound_room=rooms["Ultrasound room"],
        carm=rooms["C-arm"],
        teresa=ids[0],
        andrea=ids[1],
        jurgen=ids[2],
        sean=ids[3],
        willem=ids[4],
        obrien=ids[5],
    )

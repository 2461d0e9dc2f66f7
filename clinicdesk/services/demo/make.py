"""Makes a demo clinic: same seed, same size, same day, same content."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from clinicdesk.catalogue.loader import Catalogue, installed_catalogue
from clinicdesk.data import made_up
from clinicdesk.data.keys import CHEAP
from clinicdesk.data.queries import blocks as block_queries
from clinicdesk.data.queries import payers as payer_queries
from clinicdesk.data.queries import settings as settings_queries
from clinicdesk.data.queries import staff as staff_queries
from clinicdesk.data.store import Store
from clinicdesk.data.tx import Tx
from clinicdesk.domain.appointments import Status
from clinicdesk.domain.clock import Clock
from clinicdesk.domain.permissions import Role
from clinicdesk.domain.rows.staff import NewHours, NewResource, NewStaff
from clinicdesk.services import passwords
from clinicdesk.services.clinics import ClinicSetup, write_setup
from clinicdesk.services.demo import today as demo_today
from clinicdesk.services.demo.coming import visits_to_come
from clinicdesk.services.demo.courses import Visit, course
from clinicdesk.services.demo.diary import LUNCH, Diary, Seat
from clinicdesk.services.demo.due import make_due_list
from clinicdesk.services.demo.facts import known, teresas
from clinicdesk.services.demo.names import words
from clinicdesk.services.demo.people import Person, payer_of, person, record_number, teresa
from clinicdesk.services.demo.rows import RowMaker, Setting

Progress = Callable[[float, str], None]
ZONE = "America/New_York"
PASSWORD = "demo"  # noqa: S105 (a demo clinic holds nobody's secrets)
CHUNK = 2500
AHEAD = timedelta(weeks=8)
_PEOPLE = 0.75
"""Share of the time that the patients take; the due list takes the rest."""


def create_demo(
    path: Path,
    *,
    patients: int = 5000,
    years: int = 5,
    seed: int = 1,
    clock: Clock,
    progress: Progress | None = None,
) -> None:
    """Makes a demo clinic in a new file (passphrase ``demo``); leaves nothing behind if it fails.

    Raises:
        Unavailable: the file exists, the folder is read-only, the disk is full.
    """
    store, _ = Store.create_embedded(path, PASSWORD, kdf=CHEAP, keyring=False, clock=clock)
    try:
        make_demo(store, patients=patients, years=years, seed=seed, clock=clock, progress=progress)
    except BaseException:
        store.close()
        for ending in ("", ".key", "-wal", "-shm"):
            Path(f"{path}{ending}").unlink(missing_ok=True)
        raise
    store.close()


def make_demo(
    store: Store,
    *,
    patients: int,
    years: int,
    seed: int,
    clock: Clock,
    progress: Progress | None = None,
) -> None:
    """Fills an empty database, batch by batch: memory and log stay small at any size.

    Stopped half-way it leaves half a clinic: make it beside its place, as ``create_demo`` does.

    Args:
        store: an empty database.
        patients, years, seed: the same ones on the same day make the same clinic.
        clock: looked at once.
        progress: is told a share and a sentence.
    """
    tell = progress or _silent
    store.clock = clock
    tell(0.0, "Setting up the clinic…")
    with store.write(None, "demo.make") as tx:
        maker = _Maker(tx, patients, years, seed)
        made_up.set_counter(tx, "mrn", max(patients, 4182) + 1000)
        tx.note("demo", patients=patients, years=years, seed=seed)
    maker.run(store, tell)
    tell(1.0, "The demo clinic is ready.")


def _silent(_share: float, _sentence: str) -> None:
    return


def pairs_of(size: int) -> int:
    """How many pairs of physicians, each with their rooms, see so many patients."""
    return min(10, max(1, -(-size // 5000)))


def _setup(size: int, today: date) -> ClinicSetup:
    pairs = pairs_of(size)
    physicians = [
        NewStaff("physician", "Dr. Amara Osei", Role.PHYSICIAN, PASSWORD),
        NewStaff("physician2", "Dr. Tomas Lindqvist", Role.PHYSICIAN, PASSWORD),
    ]
    physicians += [
        NewStaff(f"physician{n}", f"Dr. Physician {n}", Role.PHYSICIAN, PASSWORD)
        for n in range(3, 2 * pairs + 1)
    ]
    rooms: list[NewResource] = []
    for n in range(pairs):
        tail = f" {n + 1}" if n else ""
        rooms += [NewResource(f"C-arm room{tail}", "room", ("fluoroscopy",)),
                  NewResource(f"Ultrasound room{tail}", "room", ("ultrasound",))]  # fmt: skip
    rooms.append(NewResource("Exam room", "room", ()))
    tails = [f" {n + 1}" if n else "" for n in range(pairs)]
    rooms += [NewResource(f"C-arm{tail}", "equipment", ("fluoroscopy",)) for tail in tails]
    weekdays = tuple(sorted({0, 1, 2, 3, 4, today.weekday()}))
    return ClinicSetup(
        name="Quillwater Pain Clinic",
        address="14 Millrace Way, Boston, MA 02110",
        phone="(617) 555-0100",
        phone_urgent="(617) 555-0199",
        timezone=ZONE,
        country="US",
        manager_name="Priya Raman",
        manager_login="manager",
        manager_password=PASSWORD,
        staff=(
            NewStaff("frontdesk", "Joelle Marsh", Role.FRONT_DESK, PASSWORD),
            *physicians,
            NewStaff("nurse", "Marisol Castellano", Role.NURSE, PASSWORD),
        ),
        resources=tuple(rooms),
        hours=(NewHours(weekdays=weekdays),),
        demo=True,
    )


class _Part:
    """The due list's share of the whole."""

    def __init__(self, tell: Progress) -> None:
        self._tell = tell

    def __call__(self, share: float) -> None:
        self._tell(_PEOPLE + (0.97 - _PEOPLE) * share, "Building the due list…")


class _Maker:
    def __init__(self, tx: Tx, patients: int, years: int, seed: int) -> None:
        self._now, self._patients, self._years, self._seed = tx.now, patients, years, seed
        zone = ZoneInfo(ZONE)
        self._today = tx.now.astimezone(zone).date()
        self._begin = self._today - timedelta(days=round(365.25 * years))
        write_setup(tx, _setup(patients, self._today), passwords.CHEAP, self._begin)
        for payer, pack in words("mapped"):
            payer_queries.add(tx, payer, pack, self._begin)
        people = staff_queries.staff(tx)
        self._physicians = tuple(p.resource_id for p in people if p.role is Role.PHYSICIAN)
        self._resources = settings_queries.resource_ids(tx)
        catalogue: Catalogue = installed_catalogue()
        self._catalogue = catalogue
        desk = next(p for p in people if p.role is Role.FRONT_DESK)
        physicians = {p.resource_id: p for p in people if p.role is Role.PHYSICIAN}
        setting = Setting(catalogue, zone, tx.now, self._today, physicians, desk)
        self._lunches(tx, zone)
        self._rows = RowMaker(setting, made_up.first_ids(tx))
        self._zone = zone
        self._diary = Diary(self._physicians, self._rooms(), frozenset({self._today}))
        self._calm: list[tuple[Person, int]] = []
        self._teresa_id = 0

    def _rooms(self) -> tuple[tuple[int, str, int | None], ...]:
        rooms: list[tuple[int, str, int | None]] = []
        for name, number in self._resources.items():
            if name.startswith("C-arm room"):
                machine = self._resources[name.replace("C-arm room", "C-arm")]
                rooms.append((number, "fluoroscopy", machine))
            elif name.startswith("Ultrasound room"):
                rooms.append((number, "ultrasound", None))
            elif name == "Exam room":
                rooms.append((number, "", None))
        return tuple(rooms)

    def run(self, store: Store, tell: Progress) -> None:
        """A transaction for each batch of patients, then the due list in its own."""
        for first in range(1, self._patients + 1, CHUNK):
            last = min(first + CHUNK - 1, self._patients)
            for number in range(first, last + 1):
                self._patient(number)
            if first == 1:
                self._fill_today()
            tell(
                _PEOPLE * (first - 1 + (last - first) * 0.4) / self._patients,
                f"Writing patients {first} to {last}…",
            )
            if last == self._patients:
                self._fill_coming()
            with store.unaudited() as tx:
                made_up.write(tx, self._rows.take())
            tell(_PEOPLE * last / self._patients, f"{last} of {self._patients} patients")
        with store.unaudited() as tx:
            made_up.advance_ids(tx, self._rows.used)
        make_due_list(store, self._catalogue, self._zone, self._today, self._seed, _Part(tell))
        tell(0.98, "Saving…")

    def _lunches(self, tx: Tx, zone: ZoneInfo) -> None:
        day = self._today
        while day <= self._today + AHEAD:
            if day.weekday() < 5 or day == self._today:
                for number, physician in enumerate(self._physicians):
                    # The second physician eats later, so that somebody is always there.
                    start = LUNCH[0] + (30 if number % 2 and day == self._today else 0)
                    block_queries.add_block(
                        tx, "lunch", "Lunch",
                        datetime.combine(day, time(start // 60, start % 60), zone),
                        timedelta(minutes=45), day, (physician,),
                    )  # fmt: skip
            day += timedelta(days=1)

    # -- one patient ------------------------------------------------------------------------

    def _patient(self, number: int) -> None:
        rng = Random(f"{self._seed}:{number}")  # noqa: S311 (made-up people, not secrets)
        made = teresa(number) if number == 1 else person(rng, number, self._today)
        made = replace(made, mrn=record_number(number))
        # Streams of their own: the courses of the patients do not hang on what they were asked.
        asked = Random(f"{self._seed}:{number}:facts")  # noqa: S311
        if number > 1:
            paying = Random(f"{self._seed}:{number}:payer")  # noqa: S311
            made = replace(made, payer=payer_of(paying, made))
        said = teresas(self._today) if number == 1 else known(asked, made, self._today)
        patient_id = self._rows.patient(made, said)
        if number == 1:
            self._teresa_id = patient_id
        end = made.deceased_on or self._today + AHEAD
        visits = (
            [] if made.deceased_on and number == 1 else course(rng, self._begin, self._today, end)
        )
        if number == 1:
            visits = _teresas(self._today)
        late = timedelta(0)
        for order, visit in enumerate(visits):
            # Where the clinic was full, all that follows moves along: the intervals stay, and
            # nobody comes twice on one day.
            seat = self._seat(made, visit, late, number + order)
            if seat is None:
                break
            late = seat.day - visit.day
            done = self._visit(rng, made, patient_id, visit, seat)
            if not done and visit.intent == "diagnostic":
                break  # what follows rests on a block that was never done
        if number <= CHUNK and not visits and made.deceased_on is None:
            self._calm.append((made, patient_id))

    def _seat(self, made: Person, visit: Visit, late: timedelta, hint: int) -> Seat | None:
        kind = self._catalogue.procedures[visit.procedure]
        need = kind.needs[0] if kind.needs else "ultrasound"
        seat = self._diary.seat(visit.day + late, kind.minutes, need, hint)
        if seat is not None and made.deceased_on is not None and seat.day >= made.deceased_on:
            return None
        return seat

    def _visit(self, rng: Random, made: Person, patient_id: int, visit: Visit, seat: Seat) -> bool:
        if seat.day > self._today:
            status = Status.CONFIRMED if rng.random() < 0.4 else Status.BOOKED
            self._rows.appointment(patient_id, visit, seat, status)
            return False
        luck = rng.random()
        if luck < 0.05:
            missed = Status.NO_SHOW if luck < 0.025 else Status.CANCELLED
            self._rows.appointment(patient_id, visit, seat, missed)
            return False
        number, planned = self._rows.appointment(patient_id, visit, seat, Status.LEFT)
        recent = (self._today - seat.day).days < 4
        signed = not (recent and rng.random() < 0.4)
        self._rows.procedure(
            rng,
            made,
            patient_id,
            replace(visit, day=seat.day),
            seat,
            number,
            planned,
            signed=signed,
        )
        return True

    # -- today ------------------------------------------------------------------------------

    def _fill_today(self) -> None:
        """Every pair of physicians has the same full day, each with its own rooms and patients."""
        rng = Random(f"{self._seed}:today")  # noqa: S311
        calm = [c for c in self._calm if c[0].number != 1]
        slots = [
            (pair, slot) for pair in range(len(self._physicians) // 2) for slot in demo_today.SLOTS
        ]
        for number, (pair, slot) in enumerate(slots):
            theirs = slot.teresa and pair == 0
            if not theirs and number >= len(calm):
                continue
            made, patient_id = (teresa(1), self._teresa_id) if theirs else calm[number]
            self._today_slot(rng, slot, made, patient_id, pair)

    def _fill_coming(self) -> None:
        """The patients without a course who are not here today come in the next weeks."""
        rng = Random(f"{self._seed}:coming")  # noqa: S311
        here = len(self._physicians) // 2 * len(demo_today.SLOTS)
        calm = [number for made, number in self._calm if made.number != 1][here:]
        until = self._today + AHEAD
        for who, seat, title in visits_to_come(rng, self._diary, calm, self._today, until):
            status = Status.CONFIRMED if rng.random() < 0.4 else Status.BOOKED
            self._rows.appointment(calm[who], None, seat, status, title)

    def _today_slot(
        self, rng: Random, slot: demo_today.Slot, made: Person, patient_id: int, pair: int
    ) -> None:
        need = "" if pair == 0 else "ultrasound"  # one exam room; the others talk where they work
        if slot.procedure:
            kind = self._catalogue.procedures[slot.procedure]
            need = kind.needs[0] if kind.needs else "ultrasound"
        room, _, machine = [r for r in self._rooms() if r[1] == need][pair]
        physician = self._physicians[2 * pair + slot.physician]
        seat = Seat(self._today, demo_today.clock(slot), slot.minutes, physician, room, machine)
        start = self._rows.local(self._today, seat.start)
        status = demo_today.status_at(slot, start, self._now)
        visit = demo_today.visit(slot, self._today)
        number, planned = self._rows.appointment(patient_id, visit, seat, status, slot.title)
        if visit is not None and status is Status.LEFT:
            self._rows.procedure(rng, made, patient_id, visit, seat, number, planned, signed=True)


def _teresas(today: date) -> list[Visit]:
    """Three epidurals within the year, each of which helped: today's is the fourth."""
    days = (310, 212, 108)
    return [
        Visit(
            today - timedelta(days=d), "esi.transforaminal", ("L5 left",), "therapeutic", 8, 2, 100
        )
        for d in days
    ]

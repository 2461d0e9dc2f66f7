"""Made-up days for the schedule: rows only, no database. Also used to time its painting."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from clinicdesk.domain.appointments import Status
from clinicdesk.domain.rows.schedule import (
    AppointmentRow,
    BlockRow,
    ClaimRow,
    DayRows,
    OpenHours,
    PlannedRow,
    ResourceRow,
)

ZONE = ZoneInfo("America/New_York")
DAY = date(2026, 11, 24)
OSEI, LINDQVIST, CARM_ROOM, US_ROOM, CARM = 1, 2, 3, 4, 5
FLUOROSCOPY = frozenset({"fluoroscopy"})
NAMES = (
    "Villalobos",
    "Saarinen",
    "O'Neil",
    "van den Berg",
    "Müller",
    "<b>Søn</b>",
    "Featherstonehaugh",
)
FAMILIES = ("EPI", "MBB", "RFA", "JNT", "PNB", "SYM", "TPI", "VIS")


def at(text: str, day: date = DAY) -> datetime:
    """``10:30`` of the day, in the clinic's zone."""
    return datetime.combine(day, time.fromisoformat(text), ZONE)


def appointment(
    number: int, start: datetime, minutes: int, *, physician: int = OSEI, room: int = CARM_ROOM,
    status: Status = Status.BOOKED, family: str = "EPI", name: str = "Villalobos",
    given: str = "Teresa", flags: frozenset[str] = frozenset(), procedure_id: int | None = None,
) -> AppointmentRow:  # fmt: skip
    """A transforaminal injection under fluoroscopy, with all its claims."""
    end = start + timedelta(minutes=minutes)
    taken = [(physician, "physician"), (room, "room"), (CARM, "equipment")]
    claims = [ClaimRow(r, None, role, start, end) for r, role in taken]
    plan = PlannedRow(number, "esi.transforaminal", "Transforaminal ESI", "TFESI", family,
                      ("L5 left",), "therapeutic", "fluoroscopy")  # fmt: skip
    names = {OSEI: "Dr. Amara Osei", LINDQVIST: "Dr. Tomas Lindqvist", CARM_ROOM: "C-arm room",
             US_ROOM: "Ultrasound room"}  # fmt: skip
    return AppointmentRow(
        id=number, version=1, patient_id=1000 + number, family_name=name, given_name=given,
        mrn=f"{number:06}", birth_date=date(1958, 3, 14), start=start, end=end, status=status,
        title="Transforaminal ESI", short="TFESI", family=family, sites=("L5 left",),
        physician_id=physician, physician=names.get(physician, f"Dr. {physician}"), room_id=room,
        room=names.get(room, f"Room {room}"), note="", flags=flags, planned=(plan,),
        claims=(*claims, ClaimRow(None, 1000 + number, "patient", start, end)),
        procedure_id=procedure_id, procedure_state="signed" if procedure_id else "",
    )  # fmt: skip


def day(*rows: AppointmentRow, blocks: tuple[BlockRow, ...] = ()) -> DayRows:
    """Two physicians, two rooms, one C-arm; 08:00 to 17:00, Dr. Lindqvist from 08:30."""
    resources = (
        ResourceRow(OSEI, "staff", "Dr. Amara Osei"),
        ResourceRow(LINDQVIST, "staff", "Dr. Tomas Lindqvist"),
        ResourceRow(CARM_ROOM, "room", "C-arm room", FLUOROSCOPY),
        ResourceRow(US_ROOM, "room", "Ultrasound room", frozenset({"ultrasound"})),
        ResourceRow(CARM, "equipment", "C-arm", FLUOROSCOPY),
    )
    hours = (OpenHours(None, time(8), time(17)), OpenHours(LINDQVIST, time(8, 30), time(17)))
    return DayRows(DAY, resources, hours, rows, blocks)


def crowded(count: int) -> DayRows:
    """``count`` appointments over as many physicians and rooms as hold them, a few overlapping."""
    columns = max(2, count // 15)
    people = [ResourceRow(10 + i, "staff", f"Dr. Number {i}") for i in range(columns)]
    rooms = [ResourceRow(500 + i, "room", f"Room {i}", FLUOROSCOPY) for i in range(columns)]
    statuses = tuple(s for s in Status if s is not Status.CANCELLED)
    rows = []
    for n in range(count):
        column, place = n % columns, n // columns
        start = at("08:00") + timedelta(minutes=35 * (place % 15) + 5 * (n % 3))
        rows.append(
            appointment(
                n + 1, start, 20 + 10 * (n % 4), physician=10 + column, room=500 + column,
                status=statuses[n % len(statuses)], family=FAMILIES[n % len(FAMILIES)],
                name=NAMES[n % len(NAMES)], flags=frozenset({"allergy"} if n % 5 == 0 else ()),
            )
        )  # fmt: skip
    hours = (OpenHours(None, time(8), time(17)),)
    return DayRows(DAY, (*people, *rooms), hours, tuple(rows), ())

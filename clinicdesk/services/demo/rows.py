"""From what was made up to rows of tables, by table name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from clinicdesk.catalogue.loader import Catalogue
from clinicdesk.domain.anatomy import usual_plan
from clinicdesk.domain.appointments import Status
from clinicdesk.domain.medications import dose
from clinicdesk.domain.procedures import Guidance, Intent, Procedure, Purpose
from clinicdesk.domain.rows.log import LogForm, MedicationEntry
from clinicdesk.domain.rows.people import StaffRow
from clinicdesk.domain.states import LogState
from clinicdesk.services.demo.courses import Visit
from clinicdesk.services.demo.diary import Seat
from clinicdesk.services.demo.facts import Known
from clinicdesk.services.demo.people import Person
from clinicdesk.services.procedures.codec import seal, snapshot

Row = dict[str, Any]
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


@dataclass(frozen=True)
class Setting:
    """What all rows share."""

    catalogue: Catalogue
    zone: ZoneInfo
    now: datetime
    today: date
    physicians: Mapping[int, StaffRow]
    desk: StaffRow


class RowMaker:
    """Collects rows; ``take()`` hands them over and begins anew, ids going on."""

    def __init__(self, setting: Setting, first: Mapping[str, int]) -> None:
        self._set = setting
        self._next = dict(first)
        self._rows: dict[str, list[Row]] = defaultdict(list)
        self._lots: dict[tuple[str, str], tuple[int, date]] = {}
        self._texts: dict[int, str] = {}
        self._by_text: dict[tuple[str, str], int] = {}

    def take(self) -> dict[str, list[Row]]:
        """The rows made since the last call."""
        rows, self._rows = dict(self._rows), defaultdict(list)
        return rows

    @property
    def used(self) -> dict[str, int]:
        """The last id used, by table, where any was."""
        return {name: following - 1 for name, following in self._next.items() if following > 1}

    def _add(self, table: str, **values: Any) -> int:  # noqa: ANN401
        number = self._next[table]
        self._next[table] = number + 1
        self._rows[table].append({"id": number, **values})
        return number

    def local(self, day: date, at: time) -> datetime:
        """A wall-clock time of the clinic in UTC."""
        return datetime.combine(day, at, self._set.zone).astimezone(UTC)

    # -- people -----------------------------------------------------------------------------

    def patient(self, person: Person, known: Known) -> int:
        """A patient with everything known about them; the id."""
        since = self._set.today - timedelta(days=700)
        number = self._add(
            "patient", mrn=person.mrn or f"{person.number:06}", family=person.family,
            given=person.given, sex=person.sex, birth_date=person.birth,
            language=person.language, interpreter=person.interpreter,
            deceased_on=person.deceased_on, created_at=self._set.now,
        )  # fmt: skip
        self._add("identifier", patient_id=number, system="mrn",
                  value=person.mrn or f"{person.number:06}")  # fmt: skip
        for kind, phone in person.phones:
            digits = "".join(c for c in phone if c.isdigit())
            self._add(
                "phone", patient_id=number, kind=kind, number=phone, digits=digits, valid_from=None
            )
        street, town, code = person.address
        self._add("address", patient_id=number, line=street, city=town, state="MA",
                  postal_code=code, country="US", valid_from=None)  # fmt: skip
        self._add("coverage", patient_id=number, payer=person.payer, pack="", valid_from=None)
        self._add("weight", patient_id=number, kg=Decimal(person.kg), measured_on=since)
        for substance, category, reaction in person.allergies:
            self._add("allergy", patient_id=number, substance=substance, category=category,
                      reaction=reaction, valid_from=None)  # fmt: skip
        if person.thinner:
            self._add("patient_drug", patient_id=number, drug=person.thinner,
                      kind="anticoagulant", dose="", valid_from=since)  # fmt: skip
        if person.alert:
            self._add("alert", patient_id=number, text=person.alert, valid_from=since)
        self._facts(number, known, since)
        return number

    def _facts(self, number: int, known: Known, since: date) -> None:
        for drug, dose_words in known.drugs:
            self._add("patient_drug", patient_id=number, drug=drug, kind="other",
                      dose=dose_words, valid_from=since)  # fmt: skip
        for condition in known.conditions:
            self._add("condition", patient_id=number, name=condition, valid_from=since)
        for name, site, prosthesis in known.implants:
            self._add("implant", patient_id=number, name=name, site=site, prosthesis=prosthesis,
                      valid_from=since)  # fmt: skip
        for joint, day in known.surgeries:
            self._add("planned_surgery", patient_id=number, site=joint, planned_on=day)
        for topic, (said, day) in known.answers.items():
            self._add("patient_asked", patient_id=number, topic=topic.value, answer=said.value,
                      asked_on=day, asked_by=self._set.desk.id,
                      at=self.local(day, time(10)))  # fmt: skip

    # -- appointments -----------------------------------------------------------------------

    def appointment(
        self, patient_id: int, visit: Visit | None, seat: Seat, status: Status, title: str = ""
    ) -> tuple[int, int | None]:
        """An appointment with plan, claims and steps; its id and the plan's."""
        start = self.local(seat.day, seat.start)
        end = start + timedelta(minutes=seat.minutes)
        booked_at = min(start - timedelta(days=14), self._set.now)
        number = self._add(
            "appointment", patient_id=patient_id, physician_id=seat.physician, room_id=seat.room,
            starts_at=start, ends_at=end, local_date=seat.day, status=status.value, title=title,
            created_at=booked_at, created_by=self._set.desk.id,
        )  # fmt: skip
        self._steps(number, status, booked_at, start, end)
        if status.holds_time:
            self._claims(number, patient_id, seat, start, end)
        planned = self._plan(number, visit) if visit is not None else None
        return number, planned

    def _steps(
        self, number: int, status: Status, booked_at: datetime, start: datetime, end: datetime
    ) -> None:
        steps = [(Status.BOOKED, booked_at)]
        day = (Status.CONFIRMED, Status.ARRIVED, Status.IN_ROOM, Status.RECOVERING, Status.LEFT)
        times = (booked_at + timedelta(days=1), start - timedelta(minutes=15), start,
                 end, end + timedelta(minutes=30))  # fmt: skip
        if status in day:
            upto = day.index(status) + 1
            # Of long-past days only the ends are kept; today's steps are all there.
            full = (self._set.now - start) < timedelta(days=2)
            steps += list(zip(day[:upto], times[:upto], strict=True))[0 if full else -1 :]
        elif status is not Status.BOOKED:
            steps.append((status, start))
        for step, at in steps:
            self._add("status_change", appointment_id=number, status=step.value,
                      at=min(at, self._set.now), staff_id=self._set.desk.id)  # fmt: skip

    def _claims(
        self, number: int, patient_id: int, seat: Seat, start: datetime, end: datetime
    ) -> None:
        taken = [(seat.physician, None, "physician"), (seat.room, None, "room")]
        if seat.machine is not None:
            taken.append((seat.machine, None, "equipment"))
        for resource, patient, role in (*taken, (None, patient_id, "patient")):
            self._add("claim", appointment_id=number, resource_id=resource, patient_id=patient,
                      role=role, starts_at=start, ends_at=end)  # fmt: skip

    def _plan(self, number: int, visit: Visit) -> int:
        planned = self._add("planned_procedure", appointment_id=number, position=0,
                            procedure=visit.procedure, intent=visit.intent,
                            catalogue_version=self._set.catalogue.version)  # fmt: skip
        for position, text in enumerate(visit.sites):
            name, _, where = text.rpartition(" ")
            self._add("planned_site", planned_id=planned, position=position, name=name, side=where)
        return planned

    # -- procedures -------------------------------------------------------------------------

    def procedure(
        self, rng: Random, person: Person, patient_id: int, visit: Visit, seat: Seat,
        appointment_id: int, planned_id: int | None, *, signed: bool,
    ) -> int:  # fmt: skip
        """A logged procedure with doses, scores and follow-ups; its id."""
        kind = self._set.catalogue.procedures[visit.procedure]
        guidance = kind.usual.guidance or Guidance.LANDMARK
        entries = self._given(rng, kind, visit, seat.day)
        seconds = Decimal(rng.randint(9, 96)) if guidance is Guidance.FLUOROSCOPY else None
        kerma = Decimal(rng.randint(8, 140)) / 10 if seconds is not None else None
        complications = ["vasovagal"] if rng.random() < 0.011 else ["none"]
        started = self.local(seat.day, seat.start)
        number = self._add(
            "procedure", patient_id=patient_id, appointment_id=appointment_id,
            planned_id=planned_id, procedure=visit.procedure, intent=visit.intent,
            state=LogState.OPEN.value, outcome="done", performed_on=seat.day, started_at=started,
            ended_at=started + timedelta(minutes=max(10, seat.minutes - 10)),
            physician_id=seat.physician, room_id=seat.room, guidance=guidance.value,
            contrast=kind.usual.contrast, fluoroscopy_seconds=seconds, air_kerma_mgy=kerma,
            complications=complications, fields={"scale": "NRS"},
            catalogue_version=self._set.catalogue.version, created_at=started,
            created_by=self._set.physicians[seat.physician].id,
        )  # fmt: skip
        for position, text in enumerate(visit.sites):
            name, _, where = text.rpartition(" ")
            self._add("procedure_site", procedure_id=number, position=position, name=name,
                      side=where, fields={})  # fmt: skip
        self._administrations(number, entries)
        self._scores(rng, patient_id, number, visit, kind, seat.day)
        if signed:
            form = LogForm(
                patient_id, appointment_id, planned_id, visit.procedure, visit.sites, visit.intent,
                seat.day, seat.physician, seat.room, guidance.value, kind.usual.contrast, seconds,
                kerma, None, entries, "NRS", Decimal(visit.before), Decimal(visit.after),
                tuple(complications),
            )  # fmt: skip
            self._sign(number, form, person, seat, started)
        return number

    def _given(
        self, rng: Random, kind: Procedure, visit: Visit, day: date
    ) -> tuple[MedicationEntry, ...]:
        products = self._set.catalogue.products
        usual = usual_plan(kind, visit.sites).medications
        if visit.intent == "diagnostic":
            usual = tuple((k, ml) for k, ml in usual if products[k].kind != "steroid")
        entries = []
        for key, volume in usual:
            if volume is None:
                continue
            product = products[key]
            lot, expiry = self._lot(rng, key, day)
            amount = dose(product, volume)
            entries.append(MedicationEntry(key, volume, amount, product.unit, lot, expiry, True))
        return tuple(entries)

    def _lot(self, rng: Random, key: str, day: date) -> tuple[str, date]:
        # One or two lots of a product are in use in a quarter.
        quarter = f"{day.year}{(day.month - 1) // 3}"
        slot = f"{quarter}{rng.randint(0, 1)}"
        if (key, slot) not in self._lots:
            made = Random(f"{key}{slot}")  # noqa: S311 (an invented lot)
            text = "".join(made.choice(_LETTERS) for _ in range(2)) + f"{made.randint(1000, 99999)}"
            year, month = day.year + 1 + made.randint(0, 1), made.randint(1, 12)
            expiry = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
            self._lots[key, slot] = (self._add("lot", product=key, lot=text, expiry=expiry,
                                               expiry_month_only=True), expiry)  # fmt: skip
            self._texts[self._lots[key, slot][0]] = text
            self._by_text[key, text] = self._lots[key, slot][0]
        number, expiry = self._lots[key, slot]
        return self._texts[number], expiry

    def _administrations(self, number: int, entries: Sequence[MedicationEntry]) -> None:
        for position, entry in enumerate(entries):
            product = self._set.catalogue.products[entry.product]
            self._add(
                "administration", procedure_id=number, position=position, product=product.key,
                drug=product.drug, kind=product.kind, lot_id=self._by_text[product.key, entry.lot],
                lot_text=entry.lot, expiry=entry.expiry, per_ml=product.per_ml,
                volume_ml=entry.volume_ml, dose=entry.dose, unit=product.unit,
            )  # fmt: skip

    def _scores(
        self, rng: Random, patient_id: int, number: int, visit: Visit, kind: Procedure, day: date
    ) -> None:
        self._score(patient_id, number, day, "baseline", visit.before)
        self._score(patient_id, number, day, "post", visit.after)
        for call in kind.follow_ups[Intent(visit.intent)]:
            due = call.after.after(day)
            # Of a block the safety call asks for the score, too.
            scored = call.purpose is Purpose.SCORE or visit.intent == Intent.DIAGNOSTIC
            asked = due <= self._set.today and (not scored or rng.random() < 0.85)
            done_at = self.local(due, time(15)) if asked else None
            self._add("follow_up", patient_id=patient_id, procedure_id=number,
                      kind=call.purpose.value, due_on=due,
                      done_at=done_at, done_by=self._set.desk.id if asked else None,
                      outcome="reached" if asked else "")  # fmt: skip
            if asked and scored:
                worn = (due - day).days > visit.lasts
                drift = rng.choice((0, 0, 1))
                value = visit.before - drift if worn else visit.after + drift
                self._score(patient_id, number, due, "followup", value)

    def _score(self, patient_id: int, number: int, day: date, phase: str, value: int) -> None:
        reading = self._add("reading", patient_id=patient_id, scale="NRS", value=Decimal(value),
                            local_date=day, staff_id=self._set.desk.id)  # fmt: skip
        self._add("reading_link", reading_id=reading, procedure_id=number, phase=phase)

    def _sign(
        self, number: int, form: LogForm, person: Person, seat: Seat, started: datetime
    ) -> None:
        signer = self._set.physicians[seat.physician]
        at = started + timedelta(minutes=seat.minutes)
        products = self._set.catalogue.products
        text = snapshot(
            form,
            patient={"mrn": person.mrn or f"{person.number:06}", "family": person.family,
                     "given": person.given, "birth_date": person.birth.isoformat()},
            signer={"login": signer.login, "name": signer.name, "role": signer.role.value,
                    "meaning": "author"},
            products={e.product: products[e.product].name for e in form.medications},
            signed_at=at,
            catalogue=self._set.catalogue.version,
        )  # fmt: skip
        self._add(
            "signature", procedure_id=number, staff_id=signer.id, name=signer.name,
            role=signer.role.value, signed_at=at, snapshot=text, sha256=seal(text),
        )  # fmt: skip

"""A clinic's own kind of procedure, laid over ours as text files: from the booking to the due list.

``tests/files/genicular`` has a group, a family, two procedures, a rule pack and four sheets that
the program has never heard of. The numbers are the trial's own.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QLabel
from sqlalchemy import text
from support.due import performed
from support.logs import PASSWORD, complete

from clinicdesk.catalogue import resources
from clinicdesk.catalogue.loader import installed_catalogue
from clinicdesk.cli.run import run
from clinicdesk.domain.rows.documents import SheetRequest
from clinicdesk.domain.rows.due import DueFilter, DueGroup, DueReason
from clinicdesk.services import due, procedures, schedule, sheets
from clinicdesk.services.context import Clinic
from clinicdesk.services.due import keeping
from clinicdesk.ui import theme
from clinicdesk.ui.schedule.tray import Key
from clinicdesk.ui.tour.day import Day

pytestmark = pytest.mark.journey
FILES = Path(__file__).parents[1] / "files" / "genicular"
TODAY, BLOCKED = date(2026, 11, 24), date(2026, 11, 3)
NERVES = "superomedial left, superolateral left, inferomedial left"


@pytest.fixture
def own(embedded_clinic: Any) -> Any:
    """The clinic with its own files; Teresa's payer is the one that the trial's pack names."""
    shutil.copytree(FILES, resources.own_folder())
    clinic = Clinic(embedded_clinic.store, embedded_clinic.clock, installed_catalogue())
    clinic.refresh()
    clinic.seeded = embedded_clinic.seeded  # type: ignore[attr-defined]
    with clinic.store.write(None, "test.add") as tx:
        tx.session.execute(text("UPDATE coverage SET payer = 'Trial Plan', pack = ''"))
    yield clinic
    theme.use_families(())


def test_from_the_block_to_the_due_list(own: Any, day_at: Any, physician: Any) -> None:
    performed(own, BLOCKED, "genicular.block", NERVES, intent="diagnostic", after=3, steroid=False)
    _kept_anew(own)
    (row,) = _rows(own, physician)
    assert (row.reason, row.family, row.procedure) == (DueReason.NEXT_STEP, "CGN", "genicular.rfa")
    assert row.detail == "One good block: cooled genicular is possible."

    # Booked in the window, from the family's own button, with the verdict of its own rules.
    day: Day = day_at(own)
    day.sign_in("Joelle Marsh", "demo")
    day.free_slot(0, 14 * 60)
    what = ("Genicular", "CRFA")
    day.book("villalobos 1958", what, "supero l", "", "14:00")
    panel = day.driver.window.workspace.page("schedule").panel.booking  # type: ignore[union-attr]
    assert panel.procedure.site.text() == "superomedial left"
    day.driver.type(NERVES, panel.procedure.site)
    assert "Within limits" in day.verdict()
    assert "The trial's own number" in panel.card.accessibleDescription()
    day.confirm_booking()
    (booked,) = _booked(own, physician, TODAY)
    assert (booked.family, booked.title) == ("CGN", "Cooled radiofrequency, genicular nerves")
    key = day.driver.window.findChild(Key)
    assert "Genicular" in {label.text() for label in key.findChildren(QLabel)}
    assert theme.family("CGN").strong.name().upper() == "#0B7A75"

    # Printed, logged and signed; the calls that it asks for.
    request = SheetRequest("consent", appointment_id=booked.id)
    consent = sheets.prepare(own, physician, request).value
    assert "Heat treatment of the nerves of your knee" in _words(consent.pdf)
    form = complete(procedures.open_log(own, physician, booked.id).form)
    assert form.procedure == "genicular.rfa"
    signed = procedures.sign(own, physician, replace(form, pain_before=Decimal(8)), 0, PASSWORD)
    request = SheetRequest("aftercare", procedure_id=signed.value)
    assert "nerves of your knee" in _words(sheets.prepare(own, physician, request).value.pdf)
    with own.store.engine.connect() as connection:
        calls = connection.execute(text("SELECT kind, due_on FROM follow_up ORDER BY due_on"))
        assert [(kind, str(on)) for kind, on in calls] == [
            ("safety", "2026-11-25"), ("score", "2027-01-05"), ("score", "2027-02-24"),
            ("score", "2027-05-24"),
        ]  # fmt: skip

    # Not again within six months, counted and said; half a year later it stands on the list.
    day.free_slot(0, 16 * 60)
    day.book("villalobos 1958", what, "superomedial left", "", "16:00")
    day.driver.type("1 mar 2027", panel.time.date)
    assert "Not before 24 May 2027" in day.verdict()
    own.clock.moment = datetime(2027, 5, 25, 9, 0, tzinfo=ZoneInfo("America/New_York"))
    _kept_anew(own)
    (row,) = _rows(own, physician)
    assert (row.reason, row.procedure) == (DueReason.REPEAT, "genicular.rfa")
    assert (row.group, row.allowed_from) == (DueGroup.NOW, date(2027, 5, 24))


def test_the_chips_of_the_due_list_add_up(own: Any, day_at: Any) -> None:
    performed(own, BLOCKED, "genicular.block", NERVES, intent="diagnostic", after=3)
    performed(own, date(2026, 8, 3))
    performed(own, date(2026, 8, 4), "withdrawn.procedure", "knee left")
    _kept_anew(own)
    day: Day = day_at(own)
    day.sign_in("Joelle Marsh", "demo")
    day.due_list()
    page = day.driver.window.workspace.page("due")  # type: ignore[union-attr]
    shown = {
        label: int(count)
        for label, _, count in (c.text().rpartition(" ") for c in page.chips.shown())
    }
    assert shown == {"All": 3, "Epidural": 1, "Genicular": 1, "Other": 1}


def test_its_rules_are_explained(own: Any, capsys: Any) -> None:
    assert own.catalogue.packs["genicular-trial"]
    assert run(["rules", "explain", "genicular-trial"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "cooled genicular radiofrequency" in said
    assert "6 months" in said


def _kept_anew(clinic: Any) -> None:
    with clinic.store.unaudited() as tx:
        keeping.keep(tx, clinic.catalogue, [clinic.seeded.teresa], clinic.today())


def _rows(clinic: Any, actor: Any) -> tuple[Any, ...]:
    found = due.overview(clinic, actor, DueFilter(), clinic.today())
    return due.rows(clinic, actor, found.ids, clinic.today())


def _booked(clinic: Any, actor: Any, on: date) -> list[Any]:
    return [row for row in schedule.day(clinic, actor, on).appointments if row.patient_id]


def _words(pdf: bytes) -> str:
    text_ = " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return " ".join(text_.split())

"""The manager maps payers by keyboard, as the page is used."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from support.desk import Desk, words_in
from support.due import performed

from clinicdesk.data import tables as t
from clinicdesk.domain.rows.schedule import PlanRequest
from clinicdesk.services import due, payers, verdicts
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.payers.page import PayersPage

Key = Qt.Key
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
TODAY = date(2026, 11, 24)


class PayersDesk(Desk):
    """A window with the page."""

    key_of_page = "payers"

    def make(self, context: UiContext) -> PayersPage:
        return PayersPage(context)

    def rows(self) -> list[str]:
        """What stands in the list, headings included."""
        model = self.page.view.model()
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]

    def panel(self) -> str:
        """What can be read in the panel."""
        return words_in(self.page.panel)

    def pick(self, title: str) -> None:
        """Chooses from the open list by its first letters, then Enter."""
        menu = self.page.view.menu
        action = next(each for each in menu.actions() if each.text().startswith(title))
        menu.setActiveAction(action)
        self.qtbot.keyClick(menu, Key.Key_Return)
        self.settle()


@pytest.fixture
def people(embedded_clinic: Any) -> Any:
    """Aetna with three epidurals and one booked, Medicare Advantage, UHC."""
    ids = embedded_clinic.seeded
    with embedded_clinic.store.write(None, "test.cover") as tx:
        for patient, payer in (
            (ids.andrea, "Aetna PPO"), (ids.jurgen, "Medicare Advantage HMO"), (ids.sean, "UHC"),
        ):  # fmt: skip
            tx.add(t.Coverage(patient_id=patient, payer=payer))
        start = datetime(2026, 12, 1, 15, tzinfo=UTC)
        visit = tx.add(
            t.Appointment(
                patient_id=ids.andrea, physician_id=ids.osei, starts_at=start,
                ends_at=start + timedelta(minutes=30), local_date=start.date(), created_at=tx.now,
            )
        )  # fmt: skip
        plan = tx.add(t.PlannedProcedure(appointment_id=visit.id, procedure="esi.transforaminal"))
        tx.add(t.PlannedSite(planned_id=plan.id, name="L5", side="left"))
    for days in (170, 120, 100):
        performed(embedded_clinic, TODAY - timedelta(days=days), patient=ids.andrea)
    return ids


@pytest.fixture
def desk(sit: Any, people: Any) -> Callable[[], PayersDesk]:
    def open_desk() -> PayersDesk:
        made: PayersDesk = sit(PayersDesk, "manager")
        made.open()
        return made

    return open_desk


def test_payers_to_map_stand_first_and_the_clear_one_is_chosen(desk: Any) -> None:
    d = desk()
    rows = d.rows()
    assert rows[0].startswith("To map 3 3 patients are judged by Clinic default")
    assert "chosen, not saved: US commercial" in rows[1]
    assert "assumed: Clinic default" in rows[2]
    assert rows[4:] == ["Mapped 1", "Medicare, 1 patient, 0 booked, US Medicare, named by the pack"]
    assert d.page.badge() == 3
    assert "1 of 3 chosen, 2 stay assumed" in words_in(d.page)


def test_the_panel_says_what_it_would_get_and_what_changes(desk: Any) -> None:
    d = desk()
    said = d.panel()
    assert "Aetna PPO would get\nUS commercial (eviCore style)" in said
    for words in ("3 in 6 months, region", "What changes for 1 patient", "verdict gets stricter"):
        assert words in said
    assert "Tue 1 Dec Soto, Andrea: Within limits becomes Not before" in said
    d.key(Key.Key_Down)
    assert "Medicare Advantage HMO\nChoose a rule pack\nMedicare Advantage" in d.panel()
    assert "What changes" not in d.panel()


def test_mapping_by_keyboard(desk: Any, embedded_clinic: Any, people: Any) -> None:
    clinic = embedded_clinic
    d = desk()
    due.refresh(clinic, d.actor, TODAY)
    d.key(Key.Key_Down)
    d.key(Key.Key_Down)
    d.key(Key.Key_Down, ALT)
    d.pick("US Medicare")
    assert "UHC would get\nUS Medicare (LCD)" in d.panel()
    assert "Nothing is booked for them." in d.panel()
    d.key(Key.Key_Return, CTRL)
    assert d.said[-1] == "2 payers mapped from 24 Nov 2026 on"
    assert d.rows()[0].startswith("To map 1 ")
    found = {row.payer: (row.pack, row.since) for row in payers.listed(clinic, d.actor)}
    assert found["UHC"] == ("us-medicare", TODAY)
    assert found["Aetna PPO"] == ("us-commercial", TODAY)
    assert found["Medicare Advantage HMO"] == ("clinic-default", None)
    assert due.behind(clinic, d.actor, TODAY) == 0
    plan = PlanRequest(people.andrea, "esi.transforaminal", ("L5 left",), date(2026, 12, 1))
    assert verdicts.assess(clinic, d.actor, plan).assumed == ""


def test_a_suggestion_taken_away_is_not_saved(desk: Any, embedded_clinic: Any) -> None:
    d = desk()
    d.key(Key.Key_Delete)
    assert not d.page.foot.save.isEnabled()
    d.key(Key.Key_Return, CTRL)
    assert d.warned == ["Choose a rule pack for a payer first."]
    d.click(d.button("Discard"))
    assert "1 of 3 chosen" in words_in(d.page)
    assert all(row.since is None for row in payers.listed(embedded_clinic, d.actor))


def test_from_a_later_day(desk: Any, embedded_clinic: Any) -> None:
    d = desk()
    d.type(d.page.foot.day, "1 jan")
    d.key(Key.Key_Tab)
    assert "0\nbooked, verdict gets stricter" in d.panel()
    d.key(Key.Key_Return, CTRL)
    assert d.said[-1] == "1 payer mapped from 1 Jan 2027 on"
    row = next(row for row in payers.listed(embedded_clinic, d.actor) if row.payer == "Aetna PPO")
    assert row.coming == ("us-commercial", date(2027, 1, 1))


def test_a_day_that_is_none_is_said_at_the_field(desk: Any, embedded_clinic: Any) -> None:
    d = desk()
    d.type(d.page.foot.day, "30 feb")
    d.key(Key.Key_Return, CTRL)
    assert d.page.foot.day.accessibleDescription()
    assert d.said == []
    assert all(row.since is None for row in payers.listed(embedded_clinic, d.actor))


def test_a_payer_mapped_before_is_mapped_anew(desk: Any, embedded_clinic: Any) -> None:
    d = desk()
    d.key(Key.Key_Delete)
    d.key(Key.Key_End)
    assert "Medicare is judged by\nUS Medicare (LCD)" in d.panel()
    d.key(Key.Key_Return)
    d.pick("Clinic default")
    assert "Medicare would get\nClinic default (no payer)" in d.panel()
    d.click(d.button("Map 1 payer"))
    row = next(row for row in payers.listed(embedded_clinic, d.actor) if row.payer == "Medicare")
    assert (row.pack, row.since) == ("clinic-default", TODAY)


def test_searching_narrows_the_list(desk: Any) -> None:
    d = desk()
    d.page.view.setFocus()
    d.key(Key.Key_Slash)
    d.type(d.page.search, "uhc")
    assert [row.split(",")[0] for row in d.rows()[1:]] == ["UHC"]
    d.key(Key.Key_Escape)
    assert len(d.rows()) == 6

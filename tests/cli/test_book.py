"""``book``: the same service as the window, with the same refusals."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from clinicdesk.__main__ import main
from clinicdesk.data import tables as t
from clinicdesk.domain.rows.safety_facts import AllergyEntry, Topic
from clinicdesk.services import reviews, safety_facts

pytestmark = pytest.mark.slow


def _next(weekday: int) -> date:
    """A day of next year's first full week: always in the future, never far."""
    day = date.fromordinal(_today().toordinal() + 7)
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def _today() -> date:
    from clinicdesk.domain.clock import SystemClock

    return SystemClock().now().date()


@pytest.fixture
def book(clinic, monkeypatch, capsys):
    """Books on the small clinic; gives exit code, standard output and error."""
    store = clinic.store
    place = str(store.embedded or store.engine.url.render_as_string(hide_password=False))
    monkeypatch.setattr("sys.stdin", None)
    monkeypatch.setenv("CLINICDESK_PASSPHRASE", "demo")
    monkeypatch.setenv("CLINICDESK_PASSWORD", "demo")

    def run(user: str = "frontdesk", **change: str) -> tuple[int, str, str]:
        options = {
            "patient": str(clinic.seeded.teresa),
            "procedure": "esi.transforaminal",
            "site": "l5 left",
            "start": f"{_next(1)}T10:00",
            "physician": "Dr. Amara Osei",
            "room": "C-arm room",
            **change,
        }
        argv = [part for key, value in options.items() for part in (f"--{key}", value)]
        code = main(["--database", place, "--user", user, "book", *argv])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


def test_it_books_and_says_the_id(book, clinic):
    code, out, err = book()
    assert (code, err) == (0, "")
    number = json.loads(out)["id"]
    with clinic.store.read() as tx:
        row = tx.get(t.Appointment, number)
        local = row.starts_at.astimezone(clinic.zone)
        assert (local.date(), local.hour) == (_next(1), 10)
        assert (row.ends_at - row.starts_at).seconds == 30 * 60
        assert tx.session.query(t.PlannedSite.name, t.PlannedSite.side).all() == [("L5", "left")]
        assert tx.session.query(t.VerdictRecord).count() == 1


def test_names_may_be_logins_or_parts(book):
    assert book(physician="osei", room="c-arm")[0] == 0
    other = {"procedure": "joint.injection", "site": "knee left"}
    assert book(physician="physician", start=f"{_next(2)}T10:00:00", **other)[0] == 0


@pytest.mark.parametrize("name", ["Dr. Who", "Dr.", ""])
def test_a_physician_who_is_not_there_or_not_one(book, name):
    code, out, err = book(physician=name)
    assert (code, out) == (2, "")
    assert "Dr. Amara Osei" in err


def test_what_stands_in_the_way_is_exit_1_and_nothing_is_booked(book, clinic):
    assert book()[0] == 0
    code, out, err = book(patient=str(clinic.seeded.andrea))
    assert (code, out) == (1, "")
    assert "10:00" in err
    assert book(start=f"{_next(6)}T03:00")[0] == 1
    with clinic.store.read() as tx:
        assert tx.session.query(t.Appointment).count() == 1


def test_too_soon_needs_a_physician_with_a_reason(book):
    knee = {"procedure": "joint.injection", "site": "knee left", "start": f"{_next(1)}T09:00"}
    again = {**knee, "start": f"{_next(1) + timedelta(days=1)}T09:00"}
    assert book(**knee)[0] == 0
    code, out, err = book(**again)
    assert (code, out) == (1, "")
    assert "3 months are not over" in err
    assert book(**again, reason="Severe flare after a fall")[0] == 3
    assert book(user="physician", **again, reason="Severe flare after a fall")[0] == 0


@pytest.mark.parametrize(
    "change",
    [{"procedure": "esi.magic"}, {"site": "L9 left"}, {"patient": "99999"}, {"start": "soon"}],
)
def test_a_malformed_wish_is_exit_2(book, change):
    code, out, err = book(**change)
    assert (code, out) == (2, "")
    assert err


@pytest.fixture
def dye(clinic):
    """Teresa cannot have iodinated contrast."""
    desk = clinic.seeded.actor("frontdesk")
    entry = AllergyEntry("IV dye", "anaphylaxis")
    safety_facts.answer(clinic, desk, clinic.seeded.teresa, Topic.ALLERGIES, add=(entry,))


def test_nothing_is_booked_past_a_danger_without_a_reason(book, clinic, dye):
    code, out, err = book()
    assert (code, out) == (1, "")
    assert "IV dye" in err


@pytest.mark.parametrize(
    ("user", "reason", "open_ones"),
    [
        ("frontdesk", "the patient was told", 1),
        ("physician", "seen", 1),
        ("physician", "premedicated as agreed with the allergist", 0),
    ],
)
def test_with_a_reason_it_is_booked_for_review_or_answered(
    book, clinic, dye, user, reason, open_ones
):
    code, out, err = book(user, reason=reason)
    assert code == 0
    number = json.loads(out)["id"]
    rows = reviews.of_appointment(clinic, clinic.seeded.actor("frontdesk"), number)
    assert sum(row.open for row in rows) == open_ones
    assert ("review" in err) == bool(open_ones)

"""``book``: the same service as the window, with the same refusals."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from clinicdesk.__main__ import main
from clinicdesk.data import tables as t
from clinicdesk.domain.rows.safety_facts import AllergyEntry, DrugEntry, Topic
from clinicdesk.services import reviews, safety_facts

pytestmark = pytest.mark.slow
FRIDAY = 4


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

    def run(
        user: str = "frontdesk", reasons: tuple[str, ...] = (), **change: str
    ) -> tuple[int, str, str]:
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
        argv += [part for reason in reasons for part in ("--reason", reason)]
        code = main(["--database", place, "--user", user, "book", *argv])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


def test_it_books_and_says_the_id(book, clinic):
    code, out, err = book()
    assert code == 0
    assert "To ask: Nobody has asked about illnesses" in err
    number = json.loads(out)["id"]
    with clinic.store.read() as tx:
        row = tx.get(t.Appointment, number)
        local = row.starts_at.astimezone(clinic.zone)
        assert (local.date(), local.hour) == (_next(1), 10)
        assert (row.ends_at - row.starts_at).seconds == 30 * 60
        assert tx.session.query(t.PlannedSite.name, t.PlannedSite.side).all() == [("L5", "left")]
        assert tx.session.query(t.VerdictRecord).count() == 1


def test_a_day_that_is_past_is_said_before_any_reason_is_asked(book, clinic):
    safety_facts.answer(
        clinic, clinic.seeded.actor("frontdesk"), clinic.seeded.teresa, Topic.ALLERGIES,
        add=(AllergyEntry("IV dye", "anaphylaxis"),),
    )  # fmt: skip
    code, out, err = book(user="physician", start=f"{_today() - timedelta(days=3)}T10:00")
    assert (code, out) == (1, "")
    assert err.count("\n") == 1
    assert "That time has passed." in err


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


@pytest.mark.parametrize("user", ["frontdesk", "physician"])
@pytest.mark.parametrize("text", ["seen", "abcde", "asdfg asdfg", "xxxxx xxxxx xxxxx"])
def test_a_few_letters_are_no_reason(book, clinic, dye, user, text):
    code, out, err = book(user, reason=text)
    assert (code, out) == (1, "")
    assert "explains nothing" in err
    with clinic.store.read() as tx:
        assert tx.session.query(t.Appointment).count() == 0


FLARE = "Severe flare after a fall"
TOLERATED = "tolerated twice since, as the allergist wrote"


def test_one_sentence_does_not_answer_the_interval_and_a_danger(book, clinic):
    knee = {"procedure": "joint.injection", "site": "knee left", "start": f"{_next(1)}T09:00"}
    assert book(**knee)[0] == 0
    again = {**knee, "start": f"{_next(1) + timedelta(days=1)}T09:00"}
    desk = clinic.seeded.actor("frontdesk")
    entry = AllergyEntry("Kenalog", "hives")
    safety_facts.answer(clinic, desk, clinic.seeded.teresa, Topic.ALLERGIES, add=(entry,))
    code, out, err = book("physician", **again, reasons=(FLARE,))
    assert (code, out) == (1, "")
    assert "--reason interval=TEXT" in err
    assert "--reason allergy.steroid=TEXT" in err
    assert "2 things need a reason" in err
    code, out, err = book("physician", **again, reasons=(f"interval={FLARE}",))
    assert (code, "1 thing needs a reason" in err) == (1, True)
    both = (f"interval={FLARE}", f"allergy.steroid={TOLERATED}")
    code, out, _ = book("physician", **again, reasons=both)
    assert code == 0
    (row,) = reviews.of_appointment(clinic, desk, json.loads(out)["id"])
    assert (row.words, row.open) == (TOLERATED, False)
    with clinic.store.read() as tx:
        kept = [row.reason for row in tx.session.query(t.VerdictRecord)]
    assert kept == ["", FLARE]


@pytest.mark.parametrize("name", ["nosuch", "Interval", "allergy-contrast"])
def test_a_reason_to_an_unknown_id_names_it(book, dye, name):
    code, __, err = book("physician", reasons=(f"{name}=Severe flare after a fall",))
    assert code == 2
    assert f"Nobody asks for “{name}” here. A reason is asked for: allergy.contrast." in err


def test_a_coded_reason_is_named_by_its_code(book, clinic, dye):
    code, out, _ = book("physician", reasons=("allergy.contrast=prepared",))
    assert code == 0
    desk = clinic.seeded.actor("frontdesk")
    (row,) = reviews.of_appointment(clinic, desk, json.loads(out)["id"])
    assert (row.code, row.open) == ("prepared", False)


@pytest.mark.parametrize(
    "reasons", [("joint.surgery=agreed with the surgeon",), (FLARE, TOLERATED)]
)
def test_a_reason_that_nobody_asked_for_is_exit_2(book, dye, reasons):
    code, out, err = book("physician", reasons=reasons)
    assert (code, out) == (2, "")
    assert "--reason ID=TEXT" in err or "Nobody asks" in err


def test_the_same_twice_on_a_day_is_asked_about(book):
    assert book()[0] == 0
    code, out, err = book("physician", start=f"{_next(1)}T14:00")
    assert (code, out) == (1, "")
    assert "on this day already" in err
    said = ("interval=Two sessions are meant, morning and afternoon",)
    assert book("physician", start=f"{_next(1)}T14:00", reasons=said)[0] == 0
    elsewhere = {"procedure": "joint.injection", "site": "knee left"}
    assert book(start=f"{_next(1)}T15:00", **elsewhere)[0] == 0


def test_a_drug_that_it_is_too_late_to_stop_is_said(book, clinic):
    desk = clinic.seeded.actor("frontdesk")
    entry = DrugEntry("Eliquis", "5 mg")
    safety_facts.answer(clinic, desk, clinic.seeded.teresa, Topic.DRUGS, add=(entry,))
    soon = _today() + timedelta(days=2)
    while soon.weekday() > FRIDAY:
        soon += timedelta(days=1)
    code, __, err = book(start=f"{soon}T10:00")
    assert code == 0
    assert "Apixaban: too late for this day" in err
    assert "earliest day that leaves time" in err
    later = f"{_next(1) + timedelta(days=7)}T10:00"
    assert "too late for this day" not in book(start=later, site="l4 left")[2]

"""Values come back as they went in, the same from both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import StatementError

from clinicdesk.data.tables import Patient, Reading


@pytest.fixture
def patient(store):
    with store.write(None, "test") as tx:
        return tx.add(
            Patient(mrn="1", family="A", birth_date=date(1958, 3, 14), created_at=tx.now)
        ).id


def _reading(store, patient, value, taken=None):
    with store.write(None, "test") as tx:
        tx.add(
            Reading(
                patient_id=patient,
                scale="NRS",
                value=value,
                taken_at=taken,
                local_date=date(2026, 11, 24),
            )
        )


def test_decimals_are_exact(store, patient):
    typed = ("0", "0.0001", "7.5", "8", "10", "100", "12345.6789")
    for one in typed:
        _reading(store, patient, Decimal(one))
    with store.read() as tx:
        found = tx.session.execute(select(Reading.value).order_by(Reading.value)).scalars().all()
        assert [str(value) for value in found] == list(typed)
        least = select(func.count(Reading.id)).where(Reading.value >= Decimal("7.5"))
        assert tx.session.execute(least).scalar_one() == 5


def test_a_decimal_that_does_not_fit_is_refused_not_rounded(store, patient):
    with pytest.raises((StatementError, ValueError), match="decimal places"):
        _reading(store, patient, Decimal("0.00001"))


def test_moments_are_utc_and_sort_as_time_does(store, patient):
    moments = [
        datetime(2026, 11, 24, 10, 12, tzinfo=timezone(timedelta(hours=-5))),
        datetime(2026, 11, 24, 15, 11, 59, 999999, tzinfo=UTC),
        datetime(1999, 1, 1, tzinfo=UTC),
    ]
    for moment in moments:
        _reading(store, patient, Decimal(1), moment)
    with store.read() as tx:
        found = tx.session.execute(select(Reading.taken_at).order_by(Reading.taken_at)).scalars()
        assert list(found) == sorted(moments)


def test_a_moment_without_a_zone_is_refused(store, patient):
    with pytest.raises(StatementError, match="time zone"):
        _reading(store, patient, Decimal(1), datetime(2026, 1, 1))  # noqa: DTZ001

"""Dates and times on the command line."""

from __future__ import annotations

import argparse
from datetime import date, datetime


def day(text: str) -> date:
    """An ISO date; raises ArgumentTypeError."""
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a calendar date
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}” is not a date, YYYY-MM-DD") from error


def moment(text: str) -> datetime:
    """An ISO time; without an offset it is the clinic's own."""
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}” is not a time like 2026-11-24T09:30") from error

"""After every test of the due list: the counts kept are those of the rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from support.due import kept_counts


@pytest.fixture(autouse=True)
def counts_are_those_of_the_rows(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whatever a test did: signing, booking, putting aside, building, all at once."""
    where: Any = request.getfixturevalue("clinic") if "clinic" in request.fixturenames else None
    yield
    if where is not None:
        kept, counted = kept_counts(where)
        assert kept == counted

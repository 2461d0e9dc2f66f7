"""Every figure in ``resources`` stands in a list beside its line in the reference, reviewed.

The reference (the clinic's domain notes) is no part of this project. ``reference`` names the
section and says what stands there; ``review`` is what comparing them came to:

=======  ==================================================================================
same     the reference says the same
within   the reference gives a range, or the sum of several, and it lies within
chosen   the reference gives several that contradict one another: which one, and why
own      the reference has none: the house's own, to be confirmed by each clinic
name     no figure by which anybody decides (a title, a scale's range)
=======  ==================================================================================

After a change: ``python tests/support/figures.py``, then compare and fill in what is empty.
"""

from __future__ import annotations

from collections import Counter

import pytest
from support.figures import ROOT, found, reviewed

REVIEWS = {"same", "within", "chosen", "own", "name"}
LIST = reviewed()


def _short(row: tuple[str, ...]) -> str:
    return " | ".join(row[:4])


def test_no_figure_is_new_changed_or_gone_without_a_review():
    there, listed = Counter(row.said for row in found()), Counter(row.said for row in LIST)
    assert [_short(row) for row in there - listed] == [], "run tests/support/figures.py"
    assert [_short(row) for row in listed - there] == [], "run tests/support/figures.py"


@pytest.mark.parametrize("row", LIST, ids=[f"{row.file}:{row.entry}" for row in LIST])
def test_a_figure_was_compared_and_what_nobody_read_is_marked(row):
    assert row.review in REVIEWS
    assert row.reference
    if row.review in ("own", "chosen") or "[OWN]" in row.reference:
        assert row.verify == "verify"


def test_every_folder_of_clinical_figures_is_walked():
    folders = {row.file.split("/")[0] for row in LIST}
    assert folders == {"rules", "safety", "catalogue", "documents"}
    packs = {path.name for path in (ROOT / "rules").glob("*.toml")}
    assert {row.file for row in LIST if row.file.startswith("rules/")} == {
        f"rules/{name}" for name in packs
    }

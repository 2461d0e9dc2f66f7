"""What the checks take as injected is said at the site; of an unknown joint no dose is guessed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from support.booking import fill
from support.desk import words_in

OpenDesk = Callable[..., Any]


@pytest.mark.parametrize(
    ("site", "said", "asked"),
    [
        ("knee left", "As usual: triamcinolone 40 mg, lidocaine 40 mg", False),
        ("thumb base left", "As usual: triamcinolone 10 mg, lidocaine 5 mg", False),
        ("elbow left", "No dose is usual for this site: the log will ask.", True),
    ],
)
def test_the_usual_dose_goes_by_the_joint(
    desk: OpenDesk, site: str, said: str, asked: bool
) -> None:
    at = desk()
    fill(at)
    at.panel.procedure.set_procedure("joint.injection", (site,))
    at.settle()
    assert said in words_in(at.panel)
    told = "No usual dose of triamcinolone and lidocaine is known for this site"
    assert (told in words_in(at.panel.safety)) is asked


def test_it_goes_with_the_site_that_says_it(desk: OpenDesk) -> None:
    at = desk()
    fill(at)
    assert "As usual: dexamethasone 10 mg, lidocaine 10 mg" in words_in(at.panel)
    at.panel.procedure.set_procedure("facet.rfa", ("L4-L5 left",))
    at.settle()
    assert "As usual: lidocaine 40 mg" in words_in(at.panel)

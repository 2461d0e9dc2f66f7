"""The demo day that ``run.py --demo`` works where there is no screen."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.journey

ROOT = Path(__file__).parents[2]
CODE = """
import sys
from pathlib import Path
from clinicdesk.domain.clock import SystemClock
from clinicdesk.ui.tour.run import tour
sys.exit(tour(Path(sys.argv[1]), SystemClock(), patients=300))
"""


def test_the_demo_day_is_worked_to_its_end(tmp_path: Path) -> None:
    """On whatever day it is: the demo fills the days to come otherwise each time."""
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", CODE, str(tmp_path / "tour")],
        env=env, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    made = {path.suffix for path in (tmp_path / "tour").iterdir()}
    assert made == {".png", ".pdf"}

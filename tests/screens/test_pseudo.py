"""All screens in a language that is longer and accented: nothing untranslated, nothing clipped."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
WALK = ROOT / "tests" / "support" / "pseudo_walk.py"

pytestmark = pytest.mark.screens


@pytest.fixture(scope="module")
def found(_demo_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What one walk through the demo clinic found; in a process of its own, see there."""
    folder = tmp_path_factory.mktemp("pseudo")
    for ending in ("", ".key"):
        shutil.copy(f"{_demo_template}{ending}", folder / f"demo.db{ending}")
    result = folder / "found.json"
    env = os.environ | {
        "CLINICDESK_LANGUAGE": "qps", "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")]),
        "CLINICDESK_CONFIG": str(folder / "config"), "CLINICDESK_DATA": str(folder / "data"),
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, str(WALK), str(folder / "demo.db"), str(result)],
        env=env, capture_output=True, text=True, timeout=400, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(result.read_text(encoding="utf-8"))


def test_every_screen_could_be_walked(found: Any) -> None:
    assert found["troubles"] == []
    assert found["seen"] > 600


def test_nothing_on_the_screens_is_plain_english(found: Any) -> None:
    said = [f"{f['screen']}, {f['kind']}: {f['words']!r} in {f['text']!r}" for f in found["plain"]]
    assert said == []


def test_nothing_on_the_screens_is_clipped(found: Any) -> None:
    said = [f"{f['screen']}, {f['class']}: {f['text']!r} {f['why']}" for f in found["clipped"]]
    assert said == []

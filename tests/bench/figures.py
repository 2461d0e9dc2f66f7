"""Prints how fast the program is, each figure beside a bare floor measured in the same run.

    .venv/bin/python tests/bench/figures.py              everything (about four minutes)
    .venv/bin/python tests/bench/figures.py --quick      small sizes, to see that it works

Nothing is asserted: a figure is read by a person, and the ratio travels between machines.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")

_BARE_WINDOW = """
import time, sys
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([]); window = QMainWindow(); window.resize(1440, 900); window.show()
app.processEvents(); print(time.perf_counter())
"""
_OUR_WINDOW = """
import sys, time
sys.path.insert(0, {root!r})
from clinicdesk.domain.clock import SystemClock
from clinicdesk.ui.launch import Launched, application
app = application()
launched = Launched(app, {where!r}, "frontdesk", demo=False, clock=SystemClock())
launched.begin()
while launched.window is None or launched.window.clinic is None: app.processEvents()
window = launched.window
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
def box():
    return next((b for b in window.sign_in.findChildren(QLineEdit) if b.isVisible()
                 and b.echoMode() == QLineEdit.EchoMode.Password and b.hasFocus()), None)
while box() is None: app.processEvents()
window.sign_in.repaint(); app.processEvents(); first = time.perf_counter()
while not window.ahead.done: app.processEvents()  # as long as typing takes
QTest.keyClicks(box(), "demo"); app.processEvents()
enter = time.perf_counter()
QTest.keyClick(box(), Qt.Key.Key_Return)
while window.workspace is None: app.processEvents()
page = window.workspace.page("schedule")
while page.model.day is None: app.processEvents()
window.repaint(); app.processEvents()
print(first, enter, time.perf_counter()); window.close()
"""


def median_ms(work: Callable[[], object], times: int) -> float:
    """Median milliseconds of a call, after one warm-up."""
    work()
    found = []
    for _ in range(times):
        begin = time.perf_counter()
        work()
        found.append((time.perf_counter() - begin) * 1000)
    return statistics.median(found)


def line(what: str, ours: float, floor: float, floor_is: str) -> None:
    """One figure with its floor and the ratio."""
    print(
        f"{what:<52} {ours:9.2f} ms   floor {floor:8.2f} ms ({floor_is})   x{ours / floor:.1f}",
        flush=True,
    )


def start(where: Path, times: int) -> None:
    """From the start of the process to the sign-in page; from Enter to the painted schedule."""
    bare, first, day = [], [], []
    env = {**os.environ, "CLINICDESK_PASSPHRASE": "demo", "CLINICDESK_CONFIG": tempfile.mkdtemp()}
    ours = _OUR_WINDOW.format(root=str(ROOT), where=str(where))
    for _ in range(times):
        begin = time.perf_counter()
        bare.append(float(_run(_BARE_WINDOW, env)[0]) - begin)
        begin = time.perf_counter()
        shown, enter, painted = map(float, _run(ours, env))
        first.append(shown - begin)
        day.append(painted - enter)
    floor = statistics.median(bare) * 1000
    line("start to the sign-in page", statistics.median(first) * 1000, floor, "empty window")
    line("Enter to the painted schedule", statistics.median(day) * 1000, floor, "empty window")


def _run(code: str, env: dict[str, str]) -> list[str]:
    # perf_counter is the machine's monotonic clock, so times of two processes compare.
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True
    )
    return done.stdout.split()


SEARCHES = (
    "villalobos",
    "andrea s",
    "soto andrea",
    "muller",
    "oneil",
    "van berg 1958",
    "617 555",
    "te",
)


def search(where: Path, patients: int) -> None:
    """The type-ahead against the plainest SQL that finds one name by its index."""
    from sqlalchemy import text

    from clinicdesk.domain.clock import SystemClock
    from clinicdesk.services import patients as service
    from clinicdesk.services import signin
    from clinicdesk.services.clinics import open_clinic

    clinic = open_clinic(where, "demo", clock=SystemClock(), keyring=False)
    actor = signin.sign_in(clinic, "frontdesk", "demo", "bench")

    def raw() -> object:
        with clinic.store.read() as tx:
            query = text(
                "SELECT patient_id, family, given FROM patient_search"
                " WHERE family_key >= 'villalobos' AND family_key < 'villaloboz' LIMIT 12"
            )
            return tx.session.execute(query).all()

    floor = median_ms(raw, 30)
    found = [
        median_ms(lambda typed=typed: service.search(clinic, actor, typed), 9) for typed in SEARCHES
    ]
    line(
        f"type-ahead, {patients:,} patients, median of {len(SEARCHES)} terms",
        statistics.median(found),
        floor,
        "raw SQL prefix",
    )
    line(f"type-ahead, {patients:,} patients, slowest term", max(found), floor, "raw SQL prefix")
    clinic.close()


def painting(counts: tuple[int, ...], times: int) -> None:
    """A full repaint of the day, and a drag frame, against a bare list view with as many rows."""
    sys.path.insert(0, str(ROOT / "tests"))
    from PySide6.QtCore import QStringListModel
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QApplication, QListView
    from support.day_paint import PaintedDay

    from clinicdesk.ui import theme
    from clinicdesk.ui.launch import application

    theme.apply(application(), "light")
    for count in counts:
        day = PaintedDay(count)
        bare = QListView()
        bare.setModel(QStringListModel([f"row {i}" for i in range(count)]))
        bare.resize(1300, 900)
        bare.show()
        QApplication.processEvents()
        image = QImage(1300, 900, QImage.Format.Format_ARGB32_Premultiplied)
        floor = median_ms(lambda v=bare, i=image: v.viewport().render(i), times)
        line(
            f"painting a day of {count} appointments",
            median_ms(day.paint, times),
            floor,
            "bare list",
        )
        line(f"a drag frame among {count}", median_ms(day.frame, times), floor, "bare list")


def sheet(times: int) -> None:
    """One consent sheet against a bare canvas drawing as many lines of text."""
    import io

    from reportlab.pdfgen import canvas

    from clinicdesk.documents.render import render

    sys.path.insert(0, str(ROOT / "tests"))
    from support.sheets import full_facts, library

    facts = full_facts("esi.transforaminal", ("L5 left",), "therapeutic")
    texts = library().pick("consent", facts.procedure, "en")
    ours = median_ms(lambda: render("consent", facts, texts, "letter"), times)

    def bare() -> object:
        page = canvas.Canvas(io.BytesIO())
        for number in range(60):
            page.drawString(
                40, 800 - number * 12, "A line of plain text as long as one of the sheet's own."
            )
        page.showPage()
        return page.save()

    line("one consent sheet", ours, median_ms(bare, times), "bare canvas")


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args().quick
    from clinicdesk.domain.clock import SystemClock
    from clinicdesk.services.demo import create_demo

    sizes = (200,) if quick else (5_000, 100_000)
    with tempfile.TemporaryDirectory() as folder:
        for patients in sizes:
            where = Path(folder) / f"{patients}.db"
            begin = time.perf_counter()
            create_demo(
                where, patients=patients, years=5 if patients <= 5000 else 1, clock=SystemClock()
            )
            print(
                f"demo clinic of {patients:,} patients made in {time.perf_counter() - begin:.1f} s",
                flush=True,
            )
            search(where, patients)
        start(Path(folder) / f"{sizes[0]}.db", 1 if quick else 5)
        painting((60, 300), 5 if quick else 30)
        sheet(3 if quick else 20)


if __name__ == "__main__":
    main()

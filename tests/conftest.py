"""What every test may ask for: a clock, the catalogue, clinics on both databases."""

from __future__ import annotations

import gc
import os
import shutil
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
# What is made once for the whole session sees no files of the person who runs it, either.
os.environ["CLINICDESK_DATA"] = str(Path(__file__).parent / "nobody")
sys.path.insert(0, str(Path(__file__).parent))

from support import rooms  # before anything of ours is imported
from support.postgres import PostgresServer
from support.windows import left_behind

from clinicdesk.domain import translation
from clinicdesk.domain.clock import FixedClock
from clinicdesk.domain.customs import customs_of
from clinicdesk.domain.permissions import Role
from clinicdesk.domain.rows.people import Actor

# How long an example takes to make says how busy the machine is.
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("here")

# -- the order ------------------------------------------------------------------------------


def _seed(config: pytest.Config) -> int | None:
    # None in a worker, which has it from the run it belongs to, and with ``-p no:randomly``.
    if hasattr(config, "workerinput"):
        return None
    return config.getoption("randomly_seed", None)


def pytest_sessionstart(session: pytest.Session) -> None:
    """Says first in which order the tests run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if (seed := _seed(session.config)) is not None and reporter is not None:
        reporter.write_line(f"order of the tests: --randomly-seed={seed}")


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What was imported and found stays: no collection after a test walks through it again."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish() -> None:
    """Each process leaves what ran in it, and ends at once."""
    if rooms.FOLDER:
        rooms.keep(Path(rooms.FOLDER))
    # pytest collects five times more before it ends. A process of xdist that takes over five
    # seconds for that is interrupted, and the KeyboardInterrupt said to be of whatever ran then.
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: Any, exitstatus: int, config: pytest.Config) -> None:
    """How much of each room was walked through; after a failure the order again."""
    if rooms.FOLDER:
        terminalreporter.section("what the tests ran of each room")
        terminalreporter.write("".join(f"{line}\n" for line in rooms.table(Path(rooms.FOLDER))))
    if exitstatus and (seed := _seed(config)) is not None:
        terminalreporter.write_line(f"in the same order again: --randomly-seed={seed}")


NOW = datetime(2026, 11, 24, 10, 12, tzinfo=ZoneInfo("America/New_York"))


_count = iter(range(10**9))


@pytest.fixture(scope="session")
def _homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("homes")


@pytest.fixture(autouse=True)
def _own_folders(_homes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # No test reads or writes the preferences and clinics of the person who runs it. (Counted here:
    # mktemp reads through everything that the tests before left, each time.)
    folder = _homes / str(next(_count))
    folder.mkdir()
    monkeypatch.setenv("CLINICDESK_CONFIG", str(folder / "config"))
    monkeypatch.setenv("CLINICDESK_DATA", str(folder / "data"))
    for name in ("CLINICDESK_PASSPHRASE", "CLINICDESK_PASSWORD"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def _no_window_is_left() -> Iterator[None]:
    # A window that stays is styled, asked and painted again in every test after this one.
    yield
    left = left_behind()
    assert not left, f"still there after the test: {', '.join(left)}"


@pytest.fixture(autouse=True)
def _hand_at_rest() -> Iterator[None]:
    # What a test's hand does stays for every test after it in this process, in whichever room:
    # a button that was pressed and not released (after a double click it always is) makes a drag of
    # each move, and a pointer left outside the next window does not enter it where it first moves.
    yield
    if (library := sys.modules.get("PySide6.QtWidgets")) is None:
        return
    if isinstance(library.QApplication.instance(), library.QApplication):
        from PySide6.QtCore import Qt
        from PySide6.QtGui import QCursor
        from PySide6.QtTest import QTest

        for button in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            QTest.mouseRelease(library.QWidget(), button)
        QCursor.setPos(10, 10)


@pytest.fixture(autouse=True)
def _as_installed() -> Iterator[None]:
    # What is set for the whole program when a clinic is opened (its customs, its families) or a
    # language chosen is not there for the next test.
    yield
    translation.install(None)
    if (local := sys.modules.get("clinicdesk.ui.local")) is not None:
        local.use(customs_of("US"))
    if (theme := sys.modules.get("clinicdesk.ui.theme")) is not None:
        from support.vocabulary import CATALOGUE

        theme.use_families(CATALOGUE.vocabulary.shown_families)


@pytest.fixture(autouse=True)
def _collected() -> Iterator[None]:
    # With lanes about, automatic collection is off (see ``clinicdesk.ui.garbage``), and many tests
    # run no event loop: the test's own thread, which is Qt's, collects between tests.
    yield
    if not gc.isenabled() and gc.get_count()[0] > 20_000:
        gc.collect()


@pytest.fixture
def clock() -> FixedClock:
    """Tuesday 24 November 2026, 10:12 in New York."""
    return FixedClock(NOW)


@pytest.fixture(scope="session")
def catalogue() -> Any:
    """The shipped clinical knowledge."""
    from support.vocabulary import CATALOGUE

    return CATALOGUE


# -- databases ------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A PostgreSQL server on loopback, stopped at the end."""
    server = PostgresServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def _postgres_templates(postgres_server: PostgresServer) -> dict[str, Any]:
    return {}


@pytest.fixture(scope="session")
def _embedded_templates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return {"folder": tmp_path_factory.mktemp("templates")}


@pytest.fixture(scope="session", autouse=True)
def _statements_are_kept() -> None:
    if "clinicdesk.data.engine" in sys.modules:
        from support import statements

        statements.keep()


def _make(kind: str, store: Any) -> Any:
    if kind == "empty":
        return None
    from support.seed import seed_small

    return seed_small(store, FixedClock(NOW))


def _embedded(kind: str, templates: dict[str, Any], folder: Path) -> tuple[Any, Any]:
    """A fresh copy of a database made once: copying is a hundred times faster than making."""
    from clinicdesk.data.keys import CHEAP
    from clinicdesk.data.store import Store

    if kind not in templates:
        path = templates["folder"] / f"{kind}.db"
        store, _ = Store.create_embedded(
            path, "demo", kdf=CHEAP, keyring=False, clock=FixedClock(NOW)
        )
        made = _make(kind, store)
        store.close()
        templates[kind] = (path, made)
    path, made = templates[kind]
    target = folder / "clinic.db"
    for ending in ("", ".key"):
        shutil.copy(f"{path}{ending}", f"{target}{ending}")
    return Store.open(target, "demo", keyring=False, clock=FixedClock(NOW)), made


def _server(kind: str, templates: dict[str, Any], server: PostgresServer) -> tuple[Any, Any]:
    from clinicdesk.data.store import Store

    if kind not in templates:
        server.sql("postgres", f"CREATE DATABASE template_{kind}")
        store = Store.create_schema(server.url(f"template_{kind}"), clock=FixedClock(NOW))
        made = _make(kind, store)
        store.close()
        templates[kind] = made
    name = f"test_{next(_count)}"
    server.sql("postgres", f"CREATE DATABASE {name} TEMPLATE template_{kind}")
    return Store.open(server.url(name), clock=FixedClock(NOW)), templates[kind]


def _store(
    request: pytest.FixtureRequest, kind: str, backend: str, folder: Path
) -> tuple[Any, Any]:
    if backend == "sqlcipher":
        return _embedded(kind, request.getfixturevalue("_embedded_templates"), folder)
    templates = request.getfixturevalue("_postgres_templates")
    return _server(kind, templates, request.getfixturevalue("postgres_server"))


BOTH = [
    pytest.param("sqlcipher", id="sqlcipher"),
    pytest.param("postgres", id="postgres", marks=pytest.mark.postgres),
]


@pytest.fixture(params=BOTH)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
    """An empty, migrated database; each test runs on both."""
    made, _ = _store(request, "empty", request.param, tmp_path)
    yield made
    made.close()


@pytest.fixture
def sqlcipher_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
    """An empty embedded database."""
    made, _ = _store(request, "empty", "sqlcipher", tmp_path)
    yield made
    made.close()


def _clinic(store: Any, seeded: Any, catalogue: Any) -> Any:
    from clinicdesk.services.context import Clinic

    clinic = Clinic(store, FixedClock(NOW), catalogue)
    clinic.seeded = seeded  # type: ignore[attr-defined]
    return clinic


@pytest.fixture(params=BOTH)
def clinic(request: pytest.FixtureRequest, tmp_path: Path, catalogue: Any) -> Iterator[Any]:
    """A small clinic (``clinic.seeded`` holds the ids); each test runs on both databases."""
    made, seeded = _store(request, "small", request.param, tmp_path)
    yield _clinic(made, seeded, catalogue)
    made.close()


@pytest.fixture
def embedded_clinic(
    request: pytest.FixtureRequest, tmp_path: Path, catalogue: Any
) -> Iterator[Any]:
    """The small clinic on the embedded database only (for tests of the window)."""
    made, seeded = _store(request, "small", "sqlcipher", tmp_path)
    yield _clinic(made, seeded, catalogue)
    made.close()


@pytest.fixture(scope="session")
def _demo_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from clinicdesk.data.keys import CHEAP
    from clinicdesk.data.store import Store
    from clinicdesk.services.demo import make_demo

    path = tmp_path_factory.mktemp("demo") / "demo.db"
    clock = FixedClock(NOW)
    store, _ = Store.create_embedded(path, "demo", kdf=CHEAP, keyring=False, clock=clock)
    make_demo(store, patients=120, years=3, seed=1, clock=clock)
    store.close()
    return path


@pytest.fixture
def demo_clinic(_demo_template: Path, tmp_path: Path, catalogue: Any) -> Iterator[Any]:
    """A demo clinic of 120 patients, embedded; every test gets its own copy."""
    from clinicdesk.data.store import Store

    target = tmp_path / "demo.db"
    for ending in ("", ".key"):
        shutil.copy(f"{_demo_template}{ending}", f"{target}{ending}")
    made = Store.open(target, "demo", keyring=False, clock=FixedClock(NOW))
    yield _clinic(made, None, catalogue)
    made.close()


# -- people ---------------------------------------------------------------------------------


def _actor(request: pytest.FixtureRequest, role: Role) -> Actor:
    from clinicdesk.services.signin import staff_for_sign_in

    for name in ("clinic", "embedded_clinic", "demo_clinic"):
        if name in request.fixturenames:
            staff = staff_for_sign_in(request.getfixturevalue(name))
            person = next(p for p in staff if p.role == role)
            return Actor(person.id, person.login, person.name, role, "test-desk")
    return Actor(1, role.value, role.label, role, "test-desk")


@pytest.fixture
def frontdesk(request: pytest.FixtureRequest) -> Actor:
    """The front desk of the test's clinic."""
    return _actor(request, Role.FRONT_DESK)


@pytest.fixture
def nurse(request: pytest.FixtureRequest) -> Actor:
    """The nurse of the test's clinic."""
    return _actor(request, Role.NURSE)


@pytest.fixture
def physician(request: pytest.FixtureRequest) -> Actor:
    """The first physician of the test's clinic."""
    return _actor(request, Role.PHYSICIAN)


@pytest.fixture
def manager(request: pytest.FixtureRequest) -> Actor:
    """The manager of the test's clinic."""
    return _actor(request, Role.MANAGER)

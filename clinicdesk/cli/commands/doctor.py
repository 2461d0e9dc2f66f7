"""``clinicdesk doctor``: what is installed and whether it is well, one line each."""

from __future__ import annotations

import argparse
import importlib
import os
import platform
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from clinicdesk import __version__
from clinicdesk.cli.exits import Exit
from clinicdesk.cli.output import say
from clinicdesk.domain.errors import ClinicError
from clinicdesk.domain.rows.documents import SheetStanding
from clinicdesk.domain.sheets import TextFile

NAME, PLACE = "doctor", 40
HELP = "what is installed and whether it is well"

_LITTLE = 2 * 1024**3


@dataclass(frozen=True)
class Line:
    """One thing looked at; ``todo`` says what to do where it is not well.

    ``advice`` only: nothing is known to be wrong, and the advice stands all the same.
    """

    what: str
    found: str
    todo: str = ""
    advice: bool = False

    @property
    def ill(self) -> bool:
        return bool(self.todo) and not self.advice

    def __str__(self) -> str:
        mark = "look" if self.ill else "note" if self.advice else "ok  "
        return f"{mark}  {self.what}: {self.found}" + (f" — {self.todo}" if self.todo else "")


def arguments(_parser: argparse.ArgumentParser) -> None:
    """It takes nothing."""


def run(args: argparse.Namespace) -> Exit:
    """Exit 1 if any line needs a look."""
    worst = Exit.DONE
    for line in _lines(args.database):
        say(str(line))
        if line.ill:
            worst = Exit.LOOK
    return worst


def _lines(where: str | None) -> Iterator[Line]:
    yield Line("ClinicDesk", f"{__version__} on {platform.platform(terse=True)}")
    yield Line("Python", platform.python_version())
    yield _window()
    for what, package in (
        ("Database layer", "SQLAlchemy"),
        ("Encryption", "sqlcipher3"),
        ("Server access", "psycopg"),
        ("Sheets", "reportlab"),
    ):
        yield _installed(what, package)
    yield _guarded("Catalogue and rules", _catalogue)
    yield _guarded("The clinic's own files", _own_files)
    yield from _texts()
    yield _guarded("Key store", _key_store)
    yield _log_file()
    yield from _database(where)


def _window() -> Line:
    """PySide6 is there only if the system's libraries that it needs are, too."""
    line = _installed("Window", "PySide6")
    if line.todo:
        return line
    try:
        importlib.import_module("PySide6.QtWidgets")
    except ImportError as error:
        todo = f"install the system libraries it needs, or run packaging/run.py again ({error})"
        return Line(line.what, f"{line.found} does not start", todo)
    return line


def _installed(what: str, package: str) -> Line:
    try:
        return Line(what, f"{package} {metadata.version(package)}")
    except metadata.PackageNotFoundError:
        return Line(what, f"{package} is missing", "run packaging/run.py again to install it")


def _guarded(what: str, look: Callable[[], Line]) -> Line:
    try:
        return look()
    except ClinicError as error:
        return Line(what, "not well", str(error))


def _catalogue() -> Line:
    from clinicdesk.catalogue.loader import load_catalogue

    catalogue = load_catalogue()
    packs = ", ".join(f"{pack.id} {pack.version}" for pack in catalogue.packs.values())
    return Line(
        "Catalogue and rules",
        f"{len(catalogue.procedures)} procedures, {len(catalogue.products)} products; {packs}",
    )


def _own_files() -> Line:
    """Which of them are in use; what is wrong with one is said by ``_guarded``."""
    from clinicdesk.catalogue import own, resources
    from clinicdesk.catalogue.loader import installed_catalogue
    from clinicdesk.catalogue.sheet_files import own_names

    installed_catalogue()
    folder = own.overlay()
    texts = tuple(f"documents/{name}" for name in own_names(folder)) if folder else ()
    found = ", ".join((*own.files_in_use(), *texts))
    where = resources.own_folder()
    return Line("The clinic's own files", f"{found} in {where}" if found else f"none in {where}")


def _texts() -> Iterator[Line]:
    """What of the sheets is approved, and which of the clinic's own texts need a look."""
    from clinicdesk.domain.sheet_standing import approval_words
    from clinicdesk.services.sheet_texts import installed_standing

    try:
        standing = installed_standing()
    except ClinicError as error:
        yield Line("Texts of sheets", "not well", str(error))
        return
    yield Line(
        "Texts of sheets",
        f"{len(standing.approved)} approved, {len(standing.waiting)} not approved",
        "what is not approved is printed as sample wording" if standing.waiting else "",
        advice=True,
    )
    for sheet in standing.approved:
        yield Line(_named(sheet), f"approved by {approval_words(sheet.approvals)}")
    for sheet in standing.partly:
        yield Line(_named(sheet), f"not approved: {', '.join(sheet.open)}", advice=True)
    ours = [_named(sheet) for sheet in standing.ours]
    if ours:
        yield Line("Not approved, as they came", "; ".join(ours))
    for file in standing.own:
        yield _own_text(file)


def _own_text(file: TextFile) -> Line:
    """A text of the clinic's: it needs a look where it, or ours beneath it, has changed."""
    from clinicdesk.domain.sheet_standing import own_words

    what, words = f"documents/{file.name}", own_words(file)
    if file.outdated or file.lapsed:
        return Line(what, "changed", words)
    return Line(what, words, advice=file.unmarked or not file.sealed)


def _named(sheet: SheetStanding) -> str:
    return f"{sheet.name} ({sheet.language})"


def _key_store() -> Line:
    import keyring
    from keyring.backends.fail import Keyring as NoKeyring

    backend = keyring.get_keyring()
    if isinstance(backend, NoKeyring):
        return Line("Key store", "none on this system: the passphrase is asked for at each start")
    return Line("Key store", str(getattr(backend, "name", type(backend).__name__)))


def _log_file() -> Line:
    from clinicdesk.services import logfile

    where = logfile.path()
    if where.is_file() and os.access(where, os.W_OK):
        return Line("Log file", f"{where}, without patient data: it may be sent to support")
    return Line("Log file", f"{where} cannot be written", "check who may write in that folder")


def _database(where: str | None) -> Iterator[Line]:
    from clinicdesk.cli.session import last_opened

    where = where or last_opened()
    if where is None:
        yield Line("Database", "none opened yet by this account")
        return
    yield _guarded("Database", lambda: _health(where))
    if "://" not in where:
        yield _disk(Path(where))
        yield _backup(Path(where))


def _health(where: str) -> Line:
    """Opens the clinic and asks the database whether it is sound."""
    from clinicdesk.cli.session import ask_passphrase
    from clinicdesk.services import health

    seen = health.look_at(where, ask_passphrase)
    found = f"{seen.where}, {seen.version}"
    return Line("Database", found if seen.fault else f"{found}, sound", seen.fault)


def _disk(path: Path) -> Line:
    folder = path.expanduser().absolute().parent
    if not folder.is_dir():
        return Line("Free disk", f"{folder} is not there", "check the path of the database")
    free = shutil.disk_usage(folder).free
    found = f"{free / 1024**3:.1f} GB in {folder}"
    return Line("Free disk", found, "make room before the disk is full" if free < _LITTLE else "")


def _backup(path: Path) -> Line:
    return Line(
        "Last backup",
        "none recorded",
        f"copy {path.name} and {path.name}.key together while ClinicDesk is closed",
        advice=True,
    )

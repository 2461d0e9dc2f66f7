"""``clinicdesk doctor``: what is installed and whether it is well, one line each."""

from __future__ import annotations

import argparse
import importlib
import os
import platform
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from clinicdesk import __version__
from clinicdesk.cli.exits import Exit
from clinicdesk.cli.output import say
from clinicdesk.domain.errors import ClinicError
from clinicdesk.domain.translation import _

if TYPE_CHECKING:
    from clinicdesk.domain.rows.documents import SheetStanding
    from clinicdesk.domain.sheets import TextFile

NAME, PLACE = "doctor", 40
HELP = _("what is installed and whether it is well")

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
    yield Line(
        "ClinicDesk",
        _("{version} on {platform}").format(
            version=__version__, platform=platform.platform(terse=True)
        ),
    )
    yield Line("Python", platform.python_version())
    yield _window()
    for what, package in (
        (_("Database layer"), "SQLAlchemy"),
        (_("Encryption"), "sqlcipher3"),
        (_("Server access"), "psycopg"),
        (_("Sheets"), "reportlab"),
    ):
        yield _installed(what, package)
    yield _guarded(_("Catalogue and rules"), _catalogue)
    yield _guarded(_("The clinic's own files"), _own_files)
    yield from _texts()
    yield _guarded(_("Key store"), _key_store)
    yield _log_file()
    yield from _database(where)


def _window() -> Line:
    """PySide6 is there only if the system's libraries that it needs are, too."""
    line = _installed(_("Window"), "PySide6")
    if line.todo:
        return line
    try:
        importlib.import_module("PySide6.QtWidgets")
    except ImportError as error:
        todo = _(
            "install the system libraries it needs, or run packaging/run.py again ({error})"
        ).format(error=error)
        return Line(line.what, _("{found} does not start").format(found=line.found), todo)
    return line


def _installed(what: str, package: str) -> Line:
    from importlib import metadata

    try:
        return Line(what, f"{package} {metadata.version(package)}")
    except metadata.PackageNotFoundError:
        return Line(
            what,
            _("{package} is missing").format(package=package),
            _("run packaging/run.py again to install it"),
        )


def _guarded(what: str, look: Callable[[], Line]) -> Line:
    try:
        return look()
    except ClinicError as error:
        return Line(what, _("not well"), str(error))


def _catalogue() -> Line:
    from clinicdesk.catalogue.loader import load_catalogue

    catalogue = load_catalogue()
    packs = ", ".join(f"{pack.id} {pack.version}" for pack in catalogue.packs.values())
    return Line(
        _("Catalogue and rules"),
        _("{count} procedures, {count_of_products} products; {packs}").format(
            count=len(catalogue.procedures), count_of_products=len(catalogue.products), packs=packs
        ),
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
    return Line(
        _("The clinic's own files"),
        _("{found} in {where}").format(found=found, where=where)
        if found
        else _("none in {where}").format(where=where),
    )


def _texts() -> Iterator[Line]:
    """What of the sheets is approved, and which of the clinic's own texts need a look."""
    from clinicdesk.domain.sheet_standing import approval_words
    from clinicdesk.services.sheet_texts import installed_standing

    try:
        standing = installed_standing()
    except ClinicError as error:
        yield Line(_("Texts of sheets"), _("not well"), str(error))
        return
    yield Line(
        _("Texts of sheets"),
        _("{count} approved, {count_of_waiting} not approved").format(
            count=len(standing.approved), count_of_waiting=len(standing.waiting)
        ),
        _("what is not approved is printed as sample wording") if standing.waiting else "",
        advice=True,
    )
    for sheet in standing.approved:
        yield Line(
            _named(sheet),
            _("approved by {approval_words}").format(
                approval_words=approval_words(sheet.approvals)
            ),
        )
    for sheet in standing.partly:
        yield Line(
            _named(sheet), _("not approved: {open}").format(open=", ".join(sheet.open)), advice=True
        )
    ours = [_named(sheet) for sheet in standing.ours]
    if ours:
        yield Line(_("Not approved, as they came"), "; ".join(ours))
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
        return Line(
            _("Key store"), _("none on this system: the passphrase is asked for at each start")
        )
    return Line(_("Key store"), str(getattr(backend, "name", type(backend).__name__)))


def _log_file() -> Line:
    from clinicdesk.services import logfile

    where = logfile.path()
    if where.is_file() and os.access(where, os.W_OK):
        return Line(
            _("Log file"),
            _("{where}, without patient data: it may be sent to support").format(where=where),
        )
    return Line(
        _("Log file"),
        _("{where} cannot be written").format(where=where),
        _("check who may write in that folder"),
    )


def _database(where: str | None) -> Iterator[Line]:
    from clinicdesk.cli.session import last_opened

    where = where or last_opened()
    if where is None:
        yield Line(_("Database"), _("none opened yet by this account"))
        return
    yield from _health(where)
    if "://" not in where:
        yield _disk(Path(where))
        yield _backup(Path(where))


def _health(where: str) -> Iterator[Line]:
    """Opens the clinic and asks the database whether it is sound, and the clock whether it is."""
    from clinicdesk.cli.session import ask_passphrase
    from clinicdesk.services import health

    try:
        seen = health.look_at(where, ask_passphrase)
    except ClinicError as error:
        yield Line(_("Database"), _("not well"), str(error))
        return
    found = f"{seen.where}, {seen.version}"
    yield Line(
        _("Database"), found if seen.fault else _("{found}, sound").format(found=found), seen.fault
    )
    if not seen.fault:
        yield Line(_("Clock"), _("not well") if seen.clock else _("well"), seen.clock)


def _disk(path: Path) -> Line:
    folder = path.expanduser().absolute().parent
    if not folder.is_dir():
        return Line(
            _("Free disk"),
            _("{folder} is not there").format(folder=folder),
            _("check the path of the database"),
        )
    free = shutil.disk_usage(folder).free
    found = _("{free:.1f} GB in {folder}").format(free=free / 1024**3, folder=folder)
    return Line(
        _("Free disk"), found, _("make room before the disk is full") if free < _LITTLE else ""
    )


def _backup(path: Path) -> Line:
    return Line(
        _("Last backup"),
        _("none recorded"),
        _(
            "copy {path_name} and {path_name}.key together while ClinicDesk is closed, when no "
            "{path_name}-wal is left"
        ).format(path_name=path.name),
        advice=True,
    )

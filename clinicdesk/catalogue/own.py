"""The clinic's own files, laid over those that came with the program.

``<data folder>/clinic`` has the shape of ``resources/``: ``rules/*.toml``, ``catalogue/*.toml``,
``safety/*.toml`` and ``documents`` (see ``sheet_files.py``). A file that would not be used is
refused, not passed over: whoever put it there believes that it counts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from clinicdesk.catalogue import resources
from clinicdesk.domain.errors import Malformed
from clinicdesk.domain.translation import _

ENDING = ".toml"
_FOLDERS = ("rules", "catalogue", "safety")
_TEXTS = "documents"


def overlay() -> Path | None:
    """The clinic's own folder; None where there is none.

    Raises Malformed where it is no folder, or holds something that would not be used.
    """
    folder = resources.own_folder()
    if not _there(folder):
        return None
    for path in _entries(folder):
        if path.name not in (*_FOLDERS, _TEXTS):
            raise Malformed(
                _(
                    "{path}: is not used here. Rule packs go into {folder}, the files of "
                    "the catalogue into {folder_2}, the texts of sheets into "
                    "{folder_3}, what is asked and warned about a patient into {folder_4}."
                ).format(
                    path=path,
                    folder=folder / "rules",
                    folder_2=folder / "catalogue",
                    folder_3=folder / _TEXTS,
                    folder_4=folder / "safety",
                )
            )
    return folder


def toml_files(folder: Path, names: Collection[str] | None = None) -> tuple[Path, ...]:
    """The TOML files of a folder by name; none where the folder is not there.

    Args:
        names: the only names that are used, without their ending; None: any.

    Raises Malformed for a folder that cannot be read, and for a name that would not be used.
    """
    if not _there(folder):
        return ()
    found = []
    for path in _entries(folder):
        if path.suffix.casefold() == ENDING:
            if names is not None and path.stem not in names:
                known = ", ".join(f"{name}{ENDING}" for name in names)
                known = (
                    _("one of {known}").format(known=known)
                    if known
                    else _("a folder for each language")
                )
                raise Malformed(
                    _("{path}: is not used here; expected {known}.").format(path=path, known=known)
                )
            found.append(path)
        elif path.stem.casefold().endswith(ENDING) and path.suffix.casefold() == ".txt":
            raise Malformed(
                _("{path}: is not read. Give it the name {stem}.").format(path=path, stem=path.stem)
            )
    return tuple(found)


def folders(folder: Path, names: Collection[str] | None = None) -> tuple[Path, ...]:
    """The folders in a folder by name; none where the folder is not there.

    Raises Malformed for a name that is not among ``names`` (None: any).
    """
    if not _there(folder):
        return ()
    found = tuple(path for path in _entries(folder) if path.is_dir())
    for path in found:
        if names is not None and path.name not in names:
            known = ", ".join(names) or _("files only")
            raise Malformed(
                _("{path}: this folder is not used here; expected {known}.").format(
                    path=path, known=known
                )
            )
    return found


def files_in_use() -> tuple[str, ...]:
    """The clinic's own packs and catalogue, ``rules/mine.toml``; raises Malformed as the loaders
    do. Its own texts are listed by ``sheet_files.own_names``."""
    folder = overlay()
    if folder is None:
        return ()
    return tuple(f"{name}/{path.name}" for name in _FOLDERS for path in toml_files(folder / name))


def _entries(folder: Path) -> Iterator[Path]:
    """What lies in a folder, by name; hidden files of the system and of editors left out."""
    try:
        found = sorted(folder.iterdir())
    except NotADirectoryError as error:
        raise Malformed(
            _("{folder}: expected a folder; this is a file.").format(folder=folder)
        ) from error
    except OSError as error:
        raise Malformed(
            _("{folder}: cannot be read ({strerror}).").format(
                folder=folder, strerror=error.strerror or error
            )
        ) from error
    return (path for path in found if not path.name.startswith("."))


def _there(folder: Path) -> bool:
    """Whether something of that name is there, be it a link that leads nowhere."""
    try:
        folder.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise Malformed(
            _("{folder}: cannot be read ({strerror}).").format(
                folder=folder, strerror=error.strerror or error
            )
        ) from error
    return True

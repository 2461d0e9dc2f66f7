"""Files that leave the clinic (sheets, lists, refused rows): whole or not there, for one account.

A file is written beside its place under a name of its own, brought to the disk, and only then given
its name: whoever finds the name finds all of it. Nobody but this account may read it.
"""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import suppress
from pathlib import Path, PureWindowsPath

from clinicdesk.data.wal import ENDINGS
from clinicdesk.domain.errors import Unavailable
from clinicdesk.domain.translation import _

_FULL = (errno.ENOSPC, errno.EDQUOT)
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)
_PART = ".part"


def is_full(error: OSError) -> bool:
    """Whether there was no room left."""
    return error.errno in _FULL


def place_for(path: Path) -> Path:
    """The place a file may be written to; a link is followed.

    Raises:
        Unavailable: the folder is not there; a folder, a device, a pipe or a clinic lies at the
            place.
    """
    try:
        place = path.expanduser().resolve()
        if not place.parent.is_dir():
            raise Unavailable(
                _("The folder {folder} is not there. Make it first.").format(folder=place.parent),
                "missing",
            )
        if place.is_dir():
            raise Unavailable(
                _("{path} is a folder. Give the name of a file.").format(path=path), "other"
            )
        if _is_device(place):
            raise Unavailable(
                _("{path} is no file: a device or a pipe. Give the name of a file.").format(
                    path=path
                ),
                "other",
            )
        if _of_a_clinic(place):
            raise Unavailable(
                _("{path} belongs to a clinic and is not written over.").format(path=path), "other"
            )
    except (OSError, ValueError, RuntimeError) as error:
        # A name too long, a circle of links, a character that no name may have.
        reason = getattr(error, "strerror", None) or str(error)
        raise Unavailable(
            _("{path} cannot be the name of a file ({reason}).").format(
                path=ascii(str(path))[1:-1][:120], reason=reason
            ),
            "other",
        ) from error
    return place


def _of_a_clinic(place: Path) -> bool:
    """Whether a clinic's database, its key or its log lies there."""
    bases = [place.name.removesuffix(ending) for ending in ("", ".key", *ENDINGS)]
    return place.exists() and any(place.with_name(f"{base}.key").exists() for base in bases if base)


def _is_device(place: Path) -> bool:
    if os.name == "nt":
        return PureWindowsPath(place).is_reserved()
    return place.exists() and not place.is_file()


def write_whole(path: Path, content: bytes) -> None:
    """Writes all of it or nothing; what lay there before stays until the new file is whole.

    Raises:
        Unavailable: with what stands in the way: as ``place_for``, a full disk (``disk-full``), a
            folder that may not be written to (``read-only``).
    """
    place = place_for(path)
    try:
        _write(place, content)
    except OSError as error:
        raise in_words(error, place) from error


def _write(place: Path, content: bytes) -> None:
    # Made readable by this account alone, whatever the account's habit is.
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name[:40]}.", suffix=_PART)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(place)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def in_words(error: OSError, place: Path) -> Unavailable:
    """What stood in the way of writing ``place``."""
    if is_full(error):
        return Unavailable(
            _("The disk is full: {name} was not written. Make room, then try again.").format(
                name=place.name
            ),
            "disk-full",
        )
    if error.errno in _FORBIDDEN:
        return Unavailable(
            _("The folder {folder} cannot be written to. Choose another folder.").format(
                folder=place.parent
            ),
            "read-only",
        )
    return Unavailable(
        _("{path_name} could not be saved ({reason}). Choose another folder.").format(
            path_name=place.name, reason=error.strerror or str(error)
        ),
        "other",
    )

"""Is a file on a network share? SQLite's write-ahead log needs memory that desks cannot share."""

from __future__ import annotations

import sys
from pathlib import Path

from clinicdesk.domain.errors import Unavailable
from clinicdesk.domain.translation import _

_NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "webdav", "davfs", "fuse.davfs"}
    | {"fuse.sshfs", "fuse.rclone", "fuse.gvfsd-fuse", "afs", "ncpfs", "glusterfs"}
    | {"fuse.glusterfs", "ceph", "fuse.s3fs"}
)
_MESSAGE = _(
    "This folder is on a network share, where an embedded database can be damaged. "
    "Keep it on this computer's own disk; for several computers use a PostgreSQL server."
)


def refuse_share(path: Path, mounts: str | None = None) -> None:
    """Raises Unavailable ``network-share`` if ``path`` lies on one.

    Args:
        mounts: text of ``/proc/mounts``, for tests; read from the system otherwise.
    """
    resolved = path.expanduser().absolute()
    if str(resolved).startswith(("\\\\", "//")) or _windows_remote(resolved):
        raise Unavailable(_MESSAGE, "network-share")
    if mounts is None:
        mounts = _system_mounts()
    if _file_system(resolved.parent.resolve(), mounts) in _NETWORK:
        raise Unavailable(_MESSAGE, "network-share")


def _windows_remote(path: Path) -> bool:
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.kernel32.GetDriveTypeW(f"{path.drive}\\") == 4)
    return False


def _system_mounts() -> str:
    if sys.platform == "darwin":
        import subprocess

        listed = subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=False)
        # A line names the source, then the folder, then in brackets the kind and options.
        rows = (line.partition(" on ") for line in listed.stdout.splitlines())
        return "\n".join(
            f"x {place.rsplit(' (', 1)[0]} {place.rsplit(' (', 1)[-1].split(',')[0].rstrip(')')}"
            for __, __, place in rows
        )
    table = Path("/proc/mounts")
    return table.read_text(encoding="utf-8", errors="replace") if table.exists() else ""


def _file_system(folder: Path, mounts: str) -> str:
    best, kind = "", ""
    for line in mounts.splitlines():
        parts = line.split()
        if len(parts) < 3:
            continue
        point = parts[1].replace("\\040", " ")
        inside = folder.is_relative_to(point)
        if inside and len(point) >= len(best):
            best, kind = point, parts[2]
    return kind

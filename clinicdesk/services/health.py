"""Whether a database is sound, for those who look after the computers. It needs no clinic in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from clinicdesk.data import health
from clinicdesk.data.store import Store


@dataclass(frozen=True)
class Health:
    """What was found.

    Attributes:
        where: file, or address without its password.
        version: the database's own name and version.
        fault: what is wrong and what to do; empty if nothing is.
    """

    where: str
    version: str
    fault: str


def look_at(where: Path | str, passphrase: str | Callable[[], str] | None = None) -> Health:
    """Opens the database, asks whether it is sound, and closes it.

    Args:
        passphrase: or recovery code, or a callable that asks for it when the keyring does not
            know the key.

    Raises:
        Unavailable: it does not open.
    """
    with Store.open(where, passphrase) as store:
        return Health(store.where, health.version(store), health.fault(store))

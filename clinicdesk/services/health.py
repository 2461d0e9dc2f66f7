"""Whether a database is sound, for those who look after the computers. It needs no clinic in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from clinicdesk.data import health
from clinicdesk.data.store import Store
from clinicdesk.domain.errors import Unavailable
from clinicdesk.services import clocks


@dataclass(frozen=True)
class Health:
    """What was found.

    Attributes:
        where: file, or address without its password.
        version: the database's own name and version.
        fault: what is wrong and what to do; empty if nothing is.
        clock: what is wrong with this computer's clock; empty if nothing is known to be.
    """

    where: str
    version: str
    fault: str
    clock: str = ""


def look_at(where: Path | str, passphrase: str | Callable[[], str] | None = None) -> Health:
    """Opens the database, asks whether it is sound, and closes it.

    Args:
        passphrase: or recovery code, or a callable that asks for it when the keyring does not
            know the key.

    Raises:
        Unavailable: it does not open.
    """
    with Store.open(where, passphrase) as store:
        fault = health.fault(store)
        return Health(store.where, health.version(store), fault, "" if fault else _clock(store))


def _clock(store: Store) -> str:
    try:
        with store.read() as tx:
            return clocks.fault_in(tx)
    except Unavailable:  # a database of another version: opening the clinic says so
        return ""

"""The database's key and the envelope it lies in.

The database is encrypted with a random key of 32 bytes. The key itself lies in
``<database>.key``, sealed once under the passphrase and once under a recovery
code to be printed; the system's keyring may hold it too. Without one of the
three nobody opens the database, so the envelope is written (and on the disk)
before the database is, and every backup carries it.
"""

from __future__ import annotations

import json
import os
import secrets
from base64 import b64decode, b64encode
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from clinicdesk.domain.broken_text import is_broken
from clinicdesk.domain.errors import Malformed, Unavailable
from clinicdesk.domain.sizes import read_up_to
from clinicdesk.domain.translation import _

_MOST_BYTES = 64 * 1024
_SERVICE = "ClinicDesk"
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_NO_TEXT = _("The passphrase given holds bytes that are no text (UTF-8). Give it as it was typed.")
_WRONG = _("This passphrase does not open this clinic. Check it, or use the printed recovery code.")


@dataclass(frozen=True)
class KdfCost:
    """What one guess of a passphrase costs (Argon2id). Tests inject a cheap one."""

    time: int = 3
    memory_kib: int = 64 * 1024
    lanes: int = 4


CHEAP = KdfCost(time=1, memory_kib=8, lanes=1)
"""For tests and demo clinics only."""


@dataclass(frozen=True)
class Envelope:
    """The sealed key as read from its file."""

    key_id: str
    wraps: tuple[dict[str, Any], ...]


def envelope_path(database: Path) -> Path:
    """Where the envelope of ``database`` lies."""
    return database.with_name(database.name + ".key")


def new_recovery_code() -> str:
    """A code of 6 groups of 5 letters and digits (no 0, 1, I, O): 150 bits."""
    letters = [secrets.choice(_LETTERS) for __ in range(30)]
    return "-".join("".join(letters[n : n + 5]) for n in range(0, 30, 5))


def _plain_code(code: str) -> str:
    return "".join(letter for letter in code.upper() if letter.isalnum())


def _derive(secret: str, salt: bytes, cost: KdfCost) -> bytes:
    return hash_secret_raw(
        secret.encode(), salt, cost.time, cost.memory_kib, cost.lanes, 32, Type.ID
    )


def _wrap(by: str, secret: str, key: bytes, key_id: str, cost: KdfCost) -> dict[str, Any]:
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    sealed = AESGCM(_derive(secret, salt, cost)).encrypt(nonce, key, f"{key_id}:{by}".encode())
    return {
        "by": by,
        "kdf": {
            "name": "argon2id",
            "time": cost.time,
            "memory_kib": cost.memory_kib,
            "lanes": cost.lanes,
            "salt": b64encode(salt).decode(),
        },
        "nonce": b64encode(nonce).decode(),
        "sealed": b64encode(sealed).decode(),
    }


def _unwrap(wrap: dict[str, Any], secret: str, key_id: str) -> bytes | None:
    kdf = wrap["kdf"]
    cost = KdfCost(kdf["time"], kdf["memory_kib"], kdf["lanes"])
    derived = _derive(secret, b64decode(kdf["salt"]), cost)
    try:
        return AESGCM(derived).decrypt(
            b64decode(wrap["nonce"]), b64decode(wrap["sealed"]), f"{key_id}:{wrap['by']}".encode()
        )
    except InvalidTag:
        return None


def create(database: Path, passphrase: str, cost: KdfCost) -> tuple[bytes, str, str]:
    """Makes a key and writes its envelope; returns (key, key id, recovery code)."""
    key, key_id, code = secrets.token_bytes(32), secrets.token_hex(16), new_recovery_code()
    wraps = [
        _wrap("passphrase", passphrase, key, key_id, cost),
        _wrap("recovery", _plain_code(code), key, key_id, cost),
    ]
    write(envelope_path(database), Envelope(key_id, tuple(wraps)))
    return key, key_id, code


def renew_recovery(database: Path, key: bytes) -> str:
    """A new recovery code for a key that is known; the one before opens nothing any more."""
    envelope, code = read(database), new_recovery_code()
    cost = next(KdfCost(w["kdf"]["time"], w["kdf"]["memory_kib"], w["kdf"]["lanes"])
                for w in envelope.wraps)  # fmt: skip
    wraps = [wrap for wrap in envelope.wraps if wrap["by"] != "recovery"]
    wraps.append(_wrap("recovery", _plain_code(code), key, envelope.key_id, cost))
    write(envelope_path(database), Envelope(envelope.key_id, tuple(wraps)))
    return code


def write(path: Path, envelope: Envelope) -> None:
    """Writes the envelope so that after a power cut it is there whole, or not at all."""
    body = {"format": 1, "cipher": "sqlcipher-4", "key_id": envelope.key_id}
    text = json.dumps({**body, "wraps": envelope.wraps}, indent=1)
    beside = path.with_name(path.name + ".new")
    with open(beside, "w", encoding="utf-8", opener=_private) as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def read(database: Path) -> Envelope:
    """The envelope of ``database``; raises Unavailable in words."""
    path = envelope_path(database)
    try:
        content = json.loads(read_up_to(path, _MOST_BYTES))
        return Envelope(content["key_id"], tuple(content["wraps"]))
    except FileNotFoundError:
        raise Unavailable(
            _(
                "The key file {path_name} is missing. Put it back beside the database; "
                "every backup carries a copy."
            ).format(path_name=path.name),
            "missing",
        ) from None
    except (ValueError, KeyError, TypeError, RecursionError, Malformed):
        raise Unavailable(
            _("The key file {path_name} is damaged. Put back the copy from a backup.").format(
                path_name=path.name
            ),
            "damaged",
        ) from None


def unlock(envelope: Envelope, secret: str) -> bytes:
    """The key, by passphrase or by recovery code; raises Unavailable ``wrong-key``."""
    if is_broken(secret):
        raise Unavailable(_NO_TEXT, "wrong-key")
    code = _plain_code(secret)
    for wrap in envelope.wraps:
        if wrap["by"] == "recovery" and len(code) != 30:
            continue
        key = _unwrap(wrap, code if wrap["by"] == "recovery" else secret, envelope.key_id)
        if key is not None:
            return key
    raise Unavailable(_WRONG, "wrong-key")


def remember(key_id: str, key: bytes) -> bool:
    """Leaves the key with the system's keyring; False where there is none."""
    try:
        import keyring

        keyring.set_password(_SERVICE, key_id, b64encode(key).decode())
    except Exception:  # noqa: BLE001 - any backend may fail in its own way, and none is needed
        return False
    return True


def recall(key_id: str) -> bytes | None:
    """The key from the system's keyring, if it is there."""
    try:
        import keyring

        found = keyring.get_password(_SERVICE, key_id)
        return b64decode(found) if found else None
    except Exception:  # noqa: BLE001 - no keyring raises too; the passphrase is asked instead
        return None


def forget(key_id: str) -> None:
    """Takes the key out of the system's keyring, if it is there."""
    try:
        import keyring

        keyring.delete_password(_SERVICE, key_id)
    except Exception:  # noqa: BLE001 - nothing to forget
        return

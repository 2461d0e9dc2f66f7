"""Passwords of staff: Argon2id hashes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import InvalidHashError, VerificationError


@dataclass(frozen=True)
class HashCost:
    """What one check of a password costs. Tests and demo clinics use ``CHEAP``."""

    time: int = 3
    memory_kib: int = 64 * 1024
    lanes: int = 4


CHEAP = HashCost(time=1, memory_kib=8, lanes=1)
MINIMUM_LENGTH = 8


@lru_cache(maxsize=8)
def _hasher(cost: HashCost) -> PasswordHasher:
    return PasswordHasher(cost.time, cost.memory_kib, cost.lanes)


def hashed(password: str, cost: HashCost | None = None) -> str:
    """The hash to keep; it says its own cost."""
    return _hasher(cost or HashCost()).hash(password)


def cost_of(password_hash: str) -> HashCost:
    """What the check of a kept hash costs, for the next one of the same person."""
    found = extract_parameters(password_hash)
    return HashCost(found.time_cost, found.memory_cost, found.parallelism)


def matches(password_hash: str, password: str) -> bool:
    """Whether the password is the one of the hash."""
    try:
        return _hasher(HashCost()).verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False

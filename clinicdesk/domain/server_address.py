"""Addresses of servers, and the password that may stand in one: it is never kept or shown."""

from __future__ import annotations

import re
from urllib.parse import unquote

from clinicdesk.domain.errors import Unavailable
from clinicdesk.domain.translation import _

# Two letters at least: one alone is a disk of Windows. A path leaves one stroke of two.
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):/{1,2}")
_SERVERS = ("postgresql", "postgres", "postgresql+psycopg")
_IN_QUERY = re.compile(r"(?<=[?&])(?:ssl)?password=([^&#]*)(?:&|$)", re.IGNORECASE)


def is_address(where: object) -> bool:
    """Whether it is an address of the network, of whatever kind, and no file."""
    return _SCHEME.match(str(where)) is not None


def is_server(where: object) -> bool:
    """Whether a clinic may be at the address: a PostgreSQL server."""
    text = str(where)
    return "://" in text and text.partition("://")[0] in _SERVERS


def without_password(where: str) -> str:
    """The address as it may be kept and shown; a file is left as it is."""
    return _parted(where)[0]


def password_in(where: str) -> str:
    """The password that stands in the address; empty where none does."""
    return _parted(where)[1]


def refuse_address(where: object) -> None:
    """Raises Unavailable for an address where a file is wanted: no folder is made of it."""
    if is_address(where):
        raise Unavailable(
            _(
                "{address} is the address of a server, not a file. A clinic's server begins with "
                "postgresql://, and can be opened, not made."
            ).format(address=without_password(str(where))),
            "other",
        )


def _parted(where: str) -> tuple[str, str]:
    scheme = _SCHEME.match(where)
    if scheme is None:
        return where, ""
    begin, rest = where[: scheme.end()], where[scheme.end() :]
    head, question, query = rest.partition("?")
    found = _IN_QUERY.search(question + query)
    query = _IN_QUERY.sub("", question + query).rstrip("?&")
    # A password written as it is may hold the signs that end it: better too much goes than too
    # little.
    server, slash, path = head.partition("/")
    if "@" not in server and ":" in server and "@" in path:
        server, slash, path = head, "", ""
    who, at, host = server.rpartition("@")
    user, __, password = who.partition(":")
    clean = f"{begin}{user}{at}{host}{slash}{path}{query}"
    return clean, unquote(password or (found[1] if found else ""))

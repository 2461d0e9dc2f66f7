"""Addresses of servers: the password in one is neither kept nor shown."""

from __future__ import annotations

import pytest

from clinicdesk.domain.errors import Unavailable
from clinicdesk.domain.server_address import (
    is_server,
    password_in,
    refuse_address,
    without_password,
)


@pytest.mark.parametrize(
    ("where", "clean", "password"),
    [
        ("postgresql://u:geheim@h:5432/db", "postgresql://u@h:5432/db", "geheim"),
        ("postgresql://u:p%40x@h/db", "postgresql://u@h/db", "p@x"),
        ("postgresql://u:a@b@h/db", "postgresql://u@h/db", "a@b"),
        ("postgresql://u:a/b@h/db", "postgresql://u@h/db", "a/b"),
        ("postgresql://:geheim@h/db", "postgresql://@h/db", "geheim"),
        ("postgres://h/db?user=u&password=geheim", "postgres://h/db?user=u", "geheim"),
        ("postgresql://h/db?password=geheim&connect_timeout=3",
         "postgresql://h/db?connect_timeout=3", "geheim"),
        ("mysql://u:geheim@h/db", "mysql://u@h/db", "geheim"),
        ("postgresql:/u:geheim@h/db", "postgresql:/u@h/db", "geheim"),
        ("postgresql://u@h/db", "postgresql://u@h/db", ""),
        ("postgresql://[::1]:5432/db", "postgresql://[::1]:5432/db", ""),
        ("C:/Users/a@b/clinic.db", "C:/Users/a@b/clinic.db", ""),
        ("/home/a:b@c/clinic.db", "/home/a:b@c/clinic.db", ""),
    ],
)  # fmt: skip
def test_a_password_is_taken_out_and_all_else_stays(where, clean, password):
    assert without_password(where) == clean
    assert password_in(where) == password


def test_an_address_where_a_file_is_wanted_is_refused_without_its_password():
    for where in ("postgresql://u:geheim@h/db", "postgresql:/u:geheim@h/db", "mysql://u:geheim@h"):
        with pytest.raises(Unavailable, match="is the address of a server") as refused:
            refuse_address(where)
        assert "geheim" not in str(refused.value)
    refuse_address("C:/clinic.db")
    assert is_server("postgresql://h/db")
    assert not is_server("clinic.db")

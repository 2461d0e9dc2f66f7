"""``clinicdesk payers`` and ``payers map``: who is not mapped yet, and mapping one."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from clinicdesk.__main__ import main
from clinicdesk.data import tables as t


@pytest.fixture
def command(embedded_clinic: Any, monkeypatch: Any, capsys: Any) -> Any:
    """Runs a command on the small clinic, where Andrea has UHC; code, output, errors."""
    monkeypatch.setattr("sys.stdin", None)
    monkeypatch.setenv("CLINICDESK_PASSPHRASE", "demo")
    monkeypatch.setenv("CLINICDESK_PASSWORD", "demo")
    with embedded_clinic.store.write(None, "test.cover") as tx:
        tx.add(t.Coverage(patient_id=embedded_clinic.seeded.andrea, payer="UHC"))
    who = ["--database", str(embedded_clinic.store.embedded), "--user"]

    def run(*words: str, user: str = "manager") -> tuple[int, str, str]:
        code = main([*who, user, *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def test_what_is_not_mapped_is_listed_first_and_wants_a_look(command: Any) -> None:
    code, out, err = command("payers", "--format", "json")
    assert code == 1
    assert "1 payer is not mapped" in err
    uhc, medicare = json.loads(out)
    assert uhc == {
        "payer": "UHC", "patients": 1, "booked": 0, "pack": "clinic-default", "state": "assumed",
        "since": None, "nearest": "us-commercial",
    }  # fmt: skip
    assert (medicare["pack"], medicare["state"]) == ("us-medicare", "exact")


def test_mapping_one(command: Any, embedded_clinic: Any) -> None:
    andrea = str(embedded_clinic.seeded.andrea)
    plan = ("--procedure", "esi.transforaminal", "--site", "L5 left", "--on", "2026-12-07")
    asked = ("verdict", "--patient", andrea, *plan)
    code, out, err = command(*asked)
    assert (code, set(json.loads(out))) == (0, {"status", "earliest", "findings"})
    assert "Rules assumed: Clinic default; “UHC” is not mapped to rules yet." in err
    code, out, __ = command("payers", "map", "u.h.c.", "us-commercial", "--from", "2026-12-01")
    assert (code, out) == (0, "")
    code, out, __ = command("payers", "--format", "json")
    found = {row["payer"]: row for row in json.loads(out)}
    since = found["UHC"]["since"]
    assert since is None or date.fromisoformat(since) == date(2026, 12, 1)
    assert command(*asked)[2] == ""
    assert "esi.cap" in command(*asked)[1]


@pytest.mark.parametrize(
    "words",
    [
        ("UHC", "no-such-pack"),
        ("Nobody", "us-commercial"),
        ("UHC", "us-commercial", "--from", "soon"),
        ("UHC",),
    ],
)
def test_what_cannot_be_mapped(command: Any, words: tuple[str, ...]) -> None:
    code, out, err = command("payers", "map", *words)
    assert (code, out) == (2, "")
    assert err


def test_only_the_manager(command: Any) -> None:
    assert command("payers", user="frontdesk")[0] == 3
    assert command("payers", "map", "UHC", "us-commercial", user="physician")[0] == 3

"""``clinicdesk products``: what is offered here, hidden and shown again."""

from __future__ import annotations

import json
from typing import Any

import pytest

from clinicdesk.__main__ import main


@pytest.fixture
def run(embedded_clinic: Any, monkeypatch: Any) -> Any:
    place = str(embedded_clinic.store.embedded)
    monkeypatch.setattr("sys.stdin", None)
    monkeypatch.setenv("CLINICDESK_PASSPHRASE", "demo")
    monkeypatch.setenv("CLINICDESK_PASSWORD", "demo")
    return lambda user, *words: main(["--database", place, "--user", user, *words])


def test_products_are_hidden_and_shown(run: Any, capsys: Any) -> None:
    assert run("manager", "products", "hide", "iohexol-350", "triamcinolone-10") == 0
    assert run("manager", "products", "show", "triamcinolone-10") == 0
    assert capsys.readouterr().out == ""
    assert run("frontdesk", "products", "--format", "json") == 0
    listed = json.loads(capsys.readouterr().out)
    assert [row["id"] for row in listed if not row["stocked"]] == ["iohexol-350"]
    assert set(listed[0]) == {"id", "name", "kind", "stocked"}
    assert len(listed) > 10


def test_an_unknown_product_or_role_changes_nothing(run: Any, capsys: Any) -> None:
    assert run("manager", "products", "hide", "kenalog") == 2
    assert "kenalog" in capsys.readouterr().err
    assert run("nurse", "products", "hide", "iohexol-350") == 3
    assert run("manager", "products", "--format", "csv") == 0
    assert "False" not in capsys.readouterr().out

"""What a clinic stocks: hidden from the lists, never from the records; on both databases."""

from __future__ import annotations

from typing import Any

import pytest
from support.logs import book, complete, rows

from clinicdesk.domain.errors import NotAllowed, NotFound
from clinicdesk.services import procedures, products

pytestmark = pytest.mark.slow


def hidden(clinic: Any, actor: Any) -> set[str]:
    return {row.product.key for row in products.listed(clinic, actor) if not row.stocked}


def test_everything_is_stocked_until_somebody_says_otherwise(clinic: Any, manager: Any) -> None:
    assert hidden(clinic, manager) == set()
    assert len(products.listed(clinic, manager)) == len(clinic.catalogue.products)


def test_hide_and_show_are_kept_and_audited(clinic: Any, manager: Any, physician: Any) -> None:
    done = products.change(clinic, manager, hide=["iohexol-350", "triamcinolone-10"])
    assert "product" in done.changes.kinds
    assert hidden(clinic, physician) == {"iohexol-350", "triamcinolone-10"}
    products.change(clinic, physician, hide=["iohexol-350"], show=["triamcinolone-10"])
    assert hidden(clinic, physician) == {"iohexol-350"}
    kept = rows(clinic, "SELECT action FROM audit_act WHERE action = 'products.stock'")
    assert len(kept) == 2
    items = rows(clinic, "SELECT before, after FROM audit_item WHERE table_name = 'setting'")
    assert any("triamcinolone-10" in str(before) for before, __ in items)


def test_an_unknown_product_changes_nothing(clinic: Any, manager: Any) -> None:
    with pytest.raises(NotFound, match="no product “kenalog”"):
        products.change(clinic, manager, hide=["iohexol-350", "kenalog"])
    assert hidden(clinic, manager) == set()


def test_only_physician_and_manager_choose(clinic: Any, nurse: Any, frontdesk: Any) -> None:
    for actor in (nurse, frontdesk):
        with pytest.raises(NotAllowed):
            products.change(clinic, actor, hide=["iohexol-350"])
        assert hidden(clinic, actor) == set()


def test_a_record_keeps_what_is_hidden_later(clinic: Any, manager: Any, physician: Any) -> None:
    form = complete(procedures.open_log(clinic, physician, book(clinic)).form)
    number = procedures.record(clinic, physician, form, 0).value
    products.change(clinic, manager, hide=["dexamethasone-10"])
    record = procedures.open_procedure(clinic, physician, number)
    assert record.not_stocked == {"dexamethasone-10"}
    assert record.form.medications[0].product == "dexamethasone-10"
    assert "medications.0.product" not in procedures.missing(clinic, physician, record.form)

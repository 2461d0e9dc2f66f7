"""What is not stocked leaves the list of drugs, and can still be found in it."""

from __future__ import annotations

from support.desk import words_in
from support.logs import book, complete

from clinicdesk.services import procedures, products

HIDDEN = "Dexamethasone 10 mg/mL, preservative-free"


def offered(choice):
    return [choice.itemText(index) for index in range(choice.count())]


def choose(choice, words):
    choice.setFocus()
    choice.setCurrentIndex(offered(choice).index(words))
    choice.activated.emit(choice.currentIndex())


def test_whoever_may_hides_a_product_and_finds_it_again(desk, appointment):
    desk.open(appointment)
    desk.view.table.stock.click()
    desk.settle()
    desk.dialog().boxes["triamcinolone-10"].setChecked(False)
    desk.dialog().boxes["iohexol-350"].setChecked(False)
    desk.dialog().accept.click()
    desk.settle()
    assert desk.dialog() is None
    assert desk.said[-1].startswith("Saved")
    desk.view.table.add_line()
    row = desk.view.table.rows()[-1]
    assert not {"Iohexol 350 mgI/mL"} & set(offered(row.product))
    assert offered(row.product)[-1] == "Not stocked here (2)…"
    choose(row.product, "Not stocked here (2)…")
    assert row.product.value() is None
    assert "Iohexol 350 mgI/mL, not stocked here" in offered(row.product)
    choose(row.product, "Iohexol 350 mgI/mL, not stocked here")
    desk.settle()
    assert row.entry().product == "iohexol-350"
    assert "Not stocked here. Check" in words_in(row)
    desk.view.table.stock.click()
    desk.settle()
    desk.dialog().boxes["iohexol-350"].setChecked(True)
    desk.dialog().accept.click()
    desk.settle()
    assert "Not stocked here. Check" not in words_in(row)


def test_what_a_record_has_stays_whatever_is_stocked(desk, embedded_clinic, physician, appointment):
    form = complete(procedures.open_log(embedded_clinic, physician, appointment).form)
    number = procedures.record(embedded_clinic, physician, form, 0).value
    products.change(embedded_clinic, physician, hide=["dexamethasone-10"])
    desk.open(procedure_id=number)
    desk.settle()
    first = desk.view.table.rows()[0]
    assert first.product.value() == "dexamethasone-10"
    assert "Not stocked here. Check" in words_in(first)
    assert desk.view.form().medications == form.medications
    assert not any(field.startswith("medications") for field in desk.view.missing())


def test_a_nurse_is_not_asked_what_is_stocked(another, embedded_clinic):
    desk = another("nurse")
    desk.open(book(embedded_clinic))
    assert not desk.view.table.stock.isVisible()


def test_the_usual_plan_says_what_is_not_stocked(desk, embedded_clinic, physician, appointment):
    products.change(embedded_clinic, physician, hide=["dexamethasone-10"])
    desk.open(appointment)
    assert "Not stocked here. Check" in words_in(desk.view.table.rows()[0])
    assert f"{HIDDEN}, not stocked here" in offered(desk.view.table.rows()[0].product)
    assert "Not stocked here" not in words_in(desk.view.table.rows()[1])

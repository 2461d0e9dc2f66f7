"""Folding of names, numbers and dates."""

from __future__ import annotations

from datetime import date

import pytest

from clinicdesk.domain import text


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Müller", "muller"),
        ("Søren", "soren"),
        ("Łukasz", "lukasz"),
        ("Straße", "strasse"),
        ("ÆØÅ", "aeoa"),
        ("İstanbul", "istanbul"),
        ("Ðorđe", "dorde"),
        ("ﬁne", "fine"),
        ("\u202eSo\u00adto\ufeff", "soto"),
    ],
)
def test_fold(typed, folded):
    assert text.fold(typed) == folded


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("O'Neil", {"o", "neil", "oneil"}),
        ("D’Angelo", {"d", "angelo", "dangelo"}),
        ("van den Berg", {"van", "den", "berg", "vandenberg"}),
        ("Smith-Jones", {"smith", "jones", "smithjones"}),
        ("<b>O'Brien", {"b", "o", "brien", "obrien", "bobrien"}),
        ("Gar\u200bcia", {"garcia", "gar", "cia"}),
        ("NGUYEN^FARIDA", {"nguyen", "farida", "nguyenfarida"}),
        ("", set()),
    ],
)
def test_name_words(name, words):
    assert text.name_words(name) == words


def test_a_birth_date_is_stored_in_every_order_it_is_typed_in():
    assert text.date_words(date(1958, 3, 14)) == ("19580314", "14031958", "03141958")


def test_key_sorts_without_signs():
    assert text.key("O'Neil", "Séan") == "oneil sean"

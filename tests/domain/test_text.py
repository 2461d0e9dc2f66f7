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
        ("", set()),
    ],
)
def test_name_words(name, words):
    assert text.name_words(name) == words


@pytest.mark.parametrize(
    ("typed", "forms"),
    [
        ("14/3/1958", ("19580314",)),
        ("3/4/1958", ("19580403", "19580304")),
        ("1958-03-14", ("19580314",)),
        ("1958-3", ("195803",)),
        ("31.12.49", ("19491231",)),
        ("1/1/07", ("20070101",)),
        ("99/99/1958", ()),
        ("29/2/2023", ()),
        ("soto", ()),
        ("1958", ()),
    ],
)
def test_date_terms(typed, forms):
    assert text.date_terms(typed) == forms


def test_a_birth_date_is_stored_in_every_order_it_is_typed_in():
    assert text.date_words(date(1958, 3, 14)) == ("19580314", "14031958", "03141958")


def test_terms():
    assert text.terms("O'Neil 9.1.1983") == (("oneil",), ("19830109", "19830901"))
    assert text.terms("(617) 555-0143") == (("6175550143",),)
    assert text.terms("  ") == ()


def test_key_sorts_without_signs():
    assert text.key("O'Neil", "Séan") == "oneil sean"

"""What is typed or pasted into a search is read as what it is."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinicdesk.domain.customs import customs_of
from clinicdesk.domain.search_terms import readings
from clinicdesk.domain.text import name_words

TODAY = date(2026, 11, 24)


def _ways(typed, country="US"):
    return readings(typed, TODAY, customs_of(country))


@pytest.mark.parametrize(
    ("typed", "forms"),
    [
        ("14/3/1958", {"19580314"}),
        ("3/4/1958", {"19580403", "19580304"}),
        ("1958-03-14", {"19580314"}),
        ("1958-3", {"195803"}),
        ("31.12.49", {"19491231"}),
        ("3/4/28", {"19280304", "19280403"}),
        ("1/1/07", {"20070101", "19070101"}),
        ("29/2/04", {"20040229"}),
        ("29/2/24", {"20240229", "19240229"}),
        ("14 Mar 1958", {"19580314"}),
        ("14 March 58", {"19580314"}),
        ("14-Mar-1958", {"19580314"}),
        ("Mar 14, 1958", {"19580314"}),
        ("14. März 1958", {"19580314"}),
    ],
)
def test_a_birth_date_is_one_term_and_lies_in_the_past(typed, forms):
    ((term,), *_) = _ways(typed, "DE" if "ä" in typed else "US")
    assert set(term) == forms


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("O'Neil 9.1.1983", (("oneil",), ("19830901", "19830109"))),
        ("(617) 555-0143", (("6175550143",),)),
        ("soto 617 555 0143", (("soto",), ("6175550143",))),
        ("+44 (0)20 7946 0958", (("442079460958",),)),
        ("0044 20 7946 0958", (("442079460958",),)),
        ("NGUYEN,FARIDA", (("nguyen",), ("farida",))),
        ("Nguyen^Farida^^", (("nguyen",), ("farida",))),
        ("Frida 3/4/1958", (("frida",), ("19580304", "19580403"))),
        ("Sun 14 Mar 1958", (("sun",), ("19580314",))),
        ("Mar 1958", (("mar",), ("1958",))),
        ("soto \u200b1958\u200e", (("soto",), ("1958",))),
        ("Smith–Jones", (("smithjones",),)),
    ],
)
def test_the_strictest_reading_comes_first(typed, terms):
    assert _ways(typed)[0] == terms


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("MRN 004182", (("004182",),)),
        ("MRN: 004182", (("004182",),)),
        ("mrn004182", (("004182",),)),
        ("Dr. Soto", (("soto",),)),
        ("Sat 14 Mar 1958", (("19580314",),)),
        ("004182 1958", (("004182",), ("1958",))),
    ],
)
def test_what_only_names_the_thing_is_left_out_at_last(typed, terms):
    assert _ways(typed)[-1] == terms


@pytest.mark.parametrize("typed", ["", "  ", "\u200b", "!", "^,;", "\x00", "\ud800"])
def test_signs_alone_are_no_terms(typed):
    assert _ways(typed) == ()


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=40))
def test_any_text_at_all_is_read(typed):
    for forms in (term for way in _ways(typed) for term in way):
        assert forms
        assert all(form.isalnum() for form in forms)


@settings(max_examples=300, deadline=None)
@given(st.text(min_size=1, max_size=30))
def test_every_name_is_found_by_its_own_terms(name):
    found = name_words(name)
    for forms in (term for way in _ways(name) for term in way):
        if not forms[0].isdigit():
            assert any(word.startswith(forms[0]) for word in found)

"""Files as other programs leave them: what goes in, what is said, and that every line counts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from clinicdesk.domain.errors import Malformed
from clinicdesk.domain.rows.people import PatientForm
from clinicdesk.services import patients
from clinicdesk.services.importing import (
    ImportReport,
    ImportSource,
    Stopped,
    import_patients,
    preview,
)

pytestmark = pytest.mark.slow

FILES = Path(__file__).parents[2] / "files" / "imports"


def form(clinic: Any, actor: Any, name: str) -> PatientForm:
    """The one patient of a name."""
    (hit,) = patients.search(clinic, actor, name)
    return patients.open_chart(clinic, actor, hit.id).record.form


def take(clinic: Any, actor: Any, path: Path, **wishes: Any) -> ImportReport:
    """Imports, and asks that the sum be right."""
    report = import_patients(clinic, actor, ImportSource(path, **wishes)).value
    assert report.adds_up
    return report


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "list.csv"
    path.write_bytes(text.encode(encoding))
    return path


COUNTS = [
    ("compact-dates.csv", 2, 0),
    ("deceased-flag.csv", 3, 0),
    ("encoding-dos.csv", 0, 1),
    ("encoding-mac.csv", 0, 1),
    ("headers-opendental.csv", 2, 0),
    ("headers-openemr.csv", 2, 0),
    ("invisible-signs.csv", 10, 0),
    ("middle-name.csv", 1, 0),
    ("month-names.csv", 2, 0),
    ("no-known-allergies-patients.csv", 2, 0),
    ("null-words.csv", 2, 0),
    ("number-known-first.csv", 1, 0),
    ("one-name-column.csv", 2, 0),
    ("open-quote.csv", 29, 1),
    ("scientific-numbers.csv", 2, 0),
    ("sep-line.csv", 1, 0),
    ("sex-codes.csv", 4, 0),
    ("spreadsheet-serials.csv", 2, 0),
    ("two-digit-year.csv", 2, 0),
    ("two-people-alike.csv", 1, 1),
    ("weight-unit.csv", 3, 0),
]


@pytest.mark.parametrize(("name", "added", "refused"), COUNTS, ids=[c[0] for c in COUNTS])
def test_every_line_of_a_foreign_file_is_accounted_for(
    embedded_clinic: Any, frontdesk: Any, name: str, added: int, refused: int
) -> None:
    report = take(embedded_clinic, frontdesk, FILES / name)
    assert (report.added, report.refused_rows) == (added, refused)
    assert report.read == added + refused
    again = take(embedded_clinic, frontdesk, FILES / name)
    assert (again.added, again.updated, again.unchanged) == (0, 0, added)


BORN = [
    ("compact-dates.csv", "bauer tom", date(1961, 12, 25)),
    ("month-names.csv", "alvarez rosa", date(1958, 3, 14)),
    ("two-digit-year.csv", "alvarez rosa", date(1928, 3, 14)),
    ("two-digit-year.csv", "bauer tom", date(1961, 12, 25)),
    ("spreadsheet-serials.csv", "alvarez rosa", date(1958, 3, 14)),
    ("one-name-column.csv", "bauer tom", date(1961, 12, 25)),
    ("sep-line.csv", "alvarez rosa", date(1958, 3, 14)),
]


@pytest.mark.parametrize(("file", "name", "born"), BORN)
def test_birth_dates_lie_in_the_past_however_they_are_written(
    embedded_clinic: Any, frontdesk: Any, file: str, name: str, born: date
) -> None:
    take(embedded_clinic, frontdesk, FILES / file)
    assert form(embedded_clinic, frontdesk, name).birth_date == born


FIELDS = [
    ("headers-opendental.csv", "alvarez rosa", {"sex": "female", "deceased_on": None}),
    ("headers-opendental.csv", "bauer tom", {"sex": "male", "phone_mobile": "(617) 555-0144"}),
    ("headers-openemr.csv", "alvarez rosa", {"given": "Rosa M", "address_line": "1 Elm"}),
    ("headers-openemr.csv", "bauer tom", {"deceased_on": None, "postal_code": "02139"}),
    ("one-name-column.csv", "alvarez rosa", {"family": "Alvarez", "given": "Rosa"}),
    ("middle-name.csv", "alvarez rosa", {"given": "Rosa Maria"}),
    ("null-words.csv", "bauer tom", {"maiden": "", "email": "", "phone_mobile": ""}),
    ("scientific-numbers.csv", "bauer tom", {"phone_mobile": ""}),
    ("weight-unit.csv", "alvarez rosa", {"weight_kg": None}),
    ("weight-unit.csv", "bauer tom", {"weight_kg": Decimal("81.6")}),
    ("weight-unit.csv", "cole ann", {"weight_kg": None}),
    ("sex-codes.csv", "alvarez rosa", {"sex": "other"}),
    ("sex-codes.csv", "bauer tom", {"sex": "unknown"}),
    ("sex-codes.csv", "dix ed", {"sex": "unknown"}),
    ("deceased-flag.csv", "cole ann", {"deceased_on": None}),
    ("invisible-signs.csv", "smith mary", {"family": "O’Brien-Smith"}),
]


@pytest.mark.parametrize(("file", "name", "parts"), FIELDS)
def test_what_a_cell_says_is_taken_or_left_out(
    embedded_clinic: Any, frontdesk: Any, file: str, name: str, parts: dict[str, Any]
) -> None:
    take(embedded_clinic, frontdesk, FILES / file)
    found = form(embedded_clinic, frontdesk, name)
    assert {key: getattr(found, key) for key in parts} == parts


SAID = [
    ("weight-unit.csv", 2, "weight", "Without a unit"),
    ("weight-unit.csv", 3, "weight", "“180 lb” was taken as 81.6 kg"),
    ("weight-unit.csv", 4, "weight", "0 is no weight"),
    ("sex-codes.csv", 2, "sex", "“Nonbinary” was taken as other"),
    ("sex-codes.csv", 5, "sex", "“1” is no sex"),
    ("scientific-numbers.csv", 2, "mrn", "cut this number off"),
    ("scientific-numbers.csv", 3, "phone", "cut this number off"),
    ("invisible-signs.csv", 3, "last_name", "cannot be seen"),
    ("two-digit-year.csv", 2, "dob", "two digits"),
]


@pytest.mark.parametrize(("file", "line", "column", "words"), SAID)
def test_what_was_left_out_or_changed_is_said(
    embedded_clinic: Any, frontdesk: Any, file: str, line: int, column: str, words: str
) -> None:
    report = take(embedded_clinic, frontdesk, FILES / file)
    said = [o.remark for o in report.oddities if (o.line, o.column) == (line, column)]
    assert any(words in remark for remark in said)


def test_an_open_quote_is_named_by_its_line_and_swallows_nobody(
    embedded_clinic: Any, frontdesk: Any
) -> None:
    (row,) = take(embedded_clinic, frontdesk, FILES / "open-quote.csv").refused
    assert (row.line, row.file) == (6, "open-quote.csv")
    assert "quotation mark opens in this line" in row.reason
    for n in (4, 6, 30):
        assert form(embedded_clinic, frontdesk, f"fam{n} giv{n}").address_line == ""


def test_words_for_empty_are_said_once_per_column(embedded_clinic: Any, frontdesk: Any) -> None:
    report = take(embedded_clinic, frontdesk, FILES / "null-words.csv")
    assert report.empties == {"mrn": 2, "maiden name": 2, "email": 2, "phone": 2}


def test_an_encoding_that_is_not_sure_is_asked_for(
    embedded_clinic: Any, frontdesk: Any, tmp_path: Path
) -> None:
    dos, mac = FILES / "encoding-dos.csv", tmp_path / "mac.csv"
    mac.write_bytes((FILES / "encoding-mac.csv").read_bytes().replace(b"\n1,", b"\n2,"))
    assert "cp850 (Müller) or mac_roman (MÅller)" in preview(dos).trouble
    assert take(embedded_clinic, frontdesk, dos, encoding="cp850").added == 1
    assert form(embedded_clinic, frontdesk, "muller zoe").family == "Müller"
    assert take(embedded_clinic, frontdesk, mac, encoding="mac_roman").added == 1
    assert form(embedded_clinic, frontdesk, "munoz jose").family == "Muñoz"


def test_a_guessed_encoding_is_named(embedded_clinic: Any, frontdesk: Any, tmp_path: Path) -> None:
    text = "Id,Last,First,DOB\n1,Müller,Zoë,1958-03-14\n"
    guessed = take(embedded_clinic, frontdesk, written(tmp_path, text, "cp1252"))
    assert (guessed.encoding, guessed.guessed, guessed.added) == ("cp1252", True, 1)
    assert not take(embedded_clinic, frontdesk, written(tmp_path, text)).guessed


def test_a_known_number_and_birth_date_with_a_corrected_spelling_is_an_update(
    embedded_clinic: Any, frontdesk: Any
) -> None:
    take(embedded_clinic, frontdesk, FILES / "number-known-first.csv")
    report = take(embedded_clinic, frontdesk, FILES / "number-known-second.csv")
    assert (report.added, report.updated, report.refused) == (0, 1, [])
    assert form(embedded_clinic, frontdesk, "X100").family == "Alvarez"
    assert "on record until now: Alvares" in [odd.remark for odd in report.oddities]


def test_no_known_allergies_of_a_file_are_asked_and_none(
    embedded_clinic: Any, frontdesk: Any
) -> None:
    people = FILES / "no-known-allergies-patients.csv"
    report = take(embedded_clinic, frontdesk, people, allergies=FILES / "no-known-allergies.csv")
    assert (report.added, report.allergies, report.none) == (2, 0, 2)


EXTRAS = [
    ("weight", "heavy", "weight_kg", None),
    ("weight", "-4 kg", "weight_kg", None),
    ("weight", "9999 kg", "weight_kg", None),
    ("sex", "zzz", "sex", "unknown"),
    ("death date", "sometime", "deceased_on", None),
    ("death date", "2031-01-01", "deceased_on", None),
    ("death date", "1901-01-01", "deceased_on", None),
    ("phone", "12", "phone_mobile", ""),
    ("email", "nobody", "email", ""),
    ("language", "Klingonish", "language", "en"),
]


@pytest.mark.parametrize(("column", "cell", "field", "left"), EXTRAS)
def test_an_extra_that_cannot_be_read_never_costs_the_patient(
    embedded_clinic: Any,
    frontdesk: Any,
    tmp_path: Path,
    column: str,
    cell: str,
    field: str,
    left: object,
) -> None:
    text = f"Id,Last,First,DOB,{column}\n7,Moss,Ada,1970-05-14,{cell}\n"
    report = take(embedded_clinic, frontdesk, written(tmp_path, text))
    assert (report.added, report.refused) == (1, [])
    assert [(odd.line, odd.column, odd.value) for odd in report.oddities] == [(2, column, cell)]
    assert getattr(form(embedded_clinic, frontdesk, "moss ada"), field) == left


LANGUAGES = [
    ("Armenian", "hy"), ("Chinese", "zh"), ("Spanish", "es"), ("spa", "es"), ("en-US", "en"),
    ("Español", "es"), ("VIETNAMESE", "vi"),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "code"), LANGUAGES)
def test_a_language_is_read_by_its_whole_name(
    embedded_clinic: Any, frontdesk: Any, tmp_path: Path, cell: str, code: str
) -> None:
    text = f"Id,Last,First,DOB,Language\n7,Moss,Ada,1970-05-14,{cell}\n"
    take(embedded_clinic, frontdesk, written(tmp_path, text))
    assert form(embedded_clinic, frontdesk, "moss ada").language == code


def test_an_empty_or_unreadable_cell_changes_nothing_on_record(
    embedded_clinic: Any, frontdesk: Any, tmp_path: Path
) -> None:
    head = "Id,Last,First,DOB,Sex,Language\n"
    take(embedded_clinic, frontdesk, written(tmp_path, f"{head}7,Moss,Ada,1970-05-14,F,es\n"))
    for sex, language in (("", ""), ("zzz", "Klingonish"), ("NULL", "NULL")):
        text = f"{head}7,Moss,Ada,1970-05-14,{sex},{language}\n"
        report = take(embedded_clinic, frontdesk, written(tmp_path, text))
        assert report.unchanged == 1
    found = form(embedded_clinic, frontdesk, "moss ada")
    assert (found.sex, found.language) == ("female", "es")


def test_units_are_asked_for_and_can_be_said(
    embedded_clinic: Any, frontdesk: Any, tmp_path: Path
) -> None:
    report = take(embedded_clinic, frontdesk, FILES / "weight-unit.csv", weight_unit="lb")
    assert form(embedded_clinic, frontdesk, "alvarez rosa").weight_kg == Decimal("69.9")
    assert report.added == 3
    text = "Id,Last,First,DOB,Weight (lbs)\n7,Moss,Ada,1970-05-14,100\n"
    take(embedded_clinic, frontdesk, written(tmp_path, text))
    assert form(embedded_clinic, frontdesk, "moss ada").weight_kg == Decimal("45.4")


HEAD = "Id,Last,First,DOB\n"
TWO = ("7,Moss,Ada,12/25/1961\n", "8,Byron,Lea,25/12/1961\n", "9,Cole,Ann,1/2/1970\n")


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 0, 2), (2, 1, 0)])
def test_two_orders_of_dates_in_a_column_are_asked_about_in_whatever_order_the_rows_stand(
    embedded_clinic: Any, frontdesk: Any, tmp_path: Path, order: tuple[int, ...]
) -> None:
    path = written(tmp_path, HEAD + "".join(TWO[n] for n in order))
    with pytest.raises(Malformed, match="written in two orders"):
        take(embedded_clinic, frontdesk, path)
    report = take(embedded_clinic, frontdesk, path, date_order="mdy")
    assert (report.added, report.refused_rows) == (2, 1)
    assert form(embedded_clinic, frontdesk, "cole ann").birth_date == date(1970, 1, 2)


def test_of_two_columns_of_one_name_none_is_chosen_by_its_place(
    embedded_clinic: Any, frontdesk: Any, tmp_path: Path
) -> None:
    names = written(tmp_path, "Id,Last,Last,First,DOB\n7,Moss,Quill,Ada,1970-05-14\n")
    with pytest.raises(Malformed, match=r"2 columns are called “Last”: Last \(1\), Last \(2\)"):
        take(embedded_clinic, frontdesk, names)
    assert take(embedded_clinic, frontdesk, names, mapping={"Last (2)": "family"}).added == 1
    assert form(embedded_clinic, frontdesk, "quill ada").family == "Quill"
    text = "Id,Last,First,DOB,Phone,Phone\n8,Cole,Ann,1971-05-14,6175550101,6175550102\n"
    report = take(embedded_clinic, frontdesk, written(tmp_path, text))
    assert (report.added, report.not_taken) == (1, ("Phone (1)", "Phone (2)"))
    assert form(embedded_clinic, frontdesk, "cole ann").phone_mobile == ""


ALIKE = [
    ("Smith,John,1950-01-01,617-555-0101", "Smith,John,1950-01-01,617-555-0199", True),
    ("Smith,John,1950-01-01,", "SMITH,Jöhn,1950-01-01,", True),
    ("Smith,John,1950-01-01,", "John,Smith,1950-01-01,", True),
    ("Smith,John,1950-01-01,", "Smith,John Paul,1950-01-01,", True),
    ("Smith,John,1950-01-01,617-555-0101", "Smyth,Jon,1950-10-01,(617) 555 0101", True),
    # One telephone in a family, two people of one name without anything else in common.
    ("Smith,John,1950-01-01,617-555-0101", "Smith,Mary,1952-03-04,617-555-0101", False),
    ("Smith,John,1950-01-01,617-555-0101", "Quill,John,1980-01-01,617-555-0101", False),
    ("Smith,John,1950-01-01,617-555-0101", "Smith,John,1951-02-01,617-555-0102", False),
    ("Smith,John,1950-01-01,", "Smith,Mary,1950-01-01,", False),
]


@pytest.mark.parametrize("apart", [False, True], ids=["in one file", "on record"])
@pytest.mark.parametrize(("one", "other", "asked"), ALIKE)
def test_who_may_be_the_same_is_for_a_person_to_decide(
    embedded_clinic: Any,
    frontdesk: Any,
    tmp_path: Path,
    one: str,
    other: str,
    asked: bool,
    apart: bool,
) -> None:
    head = "Id,Last,First,DOB,Phone\n"
    if apart:
        take(embedded_clinic, frontdesk, written(tmp_path, f"{head}1,{one}\n"))
    path = written(tmp_path, f"{head}2,{other}\n" if apart else f"{head}1,{one}\n2,{other}\n")
    report = take(embedded_clinic, frontdesk, path)
    assert [row.alike for row in report.refused] == [True] * asked
    if asked:
        skipped = take(embedded_clinic, frontdesk, path, duplicates="skip")
        assert (skipped.added, skipped.refused) == (0, [])
        assert take(embedded_clinic, frontdesk, path, duplicates="add").added == 1
        assert take(embedded_clinic, frontdesk, path).unchanged == report.read


DECIDED = [("same", (0, 1, 1, 0)), ("add", (1, 0, 1, 0)), ("skip", (0, 0, 2, 0)),
           ("ask", (0, 0, 1, 1))]  # fmt: skip


@pytest.mark.parametrize(("decision", "counts"), DECIDED)
def test_a_person_decides_line_by_line(
    embedded_clinic: Any, frontdesk: Any, decision: str, counts: tuple[int, ...]
) -> None:
    path = FILES / "two-people-alike.csv"
    take(embedded_clinic, frontdesk, path)
    report = take(embedded_clinic, frontdesk, path, decisions={3: decision})
    got = (report.added, report.updated, report.unchanged, report.refused_rows)
    assert got == counts
    if decision == "add":
        assert take(embedded_clinic, frontdesk, path).unchanged == 2
    hits = patients.search(embedded_clinic, frontdesk, "smith john")
    assert len(hits) == (2 if decision == "add" else 1)
    if decision == "same":
        assert form(embedded_clinic, frontdesk, "smith john").address_line == "9 Oak"


def test_lists_of_a_patient_who_was_refused_go_to_nobody(
    embedded_clinic: Any, frontdesk: Any, tmp_path: Path
) -> None:
    take(embedded_clinic, frontdesk, written(tmp_path, HEAD + "7,Moss,Ada,1970-05-14\n"))
    allergies = tmp_path / "allergies.csv"
    allergies.write_text("patient,allergy\n7,Latex\n", encoding="utf-8")
    path = written(tmp_path, HEAD + "7,Quill,Ben,1955-01-20\n")
    report = take(embedded_clinic, frontdesk, path, allergies=allergies)
    assert (report.allergies, len(report.refused)) == (0, 2)
    assert form(embedded_clinic, frontdesk, "moss ada").allergies == ()


def test_a_date_that_cannot_be_read_costs_nobody_an_allergy(
    embedded_clinic: Any, frontdesk: Any, tmp_path: Path
) -> None:
    allergies = tmp_path / "allergies.csv"
    allergies.write_text(
        "patient,allergy,start\n7,Latex,some time\n7,Iodine,01/02/2001\n", encoding="utf-8"
    )
    path = written(tmp_path, HEAD + "7,Moss,Ada,1970-05-14\n")
    report = take(embedded_clinic, frontdesk, path, allergies=allergies)
    assert (report.allergies, report.refused) == (2, [])
    assert [(odd.line, odd.value) for odd in report.oddities] == [
        (2, "some time"), (3, "01/02/2001"),
    ]  # fmt: skip


def test_cancelled_between_two_parts_says_what_is_in_and_goes_on_next_time(
    embedded_clinic: Any, frontdesk: Any, tmp_path: Path
) -> None:
    rows = "".join(f"{n},Family{n},Given,1970-05-{n % 28 + 1:02}\n" for n in range(1, 121))
    source = ImportSource(written(tmp_path, HEAD + rows))
    done: list[int] = []

    def progress(count: int, _total: int) -> None:
        done.append(count)

    with pytest.raises(Stopped, match="50 added, 0 updated until then"):
        import_patients(
            embedded_clinic, frontdesk, source, progress=progress, cancelled=lambda: 50 in done
        )
    report = import_patients(embedded_clinic, frontdesk, source).value
    assert (report.added, report.unchanged, report.adds_up) == (70, 50, True)

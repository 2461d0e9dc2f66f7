"""Imports: the real file as it is, wrong files, nothing doubled, nothing half done."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from clinicdesk.domain import fact_entries
from clinicdesk.domain.dates import possible_orders, read_cell
from clinicdesk.domain.errors import Malformed, NotAllowed
from clinicdesk.domain.rows.safety_facts import Said, Topic
from clinicdesk.domain.rows.schedule import PlanRequest
from clinicdesk.services import auditing, patients, safety_facts
from clinicdesk.services.importing import ImportSource, Stopped, import_patients, preview
from clinicdesk.services.safety import safety_of
from clinicdesk.ui.patients.facts_draft import asked_words

pytestmark = pytest.mark.slow

FILES = Path(__file__).parents[2] / "files" / "synthea"
PATIENTS, ALLERGIES = FILES / "patients.csv", FILES / "allergies.csv"


def small(folder: Path, count: int) -> Path:
    """The first patients of the real file."""
    path = folder / "some.csv"
    lines = PATIENTS.read_text(encoding="utf-8").splitlines()[: count + 1]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def written(folder: Path, text: str, name: str = "list.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def test_the_real_file_is_understood_as_it_is() -> None:
    seen = preview(PATIENTS)
    assert (seen.delimiter, seen.encoding, seen.date_order, seen.count) == (
        ";",
        "utf-8",
        "mdy",
        1171,
    )
    assert seen.trouble == ""
    assert seen.mapping["LAST"] == "family"
    assert seen.mapping["BIRTHDATE"] == "birth_date"
    assert seen.withheld == ("SSN", "DRIVERS", "PASSPORT")
    assert seen.refused == ()
    remarks = [o.remark for o in seen.oddities]
    assert sum("digits in a name" in r for r in remarks) > 2000
    assert sum("leading zero" in r for r in remarks) == 1171
    assert sum("has died" in r for r in remarks) == 171


@pytest.mark.slow
def test_the_real_files_go_in_whole_and_only_once(
    embedded_clinic: Any, frontdesk: Any, manager: Any
) -> None:
    source = ImportSource(PATIENTS, ALLERGIES)
    first = import_patients(embedded_clinic, frontdesk, source).value
    assert (first.read, first.added, first.refused, first.allergies) == (1171, 1171, [], 597)
    again = import_patients(embedded_clinic, frontdesk, source).value
    assert (again.added, again.updated, again.unchanged, again.allergies) == (0, 0, 1171, 0)
    (hit, *_) = patients.search(embedded_clinic, frontdesk, "gomez jose eduardo")
    assert (hit.family, hit.given) == ("Gómez206", "José Eduardo181")
    assert auditing.verify(embedded_clinic, manager).sound


def test_on_both_databases(clinic: Any, frontdesk: Any, tmp_path: Path) -> None:
    source = ImportSource(small(tmp_path, 15), ALLERGIES)
    report = import_patients(clinic, frontdesk, source).value
    assert report.added == 15
    # Allergies of people who are not in the list are refused with their line.
    assert {r.file for r in report.refused} == {"allergies.csv"}
    assert all(r.line > 1 and r.reason == "No patient has this number." for r in report.refused)
    assert import_patients(clinic, frontdesk, source).value.unchanged == 15


def test_a_change_in_the_file_updates_and_spares_what_staff_wrote(
    embedded_clinic: Any, frontdesk: Any, tmp_path: Path
) -> None:
    head = "Id,Last,First,DOB,Phone\n"
    path = written(tmp_path, head + "7,Moss,Ada,1970-05-14,617 555 0101\n")
    import_patients(embedded_clinic, frontdesk, ImportSource(path))
    (hit,) = patients.search(embedded_clinic, frontdesk, "moss ada")
    chart = patients.open_chart(embedded_clinic, frontdesk, hit.id)
    form = chart.record.form
    from dataclasses import replace

    patients.change(embedded_clinic, frontdesk, hit.id, chart.record.version,
                    replace(form, allergies=("Latex",), city="Boston"))  # fmt: skip
    path.write_text(head + "7,Moss,Ada,1970-05-14,617 555 0199\n", encoding="utf-8")
    report = import_patients(embedded_clinic, frontdesk, ImportSource(path)).value
    assert (report.updated, report.added) == (1, 0)
    form = patients.open_chart(embedded_clinic, frontdesk, hit.id).record.form
    assert (form.phone_mobile, form.allergies) == ("(617) 555-0199", ("Latex",))
    assert form.city == "Boston"


def _lists(clinic: Any, actor: Any, name: str) -> dict[str, tuple[str, list[str]]]:
    (hit,) = patients.search(clinic, actor, name)
    facts = safety_facts.facts(clinic, actor, hit.id)
    return {
        state.topic.value: (
            state.said.value,
            [fact_entries.entry_text(kept.entry) for kept in state.entries],
        )
        for state in facts.states
    }


def test_a_column_fills_its_list_an_explicit_none_is_none_and_an_absent_one_is_not_asked(
    embedded_clinic: Any, frontdesk: Any, tmp_path: Path
) -> None:
    path = written(
        tmp_path,
        "Id,Last,First,DOB,Allergies,Medications\n"
        '1,Alvarez,Rosa,1958-03-14,"Penicillin (rash); IV dye (hives, severe)",NONE\n'
        "2,Bauer,Tom,1948-01-02,NKDA,Eliquis 5 mg bid; metformin\n"
        "3,Cole,Una,1950-01-02,,\n",
    )
    source = ImportSource(path)
    report = import_patients(embedded_clinic, frontdesk, source).value
    assert (report.added, report.allergies, report.drugs, report.none) == (3, 2, 2, 2)
    rosa = _lists(embedded_clinic, frontdesk, "alvarez rosa")
    assert rosa["allergies"] == ("list", ["Penicillin (rash)", "IV dye (hives, severe)"])
    assert (rosa["drugs"], rosa["conditions"]) == (("none", []), ("not_asked", []))
    tom = _lists(embedded_clinic, frontdesk, "bauer tom")
    assert tom["allergies"] == ("none", [])
    assert tom["drugs"] == ("list", ["Eliquis 5 mg bid", "metformin"])
    una = _lists(embedded_clinic, frontdesk, "cole una")
    assert (una["allergies"][0], una["drugs"][0]) == ("not_asked", "not_asked")
    again = import_patients(embedded_clinic, frontdesk, source).value
    assert (again.unchanged, again.allergies, again.drugs, again.none) == (3, 0, 0, 0)


def test_a_file_of_conditions_and_one_of_drugs_join_by_the_number(
    embedded_clinic: Any, frontdesk: Any, tmp_path: Path
) -> None:
    people = written(tmp_path, "id,last name,first name,dob\n1,Alvarez,Rosa,1958-03-14\n")
    conditions = written(
        tmp_path,
        "START,STOP,PATIENT,CODE,DESCRIPTION\n2001-05-01,,1,44054006,Diabetes\n"
        "2011-08-09,2011-08-16,1,444814009,Viral sinusitis (disorder)\n",
        "conditions.csv",
    )
    drugs = written(tmp_path, "patient,medication,dose\n1,Warfarin,5 mg\n", "drugs.csv")
    allergies = written(tmp_path, "patient,allergy\n1,No known allergies\n", "allergies.csv")
    source = ImportSource(people, allergies, conditions=conditions, drugs=drugs)
    report = import_patients(embedded_clinic, frontdesk, source).value
    assert (report.conditions, report.drugs, report.none) == (2, 1, 1)
    lists = _lists(embedded_clinic, frontdesk, "alvarez rosa")
    assert lists["conditions"] == ("list", ["Diabetes"])
    assert lists["drugs"] == ("list", ["Warfarin 5 mg"])
    assert lists["allergies"] == ("none", [])
    again = import_patients(embedded_clinic, frontdesk, source).value
    assert (again.unchanged, again.conditions, again.drugs, again.none) == (1, 0, 0, 0)


def test_none_in_a_file_does_not_speak_over_what_staff_entered(
    embedded_clinic: Any, frontdesk: Any, tmp_path: Path
) -> None:
    path = written(tmp_path, "Id,Last,First,DOB,Allergies\n7,Moss,Ada,1970-05-14,Latex\n")
    import_patients(embedded_clinic, frontdesk, ImportSource(path))
    written(tmp_path, "Id,Last,First,DOB,Allergies\n7,Moss,Ada,1970-05-14,none\n")
    report = import_patients(embedded_clinic, frontdesk, ImportSource(path)).value
    assert [(r.line, r.column) for r in report.refused] == [(2, "Allergies")]
    assert _lists(embedded_clinic, frontdesk, "moss ada")["allergies"] == ("list", ["Latex"])


REFUSED = [
    ("7,,,1970-05-14", "Enter the name"),
    ("7,Moss,Ada,1970-02-30", "is not a date written year-month-day"),
    ("7,Moss,Ada,2031-05-14", "in the future"),
    ("7,Moss,Ada,", "Enter the date of birth"),
    ("7,Moss,Ada,1970-05-14,extra,cells", "has 6 cells, the header has 4"),
]


@pytest.mark.parametrize(("row", "words"), REFUSED)
def test_a_row_that_cannot_be_taken_is_named(
    embedded_clinic: Any, frontdesk: Any, tmp_path: Path, row: str, words: str
) -> None:
    good = "8,Byron,Lea,1980-12-13"
    path = written(tmp_path, f"Id,Last,First,DOB\n{good}\n{row}\n")
    report = import_patients(embedded_clinic, frontdesk, ImportSource(path)).value
    assert report.added == 1
    (refusal,) = report.refused
    assert (refusal.file, refusal.line) == ("list.csv", 3)
    assert words in refusal.reason


def test_the_same_patient_twice_in_a_file(
    embedded_clinic: Any, frontdesk: Any, tmp_path: Path
) -> None:
    text = "Id,Last,First,DOB\n7,Moss,Ada,1970-05-14\n7,Moss,Ada,1970-05-14\n"
    report = import_patients(
        embedded_clinic, frontdesk, ImportSource(written(tmp_path, text))
    ).value
    assert report.added == 1
    assert report.refused[0].reason == "The same patient stands in line 2 already."


def test_a_number_that_belongs_to_somebody_else_touches_nobody(
    embedded_clinic: Any, frontdesk: Any, tmp_path: Path
) -> None:
    first = written(tmp_path, "Id,Last,First,DOB\n7,Moss,Ada,1970-05-14\n", "a.csv")
    other = written(tmp_path, "Id,Last,First,DOB\n7,Quill,Ben,1955-01-20\n", "b.csv")
    import_patients(embedded_clinic, frontdesk, ImportSource(first))
    report = import_patients(embedded_clinic, frontdesk, ImportSource(other)).value
    assert "belongs to Moss, Ada" in report.refused[0].reason
    assert patients.search(embedded_clinic, frontdesk, "quill ben") == ()


def test_cancelled_or_tried_nothing_is_written(clinic: Any, frontdesk: Any, tmp_path: Path) -> None:
    source = ImportSource(small(tmp_path, 60))
    before = len(patients.search(clinic, frontdesk, "1989", limit=500))
    with pytest.raises(Stopped, match="Nothing was written"):
        import_patients(clinic, frontdesk, source, cancelled=lambda: True)
    trial = import_patients(clinic, frontdesk, source, dry_run=True).value
    assert trial.added == 60
    assert len(patients.search(clinic, frontdesk, "1989", limit=500)) == before


WRONG = [
    (b"", "is empty"),
    (b"\n\n", "is empty"),
    (b"\x89PNG\0\0\0", "is not a text file"),
    (b"colour;size\nred;3\n", "No column holds the names"),
    (b"Last;First\nMoss;Ada\n", "No column holds the date of birth"),
    (b"Last;First;DOB\nMoss;Ada;03/04/1970\n", "can be read month first or day first"),
]


@pytest.mark.parametrize(("content", "words"), WRONG, ids=[w for _, w in WRONG])
def test_a_file_that_cannot_be_imported_says_why(
    embedded_clinic: Any, frontdesk: Any, tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    with pytest.raises(Malformed, match=words):
        import_patients(embedded_clinic, frontdesk, ImportSource(path))


def test_only_a_header(embedded_clinic: Any, frontdesk: Any, tmp_path: Path) -> None:
    path = written(tmp_path, "Id,Last,First,DOB\n")
    with pytest.raises(Malformed, match="dates can be read"):
        import_patients(embedded_clinic, frontdesk, ImportSource(path))
    report = import_patients(embedded_clinic, frontdesk, ImportSource(path, date_order="ymd")).value
    assert report.read == 0


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8", ","), ("utf-8-sig", ";"), ("utf-16", "\t"), ("cp1252", "|")],
)
def test_encodings_and_delimiters(tmp_path: Path, encoding: str, delimiter: str) -> None:
    rows = [["Nachname", "Vorname", "Geburtsdatum"], ["Müller", "Jürgen", "31.12.1949"]]
    text = "\n".join(delimiter.join(row) for row in rows)
    seen = preview(written(tmp_path, text, encoding=encoding))
    assert (seen.delimiter, seen.date_order, seen.trouble) == (delimiter, "dmy", "")
    assert seen.rows[0][0] == "Müller"


def test_the_user_corrects_the_mapping(tmp_path: Path) -> None:
    path = written(tmp_path, "A,B,C\nMoss,Ada,1970-05-14\n")
    seen = preview(path, mapping={"A": "family", "B": "given", "C": "birth_date"})
    assert seen.trouble == ""
    with pytest.raises(Malformed, match="has no column “X”"):
        preview(path, mapping={"X": "family"})
    with pytest.raises(Malformed, match="There is no field “colour”"):
        preview(path, mapping={"A": "colour"})


def test_dates_are_read_off_the_whole_column() -> None:
    assert possible_orders(["5/25/1989", "1/2/1990"]) == ("mdy",)
    assert possible_orders(["1/2/1990"]) == ("mdy", "dmy")
    assert read_cell("2/29/2024", "mdy") is not None
    assert read_cell("2/29/2023", "mdy") is None


def test_who_may_not(embedded_clinic: Any, nurse: Any) -> None:
    with pytest.raises(NotAllowed):
        import_patients(embedded_clinic, nurse, ImportSource(PATIENTS))


# -- nothing is dropped in silence ---------------------------------------------------------------

PREGNANT = [
    ("yes", "F", "yes", 0, 0),
    ("Y", "F", "yes", 0, 0),
    ("no", "F", "no", 0, 0),
    ("", "F", "not_asked", 0, 0),
    ("unknown", "F", "not_asked", 0, 0),
    ("20 weeks?", "F", "not_asked", 0, 1),
    ("yes", "M", "not_asked", 0, 1),
]


@pytest.mark.parametrize(("cell", "sex", "said", "refused", "odd"), PREGNANT)
def test_pregnancy_is_read_or_named(
    embedded_clinic: Any,
    frontdesk: Any,
    tmp_path: Path,
    cell: str,
    sex: str,
    said: str,
    refused: int,
    odd: int,
) -> None:
    text = f"Id,Last,First,DOB,Sex,Pregnant\n7,Moss,Ada,1995-05-14,{sex},{cell}\n"
    source = ImportSource(written(tmp_path, text))
    report = import_patients(embedded_clinic, frontdesk, source).value
    assert (report.added, len(report.refused), len(report.oddities)) == (1, refused, odd)
    assert _lists(embedded_clinic, frontdesk, "moss ada")["pregnancy"][0] == said
    again = import_patients(embedded_clinic, frontdesk, source).value
    assert (again.unchanged, again.pregnancy) == (1, 0)


def test_a_file_does_not_change_an_answer_about_pregnancy(
    embedded_clinic: Any, frontdesk: Any, tmp_path: Path
) -> None:
    head = "Id,Last,First,DOB,Sex,Pregnant\n7,Moss,Ada,1995-05-14,F,"
    source = ImportSource(written(tmp_path, f"{head}\n"))
    import_patients(embedded_clinic, frontdesk, source)
    (hit,) = patients.search(embedded_clinic, frontdesk, "moss ada")
    safety_facts.answer(embedded_clinic, frontdesk, hit.id, Topic.PREGNANCY, Said.YES)
    written(tmp_path, f"{head}no\n")
    (row,) = import_patients(embedded_clinic, frontdesk, source).value.refused
    assert (row.line, row.column) == (2, "Pregnant")
    assert "not changed by the file" in row.reason
    assert _lists(embedded_clinic, frontdesk, "moss ada")["pregnancy"][0] == "yes"


def test_a_no_of_a_file_is_asked_again_before_x_rays(
    embedded_clinic: Any, frontdesk: Any, tmp_path: Path
) -> None:
    text = "Id,Last,First,DOB,Sex,Pregnant,Implants\n7,Moss,Ada,1995-05-14,F,no,Pacemaker\n"
    report = import_patients(
        embedded_clinic, frontdesk, ImportSource(written(tmp_path, text))
    ).value
    assert (report.implants, report.pregnancy) == (1, 1)
    (hit,) = patients.search(embedded_clinic, frontdesk, "moss ada")
    plan = PlanRequest(hit.id, "esi.transforaminal", ("L5 left",), embedded_clinic.today())
    found = {each.check for each in safety_of(embedded_clinic, frontdesk, plan).findings}
    assert "pregnancy.not_asked" in found


def test_what_a_file_says_was_asked_by_nobody_here(
    embedded_clinic: Any, frontdesk: Any, tmp_path: Path
) -> None:
    text = "Id,Last,First,DOB,Allergies,Drugs\n7,Moss,Ada,1995-05-14,none,Eliquis\n"
    import_patients(embedded_clinic, frontdesk, ImportSource(written(tmp_path, text)))
    (hit,) = patients.search(embedded_clinic, frontdesk, "moss ada")
    facts = safety_facts.facts(embedded_clinic, frontdesk, hit.id)
    today = embedded_clinic.today()
    for topic in (Topic.ALLERGIES, Topic.DRUGS):
        state = facts.of(topic)
        assert (state.asked_on, state.entered_on) == (None, today)
        words = asked_words(state, today)
        assert words.startswith(f"from the imported file, entered by {frontdesk.name}")
    safety_facts.answer(embedded_clinic, frontdesk, hit.id, Topic.ALLERGIES, Said.NONE)
    state = safety_facts.facts(embedded_clinic, frontdesk, hit.id).of(Topic.ALLERGIES)
    assert asked_words(state, today) == f"asked today, {frontdesk.name}"


def test_columns_that_are_not_taken_are_named(
    embedded_clinic: Any, frontdesk: Any, tmp_path: Path
) -> None:
    text = "Id,Last,First,DOB,Shoe size,SSN,Dx\n7,Moss,Ada,1995-05-14,38,1,x\n"
    report = import_patients(
        embedded_clinic, frontdesk, ImportSource(written(tmp_path, text))
    ).value
    assert (report.not_taken, report.withheld) == (("Shoe size", "Dx"), ("SSN",))


ID, MRN = "Id,Last,First,DOB\n", "MRN,Last,First,DOB\n"
ROW = "71,Moss,Ada,1970-05-14\n"


@pytest.mark.parametrize(("first", "second"), [(ID, MRN), (MRN, ID)])
def test_the_same_people_under_another_number_are_no_new_ones(
    embedded_clinic: Any, frontdesk: Any, tmp_path: Path, first: str, second: str
) -> None:
    source = ImportSource(written(tmp_path, first + ROW))
    assert import_patients(embedded_clinic, frontdesk, source).value.added == 1
    written(tmp_path, second + ROW)
    report = import_patients(embedded_clinic, frontdesk, source).value
    assert (report.read, report.added, len(report.refused)) == (1, 0, 1)
    assert "is on record already" in report.refused[0].reason
    assert len(patients.search(embedded_clinic, frontdesk, "moss ada")) == 1
    skipped = import_patients(embedded_clinic, frontdesk, replace(source, duplicates="skip")).value
    assert (skipped.added, skipped.unchanged, skipped.refused) == (0, 1, [])
    if second == ID:
        added = import_patients(embedded_clinic, frontdesk, replace(source, duplicates="add"))
        assert added.value.added == 1


def test_record_number_name_and_birth_date_that_agree_are_that_patient(
    embedded_clinic: Any, frontdesk: Any, tmp_path: Path
) -> None:
    source = ImportSource(written(tmp_path, MRN + ROW))
    import_patients(embedded_clinic, frontdesk, source)
    written(tmp_path, "Id,MRN,Last,First,DOB,City\n5,71,Moss,Ada,1970-05-14,Boston\n")
    report = import_patients(embedded_clinic, frontdesk, source).value
    assert (report.added, report.updated, report.refused) == (0, 1, [])


def test_two_of_one_name_and_birth_date_in_a_file_are_for_a_person_to_decide(
    embedded_clinic: Any, frontdesk: Any, tmp_path: Path
) -> None:
    text = ID + "7,Moss,Ada,1970-05-14\n8,Moss,Ada,1970-05-14\n"
    report = import_patients(
        embedded_clinic, frontdesk, ImportSource(written(tmp_path, text))
    ).value
    assert (report.added, [row.line for row in report.refused]) == (1, [3])


@pytest.mark.parametrize(("kg", "born", "odd"), [(6, 1995, 1), (600, 1995, 1), (60, 1995, 0)])
def test_a_weight_that_is_seldom_meant_is_named(
    embedded_clinic: Any, frontdesk: Any, tmp_path: Path, kg: int, born: int, odd: int
) -> None:
    text = f"Id,Last,First,DOB,Sex,Weight kg\n7,Moss,Ada,{born}-05-14,F,{kg}\n"
    report = import_patients(embedded_clinic, frontdesk, ImportSource(written(tmp_path, text)))
    said = [(each.column, each.value) for each in report.value.oddities]
    assert said == [("Weight kg", str(kg))] * odd
    assert report.value.added == 1

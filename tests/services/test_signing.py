"""What a signature asks of the safety checks, the sites and the day; on both databases."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from support.logs import PASSWORD, TODAY, answered, book, complete, rows
from support.vocabulary import CATALOGUE

from clinicdesk.domain.customs import customs_of
from clinicdesk.domain.errors import Invalid
from clinicdesk.domain.log_safety import unanswered
from clinicdesk.domain.measures import figure_problem
from clinicdesk.domain.rows.documents import SheetRequest
from clinicdesk.domain.rows.log import LogAnswer, LogForm
from clinicdesk.domain.rows.log_safety import AskKind, DoseDue, LogAsk
from clinicdesk.domain.rows.reviews import GivenReason
from clinicdesk.domain.rows.safety_facts import AllergyEntry, ConditionEntry, DrugEntry, Topic
from clinicdesk.domain.stated_doses import dose_problem
from clinicdesk.services import check_in, holds, notes, procedures, reviews, safety_facts, sheets
from clinicdesk.services.procedures.codec import seal

pytestmark = pytest.mark.slow

WHY = "Contrast allergy known, no other way"
REASON = LogAnswer("allergy.contrast", ("IV dye",), "prepared")


def learned(clinic: Any, actor: Any, topic: Topic, entry: Any) -> None:
    safety_facts.answer(clinic, actor, clinic.seeded.teresa, topic, add=(entry,))


def logged(clinic: Any, actor: Any, appointment: int | None = None, **changes: Any) -> LogForm:
    form = procedures.open_log(clinic, actor, appointment or book(clinic)).form
    return replace(complete(form), reason=WHY, **changes)


def instead(form: LogForm, given: LogAnswer) -> LogForm:
    """With another answer to what it answers."""
    others = tuple(each for each in form.answers if each.check != given.check)
    return replace(form, answers=(*others, given))


def refused(clinic: Any, actor: Any, form: LogForm) -> dict[str, str]:
    with pytest.raises(Invalid) as told:
        procedures.sign(clinic, actor, form, 0, PASSWORD)
    assert rows(clinic, "SELECT count(*) FROM signature") == [(0,)]
    return dict(told.value.fields)


def test_a_danger_is_signed_only_with_a_coded_reason(clinic: Any, physician: Any) -> None:
    learned(clinic, physician, Topic.ALLERGIES, AllergyEntry("IV dye", "anaphylaxis"))
    form = logged(clinic, physician)
    assert "Choose a reason" in refused(clinic, physician, form)["safety.allergy.contrast"]
    for code, words in (("abcde", ""), ("other", "abcde"), ("surgeon", "Agreed with the surgeon")):
        wrong = replace(REASON, code=code, words=words)
        changed = replace(form, answers=(*form.answers, wrong))
        assert list(refused(clinic, physician, changed)) == ["safety.allergy.contrast"]
    elsewhere = replace(REASON, because=("shellfish",))
    assert refused(clinic, physician, replace(form, answers=(*form.answers, elsewhere)))
    form = replace(form, answers=(*form.answers, REASON))
    number = procedures.sign(clinic, physician, form, 0, PASSWORD).value
    record = procedures.open_procedure(clinic, physician, number)
    kept = {answer.check: answer for answer in record.form.answers}["allergy.contrast"]
    assert record.seal_ok
    assert kept.said.startswith("Premedication given")
    assert kept.by == "Dr. Amara Osei"
    assert "iohexol 240 mgI · L5 left" in kept.asked
    ((text,),) = rows(clinic, "SELECT snapshot FROM signature")
    assert "allergy.contrast" in text
    ((reason,),) = rows(clinic, "SELECT reason FROM audit_act WHERE action = 'procedure.sign'"
                                " AND reason <> ''")  # fmt: skip
    assert "Premedication given" in reason


def test_without_contrast_in_the_log_its_allergy_is_no_matter(clinic: Any, physician: Any) -> None:
    learned(clinic, physician, Topic.ALLERGIES, AllergyEntry("IV dye", "anaphylaxis"))
    form = logged(clinic, physician)
    without = replace(form, contrast=False, medications=form.medications[:2])
    asks = {ask.check for ask in procedures.safety_of(clinic, physician, without).asks}
    assert "allergy.contrast" not in asks


def test_what_a_review_let_pass_shows_who_answered(clinic: Any, physician: Any) -> None:
    appointment = book(clinic)
    learned(clinic, physician, Topic.ALLERGIES, AllergyEntry("IV dye", "anaphylaxis"))
    (row,) = reviews.of_appointment(clinic, physician, appointment)
    lindqvist = clinic.seeded.actor("lindqvist")
    reviews.answer(clinic, lindqvist, row.id, GivenReason("benefit"), go_ahead=True)
    form = logged(clinic, physician, appointment)
    (ask,) = [
        each
        for each in procedures.safety_of(clinic, physician, form).asks
        if each.check == "allergy.contrast"
    ]
    assert ask.settled is not None
    assert ask.settled.by.startswith("Dr. Tomas Lindqvist")
    number = procedures.sign(clinic, physician, form, 0, PASSWORD).value
    record = procedures.open_procedure(clinic, physician, number)
    kept = {answer.check: answer for answer in record.form.answers}["allergy.contrast"]
    assert kept.by.startswith("Dr. Tomas Lindqvist")


def test_what_a_physician_refused_is_said_where_it_is_signed(clinic: Any, physician: Any) -> None:
    appointment = book(clinic)
    learned(clinic, physician, Topic.ALLERGIES, AllergyEntry("IV dye", "anaphylaxis"))
    (row,) = reviews.of_appointment(clinic, physician, appointment)
    lindqvist = clinic.seeded.actor("lindqvist")
    given = GivenReason("other", "Use no contrast at all for her.")
    reviews.answer(clinic, lindqvist, row.id, given, go_ahead=False)
    found = procedures.safety_of(clinic, physician, logged(clinic, physician, appointment))
    (ask,) = [each for each in found.asks if each.check == "allergy.contrast"]
    assert ask.settled is None
    assert found.card is not None
    for sentence in (
        ask.sentence,
        *(f.sentence for f in found.card.findings if f.check == ask.check),
    ):
        assert "Not as planned, said Dr. Tomas Lindqvist" in sentence
        assert sentence.endswith("Use no contrast at all for her.")


@pytest.mark.parametrize(
    ("changes", "again"),
    [
        ({}, False),
        ({"note": "Slow spread."}, False),
        ({"sites": ("L4 left",)}, True),
        ({"sites": ("L5 right",)}, True),
        ({"product": "iohexol-300"}, False),
        ({"product": "iohexol-350"}, True),
    ],
)
def test_an_answer_counts_only_for_the_question_that_was_asked(
    clinic: Any, physician: Any, changes: dict[str, Any], again: bool
) -> None:
    appointment = book(clinic)
    learned(clinic, physician, Topic.ALLERGIES, AllergyEntry("IV dye", "anaphylaxis"))
    (row,) = reviews.of_appointment(clinic, physician, appointment)
    lindqvist = clinic.seeded.actor("lindqvist")
    reviews.answer(clinic, lindqvist, row.id, GivenReason("benefit"), go_ahead=True)
    form = logged(clinic, physician, appointment)
    product = changes.get("product", "iohexol-240")
    changes = {name: value for name, value in changes.items() if name != "product"}
    entries = tuple(
        replace(entry, product=product) if entry.product.startswith("iohexol") else entry
        for entry in form.medications
    )
    form = replace(form, medications=entries, **changes)
    asks = {ask.check: ask for ask in procedures.safety_of(clinic, physician, form).asks}
    ask = asks["allergy.contrast"]
    assert (ask.settled is None) is again
    if again:
        assert form.sites[0] in ask.detail
        assert "iohexol" in ask.detail
        return
    # As it was asked: no product was named then.
    assert (ask.sentence, ask.detail) == (row.sentence, "L5 left, asked 24 Nov 2026")


def test_a_dose_of_the_log_is_asked_about_not_the_booked_one(clinic: Any, physician: Any) -> None:
    form = logged(clinic, physician)
    first = replace(form.medications[0], volume_ml=Decimal(2), dose=Decimal(20))
    form = replace(form, medications=(first, *form.medications[1:]))
    assert "dexamethasone 20 mg of at most 15 mg" in str(refused(clinic, physician, form))
    form = answered(clinic, physician, form)
    more = replace(first, volume_ml=Decimal(3), dose=Decimal(30))
    again = replace(form, medications=(more, *form.medications[1:]))
    assert "safety.steroid.session" in refused(clinic, physician, again)
    procedures.sign(clinic, physician, form, 0, PASSWORD)


def test_open_questions_are_answered_before_signing(clinic: Any, physician: Any) -> None:
    learned(clinic, physician, Topic.CONDITIONS, ConditionEntry("T2DM"))
    form = replace(logged(clinic, physician), answers=())
    assert set(refused(clinic, physician, form)) == {
        "safety.thinner.hold",
        "safety.diabetes.steroid",
    }
    glucose = LogAnswer("diabetes.steroid", ("T2DM",), "glucose", "not known")
    thinner = LogAnswer("thinner.hold", ("apixaban",), "last_dose", "last week")
    found = refused(clinic, physician, replace(form, answers=(glucose, thinner)))
    assert "type it with its unit, mg/dL or mmol/L" in found["safety.diabetes.steroid"]
    assert "Type the day" in found["safety.thinner.hold"]
    for typed in ("11/20/2025", "20.11.25", "1 Jan 1990", "20 Nov 2027"):
        long_ago = (glucose, replace(thinner, words=typed))
        found = refused(clinic, physician, replace(form, answers=long_ago))
        assert "is the year right?" in found["safety.thinner.hold"]
    good = (replace(glucose, words="132 mg/dL"), replace(thinner, words="20 Nov"))
    number = procedures.sign(clinic, physician, replace(form, answers=good), 0, PASSWORD).value
    pdf = notes.prepare(clinic, physician, procedure_id=number).value.pdf
    assert pdf.startswith(b"%PDF")


def test_a_last_dose_stated_in_time_needs_no_second_answer(clinic: Any, physician: Any) -> None:
    appointment = book(clinic)
    holds.stated(clinic, clinic.seeded.actor("nurse"), appointment, "apixaban", date(2026, 11, 20))
    form = logged(clinic, physician, appointment)
    asks = {ask.check: ask for ask in procedures.safety_of(clinic, physician, form).asks}
    settled = asks["thinner.hold"].settled
    assert settled is not None
    assert "20 Nov 2026" in settled.words
    assert settled.by == "Marisol Castellano"
    late = book(clinic, hour=14)
    holds.stated(clinic, clinic.seeded.actor("nurse"), late, "apixaban", TODAY)
    form = logged(clinic, physician, late)
    found = procedures.safety_of(clinic, physician, form)
    # What was said at check-in is the question itself; the planned day is no last dose any more.
    (ask,) = [ask for ask in found.asks if ask.check.startswith("thinner.")]
    assert (ask.check, ask.kind, ask.settled) == ("thinner.late", AskKind.REASON, None)
    assert "said to be 24 Nov 2026. That is too late" in ask.sentence
    assert found.card is not None
    assert (found.card.holds, found.card.findings[0].sentence) == ((), ask.sentence)
    for code, words in (("last_dose", "20 Nov"), ("other", "Fine")):
        typed = LogAnswer("thinner.late", ask.because, code, words)
        assert "safety.thinner.late" in refused(clinic, physician, instead(form, typed))
    agreed = replace(typed, code="thinner_agreed", words="Urgent, agreed with Dr. Hale today")
    number = procedures.sign(clinic, physician, instead(form, agreed), 0, PASSWORD).value
    record = procedures.open_procedure(clinic, physician, number)
    kept = {answer.check: answer for answer in record.form.answers}["thinner.late"]
    assert "24 Nov 2026" in kept.asked


def test_one_drug_too_late_does_not_hide_the_other(clinic: Any, physician: Any) -> None:
    learned(clinic, physician, Topic.DRUGS, DrugEntry("clopidogrel 75 mg"))
    appointment = book(clinic)
    nurse = clinic.seeded.actor("nurse")
    holds.stated(clinic, nurse, appointment, "apixaban", date(2026, 11, 23))
    form = logged(clinic, physician, appointment)
    found = procedures.safety_of(clinic, physician, form)
    asks = {ask.check: ask for ask in found.asks if ask.check.startswith("thinner.")}
    assert "last dose of Apixaban" in asks["thinner.late"].sentence
    assert asks["thinner.hold"].because == ("clopidogrel 75 mg",)
    assert "Apixaban" not in asks["thinner.hold"].sentence
    holds.stated(clinic, nurse, appointment, "clopidogrel", date(2026, 11, 10))
    asks = {ask.check: ask for ask in procedures.safety_of(clinic, physician, form).asks}
    assert asks["thinner.hold"].settled is not None
    assert asks["thinner.hold"].settled.words == "Clopidogrel: 10 Nov 2026"
    assert asks["thinner.late"].settled is None


def test_a_physicians_answer_to_the_late_dose_settles_it(clinic: Any, physician: Any) -> None:
    appointment = book(clinic)
    nurse = clinic.seeded.actor("nurse")
    holds.stated(clinic, nurse, appointment, "apixaban", date(2026, 11, 23))
    (row,) = reviews.of_appointment(clinic, physician, appointment)
    given = GivenReason("thinner_agreed", "Urgent, agreed with Dr. Hale today")
    reviews.answer(clinic, clinic.seeded.actor("lindqvist"), row.id, given, go_ahead=True)
    form = logged(clinic, physician, appointment)
    asks = {ask.check: ask for ask in procedures.safety_of(clinic, physician, form).asks}
    assert asks["thinner.late"].settled is not None
    # Another day is another statement, and asks anew.
    holds.stated(clinic, nurse, appointment, "apixaban", date(2026, 11, 24))
    asks = {ask.check: ask for ask in procedures.safety_of(clinic, physician, form).asks}
    assert asks["thinner.late"].settled is None
    assert "24 Nov 2026" in asks["thinner.late"].sentence
    assert [each.sentence for each in reviews.waiting(clinic, physician)] == [
        asks["thinner.late"].sentence
    ]


def test_a_dose_stated_before_it_was_due_says_nothing(clinic: Any, physician: Any) -> None:
    appointment = book(clinic, day=TODAY + timedelta(days=7))
    nurse = clinic.seeded.actor("nurse")
    holds.stated(clinic, nurse, appointment, "apixaban", date(2026, 11, 24))
    clinic.clock.moment += timedelta(days=7)
    form = procedures.open_log(clinic, physician, appointment).form
    asks = {ask.check: ask for ask in procedures.safety_of(clinic, physician, form).asks}
    assert asks["thinner.hold"].settled is None
    assert "thinner.late" not in asks


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("x1", "Type the day of the last dose"),
        ("today 8 am", "is too late"),
        ("2026-11-21", "Apixaban: 21 Nov 2026 is too late, the guideline's last dose was 20 Nov"),
        ("20 Nov 2026 in the evening", ""),
        ("Fri 20 Nov", ""),
        ("11/19/26", ""),
        ("1 Jan 2026", "is the day right?"),
    ],
)
def test_a_last_dose_is_a_day_that_keeps_the_time(
    clinic: Any, physician: Any, words: str, says: str
) -> None:
    form = logged(clinic, physician)
    typed = LogAnswer("thinner.hold", ("apixaban",), "last_dose", words)
    form = instead(form, typed)
    if says:
        assert says in refused(clinic, physician, form)["safety.thinner.hold"]
    else:
        procedures.sign(clinic, physician, form, 0, PASSWORD)


@pytest.mark.parametrize(
    ("words", "says"),
    [("20 Nov", "Nobody measured the INR"), ("20 Nov, INR 6.5", "above 1.2"),
     ("18 Nov, INR 1.1", ""), ("18 Nov, INR 1,1 at 8:10", "")],
)  # fmt: skip
def test_warfarin_wants_an_inr_beside_its_day(words: str, says: str) -> None:
    inr = tuple(each for each in CATALOGUE.measures.values() if each.what == "inr")
    due = (DoseDue("Warfarin", ("warfarin",), date(2026, 11, 18)),)
    ask = LogAsk("thinner.hold", ("warfarin",), AskKind.WORDS, "", on=TODAY, due=due,
                 customs=customs_of("US"), measures=inr)  # fmt: skip
    assert says in dose_problem(ask, words)
    assert bool(says) == bool(dose_problem(ask, words))


@pytest.mark.parametrize(
    ("words", "stands"),
    [("23 Nov 08:30", True), ("23 Nov 20:30", False), ("23 Nov 8:30 pm", False),
     ("23.11.2026 08:30", True), ("23.11.2026", False), ("23 Nov 8:30, then 20:30", False),
     ("22 Nov", True), ("2026-12-09", False)],
)  # fmt: skip
def test_where_hours_count_the_hour_of_that_day_does(words: str, stands: bool) -> None:
    due = (DoseDue("Heparin", ("heparin",), date(2026, 11, 23), time(10)),)
    ask = LogAsk("thinner.hold", ("heparin",), AskKind.WORDS, "", on=TODAY, due=due,
                 customs=customs_of("GB"))  # fmt: skip
    assert (dose_problem(ask, words) == "") is stands


def test_no_day_after_the_procedure_is_a_last_dose() -> None:
    ask = LogAsk("thinner.shared", ("aspirin",), AskKind.WORDS, "", on=TODAY,
                 due=(DoseDue("Aspirin", ("aspirin",)),), customs=customs_of("US"))  # fmt: skip
    assert "still to come" in dose_problem(ask, "2026-12-09")


def test_of_two_drugs_each_has_its_day(clinic: Any, physician: Any) -> None:
    learned(clinic, physician, Topic.DRUGS, DrugEntry("clopidogrel 75 mg"))
    form = logged(clinic, physician)
    because = next(
        ask.because
        for ask in procedures.safety_of(clinic, physician, form).asks
        if ask.check == "thinner.hold"
    )
    rows_ = [
        ("20 Nov", "Type the last dose of each: Apixaban and Clopidogrel"),
        ("apixaban 19 Nov, clopidogrel 20 Nov", "Clopidogrel: 20 Nov 2026 is too late"),
        ("apixaban 19 Nov, clopidogrel 10 Nov", ""),
    ]
    for words, says in rows_:
        typed = LogAnswer("thinner.hold", because, "last_dose", words)
        with_it = instead(form, typed)
        found = procedures.safety_of(clinic, physician, with_it).asks
        why = unanswered(found, with_it.answers, clinic.catalogue.safety_reasons)
        assert says in why.get("safety.thinner.hold", "")
        assert bool(says) == ("safety.thinner.hold" in why)


@pytest.mark.parametrize(
    ("words", "stands"),
    [("142 mg/dL", True), ("7,8 mmol/L at 9:40", True), ("1", False), ("142", False),
     ("1 mg/dL", False), ("142 mmol/L", False)],
)  # fmt: skip
def test_a_glucose_is_a_figure_with_its_unit(words: str, stands: bool) -> None:
    measures = [each for each in CATALOGUE.measures.values() if each.what == "glucose"]
    assert (figure_problem(words, measures) == "") is stands


def test_an_inr_above_what_is_normal_settles_nothing(clinic: Any, physician: Any) -> None:
    nurse = clinic.seeded.actor("nurse")
    learned(clinic, physician, Topic.DRUGS, DrugEntry("warfarin 5 mg"))
    appointment = book(clinic)
    for drug in ("apixaban", "warfarin"):
        holds.stated(clinic, nurse, appointment, drug, date(2026, 11, 16))
    for value, settled in (
        (Decimal("6.5"), False),
        (Decimal("1.3"), False),
        (Decimal("1.2"), True),
    ):
        check_in.measure(clinic, nurse, clinic.seeded.teresa, "inr", value)
        form = logged(clinic, physician, appointment)
        asks = {ask.check: ask for ask in procedures.safety_of(clinic, physician, form).asks}
        assert asks["thinner.hold"].settled is not None
        high = asks.get("thinner.inr")
        assert (high is None) is settled
        waits = [row.sentence for row in reviews.waiting(clinic, physician)]
        assert waits == ([high.sentence] if high else [])
        if high:
            assert f"INR {value} is above 1.2" in high.sentence
            assert high.kind is AskKind.REASON
            given = LogAnswer("thinner.inr", high.because, "other", "Discussed")
            assert "safety.thinner.inr" in refused(clinic, physician, instead(form, given))


def test_booked_consented_and_logged_sites_are_compared(clinic: Any, physician: Any) -> None:
    appointment = book(clinic, sites=(("L5", "right"),))
    request = SheetRequest("consent", appointment_id=appointment)
    made = sheets.prepare(clinic, physician, request).value
    sheets.note_use(clinic, physician, made.document_id, "printed")
    form = logged(clinic, physician, appointment)
    steps = procedures.safety_of(clinic, physician, form).steps
    assert [(step.step, step.sites) for step in steps] == [
        ("booked", ("L5 right",)), ("consented", ("L5 right",)), ("logged", ("L5 right",)),
    ]  # fmt: skip
    assert not any(step.odd for step in steps)
    other = replace(form, sites=("L5 left",), side_change_reason="Pain is on the left today")
    assert "consented L5 right, logged L5 left" in refused(clinic, physician, other)["safety.side"]
    because = ("booked: L5 right", "consented: L5 right", "logged: L5 left")
    said = LogAnswer("side", because, "meant_otherwise", "")
    assert refused(clinic, physician, replace(other, answers=(*other.answers, said)))
    said = replace(said, words="Read from the wrong line, patient told")
    signed = replace(other, answers=(*other.answers, said))
    number = procedures.sign(clinic, physician, signed, 0, PASSWORD).value
    kept = procedures.open_procedure(clinic, physician, number).form.answers
    assert any(each.check == "side" and "another site was meant" in each.said for each in kept)


def test_the_day_is_never_before_birth_and_another_than_booked_says_why(
    clinic: Any, physician: Any
) -> None:
    form = logged(clinic, physician)
    unborn = replace(form, performed_on=date(1958, 3, 13))
    assert "born on" in refused(clinic, physician, unborn)["performed_on"]
    with pytest.raises(Invalid):
        procedures.record(clinic, physician, unborn, 0)
    early = replace(form, performed_on=TODAY - timedelta(days=1))
    assert "Booked was" in refused(clinic, physician, early)["day_reason"]
    early = replace(early, day_reason="Seen a day early, in pain")
    number = procedures.sign(clinic, physician, early, 0, PASSWORD).value
    assert procedures.open_procedure(clinic, physician, number).form.day_reason == early.day_reason


def test_a_signature_of_before_there_were_answers_still_holds(clinic: Any, physician: Any) -> None:
    form = logged(clinic, physician)
    number = procedures.sign(clinic, physician, form, 0, PASSWORD).value
    ((text, kept),) = rows(clinic, "SELECT snapshot, sha256 FROM signature")
    assert seal(text) == kept
    body = json.loads(text)["procedure"]
    assert "day_reason" not in body
    assert procedures.open_procedure(clinic, physician, number).seal_ok

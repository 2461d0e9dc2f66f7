"""A consent signed on paper: recorded, taken back, and compared with what is booked and logged."""

from __future__ import annotations

from typing import Any

import pytest
from support import settle
from support.logs import PASSWORD, book, complete

from clinicdesk.data import tables as t
from clinicdesk.domain.errors import Invalid, Stale
from clinicdesk.domain.rows.check_in import DayFacts
from clinicdesk.domain.rows.documents import SheetForm, SheetRequest
from clinicdesk.services import check_in, consents, procedures, sheets

NOBODY = ("L5 left", None, "")
SIGNED = ("L5 left", "10:12", "Joelle Marsh")


def printed(clinic: Any, actor: Any, number: int) -> int:
    """Prints the consent for what is booked; its document."""
    made = sheets.prepare(clinic, actor, SheetRequest("consent", appointment_id=number)).value
    sheets.note_use(clinic, actor, made.document_id, "printed")
    return made.document_id


def turn(clinic: Any, number: int, side: str) -> None:
    """As where the booking is put right after the consent was printed."""
    with clinic.store.write(None, "test.site") as tx:
        plan = tx.session.query(t.PlannedProcedure).filter_by(appointment_id=number).one()
        site = tx.session.query(t.PlannedSite).filter_by(planned_id=plan.id).one()
        site.side = side


def told(facts: DayFacts) -> list[tuple[str, str | None, str]]:
    return [
        (", ".join(paper.sites), paper.signed_at and f"{paper.signed_at:%H:%M}", paper.signed_by)
        for paper in facts.consents
    ]


def test_a_signature_is_kept_with_hour_and_name_and_can_be_taken_back(
    clinic: Any, frontdesk: Any
) -> None:
    number = settle.book(clinic, "frontdesk", "teresa", settle.TODAY, 15)
    with pytest.raises(Invalid, match="Print the consent first"):
        consents.sign(clinic, frontdesk, number, ())
    paper = printed(clinic, frontdesk, number)
    facts = check_in.of_appointment(clinic, frontdesk, number)
    assert told(facts) == [NOBODY]
    assert [each.document_id for each in facts.to_sign] == [paper]
    done = consents.sign(clinic, frontdesk, number, (paper,))
    assert done.changes.patients == {clinic.seeded.teresa}
    facts = check_in.of_appointment(clinic, frontdesk, number)
    assert (told(facts), facts.to_sign, facts.signed) == ([SIGNED], (), facts.consents)
    with pytest.raises(Stale):
        consents.sign(clinic, frontdesk, number, (paper,))
    consents.take_back(clinic, frontdesk, number, (paper,))
    facts = check_in.of_appointment(clinic, frontdesk, number)
    assert told(facts) == [NOBODY]
    assert facts.to_sign
    with pytest.raises(Stale):
        consents.take_back(clinic, frontdesk, number, (paper,))
    with clinic.store.read() as tx:
        kept = [row.signed for row in tx.session.query(t.ConsentSigned).order_by("id")]
    assert kept == [True, False]


def test_a_paper_printed_meanwhile_is_looked_at_first(clinic: Any, frontdesk: Any) -> None:
    number = settle.book(clinic, "frontdesk", "teresa", settle.TODAY, 15)
    first = printed(clinic, frontdesk, number)
    turn(clinic, number, "right")
    second = printed(clinic, frontdesk, number)
    with pytest.raises(Stale, match="Another consent was printed"):
        consents.sign(clinic, frontdesk, number, (first,))
    consents.sign(clinic, frontdesk, number, (second,))
    # A further copy of the same words, in large print, asks for nothing.
    request = SheetRequest("consent", appointment_id=number, form=SheetForm(large=True))
    made = sheets.prepare(clinic, frontdesk, request).value
    sheets.note_use(clinic, frontdesk, made.document_id, "printed")
    assert made.document_id not in (first, second)
    facts = check_in.of_appointment(clinic, frontdesk, number)
    assert (told(facts), facts.to_sign) == ([("L5 right", *SIGNED[1:])], ())


def test_the_signed_consent_counts_before_one_that_was_only_printed(
    clinic: Any, frontdesk: Any, physician: Any
) -> None:
    number = book(clinic, sites=(("L5", "left"),))
    signed = printed(clinic, frontdesk, number)
    consents.sign(clinic, frontdesk, number, (signed,))
    turn(clinic, number, "right")
    facts = check_in.of_appointment(clinic, frontdesk, number)
    assert (facts.booked, facts.consented, facts.differs) == (("L5 right",), ("L5 left",), True)
    paper = printed(clinic, frontdesk, number)
    facts = check_in.of_appointment(clinic, frontdesk, number)
    # It lies on the desk: the patient has said yes to the left side alone.
    assert (facts.consented, facts.differs) == (("L5 left",), True)
    assert [each.document_id for each in facts.to_sign] == [paper]
    form = complete(procedures.open_log(clinic, physician, number).form)
    steps = procedures.safety_of(clinic, physician, form).steps
    assert [(step.step, step.sites) for step in steps] == [
        ("booked", ("L5 right",)), ("consented", ("L5 left",)), ("logged", ("L5 right",)),
    ]  # fmt: skip
    with pytest.raises(Invalid) as refused:
        procedures.sign(clinic, physician, form, 0, PASSWORD)
    assert "consented L5 left, logged L5 right" in refused.value.fields["safety.side"]
    consents.sign(clinic, frontdesk, number, (paper,))
    facts = check_in.of_appointment(clinic, frontdesk, number)
    assert (facts.consented, facts.differs, facts.to_sign) == (("L5 right",), False, ())
    steps = procedures.safety_of(clinic, physician, form).steps
    assert not any(step.odd for step in steps)

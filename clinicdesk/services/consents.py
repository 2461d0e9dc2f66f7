"""That a printed consent was signed on paper: recorded by the desk, and taken back."""

from __future__ import annotations

from clinicdesk.data.queries import consents as queries
from clinicdesk.domain.errors import Invalid, Stale
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.rows.consents import waiting
from clinicdesk.domain.translation import _
from clinicdesk.services.context import Work, act
from clinicdesk.services.schedule import appointment_in


@act("consent.sign", Permission.CHECK_IN)
def sign(work: Work, appointment_id: int, documents: tuple[int, ...]) -> tuple[int, ...]:
    """Keeps that the patient signed the printed consents of an appointment; which ones.

    Args:
        work: of an act.
        appointment_id: of which visit.
        documents: the papers that lay before the patient: all that were to be signed.

    Raises:
        Invalid: on ``documents``: nothing was printed yet.
        NotFound: the appointment is gone.
        Stale: another paper was printed since, or these are signed already.
    """
    row = appointment_in(work, appointment_id)
    if not documents:
        raise Invalid({"documents": _("Print the consent first.")})
    papers = queries.of_appointment(work.tx, appointment_id)
    open_ = [waiting(papers, plan.id) for plan in row.planned]
    if {paper.document_id for paper in open_ if paper} != set(documents):
        raise Stale(_("Another consent was printed, or this one was signed. Look again."))
    _keep(work, appointment_id, row.patient_id, documents, signed=True)
    return documents


@act("consent.unsign", Permission.CHECK_IN)
def take_back(work: Work, appointment_id: int, documents: tuple[int, ...]) -> tuple[int, ...]:
    """Keeps that consents recorded as signed are not; raises NotFound, Stale."""
    row = appointment_in(work, appointment_id)
    papers = queries.of_appointment(work.tx, appointment_id)
    signed = {paper.document_id for paper in papers if paper.signed_at is not None}
    if not documents or not signed.issuperset(documents):
        raise Stale(_("This consent does not stand as signed any more."))
    _keep(work, appointment_id, row.patient_id, documents, signed=False)
    return documents


def _keep(
    work: Work, appointment_id: int, patient_id: int, documents: tuple[int, ...], *, signed: bool
) -> None:
    work.tx.concerns(patient_id)
    for document in documents:
        queries.add_signed(work.tx, document, signed=signed)
    work.tx.changed("appointment", appointment_id)
    work.tx.changed("patient", patient_id)

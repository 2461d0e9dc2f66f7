"""One procedure log on screen: banner, site, what was done, what is missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from clinicdesk.catalogue.model import Catalogue
from clinicdesk.domain.log_checks import LogContext, missing, sites_differ
from clinicdesk.domain.log_safety import unanswered
from clinicdesk.domain.log_warnings import anaesthetic_load, warnings
from clinicdesk.domain.one_fact import shared, without_shared
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.procedures import Procedure
from clinicdesk.domain.rows.log import LogAnswer, LogForm, LogRecord
from clinicdesk.domain.rows.log_safety import LogSafety
from clinicdesk.domain.rows.people import Actor
from clinicdesk.domain.rows.people import Banner as BannerRow
from clinicdesk.domain.rows.verdict import VerdictCard
from clinicdesk.domain.states import LogState
from clinicdesk.domain.translation import _
from clinicdesk.services.procedures import for_another_procedure, for_other_sites, unusual_in
from clinicdesk.ui import theme
from clinicdesk.ui.log.medication_table import MedicationTable
from clinicdesk.ui.log.outcome_part import AnaestheticMeter, OutcomePart
from clinicdesk.ui.log.procedure_part import ProcedurePart
from clinicdesk.ui.log.side_panel import SidePanel
from clinicdesk.ui.log.signed_panel import SignedPanel
from clinicdesk.ui.log.site_panel import SitePanel
from clinicdesk.ui.safety.order import ForThis
from clinicdesk.ui.tasks import Lane
from clinicdesk.ui.widgets import Banner, Label, Line, PatientBanner, scrolled

_LEFT, _RIGHT = 372, 322
_NARROW = 1280


class LogView(QWidget):
    """Shows a record and gives back the form, live.

    Signals:
        edited(): a person changed something.
        asked(): the question to the interval rules may have another answer now.
        replaced(str): another procedure was chosen, in words; ``take_back`` undoes it.
    """

    replaced = Signal(str)
    edited = Signal()
    asked = Signal()

    def __init__(
        self, catalogue: Catalogue, actor: Actor, lane: Lane, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._actor = actor
        self._record: LogRecord | None = None
        self._today = date.min
        self._card: VerdictCard | None = None
        self._question: object = None
        self._safety: LogSafety | None = None
        self._last_safety: LogSafety | None = None
        self._answers: tuple[LogAnswer, ...] = ()
        self._missing: dict[str, str] = {}
        self._dosed_for: tuple[str, ...] = ()
        self._shown = ""
        self._plan_before: dict[str, object] = {}
        self._before: tuple[LogForm, dict[str, str]] | None = None
        self.banner = PatientBanner()
        self.notice = Banner()
        self.site = SitePanel(lane)
        self.procedure = ProcedurePart(catalogue)
        self.table = MedicationTable(catalogue.products)
        if actor.may(Permission.CHOOSE_PRODUCTS):
            self.table.let_choose()
        self.meter = AnaestheticMeter()
        self.steroid_year = Label("", 12, 400, "muted", wrap=True)
        self.steroid_year.hide()
        self.outcome = OutcomePart(catalogue.complications, catalogue.vocabulary.due.good_percent)
        self.side = SidePanel(may_sign=actor.may(Permission.SIGN))
        self.signed = SignedPanel()
        self._room = Label("", 13, 400, "muted")
        self.banner.row.addWidget(self._room)
        self._build()
        self._connect()

    def _build(self) -> None:
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(10)
        for widget in (
            self.procedure,
            Line(),
            self.table,
            self.meter,
            self.steroid_year,
            Line(),
            self.outcome,
        ):
            column.addWidget(widget)
        column.addStretch(1)
        self.middle = scrolled(centre, sideways=True)
        self._right = QStackedWidget()
        self._right.addWidget(self.side)
        self._right.addWidget(self.signed)
        panes = QHBoxLayout()
        panes.setContentsMargins(0, 0, 0, 0)
        panes.setSpacing(0)
        panes.addWidget(self.site)
        panes.addWidget(self.middle, 1)
        panes.addWidget(self._right)
        above = QFrame()
        line = QVBoxLayout(above)
        line.setContentsMargins(16, 8, 16, 0)
        line.addWidget(self.notice)
        self._above = above
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.banner)
        layout.addWidget(above)
        layout.addLayout(panes, 1)
        above.hide()
        self._fit()

    def _connect(self) -> None:
        self.site.changed.connect(self._sites_changed)
        self.procedure.changed.connect(self._changed)
        self.procedure.procedure_chosen.connect(self._another_procedure)
        self.table.changed.connect(self._changed)
        self.table.arranged.connect(self._order_tabs)
        self.outcome.changed.connect(self._changed)
        self.side.reason_changed.connect(self._changed)
        self.side.field_wanted.connect(self.focus_field)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def _fit(self) -> None:
        """Narrow windows give the middle more, so that no field is cut."""
        narrow = self.window().width() <= theme.scaled(_NARROW)
        self.site.setFixedWidth(theme.scaled(296 if narrow else _LEFT))
        self._right.setFixedWidth(theme.scaled(288 if narrow else _RIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(900, 480)

    # showing

    def show_record(self, record: LogRecord, today: date) -> None:
        """Shows a record as opened, with the cursor where typing starts."""
        self._record, self._today = record, today
        self._card, self._question, self._safety = None, None, None
        self._last_safety = None
        self.side.show_safety(None)
        self.steroid_year.hide()
        self.banner.set_banner(record.banner)
        self._room.setText(record.room)
        self.table.set_not_stocked(record.not_stocked)
        self._fill(record.form, dict(record.typed))
        read_only = record.state == LogState.SIGNED
        for part in (self.site, self.procedure, self.table, self.outcome):
            part.set_read_only(read_only)
        self._right.setCurrentWidget(self.signed if read_only else self.side)
        if read_only:
            self.signed.show_record(record)
            self._judge(record.form)
            return
        if record.draft_saved_at is not None:
            self.side.show_saved(record.draft_saved_at)
        else:
            self.side.show_unsaved()
        self._order_tabs()
        self.refresh()

    def set_today(self, today: date) -> None:
        """Another day has begun while a log is being typed."""
        self._today = today
        self.procedure.set_today(today)

    def _fill(self, form: LogForm, typed: dict[str, str]) -> None:
        record = self._record
        assert record is not None
        self.procedure.show_form(form, record.physicians, self._today, typed, record.booked_on)
        self.site.set_procedure(self._procedure(form))
        self.site.change_reason.setText(form.side_change_reason)
        self.site.show_sites(form.sites, typed.get("sites", ""))
        note = _origin(form) if record.state == LogState.NEW else ""
        self.table.show_entries(form.medications, record.lots, form.performed_on, typed, note)
        self.outcome.show_form(form)
        self.outcome.show_arrival(record.arrival_pain)
        self.side.show_reason(form.reason, record.reason_by)
        self._answers = form.answers
        self._dosed_for = form.sites
        self._shown = form.procedure
        self._note_plan()

    def show_form(self, form: LogForm) -> None:
        """Shows another content of the same record."""
        self._fill(form, {})
        self._order_tabs()
        self.refresh()

    def show_notice(self, text: str, tone: str = "warn", action: str = "") -> None:
        """A line above the columns; an empty text takes it away."""
        self.notice.show_text(text, tone, action)
        self._above.setVisible(bool(text))

    def show_verdict(self, card: VerdictCard | None) -> None:
        """The interval rules' answer to the present form."""
        self._card = card
        self._show_both()

    def show_safety(self, safety: LogSafety) -> None:
        """What the safety checks say of the present form."""
        known = self._last_safety.card if self._last_safety else None
        self._safety = self._last_safety = safety
        if self._record is not None and safety.card != known:
            self._show_banner(self._record.banner)
        self.side.show_safety(safety.card, shared(self._card, safety.card))
        self.steroid_year.setText(safety.steroid_year)
        self.steroid_year.setVisible(bool(safety.steroid_year))
        self._show_both()

    def _show_banner(self, banner: BannerRow) -> None:
        """What matters for this procedure comes first among its chips, as in the booking."""
        known = self._last_safety.card if self._last_safety else None
        self.banner.set_banner(banner, ForThis((known,)).rank if known else None)

    def _show_both(self) -> None:
        """One fact that both engines name is asked once: by the danger."""
        form = self.form()
        self.side.show_verdict(self._rules(), form)
        self._judge(form)

    def _rules(self) -> VerdictCard | None:
        """The interval rules' answer without what the checks, as last asked, say already."""
        known = self._last_safety.card if self._last_safety else None
        return without_shared(self._card, known) if self._card else None

    def _open_asks(self) -> int | None:
        """How many questions of the checks are open; None until they were asked."""
        if self._last_safety is None:
            return None
        reasons = self._catalogue.safety_reasons
        return len(unanswered(self._last_safety.asks, self._answers, reasons))

    @property
    def safety(self) -> LogSafety | None:
        """What signing asks; None while it is being asked."""
        return self._safety

    def set_answers(self, answers: tuple[LogAnswer, ...]) -> None:
        """What was answered before the signature; kept with the draft."""
        if answers != self._answers:
            self._answers = answers
            self._judge(self.form())
            self.edited.emit()

    def set_weight(self, kg: Decimal) -> None:
        """The patient was weighed."""
        assert self._record is not None
        banner = replace(self._record.banner, weight_kg=kg, weight_on=self._today)
        self._record = replace(self._record, banner=banner)
        self._show_banner(banner)
        self._judge(self.form())

    @property
    def verdict(self) -> VerdictCard | None:
        """The verdict on show."""
        return self._card

    def _procedure(self, form: LogForm) -> Procedure | None:
        return self._catalogue.procedures.get(form.procedure)

    # reading

    def form(self) -> LogForm:
        """The form as it stands; what cannot be read is empty in it."""
        assert self._record is not None
        return replace(
            self._record.form,
            **self.procedure.values(),  # type: ignore[arg-type]
            **self.outcome.values(),  # type: ignore[arg-type]
            sites=self.site.sites(),
            medications=self.table.entries(),
            side_change_reason=self.site.change_reason.text().strip(),
            reason=self.side.reason.text().strip(),
            answers=self._answers,
            aborted=False,
        )

    def unread(self) -> dict[str, tuple[str, str]]:
        """Field → (text as typed, why it cannot be read)."""
        found = {**self.procedure.unread(), **self.table.unread()}
        if self.site.error():
            found["sites"] = (self.site.text(), self.site.error())
        return found

    def typed(self) -> dict[str, str]:
        """Texts that cannot be read yet, for the draft; those half typed, too."""
        return {
            **self.table.half_typed(),
            **{field: text for field, (text, __) in self.unread().items()},
        }

    def missing(self) -> dict[str, str]:
        """What blocks signing now, in the order of the page."""
        return dict(self._missing)

    # changing

    def _changed(self) -> None:
        if self._record is None or self._record.state == LogState.SIGNED:
            return
        self._note_plan()
        self.refresh()
        self.edited.emit()

    def _note_plan(self) -> None:
        """The plan as it stands: a click on another procedure has changed its parts already."""
        values = self.procedure.values()
        self._plan_before = {k: values[k] for k in ("procedure", "intent", "guidance", "contrast")}

    def refresh(self) -> None:
        """Brings everything that follows from the form up to date."""
        form = self.form()
        self._judge(form)
        self.table.set_day(form.performed_on)
        question = (
            form.procedure, form.sites, form.intent, form.guidance, form.contrast,
            form.performed_on, tuple((e.product, e.dose) for e in form.medications),
        )  # fmt: skip
        if question != self._question:
            self._question = question
            self._safety = None
            self.asked.emit()

    def _judge(self, form: LogForm) -> None:
        record = self._record
        assert record is not None
        procedure = self._procedure(form)
        products, limits = self._catalogue.products, self._catalogue.limits
        weight = record.banner.weight_kg
        names = dict(record.physicians)
        rules = self._rules()
        context = LogContext(
            today=self._today,
            scales=self._catalogue.vocabulary.scales,
            signer_id=(record.mine or 0) if self._actor.may(Permission.SIGN) else None,
            physician=names.get(form.physician_id, ""),
            planned_sites=record.planned_sites,
            verdict_status=rules.status if rules else "",
            birth_date=record.banner.birth_date,
            booked_on=record.booked_on,
            plausible_seconds=self._catalogue.safety.limits.most_seconds,
            plausible_mgy=self._catalogue.safety.limits.most_mgy,
        )
        found = missing(form, procedure, products, context)
        unread = self.unread()
        found |= {field: why for field, (__, why) in unread.items()}
        self._missing = found
        self.procedure.show_day_problem(found.get("performed_on", ""))
        self.side.show_missing(
            found, form, self._catalogue.complications, unread, open_asks=self._open_asks()
        )
        known = self._catalogue.entry_words.names
        self.side.show_warnings(
            warnings(form, products, names=known, allergies=record.banner.allergies)
        )
        self.meter.set_load(anaesthetic_load(form.medications, products, limits, weight))
        differs = (
            procedure is not None
            and bool(record.planned_sites and form.sites)
            and sites_differ(form, record.planned_sites, procedure)
        )
        self.site.ask_why(record.planned_sites, differs)

    def _another_procedure(self, procedure_id: str) -> None:
        """Another procedure brings its usual plan; what was typed, measured and noted stays.

        A site that it does not take stands there red, and drugs that are not usual for it are
        named: nothing that somebody has typed is gone with a click.
        """
        procedure, products = self._catalogue.procedures[procedure_id], self._catalogue.products
        record, old = self._record, self._shown
        assert record is not None
        was, half = self.form(), self.typed()
        was = replace(was, **self._plan_before)  # type: ignore[arg-type]
        before = self._catalogue.procedures.get(old)
        touched = any(field.startswith("medications") for field in half)
        form = for_another_procedure(was, procedure, products, before)
        if touched:
            form = replace(form, medications=was.medications)
        self._before = (was, half)
        self.procedure.show_procedure(form)
        kept = self.site.text() if self.site.text() and len(form.sites) < len(was.sites) else ""
        self.site.show_sites(form.sites)
        self.site.set_procedure(procedure)
        self.site.show_sites(form.sites, kept or half.get("sites", ""))
        if form.medications != was.medications:
            self.table.show_entries(form.medications, record.lots, form.performed_on, {})
        elif unusual := unusual_in(form, procedure, products):
            said = _("Kept. Not usual for {procedure}: {drugs}")
            self.table.say(said.format(procedure=procedure.name, drugs=", ".join(unusual)))
        self._dosed_for = form.sites
        self._shown = procedure_id
        self._order_tabs()
        self._changed()
        name = before.name if before else _("no procedure")
        self.replaced.emit(_("{before} → {after}").format(before=name, after=procedure.name))

    def take_back(self) -> None:
        """Shows the log as it was before another procedure was chosen, if it is still that one."""
        if self._before is None or self._record is None:
            return
        (form, typed), self._before = self._before, None
        if form.patient_id != self._record.form.patient_id:
            return
        if self._record.state == LogState.SIGNED:
            return
        self._fill(form, typed)
        self._order_tabs()
        self._changed()

    def _sites_changed(self) -> None:
        """A thumb base is no knee: doses that nobody has touched become those of the new site."""
        record, form = self._record, self.form()
        procedure = self._procedure(form)
        if record is not None and procedure is not None and form.sites and not self.table.unread():
            usual = for_other_sites(form, self._dosed_for, procedure, self._catalogue.products)
            self._dosed_for = form.sites
            if usual != form.medications:
                note = _origin(replace(form, medications=usual))
                self.table.show_entries(usual, record.lots, form.performed_on, {}, note)
        self._changed()

    # focus

    def focus_field(self, field: str) -> None:
        """Puts the cursor into a field by its name in the form."""
        if field == "steroids":
            self.table.add_line()
        elif field.startswith("medications"):
            self.table.focus_field(field)
        elif field in ("fluoroscopy_seconds", "air_kerma_mgy"):
            self.procedure.ask_why()
            self._focus(self.procedure.fields[field].editor)
        elif field in self.procedure.fields:
            self._focus(self.procedure.fields[field].editor)
        else:
            self._focus(self._other(field))

    def _other(self, field: str) -> QWidget:
        return {
            "sites": self.site.edit,
            "side_change_reason": self.site.change_reason,
            "pain_before": self.outcome.before,
            "pain_after": self.outcome.after,
            "note": self.outcome.note,
            "complications": self.outcome.complications,
            "reason": self.side.reason,
            "safety": self.side.sign,
        }.get(field, self.site.edit)

    def _focus(self, widget: QWidget) -> None:
        inside: QWidget | None = widget
        while inside is not None and not inside.focusPolicy() & Qt.FocusPolicy.TabFocus:
            inside = inside.nextInFocusChain()
            if inside is widget:
                break
        target = inside or widget
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        self.middle.ensureWidgetVisible(target)

    def _order_tabs(self) -> None:
        """Left to right, top to bottom."""
        chain: list[QWidget] = [
            self.site.edit,
            self.site.change_reason,
            self.site.figure,
            *self.procedure.chain(),
            *self.table.chain(),
            *self.outcome.chain(),
            self.side.reason,
            self.side.sign,
            self.side.save,
        ]
        for first, second in pairwise(chain):
            QWidget.setTabOrder(first, second)


def _origin(form: LogForm) -> str:
    """Where the lines of a new log come from."""
    if any(entry.volume_ml is None for entry in form.medications):
        return _("No dose is usual for this site")
    return _("From the usual plan") if form.medications else ""

"""What booking and moving have in common: a slot, the verdict of its day, and one button."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from clinicdesk.domain.dates import day_words
from clinicdesk.domain.one_fact import shared, without_shared
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.rows.safety import SafetyCard
from clinicdesk.domain.rows.schedule import TimeAnswer
from clinicdesk.domain.rows.verdict import VerdictCard
from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.booking.asking import Asker, Question
from clinicdesk.ui.booking.foot import PanelFoot
from clinicdesk.ui.booking.head import PanelHead
from clinicdesk.ui.booking.slot import Slot
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.safety.answerer import Answerer
from clinicdesk.ui.safety.card import SafetyCardWidget
from clinicdesk.ui.verdict.card import VerdictCardWidget
from clinicdesk.ui.verdict.ways import Ways
from clinicdesk.ui.verdict.words import NOT_BEFORE
from clinicdesk.ui.widgets import Line, scrolled


class EntryPanel(QFrame):
    """A panel that is filled in: Esc leaves it, Ctrl+Enter does what its button says.

    Those that are one say what is asked (``question``), what is done (``submit``) and what is
    forgotten when they are left (``close_panel``); ``put`` lays out their parts.

    Signals:
        closed(): Esc or the cross; Cancel too.
    """

    closed = Signal()

    def __init__(
        self, context: UiContext, title: str, words: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._barred = ""
        self._verdict: VerdictCard | None = None
        self._safety: SafetyCard | None = None
        self.setProperty("surface", "panel")
        self.setAccessibleName(title)
        self.slot = Slot(context, self)
        self.time, self.place = self.slot.time, self.slot.place
        self.card = VerdictCardWidget(self, compact=True)
        self.safety = SafetyCardWidget(
            context.clinic.catalogue.safety_reasons,
            may_answer=context.actor.may(Permission.ANSWER_SAFETY),
            parent=self,
        )
        self.ways = Ways(context, self.card, self)
        self.head, self.foot = PanelHead(title, self), PanelFoot(words, self)
        self.trouble, self.accept = self.foot.trouble, self.foot.accept
        self.asker = Asker(context, self)
        self.head.closed.connect(self.close_panel)
        self.foot.cancel.clicked.connect(self.give_up)
        self.accept.clicked.connect(self.submit)
        self.slot.told.connect(self.trouble.show_text)
        self.asker.waiting.connect(self.card.set_loading)
        self.asker.verdict.connect(self._keep_verdict)
        self.asker.verdict_failed.connect(self.card.set_failed)
        self.asker.time_checked.connect(self.show_time)
        self.asker.checked.connect(self._keep_safety)
        self.answerer = Answerer(context, self.safety, self)
        self.answerer.kept.connect(self.ask_again)
        self.answerer.refused.connect(self.say_trouble)
        self.safety.settled.connect(self._settled)
        self.ways.kept.connect(self._kept)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            self.shortcut(key, self.submit)

    def put(self, parts: Sequence[QWidget]) -> None:
        """Lays the parts out between head and foot; they scroll."""
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 12, 14, 14)
        column.setSpacing(12)
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)
        self.area = scrolled(inner)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.head)
        outer.addWidget(Line())
        outer.addWidget(self.area, 1)
        outer.addWidget(Line())
        outer.addWidget(self.foot)

    def _follow(self, _left: QWidget | None, entered: QWidget | None) -> None:
        """Wherever the cursor goes by key or jump, it is seen there."""
        inside = self.area.widget()
        if entered is not None and inside is not None and inside.isAncestorOf(entered):
            self.area.ensureWidgetVisible(entered, 0, theme.scaled(40))

    def shortcut(self, key: str, slot: Callable[[], None]) -> None:
        """A key of this panel."""
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(slot)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
            return
        super().keyPressEvent(event)

    def give_up(self) -> None:
        """Cancel: as Esc, where nothing is kept."""
        self.close_panel()

    # -- what a panel says of itself -----------------------------------------------

    def question(self) -> Question:
        """What is entered, as far as it can be asked about."""
        raise NotImplementedError

    def submit(self) -> None:
        """Does it, or shows at its field whatever hinders it."""
        raise NotImplementedError

    def close_panel(self) -> None:
        """Gives it up."""
        raise NotImplementedError

    # -- the verdict ---------------------------------------------------------------

    @property
    def may_override(self) -> bool:
        """Whether a reason is worth typing here; the service decides."""
        return self._context.actor.may(Permission.OVERRIDE_VERDICT)

    def show_verdict(self, card: VerdictCard | None) -> None:
        """The rules' answer; None where there is nothing to ask."""
        raise NotImplementedError

    def _keep_verdict(self, card: VerdictCard | None) -> None:
        self._verdict = card
        self._show_both()

    def _keep_safety(self, card: SafetyCard | None) -> None:
        self._safety = card
        self._show_both()

    def _show_both(self) -> None:
        """One fact that both name is one line: the danger's, with both sources."""
        verdict, safety = self._verdict, self._safety
        self.show_safety(safety)
        self.show_verdict(without_shared(verdict, safety) if verdict else None)

    def show_safety(self, card: SafetyCard | None) -> None:
        """What is known against it; None where there is nothing to ask about."""
        plan = self.question().rules
        self.answerer.patient_id = plan.patient_id if plan else 0
        self.safety.set_card(card, shared(self._verdict, card))

    @property
    def for_review(self) -> bool:
        """Whether a danger is left for a physician to answer."""
        given = {check for check, __ in self.safety.given()}
        return any(finding.check not in given for finding in self.safety.dangers)

    @property
    def barred(self) -> str:
        """Why this day cannot be had by this person, whatever a physician's review says."""
        verdict = self.card.card
        if verdict is None or verdict.status != NOT_BEFORE or self.may_override:
            return ""
        return _(
            "Not before {earliest}. Only a physician may go ahead sooner: choose a later day."
        ).format(earliest=day_words(verdict.earliest))

    def show_barred(self) -> None:
        """A review answers no interval: while that forbids, the button is none to press."""
        barred = self.barred if self.for_review else ""
        self.accept.setEnabled(not barred)
        # Without a reason the tooltip is the button's own: words that have no room on it.
        if barred or self.accept.toolTip() == self._barred:
            self.accept.setToolTip(barred)
        self._barred = barred
        self.accept.setAccessibleDescription(barred)

    def say_barred(self) -> bool:
        """Says why nothing is done, where the interval forbids what only a review would answer."""
        if not (self.for_review and self.barred):
            return False
        self.say_trouble(self.barred)
        return True

    def _settled(self) -> None:
        """The last question is answered: Enter does what the panel is for."""
        self.accept.setFocus(Qt.FocusReason.OtherFocusReason)

    def unsettled(self) -> bool:
        """Keeps what is typed at a question before anything is done; whether there was any."""
        unsaid = self.safety.unsaid
        if self.safety.settle():
            return False
        words = _("What was typed to a question is kept first. Look at the card, then go on.")
        if unsaid:
            words = _("A question was answered with yes: say what there is.")
        self.trouble.show_text(words, "warn")
        return True

    def show_time(self, answer: TimeAnswer | None) -> None:
        """What stands in the way of the time, at its fields."""
        self.slot.show_answer(answer)
        self.foot.lead(free=answer is None or not answer.hindrances)

    def ask_again(self) -> None:
        """The rules or the schedule may say something else now. What was typed stays."""
        self.asker.forget()
        self.asker.ask(self.question())

    def _kept(self) -> None:
        # The line that led to the dialog is gone by then: Enter must not fall on Cancel.
        self.accept.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ask_again()

    def ask_reason(self, sentence: str) -> None:
        """The rules ask for a reason: to its field, with the sentence."""
        self.card.show()
        self.card.ask_reason(sentence)
        self.area.ensureWidgetVisible(self.card.reason, 0, theme.scaled(40))

    def say_trouble(self, sentence: str) -> None:
        """Shows over the button what belongs to no field."""
        self.trouble.show_text(sentence, "danger")

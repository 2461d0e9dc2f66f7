"""The dialog before the signature: what is signed, the reasons it needs, and the password."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from clinicdesk.domain.rows.log import LogAnswer
from clinicdesk.domain.rows.log_safety import AskKind, LogSafety
from clinicdesk.domain.rows.reviews import SafetyReason
from clinicdesk.domain.rows.safety_facts import Said, Topic
from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.log.sign_lines import AskLine, SiteStrip
from clinicdesk.ui.widgets import Chip, Dialog, Field, FlowRow, Label, Name, PasswordEdit, scrolled

_WIDTH = 760
_ROOM = 330
"""What the dialog needs beside the part that scrolls, in pixels."""


@dataclass(frozen=True)
class GivenRow:
    """One drug as it is repeated: name, volume, dose, lot with expiry."""

    drug: str
    volume: str
    dose: str
    lot: str


class SignDialog(Dialog):
    """What is about to be signed, each thing that must be answered first, and the password.

    Signals:
        password_given(str): to sign with.
        answers_changed(): another answer; ``answers`` has them all.
        fact_answered(Topic, Said, str): an answer for the patient's record.
        weighed(str, bool): a weight as typed, in kg; whether it was asked back and typed anew.
    """

    password_given = Signal(str)
    answers_changed = Signal()
    fact_answered = Signal(object, object, str)
    weighed = Signal(str, bool)

    def __init__(
        self,
        host: QWidget,
        name: str,
        facts: Sequence[tuple[str, str]],
        given: Sequence[GivenRow],
        reasons: Mapping[str, SafetyReason],
        note: str = "",
    ) -> None:
        super().__init__(host, _("Sign and lock"), _("Sign and lock"), note, width=_WIDTH)
        self._reasons = reasons
        self._safety: LogSafety | None = None
        self._lines: list[AskLine] = []
        self._touched = False
        self._busy = False
        self._side_words = ""
        self._build(facts, given)
        self.password = PasswordEdit(_("Password"))
        self.field = Field(_("Password of {name}").format(name=name), self.password)
        self.field.label.let_shrink(200)
        self.why = Label("", 12, 500, "danger", wrap=True)
        self.body.addWidget(
            Label(_("After signing nothing can be changed, only added to."), 13, 400, "muted")
        )
        self.body.addWidget(self.field)
        self.body.addWidget(self.why)
        self.footer.setSpacing(8)
        self.password.submitted.connect(self._submit)
        self.accepted.connect(self._submit)
        self._show_state()

    def _build(self, facts: Sequence[tuple[str, str]], given: Sequence[GivenRow]) -> None:
        self._inner = inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(9)
        self._sites = QVBoxLayout()
        self._sites.setSpacing(4)
        column.addLayout(self._sites)
        column.addLayout(_given(given))
        self._doses = Label("", 13, 400, wrap=True)
        column.addWidget(self._doses)
        head = QHBoxLayout()
        self._title = Label(_("Reasons needed"), 14, 600)
        self._sub = Label(_("kept with the note and in the audit"), 12, 400, "muted")
        self._count = FlowRow()
        self._count.setFixedWidth(theme.scaled(70))
        head.addWidget(self._title)
        head.addWidget(self._sub)
        head.addStretch(1)
        head.addWidget(self._count)
        column.addLayout(head)
        self._asked = QVBoxLayout()
        self._asked.setSpacing(6)
        column.addLayout(self._asked)
        column.addLayout(_grid(facts))
        column.addStretch(1)
        self._scroll: QScrollArea = scrolled(inner)
        self.body.addWidget(self._scroll)

    def start(self) -> None:
        """Shows the dialog with the cursor where the first answer is open, else the password."""
        self.open_dialog(self.password.edit)
        self._fit()
        self._focus_open()

    # -- what it asks -------------------------------------------------------------------

    def set_safety(
        self, safety: LogSafety | None, answers: tuple[LogAnswer, ...], side_words: str = ""
    ) -> None:
        """Shows what signing asks; None while it is being asked.

        Args:
            safety: of the log as it stands.
            answers: what was answered before: it stands where it is about the very same.
            side_words: why the site differs, as typed in the log.
        """
        if safety == self._safety:
            self._show_state()
            return
        self._safety = safety
        _emptied(self._asked)
        _emptied(self._sites)
        self._lines = []
        for ask in safety.asks if safety else ():
            line = AskLine(ask, self._reasons, self)
            line.restore(answers, side_words if ask.kind is AskKind.SIDE else "")
            line.changed.connect(self._changed)
            line.answered.connect(self._answered)
            line.weighed.connect(self._weighed)
            self._lines.append(line)
            self._asked.addWidget(line)
        if safety and safety.steps:
            odd = any(step.odd for step in safety.steps)
            agree = _("they differ") if odd else _("they agree")
            head = QHBoxLayout()
            head.addWidget(Label(_("Site and side"), 14, 600))
            head.addWidget(Label(agree, 12, 600, "danger" if odd else "ok"))
            head.addStretch(1)
            self._sites.addWidget(_holding(head))
            self._sites.addWidget(SiteStrip(safety.steps))
        doses = (*safety.doses, safety.steroid_year) if safety else ()
        self._doses.setText("\n".join(filter(None, doses)))
        self._doses.setVisible(bool(self._doses.text()))
        chain = [widget for line in self._lines for widget in line.chain()]
        for first, second in pairwise([*chain, self.password.edit]):
            QWidget.setTabOrder(first, second)
        self._show_state()
        self._fit()
        if self.isVisible() and not self.password.text():
            self._focus_open()

    def lines(self) -> tuple[AskLine, ...]:
        """The lines, in the order shown."""
        return tuple(self._lines)

    @property
    def ready(self) -> bool:
        """Whether it knows what signing asks."""
        return self._safety is not None

    def answers(self) -> tuple[LogAnswer, ...]:
        """Every answer as it stands."""
        return tuple(given for line in self._lines if (given := line.given()) is not None)

    def not_kept(self, sentence: str) -> None:
        """An answer for the record was refused."""
        for line in self._lines:
            line.not_kept()
        self.why.setText(sentence)
        self.why.show()

    def doubted(self, text: str) -> None:
        """The weight that was typed is asked back."""
        for line in self._lines:
            line.doubted(text)

    def _focus_open(self) -> None:
        for line in self._lines:
            if line.lacks():
                line.start()
                self._scroll.ensureWidgetVisible(line)
                return
        self.password.edit.setFocus(Qt.FocusReason.TabFocusReason)

    def _changed(self) -> None:
        self._show_state()
        self.answers_changed.emit()

    def _answered(self, topic: Topic, said: Said, text: str) -> None:
        self.fact_answered.emit(topic, said, text)

    def _weighed(self, text: str, sure: bool) -> None:
        self.weighed.emit(text, sure)

    def _open(self) -> str:
        """Why it cannot be signed yet; empty if it can."""
        if self._safety is None:
            return _("Asking the safety checks…")
        for line in self._lines:
            if lacks := line.lacks():
                return f"{line.ask.sentence} {lacks}"
        return ""

    def _show_state(self) -> None:
        done = sum(1 for line in self._lines if not line.lacks())
        total = len(self._lines)
        for widget in (self._title, self._sub, self._count):
            widget.setVisible(bool(total))
        if total:
            words = _("{done} of {total}").format(done=done, total=total)
            self._count.set_widgets([Chip(words, "ok" if done == total else "warn")])
        why = self._open()
        self.why.setText(why)
        self.why.setVisible(bool(why))
        self.accept.setToolTip(why)
        self.accept.setEnabled(not why and not self._busy)

    # -- signing ------------------------------------------------------------------------

    def _submit(self) -> None:
        if self._open() and not self._busy:
            self._focus_open()
            return
        if not self.accept.isEnabled():
            return
        if not self.password.text():
            self.refuse(_("Type your password."))
            return
        self._busy = True
        self.accept.setEnabled(False)
        self.accept.setText(_("Signing…"))
        self.password_given.emit(self.password.text())

    def refuse(self, sentence: str) -> None:
        """It did not work: says why and lets try again."""
        self._busy = False
        self.accept.setText(_("Sign and lock"))
        self._show_state()
        self.password.clear()
        self.field.set_error(sentence)
        self.password.edit.setFocus()

    def _fit(self) -> None:
        """As high as what it shows, as far as the window has room; then it scrolls."""
        inner = self._inner
        wide = theme.scaled(_WIDTH - 60)
        wanted = max(inner.sizeHint().height(), inner.heightForWidth(wide))
        room = self.window().height() - theme.scaled(_ROOM)
        self._scroll.setFixedHeight(max(min(wanted + 4, room), theme.scaled(120)))


_LONG_WORD = 30


def _grid(facts: Sequence[tuple[str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(4)
    for line, (title, text) in enumerate(facts):
        grid.addWidget(Label(title, 13, 400, "muted"), line, 0, Qt.AlignmentFlag.AlignTop)
        # A word that is longer than the line cannot be broken.
        longest = max((len(word) for word in text.split()), default=0)
        shown = Name(text, 13) if longest > _LONG_WORD else Label(text, 13, 600, wrap=True)
        grid.addWidget(shown, line, 1)
    grid.setColumnStretch(1, 1)
    return grid


def _given(rows: Sequence[GivenRow]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(18)
    grid.setVerticalSpacing(3)
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    grid.addWidget(Label(_("Given"), 14, 600), 0, 0)
    if not rows:
        grid.addWidget(Label(_("Nothing"), 13, 600), 1, 0)
    else:
        grid.addWidget(Label(_("Volume"), 12, 400, "muted"), 0, 1, right)
        grid.addWidget(Label(_("Dose"), 12, 400, "muted"), 0, 2, right)
        grid.addWidget(Label(_("Lot, expiry"), 12, 400, "muted"), 0, 3)
    for line, row in enumerate(rows, 1):
        grid.addWidget(Label(row.drug, 13, 600, wrap=True), line, 0)
        grid.addWidget(Label(row.volume, 13), line, 1, right)
        grid.addWidget(Label(row.dose, 16, 600), line, 2, right)
        grid.addWidget(Label(row.lot, 13, 400, "muted", wrap=True), line, 3)
    grid.setColumnStretch(0, 3)
    grid.setColumnStretch(3, 2)
    return grid


def _holding(layout: QHBoxLayout) -> QWidget:
    holder = QWidget()
    layout.setContentsMargins(0, 0, 0, 0)
    holder.setLayout(layout)
    return holder


def _emptied(layout: QVBoxLayout) -> None:
    while item := layout.takeAt(0):
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()

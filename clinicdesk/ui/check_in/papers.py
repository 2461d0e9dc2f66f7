"""The usual set of papers, the verdict asked again, and booked against consent."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinicdesk.domain.translation import _
from clinicdesk.ui.check_in.asking import Arrival
from clinicdesk.ui.check_in.consent import ConsentLine
from clinicdesk.ui.check_in.words import side_words
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.verdict.glyph import IconLabel
from clinicdesk.ui.verdict.strip import VerdictStrip
from clinicdesk.ui.verdict.words import Headline, Tone, headline
from clinicdesk.ui.widgets import Label, row


class Papers(QWidget):
    """The consent, with the way to sign it; printing stands in the foot."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.consent = ConsentLine(context, self)
        self._after = Label(_("After-care sheet"), 12.5, 400)
        self._later = Label(_("after the procedure"), 12.5, 400, "muted")
        self._side_mark = IconLabel("check", "ok", 16, self)
        self._side = Label("", 12.5, 600, wrap=True)
        self.strip = VerdictStrip(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 0, 8, 0)
        layout.setSpacing(8)
        second = row(self._side_mark, self._side)
        second.setStretch(1, 1)
        layout.addWidget(self.consent)
        layout.addLayout(row(IconLabel("doc", "text2", 16, self), self._after, None, self._later))
        layout.addLayout(second)
        layout.addWidget(self.strip)

    def show_arrival(self, found: Arrival, today: date) -> None:
        """What is printed, and what the rules say now."""
        self.consent.show_arrival(found, today)
        words, tone = side_words(found)
        self._side.setText(words)
        self._side.set_tone(tone)
        differs = found.facts.differs
        known = bool(found.facts.consented)
        self._side_mark.set_icon(
            "alert" if differs else "check" if known else "info",
            "danger" if differs else "ok" if known else "text3",
        )
        self.strip.show_headline(_verdict(found))


def _verdict(found: Arrival) -> Headline | None:
    """The rules' headline; in no tone of consent while something of the patient is open."""
    if found.verdict is None:
        return None
    top = headline(found.verdict)
    if top.tone is Tone.OK and (found.standing.dangers or found.open_keys):
        words = _("{top}, by the interval rules alone").format(top=top.text)
        return Headline(Tone.NEUTRAL, top.icon, words, top.sub)
    return top

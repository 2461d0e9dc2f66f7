"""The panel at the right: what a payer would get, and what that changes for what is booked."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLayout, QVBoxLayout, QWidget

from clinicdesk.domain.dates import day_words
from clinicdesk.domain.headings import begun
from clinicdesk.domain.rows.payers import ChangedVisit, PackSummary, PayerEffect, PayerRow
from clinicdesk.domain.translation import _, _n
from clinicdesk.ui import panel_width, theme
from clinicdesk.ui.local import weekday_near
from clinicdesk.ui.verdict.glyph import FamilyGlyph
from clinicdesk.ui.verdict.words import status_words
from clinicdesk.ui.widgets import Banner, Chip, Label, Line, column, row, scrolled

WIDE, NARROW = 453, 442
_NBSP = "\u00a0"
_SHOWN = 6
"""Changed appointments that are named; the others are counted."""


class Tile(QFrame):
    """A number and what it counts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = Label("", 18, 600)
        self._words = Label("", 12, 400, "muted", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.setSpacing(2)
        layout.addWidget(self._number)
        layout.addWidget(self._words)
        layout.addStretch(1)

    def show_count(self, count: int, words: str, *, warns: bool = False) -> None:
        """``warns``: somebody has to do something about these."""
        self._number.setText(f"{count:,}")
        self._words.setText(words)
        for label in (self._number, self._words):
            label.set_tone("warn" if warns else "" if label is self._number else "muted")
        self.setProperty("band" if warns else "surface", "warn" if warns else "card")
        self.setProperty("surface" if warns else "band", "")
        self.style().unpolish(self)
        self.style().polish(self)
        self.setAccessibleName(f"{count:,} {words}")


class PayerPanel(QFrame):
    """Shows one payer with a pack, or says what is still to be chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drawn = NARROW
        self.setProperty("surface", "panel")
        self._who = Label("", 12, 400, "muted", wrap=True)
        self._title = Label("", 18, 600, wrap=True)
        self._version = row()
        self._source = Label("", 12, 400, "muted", wrap=True)
        self._hint = Label("", 13, 400, "muted", wrap=True)
        self._lines = QWidget()
        self._rules = Label("", 12, 400, "muted", wrap=True)
        self._changes = QWidget()
        self._what = Label("", 14, 600, wrap=True)
        self._asking = Label("", 12, 400, "muted", wrap=True)
        self.tiles = (Tile(), Tile(), Tile())
        self._named = Label("", 12.5, 400, wrap=True)
        self.trouble = Banner("danger", parent=self)
        self._lay_out()
        self.set_wide(wide=True)

    def _lay_out(self) -> None:
        top = row()
        top.addWidget(self._title, 1)
        top.addLayout(self._version)
        head = column(self._who, spacing=4)
        head.setContentsMargins(16, 14, 16, 12)
        head.addLayout(top)
        head.addWidget(self._source)
        head.addWidget(self._hint)
        self._table = QVBoxLayout(self._lines)
        self._table.setContentsMargins(0, 0, 0, 0)
        self._table.setSpacing(0)
        tiles = row(*self.tiles)
        for tile in self.tiles:
            tiles.setStretchFactor(tile, 1)
        changes = QVBoxLayout(self._changes)
        changes.setContentsMargins(16, 12, 16, 12)
        changes.setSpacing(8)
        changes.addWidget(self._what)
        changes.addWidget(self._asking)
        changes.addLayout(tiles)
        changes.addWidget(self._named)
        body = QWidget()
        inner = column(spacing=0)
        inner.addWidget(self._lines)
        inner.addWidget(self._rules)
        inner.addWidget(self._changes)
        inner.addStretch(1)
        body.setLayout(inner)
        outer = column(spacing=0)
        outer.addLayout(head)
        outer.addWidget(self.trouble)
        outer.addWidget(Line())
        outer.addWidget(scrolled(body), 1)
        self.setLayout(outer)
        self._rules.setContentsMargins(16, 8, 16, 8)

    def set_wide(self, *, wide: bool) -> None:
        """As wide as the window leaves room for."""
        self._drawn = WIDE if wide else NARROW
        self.take_width()

    def take_width(self) -> None:
        """As drawn, or as wide as wanted."""
        self.setFixedWidth(panel_width.wide(self._drawn))

    # -- the pack -----------------------------------------------------------------------------

    def show_pack(self, payer: PayerRow | None, pack: PackSummary | None, *, new: bool) -> None:
        """A payer with the pack that is chosen for it (``new``) or that it has."""
        self.trouble.show_text("")
        for part in (self._lines, self._rules, self._changes, self._source):
            part.setVisible(payer is not None and pack is not None)
        self._clear(self._version)
        self._hint.setVisible(pack is None)
        if payer is None or pack is None:
            self._who.setText(payer.payer if payer else "")
            self._title.setText(_("Choose a rule pack"))
            self._hint.setText(_what_helps(payer))
            return
        would = _("{payer} would get") if new else _("{payer} is judged by")
        self._who.setText(would.format(payer=payer.payer))
        self._title.setText(pack.title)
        self._version.addWidget(Chip(pack.version), 0, Qt.AlignmentFlag.AlignTop)
        since = _("From {day}. {source}.").format(
            day=day_words(pack.effective_from), source=pack.source.rstrip(".")
        )
        self._source.setText("\n".join(filter(None, (since, pack.partial))))
        self._show_lines(pack)
        rules = _n("{count} rule", "{count} rules", pack.rules).format(count=pack.rules)
        if pack.unverified:
            rules = _("{rules}, {count} to verify: no primary text was read").format(
                rules=rules, count=pack.unverified
            )
        self._rules.setText(rules)

    def _show_lines(self, pack: PackSummary) -> None:
        self._clear(self._table)
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(16, 8, 20, 8)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(5)
        for place, words in enumerate((_("Session"), _("At most"), _("The next one needs"))):
            grid.addWidget(Label(words, 12, 500, "muted"), 0, place + 1)
        for count, line in enumerate(pack.lines):
            number = 2 * count + 1
            glyph = FamilyGlyph(line.family, 12)
            grid.addWidget(glyph, number, 0, Qt.AlignmentFlag.AlignTop)
            what = begun(line.what)
            most, asks = "\n".join(line.most), "; ".join(line.asks)
            name = Label(what, 12.5, 400, wrap=True)
            grid.addWidget(name, number, 1, Qt.AlignmentFlag.AlignTop)
            if not line.verified:
                chip = Chip(_("verify"), "warn")
                grid.addWidget(chip, number + 1, 1, Qt.AlignmentFlag.AlignTop)
            for place, text in enumerate((most or "–", asks or "–")):
                # A number and its sign are never parted.
                label = Label(text.replace(" %", f"{_NBSP}%"), 12.5, 400, wrap=True)
                tall = 1 if line.verified else 2
                grid.addWidget(label, number, place + 2, tall, 1, Qt.AlignmentFlag.AlignTop)
        grid.setColumnMinimumWidth(2, theme.scaled(118))
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(2, 3)
        grid.setColumnStretch(3, 4)
        self._table.addWidget(table)
        self._table.addWidget(Line())

    def _clear(self, layout: QLayout) -> None:
        while (item := layout.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    # -- what changes -------------------------------------------------------------------------

    def show_asking(self, payer: PayerRow) -> None:
        """The rules are being asked about what is booked; or nothing is."""
        self._begin(payer)
        self._asking.setText(
            _n(
                "Asking the rules about {count} appointment…",
                "Asking the rules about {count} appointments…",
                payer.booked,
            ).format(count=payer.booked)
            if payer.booked
            else _("Nothing is booked for them.")
        )
        self._asking.show()

    def show_nothing(self) -> None:
        """Nothing is chosen, so nothing changes."""
        self._changes.hide()

    def show_effect(self, payer: PayerRow, effect: PayerEffect) -> None:
        """What the rules said."""
        self._begin(payer)
        self._asking.setVisible(bool(effect.not_asked))
        self._asking.setText(
            _n(
                "{count} more was not asked about.", "{count} more were not asked about.",
                effect.not_asked,
            ).format(count=effect.not_asked)
        )  # fmt: skip
        counts = (
            (effect.stays, _("booked, verdict stays"), False),
            (len(effect.stricter), _("booked, verdict gets stricter"), bool(effect.stricter)),
            (len(effect.freer), _("booked, verdict gets freer"), False),
        )
        for tile, (count, words, warns) in zip(self.tiles, counts, strict=True):
            tile.show_count(count, words, warns=warns)
            tile.show()
        changed = (*effect.stricter, *effect.freer)
        lines = [_changed_words(each) for each in changed[:_SHOWN]]
        if len(changed) > _SHOWN:
            lines.append(_("and {count} more").format(count=len(changed) - _SHOWN))
        self._named.setText("\n\n".join(lines))
        self._named.setVisible(bool(lines))

    def _begin(self, payer: PayerRow) -> None:
        self._changes.show()
        self._what.setText(
            _n(
                "What changes for {count:,} patient", "What changes for {count:,} patients",
                payer.patients,
            ).format(count=payer.patients)
        )  # fmt: skip
        self._named.hide()
        for tile in self.tiles:
            tile.hide()


def _what_helps(payer: PayerRow | None) -> str:
    """What is known where no pack is chosen yet."""
    if payer is not None and payer.apart:
        return _("{why} Its own policy or contract says which pack fits.").format(why=payer.apart)
    if payer is not None and payer.nearest:
        return _("The name is only like one that is known: check who pays before you choose.")
    return _("Its own policy or contract says which pack fits.")


def _changed_words(each: ChangedVisit) -> str:
    return _("{day} {patient}: {before} becomes {after}. {message}").format(
        day=weekday_near(each.day), patient=each.patient, before=status_words(each.before),
        after=status_words(each.after), message=each.message,
    ).strip()  # fmt: skip

"""What an import did: the counts, and the rows that were not taken."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from clinicdesk.domain.errors import Unavailable
from clinicdesk.domain.spreadsheets import harmless
from clinicdesk.domain.translation import _, _n
from clinicdesk.services.files_out import write_whole
from clinicdesk.services.importing import ImportReport, Oddity, Refusal
from clinicdesk.ui import theme
from clinicdesk.ui.importing.alike import AlikeTable
from clinicdesk.ui.widgets import Banner, Button, Label, row

_SHOWN = 500


def write_refused(path: Path, refused: list[Refusal]) -> None:
    """Saves the refused rows as CSV, whole or not at all; raises Unavailable in words."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("file", "line", "column", "reason"))
    for r in refused:
        writer.writerow((harmless(r.file), r.line, harmless(r.column), harmless(r.reason)))
    write_whole(path, out.getvalue().encode("utf-8-sig"))


class ResultView(QWidget):
    """Signals:
    again(): another file.
    decided(): the rows that may be somebody are to be taken as decided.
    """

    again = Signal()
    decided = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report = ImportReport()
        self.headline = Label("", 18, 600)
        self.counts = Label("", 13, 400, "muted", wrap=True)
        self.banner = Banner("warn")
        self.table = QTableWidget(0, 4)
        self.table.setAccessibleName(_("Rows to look at"))
        self.table.setHorizontalHeaderLabels(
            [_("Line"), _("Column"), _("What was found"), _("What happened")]
        )
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.alike = AlikeTable()
        self.alike.decided.connect(self._count_decisions)
        self.take = Button(_("Take over as decided"), kind="primary")
        self.take.clicked.connect(self._take)
        self.save = Button(_("Save the refused rows"), "save")
        self.save.clicked.connect(self._save)
        other = Button(_("Import another file"), "doc")
        other.clicked.connect(self._again)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        for widget in (self.headline, self.counts, self.banner):
            layout.addWidget(widget)
        layout.addWidget(self.alike, 1)
        layout.addWidget(self.table, 1)
        layout.addLayout(row(self.save, None, other, self.take))

    def show_report(self, report: ImportReport) -> None:
        """Shows what was done."""
        self._report = report
        self.headline.setText(
            _("{added} added, {updated} updated").format(added=report.added, updated=report.updated)
        )
        account = _("{added} added + {updated} updated + {unchanged} unchanged + {refused} refused")
        parts = [
            account.format(
                added=report.added,
                updated=report.updated,
                unchanged=report.unchanged,
                refused=report.refused_rows,
            ),
            _("{read} rows read, every one accounted for").format(read=report.read)
            if report.adds_up
            else _("{read} rows read: the sum is wrong, import the file again").format(
                read=report.read
            ),
            *_facts(report),
        ]
        self.counts.setText(" · ".join(parts))
        self.alike.show_rows(report.refused)
        self._count_decisions()
        said = []
        if report.withheld:
            withheld = ", ".join(report.withheld)
            said.append(
                _("Not taken over, because they are identity documents: {withheld}.").format(
                    withheld=withheld
                )
            )
        if report.not_taken:
            said.append(
                _("Columns not taken over: {columns}.").format(columns=", ".join(report.not_taken))
            )
        if report.guessed:
            said.append(_("The encoding was guessed: {name}.").format(name=report.encoding))
        if report.oddities:
            count = sum(report.kinds.values())
            said.append(
                _n(
                    "{count} value is remarked on below.",
                    "{count} values are remarked on below.",
                    count,
                ).format(count=count)
            )
        self.banner.show_text(" ".join(said), "info")
        self.save.setVisible(bool(report.refused))
        self._fill(report)

    def _fill(self, report: ImportReport) -> None:
        rows: list[Refusal | Oddity] = []
        rows += [refused for refused in report.refused if not refused.alike]
        rows += report.oddities
        rows = rows[:_SHOWN]
        self.table.setRowCount(len(rows))
        for line, entry in enumerate(rows):
            refused = isinstance(entry, Refusal)
            cells = (
                str(entry.line),
                entry.column,
                _("not taken ({file})").format(file=entry.file)
                if isinstance(entry, Refusal)
                else entry.value,
                entry.reason if isinstance(entry, Refusal) else entry.remark,
            )
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setFont(theme.font(12.5))
                item.setForeground(theme.colour("danger" if refused and column == 3 else "text"))
                self.table.setItem(line, column, item)
            self.table.setRowHeight(line, theme.scaled(32))
        for column, width in enumerate((70, 150, 220)):
            self.table.setColumnWidth(column, theme.scaled(width))

    def decisions(self) -> dict[int, str]:
        """What was decided of rows that may be somebody, by line."""
        return self.alike.decisions()

    def _count_decisions(self) -> None:
        self.take.setVisible(not self.alike.isHidden())
        self.take.setEnabled(bool(self.alike.decisions()))

    def _take(self) -> None:
        self.decided.emit()

    def _save(self) -> None:
        dialog = QFileDialog(self, _("Save the refused rows"), "refused-rows.csv", _("CSV (*.csv)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.fileSelected.connect(self._write)
        dialog.open()

    def _write(self, name: str) -> None:
        try:
            write_refused(Path(name), self._report.refused)
        except Unavailable as error:
            self.banner.show_text(str(error), "danger")

    def _again(self) -> None:
        self.again.emit()


def _facts(report: ImportReport) -> list[str]:
    """What came in on the safety lists; a list that no file spoke of is not named."""
    parts = [_("{allergies} allergies added").format(allergies=report.allergies)]
    if report.conditions:
        parts.append(_("{conditions} conditions added").format(conditions=report.conditions))
    if report.drugs:
        parts.append(_("{drugs} drugs added").format(drugs=report.drugs))
    if report.implants:
        parts.append(_("{implants} implants added").format(implants=report.implants))
    if report.pregnancy:
        parts.append(_("{pregnancy} answers about pregnancy").format(pregnancy=report.pregnancy))
    if report.none:
        parts.append(_("{none} lists asked, none").format(none=report.none))
    return parts

"""Which products the lists of this clinic offer: a dialog, from the log or the command list."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from clinicdesk.domain.errors import ClinicError
from clinicdesk.domain.translation import _
from clinicdesk.services import products
from clinicdesk.services.context import Done
from clinicdesk.services.products import StockRow
from clinicdesk.ui import theme
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.widgets import Banner, Dialog, Label, scrolled

_KINDS = {
    "steroid": _("Steroids"),
    "local_anaesthetic": _("Local anaesthetics"),
    "contrast": _("Contrast"),
    "diluent": _("Diluents"),
    "other": _("Other"),
}
_HEIGHT = 430


class StockDialog(Dialog):
    """A tick for each product that is offered.

    Signals:
        chosen(hide, show): what is to change, as tuples of product keys.
    """

    chosen = Signal(tuple, tuple)

    def __init__(self, host: QWidget, rows: tuple[StockRow, ...]) -> None:
        super().__init__(host, _("Products stocked here"), _("Save"), width=480)
        self._rows = rows
        self.boxes: dict[str, QCheckBox] = {}
        about = _("Only what is ticked is offered in the log. Records keep what was given.")
        self.body.addWidget(Label(about, 13, 400, "muted", wrap=True))
        self.trouble = Banner("danger", parent=self)
        self.trouble.hide()
        self.body.addWidget(self.trouble)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(6)
        for kind, title in _KINDS.items():
            found = [row for row in rows if row.product.kind == kind]
            if found:
                column.addSpacing(theme.scaled(6) if column.count() else 0)
                column.addWidget(Label(title, 13, 600))
            for row in found:
                box = QCheckBox(row.product.name)
                box.setFont(theme.font(13))
                box.setChecked(row.stocked)
                self.boxes[row.product.key] = box
                column.addWidget(box)
        column.addStretch(1)
        area = scrolled(inner)
        area.setFixedHeight(min(inner.sizeHint().height() + 4, theme.scaled(_HEIGHT)))
        self.body.addWidget(area)
        self.footer.setSpacing(8)
        self.accepted.connect(self._submit)

    def start(self) -> None:
        """Shows the dialog with the focus on the first product."""
        self.open_dialog(next(iter(self.boxes.values()), self.accept))

    def _submit(self) -> None:
        ticked = {key for key, box in self.boxes.items() if box.isChecked()}
        before = {row.product.key for row in self._rows if row.stocked}
        self.accept.setEnabled(False)
        self.chosen.emit(tuple(sorted(before - ticked)), tuple(sorted(ticked - before)))

    def refuse(self, sentence: str) -> None:
        """It was not saved: says why."""
        self.accept.setEnabled(True)
        self.trouble.show_text(sentence, "danger")
        self.trouble.show()


class Stock(QObject):
    """Shows the dialog over a page and keeps what is chosen.

    Signals:
        changed(frozenset): keys of the products that are not stocked, asked anew.
    """

    changed = Signal(frozenset)

    def __init__(self, context: UiContext, host: QWidget) -> None:
        super().__init__(host)
        self._context, self._host = context, host
        self._dialog: StockDialog | None = None

    def choose(self) -> None:
        """Asks what is stocked, then shows the dialog."""
        clinic, actor = self._context.clinic, self._context.actor
        self._context.tasks.short.submit(
            lambda: products.listed(clinic, actor), self._show, self._failed, owner=self, key="open"
        )

    def ask(self) -> None:
        """Something changed, here or at another desk: tells what is not stocked now."""
        clinic, actor = self._context.clinic, self._context.actor
        self._context.tasks.short.submit(
            lambda: products.listed(clinic, actor), self._tell, owner=self, key="ask"
        )

    def close_dialog(self) -> None:
        """The page is left."""
        if self._dialog is not None:
            self._dialog.close_dialog()

    def _show(self, rows: tuple[StockRow, ...]) -> None:
        if self._dialog is not None:
            return
        self._dialog = StockDialog(self._host, rows)
        self._dialog.chosen.connect(self._save)
        self._dialog.closed.connect(self._closed)
        self._dialog.start()

    def _tell(self, rows: tuple[StockRow, ...]) -> None:
        self.changed.emit(frozenset(row.product.key for row in rows if not row.stocked))

    def _save(self, hide: tuple[str, ...], show: tuple[str, ...]) -> None:
        clinic, actor = self._context.clinic, self._context.actor
        if not hide and not show:
            self.close_dialog()
            return
        self._context.tasks.short.submit(
            lambda: products.change(clinic, actor, hide=hide, show=show),
            self._saved,
            self._failed,
            owner=self,
            key="save",
        )

    def _saved(self, done: Done[None]) -> None:
        self.close_dialog()
        self._context.bus.say(_("Saved: the list offers what is stocked here."))
        self._context.publish(done.changes)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        if self._dialog is not None:
            self._dialog.refuse(str(error))
        else:
            self._context.bus.warn(str(error))

    def _closed(self) -> None:
        self._dialog = None

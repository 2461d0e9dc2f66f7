"""The reviewed list: what names of sites in old records mean."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from clinicdesk.domain.errors import ClinicError, Invalid
from clinicdesk.domain.rows.sites import SiteLists, UnlistedName
from clinicdesk.domain.translation import _, _n
from clinicdesk.services import sites
from clinicdesk.services.context import Done
from clinicdesk.ui import theme
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.widgets import Banner, Choice, Dialog, Label

_TALL = 420


def open_matching(context: UiContext, host: QWidget) -> MatchingDialog:
    """Opens the list over the page of ``host``."""
    dialog = MatchingDialog(context, host)
    dialog.open_dialog()
    return dialog


class MatchingDialog(Dialog):
    """Every name of the records that stands on no list, with what it may mean.

    Nothing is chosen in advance, and the records stay as they were written.
    """

    def __init__(self, context: UiContext, host: QWidget) -> None:
        super().__init__(host, _("Names of sites in the records"), _("Save"), width=620)
        self._context = context
        self.choices: dict[str, Choice] = {}
        self.trouble = Banner("danger", parent=self)
        self.told = Label(_("The records are read …"), 13, 400, "muted", wrap=True)
        inner = QWidget()
        inner.setObjectName("plain")
        self._grid = QGridLayout(inner)
        self._grid.setContentsMargins(0, 0, 10, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setColumnStretch(0, 1)
        self._area = QScrollArea()
        self._area.setWidget(inner)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for part in (self.trouble, self.told, self._area):
            self.body.addWidget(part)
        self._area.hide()
        self.footer.setSpacing(8)
        self.accept.setEnabled(False)
        self.accepted.connect(self._save)
        clinic, actor = context.clinic, context.actor
        context.tasks.short.submit(
            lambda: sites.lists(clinic, actor), self._show, self._failed, owner=self
        )

    def _show(self, found: SiteLists) -> None:
        if not found.unlisted:
            self.told.setText(_("Every name in the records stands on the list of sites."))
            return
        self.told.setText(
            _(
                "Each of these counts as a site of its own until somebody says what it means. "
                "What was signed stays as it was written."
            )
        )
        for line, row in enumerate(found.unlisted):
            choice = Choice(_options(row, found.canonical), row.name)
            choice.set_value("")
            choice.chosen.connect(self._chosen)
            choice.setMinimumWidth(theme.scaled(240))
            self.choices[row.name] = choice
            self._grid.addWidget(Label(row.name, 13, 600), line, 0)
            self._grid.addWidget(Label(_how_often(row), 13, 400, "muted"), line, 1)
            self._grid.addWidget(choice, line, 2)
        self._grid.setRowStretch(len(found.unlisted), 1)
        self._area.setFixedHeight(theme.scaled(min(_TALL, 48 * len(found.unlisted) + 8)))
        self._area.show()
        next(iter(self.choices.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def _said(self) -> tuple[tuple[str, str], ...]:
        return tuple(
            (name, str(choice.value())) for name, choice in self.choices.items() if choice.value()
        )

    def _chosen(self, value: object) -> None:
        del value
        self.trouble.show_text("")
        self.accept.setEnabled(bool(self._said()))

    def _save(self) -> None:
        said = self._said()
        if not said:
            return
        self.accept.setEnabled(False)
        clinic, actor = self._context.clinic, self._context.actor
        self._context.tasks.short.submit(
            lambda: sites.match_all(clinic, actor, said), self._kept, self._failed, owner=self
        )

    def _kept(self, done: Done[int]) -> None:
        self._context.publish(done.changes)
        self._context.bus.say(
            _n(
                "Matched: the records of {count} patient are read anew.",
                "Matched: the records of {count} patients are read anew.",
                done.value,
            ).format(count=done.value)
        )
        self.close_dialog()

    def _failed(self, error: Exception) -> None:
        self.accept.setEnabled(bool(self._said()))
        if isinstance(error, Invalid):
            self.trouble.show_text(" ".join(error.fields.values()), "danger")
        elif isinstance(error, ClinicError):
            self.trouble.show_text(str(error), "danger")
        else:
            self.trouble.show_text(_("Nothing was kept. Please try again."), "danger")
            raise error


def _options(row: UnlistedName, canonical: tuple[str, ...]) -> list[tuple[object, str]]:
    """Left for now first, then what it may mean, then a site of its own, then every name."""
    likely = [(name, _("{name} (likely)").format(name=name)) for name in row.near]
    others = [(name, name) for name in canonical if name not in row.near]
    own = (row.name, _("A site of its own"))
    return [("", _("Leave for now")), *likely, own, *others]


def _how_often(row: UnlistedName) -> str:
    return _n("{count} time", "{count} times", row.times).format(count=row.times)

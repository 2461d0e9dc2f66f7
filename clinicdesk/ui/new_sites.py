"""A name typed at a site field becomes a new site of the clinic: one act in the lane."""

from __future__ import annotations

from PySide6.QtCore import QObject

from clinicdesk.domain.translation import _
from clinicdesk.services import sites
from clinicdesk.services.context import Done
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.widgets import SiteEdit


class NewSites(QObject):
    """Takes in the new names of one site field."""

    def __init__(self, context: UiContext, edit: SiteEdit) -> None:
        super().__init__(edit)
        self._context, self._edit = context, edit
        self._wanted = ""
        edit.new_site_wanted.connect(self._add)

    def _add(self, name: str) -> None:
        self._wanted = name
        clinic, actor = self._context.clinic, self._context.actor
        self._context.tasks.short.submit(
            lambda: sites.add(clinic, actor, name, sure=True),
            self._added,
            self._refused,
            owner=self,
        )

    def _added(self, done: Done[str]) -> None:
        self._context.publish(done.changes)
        said = _("“{name}” is a new site of this clinic: everybody here may book it now.")
        self._context.bus.say(said.format(name=done.value))
        self._edit.take_new(done.value)

    def _refused(self, error: Exception) -> None:
        name = self._wanted
        if self._context.clinic.catalogue.vocabulary.names.lists(name):
            # Another desk has taken it in meanwhile.
            self._edit.take_new(name)
        else:
            self._context.bus.warn(str(error))

"""A search box with a list below it that fills while one types."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QFontMetrics, QHideEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from clinicdesk.domain.translation import _, _n
from clinicdesk.ui import theme
from clinicdesk.ui.access import announce
from clinicdesk.ui.tasks import Lane
from clinicdesk.ui.widgets.buttons import draw_key

_DISPLAY = Qt.ItemDataRole.DisplayRole
_ITEM = Qt.ItemDataRole.UserRole
_ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole


@dataclass(frozen=True)
class TypeAheadItem:
    """One line: ``text`` bold, ``detail`` beside or below it, ``hint`` at the right."""

    value: object
    text: str
    detail: str = ""
    hint: str = ""
    icon: str = ""

    @property
    def spoken(self) -> str:
        """The line as it is read out."""
        return ", ".join(part for part in (self.text, self.detail, self.hint) if part)


class _Items(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.items: tuple[TypeAheadItem, ...] = ()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = _DISPLAY) -> object:
        item = self.items[index.row()]
        if role == _ITEM:
            return item
        if role in (_DISPLAY, _ACCESSIBLE):
            return item.spoken
        return None

    def fill(self, items: Sequence[TypeAheadItem]) -> None:
        self.beginResetModel()
        self.items = tuple(items)
        self.endResetModel()


class _Painter(QStyledItemDelegate):
    def sizeHint(
        self,
        option: QStyleOptionViewItem,  # noqa: ARG002
        index: QModelIndex | QPersistentModelIndex,  # noqa: ARG002
    ) -> QSize:
        return QSize(100, theme.scaled(44))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        item: TypeAheadItem = index.data(_ITEM)
        painter.save()
        rect: QRect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("atint"))
            painter.drawRoundedRect(rect.adjusted(3, 1, -3, -1), 6, 6)
        left = rect.left() + theme.scaled(12)
        if item.icon:
            painter.drawPixmap(
                QPoint(left, rect.center().y() - theme.scaled(9)),
                theme.pixmap(item.icon, "text2", 18),
            )
            left += theme.scaled(28)
        box = QRect(left, rect.top(), rect.right() - left - 12, rect.height())
        painter.setFont(theme.font(12))
        painter.setPen(theme.colour("text3"))
        painter.drawText(
            box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, item.hint
        )
        hint = painter.fontMetrics().horizontalAdvance(item.hint)
        box.setRight(box.right() - hint - 10)
        upper = QRect(box.left(), box.top() + theme.scaled(3), box.width(), box.height() // 2)
        lower = QRect(box.left(), box.center().y() - 1, box.width(), box.height() // 2)
        painter.setFont(theme.font(13, 600))
        painter.setPen(theme.colour("text"))
        name = painter.fontMetrics().elidedText(item.text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(upper if item.detail else box, Qt.AlignmentFlag.AlignVCenter, name)
        painter.setFont(theme.font(12))
        painter.setPen(theme.colour("text2"))
        detail = painter.fontMetrics().elidedText(
            item.detail, Qt.TextElideMode.ElideRight, box.width()
        )
        painter.drawText(lower, Qt.AlignmentFlag.AlignVCenter, detail)
        painter.restore()


class TypeAhead(QLineEdit):
    """A search box; ``find(text)`` runs in the lane and returns the lines to show.

    Signals:
        picked(object): a line was chosen; its value.
        nothing(str): Enter was pressed with no line to choose; what was typed.
    """

    picked = Signal(object)
    nothing = Signal(str)

    def __init__(
        self,
        placeholder: str,
        lane: Lane,
        find: Callable[[str], Sequence[TypeAheadItem]],
        *,
        icon: str = "search",
        key_hint: str = "",
        empty: str = _("No match"),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._lane, self._find, self._empty = lane, find, empty
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setFont(theme.font(13))
        self._glyph, self._hint = icon, key_hint
        self._asked = self._shown_for = ""
        self._dress()
        theme.signals.changed.connect(self._dress)
        self._model = _Items(self)
        self._list = QListView(self)
        self._popup = QFrame(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(60)
        self._timer.timeout.connect(self._ask)
        self.textEdited.connect(self._edited)
        self._build_popup()

    def _dress(self) -> None:
        for old in self.actions():
            self.removeAction(old)
        action = self.addAction(
            theme.icon(self._glyph, "text3", 18), QLineEdit.ActionPosition.LeadingPosition
        )
        action.setText(self.accessibleName())
        if self._hint:
            # The words of an empty field end before the key that is drawn at its right.
            wide = QFontMetrics(theme.font(11)).horizontalAdvance(self._hint) + theme.scaled(26)
            self.setTextMargins(0, 0, wide, 0)

    def _build_popup(self) -> None:
        self._popup.setProperty("surface", "dialog")
        self._popup.hide()
        self._list.setParent(self._popup)
        self._list.setModel(self._model)
        self._list.setItemDelegate(_Painter(self._list))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setMouseTracking(True)
        self._list.setUniformItemSizes(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.clicked.connect(self._clicked)
        self._list.entered.connect(self._list.setCurrentIndex)
        self._list.setAccessibleName(
            _("{placeholdertext}: matches").format(placeholdertext=self.placeholderText())
        )

    @property
    def matches(self) -> tuple[TypeAheadItem, ...]:
        """The lines on show."""
        return self._model.items

    @property
    def open(self) -> bool:
        """Whether the list is on show."""
        return self._popup.isVisible()

    def _edited(self) -> None:
        if not self.text().strip():
            self._timer.stop()
            self._lane.forget(self, "find")
            self.hide_list()
            return
        self._timer.start()

    @property
    def _current(self) -> bool:
        # Whether the list on show belongs to the text as it now stands.
        return self.open and not self._timer.isActive() and self._shown_for == self.text()

    def _ask(self) -> None:
        self._timer.stop()
        text = self._asked = self.text()
        find = self._find
        self._lane.submit(lambda: find(text), self._show, owner=self, key="find")

    def _show(self, items: Sequence[TypeAheadItem]) -> None:
        if not self.text().strip() or not self.isVisible():
            return
        self._shown_for = self._asked
        shown = list(items) or [TypeAheadItem(None, self._empty, icon="info")]
        self._model.fill(shown)
        chosen = bool(items) and self.first_is_meant(items)
        self._list.setCurrentIndex(self._model.index(0, 0) if chosen else QModelIndex())
        self._place(len(shown))
        self._say_found(items, chosen=chosen)

    def _say_found(self, items: Sequence[TypeAheadItem], *, chosen: bool) -> None:
        if not items:
            announce(self, self._empty)
            return
        count = _n("{count} match", "{count} matches", len(items)).format(count=len(items))
        first = items[0].spoken if chosen else ""
        announce(self, f"{count}. {first}".strip(" ."))

    def _place(self, count: int) -> None:
        window = self.window()
        self._popup.setParent(window)
        height = min(count, 9) * theme.scaled(44) + 12
        spot = self.mapTo(window, QPoint(0, self.height() + 3))
        width = max(self.width(), theme.scaled(320))
        left = max(4, min(spot.x(), window.width() - width - 8))
        height = min(height, window.height() - spot.y() - 8)
        self._popup.setGeometry(left, spot.y(), width, height)
        self._list.setGeometry(5, 6, width - 10, height - 12)
        self._popup.show()
        self._popup.raise_()

    def hide_list(self) -> None:
        """Takes the list away."""
        self._popup.hide()
        self._model.fill(())

    def _clicked(self, index: QModelIndex) -> None:
        self._pick(index)

    def first_is_meant(self, items: Sequence[TypeAheadItem]) -> bool:  # noqa: ARG002
        """Whether Enter takes the first line; where it does not, one is chosen with Down."""
        return True

    def undecided(self) -> None:
        """Enter was pressed with lines to choose from and none chosen."""
        self.nothing.emit(self.text())

    def ask_now(self) -> None:
        """Asks for the lines of the text as it stands."""
        self._ask()

    def _pick(self, index: QModelIndex | QPersistentModelIndex) -> None:
        if not index.isValid() and any(item.value is not None for item in self.matches):
            self.undecided()
            return
        item = index.data(_ITEM) if index.isValid() else None
        if item is None or item.value is None:
            self.nothing.emit(self.text())
            return
        self.hide_list()
        self.picked.emit(item.value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.open:
            step = 1 if key == Qt.Key.Key_Down else -1
            now = self._list.currentIndex().row()
            target = max(0, min(self._model.rowCount() - 1, now + step))
            self._list.setCurrentIndex(self._model.index(target, 0))
            # The focus stays in the box: the line is said, not focused.
            announce(self, self._model.items[target].spoken)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.text().strip():
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                event.ignore()
            elif self._current:
                self._pick(self._list.currentIndex())
            else:
                # Never a patient nobody has seen: the list first, then Enter.
                self._ask()
        elif key == Qt.Key.Key_Escape and self.open:
            self.hide_list()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._hint and not self.text():
            painter = QPainter(self)
            draw_key(painter, self._hint, self.width() - theme.scaled(9), self.height())
            painter.end()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        # An answer still on its way must not open the list over the next field.
        self._timer.stop()
        self._lane.forget(self, "find")
        if not self._popup.underMouse():
            self.hide_list()

    def hideEvent(self, event: QHideEvent) -> None:
        self.hide_list()
        super().hideEvent(event)

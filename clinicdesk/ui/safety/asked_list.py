"""Questions of a card that is made anew with every answer: cursor and half-typed words stay."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLayout, QWidget

from clinicdesk.domain.rows.safety_facts import Topic
from clinicdesk.ui.safety.lines import QuestionLine

_OTHER = Qt.FocusReason.OtherFocusReason


@dataclass
class Standing:
    """What stood in the lines before they are made anew.

    Attributes:
        topic: of the question that has the cursor; None where none has it.
        inside: whether the cursor is anywhere among the lines.
        in_field: whether it is in the field of that question.
        typed: per question with an open field, what stands in it.
    """

    topic: Topic | None = None
    inside: bool = False
    in_field: bool = False
    typed: dict[Topic, str] = field(default_factory=dict)


def standing(card: QWidget, lines: list[QuestionLine]) -> Standing:
    """Reads cursor and fields before the lines go; they say nothing any more."""
    focus = QApplication.focusWidget()
    found = Standing(inside=focus is not None and card.isAncestorOf(focus))
    for line in lines:
        if focus is not None and line.isAncestorOf(focus):
            found.topic, found.in_field = line.topic, focus is line.entry
        if (text := line.typing()) is not None:
            found.typed[line.topic] = text
        # The cursor leaves them unfinished: that is no answer.
        line.blockSignals(True)
    return found


def go_on(before: Standing, lines: list[QuestionLine]) -> bool:
    """Gives the fields back, and the cursor to the same question or to the next that is open.

    Returns:
        Whether the cursor is among the lines again, or never was.
    """
    for line in lines:
        if line.topic in before.typed:
            line.type_again(before.typed[line.topic])
    if not before.inside:
        return True
    same = next((line for line in lines if line.topic is before.topic), None)
    if same is not None and before.in_field and same.typing() is not None:
        same.entry.setFocus(_OTHER)
        return True
    target = same or next(iter(lines), None)
    if target is not None:
        target.choice.focus_here()
    return target is not None


def settle(lines: list[QuestionLine]) -> bool:
    """Hands on what is typed at every question; whether nothing was open."""
    waiting = [line for line in lines if not line.settle()]
    return not waiting


def taken_out(layout: QLayout) -> list[QWidget]:
    """The widgets of a layout, which is empty then; they still stand where they stood."""
    found = []
    while item := layout.takeAt(0):
        if (widget := item.widget()) is not None:
            found.append(widget)
    return found


def throw_away(widgets: list[QWidget]) -> None:
    """Hides and deletes what was taken out, once the cursor is elsewhere."""
    for widget in widgets:
        widget.hide()
        widget.deleteLater()

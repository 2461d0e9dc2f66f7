"""What is painted can be seen: 3:1 between an outline and its ground, chosen and not chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QCheckBox, QFrame, QHBoxLayout, QWidget
from support.contrast import across, contrast, picture, told_apart
from support.days import appointment, at
from support.vocabulary import CATALOGUE

from clinicdesk.domain.appointments import Status
from clinicdesk.scheduling.lanes import Lane
from clinicdesk.ui import theme
from clinicdesk.ui.booking.family_buttons import FamilyButtons
from clinicdesk.ui.due.family_chips import FamilyChip
from clinicdesk.ui.schedule.model import Block
from clinicdesk.ui.schedule.painting import BlockPainter
from clinicdesk.ui.widgets import Choice, NumberEdit, Segmented, TextArea, TextEdit, ToggleRow

GROUNDS = ("surface=card", "surface=panel", "surface=tray", "surface=rail", "surface=sunken",
           "surface=dialog", "band=danger", "band=warn", "band=ok", "band=info",
           "band=neutral")  # fmt: skip
CONTROLS: dict[str, Callable[[], QWidget]] = {
    "text": lambda: TextEdit("", "Text"),
    "number": lambda: NumberEdit("mg", "Dose"),
    "area": lambda: TextArea("", "Note"),
    "choice": lambda: Choice([("a", "A")], "Choice"),
    "tick": lambda: QCheckBox(),
    "segment": lambda: Segmented([("a", "A"), ("b", "B")], "Segments"),
    "toggle": lambda: ToggleRow([("a", "A")], "Toggles"),
}


@pytest.fixture(params=["light", "dark"])
def look(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    """Both themes; the other tests find the light one."""
    theme.apply(qapp, request.param)
    yield str(request.param)
    theme.apply(qapp, "light")


@pytest.mark.parametrize("ground", GROUNDS)
def test_the_outline_of_every_control_is_seen_on_every_ground(
    look: str, ground: str, on_show: Callable[..., QWidget]
) -> None:
    for name, make in CONTROLS.items():
        frame, control = QFrame(), make()
        frame.setProperty(*ground.split("="))
        layout = QHBoxLayout(frame)
        layout.setContentsMargins(20, 20, 20, 20)
        layout.addWidget(control)
        layout.addWidget(QFrame())  # to be looked at without the focus
        on_show(frame, 260, 120)
        control.clearFocus()
        QApplication.processEvents()
        image = picture(frame)
        middle = control.geometry().center().y()
        if name in ("segment", "toggle"):
            middle = control.y() + control.childrenRect().center().y()
        seen = across(image, middle, 10, control.x() + 12)
        best = max(contrast(colour, seen[0]) for colour in seen)
        assert best >= 3, (look, ground, name, seen)
        frame.hide()


def pairs() -> dict[str, tuple[QWidget, QWidget]]:
    """Controls of one kind, chosen and not chosen."""
    segments = [Segmented([("a", "Same"), ("b", "Other")], "Segments") for _ in range(2)]
    segments[1].set_value("a")
    toggles = [ToggleRow([("a", "Same"), ("b", "Other")], "Toggles") for _ in range(2)]
    toggles[1].set_values(["a"])
    families = [FamilyButtons() for _ in range(2)]
    families[1].set_value("EPI")
    chips = [FamilyChip("EPI") for _ in range(2)]
    chips[1].setChecked(True)
    ticks = [QCheckBox() for _ in range(2)]
    ticks[1].setChecked(True)
    return {
        "segment": (segments[0], segments[1]),
        "toggle": (toggles[0], toggles[1]),
        "family": (families[0], families[1]),
        "chip": (chips[0], chips[1]),
        "tick": (ticks[0], ticks[1]),
    }


def test_chosen_is_told_from_not_chosen_by_more_than_a_tint(
    look: str, on_show: Callable[..., QWidget]
) -> None:
    for name, both in pairs().items():
        images = []
        for widget in both:
            on_show(widget, 420, 90)
            widget.clearFocus()
            QApplication.processEvents()
            images.append(picture(widget))
            widget.hide()
        # A bar of two lines under a short word is the least.
        assert told_apart(*images) >= 40, (look, name)


def painted(family: str, minutes: int, *, linked: bool) -> QImage:
    """A block of a day in white, that has nothing but its family of its own."""
    row = appointment(1, at("09:00"), minutes=minutes, family=family, status=Status.CONFIRMED)
    box = QRectF(4, 4, 150, minutes * 20 / 15 - 2)
    image = QImage(160, 110, QImage.Format.Format_RGB32)
    image.fill(theme.colour("surface"))
    painter = QPainter(image)
    BlockPainter().paint(painter, box, Block(row, 0, Lane(0, 1), linked), selected=False,
                         hover=False)  # fmt: skip
    painter.end()
    return image


@pytest.mark.parametrize("code", sorted(CATALOGUE.families))
def test_the_bar_of_a_block_is_seen_beside_its_own_tint(look: str, code: str) -> None:
    theme.use_families(CATALOGUE.families.values())
    for linked in (False, True):
        seen = across(painted(code, 45, linked=linked), 50, 1, 9)
        bar = theme.family(code).strong.name()
        assert bar in seen, (look, seen)
        assert contrast(bar, seen[0]) >= 3
        assert contrast(bar, seen[-1]) >= 3


@pytest.mark.parametrize("minutes", [15, 30, 45])
@pytest.mark.parametrize("linked", [False, True])
def test_no_block_tells_its_family_by_colour_alone(
    look: str, minutes: int, linked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme.use_families(CATALOGUE.families.values())
    drawn: list[str] = []
    real = theme.glyph
    monkeypatch.setattr(theme, "glyph", lambda code, *size: drawn.append(code) or real(code, *size))
    for code in CATALOGUE.families:
        drawn.clear()
        painted(code, minutes, linked=linked)
        assert drawn == [code]

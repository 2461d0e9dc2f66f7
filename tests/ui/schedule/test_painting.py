"""What the painted day shows, and that painting asks nobody."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from support.day_paint import PaintedDay
from support.days import appointment, at, crowded

import clinicdesk.ui.schedule as package
from clinicdesk.ui import theme
from clinicdesk.ui.schedule.overlay import NowLine
from clinicdesk.ui.schedule.painting import (
    BlockPainter,
    cut,
    first_that_fits,
    fitted,
    initials,
    marks_shown,
    sided,
    what,
)

PAINTS = ("canvas", "day_view", "geometry", "header", "keyboard", "model", "mouse", "navigation",
          "overlay", "painted", "painting", "drag")  # fmt: skip


def grabbed(view: Any) -> QImage:
    return view.viewport().grab().toImage()


@pytest.mark.parametrize("name", PAINTS)
def test_painting_knows_neither_services_nor_database(name: str) -> None:
    source = Path(package.__file__).with_name(f"{name}.py").read_text(encoding="utf-8")
    imported = {
        node.module
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom) and node.module
    }
    assert not [m for m in imported if m.startswith(("clinicdesk.services", "clinicdesk.data"))]


def test_the_pointer_over_a_block_paints_that_block_alone(
    bare: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = bare(*(appointment(n, at(f"{8 + n:02}:00"), 45, family="MBB") for n in range(1, 6)))
    grabbed(one.view)
    painted: list[int] = []
    paint = BlockPainter.paint

    def noted(self: BlockPainter, painter: Any, box: Any, block: Any, **how: Any) -> None:
        painted.append(block.appointment.id)
        paint(self, painter, box, block, **how)

    monkeypatch.setattr(BlockPainter, "paint", noted)
    one.pointer.move(0, 10 * 60 + 20)
    picture = grabbed(one.view)
    assert set(painted) == {2}
    box = one.view.visualRect(one.model.index(1, 0))
    edge = {QColor(picture.pixel(box.left() + 60, box.top() + dy)).name() for dy in range(3)}
    assert theme.family("MBB").strong.name() in edge


def test_the_first_name_becomes_an_initial_before_anything_is_cut(qapp: QApplication) -> None:
    theme.apply(qapp, "light")

    def at_width(width: int) -> str:
        return fitted("Featherstonehaugh", "Maximiliane", width, 12.5, 600, 1.0)

    texts = [at_width(width) for width in range(400, 0, -1)]
    seen = list(dict.fromkeys(texts))
    assert seen[:3] == ["Featherstonehaugh, Maximiliane", "Featherstonehaugh, M.",
                        "Featherstonehaugh"]  # fmt: skip
    assert all(text.endswith("…") or text == "" for text in seen[3:])


@pytest.mark.parametrize(
    ("name", "short"),
    [("Dr. Tomas Lindqvist", "Dr. T. Lindqvist"), ("Marisol Castellano", "M. Castellano"),
     ("Dr. Anna Maria von Stein", "Dr. A. M. v. Stein"), ("Osei", "Osei"), ("", "")],
)  # fmt: skip
def test_physicians_in_short(name: str, short: str) -> None:
    assert initials(name) == short


@pytest.mark.parametrize(
    ("sites", "words"),
    [(("L5 left",), ("ESI · L5 left", "L5 left")),
     (("L3-L4 right", "L4-L5 right"), ("ESI · L3-L4, L4-L5 right", "L3-L4, L4-L5 right")),
     (("L4 left", "L5 right"), ("ESI · L4 left, L5 right", "L4 left, L5 right")),
     (("greater occipital bilateral",), ("ESI · greater occipital bilateral",
                                         "greater occipital bilateral")),
     (("L4-L5 midline",), ("ESI · L4-L5 midline", "ESI · L4-L5", "L4-L5")),
     ((), ("ESI",))],
)  # fmt: skip
def test_the_side_is_the_last_thing_to_be_cut(
    sites: tuple[str, ...], words: tuple[str, ...]
) -> None:
    assert what("ESI", sites) == words


NARROW = [
    ("GON", ("greater occipital bilateral",), "bilateral"),
    ("TFESI", ("L5 left",), "left"),
    ("RFA", ("L3-L4 left", "L4-L5 left"), "left"),
    ("SGB", ("stellate ganglion right",), "right"),
]


@pytest.mark.parametrize(("short", "sites", "side"), NARROW)
def test_the_structure_is_shortened_and_never_the_side(
    qapp: QApplication, short: str, sites: tuple[str, ...], side: str
) -> None:
    theme.apply(qapp, "light")
    for width in range(400, 60, -1):
        assert sided(short, sites, width, 12.5, 1.0).endswith(side), width
    assert sided(short, sites, 400, 12.5, 1.0).startswith(f"{short} · ")
    two = sided("RFA", ("L4 left", "L5 right"), 90, 12.5, 1.0)
    assert "left" in two
    assert "right" in two


def test_a_list_keeps_the_side_too(qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    words = "Nerve block, suprascapular right"
    assert all(cut(words, width, 12, 400, 1.0).endswith("right") for width in range(300, 80, -1))
    assert cut("Lumbar facet block", 60, 12, 400, 1.0).endswith("…")


def test_words_that_fit(qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    assert first_that_fits(("10:30–11:15", "10:30"), 200, 12) == "10:30–11:15"
    assert first_that_fits(("10:30–11:15", "10:30"), 40, 12) == "10:30"


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_a_block_bears_its_family_and_the_selection_its_frame(
    bare: Callable[..., Any], qapp: QApplication, mode: str
) -> None:
    one = bare(appointment(7, at("10:30"), 45, family="MBB"))
    theme.apply(qapp, mode)
    qapp.processEvents()
    box = one.view.visualRect(one.model.index(0, 0))
    picture = grabbed(one.view)

    def at_pixel(dx: int, dy: int) -> str:
        return QColor(picture.pixel(box.left() + dx, box.top() + dy)).name()

    assert at_pixel(2, 30) == theme.family("MBB").strong.name()
    assert at_pixel(box.width() - 12, 8) == theme.family("MBB").tint.name()
    one.view.select_appointment(7)
    picture = grabbed(one.view)
    edge = {at_pixel(40, dy) for dy in range(3)}
    assert theme.colour("accent").name() in edge
    theme.apply(qapp, "light")


@pytest.mark.parametrize(("minutes", "shown"), [(45, True), (15, False)])
def test_the_familys_glyph_stands_under_the_status_where_there_is_room(
    bare: Callable[..., Any], qapp: QApplication, minutes: int, shown: bool
) -> None:
    theme.apply(qapp, "light")
    one = bare(appointment(7, at("10:30"), minutes, family="EPI"))
    box = one.view.visualRect(one.model.index(0, 0))
    picture = grabbed(one.view)
    under = {
        QColor(picture.pixel(box.left() + dx, box.top() + dy)).name()
        for dx in range(11, 24)
        for dy in range(1, box.height() - 2)
    }
    assert (theme.family("EPI").strong.name() in under) == shown


@pytest.mark.parametrize(
    ("count", "room", "shown"),
    [(4, 100, 4), (4, 68, 4), (4, 60, 2), (4, 30, 1), (4, -20, 1), (7, 200, 4), (7, 60, 2),
     (3, 51, 3), (3, 50, 1), (2, 10, 2), (1, 0, 1), (0, 100, 0)],
)  # fmt: skip
def test_marks_fold_behind_their_count_where_there_is_no_room(
    count: int, room: float, shown: int
) -> None:
    assert marks_shown(count, room, 14) == shown


def test_closed_time_is_hatched_and_the_now_line_is_a_small_child(bare: Callable[..., Any]) -> None:
    one = bare(appointment(7, at("10:30"), 45))
    closed, opened = one.pointer.at(1, 8 * 60 + 4), one.pointer.at(0, 8 * 60 + 4)
    picture = grabbed(one.view)
    assert QColor(picture.pixel(opened)).name() == theme.colour("surface").name()
    assert QColor(picture.pixel(closed)).name() != theme.colour("surface").name()
    line = one.view.findChild(NowLine)
    assert line.isHidden()
    one.view.set_now(10 * 60 + 12)
    assert line.isVisible()
    assert line.height() < 30
    middle = line.geometry().center().y()
    assert abs(middle - (one.pointer.at(0, 612).y())) <= 1
    one.view.set_now(None)
    assert line.isHidden()


@pytest.mark.parametrize("scale", [1.0, 1.3])
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_a_crowded_day_is_painted_in_every_look(
    qtbot: QtBot, qapp: QApplication, mode: str, scale: float
) -> None:
    theme.apply(qapp, mode, scale)
    painted = PaintedDay(60)
    qtbot.addWidget(painted.view)
    painted.view.select_appointment(5)
    painted.paint()
    painted.relayout()
    painted.paint()
    assert len(painted.view.blocks) > 60
    theme.apply(qapp, "light")


def test_a_crowded_day_has_what_was_asked_for() -> None:
    assert len(crowded(300).appointments) == 300

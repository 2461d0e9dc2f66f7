"""Draws the small part of SVG that our own pictures use onto a ReportLab canvas."""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

Point = tuple[float, float]
Step = tuple[str, tuple[float, ...]]
Style = dict[str, str]

_TOKEN = re.compile(r"[A-Za-z]|[-+]?(?:\d*\.\d+|\d+\.?)(?:[eE][-+]?\d+)?")
_RULE = re.compile(r"\.([\w-]+)\s*\{([^}]*)\}")
_ROUND = 0.5522847498


@dataclass(frozen=True)
class Shape:
    """Absolute steps (``M`` ``L`` ``C`` ``Z``) and how they are painted."""

    steps: tuple[Step, ...]
    style: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Picture:
    """A parsed drawing; ``box`` is x, y, width, height of its view box (y downward)."""

    box: tuple[float, float, float, float]
    shapes: tuple[Shape, ...]


@lru_cache(maxsize=128)
def picture(svg: str) -> Picture:
    """Parse our own SVG text (never a stranger's: no entities, no references)."""
    root = ET.fromstring(svg)  # noqa: S314 - the file ships with the program
    box = tuple(float(value) for value in root.get("viewBox", "0 0 1 1").split())
    sheet: dict[str, Style] = {}
    for node in root.iter():
        if node.tag.endswith("style"):
            sheet.update({name: _style(body) for name, body in _RULE.findall(node.text or "")})
    shapes = tuple(_walk(root, {}, sheet))
    return Picture((box[0], box[1], box[2], box[3]), shapes)


def _style(text: str) -> Style:
    pairs = (part.partition(":") for part in text.split(";") if ":" in part)
    return {key.strip(): value.strip() for key, _, value in pairs}


_PAINT = ("fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "opacity")


def _walk(node: ET.Element, inherited: Style, sheet: dict[str, Style]) -> Iterator[Shape]:
    style = dict(inherited)
    style.update({key: node.attrib[key] for key in _PAINT if key in node.attrib})
    style.update(sheet.get(node.get("class", ""), {}))
    steps = tuple(_steps(node))
    if steps:
        yield Shape(_turned(steps, node.get("transform", "")), tuple(sorted(style.items())))
    for child in node:
        yield from _walk(child, style, sheet)


def _steps(node: ET.Element) -> Iterator[Step]:
    tag = node.tag.rpartition("}")[2]
    if tag == "path":
        yield from _Path(node.get("d", "")).steps()
    elif tag == "rect":
        number = {k: float(node.get(k, "0")) for k in ("x", "y", "width", "height", "rx")}
        yield from _rounded(*number.values())
    elif tag == "circle":
        radius = float(node.get("r", "0"))
        yield from _oval(float(node.get("cx", "0")), float(node.get("cy", "0")), radius, radius)
    elif tag == "ellipse":
        yield from _oval(*(float(node.get(k, "0")) for k in ("cx", "cy", "rx", "ry")))


def _oval(x: float, y: float, rx: float, ry: float) -> Iterator[Step]:
    return _rounded(x - rx, y - ry, 2 * rx, 2 * ry, rx, ry)


def _rounded(
    x: float, y: float, w: float, h: float, rx: float, ry: float | None = None
) -> Iterator[Step]:
    ry = rx if ry is None else ry
    rx, ry = min(rx, w / 2), min(ry, h / 2)
    kx, ky = rx * (1 - _ROUND), ry * (1 - _ROUND)
    r, b = x + w, y + h
    yield "M", (x + rx, y)
    yield "L", (r - rx, y)
    yield "C", (r - kx, y, r, y + ky, r, y + ry)
    yield "L", (r, b - ry)
    yield "C", (r, b - ky, r - kx, b, r - rx, b)
    yield "L", (x + rx, b)
    yield "C", (x + kx, b, x, b - ky, x, b - ry)
    yield "L", (x, y + ry)
    yield "C", (x, y + ky, x + kx, y, x + rx, y)
    yield "Z", ()


def _turned(steps: tuple[Step, ...], transform: str) -> tuple[Step, ...]:
    """Applies ``rotate(a x y)``, the one transform our pictures use."""
    if not transform:
        return steps
    angle, cx, cy = (float(v) for v in re.findall(r"-?[\d.]+", transform))
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))

    def turn(values: tuple[float, ...]) -> tuple[float, ...]:
        found: list[float] = []
        for x, y in zip(values[::2], values[1::2], strict=True):
            dx, dy = x - cx, y - cy
            found += [cx + dx * cos - dy * sin, cy + dx * sin + dy * cos]
        return tuple(found)

    return tuple((name, turn(values)) for name, values in steps)


_COUNTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "A": 7, "Z": 0}


class _Path:
    """Reads one ``d`` attribute into absolute steps."""

    def __init__(self, text: str) -> None:
        self._tokens = _TOKEN.findall(text)
        self._at: Point = (0.0, 0.0)
        self._start: Point = (0.0, 0.0)
        self._control: Point | None = None

    def steps(self) -> Iterator[Step]:
        position, command = 0, "M"
        while position < len(self._tokens):
            if self._tokens[position].isalpha():
                command = self._tokens[position]
                position += 1
            count = _COUNTS[command.upper()]
            values = [float(token) for token in self._tokens[position : position + count]]
            position += count
            yield from self._step(command, values)
            if command in "Mm":
                command = "L" if command == "M" else "l"

    def _step(self, command: str, values: list[float]) -> Iterator[Step]:
        name, relative = command.upper(), command.islower()
        x, y = self._at
        if name == "A":
            end = (values[5] + x, values[6] + y) if relative else (values[5], values[6])
            yield from _arc(self._at, end, *values[:5])
            self._at, self._control = end, None
            return
        if name == "H":
            values = [values[0] + (x if relative else 0), y]
        elif name == "V":
            values = [x, values[0] + (y if relative else 0)]
        elif relative:
            values = [v + (y if i % 2 else x) for i, v in enumerate(values)]
        if name == "S":
            px, py = self._control or self._at
            values, name = [2 * x - px, 2 * y - py, *values], "C"
        self._control = (values[2], values[3]) if name == "C" else None
        if name == "Z":
            self._at = self._start
            yield "Z", ()
            return
        self._at = (values[-2], values[-1])
        if name == "M":
            self._start = self._at
        yield ("L" if name in "HV" else name), tuple(values)


def _arc(
    start: Point, end: Point, rx: float, ry: float, tilt: float, large: float, sweep: float
) -> Iterator[Step]:
    """An elliptical arc as Bézier curves (SVG 1.1, appendix F.6); our arcs are not tilted."""
    del tilt
    (x1, y1), (x2, y2) = start, end
    dx, dy = (x1 - x2) / 2, (y1 - y2) / 2
    if not (rx and ry) or (dx == 0 and dy == 0):
        yield "L", (x2, y2)
        return
    stretch = max(1.0, math.sqrt((dx / rx) ** 2 + (dy / ry) ** 2))
    rx, ry = rx * stretch, ry * stretch
    inside = (rx * ry) ** 2 - (rx * dy) ** 2 - (ry * dx) ** 2
    factor = math.sqrt(max(0.0, inside) / ((rx * dy) ** 2 + (ry * dx) ** 2))
    factor = factor if bool(large) != bool(sweep) else -factor
    cx, cy = factor * rx * dy / ry + (x1 + x2) / 2, -factor * ry * dx / rx + (y1 + y2) / 2
    first = math.atan2((y1 - cy) / ry, (x1 - cx) / rx)
    turn = math.atan2((y2 - cy) / ry, (x2 - cx) / rx) - first
    if sweep and turn < 0:
        turn += 2 * math.pi
    elif not sweep and turn > 0:
        turn -= 2 * math.pi
    pieces = max(1, math.ceil(abs(turn) / (math.pi / 2) - 1e-9))
    step = turn / pieces
    k = 4 / 3 * math.tan(step / 4)
    for piece in range(pieces):
        a, b = first + piece * step, first + (piece + 1) * step
        yield "C", (
            cx + rx * (math.cos(a) - k * math.sin(a)), cy + ry * (math.sin(a) + k * math.cos(a)),
            cx + rx * (math.cos(b) + k * math.sin(b)), cy + ry * (math.sin(b) - k * math.cos(b)),
            cx + rx * math.cos(b), cy + ry * math.sin(b),
        )  # fmt: skip


def paint(canvas: Canvas, drawing: Picture, ink: Color | None = None) -> None:
    """Draws in the picture's own units, y downward; the caller has set scale and origin.

    ``ink`` replaces every stroke's colour (icons).
    """
    for shape in drawing.shapes:
        style = dict(shape.style)
        canvas.saveState()
        fill = style.get("fill", "black") != "none"
        stroke = style.get("stroke", "none") != "none"
        if fill:
            colour = style.get("fill", "#000")
            canvas.setFillColor(HexColor(colour if colour.startswith("#") else "#000000"))
        if stroke:
            canvas.setStrokeColor(ink or HexColor(style["stroke"]))
            canvas.setLineWidth(float(style.get("stroke-width", "1")))
            canvas.setLineCap(1 if style.get("stroke-linecap") == "round" else 0)
            canvas.setLineJoin(1 if style.get("stroke-linejoin") == "round" else 0)
        opacity = float(style.get("opacity", "1"))
        if opacity < 1:
            canvas.setFillAlpha(opacity)
            canvas.setStrokeAlpha(opacity)
        canvas.drawPath(trace(canvas, shape.steps), stroke=int(stroke), fill=int(fill))
        canvas.restoreState()


def trace(canvas: Canvas, steps: tuple[Step, ...]) -> PDFPathObject:
    """The steps as a path of the canvas."""
    path = canvas.beginPath()
    for name, values in steps:
        if name == "M":
            path.moveTo(*values)
        elif name == "L":
            path.lineTo(*values)
        elif name == "C":
            path.curveTo(*values)
        else:
            path.close()
    return path

"""Finds literals that a person sees and that no translator would.

A literal counts as shown by where it flows (``SINKS``: the words of a widget, the sentence of an
error, the help of a command) or by its looks: words with spaces between them, or one capitalised
word, in whatever place is not known to hold keys. ``KEYS`` and ``NEVER`` say which those are.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

GETTEXT = {"_", "_n", "_p"}

SKIPPED = re.compile(
    r"^clinicdesk/(data/(tables|migrations)/|data/(triggers|engine|types)\.py"
    r"|services/demo/|ui/theme/|ui/tour/|domain/translation\.py|language\.py|pseudo\.py"
    r"|documents/(drawing|fonts)\.py)"
)
"""SQL, what only a programmer sees, invented people, colours, the demo day's script."""

_NEVER = """
AssertionError TypeError RuntimeError NotImplementedError KeyError getattr setattr hasattr
setObjectName setStyleSheet compile sub match fullmatch search split rsplit partition rpartition
replace startswith endswith removeprefix removesuffix strip rstrip lstrip count index find TypeVar
NewType ParamSpec Path open encode decode strftime strptime format_date format_datetime format_time
colour pixmap icon execute exec_driver_sql warning info debug error exception critical getLogger
Index CheckConstraint UniqueConstraint ForeignKeyConstraint import_module mapped_column property
QKeySequence shortcut _shortcut isin cast Literal lower act listener HexColor set_defaults ZoneInfo
fromisoformat fromkeys maketrans translate invokeMethod Slot Signal setdefault pop read_text
write_text joinpath glob rglob key_width draw_key QFont font ParagraphStyle TableStyle registerFont
setFont setFillColor QByteArray basicConfig
"""
NEVER = set(_NEVER.split())
"""Calls that show none of their arguments."""

KEYS: dict[str, set[object]] = {
    "Action": {0, 2, 4, 5}, "PageEntry": {0, 2, 3}, "FieldSpec": {0, 2}, "Button": {1, 2, 3},
    "IconButton": {0}, "IconLabel": {0}, "setProperty": {0, 1}, "Chip": {1, 2}, "WayIn": {0},
    "changed": {0, 1}, "add_parser": {0}, "add_argument": {0, 1, 2, "choices", "dest", "action",
    "default", "nargs", "metavar"}, "_add": {1, 2}, "Unavailable": {1}, "Banner": {0},
    "LogWarning": {0}, "require": {0}, "navigate": {0, 1, 2, 3}, "ArgumentParser": {"prog"},
    "add_subparsers": {"dest", "metavar"}, "Hindrance": {0}, "get": {0}, "_pair": {0, 1, 3},
}  # fmt: skip
"""Positions and keywords of a call that hold a key, an icon, a tone."""

_KEY_WORDS = """
key kind icon ondelete tone locale encoding errors mode style pattern tzinfo dialect fontName
extra key_hint server_default surface format
"""
KEY_WORDS = set(_KEY_WORDS.split())

SINKS: dict[str, set[object]] = {
    "Label": {0}, "Button": {0}, "IconButton": {1}, "Chip": {0}, "Dialog": {1}, "Field": {0},
    "TextArea": {0, 1}, "EmptyState": {1, 2}, "setText": {0}, "setToolTip": {0}, "setTitle": {0},
    "setAccessibleName": {0}, "setAccessibleDescription": {0}, "setPlaceholderText": {0},
    "setWindowTitle": {0}, "say": {0}, "warn": {0}, "show_text": {0}, "set_failed": {0},
    "addAction": {0}, "addItem": {0}, "announce": {0}, "note": {0}, "ClinicError": {0},
    "NotFound": {0}, "NotAllowed": {0}, "Unavailable": {0}, "Stale": {0}, "ReasonNeeded": {0},
    "Locked": {0}, "SignInFailed": {0}, "Malformed": {0}, "ArgumentTypeError": {0},
}  # fmt: skip
"""Arguments that are shown whatever they look like, a small word too."""

SINK_WORDS = {"help", "description", "epilog", "tooltip", "placeholder", "tip", "hint", "title",
              "says", "message", "subject", "note"}  # fmt: skip

_NAMES = """
January February March April June July August September October November December
Monday Tuesday Wednesday Thursday Friday Saturday Sunday
ClinicDesk Python Mo Tu We Th Fr Sa Su Mon Tue Wed Thu Fri Sat Sun Jan Feb Mar Apr May Jun Jul Aug
Sep Oct Nov Dec Cc Cs Cf Cn Co Zl Zp
"""
NAMES = set(_NAMES.split()) | {
    "SNOMED CT", "si joint", "contrast allergy", "needs clinic approval", "up to", "fewer than",
    "Sheet-Bold", "This plugin does not support", "moved from",
}  # fmt: skip
"""Names, parts of dates (Babel writes those), and values of files that read like a sentence."""

DATA = (
    (r"importing/(mapping|facts)\.py", r"^[a-z' ]+$"),  # headings that are looked for
    (r"catalogue/strict\.py", r"^ \(at end of document\)$"),  # what tomllib says
    (r"data/errors\.py", r"^[a-z /]+$"),  # what drivers say
    (
        r"domain/places\.py",
        r"^[A-Z]{2}( [A-Z]{2})+$|^\{city\}|^(Mr|Mrs|Miss|Ms|Mx|Dr|Prof|Frau|Herr|Mme|Pr)\b",
    ),
    (r"data/(health|schema)\.py", r"^(PostgreSQL|SQLCipher|PRAGMA|SHOW|IF NOT EXISTS) |_num$"),
    (r"data/shares\.py", r"^x \{\} \{\}$"),  # a line of a mount table
    (r"ui/log/words\.py", r"^ (injection|block)$"),  # ends of the catalogue's names
    (r"anatomy/completion\.py", r"^[a-z ]+$"),
    (r"anatomy/sites\.py", r"^[\w -]* (left|right|midline)$"),  # sites as they are typed
    (r"", r"^medications\.|^(Ctrl|Alt|Shift)[ +]|QPushButton|\{[^{}]*:[^{}]*;"),
)
"""By file, literals that look like a sentence and are none."""

_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>")
_SQL = re.compile(
    r"\b(SELECT|INSERT INTO|UPDATE|DELETE FROM|PRAGMA|ALTER TABLE|CREATE|DROP|SET (LOCAL|"
    r"TRANSACTION)|VACUUM|LOCK TABLE|IS NOT NULL|IS NULL|NOT IN|VALUES|ORDER BY|RESTRICT)\b"
)
_PATTERN = re.compile(r"[dMyEHhmsa]+([ ,./:-]+[dMyEHhmsa]+)+|(%[-A-Za-z]|[ .,:/-])+")
_PROSE = re.compile(
    r"(?:[A-Za-z’'é-]{2,}|[.,;:…“”%)])[ \xa0].*[A-Za-z]|[A-Za-z].*[ \xa0][A-Za-z’'é-]{2,}"
    r"|^[ ,;.(]+[a-z]+|[a-z][.:…]$|[a-z]{2,}[,:;]? $|[A-Z]?[a-z]+ [a-z0-9]$"
    r"|^[A-Z][a-z]+(?:-[A-Z][a-z]+)? [0-9]"
)
_CAPITAL = re.compile(r"(?:[A-Z][a-z]+(?:[-’'][A-Za-z]+)*|[A-Z]-[a-z]{2,})[.…:]?")
_THROUGH = (
    ast.IfExp, ast.BoolOp, ast.Dict, ast.Tuple, ast.List, ast.BinOp, ast.Starred, ast.NamedExpr,
    ast.DictComp, ast.ListComp, ast.GeneratorExp, ast.SetComp, ast.keyword, ast.Subscript,
)  # fmt: skip
_ENDS = (
    ast.Return, ast.Yield, ast.Assign, ast.AugAssign, ast.AnnAssign, ast.arguments, ast.Lambda,
    ast.For, ast.comprehension, ast.FormattedValue,
)  # fmt: skip
_PASSES = {"format", "capitalize", "get", "items", "values", "join"}


@dataclass(frozen=True)
class Stray:
    """A shown literal that goes past gettext."""

    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.line}: {self.text!r}"


def text_of(node: ast.expr) -> str:
    """The literal parts of a string, ``{}`` for each placeholder."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    assert isinstance(node, ast.JoinedStr)
    return "".join(str(v.value) if isinstance(v, ast.Constant) else "{}" for v in node.values)


def is_text(node: ast.AST | None) -> bool:
    """Whether it is a string literal, plain or f."""
    return isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def looks(node: ast.expr) -> str:
    """``sentence`` (or a capitalised word), ``word`` (a small one: perhaps a key) or empty."""
    raw = _MARKUP.sub("", text_of(node))
    bare = raw.replace("{}", "\0")
    if not re.search(r"[A-Za-z]", bare) or _SQL.search(raw) or _PATTERN.fullmatch(raw):
        return ""
    if " " not in bare and re.search(r"[_/\\<>=|]", bare):
        return ""
    if isinstance(node, ast.JoinedStr):
        worded = re.search(r"[A-Za-z]{2,}|[a-z]", bare)
        return "sentence" if worded and (" " in raw or re.search(r"[.:…]$", bare)) else "word"
    if (" " in raw and _PROSE.search(raw)) or _CAPITAL.fullmatch(raw):
        return "sentence"
    ended = re.search(r"[a-z]{2,}[.:…]$", raw) and not re.search(r"[_.]\w", raw)
    return "sentence" if ended else "word"


@lru_cache(maxsize=1)  # the questions about a module come together; one is kept, not hundreds
def _parents(source: str) -> dict[ast.AST, ast.AST]:
    """Every node of a module below its top, outer ones first, with the one it stands in."""
    found: dict[ast.AST, ast.AST] = {}
    nodes: list[ast.AST] = [ast.parse(source)]
    for node in nodes:  # which grows meanwhile
        children = list(ast.iter_child_nodes(node))
        found.update(dict.fromkeys(children, node))
        nodes += children
    return found


def strays(source: str, path: str = "") -> Iterator[Stray]:
    """Every shown literal of a module that does not go through gettext, in order."""
    parents = _parents(source)
    found = [
        Stray(node.lineno, text_of(node))
        for node in parents
        if isinstance(node, ast.expr)
        and is_text(node)
        and not isinstance(parents[node], ast.JoinedStr | ast.Expr)
        and _shown(node, parents)
        and not _is_data(path, text_of(node))
    ]
    yield from sorted(found, key=lambda stray: stray.line)


def formatted_inside(source: str) -> Iterator[int]:
    """Lines where an f-string, or nothing literal at all, is given to gettext."""
    for node in _parents(source):
        if isinstance(node, ast.Call) and _name(node) in GETTEXT:
            words = node.args[:2] if _name(node) == "_n" else node.args
            if not all(isinstance(a, ast.Constant) for a in words):
                yield node.lineno


def hidden(source: str) -> Iterator[int]:
    """Lines where ``_`` is bound to something else in a module that translates with it."""
    nodes = _parents(source)
    imported = any(
        isinstance(node, ast.ImportFrom) and any(name.name == "_" for name in node.names)
        for node in nodes
    )
    for node in nodes:
        bound = isinstance(node, ast.Name) and node.id == "_" and isinstance(node.ctx, ast.Store)
        if imported and (bound or (isinstance(node, ast.arg) and node.arg == "_")):
            yield node.lineno


def _is_data(path: str, text: str) -> bool:
    return text in NAMES or any(re.search(p, path) and re.search(t, text) for p, t in DATA)


def _name(call: ast.Call) -> str:
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _shown(node: ast.expr, parents: dict[ast.AST, ast.AST]) -> bool:
    """Follows a literal outwards until it is plain what becomes of it."""
    best = looks(node)
    if not best:
        return False
    child: ast.AST = node
    up = parents[node]
    while True:
        if isinstance(up, ast.Call):
            return _shown_by(up, child, node, best)
        if isinstance(up, _ENDS):
            return best == "sentence" and not _is_key(up, child, parents)
        if isinstance(up, ast.Attribute):
            if up.attr not in _PASSES:
                return False
            child = parents[up]
        elif isinstance(up, _THROUGH):
            if _holds_a_key(up, child):
                return False
            if any(looks(other) == "sentence" for other in _beside(up, child, parents[up])):
                best = "sentence"
            child = up
        else:
            return False
        up = parents[child]


def _beside(up: ast.AST, child: ast.AST, outer: ast.AST) -> list[ast.expr]:
    """The literals a literal is one of: with a sentence among them all are words.

    Of a table of tuples, those of the same column.
    """
    if isinstance(up, ast.Tuple) and isinstance(outer, ast.Tuple | ast.List) and child in up.elts:
        at = next(n for n, element in enumerate(up.elts) if element is child)
        rows = [row.elts for row in outer.elts if isinstance(row, ast.Tuple)]
        column = [row[at] for row in rows if len(row) > at and is_text(row[at])]
        return [cell for cell in column if " " in text_of(cell)]
    if isinstance(up, ast.IfExp):
        return [branch for branch in (up.body, up.orelse) if is_text(branch)]
    if isinstance(up, ast.BoolOp | ast.Dict):
        return [value for value in up.values if is_text(value)]
    return []


def _holds_a_key(up: ast.AST, child: ast.AST) -> bool:
    return (
        (isinstance(up, ast.Dict) and child in up.keys)
        or (isinstance(up, ast.IfExp) and child is up.test)
        or (isinstance(up, ast.Subscript) and child is up.slice)
        or (isinstance(up, ast.BinOp) and isinstance(up.op, ast.Div))
    )


def _is_key(up: ast.AST, child: ast.AST, parents: dict[ast.AST, ast.AST]) -> bool:
    """An annotation, a value of an enumeration, a name of the module's own."""
    if isinstance(up, ast.AnnAssign) and child is up.annotation:
        return True
    if not isinstance(up, ast.Assign | ast.AnnAssign):
        return False
    owner = parents.get(up)
    if isinstance(owner, ast.ClassDef) and any("Enum" in ast.unparse(b) for b in owner.bases):
        return True
    target = ast.unparse(up.targets[0] if isinstance(up, ast.Assign) else up.target)
    return target.startswith(("__", "(NAME, ", "NAME")) or "sql" in target.lower()


def _shown_by(call: ast.Call, child: ast.AST, node: ast.expr, best: str) -> bool:
    name = _name(call)
    spot: object = child.arg if isinstance(child, ast.keyword) else None
    if spot is None:
        if child not in call.args:
            return False
        spot = next(n for n, argument in enumerate(call.args) if argument is child)
    module = ast.unparse(call.func).split(".")[0]
    if name in GETTEXT | NEVER or module in {"sa", "op", "re", "log", "logging", "os"}:
        return False
    if spot in KEYS.get(name, ()) or spot in KEY_WORDS:
        return False
    if name == "note" and isinstance(call.func, ast.Attribute):
        return False  # what the audit trail keeps
    if name == "Invalid" or spot in SINKS.get(name, ()) or spot in SINK_WORDS:
        return bool(re.search(r"[A-Za-z]{2}", text_of(node)))
    return best == "sentence"

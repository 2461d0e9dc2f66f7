"""Records of a text file: a quote that never closes costs its own line alone."""

from __future__ import annotations

import io

import pytest

from clinicdesk.services.importing.records import records

TABLES: list[tuple[str, list[tuple[int, tuple[str, ...] | None]]]] = [
    ("a,b,c\n", [(1, ("a", "b", "c"))]),
    ('"a,1",b,c\n', [(1, ("a,1", "b", "c"))]),
    ('"say ""a""",b,c\n', [(1, ('say "a"', "b", "c"))]),
    ("6'2\" tall,b,c\n", [(1, ("6'2\" tall", "b", "c"))]),
    ('"1 Elm\nApt 4",b,c\nd,e,f\n', [(1, ("1 Elm\nApt 4", "b", "c")), (3, ("d", "e", "f"))]),
    ('"a\r\nb",c,d\r\n', [(1, ("a\r\nb", "c", "d"))]),
    ('a,"b,c\nd,e,f\n', [(1, None), (2, ("d", "e", "f"))]),
    ('a,"b,c\nd,"e",f\ng,h,i\n', [(1, None), (2, ("d", "e", "f")), (3, ("g", "h", "i"))]),
    ('a,b,"c\nd,e,f\ng,h,i"\n', [(1, None), (2, ("d", "e", "f")), (3, ("g", "h", 'i"'))]),
    ('a,"b"x,c\nd,e,f\n', [(1, None), (2, ("d", "e", "f"))]),
    ('a,b,"c', [(1, None)]),
    ("a,b,c\rd,e,f\r", [(1, ("a", "b", "c")), (2, ("d", "e", "f"))]),
]


@pytest.mark.parametrize(("text", "found"), TABLES)
def test_records(text: str, found: list[tuple[int, tuple[str, ...] | None]]) -> None:
    lines = list(records(io.StringIO(text, newline=""), ",", width=3))
    assert [(line.number, None if line.problem else line.cells) for line in lines] == found


def test_a_quote_that_opens_behind_many_lines_takes_none_of_them() -> None:
    text = 'x,"y,z\n' + "".join(f'{n},"{n} Elm",c\n' for n in range(200))
    lines = list(records(io.StringIO(text, newline=""), ",", width=3))
    assert [line.number for line in lines if line.problem] == [1]
    assert len(lines) == 201

"""Which encoding a text file is in: known by its mark or by being UTF-8, else guessed and said."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from clinicdesk.domain.errors import Malformed
from clinicdesk.domain.translation import _

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_CHUNK = 1024 * 1024
_WORDS = 2000
"""Words with such letters that are looked at."""
_HIGH = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
_CANDIDATES = ("cp1252", "cp850", "mac_roman", "cp1250")
"""Windows, DOS and old Macs in the West, Windows in Central Europe; likeliest first."""


@dataclass(frozen=True)
class Encoding:
    """What was found.

    Attributes:
        name: to decode with.
        guessed: nothing in the file says so.
        doubtful: letters come out that are none: a person must say which encoding it is.
        sample: a word as it would be read in each encoding that is possible.
    """

    name: str
    guessed: bool = False
    doubtful: bool = False
    sample: tuple[tuple[str, str], ...] = ()


def find_encoding(path: Path) -> Encoding:
    """Reads the file once, piece by piece; raises Malformed for what is no text, and OSError."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    words: dict[bytes, None] = {}
    first, is_utf8 = True, True
    with path.open("rb") as file:
        while piece := file.read(_CHUNK):
            if first:
                for mark, name in _BOMS:
                    if piece.startswith(mark):
                        return Encoding(name)
                first = False
            if b"\0" in piece:
                raise _no_text(path)
            if is_utf8:
                try:
                    decoder.decode(piece)
                except UnicodeDecodeError:
                    is_utf8 = False
            if not piece.isascii() and len(words) < _WORDS:
                words.update(dict.fromkeys(_HIGH.findall(piece)[:_WORDS]))
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        is_utf8 = False
    return Encoding("utf-8") if is_utf8 else _guessed(tuple(words))


def _no_text(path: Path) -> Malformed:
    return Malformed(
        _("{path_name} is not a text file. Save the list as CSV, then choose it.").format(
            path_name=path.name
        )
    )


def _guessed(words: tuple[bytes, ...]) -> Encoding:
    """Windows-1252 where all its letters are letters; else a person is asked."""
    likely = [name for name in _CANDIDATES if _only_letters(words, name)]
    if likely[:1] == ["cp1252"]:
        return Encoding("cp1252", guessed=True)
    # Likelier first: no word has a capital behind a small letter (JosÄ), or a second one (MÅller).
    likely.sort(key=lambda name: _odd_capitals(words, name))
    longest = max(words, key=len)
    sample = tuple((name, longest.decode(name)) for name in likely)
    return Encoding(likely[0] if likely else "latin-1", guessed=True, doubtful=True, sample=sample)


def _decoded(words: tuple[bytes, ...], name: str) -> list[str] | None:
    try:
        return [word.decode(name) for word in words]
    except UnicodeDecodeError:
        return None


def _only_letters(words: tuple[bytes, ...], name: str) -> bool:
    """Whether every sign inside or beside letters is a letter (quotes and dashes stand alone)."""
    read = _decoded(words, name)
    return read is not None and all(_is_word(word) for word in read)


def _is_word(word: str) -> bool:
    if not any(c.isalpha() for c in word):
        return True
    plain = word.strip("‘’“”–—…«»°§®™\xa0")
    return all(c.isalpha() or c == "’" for c in plain) and (plain == word or plain.isascii())


def _odd_capitals(words: tuple[bytes, ...], name: str) -> int:
    read = _decoded(words, name) or []
    return sum(not (word.islower() or word.isupper() or word.istitle()) for word in read)

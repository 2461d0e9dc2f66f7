"""A language nobody speaks, made from the English: what shows it is translatable, and has room.

Each letter bears an accent, each sentence is a third longer and stands in ``⟦⟧``; a plain letter
on the screen is then a word that no translator would ever get to see. Ask for it with
``CLINICDESK_LANGUAGE=qps``.
"""

from __future__ import annotations

import re
from math import ceil

CODE = "qps"
_LONGER = 0.35
_PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
# Letters the project's typeface has; where it has none with an accent, a Greek one.
_ACCENTED = "áḇçđéƒĝĥíĵķļṁńóρθŕšťúνŵχýžÁḆÇĐÉΦĜĤÍĴĶĻṀŃÓΡΘŔŠŤÚΛŴΧÝŽ"
_LETTERS = str.maketrans(_PLAIN, _ACCENTED)
# Placeholders, doubled braces, mark-up, entities, file patterns: what the program reads itself.
_KEPT = re.compile(r"\{\{|\}\}|\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}|</?[a-zA-Z][^<>]*>|&\w+;|\*\.\w+")
# Names of months and weekdays, and what people type for a day: columns have their width.
_SHORT = frozenset({"calendar", "typed day"})
_FILL = "ķóŕ ļáņģéŕ ŵóŕđš ťĥáń íń Éńĝļíšĥ "


def accented(message: str) -> str:
    """``in {count} days`` as ``íń {count} ďáŷš``: no longer, for what a person types."""
    text, end = "", 0
    for kept in _KEPT.finditer(message):
        text += message[end : kept.start()].translate(_LETTERS) + kept.group()
        end = kept.end()
    return text + message[end:].translate(_LETTERS)


def pseudo(message: str) -> str:
    """``Save {name}.`` as ``⟦Šáνé {name}. ķóŕ⟧``; what is no word stays as it is."""
    letters = sum(map(str.isalpha, _KEPT.sub("", message)))
    if not letters:
        return message
    text = accented(message)
    more = ceil(letters * _LONGER)
    fill = (_FILL * (more // len(_FILL) + 1))[:more].strip()
    body = text.rstrip()
    lead = len(body) - len(body.lstrip())
    return f"{body[:lead]}⟦{body[lead:]} {fill}⟧{text[len(body) :]}"


class PseudoTranslations:
    """Answers every sentence in the pseudo-language."""

    def gettext(self, message: str, /) -> str:
        """The sentence, longer and accented."""
        return pseudo(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int, /) -> str:
        """The English rule of one and many."""
        return pseudo(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str, /) -> str:
        """The sentence alone: the context is for translators; names in dates stay short."""
        return accented(message) if context in _SHORT else pseudo(message)

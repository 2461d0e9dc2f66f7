"""What several commands take: numbers of records, packs, formats, a planned procedure."""

from __future__ import annotations

import argparse
import re
from decimal import Decimal, InvalidOperation

from clinicdesk.cli.output import FORMATS
from clinicdesk.domain.translation import _

_MOST = Decimal(100_000)
"""Milligrams or millilitres that nobody gives: no limit of ours on a dose."""
_FINEST = 6
"""Places after the point."""


def add_pack(parser: argparse.ArgumentParser) -> None:
    """The pack a command is about."""
    parser.add_argument("pack", metavar="PACK", help=_("the id of a pack, or a .toml file"))


def add_format(parser: argparse.ArgumentParser) -> None:
    """As what a list is written."""
    parser.add_argument("--format", choices=FORMATS, default="text")


def add_planned(parser: argparse.ArgumentParser, *, needed: bool = True) -> None:
    """For whom what is planned, and where."""
    parser.add_argument("--patient", required=needed, type=record_id, metavar="ID")
    parser.add_argument("--procedure", required=needed, metavar="PROCEDURE")
    parser.add_argument("--site", required=needed, action="append", metavar="SITE")
    parser.add_argument("--intent", choices=("diagnostic", "therapeutic"))


def count(text: str) -> int:
    """A whole number above 0; raises ArgumentTypeError, as all of these do."""
    value = _whole(text)
    if value < 1:
        raise argparse.ArgumentTypeError(
            _("“{text}” is not a whole number above 0").format(text=text)
        )
    return value


def record_id(text: str) -> int:
    """The number of a record, as the databases can hold it."""
    value = _whole(text)
    if not 0 < value < 2**63:
        raise argparse.ArgumentTypeError(
            _("“{text}” is not the number of a record").format(text=text)
        )
    return value


def _whole(text: str) -> int:
    if not text.isascii() or not text.removeprefix("-").isdigit() or len(text) > 20:
        raise argparse.ArgumentTypeError(_("“{text}” is not a whole number").format(text=text))
    return int(text)


def pair(text: str) -> tuple[str, str]:
    """``COLUMN=FIELD``; the column itself may hold an equals sign."""
    column, equals, field = text.rpartition("=")
    if not equals or not column:
        raise argparse.ArgumentTypeError(_("“{text}” is not COLUMN=FIELD").format(text=text))
    return column, field


def steroid(text: str) -> tuple[str, Decimal]:
    """``DRUG:MG``, the drug in small letters."""
    drug, colon, amount = text.rpartition(":")
    try:
        mg = Decimal(amount)
    except InvalidOperation:
        mg = Decimal(0)
    if not colon or not drug.strip() or not _sensible(mg):
        raise argparse.ArgumentTypeError(
            _("“{text}” is not DRUG:MG, for example dexamethasone:10").format(text=text)
        )
    return drug.strip().casefold(), mg


def _sensible(amount: Decimal) -> bool:
    """Above 0, and no figure of a thousand digits: it would have to be counted with."""
    return amount.is_finite() and 0 < amount < _MOST and amount.adjusted() >= -_FINEST


def medication(text: str) -> tuple[str, Decimal]:
    """``PRODUCT:ML``, the product a key of the catalogue."""
    product, colon, amount = text.rpartition(":")
    try:
        ml = Decimal(amount)
    except InvalidOperation:
        ml = Decimal(0)
    if not colon or not product.strip() or not _sensible(ml):
        raise argparse.ArgumentTypeError(
            _("“{text}” is not PRODUCT:ML, for example dexamethasone-10:1").format(text=text)
        )
    return product.strip(), ml


def language(text: str) -> str:
    """``fr``, ``pt-BR``; whether there are texts in it is said by the print."""
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", text):
        raise argparse.ArgumentTypeError(
            _("“{text}” is not the code of a language, such as fr").format(text=text)
        )
    name, dash, region = text.partition("-")
    return name.lower() + dash + region

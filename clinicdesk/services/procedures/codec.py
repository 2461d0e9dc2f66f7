"""The log's form as JSON: for drafts, and for the snapshot that a signature seals."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from clinicdesk.domain.medications import amount_text
from clinicdesk.domain.rows.log import LogForm

if TYPE_CHECKING:
    from cattrs import Converter


def form_to_json(form: LogForm) -> dict[str, Any]:
    """Plain JSON values; decimals as the text of the number, dates as YYYY-MM-DD."""
    body: dict[str, Any] = _converter().unstructure(form)
    return body


def form_from_json(body: Mapping[str, Any], fallback: LogForm) -> LogForm:
    """The form again; what an older draft does not hold comes from ``fallback``."""
    return _converter().structure({**form_to_json(fallback), **body}, LogForm)


@lru_cache(maxsize=1)
def _converter() -> Converter:
    """Reads and writes the form by the types of its fields; keys it does not know are passed by."""
    from cattrs import Converter

    converter = Converter(unstruct_collection_overrides={tuple: list}, detailed_validation=False)
    converter.register_unstructure_hook(Decimal, amount_text)
    converter.register_unstructure_hook(date, date.isoformat)
    converter.register_structure_hook(Decimal, _amount)
    converter.register_structure_hook(date, _day)
    for kind in (str, bool, int):
        converter.register_structure_hook(kind, _same)
    return converter


def _amount(value: Any, _: type) -> Decimal:  # noqa: ANN401 - JSON has no narrower type
    return Decimal(value)


def _day(value: Any, _: type) -> date:  # noqa: ANN401 - JSON has no narrower type
    return date.fromisoformat(value)


def _same(value: Any, kind: type) -> Any:  # noqa: ANN401 - JSON has no narrower type
    """Taken as it stands: what is of another type is an error, never made to fit."""
    if not isinstance(value, kind):
        raise TypeError(f"expected {kind.__name__}, not {value!r}")
    return value


_LATER = ("day_reason", "answers")
"""Fields younger than the first signatures: left out while empty, so that those still hold."""


def sealed_form(form: LogForm) -> dict[str, Any]:
    """The form as a signature seals it."""
    body = form_to_json(form)
    return {key: value for key, value in body.items() if value or key not in _LATER}


def snapshot(
    form: LogForm,
    *,
    patient: Mapping[str, str],
    signer: Mapping[str, str],
    products: Mapping[str, str],
    signed_at: datetime,
    catalogue: str,
) -> str:
    """What is signed, as canonical JSON: sorted keys, no spaces, UTF-8 text as it is.

    Names stand beside ids, so that the record reads without the database it came from.
    """
    content = {
        "kind": "clinicdesk.procedure",
        "format": 1,
        "procedure": sealed_form(form),
        "patient": dict(patient),
        "products": dict(products),
        "signer": dict(signer),
        "signed_at": signed_at.isoformat(),
        "catalogue": catalogue,
    }
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def seal(text: str) -> str:
    """SHA-256 of a snapshot, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()

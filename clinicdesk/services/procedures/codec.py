"""The log's form as JSON: for drafts, and for the snapshot that a signature seals."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from clinicdesk.domain.medications import amount_text
from clinicdesk.domain.rows.log import LogForm, MedicationEntry

_DATES = frozenset({"performed_on", "expiry"})
_AMOUNTS = frozenset(
    {
        "volume_ml",
        "dose",
        "waste_ml",
        "fluoroscopy_seconds",
        "air_kerma_mgy",
        "kap_ugym2",
        "pain_before",
        "pain_after",
    }
)
_LISTS = frozenset({"sites", "complications"})


def form_to_json(form: LogForm) -> dict[str, Any]:
    """Plain JSON values; decimals as the text of the number, dates as YYYY-MM-DD."""
    body = {field.name: _plain(getattr(form, field.name)) for field in fields(form)}
    body["medications"] = [entry_to_json(entry) for entry in form.medications]
    return body


def entry_to_json(entry: MedicationEntry) -> dict[str, Any]:
    """One line of the table."""
    return {field.name: _plain(getattr(entry, field.name)) for field in fields(entry)}


def _plain(value: object) -> Any:  # noqa: ANN401 - JSON has no narrower type
    if isinstance(value, Decimal):
        return amount_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    return value


def form_from_json(body: Mapping[str, Any], fallback: LogForm) -> LogForm:
    """The form again; what an older draft does not hold comes from ``fallback``."""
    values = {field.name: getattr(fallback, field.name) for field in fields(fallback)}
    for name in values:
        if name == "medications" and name in body:
            values[name] = tuple(entry_from_json(entry) for entry in body[name])
        elif name in body:
            values[name] = _rich(name, body[name])
    return LogForm(**values)


def entry_from_json(body: Mapping[str, Any]) -> MedicationEntry:
    """One line of the table again."""
    known = {field.name for field in fields(MedicationEntry)}
    return MedicationEntry(**{name: _rich(name, body[name]) for name in body if name in known})


def _rich(name: str, value: Any) -> Any:  # noqa: ANN401 - JSON has no narrower type
    if value is None:
        return None
    if name in _DATES:
        return date.fromisoformat(value)
    if name in _AMOUNTS:
        return Decimal(value)
    return tuple(value) if name in _LISTS else value


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
        "procedure": form_to_json(form),
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

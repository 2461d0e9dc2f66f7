"""Time kept for something without a patient."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from clinicdesk.data.tables import Block, Claim
from clinicdesk.data.tx import Tx


def add_block(
    tx: Tx,
    kind: str,
    label: str,
    start: datetime,
    length: timedelta,
    day: date,
    resources: Sequence[int],
) -> int:
    """Keeps time of resources; returns the block's id.

    Raises:
        Clash: a resource is taken then.
    """
    block = tx.add(
        Block(kind=kind, label=label, starts_at=start, ends_at=start + length, local_date=day)
    )
    for resource_id in resources:
        tx.add(
            Claim(
                block_id=block.id,
                resource_id=resource_id,
                role="block",
                starts_at=start,
                ends_at=start + length,
            )
        )
    tx.changed("block", day=day)
    return block.id

"""How large a file of knowledge or cases may be: what would take long to read is refused before."""

from __future__ import annotations

from pathlib import Path

from clinicdesk.domain.errors import Malformed
from clinicdesk.domain.translation import _

TOML_BYTES = 128 * 1024
"""Five times the largest of ours."""
JSON_BYTES = 512 * 1024
"""Twenty times the cases of the contract."""


def read_up_to(path: Path, most: int) -> bytes:
    """What a file holds, devices without an end included.

    Raises:
        Malformed: it is larger than ``most`` bytes.
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise Malformed(
            _("{path}: is larger than {most} KB, more than can be meant. Split it.").format(
                path=path, most=most // 1024
            )
        )
    return content

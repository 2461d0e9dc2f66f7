"""The kinds of rule a pack may use; ``REGISTRY`` is the only list of them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from clinicdesk.rules.kinds import (
    block,
    cap,
    dose,
    drugs,
    early,
    gap,
    guidance,
    joints,
    later,
    limits,
    mix,
    prerequisite,
    prolonged,
    reason,
    response,
    succeeded,
)
from clinicdesk.rules.kinds.base import KindOfRule

REGISTRY: Mapping[str, KindOfRule] = MappingProxyType(
    {
        "cap": cap.KIND,
        "gap": gap.KIND,
        "early": early.KIND,
        "response": response.KIND,
        "prolonged": prolonged.KIND,
        "block": block.KIND,
        "succeeded": succeeded.KIND,
        "prerequisite": prerequisite.KIND,
        "limits": limits.KIND,
        "guidance": guidance.KIND,
        "dose": dose.KIND,
        "drugs": drugs.KIND,
        "prosthesis": joints.PROSTHESIS,
        "arthroplasty": joints.ARTHROPLASTY,
        "mix": mix.KIND,
        "reason": reason.KIND,
        "later": later.KIND,
    }
)

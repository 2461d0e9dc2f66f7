"""The kinds of rule a pack may use, one module each; ``REGISTRY`` is the only list of them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from clinicdesk.rules.kinds import cap, gap
from clinicdesk.rules.kinds.base import KindOfRule

REGISTRY: Mapping[str, KindOfRule] = MappingProxyType({"cap": cap.KIND, "gap": gap.KIND})

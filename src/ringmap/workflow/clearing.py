"""Findings cleared as the user asked; that victims were asked for by name is recorded first."""

import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ringmap.disclosure import PROTECT, Cleared, Policy, clear
from ringmap.errors import DisclosureError
from ringmap.graph import RingGraph
from ringmap.store import Disclosure, log_disclosure
from ringmap.workflow.choices import Asking, Choices
from ringmap.workflow.sources import Opened


def clear_for(
    opened: Opened,
    choices: Choices,
    asking: Asking,
    *,
    graphs: Mapping[str, RingGraph] | None = None,
    findings: Mapping[str, Any] | None = None,
) -> Cleared:
    """Clear under the policy asked for; asking for victims by name is recorded first.

    Raises
    ------
    DisclosureError
        If victims are asked for by name where nothing can record it.
    """
    policy = PROTECT
    if choices.show_victims:
        _record(opened, asking)
        policy = Policy(show_victims=True)
    return clear(opened.case, key=opened.key, graphs=graphs, findings=findings, policy=policy)


def _record(opened: Opened, asking: Asking) -> None:
    if opened.store is None:
        case = shlex.quote(f"{Path(opened.name).name}.ringmap")
        raise DisclosureError(
            "victims are shown by name only from a store, which records that you asked",
            hint=f"first run: ringmap load SOURCE --into {case}",
        )
    entry = Disclosure(
        asking.asked_at, asking.asked_by, asking.command, asking.output, "victims by name"
    )
    log_disclosure(opened.store, entry)

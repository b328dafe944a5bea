"""Networks that the tests of this room share."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from analysis.networks import network_of
from ringmap.graph import RingGraph

REFERENCE = Path(__file__).resolve().parents[3] / "shared" / "reference"
Network = Callable[..., RingGraph]


@pytest.fixture
def network() -> Network:
    """Makes a small network from its ties."""
    return network_of


@pytest.fixture(params=["kite", "karate", "davis_bipartite", "ring_directed"])
def reference(request: pytest.FixtureRequest) -> dict[str, Any]:
    """A published or invented network with values that were computed from the definitions."""
    file = REFERENCE / f"{request.param}.json"
    if not file.is_file():
        pytest.skip("the reference values are not beside this repository (../shared/reference)")
    told: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return told

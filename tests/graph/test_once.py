"""What graphs of one case file have in common is worked out once."""

from __future__ import annotations

import gc
import weakref
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from ringmap.graph import build_graph
from ringmap.records import read

SAMPLE = Path(__file__).parents[2] / "sample_graphs" / "bride_line"


@pytest.fixture
def case():
    """A case file with legs, stays and stages."""
    return read(SAMPLE).case


def test_legs_and_stages_are_the_same_in_each_graph_and_belong_to_it(case):
    """Somebody who changes those of one graph changes no other."""
    first, second = build_graph(case), build_graph(case, projection="people", as_of="2019-12-31")
    assert len(first.legs)
    assert len(first.stages)
    pd.testing.assert_frame_equal(first.legs, second.legs)
    first.legs["event"] = "changed"
    first.legs.loc[0, "case"] = "changed"
    first.stages["party"] = "changed"

    assert "changed" not in set(build_graph(case).legs["event"])
    assert "changed" not in set(build_graph(case).legs["case"])
    assert "changed" not in set(build_graph(case).stages["party"])


def test_a_case_file_made_from_another_has_legs_of_its_own(case):
    """The first event alone is one leg or none, not those of the whole."""
    whole = build_graph(case)
    short = replace(case, events=case.events.iloc[:1])

    assert len(build_graph(short).legs) <= 1 < len(whole.legs)


def test_nothing_is_kept_of_a_case_file_that_is_gone(case):
    """Case files are the most sensitive there is, and large."""
    gone = replace(case)
    there = weakref.ref(gone)
    build_graph(gone)
    del gone
    gc.collect()

    assert there() is None

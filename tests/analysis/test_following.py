"""Rings over time: mergers and splits by hand, windows of every length, doubts that are told."""

from __future__ import annotations

import itertools

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ringmap.analysis import find_rings, follow_rings
from ringmap.errors import GraphError
from ringmap.graph import graph_from_ties

A, B = (tuple(f"{letter}{number}" for number in range(5)) for letter in "ab")


def all_tied(members, first, last=None):
    """A tie of that date between each two."""
    return [(a, b, first, last) for a, b in itertools.combinations(members, 2)]


def graph_of(*groups, parties=None):
    """A network of dated ties."""
    ties = pd.DataFrame(list(itertools.chain(*groups)),
                        columns=["source", "target", "first", "last"])  # fmt: skip
    return graph_from_ties(ties.astype("object"), parties)


def connected_rings(graph, *, seed=0):
    """What `find_rings` gives where there is no structure, at no cost: the connected parts."""
    parts = [sorted(one) for one in nx.connected_components(nx.Graph(graph.to_networkx()))]
    parts = sorted((one for one in parts if len(one) > 2), key=lambda one: (-len(one), one))
    rows = [(name, f"R{at}", 1.0, 1.0) for at, one in enumerate(parts, start=1) for name in one]
    table = pd.DataFrame(rows, columns=["party", "ring", "share", "stability"])
    told = {"found": True, "verdict": "rings", "verdict_vi": "đường dây"}
    table.attrs = {"significance": told}
    return table


@pytest.fixture
def cheap(monkeypatch):
    """Follows connected parts: for what does not hang on how rings are found."""
    monkeypatch.setattr("ringmap.analysis.following.find_rings", connected_rings)


MERGER = (all_tied(A, "2018"), all_tied(B, "2018-04"), all_tied(A + B, "2019-02-03"),
          all_tied(A, "2020"), all_tied(B, "2020"))  # fmt: skip


@pytest.fixture(scope="module")
def merger():
    """Two rings of five in 2018, one of ten in 2019, the same two in 2020."""
    return follow_rings(graph_of(*MERGER))


def test_two_rings_merge_and_split_again(merger):
    """By hand: 5 of 5 go into the ten, 5 of the ten into each; 5 / 10 are in both."""
    told = merger.rings.set_index(["window", "ring"])

    assert told["origin"].tolist() == ["start", "start", "merged", "split", "split"]
    assert told["fate"].tolist() == ["merged", "merged", "split", "end", "end"]
    assert told["members"].tolist() == [5, 5, 10, 5, 5]
    assert told["thread"].tolist() == ["T1", "T2", "T1", "T1", "T3"]
    assert merger.links["common"].tolist() == [5, 5, 5, 5]
    assert merger.links["overlap"].tolist() == [1.0] * 4
    assert merger.links["jaccard"].tolist() == [0.5] * 4
    assert "R1 of 2018 (5 of its 5 members), R2 of 2018" in told.loc[("2019", "R1"), "because"]
    assert "R1 kỳ 2018 (5 trong 5" in told.loc[("2019", "R1"), "because_vi"]


def test_a_merger_in_a_window_without_structure_is_doubted(merger):
    """All ten know each other in 2019: nothing says that they are one ring rather than two."""
    assert merger.windows.set_index("window")["found"].to_dict() == {
        "2018": True, "2019": False, "2020": True,
    }  # fmt: skip
    assert all("no ring structure beyond chance in 2019" in one for one in merger.rings["doubt"])
    assert all("không chia nhỏ" in one for one in merger.rings["doubt_vi"])


def test_members_and_windows_are_told(merger):
    """Everybody of a window has a row; ties are counted as recorded."""
    sizes = merger.members.groupby(["window", "ring"], sort=False)["party"].nunique()

    assert sizes.tolist() == [5, 5, 10, 5, 5]
    assert merger.windows["ties"].tolist() == [20, 45, 20]
    assert merger.windows["in_rings"].tolist() == [10, 10, 10]
    assert merger.because.startswith("5 rings in 3 years, in 3 threads; 85 ties, none without")


def test_growing_shrinking_dying_and_being_born(cheap):
    """Three, then five, then four, then nothing; another three come up in 2021."""
    found = follow_rings(graph_of(all_tied(A[:3], "2018"), all_tied(A, "2019"),
                                  all_tied(A[1:], "2020"), all_tied(B[:3], "2021")))  # fmt: skip

    assert found.rings["origin"].tolist() == ["start", "grew", "shrank", "born"]
    assert found.rings["fate"].tolist() == ["grew", "shrank", "died", "end"]
    assert found.rings["thread"].tolist() == ["T1", "T1", "T1", "T2"]
    assert found.rings["overlap"].fillna(-1).tolist() == [-1, 1, 1, -1]
    assert "3 members only" in found.rings["doubt"].iloc[0]


def test_a_ring_that_is_missing_for_a_year_comes_back(cheap):
    """With patience it is the same ring, and the gap is told; without, it died."""
    graph = graph_of(all_tied(A, "2018"), all_tied(B, "2019"), all_tied(A, "2020"))
    patient, not_patient = (follow_rings(graph, patience=one) for one in (1, 0))

    assert patient.rings["thread"].tolist() == ["T1", "T2", "T1"]
    assert "missing for 1 window in between" in patient.rings["doubt"].iloc[2]
    assert not_patient.rings["fate"].tolist() == ["died", "died", "end"]
    assert not_patient.rings["thread"].tolist() == ["T1", "T2", "T3"]


def test_what_is_left_of_a_ring_that_died_is_told(cheap):
    """Two of the five go on meeting, which is no ring."""
    found = follow_rings(graph_of(all_tied(A, "2018"), all_tied(A[:2], "2019")))

    assert found.rings["fate"].tolist() == ["died"]
    assert "members who still have ties in the next window: 2" in found.rings["doubt"].iloc[0]


def test_victims_of_each_year_do_not_make_another_ring(cheap):
    """Three offenders with ten new victims each year: 3 of 13 are in both, all who matter."""
    core = ("o1", "o2", "o3")
    victims = [tuple(f"v{year}{number}" for number in range(10)) for year in (18, 19)]
    ties = [all_tied(core, f"20{year}") for year in (18, 19)]
    ties += [[(one, victim, f"20{year}", None) for one in core for victim in some]
             for year, some in zip((18, 19), victims, strict=True)]  # fmt: skip
    parties = pd.DataFrame({"party": [*core, *victims[0], *victims[1]]})
    parties["side"] = ["victim" if one.startswith("v") else "offender" for one in parties["party"]]
    with_sides, without = (follow_rings(graph_of(*ties, parties=one)) for one in (parties, None))

    assert with_sides.rings["thread"].tolist() == ["T1", "T1"]
    assert with_sides.rings["fate"].tolist() == ["continued", "end"]
    assert with_sides.rings["victims"].tolist() == [10, 10]
    assert "victims are not counted" in with_sides.rings["because"].iloc[0]
    assert without.rings["thread"].tolist() == ["T1", "T2"]


def test_a_tie_dated_by_its_year_lies_in_every_month_and_is_unsure_there(cheap):
    """Of 2019 it counts in all twelve; a tie of a day only in its own month."""
    found = follow_rings(graph_of(all_tied(A, "2019"), all_tied(B, "2019-03-05")), by="month")

    assert found.windows["window"].tolist() == [f"2019-{month:02d}" for month in range(1, 13)]
    assert found.windows["ties"].tolist() == [10, 10, 20, *([10] * 9)]
    assert found.windows["unsure"].tolist() == [10] * 12
    assert "10 of the window's 20 ties may lie in another window" in "".join(found.rings["doubt"])


@pytest.mark.parametrize(
    ("by", "windows", "unsure"),
    [("year", ["2018", "2019", "2020"], [1, 0, 0]), ("quarter", ["2018-Q1", "2018-Q4"], [1, 1])],
)
def test_windows_of_awkward_dates(cheap, by, windows, unsure):
    """Intervals, estimates, an end without a beginning, dates the wrong way round."""
    dates = {
        "year": [("2018~", None), ("2019-11", "2019-02"), (None, "2020/..")],
        "quarter": [("2018-02~", None), ("2018-10/2018-12~", None)],
    }[by]
    ties = [(f"x{at}", f"y{at}", *pair) for at, pair in enumerate(dates)]
    found = follow_rings(graph_of(ties), by=by)

    assert found.windows["window"].tolist() == windows
    assert found.windows["unsure"].tolist() == unsure
    assert found.because.startswith("nothing here")


def test_undated_ties_are_left_out_and_counted_or_kept_on_request(cheap):
    """A kinship without a date ties two rings only when it is asked to."""
    graph = graph_of(all_tied(A[:4], "2018"), all_tied(B[:4], "2018"),
                     [(a, b, None, None) for a, b in itertools.product(A[:4], B[:4])])  # fmt: skip
    left_out, kept = follow_rings(graph), follow_rings(graph, with_undated=True)

    assert dict(left_out.counts) == {"ties": 28, "dated": 12, "undated": 16}
    assert len(left_out.rings) == 2
    assert "16 of 28 ties have no date and are left out" in left_out.because
    assert len(kept.rings) == 1
    assert "16 trong 28" in kept.because_vi


@pytest.mark.parametrize("ties", [[], [("a", "b", None, None)]])
def test_without_dates_there_is_nothing_to_follow(ties):
    """Empty tables with their columns, and a sentence."""
    found = follow_rings(graph_of(ties))

    assert found.because.startswith("nothing here")
    assert found.because_vi.startswith("không có gì ở đây")
    for name in ("rings", "links", "members", "windows"):
        assert getattr(found, name).empty
        assert len(getattr(found, name).columns)


@pytest.mark.parametrize("wrong", [{"by": "week"}, {"patience": -1}])
def test_a_wrong_question_is_refused_with_a_hint(wrong):
    """A window that is none, and a negative patience."""
    with pytest.raises(GraphError) as refused:
        follow_rings(graph_of(all_tied(A, "2018")), **wrong)

    assert refused.value.hint


def test_the_same_ties_give_the_same_bytes_whatever_their_order():
    """Rows shuffled, with rings as they are really found."""
    ends = np.random.default_rng(5).integers(0, 14, (36, 2)).astype(str)
    ties = pd.DataFrame(ends, columns=["source", "target"]).assign(first="2018")
    one, other = (follow_rings(graph_from_ties(some), seed=3)
                  for some in (ties, ties.sample(frac=1, random_state=1)))  # fmt: skip

    for name in ("rings", "links", "members", "windows"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name), check_exact=True)
    assert one.because == other.because


def test_the_rings_of_a_window_are_those_that_are_found_in_its_ties(merger):
    """A twin: `find_rings` asked of the ties of 2018 alone."""
    told = merger.members
    expected = find_rings(graph_of(*MERGER[:2]))

    assert told[told["window"] == "2018"][["party", "ring", "share"]].to_dict("list") == (
        expected[["party", "ring", "share"]].to_dict("list")
    )


@settings(max_examples=7, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(ties=st.lists(st.tuples(st.integers(0, 15), st.integers(0, 15), st.integers(2017, 2021)),
                     max_size=40), isolates=st.integers(0, 2))  # fmt: skip
def test_what_must_hold_of_any_network(cheap, ties, isolates):
    """Links agree with who is in both; threads never branch; isolates change nothing."""
    rows = [(str(a), str(b), str(year), None) for a, b, year in ties]
    found = follow_rings(graph_of(rows))
    names = sorted({end for row in rows for end in row[:2]} | {f"x{at}" for at in range(isolates)})
    more = follow_rings(graph_of(rows, parties=pd.DataFrame({"party": names})))
    sets = {key: set(group) for key, group in found.members.groupby(["window", "ring"])["party"]}

    pd.testing.assert_frame_equal(found.rings, more.rings)
    for link in found.links.itertuples():
        a, b = sets[link.from_window, link.from_ring], sets[link.to_window, link.to_ring]
        assert link.common == len(a & b) >= 2
        assert link.overlap == pytest.approx(len(a & b) / min(len(a), len(b)))
        assert link.jaccard == pytest.approx(len(a & b) / len(a | b))
    assert not found.rings.duplicated(["window", "thread"]).any()
    linked = set(zip(found.links["from_window"], found.links["from_ring"], strict=True))
    ended = found.rings[found.rings["fate"].isin(["died", "end"])]
    assert linked.isdisjoint(zip(ended["window"], ended["ring"], strict=True))
    for window, group in found.rings.groupby("window"):
        assert group["members"].tolist() == [len(sets[window, ring]) for ring in group["ring"]]

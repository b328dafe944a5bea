"""The compiled kernels: the same as their plain twins, as igraph and as networkx."""

from __future__ import annotations

import shutil
import sys

import igraph
import networkx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.running import SAMPLES, run
from ringmap import kernels
from ringmap.analysis import find_brokers, find_way, list_within
from ringmap.analysis.passing import passing
from ringmap.analysis.positions import page_rank
from ringmap.graph import graph_from_ties
from ringmap.kernels import library, networks
from ringmap.kernels.library import call

NAMES = range(12)
TIES = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES), st.sampled_from([1, 1, 2, 3, 0.5])),
    max_size=30,
)


def test_they_are_there():
    """Whoever runs the tests installed ringmap with a compiler: nothing below is skipped."""
    assert kernels.compiled()


def contacts(pairs, count):
    """Contacts of pairs, in any order, each once."""
    ends = np.array(
        sorted({(min(a, b), max(a, b)) for a, b, *_ in pairs if a != b}), dtype=np.int64
    )
    ends = ends.reshape(-1, 2)
    return kernels.contacts_of_pairs(count, ends[:, 0], ends[:, 1]), ends


def ground_of(found):
    """Where to walk among contacts without direction."""
    return kernels.Ground((found.start, found.to), (found.start, found.to))


def random_pairs(seed, count, ties):
    """Pairs of so many parties, drawn by lot."""
    return np.random.default_rng(seed).integers(0, count, (ties, 2)).tolist()


@pytest.fixture
def plain(monkeypatch):
    """Turns the compiled library off."""

    def off():
        monkeypatch.setattr(networks, "library", lambda: None)

    return off


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("seed", range(6))
def test_every_column_of_brokers_is_the_same_without_them(seed, directed, plain):
    """To the last bit: several parts, trees, circles, equal ways, strengths far apart, isolates."""
    random = np.random.default_rng(seed)
    ends = random.integers(0, 60, (70, 2))
    strengths = random.choice([1, 2, 3, 6, 1e-3, 1e3], 70) if seed % 2 else np.ones(70)
    ties = pd.DataFrame({"source": ends[:, 0], "target": ends[:, 1], "weight": strengths})
    graph = graph_from_ties(ties, pd.DataFrame({"party": range(66)}), directed=directed)
    quick = find_brokers(graph)
    plain()
    slow = find_brokers(graph_from_ties(ties, graph.parties[["party"]], directed=directed))

    pd.testing.assert_frame_equal(quick, slow, check_exact=True)


@pytest.mark.parametrize(
    ("words", "case"),
    [
        ("brokers", "fraud_compound"),
        ("removal --steps 5", "bride_line"),
        ("evolution", "infant_line"),
    ],
)
def test_what_is_printed_is_the_same_without_them(words, case, plain):
    """Byte by byte, whole tables of invented cases: a laptop without a compiler tells the same."""
    command, *options = words.split()
    quick = run(command, SAMPLES / case, *options, "--format", "csv")
    plain()
    slow = run(command, SAMPLES / case, *options, "--format", "csv")

    assert quick.exit_code == 0
    assert len(quick.stdout) > 5_000
    assert quick.stdout == slow.stdout


def test_hubs_and_long_ways_are_the_same_without_them(plain):
    """A hub of 200, a circle of 90, a square grid: layers are walked from either end."""
    grid = [(k, k + step) for k in range(300, 380) for step in (1, 9)]
    ties = [
        *((0, k) for k in range(1, 201)),
        *random_pairs(6, 200, 150),
        *((k, 200 + (k - 199) % 90) for k in range(200, 290)),
        *grid, (300, 200), (5, 250),
    ]  # fmt: skip
    found, ends = contacts(ties, 400)
    twin = igraph.Graph(n=400, edges=ends.tolist())
    weight = np.random.default_rng(2).integers(1, 5, 400).astype(np.float64)
    both = (found.start, found.to)

    def of(**how):
        return passing(both, both, length=None, sources=None, **how)

    quick, weighed = of(weight=None), of(weight=weight)
    plain()

    np.testing.assert_allclose(quick / 2, twin.betweenness(), rtol=1e-11, atol=1e-9)
    assert quick.tolist() == of(weight=None).tolist()
    assert weighed.tolist() == of(weight=weight).tolist()


def test_a_hand_worked_kite():
    """A–B–C–A with D behind C and E behind D: C is between A, B and D, E; D between E and all.

    C: pairs A–D, A–E, B–D, B–E = 4. D: A–E, B–E, C–E = 3. Without C three of the others
    (A and B) are apart from D and E: two lose the largest part. Cores: 2 for the triangle.
    """
    found, _ = contacts([(0, 1), (0, 2), (1, 2), (2, 3), (3, 4)], 6)

    assert (kernels.betweenness(found.start, found.to) / 2).tolist() == [0, 0, 4, 3, 0, 0]
    assert kernels.cores(found.start, found.to).tolist() == [2, 2, 2, 1, 1, 0]
    assert kernels.lost_without(found.start, found.to).tolist() == [0, 0, 2, 1, 0, 0]
    assert kernels.parts(found.start, found.to).tolist() == [0, 0, 0, 0, 0, 1]
    ground = ground_of(found)
    reached, within = ground.within_steps(4, 2)
    assert (reached.tolist(), within) == ([4, 3, 2], [1, 2, 3])
    assert [ground.shortest_way(*ends) for ends in [(0, 4), (4, 0), (5, 0), (5, 5)]] == [
        [0, 2, 3, 4], [4, 3, 2, 0], [], [5],
    ]  # fmt: skip


@pytest.mark.parametrize("ties", [0, 40, 90, 400])
def test_betweenness_is_that_of_igraph(ties):
    """From all and from some, by steps and by lengths of which many sums are equal."""
    found, ends = contacts(random_pairs(ties, 70, ties), 70)
    length = np.random.default_rng(1).choice([1, 1 / 2, 1 / 3, 1 / 6], len(ends))
    twin = igraph.Graph(n=70, edges=ends.tolist())
    some = np.array([3, 8, 21], dtype=np.int32)

    def of(**how):
        return kernels.betweenness(found.start, found.to, **how) / 2

    def near(values, wanted):
        np.testing.assert_allclose(values, wanted, rtol=1e-11, atol=1e-9)

    near(of(), twin.betweenness())
    near(of(sources=some), twin.betweenness(sources=some.tolist()))
    near(of(length=length[found.pair]), twin.betweenness(weights=length.tolist()))


def test_page_rank_of_trees_circles_and_gates_is_that_of_plain_python(plain):
    """More parties than are put in order at once; a gate of a thousand contacts, a long tail.

    Half of all ties go to somebody before, which makes trees; four of ten make circles.
    """
    random = np.random.default_rng(8)
    later = np.arange(1, 9_000)
    ties = np.concatenate([
        np.column_stack([later, (random.random(len(later)) * later).astype(int)])[:4_500],
        random.integers(3_000, 8_000, (4_000, 2)),
        np.column_stack([np.full(1_000, 8_500), random.integers(0, 8_000, 1_000)]),
        np.column_stack([np.arange(8_600, 8_800), np.arange(8_601, 8_801)]),
    ])  # fmt: skip
    graph = graph_from_ties(
        pd.DataFrame(ties[ties[:, 0] != ties[:, 1]], columns=["source", "target"]),
        pd.DataFrame({"party": range(9_000)}),
    )
    quick = page_rank(graph)
    plain()

    assert quick.tolist() == page_rank(graph).tolist()
    assert quick.sum() == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize("measure", ["constraint", "constraint_weighted"])
def test_constraint_alone_is_what_it_is_beside_the_others(measure):
    """To the last bit, isolates too."""
    ends = np.random.default_rng(2).integers(0, 40, (120, 2))
    ties = pd.DataFrame({"source": ends[:, 0], "target": ends[:, 1]})
    ties["weight"] = np.random.default_rng(3).integers(1, 9, len(ties))
    graph = graph_from_ties(ties, pd.DataFrame({"party": range(43)}))
    beside = find_brokers(
        graph, measures=[measure, measure.replace("constraint", "effective_size")]
    )
    alone = find_brokers(graph, measures=[measure])

    pd.testing.assert_series_equal(alone[measure], beside[measure], check_exact=True)


def test_a_party_that_stands_for_several_counts_as_they_do():
    """0–1–2 with 3 parties at 0 and 2 at 2: 1 is between 6 pairs, each counted both ways."""
    found, _ = contacts([(0, 1), (1, 2)], 3)
    weight = np.array([3.0, 1.0, 2.0])

    assert kernels.betweenness(found.start, found.to, weight=weight).tolist() == [0, 12, 0]
    length = np.ones(4)
    along = kernels.betweenness(found.start, found.to, weight=weight, length=length)
    assert along.tolist() == [0, 12, 0]


@given(TIES)
def test_cores_and_parts_are_those_of_networkx(ties):
    """Parts are numbered by their first party."""
    found, ends = contacts(ties, len(NAMES))
    twin = networkx.Graph(ends.tolist())
    twin.add_nodes_from(NAMES)
    part = kernels.parts(found.start, found.to).tolist()
    wanted = sorted(map(sorted, networkx.connected_components(twin)))

    assert kernels.cores(found.start, found.to).tolist() == [
        networkx.core_number(twin)[one] for one in NAMES
    ]
    assert [[one for one in NAMES if part[one] == k] for k in range(len(wanted))] == wanted


@given(TIES)
def test_who_is_lost_is_who_networkx_loses(ties):
    """Take each party out and look at the parts that are left of its own."""
    found, ends = contacts(ties, len(NAMES))
    twin = networkx.Graph(ends.tolist())
    twin.add_nodes_from(NAMES)

    for one, lost in enumerate(kernels.lost_without(found.start, found.to).tolist()):
        others = networkx.node_connected_component(twin, one) - {one}
        parts = [*networkx.connected_components(twin.subgraph(others))]
        assert lost == len(others) - max(map(len, parts), default=0)


@pytest.mark.parametrize("directed", [False, True])
def test_drawn_ways_come_near_to_betweenness(directed):
    """Of n² ordered draws, 2 in 10,000 off at most: six times the standard error of a half."""
    ends = np.array(random_pairs(4, 60, 150))
    twin = networkx.DiGraph() if directed else networkx.Graph()
    twin.add_nodes_from(range(60))
    twin.add_edges_from(ends[ends[:, 0] != ends[:, 1]].tolist())
    table = pd.DataFrame(ends, columns=["source", "target"])
    graph = graph_from_ties(table, pd.DataFrame({"party": range(60)}), directed=directed)
    sides = [(one.start, one.to) for one in (graph.outward, graph.inward)]
    times, draws = kernels.draw_ways(*sides, weight=np.ones(60, np.int64), most=10**7, seed=3)
    exact = networkx.betweenness_centrality(twin, normalized=False)
    ordered = np.array([exact[int(one)] for one in graph.parties["party"]]) * (1 if directed else 2)

    share = ordered / 3600
    assert (np.abs(times / draws - share) <= 6 * np.sqrt(share / draws) + 1e-9).all()
    assert draws > 100_000
    again, _ = kernels.draw_ways(*sides, weight=np.ones(60, np.int64), most=10**7, seed=3)
    assert times.tolist() == again.tolist()


def test_a_way_through_everybody_is_whole():
    """A line of 1,000: the longest way has all of them."""
    ground = ground_of(contacts([(one, one + 1) for one in range(999)], 1_000)[0])

    assert ground.shortest_way(0, 999) == [*range(1_000)]
    assert ground.shortest_way(999, 990) == [*range(999, 989, -1)]


@pytest.mark.parametrize("directed", [False, True])
def test_ways_and_steps_through_hubs_are_those_without_them(directed, plain):
    """Gates of 150 contacts, rings and a line; the same way each time, as short as of networkx."""
    random = np.random.default_rng(9)
    gate = np.column_stack([random.integers(0, 200, 300), random.integers(200, 202, 300)])
    ring = np.array([(k, k - k % 5 + (k + 1) % 5) for k in range(200)])
    line = np.array([(k, k + 1) for k in range(202, 240)])
    ends = np.concatenate([gate[:, ::-1], gate[:150], ring, line, [[200, 202]]])
    table = pd.DataFrame(ends, columns=["source", "target"])
    graph = graph_from_ties(table, pd.DataFrame({"party": range(243)}), directed=directed)
    twin = (networkx.DiGraph if directed else networkx.Graph)(ends.tolist())
    twin.add_nodes_from(range(243))
    pairs = random.integers(0, 243, (40, 2)).tolist()
    quick = [find_way(graph, a, b) for a, b in pairs]
    near = [list_within(graph, a, steps=3) for a, _ in pairs]
    plain()

    assert quick == [find_way(graph, a, b) for a, b in pairs]
    assert near == [list_within(graph, a, steps=3) for a, _ in pairs]
    for (a, b), way in zip(pairs, quick, strict=True):
        reached = networkx.has_path(twin, a, b)
        assert (way is not None) == reached
        assert not reached or len(way) == networkx.shortest_path_length(twin, a, b) + 1


def test_values_that_rounding_split_are_one_and_nan_stay():
    """0.1 + 0.2 is 0.3; 0.3001 is not; infinity is itself."""
    values = np.array([0.1 + 0.2, np.nan, 0.3, 0.3001, np.inf, -0.0, np.inf])
    told = kernels.level(values, 1e-12)

    assert told[0] == told[2] != told[3]
    assert np.isnan(told).tolist() == [False, True, *[False] * 5]
    assert told[4] == told[6] == np.inf
    assert str(told[5]) == "0.0"


@given(
    st.lists(
        st.one_of(st.integers(0, 3), st.integers(-(2**63), 2**63 - 1), st.integers(0, 2**23)),
        max_size=60,
    )
)
def test_places_in_order_are_those_of_a_stable_sort(numbers):
    """Negative ones first, equal ones as they stand."""
    found = kernels.places_in_order(np.array(numbers, dtype=np.int64))

    assert found.tolist() == sorted(range(len(numbers)), key=numbers.__getitem__)


@given(st.lists(st.integers(-1, 9), max_size=60))
def test_codes_are_numbered_in_the_order_in_which_they_stand(codes):
    """From 0, as they first come; none stays none."""
    numbers, standing = kernels.number_by_cells(np.array(codes, dtype=np.int32), 10)

    assert standing.tolist() == list(dict.fromkeys(code for code in codes if code >= 0))
    told = [*standing.tolist(), -1]
    assert [told[number] for number in numbers] == codes


def test_an_array_of_another_type_is_refused():
    """No kernel ever reads bytes that mean something else."""
    start, to = np.zeros(2, dtype=np.int64), np.zeros(0, dtype=np.int64)

    with pytest.raises(TypeError, match="int32 in one piece"):
        call("cores", 1, start, to, np.zeros(1, dtype=np.int64))
    with pytest.raises(TypeError, match="int64 in one piece"):
        call("cores", 1, start, np.zeros(0, dtype=np.int32), np.zeros(4, dtype=np.int64)[::2])


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """A copy of the folder of the kernels, from which the library is loaded."""
    for path in library.FOLDER.iterdir():
        if path.is_file():
            shutil.copy(path, tmp_path)
    monkeypatch.setattr(library, "FOLDER", tmp_path)
    library.library.cache_clear()
    yield tmp_path
    library.library.cache_clear()


def test_a_whole_library_is_loaded(installed):
    """So that the next test says something."""
    assert kernels.compiled()


@pytest.mark.parametrize(
    ("name", "spoil"),
    [
        ("compiled.so", lambda data: data[: len(data) // 2]),  # would be a bus error
        ("compiled.so", lambda data: data[:-9] + b"x" + data[-8:]),
        ("compiled.sha256", lambda data: b""),
        ("local.c", lambda data: data + b"\n"),  # the library is of another version
    ],
)
@pytest.mark.skipif(sys.platform != "linux", reason="the library has another name elsewhere")
def test_a_library_that_is_not_the_one_that_was_compiled_is_left_alone(name, spoil, installed):
    """Cut short, damaged, without its seal, of other sources: plain Python measures."""
    (installed / name).write_bytes(spoil((installed / name).read_bytes()))

    assert not kernels.compiled()
    assert find_brokers(graph_from_ties(pd.DataFrame({"source": [1, 2], "target": [2, 3]})))[
        "betweenness"
    ].tolist() == [1, 0, 0]

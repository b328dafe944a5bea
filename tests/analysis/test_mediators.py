"""Mediation beside chance: R's values, every deal of the groups, and what must not change."""

from __future__ import annotations

import random
from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import plain
from analysis.networks import graph_of
from ringmap.analysis import MEDIATION, find_brokers, find_mediators
from ringmap.errors import GraphError
from ringmap.graph import graph_from_ties

ROLES = (*MEDIATION, "gf_total")


def built(names, ties, group, *, directed):
    parties = pd.DataFrame({"party": names, "group": [group[name] for name in names]})
    table = pd.DataFrame(ties, columns=["source", "target", "weight"])
    return graph_from_ties(table, parties, directed=directed)


def made_up(seed, count=6):
    """A network of some parties in two or three groups, one of them perhaps of none."""
    chance = random.Random(seed)
    names = [f"p{number}" for number in range(count)]
    ties = [(*chance.sample(names, 2), chance.randint(1, 3)) for _ in range(2 * count - 2)]
    group = {name: chance.choice("AB" if seed % 2 else "ABC") for name in names}
    if seed % 3 == 0:
        group[names[0]] = None
    return names, ties, group


@pytest.mark.parametrize("end", ["values", "sna_expected", "sna_z"])
def test_counts_and_chance_of_ties_are_those_of_sna(reference, end):
    """Gould and Fernandez' expectation and z as R's sna computes them; no z where none is."""
    table = find_mediators(graph_of(reference), group="group", shuffles=1).set_index("party")
    wanted = pd.DataFrame(reference["measures"]["gould_fernandez"][end]).T.astype(float)
    suffix = {"values": "", "sna_expected": "_expected", "sna_z": "_z"}[end]
    found = table[[role + suffix for role in ROLES]].loc[wanted.index]

    np.testing.assert_allclose(
        found.to_numpy(), wanted[[*MEDIATION, "total"]].to_numpy(), rtol=0, atol=1e-9
    )


def test_what_dealing_the_groups_gives_by_hand(network):
    """A-B-C with groups 1, 1, 2: of three equal deals one has A alone apart, one B, one C.

    B has the paths A-B-C and C-B-A. They coordinate in no deal; with B alone in its group
    both are itinerant (once in three, so 2/3 on average); else one leads in, the other out.
    """
    graph = network("A-B B-C", countries={"A": "VN", "B": "VN", "C": "CN"})
    row = find_mediators(graph, group="country").set_index("party").loc["B"]

    assert row[[f"{role}_dealt" for role in MEDIATION]].tolist() == pytest.approx(
        [0, 2 / 3, 2 / 3, 2 / 3, 0]
    )
    # Gatekeeper is 1, 1 or 0: the variance is 2/9, and (1 − 2/3) over its root is .707.
    assert row["gatekeeper_dealt_z"] == pytest.approx((1 / 3) / np.sqrt(2 / 9))
    assert np.isnan(row["coordinator_dealt_z"])
    # About 2 of 3 deals have as many; nobody else has an open path, so B is 1 of 3.
    assert row["gatekeeper_p"] == pytest.approx(2 / 3, abs=0.06)
    assert row["gf_total_p"] == pytest.approx(1 / 3)


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("seed", range(6))
def test_dealt_means_and_deviations_are_those_of_every_deal(seed, directed):
    """The closed form against counting each role in each of the deals, one path at a time."""
    names, ties, group = made_up(seed)
    arcs = plain.arcs_of(names, ties, directed)
    known = [name for name in names if group[name] is not None]
    deals = [
        plain.mediation(arcs, group | dict(zip(known, labels, strict=True)))
        for labels in set(permutations([group[name] for name in known]))
    ]
    graph = built(names, ties, group, directed=directed)
    table = find_mediators(graph, group="group", shuffles=1).set_index("party")

    for role in MEDIATION:
        for name in known:
            counts = np.array([deal[name][role] for deal in deals])
            mean, deviation = counts.mean(), counts.std()
            assert table.loc[name, f"{role}_dealt"] == pytest.approx(mean)
            z = (table.loc[name, role] - mean) / deviation if deviation > 1e-9 else np.nan
            assert table.loc[name, f"{role}_dealt_z"] == pytest.approx(z, nan_ok=True)


@pytest.mark.parametrize("directed", [False, True])
def test_p_comes_near_the_share_of_every_deal(directed):
    """999 shuffles against every deal there is; three standard errors are under .05."""
    names, ties, group = made_up(2)
    arcs = plain.arcs_of(names, ties, directed)
    deals = [
        plain.mediation(arcs, dict(zip(names, labels, strict=True)))
        for labels in set(permutations(group.values()))
    ]
    graph = built(names, ties, group, directed=directed)
    table = find_mediators(graph, group="group").set_index("party")

    assert table.attrs["chance"]["shuffles"] == 999
    for role in MEDIATION:
        for name in names:
            exact = np.mean([deal[name][role] >= table.loc[name, role] for deal in deals])
            assert table.loc[name, f"{role}_p"] == pytest.approx(exact, abs=0.05)


def test_a_busy_party_of_a_mixed_network_is_told_from_a_true_mediator(network):
    """H has many ties to both countries as they come; M alone joins two that are apart.

    Ties at random make both unusual. Dealing the countries anew does not make H so.
    """
    others = ("A1", "A2", "A3", "A4", "B1", "B2", "B3", "B4")
    hub = " ".join(f"H-{one}" for one in others)
    countries = {one: "VN" if one[0] in "AH" else "CN" for one in others}
    graph = network(hub, countries=countries | {"H": "VN"})
    row = find_mediators(graph, group="country").set_index("party").loc["H"]

    assert row["gf_total_z"] > 3
    assert (row[[f"{role}_p" for role in MEDIATION]] > 0.05).all()
    assert "no more than the number of its ties suggests" in row["because"]


def test_who_only_joins_the_others_group_is_unusual(network):
    """X of VN joins eight of CN who do not know each other, in a network of six more of VN."""
    ties = " ".join(f"X-C{one}" for one in range(8)) + " V0-V1 V1-V2 V2-V3 V3-V4 V4-V5"
    countries = {f"C{one}": "CN" for one in range(8)} | {f"V{one}": "VN" for one in range(6)}
    graph = network(ties, countries=countries | {"X": "VN"})
    row = find_mediators(graph, group="country").set_index("party").loc["X"]

    assert row["itinerant"] == 56
    assert row["itinerant_p"] < 0.01
    assert "56 as itinerant, more than the number of its ties suggests" in row["because"]


def test_find_brokers_has_the_same_numbers(network):
    """The ranking's columns are those of this table, for the same seed."""
    graph = network("A-B B-C C-D B-E", countries={"A": "VN", "B": "VN", "C": "CN", "E": "LA"})
    brokers = find_brokers(graph, group="country", seed=3).set_index("party").sort_index()
    alone = find_mediators(graph, group="country", seed=3).set_index("party").sort_index()
    shared = [name for name in alone.columns if name in brokers and name != "because"]

    assert {"liaison_z", "liaison_p", "gf_total_z", "gf_total_p", "itinerant_expected"} <= {*shared}
    pd.testing.assert_frame_equal(brokers[shared], alone[shared])


def test_shuffles_are_made_only_when_p_is_asked_for(network):
    """`attrs` says how many there were."""
    graph = network("A-B B-C", countries={"A": "VN", "B": "VN", "C": "CN"})
    without = find_brokers(graph, group="country", measures=["liaison", "liaison_z"])

    assert without.columns.tolist() == ["party", "liaison", "liaison_z", "records"]
    assert without.attrs["chance"]["shuffles"] == 0
    assert find_brokers(graph, group="country").attrs["chance"]["shuffles"] == 999


def test_a_party_without_a_group_has_a_sentence_and_no_number(network):
    """Not recorded is neither a group nor a zero."""
    table = find_mediators(
        network("A-B B-C", countries={"A": "VN", "B": None, "C": "unknown"}), group="country"
    ).set_index("party")

    assert table.loc["B"].drop(["because", "records"]).isna().all()
    assert table.loc["B", "because"].startswith("no role here: its country is not known")
    assert table.loc["A", "because"].startswith("no role here: no two others")


def test_nothing_is_asked_of_an_empty_network_or_an_unknown_column(network):
    """No row, and no crash; a column that is not there is refused."""
    empty = graph_from_ties(
        pd.DataFrame({"source": [], "target": []}),
        pd.DataFrame({"party": pd.Series([], dtype="str"), "country": pd.Series([], dtype="str")}),
    )

    assert len(find_mediators(empty, group="country")) == 0
    with pytest.raises(GraphError, match="no column 'province'"):
        find_mediators(network("A-B", countries={"A": "VN"}), group="province")
    with pytest.raises(GraphError, match="no party has a 'country'"):
        find_mediators(network("A-B", countries={"A": None}), group="country")
    with pytest.raises(GraphError, match="0 shuffles"):
        find_mediators(network("A-B", countries={"A": "VN"}), group="country", shuffles=0)


ties_strategy = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(1, 4)), min_size=1, max_size=12
)


@settings(max_examples=5, deadline=None)
@given(ties=ties_strategy, directed=st.booleans(), chance=st.randoms(use_true_random=False))
def test_the_order_of_rows_and_the_strength_of_ties_change_nothing(ties, directed, chance):
    """Rows shuffled and each tie doubled: the same table to the last bit."""
    names = [f"n{number}" for number in range(7)]
    group = {name: "ABC"[number % 3] for number, name in enumerate(names)}
    named = [(names[a], names[b], weight) for a, b, weight in ties]
    shuffled = named * 2
    chance.shuffle(shuffled)

    pd.testing.assert_frame_equal(
        find_mediators(built(names, named, group, directed=directed), group="group", shuffles=19),
        find_mediators(
            built(names[::-1], shuffled, group, directed=directed), group="group", shuffles=19
        ),
        check_exact=True,
    )


@settings(max_examples=5, deadline=None)
@given(ties=ties_strategy, directed=st.booleans())
def test_names_of_groups_and_parties_without_group_change_no_chance(ties, directed):
    """Groups called otherwise, and more parties whose group nobody knows."""
    names = [f"n{number}" for number in range(7)]
    group = {name: "ABC"[number % 3] for number, name in enumerate(names)}
    other = {name: {"A": "x", "B": "y", "C": "z"}[told] for name, told in group.items()}
    named = [(names[a], names[b], weight) for a, b, weight in ties]
    more = [*names, "zz"]
    before = find_mediators(
        built(names, named, group, directed=directed), group="group", shuffles=9
    )
    after = find_mediators(
        built(more, [*named, ("n0", "zz", 1)], other | {"zz": None}, directed=directed),
        group="group", shuffles=9,
    )  # fmt: skip

    pd.testing.assert_frame_equal(
        before.drop(columns="records").set_index("party").sort_index(),
        after[after["party"] != "zz"].drop(columns="records").set_index("party").sort_index(),
        check_exact=True,
    )

"""How near findings come to the truth of invented cases: ringmap beside common ways.

Folders are generated for each scenario, number of cases and share of ties that nobody
recorded; then rings, brokers, joined identities, missing ties and intervals of ranks are
scored with `ringmap.training`. Prints Markdown tables.

    python benchmarks/truth.py                         # stops making folders after 500 CPU s
    python benchmarks/truth.py --scenarios bride-line no-ring --cases 100 --missing 0 0.3

Other ways see the same graph as ringmap: people tied as `ringmap rings` ties them, each pair
once. They do not use strengths, and a group of less than 3 is no ring for anybody.
"""

import argparse
import itertools
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import igraph
import networkx
import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from ringmap.analysis import Doubt, find_brokers, find_likely_ties, find_rings, judge_brokers
from ringmap.graph import PROJECTIONS, RingGraph, build_graph, graph_from_ties
from ringmap.model import Case
from ringmap.records import read
from ringmap.training import (
    BrokerScore,
    RingScore,
    Truth,
    generate_cases,
    list_scenarios,
    read_truth,
    score_brokers,
    score_identities,
    score_intervals,
    score_rings,
    score_ties,
)

CASES = (6, 30)
MISSING = (0.0, 0.1, 0.3)
LEAST_MEMBERS = 3
KS = (1, 3, 5)
DRAWS = 60
#: Likely ties and intervals take most of the time; they are scored on small folders only.
COSTLY, COSTLY_CASES = ("ringmap",), 6


@dataclass(frozen=True)
class Setting:
    """What a folder is generated with."""

    scenario: str
    cases: int
    missing: float
    seed: int


@dataclass(frozen=True, eq=False)
class Made:
    """A generated folder, read: its records, people and their ties, and what is true.

    `brokers` is the table of `find_brokers`, which several ways of ranking start from;
    `missing` the share of true ties that the records were made without, `cases` the number
    of case files.
    """

    case: Case
    graph: RingGraph
    brokers: pd.DataFrame
    truth: Truth
    missing: float
    cases: int


@dataclass(frozen=True, eq=False)
class Answer:
    """A table of findings, and what its finder says of the whole: None for nothing."""

    table: pd.DataFrame
    verdict: bool | None = None


Way = Callable[[Made], Answer]
Row = dict[str, object]


# Making ----------------------------------------------------------------------------------------


def make(setting: Setting, folder: Path) -> Made:
    """Generate a folder, read it, and build the graph that `ringmap rings` uses."""
    generate_cases(
        folder, scenario=setting.scenario, cases=setting.cases, seed=setting.seed,
        missing=setting.missing,
    )  # fmt: skip
    case = read(folder).case
    graph = people_of(case)
    truth = read_truth(folder)
    return Made(case, graph, find_brokers(graph), truth, setting.missing, setting.cases)


def people_of(case: Case) -> RingGraph:
    """People by their direct ties or else by what they share, as workflow builds them."""
    graphs = (build_graph(case, projection=name) for name in PROJECTIONS)
    return next(
        (graph for graph in graphs if len(graph.ties)), build_graph(case, projection="people")
    )


# Rings -----------------------------------------------------------------------------------------


def rings_by_ringmap(made: Made) -> Answer:
    """What `ringmap rings` lists, and whether it holds that there are rings."""
    found = find_rings(made.graph)
    return Answer(found, bool(found.attrs["significance"]["found"]))


def rings_by_leiden(made: Made) -> Answer:
    """Leiden on modularity, as igraph does it."""
    random.seed(1)  # igraph draws from it
    parts = plain(made.graph).community_leiden(objective_function="modularity", n_iterations=-1)
    return _rings(made, parts)


def rings_by_louvain(made: Made) -> Answer:
    """Louvain on modularity, as networkx does it."""
    graph: networkx.Graph[int] = networkx.Graph(plain(made.graph).get_edgelist())
    return _rings(made, networkx.community.louvain_communities(graph, seed=1))


def rings_by_components(made: Made) -> Answer:
    """Whoever is connected at all."""
    return _rings(made, plain(made.graph).connected_components())


def _rings(made: Made, groups: Iterable[Iterable[int]]) -> Answer:
    names = made.graph.parties["party"].tolist()
    rows = [
        (names[place], f"R{number}")
        for number, group in enumerate(map(list, groups))
        if len(group) >= LEAST_MEMBERS
        for place in group
    ]
    return Answer(pd.DataFrame(rows, columns=["party", "ring"]))


def plain(graph: RingGraph) -> igraph.Graph:
    """Each pair once, without strength; vertex i is row i of the parties."""
    ends = np.column_stack([graph.simple.source, graph.simple.target])
    return igraph.Graph(n=len(graph.parties), edges=ends.tolist())


RINGS: Mapping[str, Way] = {
    "ringmap": rings_by_ringmap,
    "Leiden modularity": rings_by_leiden,
    "Louvain": rings_by_louvain,
    "components": rings_by_components,
}


# Brokers ---------------------------------------------------------------------------------------


def brokers_by_ringmap(made: Made) -> Answer:
    """As `ringmap brokers` ranks: by betweenness, victims not ranked."""
    return Answer(_ranked(made), judge_brokers(made.brokers, made.graph).found)


def brokers_named(made: Made) -> Answer:
    """Those whom `judge_brokers` names first, then the others as above."""
    verdict = judge_brokers(made.brokers, made.graph)
    table = _ranked(made)
    above = float(table["measure"].max()) + 1
    named = table["party"].isin(verdict.brokers).to_numpy()
    return Answer(table.assign(measure=table["measure"] + above * named), verdict.found)


def _ranked(made: Made) -> pd.DataFrame:
    side = made.graph.parties.set_index("party")["side"].reindex(made.brokers["party"])
    ranked = ~side.isin(["victim", "both"]).to_numpy()
    # Rounded as the command does it, so that equals are equal.
    values = made.brokers["betweenness"].round(9).where(ranked)
    return pd.DataFrame({"party": made.brokers["party"], "measure": values})


def brokers_by_betweenness(made: Made) -> Answer:
    """Everybody by igraph's betweenness."""
    values = np.round(plain(made.graph).betweenness(), 9)
    return Answer(pd.DataFrame({"party": made.graph.parties["party"], "measure": values}))


def brokers_by_degree(made: Made) -> Answer:
    """Everybody by number of contacts."""
    values = plain(made.graph).degree()
    return Answer(pd.DataFrame({"party": made.graph.parties["party"], "measure": values}))


BROKERS: Mapping[str, Way] = {
    "ringmap": brokers_by_ringmap,
    "ringmap, named first": brokers_named,
    "betweenness": brokers_by_betweenness,
    "degree": brokers_by_degree,
}


# Identities ------------------------------------------------------------------------------------


def identities_as_recorded(made: Made) -> Answer:
    """An id is a person, as ringmap reads records today."""
    people = _people(made)
    return Answer(pd.DataFrame({"person_id": people["party"], "group": people["party"]}))


def identities_by_name(made: Made) -> Answer:
    """The same name is the same person; whoever has none stands alone."""
    people = _people(made)
    return Answer(
        pd.DataFrame({"person_id": people["party"], "group": people["key"].replace("", None)})
    )


def _people(made: Made) -> pd.DataFrame:
    parties = made.case.parties
    return parties[parties["type"] == "person"]


#: `ringmap.resolve` comes here: a way that gives ``person_id, group``.
IDENTITIES: Mapping[str, Way] = {
    "ringmap (ids as recorded)": identities_as_recorded,
    "same name": identities_by_name,
}


# Missing ties ----------------------------------------------------------------------------------


def ties_by_adamic_adar(made: Made) -> Answer:
    """Contacts in common, each the less the more contacts it has itself (Adamic, Adar 2003)."""
    degree = np.array(plain(made.graph).degree(), dtype=np.float64)
    return _in_common(made.graph, 1 / np.log(np.maximum(degree, 2)))


def ties_by_common_neighbours(made: Made) -> Answer:
    """How many contacts two people have in common."""
    return _in_common(made.graph, np.ones(len(made.graph.parties)))


def _in_common(graph: RingGraph, weight: npt.NDArray[np.float64]) -> Answer:
    """Pairs with a contact in common; others have no score, and none of them is foretold."""
    count, ends = len(graph.parties), (graph.simple.source, graph.simple.target)
    half = sparse.coo_array((np.ones(len(ends[0])), ends), shape=(count, count)).tocsr()
    tied = half + half.T
    common = sparse.triu(tied @ sparse.diags_array(weight) @ tied, k=1).tocoo()
    names = graph.parties["party"].to_numpy(dtype=object)
    return Answer(
        pd.DataFrame(
            {
                "source": names[common.row],
                "target": names[common.col],
                # Sums of logarithms: equals are to be equal whatever the order of adding.
                "score": np.round(common.data, 9),
            }
        )
    )


def ties_by_ringmap(made: Made) -> Answer:
    """What `ringmap links --likely` ranks by; nobody is foretold where it has nothing to say."""
    whole = build_graph(made.case)
    people = build_graph(made.case, projection=["people", "people_through_calls"])
    found = find_likely_ties(whole, contacts=people, top=None)
    ranked_by = found.attrs["ranked_by"] or "combined"
    return Answer(found[["source", "target"]].assign(score=found[ranked_by].astype(float)))


#: Ways that give ``source, target, score``.
TIES: Mapping[str, Way] = {
    "ringmap": ties_by_ringmap,
    "Adamic–Adar": ties_by_adamic_adar,
    "common neighbours": ties_by_common_neighbours,
}


# Intervals of ranks ----------------------------------------------------------------------------


def rank_as_shown(made: Made) -> Answer:
    """The rank that `ringmap brokers` shows, as if it were sure."""
    table = _ranked(made)
    rank = table["measure"].rank(method="min", ascending=False)
    return Answer(pd.DataFrame({"party": table["party"], "rank_low": rank, "rank_high": rank}))


def rank_with_doubt(made: Made) -> Answer:
    """Intervals from the records alone, at the rates that ringmap assumes."""
    return _intervals(made, Doubt(draws=DRAWS))


def rank_with_known_rates(made: Made) -> Answer:
    """The same, were it known how many ties and people nobody recorded."""
    people = 1 - made.truth.identities["who"].nunique() / len(made.truth.people)
    return _intervals(made, Doubt(missing_ties=made.missing, missing_people=people, draws=DRAWS))


def _intervals(made: Made, doubt: Doubt) -> Answer:
    ranked = _ranked(made).dropna(subset="measure")["party"]
    spare = set(made.graph.parties["party"]) - set(ranked)
    table = find_brokers(made.graph, measures=["betweenness"], doubt=doubt, spare=spare)
    return Answer(table[["party", "rank_low", "rank_high"]])


def true_ranks(made: Made) -> dict[str, float]:
    """Rank by betweenness among all true ties, of those whom ringmap ranks and among them."""
    truth = made.truth
    graph = graph_from_ties(truth.ties[["source", "target"]], truth.people[["who"]])
    table = find_brokers(graph, measures=["betweenness"]).set_index("party")["betweenness"]
    who = truth.identities.drop_duplicates("person_id").set_index("person_id")["who"]
    listed = _ranked(made).dropna(subset="measure")["party"].astype(object)
    values = table.reindex(who.reindex(listed)).round(9)
    ranks = values.rank(method="min", ascending=False).to_numpy()
    return dict(zip(listed, ranks.tolist(), strict=True))


#: Ways that give ``party, rank_low, rank_high``.
INTERVALS: Mapping[str, Way] = {
    "ringmap": rank_with_doubt,
    "ringmap, rates known": rank_with_known_rates,
    "rank as shown": rank_as_shown,
}


# Scoring ---------------------------------------------------------------------------------------


def measure(made: Made) -> dict[str, Row]:
    """A row for each of the five tables: facts of the folder, and a cell for each way."""
    truth = made.truth
    people = truth.identities["who"].nunique()
    return {
        "rings": {"people": people, "rings": len(truth.rings), **_ring_cells(made)},
        "brokers": {"people": people, **_broker_cells(made)},
        "identities": {"records": len(truth.identities), "people": people, **_identity_cells(made)},
        "ties": {"people": people, **_tie_cells(made)},
        "intervals": {"people": people, **_interval_cells(made)},
    }


def _ring_cells(made: Made) -> Row:
    cells: Row = {}
    for name, way in RINGS.items():
        answer = way(made)
        score = score_rings(answer.table, made.truth, verdict=answer.verdict)
        cells |= {f"{name}: {what}": value for what, value in _of_rings(score).items()}
    return cells


def _of_rings(score: RingScore) -> Row:
    # Who throws all together recalls all: recall is to be read with precision.
    return {
        "ARI": score.adjusted_rand,
        "recall": score.recall,
        "precision": score.precision,
        "false claim": None if score.true_rings else float(not score.right),
    }


def _broker_cells(made: Made) -> Row:
    cells: Row = {}
    for name, way in BROKERS.items():
        answer = way(made)
        score = score_brokers(answer.table, made.truth, ks=KS, verdict=answer.verdict)
        cells = {"brokers": score.brokers, **cells, **_of_brokers(name, score)}
    return cells


def _of_brokers(name: str, score: BrokerScore) -> Row:
    at = dict(zip(KS, score.at["precision"], strict=True))
    some = score.brokers > 0
    cells: Row = {f"{name}: at {k}": at[k] if some else None for k in KS}
    cells[f"{name}: AP"] = score.average_precision
    cells[f"{name}: AP in ring"] = score.per_ring["average_precision"].mean()
    if name == "ringmap":
        cells["chance: AP"] = score.chance
        cells["verdict right"] = None if score.right is None else float(score.right)
    return cells


def _identity_cells(made: Made) -> Row:
    cells: Row = {}
    for name, way in IDENTITIES.items():
        score = score_identities(way(made).table, made.truth)
        pairs = {"precision": score.precision, "recall": score.recall, "F1": score.f1}
        cells |= {f"{name}: {what}": value for what, value in pairs.items()}
    return cells


def _tie_cells(made: Made) -> Row:
    wanted = [name for name in TIES if name not in COSTLY or made.cases <= COSTLY_CASES]
    scores = {name: score_ties(TIES[name](made).table, made.truth) for name in wanted}
    some = next(iter(scores.values()))
    told = {name: scores[name].average_precision if name in scores else None for name in TIES}
    return {"missing ties": some.positives, "never scored": some.unscored,
            **told, "random": some.chance}  # fmt: skip


def _interval_cells(made: Made) -> Row:
    true = true_ranks(made)
    cells: Row = {}
    for name, way in INTERVALS.items():
        few = made.cases <= COSTLY_CASES
        score = score_intervals(way(made).table, true) if few else None
        cells[f"{name}: holds"] = score and score.coverage
        cells[f"{name}: width"] = score and score.relative_width
    return cells


# Printing --------------------------------------------------------------------------------------

TITLES = {
    "rings": "Rings: adjusted Rand index, mean recall and precision of a ring; where there is no "
    "ring, the share of folders in which one is claimed",
    "brokers": "Brokers: precision at 1, 3, 5 and average precision in the whole folder, and mean "
    "average precision among the members of each ring; whether the verdict was right",
    "identities": "Same person, several records: pairs",
    "ties": "Ties that nobody recorded: average precision",
    "intervals": "Ranks: share of people whose interval holds the true rank, and its mean width "
    "as a share of all ranks",
}  # fmt: skip
#: What a summary shows of each table: its heading, and the column behind it.
SUMMARY: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "Rings: adjusted Rand index (1 all right, 0 chance)": (
        "rings",
        {
            "ringmap": "ringmap: ARI",
            "Leiden modularity": "Leiden modularity: ARI",
            "Louvain": "Louvain: ARI",
            "components": "components: ARI",
        },
    ),
    "Brokers: average precision among the members of each ring": (
        "brokers",
        {
            "ringmap": "ringmap: AP in ring",
            "betweenness": "betweenness: AP in ring",
            "degree": "degree: AP in ring",
        },
    ),
    "Brokers: precision of the first one named": (
        "brokers",
        {
            "ringmap": "ringmap: at 1",
            "betweenness": "betweenness: at 1",
            "degree": "degree: at 1",
        },
    ),
    "Same person in several records: pairwise F1": (
        "identities",
        {"ringmap, ids as recorded": "ringmap (ids as recorded): F1", "same name": "same name: F1"},
    ),
    "Ranks: share of people whose interval holds the true rank": (
        "intervals",
        {
            "ringmap": "ringmap: holds",
            "ringmap, rates known": "ringmap, rates known: holds",
            "rank as shown": "rank as shown: holds",
        },
    ),
    "Ranks: mean width of an interval as a share of all ranks": (
        "intervals",
        {
            "ringmap": "ringmap: width",
            "ringmap, rates known": "ringmap, rates known: width",
            "rank as shown": "rank as shown: width",
        },
    ),
    "Ties that nobody recorded: average precision": (
        "ties",
        {
            "ringmap": "ringmap",
            "Adamic–Adar": "Adamic–Adar",
            "common neighbours": "common neighbours",
            "random": "random",
        },
    ),
}
_BY = ["scenario", "cases", "missing"]
_COUNTED = {"people", "rings", "brokers", "records", "missing ties", "never scored"}


def print_table(name: str, rows: Sequence[Row]) -> None:
    """Markdown: a row per scenario, number of cases and rate, the mean over seeds; then of all."""
    table = pd.DataFrame(rows)
    told = table.columns.drop([*_BY, "seed"])
    table[told] = table[told].apply(pd.to_numeric)
    means = table.groupby(_BY, sort=False)[list(told)].mean().reset_index()
    print(f"\n### {TITLES[name]}\n")
    print("|", " | ".join(means.columns), "|")
    print("|", " | ".join("---" for _ in means.columns), "|")
    for row in means.itertuples(index=False):
        print("|", " | ".join(map(_cell, means.columns, row)), "|")
    whole = [_cell(column, means[column].mean()) for column in told]
    print("| **mean** | – | – |", " | ".join(whole), "|", flush=True)


def print_summary(tables: Mapping[str, Sequence[Row]]) -> None:
    """Markdown: one figure of each way, by scenario and then by size and rate."""
    for title, (name, columns) in SUMMARY.items():
        table = pd.DataFrame(tables[name])
        for by in (["scenario"], ["cases", "missing"]):
            chosen = table[[*by, *columns.values()]]
            means = chosen.astype(dict.fromkeys(columns.values(), float)).groupby(by).mean()
            print(f"\n### {title}, by {' and '.join(by)}\n")
            print("|", " | ".join([*by, *columns]), "|")
            print("|", " | ".join("---" for _ in [*by, *columns]), "|")
            for keys, row in means.iterrows():
                named = keys if isinstance(keys, tuple) else (keys,)
                cells = [_cell(column, value) for column, value in zip(columns, row, strict=True)]
                print("|", " | ".join([*map(str, named), *cells]), "|")
            whole = [_cell(column, float(value)) for column, value in
                     zip(columns, means.mean(), strict=True)]  # fmt: skip
            print("|", " | ".join(["**mean**", *["–"] * (len(by) - 1), *whole]), "|", flush=True)


def _cell(column: str, value: object) -> str:
    if not isinstance(value, float):
        return str(value)
    if np.isnan(value):
        return "–"
    return f"{value:.0f}" if column in _COUNTED else f"{value:.3f}"


def settings(asked: argparse.Namespace) -> Iterator[Setting]:
    """The smallest of all scenarios first, so that a short run has seen each."""
    for seed, cases, missing in itertools.product(range(asked.seeds), asked.cases, asked.missing):
        for scenario in asked.scenarios or list_scenarios():
            yield Setting(scenario, cases, missing, seed)


def parse() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--scenarios", nargs="*", default=[], help="all when none is named")
    parser.add_argument("--cases", nargs="+", type=int, default=list(CASES))
    parser.add_argument("--missing", nargs="+", type=float, default=list(MISSING),
                        help="share of ties that nobody recorded, 0 to 1")  # fmt: skip
    parser.add_argument("--seeds", type=int, default=1, help="folders of each kind")
    parser.add_argument("--full", action="store_true", help="every figure of every folder")
    parser.add_argument("--cpu-s", type=float, default=500.0, help="make no folder after that")
    return parser.parse_args()


def main() -> None:
    """Make folders and print what was found."""
    asked = parse()
    tables: dict[str, list[Row]] = {name: [] for name in TITLES}
    left = 0
    for setting in settings(asked):
        if time.process_time() > asked.cpu_s:
            left += 1
            continue
        started = time.process_time()
        with tempfile.TemporaryDirectory() as name:
            found = measure(make(setting, Path(name) / "case"))
        for about, row in found.items():
            tables[about].append({**vars(setting), **row})
        print(f"{setting} {time.process_time() - started:.1f} CPU s", file=sys.stderr, flush=True)
    if asked.full:
        for about, rows in tables.items():
            print_table(about, rows)
    else:
        print_summary(tables)
    print(
        f"\n### Cost\n\n{time.process_time():.0f} CPU s; {left} folders not made for want of time"
    )


if __name__ == "__main__":
    main()

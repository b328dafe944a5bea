"""What crosses borders: ties, legs, corridors, gates, and people with ties on both sides."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from ringmap.analysis.counting import counted
from ringmap.analysis.evidence import records_by, records_of_ties
from ringmap.analysis.groups import group_codes
from ringmap.graph import LEG_COLUMNS, RingGraph
from ringmap.model import country_name, earliest, latest

TIE_COLUMNS = (
    "tie", "source", "target", "source_country", "target_country", "kind", "case", "directed",
    "weight", "first", "last", "records",
)  # fmt: skip
CORRIDOR_COLUMNS = (
    "from_country", "to_country", "directed", "legs", "ties", "people", "first", "last", "records",
)  # fmt: skip
GATE_COLUMNS = (
    "gate", "direction", "crossings", "unsure", "people", "first", "last", "records",
)  # fmt: skip
SPANNER_COLUMNS = (
    "party", "country", "countries", "ties", "ties_abroad", "because", "records",
)  # fmt: skip

Direction = tuple[str, str, bool]


@dataclass(frozen=True, slots=True)
class Crossings:
    """What crosses borders, and how much cannot be told because a country is not known.

    Attributes
    ----------
    ties
        Ties whose ends lie in different known countries; ``tie`` is the row in ``graph.ties``.
    legs
        Legs from one known country to another, with the columns of ``graph.legs``.
    corridors
        Country to country: how many legs and, apart, how many ties, people moved, first and
        last date, records. Ties without direction have rows of their own (``directed``
        False), each unordered pair once, in the order of the alphabet.
    gates
        Places that legs crossed at: ``crossings`` from one known country to another,
        ``unsure`` those where a country is not known or both are the same, ``direction``
        in words with counts.
    spanners
        People with ties on both sides of a border, most countries first.
    counts
        ``ties``, ``ties_across``, ``ties_inside``, ``ties_unknown``, ``ties_to_cases`` and
        ``legs``, ``legs_across``, ``legs_inside``, ``legs_unknown``: the parts add up.
    because
        What was found and what could not be told, in a sentence.
    """

    ties: pd.DataFrame
    legs: pd.DataFrame
    corridors: pd.DataFrame
    gates: pd.DataFrame
    spanners: pd.DataFrame
    counts: Mapping[str, int]
    because: str


def find_crossings(graph: RingGraph) -> Crossings:
    """What crosses a border: ties, legs, corridors, gates, and who has ties on both sides.

    A country is what ``graph.parties['country']`` or ``graph.legs`` say, never what a map
    says. An unknown country never makes a crossing; what it hides is counted. A tie to a
    case is no crossing, as the country of a case is where its file lies. Parallel ties are
    counted each, ties of a party to itself never cross. In corridors a tie with a direction
    counts from source to target, also when the graph is read without direction.

    ``people`` counts people moved, each once per row; None of them named means 0, which is
    "not recorded" more often than "nobody". Dates are the earliest and the latest that
    records give, to their precision; undated rows have none. Corridors with most legs come
    first, then most ties, then by country; gates with most crossings first; ties and legs
    in the order of the graph.

    A spanner is a person (or any party of a graph without types) whose ties, leaving cases
    out, go to two known countries or more; ``ties`` counts other parties per country,
    ``ties_abroad`` those outside its own country (None when that is not known). Few
    crossings can mean few recorded crossings: unofficial ones are recorded when they fail.

    References
    ----------
    Mancuso, M. (2014). Not all madams have a central role. Trends in Organized Crime 17.
    Giommoni, L., Berlusconi, G., Aziani, A. (2021). Interdicting international drug
    trafficking. European Journal on Criminal Policy and Research.
    """
    codes, names = _countries(graph)
    is_case = _of_type(graph, "case")
    source, target = graph.source, graph.target
    to_case = (is_case[source] | is_case[target]) if len(graph.ties) else np.zeros(0, dtype=bool)
    known = (codes[source] >= 0) & (codes[target] >= 0) & ~to_case
    across = known & (codes[source] != codes[target])
    ties = _tie_table(graph, codes, names, np.flatnonzero(across))
    all_legs = _legs(graph)
    sure = all_legs["crosses"].map(lambda one: one is True or one is np.True_).to_numpy(dtype=bool)
    inside = all_legs["crosses"].map(lambda one: one is False or one is np.False_)
    legs = all_legs[sure].reset_index(drop=True)
    counts = {
        "ties": len(graph.ties),
        "ties_across": int(across.sum()),
        "ties_inside": int((known & ~across).sum()),
        "ties_unknown": int((~known & ~to_case).sum()),
        "ties_to_cases": int(to_case.sum()),
        "legs": len(all_legs),
        "legs_across": len(legs),
        "legs_inside": int(inside.sum()),
        "legs_unknown": int(len(all_legs) - len(legs) - inside.sum()),
    }
    return Crossings(
        ties, legs, _corridors(ties, legs), _gates(all_legs, sure), _spanners(graph, codes, names),
        counts, _because(counts),
    )  # fmt: skip


def _countries(graph: RingGraph) -> tuple[npt.NDArray[np.int64], list[str]]:
    if "country" not in graph.parties.columns:
        return np.full(len(graph.parties), -1, dtype=np.int64), []
    return group_codes(graph.parties["country"])


def _of_type(graph: RingGraph, wanted: str) -> npt.NDArray[np.bool_]:
    if "type" not in graph.parties.columns:
        return np.full(len(graph.parties), wanted == "person")
    return (graph.parties["type"] == wanted).to_numpy(dtype=bool)


def _tie_table(
    graph: RingGraph,
    codes: npt.NDArray[np.int64],
    names: list[str],
    rows: npt.NDArray[np.int64],
) -> pd.DataFrame:
    told = graph.ties.iloc[rows]
    return pd.DataFrame(
        {
            "tie": rows,
            "source": graph.parties["party"].to_numpy(dtype=object)[graph.source[rows]],
            "target": graph.parties["party"].to_numpy(dtype=object)[graph.target[rows]],
            "source_country": [names[one] for one in codes[graph.source[rows]]],
            "target_country": [names[one] for one in codes[graph.target[rows]]],
            **{
                column: told[column].to_numpy()
                for column in ("kind", "case", "directed", "weight", "first", "last")
            },
            "records": records_by(graph, np.arange(len(rows)), rows, len(rows)),
        },
        columns=list(TIE_COLUMNS),
    )


def _legs(graph: RingGraph) -> pd.DataFrame:
    if "crosses" not in graph.legs.columns:
        return pd.DataFrame(columns=list(LEG_COLUMNS))
    return graph.legs


def _corridors(ties: pd.DataFrame, legs: pd.DataFrame) -> pd.DataFrame:
    of_legs: dict[Direction, list[int]] = {}
    for row, (start, end) in enumerate(zip(legs["from_country"], legs["to_country"], strict=True)):
        of_legs.setdefault((start, end, True), []).append(row)
    of_ties: dict[Direction, list[int]] = {}
    columns = (ties["source_country"], ties["target_country"], ties["directed"])
    for row, (start, end, directed) in enumerate(zip(*columns, strict=True)):
        pair = (start, end) if directed else (min(start, end), max(start, end))
        of_ties.setdefault((*pair, bool(directed)), []).append(row)
    rows = []
    for key in sorted(of_legs.keys() | of_ties.keys()):
        moves, tied = legs.iloc[of_legs.get(key, [])], ties.iloc[of_ties.get(key, [])]
        rows.append(
            {
                "from_country": key[0],
                "to_country": key[1],
                "directed": key[2],
                "legs": len(moves),
                "ties": len(tied),
                "people": _number_of(moves["people"]),
                "first": earliest([*moves["date"], *tied["first"], *tied["last"]]),
                "last": latest([*_ends(moves), *tied["first"], *tied["last"]]),
                "records": _together([*moves["records"], *tied["records"]]),
            }
        )
    table = pd.DataFrame(rows, columns=list(CORRIDOR_COLUMNS))
    order = ["legs", "ties", "from_country", "to_country"]
    return table.sort_values(order, ascending=[False, False, True, True], ignore_index=True)


def _gates(legs: pd.DataFrame, sure: npt.NDArray[np.bool_]) -> pd.DataFrame:
    named = legs["crossing"].notna().to_numpy()
    rows = []
    for gate, of_gate in legs[named].assign(sure=sure[named]).groupby("crossing", sort=True):
        certain = of_gate[of_gate["sure"]]
        ways = Counter(zip(certain["from_country"], certain["to_country"], strict=True))
        rows.append(
            {
                "gate": gate,
                "direction": "; ".join(
                    f"{start} → {end}: {number}"
                    for (start, end), number in sorted(ways.items(), key=lambda one: (-one[1], one))
                ),
                "crossings": len(certain),
                "unsure": len(of_gate) - len(certain),
                "people": _number_of(of_gate["people"]),
                "first": earliest(of_gate["date"]),
                "last": latest(_ends(of_gate)),
                "records": _together(of_gate["records"]),
            }
        )
    table = pd.DataFrame(rows, columns=list(GATE_COLUMNS))
    order = ["crossings", "unsure", "gate"]
    return table.sort_values(order, ascending=[False, False, True], ignore_index=True)


def _ends(legs: pd.DataFrame) -> list[object]:
    return [*legs["date"], *legs["end_date"]]


def _number_of(people: Iterable[tuple[str, ...]]) -> int:
    return len({person for some in people for person in some})


def _together(records: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(sorted({int(record) for some in records for record in some}))


def _spanners(graph: RingGraph, codes: npt.NDArray[np.int64], names: list[str]) -> pd.DataFrame:
    """People whose contacts lie in two known countries or more."""
    own = _of_type(graph, "person")
    is_case = _of_type(graph, "case") if "type" in graph.parties.columns else np.zeros_like(own)
    party = np.concatenate([graph.source, graph.target]).astype(np.int64)
    other = np.concatenate([graph.target, graph.source]).astype(np.int64)
    tie = np.tile(np.arange(len(graph.ties)), 2)
    asked = own[party] & (party != other) & ~is_case[other] & (codes[other] >= 0)
    party, other, tie = party[asked], other[asked], tie[asked]
    span = max(len(graph.parties), 1)
    contacts = np.unique(party * span + other)
    reached = contacts // span * max(len(names), 1) + codes[contacts % span]
    reached, number = np.unique(reached, return_counts=True)
    who, where = reached // max(len(names), 1), reached % max(len(names), 1)
    people, begin, several = np.unique(who, return_index=True, return_counts=True)
    order = np.argsort(party, kind="stable")
    cuts = np.searchsorted(party[order], np.arange(len(graph.parties) + 1))
    rows: list[tuple[tuple[int, int, int], dict[str, object]]] = []
    for person, first, many in zip(people, begin, several, strict=True):
        if many < 2:
            continue
        counts = {
            names[one]: int(count)
            for one, count in zip(
                where[first : first + many], number[first : first + many], strict=True
            )
        }
        home = names[codes[person]] if codes[person] >= 0 else None
        rows.append(
            (
                (-len(counts), -min(counts.values()), -sum(counts.values())),
                {
                    "party": graph.parties["party"].iat[person],
                    "country": home,
                    "countries": tuple(counts),
                    "ties": tuple(counts.values()),
                    "ties_abroad": None
                    if home is None
                    else sum(counts.values()) - counts.get(home, 0),
                    "because": _spans(home, counts),
                    "records": records_of_ties(graph, tie[order[cuts[person] : cuts[person + 1]]]),
                },
            )
        )
    rows.sort(key=lambda row: row[0])
    table = pd.DataFrame([row for _, row in rows], columns=list(SPANNER_COLUMNS))
    return table.astype({"ties_abroad": "Int64"})


def _spans(home: str | None, counts: Mapping[str, int]) -> str:
    told = ", ".join(f"{country_name(one, 'en')} ({count})" for one, count in counts.items())
    based = "own country not known" if home is None else f"based in {country_name(home, 'en')}"
    return f"tied to parties in {told}; {based}"


def _because(counts: Mapping[str, int]) -> str:
    if counts["ties_across"] + counts["legs_across"] == 0:
        start = "no crossing here: no tie and no leg joins two known countries"
    else:
        start = (
            f"{counts['ties_across']} of {counted(counts['ties'], 'tie')} and"
            f" {counts['legs_across']} of {counted(counts['legs'], 'leg')} join two countries"
        )
    return (
        f"{start}; {counted(counts['ties_unknown'], 'tie')} and"
        f" {counted(counts['legs_unknown'], 'leg')} cannot be"
        f" told, as a country is not known"
    )

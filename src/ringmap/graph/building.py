"""From a case file, or bare ties, to a graph."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from ringmap.errors import GraphError, QuestionError
from ringmap.graph.legs import list_legs, list_stays
from ringmap.graph.once import once_a_case
from ringmap.graph.projections import PROJECTIONS, project
from ringmap.graph.ringgraph import Evidence, RingGraph
from ringmap.graph.stages import list_stages
from ringmap.graph.windows import holds_within
from ringmap.model import Case, earliest_of, latest_of

_SHOWN = ("party", "type", "name", "kind", "country", "country_from", "province", "side", "roles",
          "standing", "lat", "lon", "label_is_id")  # fmt: skip


def build_graph(
    case: Case,
    *,
    projection: str | Sequence[str] | None = None,
    kinds: Iterable[str] | None = None,
    directed: bool = False,
    as_of: str | None = None,
    since: str | None = None,
    undated: bool = True,
) -> RingGraph:
    """The graph of a case file: all parties with all ties between them, or a projection.

    Parties have a column ``purpose``: of a case the codes of its purposes, joined by ``;``.
    Parties and ties are sorted by id, so the same records give the same graph whatever
    their order. Two records of a pair of no known direction, each the other way round, are
    one tie with the larger strength when read without direction, and two when directed.

    Parameters
    ----------
    projection
        None: the whole typed graph. ``people``: people and their direct ties.
        ``people_through_calls``: people whose telephones called or messaged each other, kind
        ``phone_contact``, as strong as the calls are many. ``people_through_cases``,
        ``…_places``, ``…_phones``: people tied by what they share; a thing that k people
        share gives each pair of them strength 1/(k − 1) (Newman 2001), so a bus station
        weighs less than a private house. Several names together give the ties of all.
    kinds
        Kinds of tie to keep (before projecting); all when None.
    directed
        Whether measures are to follow the direction of ties.
    as_of
        ISO date: ties that began later are left out. Undated ties stay.
    since
        ISO date: ties known to have ended before it are left out, and so are events that did,
        where people are tied through places. With `as_of` this makes a window, in which
        shared cases, places and phones count too (`select_window` finds no dates on those).
    undated
        Whether ties and events without any date stay.

    Raises
    ------
    GraphError
        If there is no such projection.

    References
    ----------
    Newman, M. E. J. (2001). Scientific collaboration networks II. Physical Review E 64,
    016132.
    """
    names = [projection] if isinstance(projection, str) else list(projection or ())
    unknown = [name for name in names if name not in PROJECTIONS]
    if unknown:
        raise QuestionError(
            f"no projection '{unknown[0]}'", hint=f"choose among {', '.join(PROJECTIONS)}"
        )
    keep = _kept(case, kinds) & holds_within(
        case.ties["first"], case.ties["last"], since, as_of, undated=undated
    )
    ties, start, records = _ties(case, keep)
    parties = case.parties
    if names:
        events = holds_within(case.events["date"], _ends_of(case.events), since, as_of,
                              undated=undated)  # fmt: skip
        ties, start, records = project(case, ties, start, records, names, events=events)
    if not directed:
        ties, start, records = _join_turned(ties, start, records)
    kept = (parties["type"] == "person").to_numpy() if names else np.ones(len(parties), dtype=bool)
    graph = _graph(case, parties, kept, ties, Evidence(start, records), directed)
    return replace(graph, stages=list_stages(case, as_of=as_of))


def graph_from_ties(
    ties: pd.DataFrame, parties: pd.DataFrame | None = None, *, directed: bool = False
) -> RingGraph:
    """A graph from bare ties: ``source``, ``target`` and, if known, ``weight`` and more.

    Ties between the same parties stay apart as rows, in the order of what they say, whatever
    the order of `ties`; measures add their strengths. Parties that `parties` (column
    ``party``, or else its first) lists and no tie names are isolates; a party that only ties
    name is added.

    Raises
    ------
    GraphError
        If a column is missing, an end is empty, or a strength is negative or no number.
    """
    for column in ("source", "target"):
        if column not in ties.columns:
            raise GraphError(f"ties have no column '{column}'", hint="name both ends of each tie")
        if ties[column].isna().any():
            row = int(np.flatnonzero(ties[column].isna().to_numpy())[0]) + 1
            raise GraphError(f"row {row} of the ties has an empty '{column}'", hint="name the end")
    table = _party_table(ties, parties)
    order = pd.Index(table["party"])
    tidy = pd.DataFrame(
        {
            "source": order.get_indexer(pd.Index(ties["source"])),
            "target": order.get_indexer(pd.Index(ties["target"])),
            "kind": _text(ties, "kind", "tie"),
            "case": _text(ties, "case", None),
            "directed": directed,
            "weight": _strengths(ties),
            "first": _text(ties, "first", None),
            "last": _text(ties, "last", None),
        }
    )
    further = ties.drop(columns=[*tidy.columns.intersection(ties.columns)])
    tidy = pd.concat([tidy, further.reset_index(drop=True)], axis=1)
    tidy = _sorted_ties(tidy)
    return RingGraph(table, _with_names(tidy, table), directed)


def _sorted_ties(ties: pd.DataFrame) -> pd.DataFrame:
    """Ties by their ends; those of the same two by all else that they say, word for word."""
    source, target = ties["source"].to_numpy(), ties["target"].to_numpy()
    order = np.lexsort((target, source))
    follows = (np.diff(source[order]) == 0) & (np.diff(target[order]) == 0)
    parallel = np.append(False, follows) | np.append(follows, False)
    if follows.any():
        some = ties.iloc[order[parallel]]
        told = some.drop(columns=["source", "target", "weight"]).astype(str)
        keys = ["source", "target", *told.columns, "weight"]
        order[parallel] = told.join(some[["source", "target", "weight"]]).sort_values(keys).index
    return ties.iloc[order].reset_index(drop=True)


def _party_table(ties: pd.DataFrame, parties: pd.DataFrame | None) -> pd.DataFrame:
    ends = pd.unique(pd.concat([ties["source"], ties["target"]], ignore_index=True))
    if parties is None:
        table = pd.DataFrame({"party": ends})
    else:
        key = "party" if "party" in parties.columns else parties.columns[0]
        listed = parties.rename(columns={key: "party"})
        if listed["party"].duplicated().any():
            twice = listed["party"][listed["party"].duplicated()].iloc[0]
            raise GraphError(f"party '{twice}' is listed twice", hint="list each party once")
        named = set(listed["party"])
        strangers = [end for end in ends if end not in named]
        further = pd.DataFrame({"party": strangers}) if strangers else listed.iloc[:0]
        table = pd.concat([listed, further], ignore_index=True)
    if "type" not in table.columns:
        table = table.assign(type="person")
    ordered = table.sort_values("party", key=lambda column: column.astype(str), kind="stable")
    return ordered.reset_index(drop=True)


def _text(ties: pd.DataFrame, column: str, otherwise: str | None) -> pd.Series:
    if column in ties.columns:
        return ties[column].reset_index(drop=True)
    return pd.Series([otherwise] * len(ties), dtype="str")


def _strengths(ties: pd.DataFrame) -> npt.NDArray[np.float64]:
    if "weight" not in ties.columns:
        return np.ones(len(ties))
    numbers = pd.to_numeric(ties["weight"], errors="coerce").to_numpy(dtype=np.float64)
    wrong = (np.isnan(numbers) & ties["weight"].notna().to_numpy()) | (numbers < 0)
    wrong |= np.isinf(numbers)
    if wrong.any():
        row = int(np.flatnonzero(wrong)[0])
        raise GraphError(
            f"row {row + 1} of the ties has the weight {ties['weight'].iloc[row]!r}",
            hint="a weight is the strength of a tie, 0 or more",
        )
    return numbers


def _with_names(ties: pd.DataFrame, parties: pd.DataFrame) -> pd.DataFrame:
    """Ties whose ends are party ids, held as codes into the parties."""
    names = pd.Index(parties["party"])
    ends = {
        column: pd.Categorical.from_codes(ties[column].to_numpy(dtype=np.int32), categories=names)
        for column in ("source", "target")
    }
    return ties.assign(**ends)


def _kept(case: Case, kinds: Iterable[str] | None) -> npt.NDArray[np.bool_]:
    if kinds is None:
        return np.ones(len(case.ties), dtype=bool)
    return case.ties["kind"].isin(list(kinds)).to_numpy()


def _ends_of(events: pd.DataFrame) -> pd.Series:
    """When each event was over: an event without an end took the days of its date."""
    return events["end_date"].where(events["end_date"].notna(), events["date"])


def _ties(
    case: Case, keep: npt.NDArray[np.bool_]
) -> tuple[pd.DataFrame, npt.NDArray[np.int64], npt.NDArray[np.int32]]:
    """Kept ties with their directions as truths, and their records in one long list."""
    ties = case.ties[keep].reset_index(drop=True)
    of_tie = case.tie_records["tie"].to_numpy()
    kept = keep[of_tie] if len(of_tie) else np.zeros(0, dtype=bool)
    counts = np.bincount(of_tie[kept], minlength=len(keep))[keep] if len(keep) else np.zeros(0, int)
    start = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    records = case.tie_records["record"].to_numpy()[kept].astype(np.int32)
    return ties, start, records


def _join_turned(
    ties: pd.DataFrame, start: npt.NDArray[np.int64], records: npt.NDArray[np.int32]
) -> tuple[pd.DataFrame, npt.NDArray[np.int64], npt.NDArray[np.int32]]:
    """One tie for a pair of no known direction that is recorded both ways round."""
    unknown = (ties["direction"] == "unknown").to_numpy()
    source, target = ties["source"].to_numpy(), ties["target"].to_numpy()
    back = unknown & (source > target)
    if not back.any():
        return ties, start, records
    low, high = np.where(back, target, source), np.where(back, source, target)
    order = np.lexsort((back, ties["case"], ties["kind"].astype("category").cat.codes, high, low))
    turned = ties.assign(source=low, target=high).iloc[order].reset_index(drop=True)
    key = turned[["source", "target", "kind", "case"]]
    joins = (
        key.eq(key.shift()).all(axis=1).to_numpy() & (turned["direction"] == "unknown").to_numpy()
    )
    group = np.cumsum(~joins) - 1
    joined = turned[~joins].reset_index(drop=True)
    grouped = turned.groupby(group)
    joined = joined.assign(
        weight=grouped["weight"].max().to_numpy(),
        first=earliest_of(turned["first"], group, len(joined)).to_numpy(),
        last=latest_of(turned["last"], group, len(joined)).to_numpy(),
    )
    moved = Evidence(start, records).take(order)
    ends = np.append(np.flatnonzero(~joins), len(joins))
    return joined, moved.start[ends], moved.records


def _graph(case: Case, parties: pd.DataFrame, kept: npt.NDArray[np.bool_], ties: pd.DataFrame,
           evidence: Evidence, directed: bool) -> RingGraph:  # fmt: skip
    place = np.where(kept, np.cumsum(kept) - 1, -1)
    table = parties.loc[kept, list(_SHOWN)].assign(purpose=_purposes(case)[kept])
    table = table.reset_index(drop=True)
    source, target = (
        place[ties[column].to_numpy()] if len(ties) else np.zeros(0, int)
        for column in ("source", "target")
    )
    case_of = ties["case"].to_numpy()
    names = case.parties["party"].to_numpy(dtype=object)
    told = np.where(case_of >= 0, names[case_of] if len(names) else None, None)
    tidy = pd.DataFrame(
        {
            "source": source, "target": target,
            "kind": ties["kind"].reset_index(drop=True),
            "case": pd.Series(told, dtype="str"),
            "directed": (ties["direction"] == "directed").to_numpy(),
            "weight": ties["weight"].to_numpy(dtype=np.float64),
            "first": ties["first"].reset_index(drop=True),
            "last": ties["last"].reset_index(drop=True),
            "records": np.diff(evidence.start),
        }
    )  # fmt: skip
    if directed:
        tidy["directed"] |= (ties["direction"] == "unknown").to_numpy()
    return RingGraph(
        table, _with_names(tidy, table), directed, evidence, case.records, list_legs(case),
        list_stays(case),
    )  # fmt: skip


@once_a_case
def _purposes(case: Case) -> pd.Series:
    """Purposes that records give to each case, sorted and joined by ``;``; missing for others."""
    is_case = (case.parties["type"] == "case").to_numpy()
    told = case.statements[case.statements["column"] == "purpose"]
    told = told[is_case[told["party"].to_numpy()]]
    codes: dict[int, set[str]] = {}
    for party, value in zip(told["party"].tolist(), told["value"].tolist(), strict=True):
        codes.setdefault(party, set()).update(one.strip() for one in str(value).split(";"))
    found = [";".join(sorted(codes.get(party, set()) - {""})) or None
             for party in range(len(case.parties))]  # fmt: skip
    return pd.Series(found, index=case.parties.index, dtype="str")

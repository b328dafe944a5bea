"""Brokers within and between stages, where a person may have several."""

import numpy as np
import pandas as pd
from scipy.sparse import coo_array, csr_array

from ringmap.analysis.counting import counted
from ringmap.analysis.evidence import records_of_parties
from ringmap.analysis.holes import arcs_of
from ringmap.analysis.mediation import MEDIATION
from ringmap.analysis.pairs import Integers, Numbers, Pairs, Triangles, pairs_of, triangles_of
from ringmap.analysis.positions import level
from ringmap.analysis.stages import Members, members_of
from ringmap.graph import RingGraph

BROKER_COLUMNS = (
    "rank", "party", "stages", "within", "between", *MEDIATION, "because", "records",
)  # fmt: skip


def find_stage_brokers(graph: RingGraph, *, rank_victims: bool = False) -> pd.DataFrame:
    """Who stands between others of the same stage, and who joins stages.

    Gould and Fernandez' open paths a, party, b (a and b have no tie of their own), all three
    of them doing something in a stage (see `members_of`). Whoever has k stages counts 1/k
    in each, so every path counts once in all, shared out over the kinds of mediation; with one
    stage each the numbers are those of ``find_brokers(group=...)``. ``within`` is
    ``coordinator`` (all three of one stage), ``between`` the other four together; 0 up;
    without direction each pair counts twice, as in R's sna. Most ``between`` first, then by
    id. ``rank`` counts from 1, equal values level; victims have none (``<NA>``) unless asked
    for, and stand last, for a victim who was made to recruit is a victim.

    No rows when nobody does anything in a stage; ``attrs['verdict']`` says so, and also when
    nobody joins two stages. Whoever is known from one file only looks as if of one stage only.

    References
    ----------
    Gould, R. V., Fernandez, R. M. (1989). Structures of mediation. Sociological Methodology
    19, 89-126.
    """
    members = members_of(graph)
    pairs = pairs_of(graph)
    kinds = mediate(pairs, shares_of(members, pairs.count))
    table = pd.DataFrame({name: values[members.parties] for name, values in kinds.items()})
    table.insert(0, "party", graph.parties["party"].to_numpy(dtype=object)[members.parties])
    table["party"] = table["party"].astype("str")
    table["stages"] = [
        tuple(np.array(members.stages, dtype=object)[row].tolist()) for row in members.does
    ]
    table["within"] = table["coordinator"]
    table["between"] = level(table[list(MEDIATION[1:])].sum(axis=1).to_numpy(dtype=np.float64))
    table["records"] = records_of_parties(graph).iloc[members.parties].to_numpy()
    ranked = np.ones(len(table), dtype=bool)
    if "side" in graph.parties.columns and not rank_victims:
        side = graph.parties["side"].iloc[members.parties]
        ranked = ~side.isin(["victim", "both"]).to_numpy()
    rank = table["between"].where(ranked).rank(method="min", ascending=False)
    table["rank"] = rank.astype("Int64")
    table["because"] = [
        _because(stages, within, between)
        for stages, within, between in zip(
            table["stages"], table["within"], table["between"], strict=True
        )
    ]
    table = table.assign(last=~ranked).sort_values(
        ["last", "between", "party"], ascending=[True, False, True], ignore_index=True
    )[list(BROKER_COLUMNS)]
    table.attrs["verdict"] = _verdict(table)
    return table


def shares_of(members: Members, count: int) -> Numbers:
    """How much of each party belongs to each stage: rows add up to 1, or 0 for none."""
    shares = np.zeros((count, len(members.stages)))
    does = members.does.astype(np.float64)
    shares[members.parties] = does / does.sum(axis=1, keepdims=True)
    return shares


def mediate(pairs: Pairs, share: Numbers) -> dict[str, Numbers]:
    """Open paths of each kind per party; 0 for a party of no stage."""
    has = np.concatenate([pairs.forward > 0, pairs.backward > 0])
    counts = _every_path(pairs, share, has)
    if len(pairs.low):
        for triangles in triangles_of(pairs):
            _take_closed(counts, pairs, share, has, triangles)
    found = dict(zip(MEDIATION, counts.T, strict=True))
    return {name: level(np.where(values > 1e-9, values, 0.0)) for name, values in found.items()}


def _every_path(pairs: Pairs, share: Numbers, has: np.typing.NDArray[np.bool_]) -> Numbers:
    """Paths a, v, b with a other than b, open or not; a column per kind of mediation."""
    tail = np.concatenate([pairs.low, pairs.high])[has]
    head = np.concatenate([pairs.high, pairs.low])[has]
    half = len(pairs.low)
    both = has[:half] & has[half:]
    low, high = pairs.low[both], pairs.high[both]
    comes, goes = _near(head, tail, pairs.count) @ share, _near(tail, head, pairs.count) @ share
    mutual = _near(np.concatenate([low, high]), np.concatenate([high, low]), pairs.count)
    alike = comes * goes - mutual @ share**2
    to_own = comes.sum(axis=1, keepdims=True) * goes - mutual @ share
    from_own = comes * goes.sum(axis=1, keepdims=True) - mutual @ share
    known = (share.sum(axis=1) > 0).astype(np.float64)
    total = comes.sum(axis=1) * goes.sum(axis=1) - mutual @ known
    return _shared_out(share, alike, to_own, from_own, total * known)


def _take_closed(counts: Numbers, pairs: Pairs, share: Numbers,
                 has: np.typing.NDArray[np.bool_], triangles: Triangles) -> None:  # fmt: skip
    """Take the closed paths in these triangles off the counts."""
    known = share.sum(axis=1) > 0
    for a, b, v, ab, av, vb, _ in arcs_of(triangles, len(pairs.low)):
        shut = has[av] & has[vb] & has[ab] & known[a] & known[v] & known[b]
        one, middle, other = share[a[shut]], share[v[shut]], share[b[shut]]
        kinds = _shared_out(middle, one * other, other, one, np.ones(len(middle)))
        np.subtract.at(counts, v[shut], kinds)


def _shared_out(
    middle: Numbers, alike: Numbers, to_own: Numbers, from_own: Numbers, total: Numbers
) -> Numbers:
    """Columns of `MEDIATION` from products summed over paths.

    `alike`: both ends of the stage; `to_own`: the second end; `from_own`: the first end.
    """
    coordinator = (middle * alike).sum(axis=1)
    itinerant = ((1 - middle) * alike).sum(axis=1) * (middle.sum(axis=1) > 0)
    gatekeeper = (middle * (to_own - alike)).sum(axis=1)
    representative = (middle * (from_own - alike)).sum(axis=1)
    liaison = total - coordinator - itinerant - gatekeeper - representative
    return np.column_stack([coordinator, itinerant, gatekeeper, representative, liaison])


def _near(party: Integers, contact: Integers, count: int) -> csr_array:
    ones = np.ones(len(party))
    return coo_array((ones, (party, contact)), shape=(count, count)).tocsr()


def _because(stages: tuple[str, ...], within: float, between: float) -> str:
    does = f"does {', '.join(stages)}"
    if within + between == 0:
        return f"{does}; stands on no open path between others who do something"
    return (
        f"{does}; open paths between others that lead through this party: {within:.1f} within a"
        f" stage, {between:.1f} between stages"
    )


def _verdict(table: pd.DataFrame) -> str:
    if table.empty:
        return "no broker between stages here: nobody is recorded as doing anything in a stage"
    joining = int((table["between"] > 0).sum())
    if not joining:
        return (
            f"no broker between stages here: none of {counted(len(table), 'party')} joins"
            " two stages"
        )
    return f"{joining} of {counted(len(table), 'party')} stand on open paths between stages"

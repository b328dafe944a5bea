"""Who stands above whom whatever the centrality: ranking by neighbourhoods, without an index."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from ringmap.analysis.counting import counted
from ringmap.analysis.evidence import records_of_parties
from ringmap.analysis.pairs import WEDGES_AT_ONCE, Integers, Pairs, pairs_of
from ringmap.analysis.reasons import contacts_of
from ringmap.errors import GraphError
from ringmap.graph import RingGraph

#: More pairs than this nobody reads.
MOST_ROWS = 200_000


def find_rank_intervals(graph: RingGraph) -> pd.DataFrame:
    """A row per party: how many stand surely above and below it, and so its possible ranks.

    A party is surely not above another when all its contacts are contacts of the other too
    (the other itself may be one of them). Then no centrality that goes by who is tied to
    whom puts it higher: not degree, closeness, betweenness, the eigenvector, nor the core
    number (Schoch and Brandes 2016). Direction and strength are ignored, so it says nothing
    about measures that use them. Parties with the same contacts, apart from each other, are
    level.

    Wide intervals are the usual answer, and an honest one: the place in a ranking is then
    the choice of a measure, not a fact of the records. Missing records mislead it like any
    measure: one tie more or less may undo what is "sure" here.

    Returns
    -------
        ``party``, ``below`` (how many are surely below it), ``above``, ``equal`` (others
        surely level), ``rank_low`` and ``rank_high``: the best and the worst rank that any
        such centrality can give it, **1 the most central**, equals sharing the better rank;
        from above + 1 to n − below − equal. ``because``, ``records``. Best ``rank_high``
        first, then ``rank_low``, then by id.

    References
    ----------
    Schoch, D., Brandes, U. (2016). Re-conceptualizing centrality in social networks.
    European Journal of Applied Mathematics 27, 971-985.
    """
    pairs = pairs_of(graph)
    twins = _twins(pairs)
    above, below = np.zeros(pairs.count, np.int64), np.zeros(pairs.count, np.int64)
    for lower, higher in _inclusions(pairs, twins):
        above += np.bincount(lower, weights=twins.size[higher], minlength=pairs.count).astype(int)
        below += np.bincount(higher, weights=twins.size[lower], minlength=pairs.count).astype(int)
    above, below = above[twins.first], below[twins.first]
    equal = twins.size[twins.first] - 1
    alone = contacts_of(pairs) == 0
    above[alone] = (~alone).sum()
    below[~alone] += alone.sum()
    table = pd.DataFrame({"party": graph.parties["party"], "below": below, "above": above})
    table["equal"] = equal
    table["rank_low"] = above + 1
    table["rank_high"] = pairs.count - below - equal
    table["because"] = [_place(*row) for row in zip(*_listed(table, alone), strict=True)]
    table["records"] = records_of_parties(graph)
    table = table.sort_values(["rank_high", "rank_low"], kind="stable")
    return table.reset_index(drop=True)


def _listed(table: pd.DataFrame, alone: npt.NDArray[np.bool_]) -> list[list[int]]:
    numbers = ("below", "above", "equal", "rank_low", "rank_high")
    others = [len(table) - 1] * len(table)
    return [*(table[name].tolist() for name in numbers), alone.tolist(), others]


def _place(
    below: int, above: int, equal: int, low: int, high: int, alone: bool, others: int
) -> str:
    if alone:
        return "no place here: no tie to anybody is recorded, so all who have ties stand above it"
    if below == above == equal == 0:
        return "nobody stands surely above or below it: its place depends on the measure chosen"
    level = f", level with {equal}" if equal else ""
    return (
        f"of {counted(others, 'other')} {below} stand surely below it and {above} surely"
        f" above{level}: by any"
        f" centrality of who is tied to whom its rank is {low}"
        + (f" to {high}" if high > low else "")
    )


def find_dominance(graph: RingGraph, *, parties: Collection[str] | None = None) -> pd.DataFrame:
    """A row per pair of parties of which one stands above the other under every centrality.

    What that means, and where it misleads, is told in `find_rank_intervals`. Parties that
    are level are no such pair, and a party without ties, which all others stand above, is
    in no row. By ``above``, then ``below``.

    Parameters
    ----------
    parties
        Only pairs with at least one of these; all when None.

    Returns
    -------
        ``above`` and ``below`` (ids), ``because`` (numbers only, no names) and ``records``
        (those behind the ties of either). ``attrs['because']`` says in a sentence how many
        pairs can be compared at all.

    Raises
    ------
    GraphError
        If a party is not in the graph, or there would be more than 200,000 rows.

    References
    ----------
    Schoch, D., Brandes, U. (2016). Re-conceptualizing centrality in social networks.
    European Journal of Applied Mathematics 27, 971-985.
    """
    pairs = pairs_of(graph)
    low, high = _all_pairs(pairs, _wanted(graph, parties))
    names = graph.parties["party"].to_numpy(dtype=object)
    order = np.lexsort((low, high))
    low, high = low[order], high[order]
    contacts, keys = contacts_of(pairs), _keys(pairs)
    tied = _are_in(keys, low * max(pairs.count, 1) + high)
    told = zip(tied.tolist(), contacts[low].tolist(), contacts[high].tolist(), strict=True)
    records = records_of_parties(graph)
    table = pd.DataFrame({"above": names[high], "below": names[low]})
    table["because"] = pd.Series([_pair(*one) for one in told], dtype="str")
    table["records"] = pd.Series(
        [
            tuple(sorted({*records[i], *records[j]}))
            for i, j in zip(high.tolist(), low.tolist(), strict=True)
        ],
        dtype=object,
    )
    some = int((contacts > 0).sum())
    possible = some * (some - 1) // 2
    about = "in which these parties are " if parties is not None else ""
    table.attrs = {
        "because": (
            f"{counted(len(table), 'pair')} {about}can be told apart by any centrality, of"
            f" {counted(possible, 'pair')} of {counted(some, 'party')} with ties; the order"
            " of the others is the choice of a"
            " measure"
        )
    }
    return table


def _pair(tied: bool, contacts: int, more: int) -> str:
    if not tied:
        told = "the one" if contacts == 1 else f"all {contacts}"
        with_whom = f"is tied to {told} that the other is tied to"
    elif contacts == 1:
        with_whom = "is the only one that the other is tied to"
    else:
        told = "the one" if contacts == 2 else f"all {contacts - 1}"
        with_whom = f"is tied to the other, and to {told} more that it is tied to"
    return (
        f"stands above under every centrality of who is tied to whom: it {with_whom}, and has"
        f" {more} contacts in all"
    )


def _wanted(graph: RingGraph, parties: Collection[str] | None) -> npt.NDArray[np.bool_]:
    if parties is None:
        return np.ones(len(graph.parties), dtype=bool)
    strange = sorted(set(parties) - set(graph.parties["party"]))
    if strange:
        raise GraphError(f"no party '{strange[0]}'", hint="give ids as they stand in the graph")
    return graph.parties["party"].isin(set(parties)).to_numpy(dtype=bool)


def _all_pairs(pairs: Pairs, wanted: npt.NDArray[np.bool_]) -> tuple[Integers, Integers]:
    """Parties surely below, and those above them, members of the same class one by one."""
    twins = _twins(pairs)
    order = np.argsort(twins.first, kind="stable")
    start = np.searchsorted(twins.first[order], np.arange(pairs.count))
    asked = np.bincount(twins.first[wanted], minlength=pairs.count) > 0
    lows, highs, rows = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)], 0
    for lower, higher in _inclusions(pairs, twins):
        kept = asked[lower] | asked[higher]
        lower, higher = lower[kept], higher[kept]
        times = twins.size[lower] * twins.size[higher]
        if rows + int(times.sum()) > _MOST_LOOKED_AT:
            raise _too_many()
        which = np.repeat(np.arange(len(times)), times)
        place = np.arange(len(which)) - np.repeat(np.cumsum(times) - times, times)
        many = twins.size[higher][which]
        low = order[start[lower[which]] + place // many]
        high = order[start[higher[which]] + place % many]
        kept = wanted[low] | wanted[high]
        lows.append(low[kept])
        highs.append(high[kept])
        rows += int(kept.sum())
        if rows > MOST_ROWS:
            raise _too_many()
    return np.concatenate(lows), np.concatenate(highs)


_MOST_LOOKED_AT = 20 * MOST_ROWS


def _too_many() -> GraphError:
    return GraphError(
        f"more than {MOST_ROWS:,} pairs stand above each other",
        hint="ask about some parties, or see find_rank_intervals",
    )


@dataclass(frozen=True, slots=True)
class _Twins:
    """Parties with the same contacts, apart from each other.

    Attributes
    ----------
    first
        For each party the first one with the same contacts, perhaps itself.
    size
        How many have the same contacts as the party, itself included; right for firsts.
    """

    first: Integers
    size: Integers


def _twins(pairs: Pairs) -> _Twins:
    """Classes of parties with the same contacts, of which none or all are tied to each other."""
    tail, head = _both_ways(pairs)
    everyone = np.arange(pairs.count)
    apart = _first_alike(tail, head, pairs.count)
    tail, head = np.concatenate([tail, everyone]), np.concatenate([head, everyone])
    first = np.minimum(apart, _first_alike(tail, head, pairs.count))
    return _Twins(first, np.bincount(first, minlength=pairs.count))


def _first_alike(tail: Integers, head: Integers, count: int) -> Integers:
    """For each party the first one whose list of heads is the same."""
    order = np.lexsort((head, tail))
    cuts = np.searchsorted(tail[order], np.arange(count + 1)) * head.itemsize
    text, seen = head[order].tobytes(), dict[bytes, int]()
    ends = zip(cuts[:-1].tolist(), cuts[1:].tolist(), strict=True)
    lists = (text[begin:end] for begin, end in ends)
    return np.fromiter(
        (seen.setdefault(told, party) for party, told in enumerate(lists)), np.int64, count
    )


def _both_ways(pairs: Pairs) -> tuple[Integers, Integers]:
    return np.concatenate([pairs.low, pairs.high]), np.concatenate([pairs.high, pairs.low])


def _keys(pairs: Pairs) -> Integers:
    """Every tie, each way, as one sorted number."""
    tail, head = _both_ways(pairs)
    return np.sort(tail * max(pairs.count, 1) + head)


def _are_in(keys: Integers, asked: Integers) -> npt.NDArray[np.bool_]:
    if len(keys) == 0:
        return np.zeros(len(asked), dtype=bool)
    found = np.minimum(np.searchsorted(keys, asked), len(keys) - 1)
    return np.asarray(keys[found] == asked, dtype=bool)


def _inclusions(pairs: Pairs, twins: _Twins) -> Iterator[tuple[Integers, Integers]]:
    """Firsts of classes of which one is surely below the other, in pieces of bounded size.

    Whoever stands above a party is its contact with the fewest contacts, or tied to that
    one; so only these are looked at, and only those with more contacts than the party.
    """
    contacts = contacts_of(pairs)
    near, start = _contacts_by(pairs, contacts)
    leads = twins.first == np.arange(pairs.count)
    lower = np.flatnonzero(leads & (contacts > 0))
    fewest = near[start[lower]]
    counts = contacts[fewest] + 1
    keys = _keys(pairs)
    for begin, end in _pieces(counts):
        sizes = counts[begin:end]
        which = np.repeat(np.arange(begin, end), sizes)
        place = np.arange(len(which)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        party, by = lower[which], fewest[which]
        other = np.where(place == 0, by, near[start[by] + np.maximum(place - 1, 0)])
        kept = leads[other] & (contacts[other] > contacts[party])
        party, other = party[kept], other[kept]
        kept = _hold(party, other, near, start, keys)
        yield party[kept], other[kept]


def _contacts_by(pairs: Pairs, contacts: Integers) -> tuple[Integers, Integers]:
    """Contacts of each party, those with the fewest contacts first, and where each list begins."""
    tail, head = _both_ways(pairs)
    order = np.lexsort((head, contacts[head], tail))
    return head[order], np.searchsorted(tail[order], np.arange(pairs.count + 1))


def _pieces(counts: Integers) -> Iterator[tuple[int, int]]:
    total = np.cumsum(counts)
    begin = 0
    while begin < len(counts):
        before = total[begin - 1] if begin else 0
        end = max(int(np.searchsorted(total, before + WEDGES_AT_ONCE, side="right")), begin + 1)
        yield begin, end
        begin = end


def _hold(
    party: Integers, other: Integers, near: Integers, start: Integers, keys: Integers
) -> npt.NDArray[np.bool_]:
    """Whether all contacts of each party are contacts of the other, or the other itself."""
    count = len(start) - 1
    holds = np.ones(len(party), dtype=bool)
    open_ = np.arange(len(party))
    step = 0
    while len(open_):
        contact = near[start[party[open_]] + step]
        met = (contact == other[open_]) | _are_in(keys, contact * count + other[open_])
        holds[open_[~met]] = False
        step += 1
        open_ = open_[met]
        open_ = open_[start[party[open_]] + step < start[party[open_] + 1]]
    return holds

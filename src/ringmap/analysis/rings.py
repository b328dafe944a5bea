"""Rings: parties tied more closely to each other than to the rest, and whether chance does it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from ringmap.analysis.joining import join_groups
from ringmap.analysis.lines import make_lines_whole
from ringmap.analysis.pairs import Integers, Numbers, component_of, pairs_of
from ringmap.analysis.partitions import (
    Groups,
    Network,
    agree,
    connected_parts,
    run_until_agreed,
    share_of_runs,
)
from ringmap.analysis.settling import settle
from ringmap.analysis.significance import compare_with_chance
from ringmap.graph import RingGraph

#: Fewer parties are no ring.
LEAST_MEMBERS = 3
#: A party also belongs to another ring with this share of its strength and this many contacts.
LEAST_SHARE = 0.25
LEAST_CONTACTS = 2


def find_rings(graph: RingGraph, *, seed: int = 0) -> pd.DataFrame:
    """A row per membership: who is in which ring, how much of its ties, how surely.

    Groups are found with the constant Potts model at two resolutions, run with several seeds; what
    most runs agree on are close groups. A ring that is a line of parties, each tied to those beside
    it and to nobody else, is not cut. Groups are joined again that all the ties are decidedly
    better described with as one: a long line with cells is one ring, not five (Zhang, Peixoto
    2020). Whoever is tied as strongly to another group, to people who stand more in the middle
    there, goes to it. Modularity is not maximised: at its default resolution it welds small rings
    together (Fortunato, Barthélemy 2007). Direction is ignored, strengths count in finding close
    groups. The same graph and seed give the same rings on every machine, with the compiled library
    or without; fewer runs are made where the first ones agree and in large networks, and ``attrs``
    says how many there were.

    ``ring`` is R1, R2, … from the largest, equals by their first party. ``share`` (0 to 1)
    is the part of the party's strength that goes to members of the ring. A party has a
    further row for another ring when at least a quarter of its strength and two of its
    contacts are there, leaving out those who are themselves also of the party's own ring;
    its shares add up to at most 1, its own ring comes first. A party in
    a group of less than 3 has no row. ``stability`` (0 to 1) is the share of runs in which the
    party is in the group where most members of the ring are.
    Rows are in the order of rings, own members before others, highest share first, then by id.

    Any method divides any network, a random one too. So the excess of ties inside groups
    over what degrees alone would give is compared with random networks in which everybody
    has as many ties as here (above 50,000 ties: smaller ones, of some of the parties, which
    makes it harder to pass; above 2,000 no more than five where these leave no doubt). If it
    is not higher than chance, there is **no ring structure here**, and a ring is merely each
    connected part with 3 parties or more, whole.
    A star cannot be told from chance, since its degrees leave no other network: as a ring
    of its own it is found, the test says nothing about it. Rings with as many ties outwards
    as inwards are not found. A case or a place that many share can weld strangers together;
    leave such parties out (projection ``people``) and compare.

    Returns
    -------
        ``party, ring, share, stability``. ``attrs['significance']`` has ``found``,
        ``statistic``, ``null_mean``, ``null_sd``, ``z``, ``p`` (at least 1/(null_runs + 1)),
        ``null_runs``, ``runs`` and ``verdict`` (a sentence; ``verdict_vi`` in Vietnamese);
        ``attrs['because']`` and ``attrs['because_vi']`` a sentence for each ring.

    References
    ----------
    Traag, V. A., Van Dooren, P., Nesterov, Y. (2011). Narrow scope for resolution-limit-free
    community detection. Physical Review E 84, 016114.
    Lancichinetti, A., Fortunato, S. (2012). Consensus clustering in complex networks.
    Scientific Reports 2, 336.
    Zhang, L., Peixoto, T. P. (2020). Statistical inference of assortative community
    structures. Physical Review Research 2, 043271.
    Fortunato, S., Barthélemy, M. (2007). Resolution limit in community detection. PNAS 104.
    """
    pairs = pairs_of(graph)
    weight = pairs.forward if not graph.directed else pairs.forward + pairs.backward
    network = Network(pairs.count, pairs.low, pairs.high, _damped(weight))
    if len(network.low) == 0:
        return _empty()
    effort = _effort_for(len(network.low))
    runs = run_until_agreed(network, fewest=effort.fewest_seeds, most=effort.seeds, seed=seed)
    significance = compare_with_chance(
        network, runs, fewest=effort.fewest_draws, draws=effort.draws, seed=seed
    )
    if significance["found"]:
        groups = join_groups(network, make_lines_whole(network, [agree(network, runs), *runs]))
        joined: list[Groups] = [settle(network, one) for one in groups]
        found = connected_parts(network, joined.pop(0))
    else:
        found = component_of(pairs)
        joined = [found]
    of = _numbered(found)
    strong = Network(pairs.count, pairs.low, pairs.high, weight)
    table = _memberships(strong, of, joined)
    names = [f"R{ring + 1}" for ring in range(int(of.max(initial=-1)) + 1)]
    facts = [fact.tolist() for fact in _facts(strong, of, table)]
    told = pd.DataFrame(
        {
            "party": graph.parties["party"].array.take(table["party"].to_numpy()),
            "ring": pd.array(names, dtype="str").take(table["ring"].to_numpy()),
            "share": table["share"].to_numpy(),
            "stability": table["stability"].to_numpy(),
        }
    )
    told.attrs = {
        "significance": significance,
        "because": dict(zip(names, map(_sentence, *facts), strict=True)),
        "because_vi": dict(zip(names, map(_sentence_vi, *facts), strict=True)),
    }
    return told


def _empty() -> pd.DataFrame:
    table = pd.DataFrame({"party": pd.Series(dtype="str"), "ring": pd.Series(dtype="str"),
                          "share": pd.Series(dtype="float64"),
                          "stability": pd.Series(dtype="float64")})  # fmt: skip
    nothing = dict.fromkeys(("statistic", "null_mean", "null_sd", "z", "p"), float("nan"))
    told = {
        "found": False, **nothing, "null_runs": 0, "runs": 0,
        "verdict": "no ring structure here: no ties are recorded",
        "verdict_vi": "không có cấu trúc đường dây ở đây: không hồ sơ nào ghi mối liên hệ",
    }  # fmt: skip
    table.attrs = {"significance": told, "because": {}, "because_vi": {}}
    return table


@dataclass(frozen=True, slots=True)
class _Effort:
    """Seeds, each of which gives a run at either resolution, and random networks.

    With fewest of them it is done, where these already tell.
    """

    fewest_seeds: int
    seeds: int
    fewest_draws: int
    draws: int


def _effort_for(ties: int) -> _Effort:
    if ties <= 2_000:
        return _Effort(3, 8, 39, 39)
    if ties <= 20_000:
        return _Effort(3, 8, 5, 19)
    return _Effort(3, 8 if ties <= 200_000 else 3, 5, 5)


def _damped(weight: Numbers) -> Numbers:
    """Strengths with a mean of 1, many calls counting more than one, but not that many times.

    A case file mixes units: 120 messages are not 120 times a kinship.
    """
    damped = np.log1p(weight)
    return damped / damped.mean() if len(damped) else damped


def _numbered(found: Integers) -> Integers:
    """Ring of each party from 0, the largest first, equals by first party; −1 for too small.

    `found` are numbers of parts, by first party.
    """
    size = np.bincount(found)
    place = np.empty(len(size), dtype=np.int64)
    place[np.argsort(-size, kind="stable")] = np.arange(len(size))
    place[size < LEAST_MEMBERS] = -1
    return np.asarray(place[found], dtype=np.int64)


def _memberships(network: Network, of: Integers, runs: Sequence[Groups]) -> pd.DataFrame:
    """Rows of party, ring, share and stability, in the order that `find_rings` promises."""
    total = _strength(network, np.ones(len(network.low), dtype=bool))
    inside = (of[network.low] == of[network.high]) & (of[network.low] >= 0)
    members = np.flatnonzero(of >= 0)
    own = np.minimum(_strength(network, inside)[members] / total[members], 1.0)
    further, rings, shares = _further(network, of, total)
    who, ring = np.concatenate([members, further]), np.concatenate([of[members], rings])
    share: Numbers = np.concatenate([own, shares])
    first = np.arange(len(who)) < len(members)
    # Members, and those besides, are in the order of ids: that is how equals stay.
    order = np.lexsort((-share, 2 * ring + (~first).astype(np.int64)))
    who, ring = who[order], ring[order]
    return pd.DataFrame(
        {
            "party": who, "ring": ring, "share": share[order], "own": first[order],
            "stability": share_of_runs(who, ring, of, runs),
        }
    )  # fmt: skip


def _strength(network: Network, chosen: npt.NDArray[np.bool_]) -> Numbers:
    """Strength of each party's ties, of those chosen."""
    rows = np.flatnonzero(chosen)
    low, high, weight = (one.take(rows) for one in (network.low, network.high, network.weight))
    found = np.bincount(low, weights=weight, minlength=network.count)
    found += np.bincount(high, weights=weight, minlength=network.count)
    return np.asarray(found, dtype=np.float64)


def _further(network: Network, of: Integers, total: Numbers) -> tuple[Integers, Integers, Numbers]:
    """Party, ring and share of those who belong to a ring besides their own."""
    across = (of[network.low] != of[network.high]) & (of[network.low] >= 0)
    across &= of[network.high] >= 0
    enough = _strength(network, across) >= (LEAST_SHARE - 1e-12) * total
    ends = np.column_stack([network.low, network.high])
    rows, side = np.nonzero(across[:, None] & enough[ends])
    party, other = ends[rows, side], ends[rows, 1 - side]
    span = int(of.max(initial=0)) + 1
    keys, place, contacts = np.unique(
        party * span + of[other], return_inverse=True, return_counts=True
    )
    who, ring = keys // span, keys % span
    strength = np.bincount(place, weights=network.weight[rows], minlength=len(keys))
    share = np.minimum(strength / total[who], 1.0)
    kept = np.flatnonzero((share >= LEAST_SHARE) & (contacts >= LEAST_CONTACTS))
    who, ring, share = who[kept], ring[kept], share[kept]
    kept = np.flatnonzero(_of_their_own(network, of, who, ring, share, total))
    return who[kept], ring[kept], share[kept]


def _of_their_own(network: Network, of: Integers, who: Integers, ring: Integers, share: Numbers,
                  total: Numbers) -> npt.NDArray[np.bool_]:  # fmt: skip
    """Which further memberships do not rest on those who came over from the party's own ring.

    Whoever is tied to two people that its ring shares with another is not shared for that.
    The highest share is asked first, equals at once: contacts already known to belong to the
    party's own ring do not count for the rest.
    """
    near = _neighbours(network, who)
    shared: set[tuple[int, int]] = set()
    kept = np.zeros(len(who), dtype=bool)
    level = np.round(share, 9)
    order = np.argsort(-level, kind="stable")
    for equals in np.split(order, np.flatnonzero(np.diff(level[order])) + 1):
        now = equals.tolist()
        for at in now:
            party = int(who[at])
            free = [strength for other, strength in near[party]
                    if of[other] == ring[at] and (other, int(of[party])) not in shared]  # fmt: skip
            enough = sum(free) / total[party] >= LEAST_SHARE - 1e-12
            kept[at] = enough and len(free) >= LEAST_CONTACTS
        shared.update((int(who[at]), int(ring[at])) for at in now if kept[at])
    return kept


def _neighbours(network: Network, who: Integers) -> dict[int, list[tuple[int, float]]]:
    """Contacts of some parties with the strength of each."""
    wanted = np.zeros(network.count, dtype=bool)
    wanted[who] = True
    near: dict[int, list[tuple[int, float]]] = {int(one): [] for one in who}
    for party, other in ((network.low, network.high), (network.high, network.low)):
        rows = np.flatnonzero(wanted[party])
        for a, b, strength in zip(party[rows].tolist(), other[rows].tolist(),
                                  network.weight[rows].tolist(), strict=True):  # fmt: skip
            near[a].append((b, strength))
    return near


def _facts(network: Network, of: Integers, table: pd.DataFrame) -> list[Integers | Numbers]:
    """Of each ring: members, share of strength that stays, mean stability, members besides."""
    rings = int(of.max(initial=-1)) + 1
    one, other = of[network.low], of[network.high]
    inside = (one == other) & (one >= 0)
    within = np.bincount(one[inside], weights=network.weight[inside], minlength=rings)
    # The first number is for those of no ring.
    every = sum(np.bincount(end + 1, weights=network.weight, minlength=rings + 1)[1:]
                for end in (one, other)) - within  # fmt: skip
    members = np.bincount(of[of >= 0], minlength=rings)
    own = table["own"].to_numpy()
    ring, also = table["ring"].to_numpy()[own], table["ring"].to_numpy()[~own]
    stability = np.bincount(ring, weights=table["stability"].to_numpy()[own], minlength=rings)
    return [members, within / every, stability / np.maximum(members, 1),
            np.bincount(also, minlength=rings)]  # fmt: skip


def _sentence(members: int, stays: float, stability: float, also: int) -> str:
    """Why it is a ring, in numbers."""
    return (
        f"{members} parties; {stays:.0%} of the strength of their ties stays among them; on"
        f" average a member is with the others in {stability:.0%} of the runs"
        + (f"; members of other rings who belong here too: {also}" if also else "")
    )


def _sentence_vi(members: int, stays: float, stability: float, also: int) -> str:
    return (
        f"{members} bên; {stays * 100:.0f} % cường độ các mối liên hệ của họ nằm giữa họ với nhau;"
        f" trung bình một thành viên ở cùng các thành viên khác trong {stability * 100:.0f} % số"
        " lần chạy"
        + (f"; thành viên của đường dây khác cũng thuộc đường dây này: {also}" if also else "")
    )

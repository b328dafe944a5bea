"""Whether groups have more ties inside than chance alone gives, and the random networks for it."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from ringmap import kernels
from ringmap.analysis.pairs import Integers
from ringmap.analysis.partitions import (
    POTTS,
    Groups,
    Network,
    divide,
    groups_of,
    seed_of,
)
from ringmap.analysis.potts import exchange_plainly

#: Rings are believed this many standard deviations above chance, above every random network
#: or all but one in twenty.
LEAST_Z = 3.5
#: The first few random networks tell enough where the excess lies so far above them, or below.
FAR_Z = 12.0
#: Up to so many ties groups are sought for the highest excess, beyond that those of the rings
#: are taken: the highest excess of a random network grows with its size.
_SMALL = 20_000
#: Tries to exchange ends for each tie of a random network, as many as igraph takes.
_TRIES = 10
#: Random networks have no more ties than about so many.
_MOST_RANDOM_TIES = 50_000
#: In a smaller random network whoever keeps more ties than this is there, with fewer of them.
_HUB = 100


def compare_with_chance(
    network: Network, runs: Sequence[Groups], *, fewest: int, draws: int, seed: int
) -> dict[str, Any]:
    """How far the groups' excess of inner ties lies above that of random networks.

    Ties are counted without their strengths: a random network has no place of its own for a
    strong tie. `runs` are divisions of the network; where these were found by strengths, their
    excess may be less than the highest, which makes it harder to pass. `draws` random networks
    are made, or the fewest where the excess is below their mean or `FAR_Z` above it.
    """
    plain = Network(network.count, network.low, network.high, np.ones(len(network.low)))
    highest = _highest_excess if len(plain.low) <= _SMALL else _excess_of_rings
    if len(plain.low) <= _SMALL:
        observed = float(np.mean([highest(plain, seed_of(seed, one)) for one in range(3)]))
    else:
        observed = max(excess(plain, one) for one in runs[: len(POTTS)])
    chance: list[float] = []
    for number, one in enumerate(random_networks(plain, draws, seed)):
        chance.append(highest(one, seed_of(seed, number)))
        if number + 1 == fewest and not 0 <= _deviations(observed, chance) < FAR_Z:
            break
    smaller = len(plain.low) > _MOST_RANDOM_TIES
    made, mean, z = len(chance), float(np.mean(chance)), _deviations(observed, chance)
    p = (1 + sum(one >= observed - 1e-12 for one in chance)) / (1 + made)
    found = z >= LEAST_Z and p <= max(0.05, 1 / (1 + made))
    return {
        "found": bool(found), "statistic": observed, "null_mean": mean,
        "null_sd": float(np.std(chance, ddof=1)),
        "z": z, "p": p, "null_runs": made, "runs": len(runs),
        "verdict": _verdict(bool(found), observed, mean, z, made, smaller),
        "verdict_vi": _verdict_vi(bool(found), observed, mean, z, made, smaller),
    }  # fmt: skip


def _deviations(observed: float, chance: list[float]) -> float:
    """How many standard deviations above the mean of what chance gave."""
    mean, deviation = float(np.mean(chance)), float(np.std(chance, ddof=1))
    if deviation > 1e-12:
        return (observed - mean) / deviation
    return float("inf") if observed > mean + 1e-9 else 0.0


def _verdict(found: bool, observed: float, mean: float, z: float, runs: int, smaller: bool) -> str:
    compared = (
        f"ties inside groups exceed what the number of each party's ties gives by {observed:.0%};"
        f" in {runs}{' smaller' if smaller else ''} random networks with the same numbers by"
        f" {mean:.0%} (z {z:.1f})"
    )
    if found:
        return f"rings are here: {compared}"
    return f"no ring structure here: {compared}; what is listed are the connected parts, undivided"


def _verdict_vi(
    found: bool, observed: float, mean: float, z: float, runs: int, smaller: bool
) -> str:
    compared = (
        f"số mối liên hệ bên trong các nhóm vượt mức mà số mối liên hệ của từng bên cho thấy là"
        f" {observed * 100:.0f} %; ở {runs} mạng ngẫu nhiên{' nhỏ hơn' if smaller else ''} có cùng"
        f" các con số ấy là {mean * 100:.0f} % (z {_number_vi(z)})"
    )
    if found:
        return f"có các đường dây: {compared}"
    return (
        f"không có cấu trúc đường dây ở đây: {compared}; danh sách là các phần liên thông, không"
        " chia nhỏ"
    )


def _number_vi(number: float) -> str:
    return f"{number:.1f}".replace(".", ",")


def _highest_excess(network: Network, seed: int) -> float:
    """The excess (modularity) of groups sought for a high one."""
    degree = np.bincount(network.low, minlength=network.count)
    degree += np.bincount(network.high, minlength=network.count)
    strength = np.full(len(network.low), 2 * len(network.low), dtype=np.int64)
    (found,) = groups_of(network.contacts, strength, degree, resolutions=[1], seed=seed)
    return excess(network, found)


def _excess_of_rings(network: Network, seed: int) -> float:
    """The excess of the groups that rings are found from."""
    return max(excess(network, one) for one in divide(network, seed))


def excess(network: Network, division: Groups) -> float:
    """Share of ties inside groups above what degrees alone would put there (−.5 to 1)."""
    inside = division[network.low] == division[network.high]
    groups = int(division.max(initial=-1)) + 1
    ends = np.bincount(division[network.low], minlength=groups)
    ends += np.bincount(division[network.high], minlength=groups)
    return float(inside.mean() - ((ends / (2 * len(network.low))) ** 2).sum())


def random_networks(network: Network, draws: int, seed: int) -> Iterator[Network]:
    """Random networks in which everybody has as many ties as before, all of strength 1.

    Of a network of many ties only some parties are drawn, each so-and-so-many-th in the order of
    their ties, and hubs with so many times fewer ties, so that a random network is no larger than
    it need be. What it gives varies more than a large one would, so less is beyond chance.
    """
    count, low, high = network.count, network.low, network.high
    every = -(-len(low) // _MOST_RANDOM_TIES)
    if every > 1:
        degree = _thinned(np.bincount(np.concatenate([low, high])), every)
        yield from (_drawn(degree, seed_of(seed, draws + number)) for number in range(draws))
        return
    exchange = kernels.exchange_ends if kernels.compiled() else exchange_plainly
    for number in range(draws):
        low, high = exchange(count, low, high, tries=_TRIES * len(low), seed=seed_of(seed, number))
        yield _of_keys(count, np.minimum(low, high) * count + np.maximum(low, high))


def _thinned(degree: Integers, every: int) -> Integers:
    """Numbers of ties for a network of so many times fewer; the largest share is no larger in it.

    One hub of a thousand ties among half as many parties would leave less to rings than among
    all: a random network had less excess than another, larger one of its kind.
    """
    hub = degree >= _HUB * every
    others = np.sort(degree[~hub])
    return np.concatenate([others[len(others) % every :: every], degree[hub] // every])


def _drawn(degree: Integers, seed: int) -> Network:
    """Parties of so many ties tied at random; ties to themselves or twice are left out."""
    ends = np.random.default_rng(seed).permutation(np.repeat(np.arange(len(degree)), degree))
    half = len(ends) // 2
    one, other = ends[:half], ends[half : 2 * half]
    proper = one != other
    one, other = one[proper], other[proper]
    return _of_keys(len(degree), np.minimum(one, other) * len(degree) + np.maximum(one, other))


def _of_keys(count: int, keys: Integers) -> Network:
    """The network of ties as low * count + high, each of strength 1."""
    keys = np.sort(keys)
    keys = keys[np.diff(keys, prepend=-1) > 0]
    return Network(count, keys // count, keys % count, np.ones(len(keys)))

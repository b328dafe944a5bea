"""How a ring is built: size, degree, clustering, core and periphery, ties within a stage."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

#: Of so many people every core is tried (65,536 of them); of more, cores are searched.
MOST_TRIED = 16
Matrix = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class TiedPeople:
    """People of a ring: who is tied to whom, who is an offender, who works in which stage."""

    tied: Matrix
    offends: Matrix
    stages: Matrix


def offenders_of(ring: TiedPeople) -> TiedPeople:
    """The ring without its victims."""
    kept = np.flatnonzero(ring.offends)
    return TiedPeople(ring.tied[np.ix_(kept, kept)], ring.offends[kept], ring.stages[kept])


def measure_structure(tied: Matrix) -> dict[str, float]:
    """Structural figures of one network; NaN where a figure is not defined.

    ``tied`` is symmetric without a diagonal. ``ring_size`` counts people, ``mean_degree`` ties
    per person, ``density`` (0 to 1) ties per pair; ``degree_centralisation`` is Freeman's,
    over (n − 1)(n − 2), 1 for a star; ``transitivity`` the share of two-paths that close;
    ``clustering`` the mean over people of the share of tied pairs of neighbours, 0 for who
    has fewer than two; ``core_periphery`` see `fit_core_periphery`; ``largest_component``
    the share of people in it.

    References
    ----------
    Freeman, L. C. (1978). Centrality in social networks: conceptual clarification. Social
    Networks 1, 215-239.
    Watts, D. J., Strogatz, S. H. (1998). Collective dynamics of 'small-world' networks.
    Nature 393, 440-442.
    """
    count = len(tied)
    ties = tied.astype(np.float64)
    degree = ties.sum(axis=0)
    corners = (ties @ ties * ties).sum(axis=0)
    pairs = degree * (degree - 1)
    local = np.divide(corners, pairs, out=np.zeros(count), where=pairs > 0)
    return {
        "ring_size": float(count),
        "mean_degree": ratio(degree.sum(), count),
        "density": ratio(degree.sum(), count * (count - 1)),
        "degree_centralisation": _centralisation(degree),
        "transitivity": ratio(corners.sum(), pairs.sum()),
        "clustering": float(local.mean()) if count else np.nan,
        "core_periphery": fit_core_periphery(tied)[0],
        "largest_component": _largest_component(tied),
    }


def ratio(part: float, whole: float) -> float:
    return float(part / whole) if whole > 0 else np.nan


def _centralisation(degree: npt.NDArray[np.float64]) -> float:
    count = len(degree)
    return ratio((degree.max() - degree).sum(), (count - 1) * (count - 2)) if count > 2 else np.nan


def _largest_component(tied: Matrix) -> float:
    if not len(tied):
        return np.nan
    _, part = sparse.csgraph.connected_components(tied.astype(np.int8), directed=False)
    return float(np.bincount(part).max() / len(tied))


def fit_core_periphery(tied: Matrix) -> tuple[float, Matrix]:
    """How well a core tied to everybody and a periphery tied to nobody else fit, and the core.

    The correlation (−1 to 1) over all pairs between being tied and having at least one end
    in the core, for the best core; NaN, and nobody, where every pair is tied or none is, or
    with fewer than three people. Up to `MOST_TRIED` people every core is tried. With more,
    the search starts for each size with the people of highest degree, and with the core of
    one fewer, and swaps a member for another as long as more ties are covered; that may
    miss a slightly better core. Of equally good cores one of the smallest is given. A star
    fits with 1. It misleads where degrees are uneven: on the published networks a random
    network of the same degrees fits as well, so it says how uneven ties are
    more than how they are arranged.

    References
    ----------
    Borgatti, S. P., Everett, M. G. (1999). Models of core/periphery structures. Social
    Networks 21, 375-395, equation 2.
    """
    count = len(tied)
    total, pairs = int(tied.sum()) // 2, count * (count - 1) // 2
    best, best_core = -np.inf, np.zeros(count, dtype=np.bool_)
    if count < 3 or total in (0, pairs):
        return np.nan, best_core
    for core, left in _try_cores(tied) if count <= MOST_TRIED else _search_cores(tied):
        rest = count - int(core.sum())
        fit = _correlation(total - left, pairs - rest * (rest - 1) // 2, total, pairs)
        if fit > best + 1e-12:
            best, best_core = fit, core
    return best, best_core


def _try_cores(tied: Matrix) -> Iterator[tuple[Matrix, int]]:
    """The core of each size that leaves fewest ties uncovered, of all there are, and how many."""
    count = len(tied)
    bits = 1 << np.arange(count)
    # Ties inside each set of people, the set written as a number in binary; a set is made
    # of one person more than a smaller number.
    inside = np.zeros(1, dtype=np.int64)
    for person in range(count):
        known = int((tied[person] * bits).sum()) & np.arange(len(inside))
        inside = np.concatenate([inside, inside + np.bitwise_count(known)])
    outside = count - np.bitwise_count(np.arange(len(inside)))
    for size in range(1, count - 1):
        sets = np.flatnonzero(outside == size)
        least = int(sets[inside[sets].argmin()])
        yield (least & bits) == 0, int(inside[least])


def _search_cores(tied: Matrix) -> Iterator[tuple[Matrix, int]]:
    """A core of each size that no swap improves, and the ties it leaves uncovered."""
    ties = tied.astype(np.int64)
    order = np.argsort(-ties.sum(axis=0), kind="stable")
    grown = np.zeros(len(tied), dtype=np.bool_)
    for size in range(1, len(tied) - 1):
        central = np.zeros(len(tied), dtype=np.bool_)
        central[order[:size]] = True
        grown[np.where(grown, -1, ties @ ~grown).argmax()] = True
        found = [(_swap(ties, core), core) for core in (central, grown.copy())]
        left, core = min(found, key=lambda one: one[0])
        grown = core.copy()
        yield core, left


def _swap(ties: npt.NDArray[np.int64], core: Matrix) -> int:
    """Swap core members for others until no swap covers more ties; ties left uncovered."""
    while True:
        inside, outside = np.flatnonzero(core), np.flatnonzero(~core)
        uncovered = ties[:, outside].sum(axis=1)
        change = uncovered[inside][:, None] - uncovered[outside] - ties[np.ix_(inside, outside)]
        least = int(change.argmin())
        if change.flat[least] >= 0:
            return int(uncovered[outside].sum()) // 2
        core[inside[least // len(outside)]] = False
        core[outside[least % len(outside)]] = True


def _correlation(both: int, ideal: int, total: int, pairs: int) -> float:
    """Correlation of two truths over pairs, by how often both and each are true."""
    spread = float(ideal * (pairs - ideal)) * float(total * (pairs - total))
    return (pairs * both - ideal * total) / math.sqrt(spread)


def count_same_stage(tied: Matrix, stages: Matrix) -> tuple[int, int, int, int]:
    """Pairs of the same stage tied and not, and pairs of different stages tied and not.

    ``stages`` has a row per person and a column per stage. Two people share a stage if they
    have any in common; who has none is left out.
    """
    staged = np.flatnonzero(stages.any(axis=1))
    shared = stages[staged].astype(np.int64) @ stages[staged].T.astype(np.int64) > 0
    pair = np.triu_indices(len(staged), 1)
    same, tie = shared[pair], tied[np.ix_(staged, staged)][pair]
    return (
        int((same & tie).sum()), int((same & ~tie).sum()),
        int((~same & tie).sum()), int((~same & ~tie).sum()),
    )  # fmt: skip


def count_stages(rings: Iterable[TiedPeople]) -> npt.NDArray[np.float64]:
    found = [count_same_stage(ring.tied, ring.stages) for ring in map(offenders_of, rings)]
    counts: npt.NDArray[np.float64] = np.array(found, dtype=np.float64).reshape(-1, 4)
    kept: npt.NDArray[np.float64] = counts[counts.sum(axis=1) > 0]
    return kept


def same_stage_ratio(counts: npt.NDArray[np.float64]) -> float:
    """Ties within a stage over those that chance would give each ring; 1 is chance.

    Chance spreads the ties of a ring evenly over its pairs. Rings are added up before
    dividing, so that a ring of two does not weigh as much as a ring of twenty.
    """
    same, ties = counts[:, 0] + counts[:, 1], counts[:, 0] + counts[:, 2]
    return ratio(counts[:, 0].sum(), (ties * same / counts.sum(axis=1)).sum())


def same_stage_odds(counts: npt.NDArray[np.float64]) -> float:
    """How many times the odds of a tie are higher within a stage, over all rings; 1 is chance.

    References
    ----------
    Mantel, N., Haenszel, W. (1959). Statistical aspects of the analysis of data from
    retrospective studies of disease. Journal of the National Cancer Institute 22, 719-748.
    """
    pairs = counts.sum(axis=1)
    return ratio(
        (counts[:, 0] * counts[:, 3] / pairs).sum(), (counts[:, 1] * counts[:, 2] / pairs).sum()
    )

"""How well scores find what was hidden on purpose, and what share of such pairs was hidden."""

from dataclasses import dataclass

import numpy as np

from ringmap.analysis.pairs import Integers, Numbers

#: A bin of the calibration holds at least so many hidden ties and so many pairs.
LEAST_HITS, LEAST_PAIRS = 10, 30
_Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Quality:
    """How well a score ranks hidden ties among pairs never tied.

    `auc` is the chance that a hidden tie scores higher than a pair without a tie (0.5 is
    chance, equals count half); `average_precision` the precision at each hidden tie, averaged,
    with equal scores taken together; `base_rate` the share of hidden ties among all pairs.
    """

    auc: float
    average_precision: float
    base_rate: float


@dataclass(frozen=True, slots=True)
class Bins:
    """Scores from `least` up are in a bin of `pairs` pairs of which `hits` were hidden ties.

    The highest bin first; the share of hits never rises from bin to bin.
    """

    least: Numbers
    pairs: Integers
    hits: Integers

    def of(self, scores: Numbers) -> Integers:
        """The bin of each score; one below all is in the lowest."""
        place = np.searchsorted(-self.least, -scores, side="left")
        return np.minimum(place, len(self.least) - 1)


@dataclass(frozen=True, slots=True)
class Combination:
    """Weights of standardised predictors in a logistic model."""

    mean: Numbers
    spread: Numbers
    weights: Numbers

    def score(self, values: Numbers) -> Numbers:
        """Log-odds by the model; only their order has a meaning beyond it."""
        told: Numbers = self.weights[0] + (values - self.mean) / self.spread @ self.weights[1:]
        return told


def quality(scores: Numbers, hit: Numbers, *, all_hits: int, all_pairs: int) -> Quality:
    """Quality of scores of some pairs; all further pairs and hits stand below them, as equals."""
    levels, place = np.unique(-scores, return_inverse=True)
    hits = np.bincount(place, weights=hit, minlength=len(levels))
    pairs = np.bincount(place, minlength=len(levels)).astype(np.float64)
    hits, pairs = np.append(hits, all_hits - hits.sum()), np.append(pairs, all_pairs - len(scores))
    misses = pairs - hits
    if all_hits == 0 or misses.sum() <= 0:
        return Quality(float("nan"), float("nan"), float("nan"))
    below = misses.sum() - np.cumsum(misses)
    auc = float((hits * (below + misses / 2)).sum() / (all_hits * misses.sum()))
    precision = np.cumsum(hits) / np.maximum(np.cumsum(pairs), 1)
    return Quality(auc, float((hits * precision).sum() / all_hits), all_hits / all_pairs)


def combine(values: Numbers, hit: Numbers, weight: Numbers) -> Combination:
    """Logistic regression with a small penalty on every weight but the constant.

    Newton's method, a step halved until it makes things better: the penalised likelihood has
    one maximum, which is found whatever the predictors.
    """
    mean = np.average(values, axis=0, weights=weight)
    spread = np.sqrt(np.average((values - mean) ** 2, axis=0, weights=weight))
    spread = np.where(spread > 0, spread, 1.0)
    design = np.column_stack([np.ones(len(values)), (values - mean) / spread])
    penalty = np.full(design.shape[1], 1.0)
    penalty[0] = 1e-6
    weights = np.zeros(design.shape[1])
    loss = _loss(design, hit, weight, penalty, weights)
    for _ in range(50):
        chance = _logistic(design @ weights)
        slope = design.T @ (weight * (chance - hit)) + penalty * weights
        curve = design * (weight * chance * (1 - chance))[:, None]
        step = np.linalg.solve(design.T @ curve + np.diag(penalty), slope)
        size = 1.0
        while (new := _loss(design, hit, weight, penalty, weights - size * step)) > loss:
            size /= 2
            if size < 1e-6:
                return Combination(mean, spread, weights)
        weights = weights - size * step
        if loss - new < 1e-9 * max(loss, 1.0):
            break
        loss = new
    return Combination(mean, spread, weights)


def _loss(
    design: Numbers, hit: Numbers, weight: Numbers, penalty: Numbers, weights: Numbers
) -> float:
    odds = design @ weights
    return float(weight @ (np.logaddexp(0, odds) - hit * odds) + penalty @ weights**2 / 2)


def _logistic(odds: Numbers) -> Numbers:
    told: Numbers = 1 / (1 + np.exp(-np.clip(odds, -500, 500)))
    return told


def calibrate(scores: Numbers, hit: Numbers) -> Bins:
    """Bins of scores, in which the share of hits falls from the highest to the lowest.

    Scores are cut, from the highest down, whenever a bin has ten hits and thirty pairs, equals
    staying together; then neighbours are pooled whose shares stand the wrong way round (isotonic
    regression by pooling adjacent violators).

    References
    ----------
    Zadrozny, B., Elkan, C. (2002). Transforming classifier scores into accurate multiclass
    probability estimates. KDD, 694-699. Ayer, M. et al. (1955). Annals of Mathematical
    Statistics 26, 641-647.
    """
    levels, place = np.unique(-scores, return_inverse=True)
    hits = np.bincount(place, weights=hit, minlength=len(levels)).astype(np.int64)
    pairs = np.bincount(place, minlength=len(levels)).astype(np.int64)
    kept: list[tuple[float, int, int]] = []
    waiting_pairs = waiting_hits = 0
    for least, some, found in zip((-levels).tolist(), pairs.tolist(), hits.tolist(), strict=True):
        waiting_pairs, waiting_hits = waiting_pairs + some, waiting_hits + found
        if waiting_hits >= LEAST_HITS and waiting_pairs >= LEAST_PAIRS:
            _pool(kept, (least, waiting_pairs, waiting_hits))
            waiting_pairs = waiting_hits = 0
    if waiting_pairs:
        _pool(kept, (float(-levels[-1]), waiting_pairs, waiting_hits))
    least_of, pairs_of, hits_of = zip(*kept, strict=True) if kept else ((), (), ())
    return Bins(np.array(least_of, dtype=np.float64), np.array(pairs_of, dtype=np.int64),
                np.array(hits_of, dtype=np.int64))  # fmt: skip


def _pool(kept: list[tuple[float, int, int]], last: tuple[float, int, int]) -> None:
    while kept and last[2] * kept[-1][1] >= kept[-1][2] * last[1]:
        _, pairs, hits = kept.pop()
        last = (last[0], last[1] + pairs, last[2] + hits)
    kept.append(last)


def interval(hits: Numbers, pairs: Numbers) -> tuple[Numbers, Numbers]:
    """Shares that so many hits of so many pairs are compatible with, 95 % (Wilson 1927)."""
    share, z2 = hits / pairs, _Z95**2
    middle = (share + z2 / (2 * pairs)) / (1 + z2 / pairs)
    reach = _Z95 / (1 + z2 / pairs) * np.sqrt(
        share * (1 - share) / pairs + z2 / (4 * pairs**2)
    )  # fmt: skip
    return np.maximum(middle - reach, 0.0), np.minimum(middle + reach, 1.0)

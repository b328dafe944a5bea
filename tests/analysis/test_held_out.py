"""Quality of scores and their calibration, by hand and by counting every comparison."""

from __future__ import annotations

import numpy as np
import pytest

from ringmap.analysis.held_out import calibrate, combine, interval, quality


def test_quality_by_hand() -> None:
    """Scores 3, 2, 2, 1 of which the first and third are hits, and one hit and two pairs below.

    All 7 pairs: hits at levels 3, 2 and the last. Of 3 x 4 comparisons with misses the first
    hit wins 4, the second 3.5 - 0.5 x 0 = 3 + half of 1, the last half of 2: (4 + 3.5 + 1)/12.
    Precisions where the hits stand: 1/1, 2/3, 3/7.
    """
    told = quality(np.array([3.0, 2, 2, 1]), np.array([1.0, 0, 1, 0]), all_hits=3, all_pairs=7)

    assert told.auc == pytest.approx(8.5 / 12)
    assert told.average_precision == pytest.approx((1 + 2 / 3 + 3 / 7) / 3)
    assert told.base_rate == pytest.approx(3 / 7)


def test_quality_counts_every_comparison() -> None:
    """The same as comparing each hit with each miss, equals half."""
    chance = np.random.default_rng(4)
    for _ in range(20):
        scores = chance.integers(0, 6, 40).astype(float)
        hit = (chance.random(40) < 0.3).astype(float)
        if 0 < hit.sum() < 40:
            wins = [
                1.0 if a > b else 0.5 if a == b else 0.0
                for a in scores[hit > 0] for b in scores[hit == 0]
            ]  # fmt: skip
            told = quality(scores, hit, all_hits=int(hit.sum()), all_pairs=40)

            assert told.auc == pytest.approx(np.mean(wins))


def test_quality_of_nothing_is_not_known() -> None:
    """No hit at all, or nothing but hits."""
    assert np.isnan(quality(np.zeros(2), np.zeros(2), all_hits=0, all_pairs=2).auc)
    assert np.isnan(quality(np.zeros(2), np.ones(2), all_hits=2, all_pairs=2).auc)


def test_bins_fall_and_hold_all() -> None:
    """Shares never rise from the highest bin down, no bin is small, and every pair is in one."""
    chance = np.random.default_rng(1)
    scores = np.round(chance.normal(size=3000), 1)
    hit = (chance.random(3000) < 1 / (1 + np.exp(2 - scores))).astype(float)
    bins = calibrate(scores, hit)
    shares = bins.hits / bins.pairs

    assert (np.diff(shares) < 0).all()
    assert (bins.pairs[:-1] >= 30).all()
    assert (bins.hits[:-1] >= 10).all()
    assert (bins.pairs.sum(), bins.hits.sum()) == (3000, hit.sum())
    assert np.bincount(bins.of(scores)).tolist() == bins.pairs.tolist()
    assert bins.of(np.array([99.0, -99.0])).tolist() == [0, len(shares) - 1]


def test_calibrated_chances_come_true() -> None:
    """On scores it has not seen, of those said to be 20-40 % likely 20-40 % are hits, or so."""
    chance = np.random.default_rng(2)
    scores = chance.normal(size=40_000)
    hit = (chance.random(40_000) < 1 / (1 + np.exp(2 - 2 * scores))).astype(float)
    bins = calibrate(scores[:20_000], hit[:20_000])
    told = (bins.hits / bins.pairs)[bins.of(scores[20_000:])]
    some = (told > 0.2) & (told < 0.4)

    assert hit[20_000:][some].mean() == pytest.approx(told[some].mean(), abs=0.03)


def test_the_combination_finds_what_counts() -> None:
    """Of two predictors one is noise: its weight is near nothing; a constant one has none."""
    chance = np.random.default_rng(3)
    values = np.column_stack([chance.normal(size=(4000, 2)), np.ones(4000)])
    hit = (chance.random(4000) < 1 / (1 + np.exp(1 - 2 * values[:, 0]))).astype(float)
    found = combine(values, hit, np.ones(4000))

    assert found.weights[1] == pytest.approx(2, abs=0.25)
    assert abs(found.weights[2]) < 0.15
    assert found.weights[3] == 0


def test_the_combination_bears_what_divides_perfectly() -> None:
    """Hits above 0, all others below: the penalty keeps the weights finite."""
    values = np.linspace(-1, 1, 200)[:, None]
    found = combine(values, (values[:, 0] > 0).astype(float), np.ones(200))

    assert np.isfinite(found.weights).all()
    assert (np.diff(found.score(values)) > 0).all()


def test_the_interval_is_wilsons() -> None:
    """10 of 30: .1923 to .5122 (Wilson's formula by hand)."""
    low, high = interval(np.array([10.0, 0.0]), np.array([30.0, 8.0]))

    assert (low[0], high[0]) == (pytest.approx(0.1923, abs=1e-4), pytest.approx(0.5122, abs=1e-4))
    assert low[1] == 0
